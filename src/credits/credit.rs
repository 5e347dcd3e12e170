//! `LetterOfCredit`: one credit, its findings and drawings, and the pure rules of its life.

use super::finding::Finding;
use super::stage::{Move, Stage};
use super::terms::Terms;
use super::tolerance;
use crate::base::{Currency, Money, T};
use crate::history::Stream;
use crate::web::Tell;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct LetterOfCredit {
    pub id: Uuid,
    /// Ours: `LC-2026-031`.
    pub number: String,
    pub stage: Stage,
    pub money: Money,
    pub customer_name: String,
    pub since: Option<DateTime<Utc>>,
    pub expected_on: Option<NaiveDate>,
    pub received_on: Option<NaiveDate>,
    pub terms: Terms,
    pub bank_number: String,
    pub issuing_bank: String,
    pub plus: Decimal,
    pub expiry_on: Option<NaiveDate>,
    pub expiry_place: String,
    pub latest_shipment_on: Option<NaiveDate>,
    pub period_days: Option<u32>,
    pub reason: String,
    /// Drawn until now.
    pub drawn: Decimal,
    pub version: i32,
}

impl Stream for LetterOfCredit {
    fn stream(&self) -> String {
        format!("credit:{}", self.id)
    }
}

/// Why the rules say no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// This move does not exist from here.
    NotFromHere { number: String, stage: Stage },
    /// Findings stand open: their tags.
    FindingsOpen { tags: Vec<String> },
    /// There is nothing the customer could be asked to amend.
    NothingToAsk,
    /// The credit is in another currency than the proforma invoice: only an amendment mends that.
    OtherCurrency,
    /// This finding is settled already.
    FindingSettled,
    /// An amendment waits for its answer.
    AmendmentWaits { sequence: i32 },
    /// More than the credit has left, its tolerance included.
    Overdrawn { left: Money },
    /// Its last day has passed.
    Past { expiry_on: NaiveDate },
    /// The shipment carries no goods of the orders of this credit.
    ForeignShipment,
    /// Somebody did something with it after the page was drawn.
    Meanwhile { number: String, stage: Stage },
    /// The customer opens the credit in favour of one of ours; these orders do not go together.
    OrdersDiffer,
    /// One of the orders it was to cover has ended.
    OrderOver(String),
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::NotFromHere { number, stage } => t.credits_not_from_here(number, stage.label(t)),
            Self::FindingsOpen { tags } => t.credits_findings_open(tags.join(t.web_list_comma())),
            Self::NothingToAsk => t.credits_nothing_to_ask().to_owned(),
            Self::OtherCurrency => t.credits_other_currency().to_owned(),
            Self::FindingSettled => t.credits_finding_is_settled().to_owned(),
            Self::AmendmentWaits { sequence } => t.credits_amendment_waits(sequence),
            Self::Overdrawn { left } => {
                t.credits_overdrawn(left.currency, crate::base::format::number(left.amount))
            }
            Self::Past { expiry_on } => t.credits_past(expiry_on),
            Self::ForeignShipment => t.credits_foreign_shipment().to_owned(),
            Self::Meanwhile { number, stage } => t.credits_meanwhile(number, stage.label(t)),
            Self::OrdersDiffer => t.credits_orders_differ().to_owned(),
            Self::OrderOver(number) => t.credits_order_over(number),
        }
    }
}

impl LetterOfCredit {
    pub fn url(&self) -> String {
        format!("/credits/{}", self.number)
    }

    /// Acts are on the credit as it was shown.
    pub fn must_be_seen(&self, version: i32) -> Result<(), Refusal> {
        if version == self.version {
            Ok(())
        } else {
            Err(Refusal::Meanwhile {
                number: self.number.clone(),
                stage: self.stage,
            })
        }
    }

    /// The stage after a move, or why not.
    pub fn after(&self, step: Move) -> Result<Stage, Refusal> {
        self.stage.after(step).ok_or_else(|| Refusal::NotFromHere {
            number: self.number.clone(),
            stage: self.stage,
        })
    }

    /// What may still be drawn, the tolerance included.
    pub fn left(&self) -> Money {
        let plus = (!self.terms.get("39A").is_empty()).then_some(self.plus);
        let most = tolerance::amount_max(self.money.amount, plus, self.is_about());
        let currency = self.money.currency;
        Money::new(currency.round(most) - self.drawn, currency)
    }

    /// “About” stands on the amount where the additional amounts say so.
    fn is_about(&self) -> bool {
        let words = self.terms.get("39C").to_uppercase();
        words.contains("ABOUT") || words.contains("APPROXIMATELY")
    }

    /// What is not drawn of the credit's own amount.
    pub fn unused(&self) -> Money {
        let rest = (self.money.amount - self.drawn).max(Decimal::ZERO);
        Money::new(rest, self.money.currency)
    }

    /// Nothing more can be drawn: its amount is used, or the one shipment it allows is.
    pub fn is_used_up(&self) -> bool {
        self.drawn >= self.money.amount
            || (self.drawn > Decimal::ZERO && !self.terms.partial_allowed())
    }

    pub fn currency(&self) -> Currency {
        self.money.currency
    }
}

/// Nothing may stand open when the credit is declared workable.
pub fn may_be_workable(findings: &[Finding]) -> Result<(), Refusal> {
    let tags: Vec<String> = findings
        .iter()
        .filter(|finding| finding.holds())
        .map(|finding| finding.tag.clone())
        .collect();
    if tags.is_empty() {
        Ok(())
    } else {
        Err(Refusal::FindingsOpen { tags })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credit(tolerance: &str, partial: &str, drawn: i64) -> LetterOfCredit {
        let mut terms = Terms::default();
        terms.set("39A", tolerance);
        terms.set("43P", partial);
        LetterOfCredit {
            id: Uuid::nil(),
            number: "LC-2026-001".into(),
            stage: Stage::Workable,
            money: Money::new(Decimal::from(1_000), Currency::USD),
            customer_name: String::new(),
            since: None,
            expected_on: None,
            received_on: None,
            terms,
            bank_number: String::new(),
            issuing_bank: String::new(),
            plus: Decimal::from(5),
            expiry_on: None,
            expiry_place: String::new(),
            latest_shipment_on: None,
            period_days: None,
            reason: String::new(),
            drawn: Decimal::from(drawn),
            version: 1,
        }
    }

    #[test]
    fn the_tolerance_counts_only_where_the_credit_states_it() {
        assert_eq!(credit("05/05", "", 400).left().amount.to_string(), "650.00");
        assert_eq!(credit("", "", 400).left().amount.to_string(), "600.00");
    }

    #[test]
    fn one_drawing_uses_up_a_credit_without_partial_shipments() {
        assert!(!credit("", "ALLOWED", 400).is_used_up());
        assert!(credit("", "NOT ALLOWED", 400).is_used_up());
        assert!(credit("", "ALLOWED", 1_000).is_used_up());
        assert!(!credit("", "NOT ALLOWED", 0).is_used_up());
    }
}
