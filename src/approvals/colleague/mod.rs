//! Colleagues 加签与转交: who must decide asks another for an opinion, or hands the decision to another who may give it.

mod hand_over;
mod opinion;
mod sql;

use super::{cards_sql, inbox, sql as approvals_sql};
use crate::approvals::Refusal;
use crate::base::By;
use crate::orders::{self, Order, OrderAct};
use crate::people::Deed;
use crate::web::{App, Door, Error, Keyed, Result, Routes};
use sqlx::PgConnection;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/approvals/{id}/opinion", Door::Staff, opinion::ask)
        .post("/approvals/{id}/opinion", Door::Staff, opinion::create)
        .get("/approvals/{id}/handed-on", Door::Staff, hand_over::ask)
        .post("/approvals/{id}/handed-on", Door::Staff, hand_over::create)
        .get(
            "/orders/{number}/opinions/{opinion}",
            Door::Staff,
            opinion::show,
        )
        .post(
            "/orders/{number}/opinions/{opinion}",
            Door::Staff,
            opinion::answer,
        )
}

/// The open question at this address, for reading, to whom this deed is open.
async fn find(
    db: &mut PgConnection,
    by: &By,
    id: &str,
    deed: Deed,
) -> Result<(Order, cards_sql::Place, approvals_sql::Open)> {
    let place = inbox::place_in(db, by, id).await?;
    let order = orders::find(db, by, &place.order).await?;
    let open = approvals_sql::open_for(db, &place.subject, place.subject_id).await?;
    // Not open any more: who may not do it here anyway is told so first.
    order.must(
        by,
        deed.of(open
            .as_ref()
            .map(approvals_sql::Open::hands)
            .unwrap_or_default()),
    )?;
    let open = open.filter(|open| open.id == place.id);
    Ok((order, place, open.ok_or(Refusal::NotAsked)?))
}

/// The same in an act, the question locked.
async fn begin(
    app: &App,
    by: By,
    id: &str,
    form: &Keyed,
    deed: Deed,
) -> Result<(OrderAct, approvals_sql::Open)> {
    let place = inbox::place(app, &by, id).await?;
    let mut act = orders::begin(app, by, &place.order, &form.key).await?;
    let open = approvals_sql::lock_open(act.tx(), &place.subject, place.subject_id).await?;
    act.must(
        deed.of(open
            .as_ref()
            .map(approvals_sql::Open::hands)
            .unwrap_or_default()),
    )?;
    let open = open.filter(|open| open.id == place.id);
    Ok((act, open.ok_or(Refusal::NotAsked)?))
}

/// Somebody of the list, by the id that was sent.
fn pick(people: &[sql::Colleague], sent: &str) -> Option<sql::Colleague> {
    people
        .iter()
        .find(|colleague| colleague.id.to_string() == sent)
        .cloned()
}

/// For a choice: id and name.
fn choices(t: crate::base::T, people: &[sql::Colleague]) -> Vec<(String, String)> {
    people
        .iter()
        .map(|colleague| (colleague.id.to_string(), colleague.name(t).to_owned()))
        .collect()
}

/// What both small forms need a person and words for.
pub(super) fn title(page: &crate::web::Page, place: &cards_sql::Place) -> String {
    inbox::title_of(page.t, place)
}

/// Words of the form, or the fault of none or too many.
fn words(
    form: &Keyed,
    name: &'static str,
    missing: fn(crate::base::T) -> &'static str,
    faults: &mut crate::web::Faults,
) -> String {
    let words = form.fields.get(name).to_owned();
    match words.chars().count() {
        0 => faults.add(name, missing),
        count if count > 2_000 => faults.add(name, crate::base::T::approvals_words_too_long),
        _ => {}
    }
    words
}

type Found = Result<axum::response::Response, Error>;
