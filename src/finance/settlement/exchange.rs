//! Exchange: yuan of an amount at a rate, and the difference against the rate of the day it came in (rules 8.1).

use super::stage::Stage;
use crate::base::{Currency, Money, T, format};
use crate::web::Tell;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use uuid::Uuid;

/// One row of a receipt's settlement.
#[derive(Clone, Debug)]
pub struct Settled {
    pub id: Uuid,
    pub stage: Stage,
    pub amount: Decimal,
    pub rate: Option<Decimal>,
    pub cny: Option<Decimal>,
    pub booked_rate: Option<Decimal>,
    pub difference: Option<Decimal>,
    pub bank: String,
    pub settled_on: NaiveDate,
}

impl Settled {
    pub fn holds(&self) -> bool {
        matches!(self.stage, Stage::Settled | Stage::Retained)
    }
}

/// Amount × rate, rounded half-up once to the cent.
pub(super) fn in_cny(amount: Decimal, rate: Decimal) -> Option<Decimal> {
    amount
        .checked_mul(rate)
        .map(|yuan| Currency::CNY.round(yuan))
}

/// Settled less booked; nothing where no rate of that day was kept.
pub(super) fn difference(
    amount: Decimal,
    cny: Decimal,
    booked_rate: Option<Decimal>,
) -> Option<Decimal> {
    let booked = in_cny(amount, booked_rate?)?;
    Some(cny - booked)
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotThatMuch { left: Money },
    AlreadyReversed,
    /// Orders took or gave back money of this receipt in this moment.
    Meanwhile,
    TooLarge,
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::NotThatMuch { left } => t.settlement_not_that_much(format::amount(*left)),
            Self::AlreadyReversed => t.settlement_already_reversed().to_owned(),
            Self::Meanwhile => t.receipt_meanwhile().to_owned(),
            Self::TooLarge => t.settlement_too_large().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn yuan_are_rounded_once_and_the_difference_is_against_the_booked_rate() {
        for (amount, rate, booked, cny, gained) in [
            ("13440.00", "7.1035", "7.0912", "95471.04", "165.31"),
            ("9180.00", "7.1035", "7.1060", "65210.13", "-22.95"),
            ("26600.00", "7.1035", "7.0988", "188953.10", "125.02"),
            ("0.01", "7.1250", "7.1", "0.07", "0.00"),
        ] {
            let yuan = in_cny(d(amount), d(rate)).unwrap();
            assert_eq!(yuan, d(cny), "{amount}");
            assert_eq!(
                difference(d(amount), yuan, Some(d(booked))),
                Some(d(gained)),
                "{amount}"
            );
        }
        assert_eq!(difference(d("1"), d("7.10"), None), None);
    }
}
