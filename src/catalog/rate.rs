//! Rates 汇率、退税率: RMB for one unit of a currency by day, and the rebate of a commodity code by range of days.
//!
//! A rebate rate of nought says nothing alone, so each range carries its treatment: refund 退税, exempt 免税, taxed
//! 视同内销. Ranges of one code never overlap; a new rate ends the one in force the day before.

use super::sql;
use crate::base::{Currency, T};
use crate::history::event::Change;
use crate::history::{Act, Event};
use crate::people::rights::{self, Verdict};
use crate::people::{Deed, Relation};
use crate::records::Thing;
use crate::web::{Error, Faults, Result};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeRate {
    pub currency: String,
    pub day: NaiveDate,
    /// RMB for one unit, bank's buying rate 现汇买入价.
    pub rate: Decimal,
    pub source: String,
}

impl ExchangeRate {
    /// What a form carries that was told how far this one is from the rate before, and means it: of another currency,
    /// day or figure it says nothing.
    pub fn mark(&self) -> String {
        format!("{}/{}/{}", self.currency, self.day, self.rate.normalize())
    }
}

/// Banks quote some currencies by a hundred units: what is twice or half another day's rate is a slip more often than
/// a market.
pub fn is_far(rate: Decimal, known: Decimal) -> bool {
    rate >= known * Decimal::TWO || rate * Decimal::TWO <= known
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    Refund,
    Exempt,
    Taxed,
}

impl Treatment {
    pub const ALL: [Self; 3] = [Self::Refund, Self::Exempt, Self::Taxed];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Refund => "refund",
            Self::Exempt => "exempt",
            Self::Taxed => "taxed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|treatment| treatment.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Refund => t.catalog_treatment_refund(),
            Self::Exempt => t.catalog_treatment_exempt(),
            Self::Taxed => t.catalog_treatment_taxed(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RebateRate {
    pub id: Uuid,
    pub hs_code: String,
    pub from_day: NaiveDate,
    /// Last day it holds; none: until a new one.
    pub until_day: Option<NaiveDate>,
    /// Percent.
    pub vat_rate: Decimal,
    pub rebate_rate: Decimal,
    pub treatment: Treatment,
}

/// The newest rate at or before the day.
pub async fn exchange_on(
    db: &mut PgConnection,
    currency: Currency,
    day: NaiveDate,
) -> Result<Option<ExchangeRate>> {
    sql::exchange_on(db, currency, day).await
}

/// The newest rate of the days before, where this one is far from it.
pub async fn far_from(db: &mut PgConnection, rate: &ExchangeRate) -> Result<Option<ExchangeRate>> {
    let (Some(currency), Some(eve)) = (Currency::parse(&rate.currency), rate.day.pred_opt()) else {
        return Ok(None);
    };
    let known = sql::exchange_on(db, currency, eve).await?;
    Ok(known.filter(|known| is_far(rate.rate, known.rate)))
}

/// The rate of this code on this day (of the export).
pub async fn rebate_on(
    db: &mut PgConnection,
    hs_code: &str,
    day: NaiveDate,
) -> Result<Option<RebateRate>> {
    sql::rebate_on(db, hs_code, day).await
}

pub fn may_edit(by: &crate::base::By) -> bool {
    rights::decide(by, &Deed::EditRates.into(), &Relation::none()) == Verdict::Allow
}

pub(super) fn must(act: &Act) -> Result<()> {
    must_edit(&act.by)
}

pub(super) fn must_edit(by: &crate::base::By) -> Result<()> {
    rights::must(by, Deed::EditRates, &Relation::none())
}

/// The chain of events of one currency or one commodity code.
pub fn thing(of: &str) -> Thing {
    Thing::new("rate", of)
}

/// A rate as it lies there, with the version a correction names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub rate: ExchangeRate,
    pub version: i32,
}

impl Held {
    /// What a form carries that means to correct exactly this one: of another currency, day or version it says nothing.
    pub fn mark(&self) -> String {
        format!("{}/{}/{}", self.rate.currency, self.rate.day, self.version)
    }

    fn words(&self) -> String {
        format!("{} {}", self.rate.rate.normalize(), self.rate.source)
            .trim_end()
            .to_owned()
    }
}

/// The act: the rate of a day. One entered before for that day is corrected by who has seen it (`corrects`, its mark),
/// and both stay in the history; anybody else is handed it.
pub async fn put_exchange(
    act: &mut Act,
    rate: &ExchangeRate,
    corrects: &str,
) -> Result<Option<Held>> {
    must(act)?;
    if sql::insert_exchange(act, rate).await? {
        return told(act, rate, "").await;
    }
    let held = sql::lock_exchange(act, rate).await?;
    if held.rate == *rate {
        return Ok(None);
    }
    if held.mark() != corrects {
        return Ok(Some(held));
    }
    sql::correct_exchange(act, rate).await?;
    told(act, rate, &held.words()).await
}

async fn told(act: &mut Act, rate: &ExchangeRate, before: &str) -> Result<Option<Held>> {
    let after = Held {
        rate: rate.clone(),
        version: 1,
    };
    let changes: Vec<Change> = Change::between(&rate.day.to_string(), before, &after.words())
        .into_iter()
        .collect();
    act.record(&thing(&rate.currency), &Event::EntryChanged { changes })
        .await?;
    Ok(None)
}

/// The act: a rebate rate from a day on. The open range before it ends the day before; any other overlap is a fault.
pub async fn add_rebate(act: &mut Act, rate: &RebateRate) -> Result<()> {
    must(act)?;
    if let Some(eve) = rate.from_day.pred_opt() {
        sql::end_open_rebate(act, &rate.hs_code, eve).await?;
    }
    sql::insert_rebate(act, rate).await?;
    let name = format!(
        "{} {}% {}",
        rate.from_day,
        rate.rebate_rate.normalize(),
        rate.treatment.code()
    );
    act.record(&thing(&rate.hs_code), &Event::EntryAdded { name })
        .await
}

/// The act: a range gets its last day.
pub async fn end_rebate(act: &mut Act, id: Uuid, day: NaiveDate) -> Result<()> {
    must(act)?;
    let rate = sql::find_rebate(act.tx(), id)
        .await?
        .ok_or(Error::NotFound)?;
    if day < rate.from_day {
        return Err(Faults::one("until", T::catalog_until_before_from).into());
    }
    sql::end_rebate(act, id, day).await?;
    let before = rate
        .until_day
        .map(|day| day.to_string())
        .unwrap_or_default();
    let changes = Change::between("until", &before, &day.to_string())
        .into_iter()
        .collect();
    act.record(&thing(&rate.hs_code), &Event::EntryChanged { changes })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twice_and_half_are_far_and_what_markets_do_is_not() {
        let d = |text: &str| text.parse::<Decimal>().unwrap();
        for (rate, known, far) in [
            ("7.1", "7.0912", false),
            ("13.9", "7", false),
            ("14", "7", true),
            ("3.5", "7", true),
            ("3.51", "7", false),
            ("71.012", "7.1012", true),
            ("4.66", "0.0466", true),
        ] {
            assert_eq!(is_far(d(rate), d(known)), far, "{rate} after {known}");
        }
    }
}
