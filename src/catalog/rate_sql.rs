//! Every statement on rates of exchange and rebate.

use super::rate::{ExchangeRate, Held, RebateRate, Treatment};
use crate::base::Currency;
use crate::history::Act;
use crate::web::error::on_constraint;
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

/// The newest first, behind this day and currency where there are such.
pub(super) async fn exchange_page(
    db: &mut PgConnection,
    behind: Option<&(NaiveDate, String)>,
    most: i64,
) -> Result<Vec<ExchangeRate>> {
    Ok(sqlx::query_as!(
        ExchangeRate,
        r#"select currency::text as "currency!", day, rate, source from exchange_rate
           where $1::date is null or day < $1 or (day = $1 and currency > $2::text)
           order by day desc, currency limit $3"#,
        behind.map(|(day, _)| *day),
        behind.map(|(_, currency)| currency.as_str()),
        most,
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

/// False where that day has one already.
pub(super) async fn insert_exchange(act: &mut Act, rate: &ExchangeRate) -> Result<bool> {
    let done = sqlx::query!(
        "insert into exchange_rate (currency, day, rate, source) values ($1, $2, $3, $4)
         on conflict (currency, day) do nothing",
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
    Ok(done.rows_affected() == 1)
}

/// The one of that day, which nobody takes away.
pub(super) async fn lock_exchange(act: &mut Act, rate: &ExchangeRate) -> Result<Held> {
    let row = sqlx::query!(
        r#"select currency::text as "currency!", day, rate, source, version from exchange_rate
           where currency = $1 and day = $2 for update"#,
        rate.currency,
        rate.day,
    )
    .fetch_one(act.tx())
    .await?;
    Ok(Held {
        rate: ExchangeRate {
            currency: row.currency,
            day: row.day,
            rate: row.rate,
            source: row.source,
        },
        version: row.version,
    })
}

pub(super) async fn correct_exchange(act: &mut Act, rate: &ExchangeRate) -> Result<()> {
    sqlx::query!(
        "update exchange_rate set rate = $3, source = $4, version = version + 1 where currency = $1 and day = $2",
        rate.currency,
        rate.day,
        rate.rate,
        rate.source,
    )
    .execute(act.tx())
    .await?;
    Ok(())
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

/// Ranges of codes that begin so, the newest of each code first; behind this one where it is given.
pub(super) async fn rebates(
    db: &mut PgConnection,
    hs: &str,
    behind: Option<Uuid>,
    most: i64,
) -> Result<Vec<RebateRate>> {
    sqlx::query_as!(
        Row,
        "select id, hs_code, from_day, until_day, vat_rate, rebate_rate, treatment from rebate_rate
         where starts_with(hs_code, $1) and ($2::uuid is null
             or hs_code > (select k.hs_code from rebate_rate k where k.id = $2)
             or (hs_code = (select k.hs_code from rebate_rate k where k.id = $2)
                 and from_day < (select k.from_day from rebate_rate k where k.id = $2)))
         order by hs_code, from_day desc limit $3",
        hs,
        behind,
        most,
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(Row::rate)
    .collect()
}

/// Those before this one, in the order shown.
pub(super) async fn rebates_before(
    db: &mut PgConnection,
    hs: &str,
    before: Uuid,
    most: i64,
) -> Result<Vec<RebateRate>> {
    let mut rates: Vec<RebateRate> = sqlx::query_as!(
        Row,
        "select r.id, r.hs_code, r.from_day, r.until_day, r.vat_rate, r.rebate_rate, r.treatment
         from rebate_rate r join rebate_rate k on k.id = $2
         where starts_with(r.hs_code, $1)
             and (r.hs_code < k.hs_code or (r.hs_code = k.hs_code and r.from_day > k.from_day))
         order by r.hs_code desc, r.from_day limit $3",
        hs,
        before,
        most,
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(Row::rate)
    .collect::<Result<_>>()?;
    rates.reverse();
    Ok(rates)
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
