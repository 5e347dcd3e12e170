//! Approval: the manager's yes, at two levels where the amount asks for it, or back with words.

use super::asking::{self, SUBJECT, begin, both};
use super::payment_sql::{self, Beside};
use super::record::{Account, Payable, Refusal};
use super::show;
use super::sql;
use super::stage::Move;
use crate::approvals::{self, Decision, History, Open, Outcome};
use crate::base::{By, T};
use crate::history::finance_event::FinanceEvent;
use crate::orders::{Head, OrderAct};
use crate::people::Deed;
use crate::proforma::sources_sql::level_rule;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "payable/decision.html")]
pub(super) struct DecisionPage {
    pub page: Page,
    pub head: Head,
    pub payable: Payable,
    /// Where it would be paid to; for who may read accounts.
    pub accounts: Vec<Account>,
    /// Another account than was asked for stands there now.
    pub account_changed: bool,
    /// What else this payee has had and asks for on the order, by currency.
    pub beside: Vec<Beside>,
    pub open: Option<Open>,
    pub may_decide: bool,
    pub shown: String,
    pub history: Vec<History>,
    pub words: String,
    pub faults: Faults,
}

async fn draw(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    payable: Payable,
    typed: Option<(Fields, Faults)>,
) -> Result<Html<String>> {
    let order = crate::orders::find(db, by, &payable.order).await?;
    let open = approvals::open_for(db, SUBJECT, payable.id).await?;
    let (fields, faults) = typed.unwrap_or_default();
    let (accounts, account_changed) = show::accounts(db, (&order, by), &payable).await?;
    let page = DecisionPage {
        head: Head::load(db, &order, "payments", &page).await?,
        accounts,
        account_changed,
        beside: payment_sql::beside(db, order.id(), &payable).await?,
        may_decide: !account_changed
            && open
                .as_ref()
                .is_some_and(|open| order.may(by, Deed::ApprovePayable.of(open.hands()))),
        shown: open
            .as_ref()
            .map(|open| BASE64_URL_SAFE_NO_PAD.encode(&open.content_hash))
            .unwrap_or_default(),
        history: approvals::history(db, SUBJECT, order.id())
            .await?
            .into_iter()
            .filter(|one| one.subject_id == payable.id)
            .collect(),
        words: fields.get("words").to_owned(),
        faults,
        open,
        payable,
        page,
    };
    Ok(Html(page.render()?))
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let payable = sql::find(&mut db, &by, &number).await?;
    draw(&mut db, page, &by, payable, None).await
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    let decision = approvals::answer_form(&form);
    let (mut act, payable) = begin(&app, by.clone(), &number, &form).await?;
    act.must(Deed::ApprovePayable.of(payable.hands(None)))?;
    let decision = match decision {
        Ok(decision) => decision,
        Err(Error::Invalid(faults)) => {
            let typed = Some((form.fields, faults));
            let html = draw(act.tx(), page, &by, payable, typed).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
        Err(error) => return Err(error),
    };
    let outcome = decide(&mut act, &payable, &decision).await?;
    let words = match outcome {
        Outcome::Approved { .. } => T::payable_approved,
        Outcome::Waiting { .. } => T::payable_waits_for_level_2,
        Outcome::Returned { .. } => T::payable_returned,
    };
    let answer = Answer::to(format!("{}/approval", payable.url())).tell(page.t, words);
    Ok(act.finish(answer).await?.into_response())
}

/// The manager's yes to what stands there now.
pub(in crate::finance) async fn approve(act: &mut OrderAct, number: &str) -> Result<()> {
    let by = act.by.clone();
    let payable = sql::find(act.tx(), &by, number).await?;
    let decision = Decision {
        verdict: approvals::Verdict::Approved,
        words: String::new(),
        shown: asking::asked(act, &payable).await?.hash,
    };
    decide(act, &payable, &decision).await?;
    Ok(())
}

/// Records the verdict on the content that was shown; a yes at the last level opens the way to paying.
pub(super) async fn decide(
    act: &mut OrderAct,
    payable: &Payable,
    decision: &Decision,
) -> Result<Outcome> {
    act.must(Deed::ApprovePayable.of(payable.hands(None)))?;
    let stage = payable
        .after(Move::Approve)
        .map_err(|_| approvals::Refusal::NotAsked)?;
    let now = asking::asked(act, payable).await?;
    if payable.content_hash.as_ref() != Some(&now.hash) {
        return Err(Refusal::AccountChanged(payable.stage).into());
    }
    let rule = level_rule(act.tx(), payable.claim.currency).await?;
    let levels = payable.claim.levels(&rule);
    let outcome = approvals::answer(act, Deed::ApprovePayable, &now, levels, decision).await?;
    let event = match &outcome {
        Outcome::Approved { level } => {
            sql::note_yes(act, payable.id).await?;
            sql::save_stage(act, payable, stage).await?;
            FinanceEvent::PayableApproved {
                payable: payable.number.clone(),
                level: *level,
            }
        }
        Outcome::Waiting { level } => {
            sql::note_yes(act, payable.id).await?;
            FinanceEvent::PayableApproved {
                payable: payable.number.clone(),
                level: level - 1,
            }
        }
        Outcome::Returned { words } => {
            sql::note_return(act, payable.id, words).await?;
            sql::save_stage(act, payable, payable.after(Move::Return)?).await?;
            FinanceEvent::PayableReturned {
                payable: payable.number.clone(),
                words: words.clone(),
            }
        }
    };
    both(act, &payable.thing(), event).await?;
    Ok(outcome)
}
