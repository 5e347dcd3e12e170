//! How long passing on takes 传达用时: for who leads a department, the median of each operator and direction over the last
//! thirty days. By the clock, nights and days off included, because that is how long the other side waited.

use super::sql;
use crate::base::{By, Lang};
use crate::web::{Page, Result};
use chrono::TimeDelta;
use sqlx::PgConnection;

/// Older ones say how it was, not how it is.
const WINDOW: TimeDelta = TimeDelta::days(30);

pub(super) struct Passing {
    pub operator: String,
    to_factory: Median,
    to_customer: Median,
}

impl Passing {
    /// To the factory, to the customer.
    pub(super) fn both(&self) -> [&Median; 2] {
        [&self.to_factory, &self.to_customer]
    }
}

/// Of so many that were passed on.
pub(super) struct Median {
    pub count: i64,
    minutes: Option<i64>,
}

impl Median {
    /// In hours with one decimal; empty where nothing was passed on.
    pub(super) fn hours(&self) -> String {
        self.minutes.map(hours).unwrap_or_default()
    }
}

fn hours(minutes: i64) -> String {
    let tenths = (minutes + 3) / 6;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Counted only for who leads a department.
pub(super) async fn load(
    db: &mut PgConnection,
    by: &By,
    page: &Page,
    led: &[uuid::Uuid],
) -> Result<Vec<Passing>> {
    if led.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sql::passing(db, led, by.at - WINDOW).await?;
    Ok(rows
        .into_iter()
        .map(|row| Passing {
            operator: match page.lang {
                Lang::Zh => row.name_zh,
                Lang::En => row.name_en,
            },
            to_factory: Median {
                count: row.to_factory,
                minutes: row.to_factory_minutes,
            },
            to_customer: Median {
                count: row.to_customer,
                minutes: row.to_customer_minutes,
            },
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_told_in_hours_with_one_decimal() {
        for (minutes, told) in [
            (0, "0.0"),
            (2, "0.0"),
            (3, "0.1"),
            (150, "2.5"),
            (4_500, "75.0"),
        ] {
            assert_eq!(hours(minutes), told);
        }
    }
}
