//! The ledger 传达台账: a relay and how far it has crossed: heard, passed on, seen, acknowledged per line, answered.

use crate::base::{Party, RelayId};
use chrono::{DateTime, Utc};

#[derive(Clone, Debug)]
pub struct Relay {
    pub id: RelayId,
    pub number: i32,
    pub from: Party,
    pub subject: String,
    pub words: String,
    pub words_lang: String,
    pub urgent: bool,
    pub answer_asked: bool,
    pub heard_at: DateTime<Utc>,
    pub heard_channel: String,
    pub due_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub withdrawn_reason: String,
    pub version: i32,
    pub lines: Vec<String>,
    pub receipts: Vec<Receipt>,
}

/// What one addressee has done with one line.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Receipt {
    pub line: i32,
    pub to_side: String,
    pub passed_at: Option<DateTime<Utc>>,
    pub passed_channel: String,
    pub seen_at: Option<DateTime<Utc>>,
    pub acknowledged_at: Option<DateTime<Utc>>,
    pub acknowledged_by: String,
    pub answered_at: Option<DateTime<Utc>>,
    pub answer: String,
}

/// How far the relay has crossed to all its addressees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Station {
    Heard,
    PassedOn,
    Acknowledged,
    Answered,
    Withdrawn,
}

impl Relay {
    pub fn addressees(&self) -> Vec<Party> {
        let mut sides: Vec<Party> = self
            .receipts
            .iter()
            .filter_map(|receipt| Party::parse(&receipt.to_side))
            .collect();
        sides.sort_unstable();
        sides.dedup();
        sides
    }

    /// The station all lines and addressees have reached.
    pub fn station(&self) -> Station {
        if self.withdrawn_at.is_some() {
            return Station::Withdrawn;
        }
        self.receipts
            .iter()
            .map(|receipt| {
                if receipt.answered_at.is_some() {
                    Station::Answered
                } else if receipt.acknowledged_at.is_some() {
                    Station::Acknowledged
                } else if receipt.passed_at.is_some() {
                    Station::PassedOn
                } else {
                    Station::Heard
                }
            })
            .min()
            .unwrap_or(Station::Heard)
    }

    /// Closed: every line acknowledged by every addressee, and answered where an answer is asked.
    pub fn is_closed(&self) -> bool {
        let wanted = if self.answer_asked {
            Station::Answered
        } else {
            Station::Acknowledged
        };
        self.station() == Station::Withdrawn || self.station() >= wanted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    fn receipt(line: i32, passed: bool, acknowledged: bool) -> Receipt {
        Receipt {
            line,
            to_side: "factory".into(),
            passed_at: passed.then(at),
            passed_channel: String::new(),
            seen_at: None,
            acknowledged_at: acknowledged.then(at),
            acknowledged_by: String::new(),
            answered_at: None,
            answer: String::new(),
        }
    }

    fn relay(receipts: Vec<Receipt>, answer_asked: bool) -> Relay {
        Relay {
            id: RelayId(uuid::Uuid::nil()),
            number: 1,
            from: Party::Customer,
            subject: "shade".into(),
            words: "Please show us the shade".into(),
            words_lang: "en".into(),
            urgent: false,
            answer_asked,
            heard_at: at(),
            heard_channel: "email".into(),
            due_at: at(),
            withdrawn_at: None,
            withdrawn_reason: String::new(),
            version: 1,
            lines: vec!["shade".into()],
            receipts,
        }
    }

    #[test]
    fn a_relay_is_only_as_far_as_its_slowest_line() {
        assert_eq!(
            relay(
                vec![receipt(1, true, true), receipt(2, false, false)],
                false
            )
            .station(),
            Station::Heard
        );
        assert_eq!(
            relay(vec![receipt(1, true, true), receipt(2, true, false)], false).station(),
            Station::PassedOn
        );
    }

    #[test]
    fn a_question_is_closed_by_its_answer_only() {
        let told = vec![receipt(1, true, true)];
        assert!(relay(told.clone(), false).is_closed());
        assert!(!relay(told, true).is_closed());
    }
}
