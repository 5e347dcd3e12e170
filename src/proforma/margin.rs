//! Margin 毛利率 of a draft, and the level of approval it asks for.
//!
//! Internal: shown to the manager and finance. The budget uses the factories' prices on the lines and the rebate rate of
//! the settings; US dollars at the settings' own rate, another currency at its newest rate on file. A line without a
//! factory price, or a currency without a rate, leaves the margin open: the manager sees that, and the amount alone says
//! how many yeses are asked.

use super::adjustment::{self, Kind};
use super::content::Content;
use super::exchange_cost::{Deal, Outcome, Treatment};
use crate::base::Currency;
use crate::orders::lines::Line;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// When one yes is not enough (setting `proforma_levels`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelRule {
    /// Totals worth this many US dollars and more; as many units of a currency that has no rate on file.
    pub from_amount: Decimal,
    /// Margins below this many percent.
    pub below_margin: Decimal,
    /// RMB for one US dollar, bank's buying rate; the budget's rate.
    pub exchange_rate: Decimal,
    pub vat_rate: Decimal,
    pub refund_rate: Decimal,
    /// RMB for one unit of the currency asked about; not of the setting.
    #[serde(skip)]
    pub rate: Option<Decimal>,
}

impl Default for LevelRule {
    fn default() -> Self {
        Self {
            from_amount: Decimal::from(50_000),
            below_margin: Decimal::from(8),
            exchange_rate: Decimal::new(71, 1),
            vat_rate: Decimal::new(13, 2),
            refund_rate: Decimal::new(13, 2),
            rate: Some(Decimal::new(71, 1)),
        }
    }
}

impl LevelRule {
    /// The rule for amounts of this currency; `on_file` is its newest rate.
    #[must_use]
    pub fn of(self, currency: Currency, on_file: Option<Decimal>) -> Self {
        let rate = match currency {
            Currency::CNY => Some(Decimal::ONE),
            Currency::USD => Some(self.exchange_rate),
            _ => on_file,
        };
        Self { rate, ..self }
    }

    /// Whether an amount of the rule's currency is worth two yeses.
    pub fn is_large(&self, amount: Decimal) -> bool {
        let dollars = self
            .rate
            .and_then(|rate| amount.checked_mul(rate)?.checked_div(self.exchange_rate));
        dollars.unwrap_or(amount) >= self.from_amount
    }

    /// How many yeses this content asks for.
    pub fn levels(&self, content: &Content, budget: Option<&Outcome>) -> i16 {
        let large = self.is_large(content.total);
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
        let adjusted = |kind| {
            let paid = adjustment::sum_of(&content.wording.adjustments, kind);
            paid.max(Decimal::ZERO)
        };
        Deal {
            invoice_fx: content.total,
            // What the customer pays for freight and insurance is paid on.
            freight_fx: adjusted(Kind::Freight),
            insurance_fx: adjusted(Kind::Insurance),
            commission_fx: Decimal::ZERO,
            other_fx: Decimal::ZERO,
            purchase: purchase?,
            vat_rate: self.vat_rate,
            refund_rate: self.refund_rate,
            treatment: Treatment::Refund,
            domestic_fees: Decimal::ZERO,
            fx_rate: self.rate?,
        }
        .outcome()
        .ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_weighed_in_dollars_whatever_it_is_written_in() {
        let rule = |currency, on_file| LevelRule::default().of(currency, on_file);
        let yen = rule(Currency::parse("JPY").unwrap(), Some(Decimal::new(47, 3)));
        // 7.1 / 0.047 is a little more than 151 yen to the dollar.
        assert!(!yen.is_large(Decimal::from(7_553_000)));
        assert!(yen.is_large(Decimal::from(7_554_000)));
        let yuan = rule(Currency::CNY, None);
        assert!(!yuan.is_large(Decimal::from(354_999)));
        assert!(yuan.is_large(Decimal::from(355_000)));
        let unknown = rule(Currency::parse("GBP").unwrap(), None);
        assert!(unknown.is_large(Decimal::from(50_000)));
        assert_eq!(unknown.rate, None);
    }
}
