//! The gate to issue 下单条件: what the terms of payment ask before a factory may be told to begin (lifecycle 5).
//!
//! Instalments before production are asked of the confirmed total; a letter of credit must be workable; where goods are
//! given on trust, the manager has said yes to the terms of this very proforma invoice. The manager may open the gate
//! with a reason.

use crate::base::{Currency, Money, T, format};
use crate::proforma::content::Content as Ordered;
use crate::proforma::terms::{self, Terms};
use crate::web::Tell;
use rust_decimal::Decimal;

/// What is known of money and credit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Allocated to the order, in its currency.
    pub received: Decimal,
    /// What may be missing because banks keep charges.
    pub tolerance: Decimal,
    pub credit_workable: bool,
    /// The manager's yes to the terms of the proforma invoice in force.
    pub trusted: bool,
}

/// What still holds the order back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    Money {
        missing: Decimal,
        currency: Currency,
    },
    Credit,
    Trust,
}

impl Hold {
    pub fn tell(self, t: T, sees_money: bool) -> String {
        match self {
            Self::Money { missing, currency } if sees_money => {
                t.production_hold_money(currency, format::amount(Money::new(missing, currency)))
            }
            Self::Money { .. } => t.production_hold_deposit().into(),
            Self::Credit => t.production_hold_credit().into(),
            Self::Trust => t.production_hold_trust().into(),
        }
    }
}

/// The gate is shut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held(pub Vec<Hold>);

impl Tell for Held {
    fn tell(&self, t: T) -> String {
        let holds: Vec<String> = self.0.iter().map(|hold| hold.tell(t, true)).collect();
        t.production_held(holds.join(t.web_list_comma()))
    }
}

/// Everything that holds the order back; empty means go.
pub fn holds(ordered: &Ordered, standing: &Standing) -> Vec<Hold> {
    let Ok(terms) = Terms::from_code(&ordered.payment) else {
        // Terms nobody can read are nobody's yes.
        return vec![Hold::Trust];
    };
    let purse = terms::Purse {
        received: standing.received,
        tolerance: standing.tolerance,
    };
    let mut found = Vec::new();
    let plan = ordered.plan(&terms);
    if let Err(terms::Hold::DepositNotReceived { missing }) = plan.may_release_production(purse) {
        found.push(Hold::Money {
            missing,
            currency: ordered.currency,
        });
    }
    if terms.needs_credit() && !standing.credit_workable {
        found.push(Hold::Credit);
    }
    if terms.needs_trust() && !standing.trusted {
        found.push(Hold::Trust);
    }
    found
}

