//! Counter-proposal 工厂另提条件: the day, the quantities and the prices the factory would take instead, and what that
//! asks of whom.
//!
//! The operator alone accepts what costs no more and comes no later than the proforma invoice needs; anything else is
//! the manager's.

use super::paper::{Given, ProductionOrder};
use crate::base::LineId;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What the factory would do; every line of the paper stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    pub delivery_on: Option<NaiveDate>,
    pub lines: Vec<Proposed>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    pub line: LineId,
    pub quantity: Decimal,
    pub unit_price: Option<Decimal>,
}

/// Why the manager has to say yes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asks {
    pub higher_price: bool,
    /// More is given for the same goods than the revision in force gives.
    pub higher_amount: bool,
    pub later_day: bool,
}

impl Asks {
    pub fn manager(self) -> bool {
        self.higher_price || self.higher_amount || self.later_day
    }
}

impl Counter {
    /// What the paper says itself, to be changed.
    pub fn of(paper: &ProductionOrder) -> Self {
        Self {
            delivery_on: paper.wording.delivery_on,
            lines: paper
                .lines
                .iter()
                .map(|given| Proposed {
                    line: given.line,
                    quantity: given.quantity,
                    unit_price: given.unit_price,
                })
                .collect(),
        }
    }

    pub fn differs_from(&self, paper: &ProductionOrder) -> bool {
        *self != Self::of(paper)
    }

    /// What accepting it asks, where the proforma invoice needs the goods by this day.
    pub fn asks(&self, paper: &ProductionOrder, needed_by: Option<NaiveDate>) -> Asks {
        let dearer = |proposed: &Proposed| {
            let given = paper.lines.iter().find(|given| given.line == proposed.line);
            proposed.unit_price > given.and_then(|given| given.unit_price)
        };
        let limit = needed_by.or(paper.wording.delivery_on);
        Asks {
            higher_price: self.lines.iter().any(dearer),
            higher_amount: false,
            later_day: match (self.delivery_on, limit) {
                (Some(day), Some(limit)) => day > limit,
                _ => false,
            },
        }
    }

    /// The lines as they stand once it is accepted; a line at nought falls away.
    pub fn accepted(&self) -> Vec<Given> {
        self.lines
            .iter()
            .filter(|proposed| proposed.quantity > Decimal::ZERO)
            .map(|proposed| Given {
                line: proposed.line,
                quantity: proposed.quantity,
                unit_price: proposed.unit_price,
                ready: None,
            })
            .collect()
    }

    pub fn quantity_of(&self, line: LineId) -> Option<Decimal> {
        let proposed = self.lines.iter().find(|proposed| proposed.line == line)?;
        Some(proposed.quantity)
    }

    pub fn price_of(&self, line: LineId) -> Option<Decimal> {
        let proposed = self.lines.iter().find(|proposed| proposed.line == line)?;
        proposed.unit_price
    }

    /// What the manager's yes belongs to.
    pub fn hash(&self) -> Result<Vec<u8>, serde_json::Error> {
        Ok(Sha256::digest(serde_json::to_vec(self)?).to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::super::paper::sample as paper;
    use super::super::stage::Stage;
    use super::*;

    fn day(of_december: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(2026, 12, of_december)
    }

    #[test]
    fn what_says_the_same_is_no_proposal() {
        let paper = paper(Stage::Issued);
        assert!(!Counter::of(&paper).differs_from(&paper));
    }

    #[test]
    fn a_cheaper_or_earlier_or_smaller_proposal_asks_no_manager() {
        let paper = paper(Stage::Issued);
        let mut counter = Counter::of(&paper);
        counter.lines[0].unit_price = Some(Decimal::from(23));
        counter.lines[0].quantity = Decimal::from(1_000);
        counter.delivery_on = day(1);
        assert!(counter.differs_from(&paper));
        assert!(!counter.asks(&paper, day(10)).manager());
    }

    #[test]
    fn a_later_day_asks_the_manager_only_past_what_the_proforma_needs() {
        let paper = paper(Stage::Issued);
        let mut counter = Counter::of(&paper);
        counter.delivery_on = day(10);
        assert!(!counter.asks(&paper, day(10)).manager());
        assert!(counter.asks(&paper, day(9)).later_day);
        // Without a day of its own the paper's is what was needed.
        assert!(counter.asks(&paper, None).later_day);
    }

    #[test]
    fn a_higher_price_asks_the_manager() {
        let paper = paper(Stage::Issued);
        let mut counter = Counter::of(&paper);
        counter.lines[0].unit_price = Some(Decimal::new(2401, 2));
        let asks = counter.asks(&paper, day(10));
        assert!(asks.higher_price && !asks.later_day && asks.manager());
        assert_ne!(counter.hash().unwrap(), Counter::of(&paper).hash().unwrap());
    }

    #[test]
    fn a_line_at_nought_falls_away() {
        let mut counter = Counter::of(&paper(Stage::Issued));
        counter.lines[0].quantity = Decimal::ZERO;
        assert!(counter.accepted().is_empty());
    }
}
