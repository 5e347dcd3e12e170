//! Undoing 撤销认领: money leaves an order: back to the receipt, to the customer, to the sending bank, or to us for good.
//! A row is written that points at the allocation; nothing is changed.
//!
//! The money of a cancelled order leaves it with the manager's yes, by another person than who gave it (lifecycle 1.7).

use super::record::{Allocation, Receipt, Refusal, Repaid, Yes};
use super::stage::AllocationMove;
use super::{allocation_sql, repayment, sql};
use crate::base::{By, T};
use crate::finance::{holding, reach};
use crate::history::Event;
use crate::history::finance_event::{FinanceEvent, Repayment};
use crate::orders::{Condition, JointAct, Order};
use crate::people::Deed;
use crate::people::rights::Hands;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use rust_decimal::Decimal;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "receipt/undo.html")]
pub(super) struct UndoPage {
    pub page: Page,
    pub receipt: Receipt,
    pub allocation: Allocation,
    /// The order is cancelled or on its way there, and its money waits for the manager's plan.
    pub cancelled: bool,
    pub plan: String,
    /// How much of it is settled already and has to be repaid.
    pub share: Option<Decimal>,
    pub hows: Vec<(String, String)>,
    pub plans: Vec<(String, String)>,
    pub fields: Fields,
    pub faults: Faults,
}

impl UndoPage {
    pub(super) fn amount(&self) -> String {
        self.page.money(self.receipt.money(self.allocation.amount))
    }

    /// What has to be repaid; empty where the receipt still has all of it.
    pub(super) fn repaid(&self) -> String {
        self.share
            .map(|share| self.page.money(self.receipt.money(share)))
            .unwrap_or_default()
    }

    pub(super) fn url(&self) -> String {
        format!("{}/allocations/{}", self.receipt.url(), self.allocation.id)
    }

    pub(super) fn plan_word(&self) -> &'static str {
        crate::history::finance_event::plan_word(self.page.t, &self.plan)
    }
}

/// The allocation of this receipt.
pub(super) async fn pick(
    db: &mut PgConnection,
    by: &By,
    receipt: &Receipt,
    id: &str,
) -> Result<Allocation> {
    let id: uuid::Uuid = id.parse().map_err(|_| Error::NotFound)?;
    let all = allocation_sql::of_receipt(db, by, receipt).await?;
    all.into_iter()
        .find(|allocation| allocation.id == id)
        .ok_or(Error::NotFound)
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, id)): Path<(String, String)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let receipt = sql::find(&mut db, &by, &number).await?;
    let allocation = pick(&mut db, &by, &receipt, &id).await?;
    reach::must(&by, Deed::ReverseAllocation)?;
    allocation.after(AllocationMove::Reverse)?;
    draw(&mut db, page, &by, (receipt, allocation), None).await
}

/// The money of an order that is not going to be: cancelled, or being cancelled.
pub(super) fn is_cancelled(order: &Order) -> bool {
    matches!(
        order.condition,
        Condition::Cancelling | Condition::Cancelled
    )
}

pub(super) async fn draw(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    (receipt, allocation): (Receipt, Allocation),
    typed: Option<(Fields, Faults)>,
) -> Result<Html<String>> {
    let order = crate::orders::find(db, by, &allocation.order).await?;
    let cancelled = is_cancelled(&order);
    let yes = allocation_sql::yes_for(db, allocation.id).await?;
    let t = page.t;
    let (fields, faults) = typed.unwrap_or_default();
    let page = UndoPage {
        hows: AllocationMove::UNDOING
            .into_iter()
            .filter(|how| cancelled || *how != AllocationMove::Keep)
            .map(|how| (how.code().to_owned(), how.label(t).to_owned()))
            .collect(),
        plans: PLANS
            .into_iter()
            .map(|plan| {
                let word = crate::history::finance_event::plan_word(t, plan);
                (plan.to_owned(), word.to_owned())
            })
            .collect(),
        share: repayment::share(&order, yes.as_ref(), (&receipt, &allocation)),
        plan: yes.map(|yes| yes.plan).unwrap_or_default(),
        cancelled,
        fields,
        faults,
        receipt,
        allocation,
        page,
    };
    Ok(Html(page.render()?))
}

/// What the manager may be asked for.
pub(super) const PLANS: [&str; 3] = ["refund", "move", "keep"];

