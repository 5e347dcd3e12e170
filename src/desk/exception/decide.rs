//! The decision: rule against facts first, the reason, what a yes means, and the two answers; for who asked, how it stands.

use super::stakes::stake;
use crate::approvals::exception::{self, Held, Stake};
use crate::approvals::{self, History, Outcome};
use crate::base::{ApprovalId, By, OrderNumber, T};
use crate::orders::{self, Head, Order, OrderAct};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "exceptions/one.html")]
#[expect(clippy::struct_excessive_bools, reason = "one answer a button")]
struct OnePage {
    page: Page,
    head: Head,
    held: Held,
    open: Option<approvals::Open>,
    history: Vec<History>,
    /// The gate as it stands now; nothing where it is open or gone.
    stake: Option<Stake>,
    shown: String,
    prices: bool,
    may_decide: bool,
    may_use: bool,
    may_withdraw: bool,
    may_note: bool,
    words: String,
    faults: Faults,
}

impl OnePage {
    fn title(&self) -> String {
        let t = self.page.t;
        t.exceptions_title_of(self.held.kind.label(t), &self.held.name)
    }

    fn url(&self) -> String {
        format!("{}/exceptions/{}", self.head.order.url(), self.held.id)
    }

    /// Tone and word of how it stands.
    fn state(&self) -> (&'static str, &'static str) {
        let t = self.page.t;
        let held = &self.held;
        match held.state.as_str() {
            "approved" if held.used_at.is_some() => ("good", t.exceptions_state_used()),
            "open" | "approved" if !held.holds => ("issue", t.exceptions_state_fell()),
            "open" => ("wait", t.approvals_state_open()),
            "approved" => ("good", t.approvals_state_approved()),
            "returned" => ("issue", t.approvals_state_returned()),
            "withdrawn" => ("grey", t.approvals_state_withdrawn()),
            _ => ("grey", t.approvals_state_void()),
        }
    }

    fn fell(&self) -> bool {
        !self.held.holds && (self.held.is_open() || self.held.is_granted())
    }
}

async fn find(db: &mut PgConnection, by: &By, (number, id): (&str, &str)) -> Result<(Order, Held)> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let order = orders::find(db, by, &number).await?;
    let held = one(db, &order, id).await?;
    Ok((order, held))
}

async fn one(db: &mut PgConnection, order: &Order, id: &str) -> Result<Held> {
    let id: ApprovalId = id.parse().map_err(|_| Error::NotFound)?;
    exception::names(db, order.id(), id)
        .await?
        .ok_or(Error::NotFound)
}

async fn begin(
    app: &App,
    by: By,
    (number, id): (&str, &str),
    form: &Keyed,
) -> Result<(OrderAct, Held)> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(app, by, &number, &form.key).await?;
    let order = act.order.clone();
    let held = one(act.tx(), &order, id).await?;
    Ok((act, held))
}

/// What is at stake, where the gate has not opened and the thing has not gone on without it.
fn still_shut(found: Result<Stake>) -> Result<Option<Stake>> {
    match found {
        Ok(stake) => Ok(Some(stake)),
        Err(Error::Refused(_) | Error::NotFound | Error::Forbidden | Error::Barred(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn draw(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    (order, held): (Order, Held),
    typed: Option<(Fields, Faults)>,
) -> Result<Html<String>> {
    let thing = (held.kind, held.thing.as_str());
    let stake = still_shut(stake(db, (by, page.today()), &order, thing).await)?;
    let open = approvals::open_for(db, held.kind.code(), held.subject_id).await?;
    let open = open.filter(|open| open.id == held.id);
    let moves = order.condition.moves();
    let asker = order.may(by, Deed::WithdrawSubmission.of(held.hands()));
    let live = held.is_open() || held.is_granted();
    let (fields, faults) = typed.unwrap_or_default();
    let page = OnePage {
        head: Head::load(db, &order, "", &page).await?,
        may_decide: moves
            && stake.is_some()
            && held.holds
            && open
                .as_ref()
                .is_some_and(|open| order.may(by, held.kind.deed().of(open.hands()))),
        shown: open
            .as_ref()
            .map(|open| BASE64_URL_SAFE_NO_PAD.encode(&open.content_hash))
            .unwrap_or_default(),
        may_use: moves && held.is_granted() && held.holds && order.may(by, held.kind.plain()),
        may_withdraw: live && asker,
        may_note: asker && !held.noted && (held.is_returned() || held.is_granted()),
        prices: order.may(by, Deed::SeeCustomerPrices),
        words: fields.get("words").to_owned(),
        faults,
        history: approvals::history(db, held.kind.code(), order.id())
            .await?
            .into_iter()
            .filter(|one| one.subject_id == held.subject_id)
            .collect(),
        open,
        stake,
        held,
        page,
    };
    Ok(Html(page.render()?))
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, id)): Path<(String, String)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let found = find(&mut db, &by, (&number, &id)).await?;
    draw(&mut db, page, &by, found, None).await
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, id)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    let decision = approvals::answer_form(&form);
    let (mut act, held) = begin(&app, by.clone(), (&number, &id), &form).await?;
    act.must(held.kind.deed().of(held.hands()))?;
    let decision = match decision {
        Ok(decision) => decision,
        Err(Error::Invalid(faults)) => {
            let (order, typed) = (act.order.clone(), Some((form.fields, faults)));
            let html = draw(act.tx(), page, &by, (order, held), typed).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
        Err(error) => return Err(error),
    };
    if !held.is_open() {
        return Err(approvals::Refusal::NotAsked.into());
    }
    if !held.holds {
        return Err(approvals::Refusal::ContentChanged.into());
    }
    let order = act.order.clone();
    let asked = (held.kind, held.thing.as_str());
    let stake = stake(act.tx(), (&by, page.today()), &order, asked).await?;
    let outcome = exception::decide(&mut act, &stake, &decision).await?;
    let words = match outcome {
        Outcome::Returned { .. } => T::exceptions_returned,
        Outcome::Approved { .. } | Outcome::Waiting { .. } => T::exceptions_granted,
    };
    let answer = Answer::to(format!("{}/exceptions/{}", order.url(), held.id));
    Ok(act
        .finish(answer.tell(page.t, words))
        .await?
        .into_response())
}

pub(super) async fn withdraw(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, id)): Path<(String, String)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, held) = begin(&app, by, (&number, &id), &form).await?;
    exception::withdraw(&mut act, &held).await?;
    let answer = Answer::to(format!("{}/exceptions/{}", act.order.url(), held.id));
    act.finish(answer.tell(page.t, T::exceptions_withdrawn))
        .await
}

pub(super) async fn note(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, id)): Path<(String, String)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, held) = begin(&app, by, (&number, &id), &form).await?;
    exception::note(&mut act, &held).await?;
    let answer = Answer::to(format!("{}/exceptions/{}", act.order.url(), held.id));
    act.finish(answer.tell(page.t, T::exceptions_noted)).await
}
