//! Repayment 付汇退款: money that was settled or retained already goes back to the customer of a cancelled order. The
//! receipt has it no more: our bank sells it to us for yuan, or takes it from money kept in its currency, on a slip.
//!
//! We chose not to reverse the settlement for it, because the bank did settle and its slip stands. What is repaid is kept
//! with the row that undoes the allocation and counted beside the settlement (`receipt_to_settle`).

use super::allocation_sql;
use super::record::{Allocation, Receipt, Repaid, Yes};
use super::undoing::is_cancelled;
use crate::base::{Audience, Currency, T, typed};
use crate::documents::files;
use crate::history::Event;
use crate::orders::{JointAct, Order};
use crate::records::read::Reading;
use crate::web::{App, Error, Faults, Keyed, Result};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// How much of this money has to be repaid: what the receipt has no more, where the manager has agreed to a refund.
pub(super) fn share(
    order: &Order,
    yes: Option<&Yes>,
    (receipt, allocation): (&Receipt, &Allocation),
) -> Option<Decimal> {
    let agreed = is_cancelled(order) && yes.is_some_and(|yes| yes.plan == "refund");
    // Our own currency is never settled.
    if !agreed || receipt.currency == Currency::CNY {
        return None;
    }
    let own = receipt.to_settle.max(Decimal::ZERO);
    Some(allocation.amount - own).filter(|rest| *rest > Decimal::ZERO)
}

/// The same inside an act.
pub(super) async fn wanted(
    act: &mut JointAct,
    of: (&Receipt, &Allocation),
) -> Result<Option<Decimal>> {
    let yes = allocation_sql::yes_for(act.tx(), of.1.id).await?;
    let order = act.orders.iter().find(|order| order.number == of.1.order);
    Ok(order.and_then(|order| share(order, yes.as_ref(), of)))
}

/// What the slip says; the slip itself is kept by `keep`.
pub(super) fn read(
    form: &Keyed,
    amount: Decimal,
    (received_on, today): (NaiveDate, NaiveDate),
    faults: &mut Faults,
) -> Option<Repaid> {
    let day =
        typed::day(form.fields.get("repaid_on")).filter(|day| *day >= received_on && *day <= today);
    if day.is_none() {
        faults.add("repaid_on", T::receipt_repaid_which_day);
    }
    let reference = Reading::new(&form.fields, faults).needed("repaid_reference", 60);
    let cost = form.fields.get("repaid_cny");
    let cny = typed::figure(cost).filter(|cny| {
        *cny > Decimal::ZERO
            && *cny < Decimal::from(10_000_000_000_000_i64)
            && Currency::CNY.round(*cny) == *cny
    });
    if cny.is_none() && !cost.is_empty() {
        faults.add("repaid_cny", T::receipt_what_amount);
    }
    if form.files.is_empty() {
        faults.add("slip", T::receipt_repaid_no_slip);
    }
    Some(Repaid {
        amount,
        cny,
        day: day?,
        reference,
        slip: None,
    })
}

/// Keeps the slip in the order's file, where whoever may see its prices finds it.
pub(super) async fn keep(
    app: &App,
    act: &mut JointAct,
    (form, allocation): (&Keyed, &Allocation),
    repaid: &mut Repaid,
) -> Result<()> {
    let order = act
        .orders
        .iter()
        .find(|order| order.number == allocation.order)
        .cloned()
        .ok_or(Error::NotFound)?;
    let file = form.files.first().ok_or(Error::Garbled("slip"))?;
    let (place, audience) = (Some(order.id()), Audience::Internal);
    let by = act.by.clone();
    let kept = files::store(app, act.tx(), (place, &by), file, "bank_slip", audience).await?;
    let event = Event::FileStored {
        name: kept.name,
        audience: audience.code().to_owned(),
    };
    act.record(&order, &event).await?;
    repaid.slip = Some(kept.id);
    Ok(())
}
