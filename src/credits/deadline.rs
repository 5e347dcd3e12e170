//! The last day to present 最迟交单日 (UCP 600 articles 6 e, 14 c, 29 a).
//!
//! Two limits, each moved to the next banking day: the expiry, and the days after shipment. The earlier one governs.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use std::collections::BTreeSet;

/// Days after shipment where field 48 says nothing.
pub const PERIOD: u32 = 21;

/// Days the bank at the place of presentation is closed, beside Saturday and Sunday.
#[derive(Clone, Debug, Default)]
pub struct BankDays {
    closed: BTreeSet<NaiveDate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Governing {
    Period,
    Expiry,
    Both,
}

impl Governing {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Period => "period",
            Self::Expiry => "expiry",
            Self::Both => "both",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The expiry, moved to a banking day.
    pub expiry: NaiveDate,
    /// The days after shipment, moved to a banking day.
    pub by_period: NaiveDate,
    pub last: NaiveDate,
    pub governing: Governing,
    /// The last day is later than what the credit itself says.
    pub extended: bool,
}

impl BankDays {
    pub fn closed_on(days: impl IntoIterator<Item = NaiveDate>) -> Self {
        Self {
            closed: days.into_iter().collect(),
        }
    }

    pub fn is_open(&self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !self.closed.contains(&day)
    }

    /// This day, or the next on which the bank is open.
    pub fn from(&self, day: NaiveDate) -> NaiveDate {
        self.walk(day, NaiveDate::succ_opt)
    }

    /// So many banking days earlier.
    pub fn before(&self, day: NaiveDate, days: u32) -> NaiveDate {
        (0..days).fold(day, |day, _| {
            self.walk(day.pred_opt().unwrap_or(day), NaiveDate::pred_opt)
        })
    }

    /// So many banking days later; the day itself is not counted.
    pub fn after(&self, day: NaiveDate, days: u32) -> NaiveDate {
        (0..days).fold(day, |day, _| self.from(day.succ_opt().unwrap_or(day)))
    }

    fn walk(&self, mut day: NaiveDate, on: fn(&NaiveDate) -> Option<NaiveDate>) -> NaiveDate {
        // A calendar without an open day in a year still answers.
        for _ in 0..366 {
            if self.is_open(day) {
                break;
            }
            day = on(&day).unwrap_or(day);
        }
        day
    }
}

/// The last day to present what was shipped on this day, under a credit that expires on that one.
pub fn deadline(
    shipped: NaiveDate,
    expiry: NaiveDate,
    period: Option<u32>,
    bank: &BankDays,
) -> Deadline {
    let plain = shipped
        .checked_add_days(Days::new(u64::from(period.unwrap_or(PERIOD))))
        .unwrap_or(shipped);
    let (moved_expiry, by_period) = (bank.from(expiry), bank.from(plain));
    let last = moved_expiry.min(by_period);
    Deadline {
        expiry: moved_expiry,
        by_period,
        last,
        governing: match by_period.cmp(&moved_expiry) {
            std::cmp::Ordering::Less => Governing::Period,
            std::cmp::Ordering::Equal => Governing::Both,
            std::cmp::Ordering::Greater => Governing::Expiry,
        },
        extended: last > plain.min(expiry),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_saturday_goes_on_to_monday_and_the_earlier_limit_governs() {
        let bank = BankDays::default();
        let found = deadline(day("2026-11-21"), day("2026-12-17"), None, &bank);
        assert_eq!(
            (found.last, found.governing),
            (day("2026-12-14"), Governing::Period)
        );
        assert!(found.extended);
    }

    #[test]
    fn banking_days_are_counted_over_week_ends() {
        let bank = BankDays::closed_on([day("2026-12-11")]);
        assert_eq!(bank.before(day("2026-12-14"), 1), day("2026-12-10"));
        assert_eq!(bank.after(day("2026-12-10"), 5), day("2026-12-18"));
    }
}
