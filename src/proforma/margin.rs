//! Margin 毛利率 of a draft, and the level of approval it asks for.
//!
//! Internal: shown to the manager and finance. The budget uses the factories' prices on the lines, the rebate rate and
//! exchange rate of the settings; a line without a factory price leaves the margin
//! open: the manager sees that, and the amount alone says how many yeses are asked.

use super::content::Content;
use super::exchange_cost::{Deal, Outcome, Treatment};
use crate::orders::lines::Line;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// When one yes is not enough (setting `proforma_levels`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelRule {
    /// Totals of this amount and more, in USD or as many units of another currency.
    pub from_amount: Decimal,
    /// Margins below this many percent.
    pub below_margin: Decimal,
    /// RMB for one unit of the currency, bank's buying rate; the budget's rate.
    pub exchange_rate: Decimal,
    pub vat_rate: Decimal,
    pub refund_rate: Decimal,
}

impl Default for LevelRule {
    fn default() -> Self {
        Self {
            from_amount: Decimal::from(50_000),
            below_margin: Decimal::from(8),
            exchange_rate: Decimal::new(71, 1),
            vat_rate: Decimal::new(13, 2),
            refund_rate: Decimal::new(13, 2),
        }
    }
}

impl LevelRule {
    /// How many yeses this content asks for.
    pub fn levels(&self, content: &Content, budget: Option<&Outcome>) -> i16 {
        let large = content.total >= self.from_amount;
        let thin = budget.is_some_and(|budget| budget.margin < self.below_margin);
        if large || thin { 2 } else { 1 }
    }

    /// Exchange cost and margin at the factories' prices; none while a price is missing.
    pub fn budget(&self, content: &Content, lines: &[Line]) -> Option<Outcome> {
        let purchase: Option<Decimal> = lines
            .iter()
            .map(|line| {
                line.factory_price
                    .and_then(|price| price.checked_mul(line.quantity))
            })
            .sum();
        Deal {
            invoice_fx: content.total,
            freight_fx: Decimal::ZERO,
            insurance_fx: Decimal::ZERO,
            commission_fx: Decimal::ZERO,
            other_fx: Decimal::ZERO,
            purchase: purchase?,
            vat_rate: self.vat_rate,
            refund_rate: self.refund_rate,
            treatment: Treatment::Refund,
            domestic_fees: Decimal::ZERO,
            fx_rate: self.exchange_rate,
        }
        .outcome()
        .ok()
    }
}
