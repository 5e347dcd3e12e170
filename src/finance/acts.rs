//! The acts of this desk without HTTP: for the demo. What an act needs is given as its form has it, so that it is read by
//! the same rules.

pub use super::export::Shipment;
pub use super::hand_over::{Given, Kind, accept, give, of as hand_over, record};
pub use super::payable::{Claim, write as ask_payable};
pub use super::rebate_claim::Move as Step;
pub use super::receipt::allocation::{Wanted, allocate};

use super::export;
use super::{payable, payments, rebate_claim, receipt, settlement, verification};
use crate::base::{By, OrderNumber};
use crate::history;
use crate::orders::{JointAct, OrderAct};
use crate::web::{Answer, App, Fields, Keyed, Result};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Fields of a form with what is typed into them.
pub type Typed<'a> = &'a [(&'a str, &'a str)];

fn fields(typed: Typed<'_>) -> Fields {
    let mut fields = Fields::default();
    for (name, value) in typed {
        fields.set(name, *value);
    }
    fields
}

/// A receipt from the bank's slip; answers its number. The account is given by its name.
pub async fn receipt(app: &App, by: By, typed: Typed<'_>) -> Result<String> {
    let today = by.at.with_timezone(&app.config.zone).date_naive();
    let mut act = history::begin_house(app, by).await?;
    let number = receipt::typed(&mut act, fields(typed), today).await?;
    act.finish(Answer::to("/receipts")).await?;
    Ok(number)
}

/// Money of a receipt becomes yuan.
pub async fn settle(app: &App, by: By, number: &str, typed: Typed<'_>) -> Result<()> {
    let form = Keyed::inside(by.at, typed);
    settlement::typed(app, by, number, &form).await
}

/// The customer is asked for all that is open until this day.
pub async fn ask_balance(act: &mut OrderAct, due_on: NaiveDate) -> Result<()> {
    payments::ask(act, due_on).await
}

/// The customer is asked for this much until this day.
pub async fn ask_part(act: &mut OrderAct, amount: Decimal, due_on: NaiveDate) -> Result<()> {
    payments::ask_part(act, amount, due_on).await
}

pub async fn approve_payable(act: &mut OrderAct, number: &str) -> Result<()> {
    payable::approve(act, number).await
}

pub async fn pay(act: &mut OrderAct, number: &str, typed: Typed<'_>) -> Result<()> {
    payable::pay(act, number, fields(typed)).await
}

/// Opens an act on the papers, the verification or the rebate of a shipment.
pub async fn begin(
    app: &App,
    by: By,
    (order, shipment): (&OrderNumber, &str),
) -> Result<(JointAct, Shipment)> {
    let form = Keyed::inside(by.at, &[]);
    let named = (order.as_str(), shipment);
    let (act, _, shipment) = export::begin(app, by, named, &form.key).await?;
    Ok((act, shipment))
}

/// Lays the first so many allocations against a declaration of this value.
pub async fn verify(
    act: &mut JointAct,
    of: (&Shipment, i32),
    declared: (Decimal, usize),
) -> Result<()> {
    verification::begin(act, of, declared).await
}

/// A claim of every free declaration of the shipment; answers its sequence.
pub async fn claim(act: &mut JointAct, shipment: &Shipment) -> Result<i32> {
    rebate_claim::begin(act, shipment).await
}

/// A VAT invoice in the claim, and where the papers of the filing set lie.
pub async fn collect(act: &mut JointAct, of: (&Shipment, i32), typed: Typed<'_>) -> Result<()> {
    rebate_claim::collect(act, of, &fields(typed)).await
}

/// One step of a claim after collecting.
pub async fn step(
    act: &mut JointAct,
    of: (&Shipment, i32),
    step: Step,
    typed: Typed<'_>,
) -> Result<()> {
    rebate_claim::step(act, of, step, &fields(typed)).await
}
