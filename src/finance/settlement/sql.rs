//! Statements on settlements.

use super::exchange::Settled;
use super::stage::Stage;
use crate::base::Currency;
use crate::finance::receipt::Receipt;
use crate::history::Act;
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

/// What of a receipt was settled or retained, oldest first.
pub(in crate::finance) async fn of_receipt(
    db: &mut PgConnection,
    receipt: &Receipt,
) -> Result<Vec<Settled>> {
    let rows = sqlx::query!(
        r#"select s.id, s.kind, s.amount, s.rate, s.cny, s.booked_rate, s.difference, s.bank, s.settled_on,
               u.id as "undone?"
           from settlement s left join settlement u on u.undoes = s.id
           where s.receipt = $1 and s.undoes is null order by s.at, s.id limit 200"#,
        receipt.id,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let kind = Stage::parse(&row.kind)
                .ok_or_else(|| Error::Broken(anyhow!("settlement {}: unreadable", row.id)))?;
            Ok(Settled {
                stage: if row.undone.is_some() {
                    Stage::Reversed
                } else {
                    kind
                },
                id: row.id,
                amount: receipt.currency.round(row.amount),
                rate: row.rate.map(|rate| rate.normalize()),
                cny: row.cny,
                booked_rate: row.booked_rate.map(|rate| rate.normalize()),
                difference: row.difference,
                bank: row.bank,
                settled_on: row.settled_on,
            })
        })
        .collect()
}

/// CNY for one unit on the day the receipt came in: the newest rate kept up to that day.
pub(in crate::finance) async fn booked_rate(
    db: &mut PgConnection,
    receipt: &Receipt,
) -> Result<Option<Decimal>> {
    rate_on(db, receipt.currency, receipt.received_on).await
}

pub(super) async fn rate_on(
    db: &mut PgConnection,
    currency: Currency,
    day: NaiveDate,
) -> Result<Option<Decimal>> {
    let rate = sqlx::query_scalar!(
        "select rate from exchange_rate where currency = $1 and day <= $2 order by day desc limit 1",
        currency.as_str(),
        day,
    )
    .fetch_optional(db)
    .await?;
    Ok(rate.map(|rate| rate.normalize()))
}

/// A row as it is written.
pub(super) struct Fresh<'a> {
    pub(super) kind: Stage,
    pub(super) amount: Decimal,
    pub(super) rate: Option<Decimal>,
    pub(super) cny: Option<Decimal>,
    pub(super) booked_rate: Option<Decimal>,
    pub(super) difference: Option<Decimal>,
    pub(super) bank: &'a str,
    pub(super) settled_on: NaiveDate,
}

pub(super) async fn insert(act: &mut Act, receipt: &Receipt, fresh: &Fresh<'_>) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "insert into settlement (id, receipt, kind, amount, rate, cny, booked_rate, difference, bank, settled_on, at, person)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        crate::base::fresh(at),
        receipt.id,
        fresh.kind.code(),
        fresh.amount,
        fresh.rate,
        fresh.cny,
        fresh.booked_rate,
        fresh.difference,
        fresh.bank,
        fresh.settled_on,
        at,
        person.0,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// The row that undoes another: the same with every figure turned round.
pub(super) async fn undo(act: &mut Act, settlement: Uuid, words: &str) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "insert into settlement (id, receipt, kind, amount, rate, cny, booked_rate, difference, bank, settled_on, undoes,
             words, at, person)
         select $2, s.receipt, s.kind, -s.amount, s.rate, -s.cny, s.booked_rate, -s.difference, s.bank, s.settled_on, s.id,
             $3, $4, $5 from settlement s where s.id = $1",
        settlement,
        crate::base::fresh(at),
        words,
        at,
        person.0,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}
