//! Payment terms 付款方式: a list of instalments, each a share of the total with the event that makes it due.
//!
//! The usual terms have a code (`TT_30_70_COPY`, `LC_USANCE_60`); anything else is the same list written out, see
//! `written.rs`. What an order carries is the list itself, so a card of terms that changes later changes no order.
//! Terms answer three questions of money: may production be released, may the goods go, may the original transport
//! document 正本提单 leave our hands. Credit limits, a workable letter of credit and a manager's override are asked
//! elsewhere.

mod instalment;
mod instrument;
mod plan;
mod written;

use crate::base::Currency;
use crate::base::rounding::half_up;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;

pub use self::instalment::{DueRule, Instalment, Part, Planned, Start, Trigger};
pub use self::instrument::Instrument;
pub use self::plan::{Crediting, Gone, Plan, Purse};

/// Why a list of instalments is not a payment term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Empty,
    TooMany,
    /// A share is nought, negative or above the whole.
    Share {
        place: usize,
    },
    /// The shares do not sum to exactly one.
    Sum {
        sum: Decimal,
    },
    UnknownCode,
}

impl Fault {
    pub fn key(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooMany => "too_many",
            Self::Share { .. } => "share",
            Self::Sum { .. } => "sum",
            Self::UnknownCode => "unknown_code",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl std::error::Error for Fault {}

/// What money still holds back. `missing` is what has to come in, bank charges already forgiven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    DepositNotReceived { missing: Decimal },
    InstalmentBeforeShipmentNotReceived { missing: Decimal },
    BalanceNotReceived { missing: Decimal },
    BankHandlesDocuments,
}

impl Hold {
    pub fn key(self) -> &'static str {
        match self {
            Self::DepositNotReceived { .. } => "deposit_not_received",
            Self::InstalmentBeforeShipmentNotReceived { .. } => {
                "instalment_before_shipment_not_received"
            }
            Self::BalanceNotReceived { .. } => "balance_not_received",
            Self::BankHandlesDocuments => "bank_handles_documents",
        }
    }
}

/// The money of one order as the guards see it, all in the order's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub total: Decimal,
    /// What reached us, after the banks' charges.
    pub received: Decimal,
    /// What may be missing because banks keep charges: a setting per currency.
    pub tolerance: Decimal,
    /// Of the currency: 2 for USD, 0 for JPY.
    pub decimals: u32,
}

impl Standing {
    fn purse(&self) -> Purse {
        Purse {
            received: self.received,
            tolerance: self.tolerance,
        }
    }

