//! Short-close 短装结案: the customer no longer takes the rest of a line. A manager's decision on the customer's evidence;
//! what is given up is not owed any more, so the order can be finished without it.

use super::page::{self, Part};
use super::sql;
use crate::base::{Audience, By, OrderNumber, T, format};
use crate::history::Event;
use crate::history::event::Change;
use crate::orders::act::{self, OrderAct};
use crate::orders::condition::Move;
use crate::orders::{files, order};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result, Tell};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use rust_decimal::Decimal;

/// Before a proforma invoice is confirmed nothing is owed: the lines themselves are edited.
#[derive(Debug)]
pub(super) struct NotConfirmed;

impl Tell for NotConfirmed {
    fn tell(&self, t: T) -> String {
        t.orders_short_close_not_confirmed().into()
    }
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = order::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::ShortCloseLine)?;
    let lines = sql::standing(&mut db, &order).await?;
    let blank = (&Fields::default(), Faults::default());
    page::draw(page, order, Part::GivenUp, &lines, blank)
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["reason", "lines[]", "title"])?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut act = act::begin(&app, by, &number, &form.key).await?;
    act.must(Deed::ShortCloseLine)?;
    let order = act.order.clone();
    let lines = sql::standing(act.tx(), &order).await?;
    let mut faults = Faults::default();
    let parts = page::read(&form.fields, Part::GivenUp, &lines, &mut faults);
    let reason: String = form.fields.get("reason").chars().take(1_000).collect();
    if reason.is_empty() {
        faults.add("reason", T::orders_reason_missing);
    }
    if form.files.is_empty() {
        faults.add("evidence", T::orders_evidence_missing);
    }
    if !faults.is_empty() {
        let html = page::draw(page, order, Part::GivenUp, &lines, (&form.fields, faults))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    let rev = form.rev()?;
    for file in &form.files {
        files::keep_file(
            &app,
            &mut act,
            file,
            "customer_short_close",
            Audience::Internal,
        )
        .await?;
    }
    give_up(&mut act, rev, &lines, &parts, &reason).await?;
    let answer = Answer::to(act.order.url()).tell(page.t, T::orders_short_closed);
    Ok(act.finish(answer).await?.into_response())
}

/// The act: parts of lines are given up, each in the event by its item.
async fn give_up(
    act: &mut OrderAct,
    rev: i32,
    lines: &[sql::Standing],
    parts: &[(crate::base::LineId, Decimal)],
    reason: &str,
) -> Result<()> {
    act.must(Deed::ShortCloseLine)?;
    act.take(Move::ShortCloseLine)?;
    if act.facts().await?.proforma.confirmed.is_none() {
        return Err(NotConfirmed.into());
    }
    let order = act.order.id();
    if !sql::give_up(act.tx(), order, rev, parts).await? {
        return Err(Error::Stale(Box::default()));
    }
    let changes = parts
        .iter()
        .filter_map(|(id, part)| {
            let (at, line) = lines.iter().enumerate().find(|(_, line)| line.id == *id)?;
            Change::between(
                &format!("lines.{}.quantity", at + 1),
                &format::quantity(line.ordered - line.given_up),
                &format::quantity(line.ordered - line.given_up - *part),
            )
        })
        .collect();
    act.happened(&Event::LinesShortClosed {
        changes,
        reason: reason.to_owned(),
    })
    .await
}
