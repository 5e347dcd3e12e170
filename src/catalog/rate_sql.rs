//! Every statement on rates of exchange and rebate.

use super::rate::{ExchangeRate, RebateRate, Treatment};
use crate::base::Currency;
use crate::history::Act;
use crate::web::error::on_constraint;
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn newest_exchange(db: &mut PgConnection) -> Result<Vec<ExchangeRate>> {
    Ok(sqlx::query_as!(
        ExchangeRate,
        r#"select currency::text as "currency!", day, rate, source from exchange_rate
           order by day desc, currency limit 60"#
    )
    .fetch_all(db)
    .await?)
}

/// Every rate on file, the newest first, as far as a workbook goes.
pub(super) async fn all_exchange(db: &mut PgConnection) -> Result<Vec<ExchangeRate>> {
    Ok(sqlx::query_as!(
        ExchangeRate,
        r#"select currency::text as "currency!", day, rate, source from exchange_rate
           order by day desc, currency limit 5001"#
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn exchange_on(
    db: &mut PgConnection,
    currency: Currency,
    day: NaiveDate,
) -> Result<Option<ExchangeRate>> {
    Ok(sqlx::query_as!(
        ExchangeRate,
        r#"select currency::text as "currency!", day, rate, source from exchange_rate
           where currency = $1 and day <= $2 order by day desc limit 1"#,
        currency.as_str(),
        day,
    )
    .fetch_optional(db)
    .await?)
}

/// Writes the rate of a day and answers the one it replaces.
pub(super) async fn put_exchange(act: &mut Act, rate: &ExchangeRate) -> Result<Option<Decimal>> {
    let before = sqlx::query_scalar!(
        "select rate from exchange_rate where currency = $1 and day = $2 for update",
        rate.currency,
        rate.day,
    )
    .fetch_optional(act.tx())
    .await?;
    sqlx::query!(
        "insert into exchange_rate (currency, day, rate, source) values ($1, $2, $3, $4)
         on conflict (currency, day) do update set rate = excluded.rate, source = excluded.source",
        rate.currency,
        rate.day,
        rate.rate,
        rate.source,
    )
    .execute(act.tx())
    .await
    .map_err(|error| {
        on_constraint(
            error,
            &[("exchange_rate_currency_fkey", "currency", |t| {
                t.records_choose()
            })],
        )
    })?;
    Ok(before)
}

struct Row {
    id: Uuid,
    hs_code: String,
    from_day: NaiveDate,
    until_day: Option<NaiveDate>,
    vat_rate: Decimal,
    rebate_rate: Decimal,
    treatment: String,
}

impl Row {
    fn rate(self) -> Result<RebateRate> {
        let treatment = Treatment::parse(&self.treatment).ok_or_else(|| {
            Error::Broken(anyhow!("rebate rate {}: unreadable treatment", self.id))
        })?;
        Ok(RebateRate {
            id: self.id,
            hs_code: self.hs_code,
            from_day: self.from_day,
            until_day: self.until_day,
            vat_rate: self.vat_rate,
            rebate_rate: self.rebate_rate,
            treatment,
        })
    }
}

/// Ranges of codes that begin so, the newest of each code first.
pub(super) async fn rebates(db: &mut PgConnection, hs: &str) -> Result<Vec<RebateRate>> {
    sqlx::query_as!(
        Row,
        "select id, hs_code, from_day, until_day, vat_rate, rebate_rate, treatment from rebate_rate
         where starts_with(hs_code, $1) order by hs_code, from_day desc limit 200",
        hs,
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(Row::rate)
    .collect()
}

pub(super) async fn find_rebate(db: &mut PgConnection, id: Uuid) -> Result<Option<RebateRate>> {
    sqlx::query_as!(
        Row,
        "select id, hs_code, from_day, until_day, vat_rate, rebate_rate, treatment from rebate_rate where id = $1",
        id,
    )
    .fetch_optional(db)
    .await?
    .map(Row::rate)
    .transpose()
}

pub(super) async fn rebate_on(
    db: &mut PgConnection,
    hs: &str,
    day: NaiveDate,
) -> Result<Option<RebateRate>> {
    sqlx::query_as!(
        Row,
        "select id, hs_code, from_day, until_day, vat_rate, rebate_rate, treatment from rebate_rate
         where hs_code = $1 and from_day <= $2 and (until_day is null or until_day >= $2)",
        hs,
        day,
    )
    .fetch_optional(db)
    .await?
    .map(Row::rate)
    .transpose()
}

/// The range without an end that began before, if there is one, ends here.
pub(super) async fn end_open_rebate(act: &mut Act, hs: &str, day: NaiveDate) -> Result<()> {
    sqlx::query!(
        "update rebate_rate set until_day = $2 where hs_code = $1 and until_day is null and from_day <= $2",
        hs,
        day,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

fn overlap(error: sqlx::Error) -> Error {
    on_constraint(
        error,
        &[("rebate_rate_period_excl", "from", |t| {
            t.catalog_rebate_overlap()
        })],
    )
}

pub(super) async fn insert_rebate(act: &mut Act, rate: &RebateRate) -> Result<()> {
    sqlx::query!(
        "insert into rebate_rate (id, hs_code, from_day, until_day, vat_rate, rebate_rate, treatment)
         values ($1, $2, $3, $4, $5, $6, $7)",
        rate.id,
        rate.hs_code,
        rate.from_day,
        rate.until_day,
        rate.vat_rate,
        rate.rebate_rate,
        rate.treatment.code(),
    )
    .execute(act.tx())
    .await
    .map_err(overlap)?;
    Ok(())
}

pub(super) async fn end_rebate(act: &mut Act, id: Uuid, day: NaiveDate) -> Result<()> {
    sqlx::query!(
        "update rebate_rate set until_day = $2 where id = $1",
        id,
        day
    )
    .execute(act.tx())
    .await
    .map_err(overlap)?;
    Ok(())
}
