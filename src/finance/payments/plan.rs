//! Plan 分期: what of the confirmed proforma invoice is due, asked and received, by instalment and by shipment.
//!
//! Money fills the instalments in their order, so paid ones stay paid after an amendment and the difference falls on
//! the rest; what is over is the customer's credit. The deposit is credited to shipments as the company's rule says, and
//! money that names no shipment fills them in the order they leave (lifecycle 5).

use crate::base::Currency;
use crate::proforma::terms::{Crediting, Gone};
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

/// What came as deposit, and how an order credits it.
#[derive(Clone, Copy, Debug)]
pub(in crate::finance) struct Deposit {
    pub(in crate::finance) paid: Decimal,
    /// Of the confirmed revision, less what was short-closed.
    pub(in crate::finance) total: Decimal,
    /// Nothing is left to ship.
    pub(in crate::finance) shipped_out: bool,
    pub(in crate::finance) crediting: Crediting,
}

impl Deposit {
    /// What of it is credited to each shipment, in their order.
    pub(in crate::finance) fn credited(
        self,
        shipments: &[Decimal],
        currency: Currency,
    ) -> Vec<Decimal> {
        // Where nothing is left to ship, the last shipment takes the rest.
        let total = if self.shipped_out {
            shipments.iter().sum()
        } else {
            self.total
        };
        if total <= Decimal::ZERO {
            return vec![Decimal::ZERO; shipments.len()];
        }
        let (mut value, mut before) = (Decimal::ZERO, Decimal::ZERO);
        let share = |one: &Decimal| {
            value += one;
            let gone = Gone { value, last: false };
            let now = self
                .crediting
                .credited(self.paid, total, gone, currency.decimals());
            let share = now - before;
            before = now;
            share
        };
        shipments.iter().map(share).collect()
    }
}

/// What each shipment has: what came for it by name, and its part of the money that names none.
pub(in crate::finance) fn spread(
    shipments: &[(Decimal, Decimal)],
    mut unnamed: Decimal,
) -> Vec<Decimal> {
    let fill = |(due, named): &(Decimal, Decimal)| {
        let part = (due - named)
            .max(Decimal::ZERO)
            .min(unnamed.max(Decimal::ZERO));
        unnamed -= part;
        named + part
    };
    shipments.iter().map(fill).collect()
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

    fn deposit(total: &str, paid: &str, crediting: Crediting) -> Deposit {
        Deposit {
            paid: d(paid),
            total: d(total),
            shipped_out: false,
            crediting,
        }
    }

    #[test]
    fn the_deposit_follows_the_value_of_the_shipments_to_the_last_cent() {
        let by_value = |total, paid, values: &[&str]| {
            let values: Vec<Decimal> = values.iter().map(|value| d(value)).collect();
            deposit(total, paid, Crediting::ProRata).credited(&values, Currency::USD)
        };
        let parts = by_value("10000", "3000", &["3333.33", "3333.33", "3333.34"]);
        assert_eq!(parts, [d("1000.00"), d("1000.00"), d("1000.00")]);
        assert_eq!(by_value("10000", "3000", &["5000"]), [d("1500.00")]);
        let over = by_value("100", "30", &["60", "45"]);
        assert_eq!(over.iter().sum::<Decimal>(), d("30"));
        assert_eq!(by_value("0", "3", &["1"]), [Decimal::ZERO]);
    }

    #[test]
    fn or_it_pays_for_the_last_goods() {
        let last = deposit("10000", "3000", Crediting::OnLast);
        let values = [d("6000"), d("2000"), d("2000")];
        let parts = last.credited(&values, Currency::USD);
        assert_eq!(parts, [d("0"), d("1000"), d("2000")]);
    }

    #[test]
    fn money_that_names_no_shipment_fills_them_as_they_leave() {
        let shipments = [(d("3500"), d("0")), (d("3500"), d("500"))];
        assert_eq!(spread(&shipments, d("4000")), [d("3500"), d("1000")]);
        assert_eq!(spread(&shipments, d("-20")), [d("0"), d("500")]);
    }
}
