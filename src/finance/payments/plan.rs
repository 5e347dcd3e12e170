//! Plan 分期: what of the confirmed proforma invoice is due, asked and received, by instalment and by shipment.
//!
//! Money fills the instalments in their order, so paid ones stay paid after an amendment and the difference falls on
//! the rest; what is over is the customer's credit. The deposit is credited to shipments pro rata by their value, the
//! last one takes the rest (lifecycle 5).

use crate::base::Currency;
use rust_decimal::Decimal;

/// How much of each instalment is in, and what is over.
pub(super) fn filled(amounts: &[Decimal], received: Decimal) -> (Vec<Decimal>, Decimal) {
    let mut left = received.max(Decimal::ZERO);
    let parts = amounts
        .iter()
        .map(|amount| {
            let part = left.min(*amount);
            left -= part;
            part
        })
        .collect();
    (parts, left)
}

/// Deposit credited to each shipment, in their order, of an order of this total.
pub(super) fn credited(
    total: Decimal,
    deposit: Decimal,
    shipments: &[Decimal],
    currency: Currency,
) -> Vec<Decimal> {
    if total <= Decimal::ZERO {
        return vec![Decimal::ZERO; shipments.len()];
    }
    let (mut left, mut shipped) = (deposit, Decimal::ZERO);
    shipments
        .iter()
        .map(|value| {
            shipped += value;
            let share = if shipped >= total {
                left
            } else {
                currency.round(deposit * value / total).min(left)
            };
            left -= share;
            share
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn money_fills_the_instalments_in_their_order_and_the_rest_is_credit() {
        let plan = [d("3744.00"), d("8736.00")];
        assert_eq!(
            filled(&plan, d("4000")),
            (vec![d("3744.00"), d("256.00")], d("0.00"))
        );
        assert_eq!(filled(&plan, d("12500")).1, d("20.00"));
        assert_eq!(filled(&plan, d("-5")).0, [Decimal::ZERO, Decimal::ZERO]);
    }

    #[test]
    fn the_deposit_follows_the_value_of_the_shipments_to_the_last_cent() {
        let parts = credited(
            d("10000"),
            d("3000"),
            &[d("3333.33"), d("3333.33"), d("3333.34")],
            Currency::USD,
        );
        assert_eq!(parts, [d("1000.00"), d("1000.00"), d("1000.00")]);
        let half = credited(d("10000"), d("3000"), &[d("5000")], Currency::USD);
        assert_eq!(half, [d("1500.00")]);
        let over = credited(d("100"), d("30"), &[d("60"), d("45")], Currency::USD);
        assert_eq!(over.iter().sum::<Decimal>(), d("30"));
        assert_eq!(
            credited(Decimal::ZERO, d("3"), &[d("1")], Currency::USD),
            [Decimal::ZERO]
        );
    }
}
