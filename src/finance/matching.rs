//! Matching 核销: receipts against customs declarations, today's successor of the paper verification form.
//!
//! Money is laid against declarations oldest first. Whether the whole counts as matched allows a small difference,
//! because banks keep charges; the allocation itself never hides it.

use crate::base::rounding::half_up;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    pub number: String,
    pub exported: NaiveDate,
    /// FOB for FOB receipts; FOB + freight + insurance where the customer pays CIF.
    pub value: Decimal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    None,
    Partial,
    Matched,
    Over,
}

impl Status {
    pub fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Partial => "partial",
            Self::Matched => "matched",
            Self::Over => "over",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocated {
    pub number: String,
    pub allocated: Decimal,
    /// What is still missing, also where the whole counts as matched.
    pub open: Decimal,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matching {
    pub declared: Decimal,
    pub received: Decimal,
    pub status: Status,
    /// Oldest declaration first.
    pub allocation: Vec<Allocated>,
    /// Money left when every declaration is full.
    pub unallocated: Decimal,
}

/// All amounts in one currency; `tolerance` in percent of what was declared.
pub fn matching(declarations: &[Declared], receipts: &[Decimal], tolerance: Decimal) -> Matching {
    let declared: Decimal = declarations.iter().map(|one| one.value).sum();
    let received: Decimal = receipts.iter().sum();
    let mut oldest_first: Vec<&Declared> = declarations.iter().collect();
    oldest_first.sort_by_key(|one| (one.exported, &one.number));
    let mut left = received;
    let allocation = oldest_first
        .into_iter()
        .map(|one| {
            let allocated = one.value.min(left).max(Decimal::ZERO);
            left -= allocated;
            Allocated {
                number: one.number.clone(),
                allocated: half_up(allocated, 2),
                open: half_up(one.value - allocated, 2),
            }
        })
        .collect();
    Matching {
        declared: half_up(declared, 2),
        received: half_up(received, 2),
        status: status(declared, received, tolerance),
        allocation,
        unallocated: half_up(left, 2),
    }
}

// A difference of exactly the tolerance still matches.
fn status(declared: Decimal, received: Decimal, tolerance: Decimal) -> Status {
    let allowed = declared * tolerance / Decimal::ONE_HUNDRED;
    if received == Decimal::ZERO {
        Status::None
    } else if (received - declared).abs() <= allowed {
        Status::Matched
    } else if received > declared {
        Status::Over
    } else {
        Status::Partial
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn declared(number: &str, exported: &str, value: &str) -> Declared {
        Declared {
            number: number.to_owned(),
            exported: exported.parse().unwrap(),
            value: d(value),
        }
    }

    #[test]
    fn the_oldest_declaration_is_filled_first_and_numbers_break_ties() {
        let declarations = [
            declared("3", "2026-03-01", "100"),
            declared("2", "2026-02-01", "100"),
            declared("1", "2026-03-01", "100"),
        ];
        let result = matching(&declarations, &[d("150"), d("30")], d("1"));
        let order: Vec<&str> = result
            .allocation
            .iter()
            .map(|one| one.number.as_str())
            .collect();
        assert_eq!(order, ["2", "1", "3"]);
        assert_eq!(
            (result.allocation[1].allocated, result.allocation[1].open),
            (d("80"), d("20"))
        );
        assert_eq!(result.status, Status::Partial);
    }

    #[test]
    fn the_limit_itself_matches_and_the_open_rest_stays_visible() {
        let one = [declared("1", "2026-03-01", "10000")];
        let at_limit = matching(&one, &[d("9900")], d("1"));
        assert_eq!(
            (at_limit.status, at_limit.allocation[0].open),
            (Status::Matched, d("100"))
        );
        assert_eq!(
            matching(&one, &[d("9899.99")], d("1")).status,
            Status::Partial
        );
        let over = matching(&one, &[d("10100.01")], d("1"));
        assert_eq!((over.status, over.unallocated), (Status::Over, d("100.01")));
        assert_eq!(matching(&one, &[], d("1")).status, Status::None);
    }

    #[test]
    fn money_without_a_declaration_is_over_and_left() {
        let result = matching(&[], &[d("5")], d("1"));
        assert_eq!((result.status, result.unallocated), (Status::Over, d("5")));
    }
}
