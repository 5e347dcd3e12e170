//! The money of a cancelled order: finance asks what is to become of it, the manager says yes to the plan or sends it
//! back with words (lifecycle 1.7).

use super::record::{Allocation, Receipt, Refusal};
use super::sql;
use super::stage::AllocationMove;
use super::undoing::{self, PLANS, is_cancelled};
use crate::approvals::{self, Decision, History, Open, Outcome};
use crate::base::{By, T};
use crate::history::Event;
use crate::history::finance_event::{FinanceEvent, plan_word};
use crate::orders::{self, Head, OrderAct};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

pub(super) const SUBJECT: &str = "cancelled_money";

/// What is asked for: this much of this receipt, this order's, this way.
fn content(receipt: &Receipt, allocation: &Allocation, plan: &str, by: &By) -> approvals::Content {
    let text = format!("{}|{}|{plan}", allocation.id, allocation.amount);
    approvals::Content {
        subject: SUBJECT,
        id: allocation.id,
        revision: 1,
        hash: Sha256::digest(text).to_vec(),
        authors: by.person().into_iter().collect(),
        summary: serde_json::json!({
            "currency": receipt.currency,
            "total": allocation.amount,
            "plan": plan,
            "receipt": receipt.number,
        }),
    }
}

async fn begin(
    app: &App,
    by: By,
    (number, id): (&str, &str),
    form: &Keyed,
) -> Result<(OrderAct, Receipt, Allocation)> {
    let mut db = app.db.acquire().await?;
    let seen = sql::find(&mut db, &by, number).await?;
    let order = undoing::pick(&mut db, &by, &seen, id).await?.order;
    drop(db);
    let mut act = orders::begin(app, by.clone(), &order, &form.key).await?;
    let receipt = sql::lock(&mut act, &by, number).await?;
    let allocation = undoing::pick(act.tx(), &by, &receipt, id).await?;
    Ok((act, receipt, allocation))
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, id)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    crate::finance::reach::must(&by, Deed::AskDecision)?;
    form.only(&["plan", "words"])?;
    let (mut act, receipt, allocation) = begin(&app, by.clone(), (&number, &id), &form).await?;
    act.must(Deed::AskDecision)?;
    allocation.after(AllocationMove::Reverse)?;
    if !is_cancelled(&act.order) {
        return Err(Refusal::NotCancelled.into());
    }
    let plan = PLANS
        .into_iter()
        .find(|plan| *plan == form.fields.get("plan"));
    let Some(plan) = plan else {
        let faults = Faults::one("plan", T::receipt_which_plan);
        let typed = Some((form.fields, faults));
        let html = undoing::draw(act.tx(), page, &by, (receipt, allocation), typed).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    let words: String = form.fields.get("words").chars().take(400).collect();
    let asked = content(&receipt, &allocation, plan, &by);
    approvals::ask(&mut act, &asked, 1).await?;
    let event = Event::Finance(FinanceEvent::CancelledMoneyAsked {
        receipt: receipt.number.clone(),
        plan: plan.to_owned(),
        words,
    });
    super::allocation::both(&mut act, &receipt, &event).await?;
    let answer = Answer::to(receipt.url()).tell(page.t, T::receipt_money_asked);
    Ok(act.finish(answer).await?.into_response())
}

#[derive(Template)]
#[template(path = "receipt/money_decision.html")]
pub(super) struct MoneyPage {
    pub page: Page,
    pub head: Head,
    pub receipt: Receipt,
    pub allocation: Allocation,
    pub open: Option<Open>,
    pub plan: &'static str,
    pub may_decide: bool,
    pub shown: String,
    pub history: Vec<History>,
    pub words: String,
    pub faults: Faults,
}

impl MoneyPage {
    pub(super) fn amount(&self) -> String {
        self.page.money(self.receipt.money(self.allocation.amount))
    }

    pub(super) fn url(&self) -> String {
        format!(
            "{}/allocations/{}/approval",
            self.receipt.url(),
            self.allocation.id
        )
    }
}