/// How the money goes, and why.
fn read(fields: &Fields, faults: &mut Faults) -> (Option<AllocationMove>, String) {
    let how = AllocationMove::parse(fields.get("how"))
        .filter(|how| AllocationMove::UNDOING.contains(how));
    let words: String = fields.get("words").chars().take(400).collect();
    if how.is_none() {
        faults.add("how", T::receipt_which_undoing);
    }
    if words.is_empty() {
        faults.add("words", T::payment_why_missing);
    }
    (how, words)
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, id)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    reach::must(&by, Deed::ReverseAllocation)?;
    form.only(&[
        "how",
        "words",
        "repaid_on",
        "repaid_reference",
        "repaid_cny",
    ])?;
    let (mut act, receipt) = holding::begin(&app, by.clone(), &number, &form.key).await?;
    let allocation = pick(act.tx(), &by, &receipt, &id).await?;
    let mut faults = Faults::default();
    let (how, words) = read(&form.fields, &mut faults);
    let mut repaid = None;
    if how == Some(AllocationMove::Refund)
        && let Some(share) = repayment::wanted(&mut act, (&receipt, &allocation)).await?
    {
        let days = (receipt.received_on, page.today());
        repaid = repayment::read(&form, share, days, &mut faults);
    }
    let (Some(how), true) = (how, faults.is_empty()) else {
        allocation.after(AllocationMove::Reverse)?;
        let typed = Some((form.fields, faults));
        let html = draw(act.tx(), page, &by, (receipt, allocation), typed).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    if let Some(repaid) = &mut repaid {
        repayment::keep(&app, &mut act, (&form, &allocation), repaid).await?;
    }
    let told = (how, words.as_str(), repaid.as_ref());
    undo(&mut act, &receipt, &allocation, told).await?;
    let answer = Answer::to(receipt.url()).tell(page.t, T::receipt_undone);
    Ok(act.finish(answer).await?.into_response())
}

/// The act: asked of the order that loses the money; the row that undoes says what became of it.
pub(super) async fn undo(
    act: &mut JointAct,
    receipt: &Receipt,
    allocation: &Allocation,
    (how, words, repaid): (AllocationMove, &str, Option<&Repaid>),
) -> Result<()> {
    let outcome = allocation.after(how)?;
    let order = act
        .orders
        .iter()
        .find(|order| order.number == allocation.order)
        .cloned()
        .ok_or(Error::NotFound)?;
    let yes = allocation_sql::yes_for(act.tx(), allocation.id).await?;
    let hands = Hands {
        approver: yes.as_ref().map(|yes| yes.by),
        ..Hands::default()
    };
    order.must(&act.by, how.deed().of(hands))?;
    allowed(&order, how, yes.as_ref())?;
    let leaves = matches!(how, AllocationMove::Refund | AllocationMove::ReturnByBank);
    let own = allocation.amount - repaid.map_or(Decimal::ZERO, |repaid| repaid.amount);
    if leaves && !is_home(receipt) && own > receipt.to_settle {
        return Err(Refusal::AlreadySettled {
            left: receipt.money(receipt.to_settle.max(Decimal::ZERO)),
        }
        .into());
    }
    allocation_sql::undo(act, allocation.id, outcome, (words, repaid)).await?;
    let event = Event::Finance(FinanceEvent::AllocationUndone {
        receipt: receipt.number.clone(),
        order: order.number.to_string(),
        outcome: outcome.code().to_owned(),
        money: receipt.money(allocation.amount),
        words: words.to_owned(),
        repaid: repaid.map(|repaid| told_of(receipt, repaid)),
    });
    crate::orders::comes_late(act, &order).await?;
    act.record(&order, &event).await?;
    act.record(&receipt.thing(), &event).await
}

fn told_of(receipt: &Receipt, repaid: &Repaid) -> Repayment {
    Repayment {
        total: receipt.money(repaid.amount),
        cny: repaid.cny,
        paid_on: repaid.day.to_string(),
        reference: repaid.reference.clone(),
    }
}

/// Our own currency is never settled, so it can always go back.
fn is_home(receipt: &Receipt) -> bool {
    receipt.currency == crate::base::Currency::CNY
}

/// What of a cancelled order is done with its money follows the manager's yes; of another nothing is kept.
fn allowed(order: &Order, how: AllocationMove, yes: Option<&Yes>) -> Result<(), Refusal> {
    match how.plan() {
        Some(plan) if is_cancelled(order) => {
            if yes.is_some_and(|yes| yes.plan == plan) {
                Ok(())
            } else {
                Err(Refusal::NeedsApproval(plan))
            }
        }
        Some("keep") => Err(Refusal::KeepsOnlyCancelled),
        _ => Ok(()),
    }
}