    fn all_gone(&self) -> Gone {
        Gone {
            value: self.total,
            last: true,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Instalment>", into = "Vec<Instalment>")]
pub struct Terms(Vec<Instalment>);

/// More instalments than any contract names; a list longer than this is a mistake.
const MOST: usize = 24;

impl Terms {
    pub fn new(instalments: Vec<Instalment>) -> Result<Self, Fault> {
        if instalments.is_empty() {
            return Err(Fault::Empty);
        }
        if instalments.len() > MOST {
            return Err(Fault::TooMany);
        }
        let off = |share: Decimal| share <= Decimal::ZERO || share > Decimal::ONE;
        if let Some(place) = instalments.iter().position(|one| off(one.share)) {
            return Err(Fault::Share { place });
        }
        let sum: Decimal = instalments.iter().map(|one| one.share).sum();
        if sum != Decimal::ONE {
            return Err(Fault::Sum { sum });
        }
        Ok(Self(instalments))
    }

    pub fn instalments(&self) -> &[Instalment] {
        &self.0
    }

    /// Each amount rounded half-up to the currency's decimals; the last instalment takes the rounding rest.
    pub fn schedule(&self, total: Decimal, decimals: u32) -> Vec<Planned> {
        let mut rest = total;
        let mut plan: Vec<Planned> = self
            .0
            .iter()
            .map(|&instalment| {
                let amount = half_up(total * instalment.share, decimals);
                rest -= amount;
                Planned { instalment, amount }
            })
            .collect();
        if let Some(last) = plan.last_mut() {
            last.amount = half_up(last.amount + rest, decimals);
        }
        plan
    }

    /// The plan of an order of this total.
    pub fn plan(&self, total: Decimal, decimals: u32) -> Plan {
        Plan {
            parts: self.schedule(total, decimals),
            total,
            decimals,
            ..Plan::default()
        }
    }

    /// The same with the amounts that were agreed; by the shares where they are not of these terms.
    pub fn plan_of(&self, amounts: &[Decimal], total: Decimal, decimals: u32) -> Plan {
        let mut plan = self.plan(total, decimals);
        if amounts.len() == plan.parts.len() {
            for (part, amount) in plan.parts.iter_mut().zip(amounts) {
                part.amount = *amount;
            }
        }
        plan
    }

    /// What is in force of an order: the amounts agreed, less what the customer gave up, the deposit credited as the
    /// company's rule says.
    pub fn agreed(
        &self,
        amounts: &[Decimal],
        (total, given_up): (Decimal, Decimal),
        currency: Currency,
        crediting: Crediting,
    ) -> Plan {
        let plan = self.plan_of(amounts, currency.round(total), currency.decimals());
        Plan {
            crediting,
            ..plan.less(currency.round(given_up))
        }
    }

    /// Free when everything due before production is in, or when nothing is.
    pub fn may_release_production(&self, standing: &Standing) -> Result<(), Hold> {
        self.plan(standing.total, standing.decimals)
            .may_release_production(standing.purse())
    }

    /// Whether the goods may be gated in. A hold here is a warning at stuffing 装柜, not yet a block.
    pub fn may_ship(&self, standing: &Standing) -> Result<(), Hold> {
        self.plan(standing.total, standing.decimals)
            .may_ship(standing.all_gone(), standing.purse())
    }

    /// Whether originals or a telex release 电放 may go straight to the customer.
    ///
    /// Where a bank collects, never: the documents go through it whatever was received. What is sold on credit does
    /// not hold the documents back; everything else has to be in.
    pub fn may_release_originals(&self, standing: &Standing) -> Result<(), Hold> {
        self.plan(standing.total, standing.decimals)
            .may_release_originals(standing.all_gone(), standing.purse())
    }

    /// A letter of credit or a collection takes part.
    pub fn is_through_bank(&self) -> bool {
        self.0.iter().any(|one| one.part.is_through_bank())
    }

    /// A letter of credit takes part, so a workable one is asked before production.
    pub fn needs_credit(&self) -> bool {
        self.0.iter().any(|one| one.part == Part::Lc)
    }

    /// Money comes after the goods without a bank's promise: a credit limit or a manager is asked before production.
    pub fn needs_trust(&self) -> bool {
        self.0
            .iter()
            .any(|one| one.part == Part::Collection || one.is_on_credit())
    }
}

impl TryFrom<Vec<Instalment>> for Terms {
    type Error = Fault;

    fn try_from(instalments: Vec<Instalment>) -> Result<Self, Fault> {
        Self::new(instalments)
    }
}

impl From<Terms> for Vec<Instalment> {
    fn from(terms: Terms) -> Self {
        terms.0
    }
}

/// Terms by code.
impl Terms {
    /// The codes people choose from most; others of the same pattern are read too (`TT_20_80_COPY`, `OA_45`).
    pub const USUAL: [&'static str; 11] = [
        "TT_100_ADV",
        "TT_30_70_COPY",
        "TT_50_50_BEFORE",
        "LC_SIGHT",
        "LC_USANCE_60",
        "LC_USANCE_90",
        "DP_SIGHT",
        "DA_60",
        "OA_30",
        "OA_60",
        "TT_30_LC_70",
    ];

    pub fn from_code(code: &str) -> Result<Self, Fault> {
        use Trigger::{
            AgainstBlCopy, AgainstPayment, BeforeProduction, BeforeShipment, Presentation,
        };
        let code = code.trim().to_ascii_uppercase();
        if let Some(list) = code.strip_prefix(written::HEAD) {
            return written::read(list);
        }
        let words: Vec<&str> = code.split('_').collect();
        let instalments = match words.as_slice() {
            ["TT", "100", "ADV"] => vec![whole(Part::Advance, BeforeProduction)],
            ["TT", first, second, "COPY"] => two(first, second, (Part::Balance, AgainstBlCopy))?,
            ["TT", first, second, "BEFORE"] => two(first, second, (Part::Balance, BeforeShipment))?,
            ["TT", first, "LC", second] => two(first, second, (Part::Lc, Presentation))?,
            ["LC", "SIGHT"] => vec![whole(Part::Lc, Presentation)],
            ["LC", "USANCE", days] => vec![later(Part::Lc, days, Start::Sight)?],
            ["DP", "SIGHT"] => vec![whole(Part::Collection, AgainstPayment)],
            ["DA", days] => vec![later(Part::Collection, days, Start::Sight)?],
            ["OA", days] => vec![later(Part::OpenAccount, days, Start::BlDate)?],
            _ => return Err(Fault::UnknownCode),
        };
        Self::new(instalments)
    }

    /// The code of these terms, where they follow a pattern that has one.
    pub fn code(&self) -> Option<String> {
        let code = match self.0.as_slice() {
            [one] => match (one.part, one.trigger) {
                (Part::Advance, _) => "TT_100_ADV".to_owned(),
                (Part::Lc, Trigger::Maturity) => format!("LC_USANCE_{}", one.due.days),
                (Part::Lc, _) => "LC_SIGHT".to_owned(),
                (Part::Collection, Trigger::Maturity) => format!("DA_{}", one.due.days),
                (Part::Collection, _) => "DP_SIGHT".to_owned(),
                (Part::OpenAccount, _) => format!("OA_{}", one.due.days),
                (Part::Deposit | Part::Balance, _) => return None,
            },
            [first, second] => {
                let (first, second, last) = (
                    percent(first),
                    percent(second),
                    (second.part, second.trigger),
                );
                match last {
                    (Part::Balance, Trigger::AgainstBlCopy) => format!("TT_{first}_{second}_COPY"),
                    (Part::Balance, Trigger::BeforeShipment) => {
                        format!("TT_{first}_{second}_BEFORE")
                    }
                    (Part::Lc, _) => format!("TT_{first}_LC_{second}"),
                    _ => return None,
                }
            }
            _ => return None,
        };
        // A list that only looks like the pattern (other days, another first part) has no code.
        (Self::from_code(&code).as_ref() == Ok(self)).then_some(code)
    }
}

fn whole(part: Part, trigger: Trigger) -> Instalment {
    Instalment::at_once(part, Decimal::ONE, trigger)
}

fn two(first: &str, second: &str, last: (Part, Trigger)) -> Result<Vec<Instalment>, Fault> {
    let deposit = share(first)?;
    Ok(vec![
        Instalment::at_once(Part::Deposit, deposit, Trigger::BeforeProduction),
        Instalment::at_once(last.0, share(second)?, last.1),
    ])
}

fn later(part: Part, days: &str, after: Start) -> Result<Instalment, Fault> {
    let days = days
        .parse()
        .ok()
        .filter(|days| (1..=720).contains(days))
        .ok_or(Fault::UnknownCode)?;
    Ok(Instalment {
        due: DueRule { days, after },
        ..whole(part, Trigger::Maturity)
    })
}

fn share(percent: &str) -> Result<Decimal, Fault> {
    percent
        .parse::<u8>()
        .map(|percent| Decimal::new(i64::from(percent), 2))
        .map_err(|_| Fault::UnknownCode)
}

fn percent(instalment: &Instalment) -> Decimal {
    (instalment.share * Decimal::ONE_HUNDRED).normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn amounts(code: &str, total: &str, decimals: u32) -> Vec<String> {
        let plan = Terms::from_code(code).unwrap().schedule(d(total), decimals);
        plan.iter()
            .map(|planned| planned.amount.to_string())
            .collect()
    }

    fn standing(total: &str, received: &str) -> Standing {
        Standing {
            total: d(total),
            received: d(received),
            tolerance: d("50"),
            decimals: 2,
        }
    }

    #[test]
    fn the_last_instalment_takes_the_rounding_rest() {
        assert_eq!(
            amounts("TT_50_50_BEFORE", "103781.63", 2),
            ["51890.82", "51890.81"]
        );
        assert_eq!(amounts("TT_30_70_COPY", "1001", 0), ["300", "701"]);
        assert_eq!(amounts("LC_SIGHT", "38640", 2), ["38640.00"]);
    }

    #[test]
    fn shares_sum_to_exactly_the_whole() {
        let part = |share| Instalment::at_once(Part::Deposit, d(share), Trigger::BeforeProduction);
        assert_eq!(Terms::new(vec![]), Err(Fault::Empty));
        assert_eq!(
            Terms::new(vec![part("0.3")]),
            Err(Fault::Sum { sum: d("0.3") })
        );
        assert_eq!(
            Terms::new(vec![part("1.3"), part("-0.3")]),
            Err(Fault::Share { place: 0 })
        );
        assert_eq!(Terms::new(vec![part("0.01"); 25]), Err(Fault::TooMany));
        assert!(Terms::new(vec![part("0.3"), part("0.7")]).is_ok());
        assert_eq!(
            Terms::from_code("TT_30_60_COPY"),
            Err(Fault::Sum { sum: d("0.90") })
        );
    }

    #[test]
    fn every_code_is_read_and_written_alike() {
        for code in Terms::USUAL
            .into_iter()
            .chain(["TT_20_80_COPY", "DA_45", "TT_40_LC_60"])
        {
            assert_eq!(
                Terms::from_code(code).unwrap().code().as_deref(),
                Some(code)
            );
        }
        for code in [
            "",
            "TT",
            "CASH",
            "OA_",
            "OA_0",
            "OA_9999",
            "TT_A_B_COPY",
            "TT_0_100_COPY",
        ] {
            assert!(Terms::from_code(code).is_err(), "{code}");
        }
    }

    #[test]
    fn terms_written_by_hand_have_no_code() {
        let mut instalments = Terms::from_code("TT_30_70_COPY")
            .unwrap()
            .instalments()
            .to_vec();
        instalments[1].due = DueRule {
            days: 7,
            after: Start::Trigger,
        };
        assert_eq!(Terms::new(instalments).unwrap().code(), None);
    }

    #[test]
    fn bank_charges_are_forgiven_up_to_the_tolerance() {
        let terms = Terms::from_code("TT_30_70_COPY").unwrap();
        assert_eq!(
            terms.may_release_originals(&standing("50000", "49950")),
            Ok(())
        );
        assert_eq!(
            terms.may_release_originals(&standing("50000", "49949.99")),
            Err(Hold::BalanceNotReceived {
                missing: d("50.01")
            })
        );
        assert_eq!(
            terms.may_release_production(&standing("50000", "0")),
            Err(Hold::DepositNotReceived {
                missing: d("15000.00")
            })
        );
    }

    #[test]
    fn production_is_free_where_nothing_is_due_before_it() {
        for code in ["LC_SIGHT", "DP_SIGHT", "DA_60", "OA_60"] {
            let terms = Terms::from_code(code).unwrap();
            assert_eq!(
                terms.may_release_production(&standing("50000", "0")),
                Ok(()),
                "{code}"
            );
        }
    }

    #[test]
    fn a_bank_keeps_the_documents_even_when_all_is_paid() {
        for code in [
            "LC_SIGHT",
            "LC_USANCE_60",
            "DP_SIGHT",
            "DA_60",
            "TT_30_LC_70",
        ] {
            let terms = Terms::from_code(code).unwrap();
            let release = terms.may_release_originals(&standing("50000", "50000"));
            assert_eq!(release, Err(Hold::BankHandlesDocuments), "{code}");
        }
    }

    #[test]
    fn credit_frees_only_its_own_share() {
        let deposit = Instalment::at_once(Part::Deposit, d("0.3"), Trigger::BeforeProduction);
        let credit = later(Part::OpenAccount, "30", Start::BlDate).unwrap();
        let terms = Terms::new(vec![
            deposit,
            Instalment {
                share: d("0.7"),
                ..credit
            },
        ])
        .unwrap();
        assert!(
            terms
                .may_release_originals(&standing("50000", "0"))
                .is_err()
        );
        assert_eq!(
            terms.may_release_originals(&standing("50000", "15000")),
            Ok(())
        );
        assert!(terms.needs_trust() && !terms.needs_credit());
    }

    #[test]
    fn goods_wait_for_the_instalment_before_shipment() {
        let terms = Terms::from_code("TT_50_50_BEFORE").unwrap();
        let held = terms.may_ship(&standing("1000", "500")).unwrap_err();
        assert_eq!(held.key(), "instalment_before_shipment_not_received");
        let copy = Terms::from_code("TT_30_70_COPY").unwrap();
        assert_eq!(copy.may_ship(&standing("1000", "300")), Ok(()));
    }

    #[test]
    fn the_day_of_the_event_is_not_counted() {
        let terms = Terms::from_code("OA_60").unwrap();
        let shipped = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let due = terms.instalments()[0].due.due_on(shipped).unwrap();
        assert_eq!(due.to_string(), "2026-04-30");
    }

    #[test]
    fn stored_terms_are_checked_again() {
        let terms = Terms::from_code("TT_30_70_COPY").unwrap();
        let stored = serde_json::to_string(&terms).unwrap();
        assert_eq!(serde_json::from_str::<Terms>(&stored).unwrap(), terms);
        assert!(serde_json::from_str::<Terms>("[]").is_err());
    }
}