async fn draw(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    (receipt, allocation): (Receipt, Allocation),
    typed: Option<(Fields, Faults)>,
) -> Result<Html<String>> {
    let order = orders::find(db, by, &allocation.order).await?;
    let open = approvals::open_for(db, SUBJECT, allocation.id).await?;
    let plan = open
        .as_ref()
        .and_then(|open| planned(&receipt, &allocation, open, by));
    let (fields, faults) = typed.unwrap_or_default();
    let page = MoneyPage {
        head: Head::load(db, &order, "payments", &page).await?,
        may_decide: open
            .as_ref()
            .is_some_and(|open| order.may(by, Deed::ApproveCancelledMoney.of(open.hands()))),
        shown: open
            .as_ref()
            .map(|open| BASE64_URL_SAFE_NO_PAD.encode(&open.content_hash))
            .unwrap_or_default(),
        plan: plan.map_or("", |plan| plan_word(page.t, plan)),
        history: approvals::history(db, SUBJECT, order.id())
            .await?
            .into_iter()
            .filter(|one| one.subject_id == allocation.id)
            .collect(),
        words: fields.get("words").to_owned(),
        faults,
        open,
        receipt,
        allocation,
        page,
    };
    Ok(Html(page.render()?))
}

/// The plan that an open question is about: the one whose content has its hash.
fn planned(
    receipt: &Receipt,
    allocation: &Allocation,
    open: &Open,
    by: &By,
) -> Option<&'static str> {
    PLANS
        .into_iter()
        .find(|plan| content(receipt, allocation, plan, by).hash == open.content_hash)
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, id)): Path<(String, String)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let receipt = sql::find(&mut db, &by, &number).await?;
    let allocation = undoing::pick(&mut db, &by, &receipt, &id).await?;
    draw(&mut db, page, &by, (receipt, allocation), None).await
}

pub(super) async fn answer(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, id)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    let decision = approvals::answer_form(&form);
    let (mut act, receipt, allocation) = begin(&app, by.clone(), (&number, &id), &form).await?;
    act.must(Deed::ApproveCancelledMoney)?;
    let decision = match decision {
        Ok(decision) => decision,
        Err(Error::Invalid(faults)) => {
            let typed = Some((form.fields, faults));
            let html = draw(act.tx(), page, &by, (receipt, allocation), typed).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
        Err(error) => return Err(error),
    };
    let outcome = decide(&mut act, (&receipt, &allocation), &decision).await?;
    let url = format!("{}/allocations/{id}/approval", receipt.url());
    let words = match outcome {
        Outcome::Returned { .. } => T::receipt_money_returned,
        Outcome::Approved { .. } | Outcome::Waiting { .. } => T::receipt_money_approved,
    };
    let answer = Answer::to(url).tell(page.t, words);
    Ok(act.finish(answer).await?.into_response())
}

async fn decide(
    act: &mut OrderAct,
    (receipt, allocation): (&Receipt, &Allocation),
    decision: &Decision,
) -> Result<Outcome> {
    let open = approvals::open_for(act.tx(), SUBJECT, allocation.id)
        .await?
        .ok_or(approvals::Refusal::NotAsked)?;
    let by = act.by.clone();
    let plan =
        planned(receipt, allocation, &open, &by).ok_or(approvals::Refusal::ContentChanged)?;
    let now = content(receipt, allocation, plan, &by);
    let outcome = approvals::answer(act, Deed::ApproveCancelledMoney, &now, 1, decision).await?;
    let event = match &outcome {
        Outcome::Returned { words } => FinanceEvent::CancelledMoneyReturned {
            receipt: receipt.number.clone(),
            words: words.clone(),
        },
        Outcome::Approved { .. } | Outcome::Waiting { .. } => {
            FinanceEvent::CancelledMoneyApproved {
                receipt: receipt.number.clone(),
                plan: plan.to_owned(),
            }
        }
    };
    super::allocation::both(act, receipt, &Event::Finance(event)).await?;
    Ok(outcome)
}
