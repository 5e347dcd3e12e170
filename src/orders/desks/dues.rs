//! Dues 应收: what of an order's money its goods call for on their way, since when, and what is not let go before it is in.
//!
//! Each instalment says what calls for it: the deposit the confirmation, a part before shipment the booking, a part
//! against copy the transport document, a part on trust its day. What goes through a bank is the bank's to collect.

use super::super::lifecycle::Step;
use crate::base::terms::{Gone, Instalment, Plan, Purse, Start, Trigger};
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

/// A shipment with goods of the order.
#[derive(Clone, Debug, serde::Deserialize)]
pub(super) struct Shipped {
    pub number: String,
    pub mode: String,
    pub stage: String,
    pub since: DateTime<Utc>,
    /// Of the order's goods in it.
    pub value: Decimal,
    /// With it nothing is left to ship.
    pub last: bool,
    pub on_board_on: Option<NaiveDate>,
    pub document: Option<String>,
    pub document_since: Option<DateTime<Utc>>,
}

impl Shipped {
    fn is_booked(&self) -> bool {
        !matches!(self.stage.as_str(), "planned" | "asked" | "warned")
    }

    fn has_left(&self) -> bool {
        matches!(self.stage.as_str(), "departed" | "arrived")
    }

    fn by_sea(&self) -> bool {
        matches!(self.mode.as_str(), "sea_fcl" | "sea_lcl")
    }

    fn document_is(&self, stages: &[&str]) -> bool {
        let stage = self.document.as_deref();
        stage.is_some_and(|stage| stages.contains(&stage))
    }

    /// Nothing of ours holds its goods any more.
    fn is_out_of_hands(&self) -> bool {
        let with_carrier = matches!(self.stage.as_str(), "gated_in" | "customs_released");
        self.has_left() || with_carrier && !self.by_sea() || self.document_is(&["released"])
    }
}

/// The order's money beside its shipments, these in the order they leave.
pub(super) struct Dues<'a> {
    pub plan: &'a Plan,
    pub shipments: &'a [Shipped],
    pub purse: Purse,
    pub confirmed_on: Option<NaiveDate>,
}

/// What the customer is to be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// Everything that must be in by now.
    pub needed: Decimal,
    pub since: DateTime<Utc>,
    /// Where the goods are that call for it.
    pub step: Step,
}

/// A part on trust of goods that have left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receivable {
    pub due_on: NaiveDate,
    pub since: DateTime<Utc>,
    amount: Decimal,
}

