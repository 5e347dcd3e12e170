//! Money 金额: a decimal with its currency, rounded half-up once, at the place where the rule says so.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use std::fmt;

/// ISO 4217 code, three capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    pub const USD: Self = Self(*b"USD");
    pub const CNY: Self = Self(*b"CNY");
    pub const EUR: Self = Self(*b"EUR");

    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        let bytes: [u8; 3] = text.as_bytes().try_into().ok()?;
        bytes
            .iter()
            .all(u8::is_ascii_uppercase)
            .then_some(Self(bytes))
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// Decimals of the smallest unit (ISO 4217, minor unit): JPY 0, KWD 3, most others 2.
    pub fn decimals(self) -> u32 {
        match self.as_str() {
            "JPY" | "KRW" | "VND" | "CLP" | "ISK" | "PYG" | "UGX" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        }
    }

    /// Rounds half-up (away from zero) to this currency's smallest unit.
    pub fn round(self, amount: Decimal) -> Decimal {
        let mut rounded =
            amount.round_dp_with_strategy(self.decimals(), RoundingStrategy::MidpointAwayFromZero);
        rounded.rescale(self.decimals());
        rounded
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for Currency {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or(text)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.as_str().to_owned()
    }
}

/// An amount in one currency. There is no addition across currencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    pub amount: Decimal,
    pub currency: Currency,
}

impl Money {
    pub fn new(amount: Decimal, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Splits by shares so that the parts sum to the whole to the last unit; the last part takes the rest.
    ///
    /// Shares are fractions that sum to one (`0.30`, `0.70`).
    pub fn split(self, shares: &[Decimal]) -> Vec<Decimal> {
        let mut left = self.amount;
        let last = shares.len().saturating_sub(1);
        shares
            .iter()
            .enumerate()
            .map(|(place, share)| {
                let part = if place == last {
                    left
                } else {
                    self.currency.round(self.amount * share)
                };
                left -= part;
                part
            })
            .collect()
    }
}

/// Quantity × unit price, rounded half-up to the currency's smallest unit (rules of the proforma invoice).
pub fn line_amount(quantity: Decimal, unit_price: Decimal, currency: Currency) -> Option<Decimal> {
    quantity
        .checked_mul(unit_price)
        .map(|amount| currency.round(amount))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn rounding_is_half_up_and_away_from_zero() {
        assert_eq!(Currency::USD.round(d("0.125")).to_string(), "0.13");
        assert_eq!(Currency::USD.round(d("-0.125")).to_string(), "-0.13");
        let yen = Currency::parse("jpy").unwrap();
        assert_eq!(yen.round(d("10.5")).to_string(), "11");
        assert_eq!(
            Currency::parse("KWD").unwrap().round(d("1")).to_string(),
            "1.000"
        );
    }

    #[test]
    fn a_currency_is_three_letters() {
        for bad in ["", "US", "USDX", "U$D", "美元"] {
            assert_eq!(Currency::parse(bad), None, "{bad}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]
        #[test]
        fn parts_of_a_split_sum_to_the_whole(
            units in 0_i64..10_000_000_000, cuts in prop::collection::vec(1_u32..100, 1..6), which in 0_usize..3,
        ) {
            let currency = [Currency::USD, Currency::parse("JPY").unwrap(), Currency::parse("KWD").unwrap()][which];
            let whole = Decimal::new(units, currency.decimals());
            let sum: u32 = cuts.iter().sum();
            let shares: Vec<Decimal> = cuts.iter().map(|cut| Decimal::from(*cut) / Decimal::from(sum)).collect();
            let parts = Money::new(whole, currency).split(&shares);
            prop_assert_eq!(parts.iter().copied().sum::<Decimal>(), whole);
            for part in parts { prop_assert_eq!(part, currency.round(part)); }
        }
    }
}
