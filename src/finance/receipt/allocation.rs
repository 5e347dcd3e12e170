//! Allocating 认领: money of a receipt goes to an order, there to a shipment, as deposit, balance or credit.
//!
//! It is an act on the order: what waits for the money there moves in the same transaction.

use super::allocation_sql::{self, Piece};
use super::record::{Receipt, Refusal};
use super::{show, sql};
use crate::base::{By, OrderNumber, T, typed};
use crate::finance::payments::asking;
use crate::history::Event;
use crate::history::finance_event::FinanceEvent;
use crate::orders::{self, OrderAct};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result, Tell};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use rust_decimal::Decimal;

pub const PARTS: [&str; 3] = ["deposit", "balance", "credit"];

/// What a form asks to allocate.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub order: OrderNumber,
    /// Number of the shipment, or nothing.
    pub shipment: String,
    pub part: &'static str,
    pub amount: Decimal,
}

fn read(fields: &Fields, receipt: &Receipt) -> Result<Wanted, Faults> {
    let mut faults = Faults::default();
    let order = OrderNumber::parse(fields.get("order"));
    if order.is_none() {
        faults.add("order", T::receipt_which_order);
    }
    let part = PARTS.into_iter().find(|part| *part == fields.get("part"));
    if part.is_none() {
        faults.add("part", T::receipt_which_part);
    }
    let amount = typed::figure(fields.get("amount"))
        .filter(|amount| *amount > Decimal::ZERO && receipt.currency.round(*amount) == *amount);
    if amount.is_none() {
        faults.add("amount", T::receipt_what_amount);
    }
    match (order, part, amount) {
        (Some(order), Some(part), Some(amount)) if faults.is_empty() => Ok(Wanted {
            order,
            shipment: fields.get("shipment").to_owned(),
            part,
            amount: receipt.currency.round(amount),
        }),
        _ => Err(faults),
    }
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    crate::finance::reach::must(&by, Deed::AllocateReceipt)?;
    form.only(&["order", "shipment", "part", "amount"])?;
    let mut db = app.db.acquire().await?;
    let receipt = sql::find(&mut db, &by, &number).await?;
    let wanted = match read(&form.fields, &receipt) {
        Ok(wanted) => wanted,
        Err(faults) => {
            let html = show::draw(&mut db, page, &by, receipt, (form.fields, faults)).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
    };
    drop(db);
    let mut act = match orders::begin(&app, by.clone(), &wanted.order, &form.key).await {
        Err(Error::NotFound) => {
            let mut db = app.db.acquire().await?;
            let faults = Faults::one("order", T::receipt_no_such_order);
            let html = show::draw(&mut db, page, &by, receipt, (form.fields, faults)).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
        other => other?,
    };
    if let Err(error) = allocate(&mut act, &number, &wanted).await {
        let Error::Invalid(faults) = error else {
            return Err(error);
        };
        drop(act);
        let mut db = app.db.acquire().await?;
        let html = show::draw(&mut db, page, &by, receipt, (form.fields, faults)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    let answer = Answer::to(receipt.url()).say(page.t.receipt_allocated_to(&act.order.number));
    Ok(act.finish(answer).await?.into_response())
}

/// The act: the order is locked, now the receipt is; then it is asked whether the money is there and is owed.
pub async fn allocate(act: &mut OrderAct, number: &str, wanted: &Wanted) -> Result<()> {
    act.must(Deed::AllocateReceipt)?;
    let (order, by) = (act.order.clone(), act.by.clone());
    orders::comes_late(act, &order).await?;
    let receipt = sql::lock(act, &by, number).await?;
    receipt
        .check(wanted.amount, act.order.terms.currency)
        .map_err(at_its_field)?;
    let order = act.order.id();
    is_owed(act, &receipt, wanted).await?;
    let shipment = match wanted.shipment.as_str() {
        "" => None,
        named => Some(
            allocation_sql::shipment_named(act.tx(), order, named)
                .await?
                .ok_or_else(|| Faults::one("shipment", T::receipt_no_such_shipment))?,
        ),
    };
    let piece = Piece {
        receipt: receipt.id,
        order,
        shipment,
        part: wanted.part,
        amount: wanted.amount,
    };
    allocation_sql::allocate(act, &piece).await?;
    let event = Event::Finance(FinanceEvent::ReceiptAllocated {
        receipt: receipt.number.clone(),
        order: act.order.number.to_string(),
        part: wanted.part.to_owned(),
        money: receipt.money(wanted.amount),
    });
    both(act, &receipt, &event).await?;
    asking::answered(act, &receipt.payer).await
}

/// What is more than the order owes can only be its credit.
async fn is_owed(act: &mut OrderAct, receipt: &Receipt, wanted: &Wanted) -> Result<()> {
    let order = act.order.id();
    if wanted.part != "credit"
        && let Some(open) = allocation_sql::owed(act.tx(), order, receipt.currency).await?
        && wanted.amount > open
    {
        let open = receipt.money(open.max(Decimal::ZERO));
        return Err(at_its_field(Refusal::MoreThanOwed { open }));
    }
    Ok(())
}

/// What another figure or another order would mend is said at that field, and the form stays as it was typed.
fn at_its_field(refusal: Refusal) -> Error {
    let field = match refusal {
        Refusal::NotThatMuch { .. } | Refusal::MoreThanOwed { .. } => "amount",
        Refusal::OtherCurrency { .. } => "order",
        other => return other.into(),
    };
    let mut faults = Faults::default();
    faults.say(field, move |t| refusal.tell(t));
    Error::Invalid(faults)
}

/// Writes an event into the order's chain and the receipt's.
pub(super) async fn both(act: &mut OrderAct, receipt: &Receipt, event: &Event) -> Result<()> {
    act.happened(event).await?;
    act.record(&receipt.thing(), event).await
}
