//! The sheet: its entries and what comes out, from the figures of an order. Pure.

use crate::base::T;
use crate::base::rounding::half_up;
use crate::proforma::exchange_cost::{Deal, Outcome, Treatment};
use rust_decimal::Decimal;

/// What the database says of an order. `fx` is in the order's currency, the rest RMB.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts, each asked on its own"
)]
pub struct Figures {
    pub currency: String,
    /// Goods have left: invoice and purchase are of what was shipped.
    pub shipped: bool,
    pub invoice_fx: Decimal,
    /// RMB for one unit; none where no rate is known.
    pub rate: Option<Decimal>,
    /// The rate is that of money settled.
    pub settled: bool,
    pub purchase: Decimal,
    /// A line has no factory price yet: the purchase is too low.
    pub price_missing: bool,
    pub freight_fx: Decimal,
    pub fees: Decimal,
    pub bank_fx: Decimal,
    /// Of what is claimed; of everything, as expected, where nothing is claimed yet.
    pub rebate: Decimal,
    /// Claims cover only a part of the goods; what is expected for the rest.
    pub rebate_partly: bool,
    pub rebate_rest: Decimal,
    /// All of it has come in.
    pub rebate_received: bool,
}

/// One line of the sheet; amounts in RMB, with the foreign amount behind it where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    Revenue,
    Purchase,
    Freight,
    Fees,
    BankCharges,
    Rebate,
    RebateRest,
}

/// The share of the purchase that no claim covers yet. What a factory rounds off or takes off for a small fault leaves
/// nothing to claim: below one part in a hundred all of it is claimed.
pub(super) fn unclaimed(purchase: Decimal, covered: Decimal) -> Decimal {
    let share = (purchase - covered)
        .checked_div(purchase)
        .unwrap_or_default();
    if share < Decimal::new(1, 2) {
        Decimal::ZERO
    } else {
        share.min(Decimal::ONE)
    }
}

impl Entry {
    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Revenue => t.rebate_profit_revenue(),
            Self::Purchase => t.rebate_profit_purchase(),
            Self::Freight => t.rebate_profit_freight(),
            Self::Fees => t.rebate_profit_fees(),
            Self::BankCharges => t.rebate_profit_bank(),
            Self::Rebate => t.rebate_profit_rebate(),
            Self::RebateRest => t.rebate_profit_rebate_rest(),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Sheet {
    /// What, in the order's currency, in RMB; costs are negative.
    pub entries: Vec<(Entry, Option<Decimal>, Decimal)>,
    pub outcome: Outcome,
}

impl Sheet {
    /// Nothing where no rate is known or nothing was invoiced.
    pub fn of(figures: &Figures) -> Option<Self> {
        let rate = figures.rate?;
        // What came back is taken off the purchase, because it is known in RMB and not as a rate.
        let outcome = Deal {
            invoice_fx: figures.invoice_fx,
            freight_fx: figures.freight_fx,
            insurance_fx: Decimal::ZERO,
            commission_fx: Decimal::ZERO,
            other_fx: figures.bank_fx,
            purchase: figures.purchase - figures.rebate - figures.rebate_rest,
            vat_rate: Decimal::ZERO,
            refund_rate: Decimal::ZERO,
            treatment: Treatment::Exempt,
            domestic_fees: figures.fees,
            fx_rate: rate,
        }
        .outcome()
        .ok()?;
        let abroad = |amount: Decimal| (Some(amount), half_up(amount * rate, 2));
        let (revenue, freight, bank) = (
            abroad(figures.invoice_fx),
            abroad(-figures.freight_fx),
            abroad(-figures.bank_fx),
        );
        let mut entries = vec![
            (Entry::Revenue, revenue.0, revenue.1),
            (Entry::Purchase, None, -half_up(figures.purchase, 2)),
            (Entry::Freight, freight.0, freight.1),
            (Entry::Fees, None, -half_up(figures.fees, 2)),
            (Entry::BankCharges, bank.0, bank.1),
            (Entry::Rebate, None, half_up(figures.rebate, 2)),
        ];
        if figures.rebate_partly {
            entries.push((Entry::RebateRest, None, half_up(figures.rebate_rest, 2)));
        }
        Some(Self { entries, outcome })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_trade_gives_its_exchange_cost_and_profit() {
        let figures = Figures {
            currency: "USD".into(),
            shipped: true,
            invoice_fx: Decimal::from(50_000),
            rate: Some(Decimal::new(71, 1)),
            settled: true,
            purchase: Decimal::from(339_000),
            price_missing: false,
            freight_fx: Decimal::ZERO,
            fees: Decimal::from(15_000),
            bank_fx: Decimal::ZERO,
            rebate: Decimal::from(39_000),
            rebate_partly: false,
            rebate_rest: Decimal::ZERO,
            rebate_received: true,
        };
        let sheet = Sheet::of(&figures).unwrap();
        let outcome = sheet.outcome;
        assert_eq!(
            (outcome.exchange_cost, outcome.profit, outcome.margin),
            (
                Decimal::new(63_000, 4),
                Decimal::from(40_000),
                Decimal::new(1_127, 2)
            )
        );
        let sum: Decimal = sheet.entries.iter().map(|(_, _, amount)| *amount).sum();
        assert_eq!(sum, outcome.profit);
        // The same money, of which only a third is claimed.
        let partly = Figures {
            rebate: Decimal::from(13_000),
            rebate_partly: true,
            rebate_rest: Decimal::from(26_000),
            ..figures.clone()
        };
        let partly = Sheet::of(&partly).unwrap();
        assert_eq!(partly.outcome.profit, outcome.profit);
        let last = (Entry::RebateRest, None, Decimal::new(2_600_000, 2));
        assert_eq!(partly.entries.last(), Some(&last));
        let blind = Figures {
            rate: None,
            ..figures
        };
        assert!(Sheet::of(&blind).is_none());
    }

    #[test]
    fn a_first_invoice_is_not_the_whole_and_a_rounded_one_leaves_no_rest() {
        let d = |text: &str| text.parse::<Decimal>().unwrap();
        for (purchase, covered, rest) in [
            ("56280", "28140", "0.5"),
            ("56280", "0", "1"),
            ("56280", "56280", "0"),
            ("56280", "56000", "0"),
            ("56280", "60000", "0"),
            ("0", "0", "0"),
        ] {
            assert_eq!(unclaimed(d(purchase), d(covered)), d(rest), "{covered}");
        }
    }
}