impl Dues<'_> {
    /// What each shipment calls for of the instalments of a kind.
    fn parts(
        &self,
        of: impl Fn(&Instalment) -> bool + Copy,
    ) -> impl Iterator<Item = (&Shipped, Decimal)> {
        let (mut value, mut before) = (Decimal::ZERO, Decimal::ZERO);
        self.shipments.iter().map(move |one| {
            value += one.value;
            let last = one.last && one.has_left();
            let now = self.plan.later(Gone { value, last }, of);
            let part = now - before;
            before = now;
            (one, part)
        })
    }

    /// The newest call on the customer; nothing while no shipment calls for anything.
    pub(super) fn called(&self) -> Option<Call> {
        let mut call: Option<Call> = None;
        let mut add = |amount: Decimal, since, step| {
            if amount <= Decimal::ZERO {
                return;
            }
            let (needed, earlier) =
                call.map_or((self.plan.ahead(), since), |call| (call.needed, call.since));
            call = Some(Call {
                needed: needed + amount,
                since: since.max(earlier),
                step,
            });
        };
        for (one, amount) in self.parts(|part| part.trigger == Trigger::BeforeShipment) {
            if one.is_booked() {
                let step = if one.has_left() {
                    Step::ShippingDocuments
                } else {
                    Step::Booking
                };
                add(amount, one.since, step);
            }
        }
        for (one, amount) in self.parts(|part| part.trigger == Trigger::AgainstBlCopy) {
            if one.document_is(&["issued", "released"]) {
                let since = one.document_since.unwrap_or(one.since);
                add(amount, since, Step::ShippingDocuments);
            }
        }
        call
    }

    /// The part on trust that falls due first among those that are not paid, with what banks may have kept.
    pub(super) fn receivable(&self, allowance: Decimal) -> Option<Receivable> {
        let left: Vec<&Shipped> = self.shipments.iter().filter(|one| one.has_left()).collect();
        let gone = Gone {
            value: left.iter().map(|one| one.value).sum(),
            last: left.iter().any(|one| one.last),
        };
        let mut claims: Vec<Receivable> = Vec::new();
        let mut seen: Vec<Instalment> = Vec::new();
        for part in self.plan.parts.iter().map(|part| part.instalment) {
            // Two that are alike are one claim.
            if !part.is_on_credit() || seen.contains(&part) {
                continue;
            }
            seen.push(part);
            for (one, amount) in self.parts(|other| *other == part) {
                let start = match part.due.after {
                    Start::Confirmation => self.confirmed_on,
                    _ => one.on_board_on,
                };
                let due_on = start.and_then(|day| part.due.due_on(day));
                if let Some(due_on) = due_on.filter(|_| one.has_left()) {
                    claims.push(Receivable {
                        due_on,
                        since: one.since,
                        amount,
                    });
                }
            }
        }
        claims.sort_by_key(|claim| claim.due_on);
        let on_trust: Decimal = claims.iter().map(|claim| claim.amount).sum();
        let mut running = gone.value + self.plan.waiting(gone) - on_trust;
        claims.into_iter().find(|claim| {
            running += claim.amount;
            running > self.purse.received + allowance
        })
    }

    /// Shipments whose transport document is here and would not be let go.
    pub(super) fn held(&self) -> Vec<String> {
        let through_bank = self.plan.is_through_bank();
        let issued = self
            .shipments
            .iter()
            .filter(|one| one.document_is(&["issued"]));
        let held = issued.filter(|one| {
            if through_bank {
                return one.by_sea();
            }
            let others = self.shipments.iter();
            let others =
                others.filter(|other| other.number != one.number && other.is_out_of_hands());
            let gone = Gone {
                value: others.map(|other| other.value).sum::<Decimal>() + one.value,
                last: one.last,
            };
            self.plan.may_release_originals(gone, self.purse).is_err()
        });
        held.map(|one| one.number.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::terms::Terms;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn plan(code: &str) -> Plan {
        Terms::from_code(code).unwrap().plan(d("10000"), 2)
    }

    fn shipped(number: &str, stage: &str, document: &str) -> Shipped {
        Shipped {
            number: number.into(),
            mode: "sea_fcl".into(),
            stage: stage.into(),
            since: DateTime::UNIX_EPOCH,
            value: d("5000"),
            last: false,
            on_board_on: (stage == "departed").then(|| day("2026-12-10")),
            document: (!document.is_empty()).then(|| document.into()),
            document_since: None,
        }
    }

    fn dues<'a>(plan: &'a Plan, shipments: &'a [Shipped], received: &str) -> Dues<'a> {
        Dues {
            plan,
            shipments,
            purse: Purse {
                received: d(received),
                tolerance: d("50"),
            },
            confirmed_on: Some(day("2026-11-23")),
        }
    }

    #[test]
    fn the_balance_is_called_for_by_the_document_of_each_shipment() {
        let plan = plan("TT_30_70_COPY");
        let none = [shipped("A", "departed", "confirmed")];
        assert_eq!(dues(&plan, &none, "3000").called(), None);
        let one = [
            shipped("A", "departed", "issued"),
            shipped("B", "booked", ""),
        ];
        let call = dues(&plan, &one, "3000").called().unwrap();
        assert_eq!(
            (call.needed, call.step),
            (d("6500"), Step::ShippingDocuments)
        );
        let both = [
            shipped("A", "departed", "released"),
            shipped("B", "departed", "issued"),
        ];
        assert_eq!(
            dues(&plan, &both, "3000").called().unwrap().needed,
            d("10000")
        );
        assert_eq!(dues(&plan, &both, "6500").held(), ["B"]);
        assert_eq!(dues(&plan, &one, "6500").held(), Vec::<String>::new());
    }

    #[test]
    fn a_part_before_shipment_is_called_for_by_the_booking() {
        let plan = plan("TT_50_50_BEFORE");
        let planned = [shipped("A", "asked", "")];
        assert_eq!(dues(&plan, &planned, "5000").called(), None);
        let booked = [shipped("A", "booked", "")];
        let call = dues(&plan, &booked, "5000").called().unwrap();
        assert_eq!((call.needed, call.step), (d("7500"), Step::Booking));
    }

    #[test]
    fn every_part_on_trust_has_its_day() {
        let gone = [shipped("A", "departed", "released")];
        let due = |code: &str, received: &str| {
            let plan = plan(code);
            let found = dues(&plan, &gone, received).receivable(d("50"));
            found.map(|found| found.due_on.to_string())
        };
        assert_eq!(due("OA_30", "0").as_deref(), Some("2027-01-09"));
        assert_eq!(due("OA_30", "4950"), None);
        let after = "MIX|100:BALANCE:MATURITY:30:BL_DATE";
        assert_eq!(due(after, "0").as_deref(), Some("2027-01-09"));
        let mixed = "MIX|30:DEPOSIT:BEFORE_PRODUCTION|70:OPEN_ACCOUNT:MATURITY:45:BL_DATE";
        assert_eq!(due(mixed, "3000").as_deref(), Some("2027-01-24"));
        assert_eq!(due(mixed, "6500"), None);
        let fixed = "MIX|100:BALANCE:MATURITY:60:CONFIRMATION";
        assert_eq!(due(fixed, "0").as_deref(), Some("2027-01-22"));
        assert_eq!(due("DA_60", "0"), None);
        assert_eq!(due("TT_30_70_COPY", "0"), None);
    }

    #[test]
    fn a_bank_keeps_what_holds_the_goods_and_trust_keeps_nothing() {
        let one = [shipped("A", "departed", "issued")];
        let held = |code: &str| dues(&plan(code), &one, "0").held();
        assert_eq!(held("LC_SIGHT"), ["A"]);
        assert_eq!(held("OA_30"), Vec::<String>::new());
        assert_eq!(held("TT_100_ADV"), ["A"]);
        let air = [Shipped {
            mode: "air".into(),
            ..shipped("A", "departed", "issued")
        }];
        assert!(dues(&plan("LC_SIGHT"), &air, "0").held().is_empty());
    }
}
