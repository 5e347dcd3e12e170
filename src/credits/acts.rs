//! The acts of this desk without HTTP: for the demo, and for the links of banks to come.

pub use super::examination_sql::Found;
pub use super::finding::Severity;
pub use super::presentation::set::{Maker, Paper};
pub use super::presentation::stage::Move as Step;

use super::credit::LetterOfCredit;
use super::examining::{self, Way};
use super::presentation::{answering, preparing, presenting};
use super::sql::Expected;
use super::{expecting, field, receiving, sql, terms};
use crate::base::Money;
use crate::orders::OrderAct;
use crate::web::{Error, Result};
use chrono::NaiveDate;

/// The customer is to open a credit over this order; answers our number of it.
pub async fn expect(
    act: &mut OrderAct,
    money: Money,
    (bank, on): (&str, Option<NaiveDate>),
) -> Result<String> {
    let expected = Expected {
        money,
        issuing_bank: bank.to_owned(),
        expected_on: on,
        others: Vec::new(),
    };
    Ok(expecting::expect(act, &expected).await?.number)
}

/// The credit as it stands inside this act.
pub async fn credit(act: &mut OrderAct, number: &str) -> Result<LetterOfCredit> {
    sql::lock(act, number).await?.ok_or(Error::NotFound)
}

/// The bank's message has come, cut at its tags.
pub async fn receive(
    act: &mut OrderAct,
    number: &str,
    (message, on): (&str, NaiveDate),
) -> Result<()> {
    let credit = credit(act, number).await?;
    let terms = terms::split(message, &field::ISSUE);
    receiving::receive(act, &credit, &terms, on).await
}

pub async fn examine(act: &mut OrderAct, number: &str) -> Result<()> {
    let credit = credit(act, number).await?;
    examining::examine(act, &credit).await
}

pub async fn find(act: &mut OrderAct, number: &str, found: Found) -> Result<()> {
    let credit = credit(act, number).await?;
    examining::note(act, &credit, found).await
}

/// A finding needs no amendment, and why.
pub async fn settle(act: &mut OrderAct, number: &str, (finding, words): (i32, &str)) -> Result<()> {
    let credit = credit(act, number).await?;
    examining::end(act, &credit, finding, (Way::Settle, words)).await
}

pub async fn workable(act: &mut OrderAct, number: &str) -> Result<()> {
    let credit = credit(act, number).await?;
    examining::workable(act, &credit).await
}

/// Begins the set of documents of a shipment; answers its sequence.
pub async fn prepare(act: &mut OrderAct, shipment: &str) -> Result<i32> {
    Ok(preparing::prepare(act, shipment).await?.1)
}

/// The papers of a set as they lie on the table: counted and examined.
pub async fn lay_out(
    act: &mut OrderAct,
    named: (&str, i32),
    (bank, tell): (&str, impl FnMut(&mut Paper) + Send),
) -> Result<()> {
    preparing::lay_out(act, named, (bank, tell)).await
}

/// Every document of a set is there and examined.
pub async fn complete(act: &mut OrderAct, named: (&str, i32)) -> Result<()> {
    preparing::close(act, named).await
}

/// A complete set goes to its bank today.
pub async fn present(act: &mut OrderAct, named: (&str, i32)) -> Result<()> {
    presenting::bring(act, named).await
}

/// What the bank said of a set, or is answered, today.
pub async fn answer(act: &mut OrderAct, named: (&str, i32), said: (Step, &str)) -> Result<()> {
    answering::said(act, named, said).await
}
