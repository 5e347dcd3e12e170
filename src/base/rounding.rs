//! Rounding 四舍五入: half-up, once, at the place where a rule says so.

use rust_decimal::{Decimal, RoundingStrategy};

/// Rounds half-up (away from zero) and keeps exactly that many decimals, so that `40000` prints as `40000.00`.
pub fn half_up(amount: Decimal, decimals: u32) -> Decimal {
    let mut rounded =
        amount.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(decimals);
    rounded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_goes_away_from_zero_and_the_decimals_stay() {
        for (amount, decimals, printed) in [
            ("0.125", 2, "0.13"),
            ("-0.125", 2, "-0.13"),
            ("40000", 2, "40000.00"),
            ("10.5", 0, "11"),
            ("1.00049", 3, "1.000"),
        ] {
            let amount: Decimal = amount.parse().unwrap();
            assert_eq!(half_up(amount, decimals).to_string(), printed);
        }
    }
}