/// Whether the manager's yes to the terms is asked at all.
pub fn asks_trust(ordered: &Ordered) -> bool {
    Terms::from_code(&ordered.payment).is_ok_and(|terms| terms.needs_trust())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::base::LineId;
    use crate::proforma::content::ContentLine;
    use crate::proforma::invoice::Wording;
    use chrono::NaiveDate;

    #[expect(
        clippy::too_many_lines,
        reason = "one form, one page or one statement, in its order"
    )]
    pub(crate) fn ordered(payment: &str, lines: &[(u128, i64)]) -> Ordered {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        Ordered {
            number: "HY26-0001-PI".into(),
            revision: 1,
            customer_reference: String::new(),
            seller: crate::proforma::content::Seller::default(),
            account: None,
            wording: Wording {
                paper_lang: "en".into(),
                dated: day,
                valid_until: day,
                buyer: String::new(),
                consignee: String::new(),
                notify: String::new(),
                loading_port: String::new(),
                discharge_port: String::new(),
                partial_shipment: String::new(),
                transhipment: String::new(),
                delivery: String::new(),
                insurance: String::new(),
                documents: String::new(),
                inspection: String::new(),
                remarks: String::new(),
                discount_percent: Decimal::ZERO,
                discount_reason: String::new(),
                adjustments: Vec::new(),
            },
            currency: Currency::USD,
            incoterm: "FOB".into(),
            place: "Ningbo".into(),
            payment_said: Vec::new(),
            payment: payment.into(),
            tolerance: Decimal::ZERO,
            delivery_on: Some(day),
            packing: String::new(),
            marks: String::new(),
            lines: lines
                .iter()
                .map(|(id, pieces)| line(*id, *pieces))
                .collect(),
            goods_total: Decimal::from(12_480),
            discount: Decimal::ZERO,
            total: Decimal::from(12_480),
            schedule: Vec::new(),
        }
    }

    pub(crate) fn line(id: u128, pieces: i64) -> ContentLine {
        ContentLine {
            line: LineId(uuid::Uuid::from_u128(id)),
            item_no: format!("LS-{id:02}"),
            description_en: String::new(),
            description_zh: String::new(),
            colour: String::new(),
            sizes: Vec::new(),
            quantity: Decimal::from(pieces),
            unit: "pcs".into(),
            unit_price: Decimal::ONE,
            amount: Decimal::from(pieces),
            hs_code: String::new(),
            cartons: None,
            gross_kg: None,
            net_kg: None,
            cbm: None,
            delivery_on: None,
        }
    }

    fn with(received: i64, credit_workable: bool, trusted: bool) -> Standing {
        Standing {
            received: Decimal::from(received),
            tolerance: Decimal::ZERO,
            credit_workable,
            trusted,
        }
    }

    #[test]
    fn a_deposit_is_asked_of_the_confirmed_total_to_the_cent() {
        let terms = ordered("TT_30_70_COPY", &[]);
        let short = holds(&terms, &with(3_743, false, false));
        assert_eq!(
            short,
            [Hold::Money {
                missing: Decimal::ONE,
                currency: Currency::USD
            }]
        );
        assert!(holds(&terms, &with(3_744, false, false)).is_empty());
        let charges = Standing {
            tolerance: Decimal::from(30),
            ..with(3_714, false, false)
        };
        assert!(holds(&terms, &charges).is_empty());
    }

    #[test]
    fn a_deposit_that_was_in_before_an_amendment_is_still_all_of_it() {
        let mut terms = ordered("TT_30_70_COPY", &[]);
        let agreed = Terms::from_code("TT_30_70_COPY").unwrap();
        let before = agreed.plan(Decimal::from(10_000), 2);
        let paid = terms::Purse {
            received: Decimal::from(3_000),
            tolerance: Decimal::ZERO,
        };
        let plan = agreed.amended(before.paid(paid), terms.total, 2);
        terms.schedule = crate::proforma::content::scheduled(plan);
        assert!(holds(&terms, &with(3_000, false, false)).is_empty());
        assert_eq!(holds(&terms, &with(2_999, false, false)).len(), 1);
    }

    #[test]
    fn a_credit_must_be_workable_and_money_does_not_replace_it() {
        let sight = ordered("LC_SIGHT", &[]);
        assert_eq!(holds(&sight, &with(12_480, false, true)), [Hold::Credit]);
        assert!(holds(&sight, &with(0, true, false)).is_empty());
    }

    #[test]
    fn mixed_terms_ask_for_both() {
        let mixed = ordered("TT_30_LC_70", &[]);
        assert_eq!(holds(&mixed, &with(0, false, false)).len(), 2);
        assert_eq!(holds(&mixed, &with(3_744, false, false)), [Hold::Credit]);
        assert!(holds(&mixed, &with(3_744, true, false)).is_empty());
    }

    #[test]
    fn trust_is_the_managers_yes() {
        for payment in ["OA_30", "DP_SIGHT", "DA_60"] {
            let trust = ordered(payment, &[]);
            assert!(asks_trust(&trust));
            assert_eq!(holds(&trust, &with(0, true, false)), [Hold::Trust]);
            assert!(holds(&trust, &with(0, false, true)).is_empty());
        }
        assert!(!asks_trust(&ordered("TT_30_70_COPY", &[])));
    }
}
