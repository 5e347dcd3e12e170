//! Settling 结汇 at the bank's buying rate, wholly or partly; or retaining the rest in its own currency.

use super::exchange::{Refusal, difference, in_cny};
use super::page;
use super::sql::{self, Fresh};
use super::stage::{Move, Stage};
use crate::base::{By, T, typed};
use crate::catalog::rate::is_far;
use crate::finance::receipt::Receipt;
use crate::finance::{holding, reach};
use crate::history::Event;
use crate::history::finance_event::FinanceEvent;
use crate::orders::JointAct;
use crate::people::Deed;
use crate::records::read::Reading;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// What the bank's slip says.
#[derive(Clone, Debug)]
pub(super) struct Given {
    amount: Decimal,
    rate: Decimal,
    bank: String,
    settled_on: NaiveDate,
}

fn read(
    fields: &Fields,
    receipt: &Receipt,
    (today, booked): (NaiveDate, Option<Decimal>),
) -> Result<Given, Faults> {
    let mut faults = Faults::default();
    let amount = typed::figure(fields.get("amount"))
        .filter(|amount| *amount > Decimal::ZERO && receipt.currency.round(*amount) == *amount);
    if amount.is_none() {
        faults.add("amount", T::receipt_what_amount);
    }
    // Banks print the rate of 100 units; here it is of one, and six places are kept.
    let rate = typed::figure(fields.get("rate")).filter(|rate| {
        *rate > Decimal::ZERO && *rate < Decimal::from(100) && rate.normalize().scale() <= 6
    });
    if rate.is_none() {
        faults.add("rate", T::settlement_what_rate);
    }
    let far = rate
        .zip(booked)
        .filter(|(rate, booked)| is_far(*rate, *booked));
    if let Some((_, booked)) = far {
        let booked = booked.normalize();
        faults.say("rate", move |t| t.settlement_far_rate(booked));
    }
    let settled_on = typed::day(fields.get("settled_on"))
        .filter(|day| *day <= today && *day >= receipt.received_on);
    if settled_on.is_none() {
        faults.add("settled_on", T::settlement_what_day);
    }
    let bank = Reading::new(fields, &mut faults).needed("bank", 120);
    match (amount, rate, settled_on) {
        (Some(amount), Some(rate), Some(settled_on)) if faults.is_empty() => Ok(Given {
            amount: receipt.currency.round(amount),
            rate,
            bank,
            settled_on,
        }),
        _ => Err(faults),
    }
}

pub(super) async fn settle(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    reach::must(&by, Deed::SettleExchange)?;
    form.only(&["amount", "rate", "bank", "settled_on"])?;
    let (mut act, receipt) = holding::begin(&app, by, &number, &form.key).await?;
    let booked = sql::booked_rate(act.tx(), &receipt).await?;
    let given = match read(&form.fields, &receipt, (page.today(), booked)) {
        Ok(given) => given,
        Err(faults) => {
            let typed = Some((form.fields, faults));
            let html = page::draw(act.tx(), page, receipt, typed).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
    };
    record(&mut act, &receipt, &given).await?;
    let answer = Answer::to(receipt.url()).tell(page.t, T::settlement_done);
    Ok(act.finish(answer).await?.into_response())
}

/// The same without a page: what is typed is read by the same rules.
pub(in crate::finance) async fn typed(app: &App, by: By, number: &str, form: &Keyed) -> Result<()> {
    reach::must(&by, Deed::SettleExchange)?;
    let (mut act, receipt) = holding::begin(app, by, number, &form.key).await?;
    let booked = sql::booked_rate(act.tx(), &receipt).await?;
    let given = read(&form.fields, &receipt, (act.today(), booked))?;
    record(&mut act, &receipt, &given).await?;
    act.finish(Answer::to(receipt.url())).await?;
    Ok(())
}

/// The act: yuan rounded once; the difference is booked against the rate of the receipt's day.
async fn record(act: &mut JointAct, receipt: &Receipt, given: &Given) -> Result<()> {
    has_left(receipt, given.amount, Move::Settle)?;
    let cny = in_cny(given.amount, given.rate).ok_or(Refusal::TooLarge)?;
    let booked_rate = sql::booked_rate(act.tx(), receipt).await?;
    let difference = difference(given.amount, cny, booked_rate);
    let fresh = Fresh {
        kind: Stage::Settled,
        amount: given.amount,
        rate: Some(given.rate),
        cny: Some(cny),
        booked_rate,
        difference,
        bank: &given.bank,
        settled_on: given.settled_on,
    };
    sql::insert(act, receipt, &fresh).await?;
    let event = Event::Finance(FinanceEvent::ExchangeSettled {
        receipt: receipt.number.clone(),
        money: receipt.money(given.amount),
        rate: given.rate,
        cny,
        difference,
    });
    holding::happened(act, receipt, &event).await
}

/// What waits is queued; nothing else is settled or retained.
fn has_left(receipt: &Receipt, amount: Decimal, step: Move) -> Result<()> {
    let queued = receipt.to_settle > Decimal::ZERO && Stage::Queued.after(step).is_some();
    if queued && amount <= receipt.to_settle {
        Ok(())
    } else {
        Err(Error::refused(Refusal::NotThatMuch {
            left: receipt.money(receipt.to_settle),
        }))
    }
}

/// All that waits stays in its own currency.
pub(super) async fn retain(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    reach::must(&by, Deed::RetainExchange)?;
    form.only(&[])?;
    let (mut act, receipt) = holding::begin(&app, by, &number, &form.key).await?;
    has_left(&receipt, receipt.to_settle, Move::Retain)?;
    let fresh = Fresh {
        kind: Stage::Retained,
        amount: receipt.to_settle,
        rate: None,
        cny: None,
        booked_rate: None,
        difference: None,
        bank: &receipt.account,
        settled_on: page.today(),
    };
    sql::insert(&mut act, &receipt, &fresh).await?;
    let event = Event::Finance(FinanceEvent::ExchangeRetained {
        receipt: receipt.number.clone(),
        money: receipt.money(receipt.to_settle),
    });
    holding::happened(&mut act, &receipt, &event).await?;
    let answer = Answer::to(receipt.url()).tell(page.t, T::settlement_retained);
    act.finish(answer).await
}
