//! How much may be drawn and shipped under a credit (UCP 600 article 30, field 39A).

use rust_decimal::{Decimal, RoundingStrategy};

/// What the credit says of its amount and quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts, each asked on its own"
)]
pub struct Stated {
    pub amount: Decimal,
    /// “about” or “approximately” stands on the amount.
    pub amount_about: bool,
    /// Percent above and below, of the amount only.
    pub plus_minus: Option<(Decimal, Decimal)>,
    pub partial_allowed: bool,
    pub quantity: Decimal,
    /// Measured in weight, length, area or volume, not counted in pieces.
    pub bulk: bool,
    pub quantity_about: bool,
    /// What the text of the credit grants for the quantity, in percent.
    pub quantity_percent: Option<Decimal>,
}

/// Inclusive limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub min: Decimal,
    pub max: Decimal,
}

const TEN: Decimal = Decimal::TEN;
const FIVE: Decimal = Decimal::from_parts(5, 0, 0, false, 0);

/// The amount that may be drawn at most: 39A plus, else ten percent where “about” stands on it.
pub fn amount_max(amount: Decimal, plus: Option<Decimal>, about: bool) -> Decimal {
    let plus = plus.unwrap_or(if about { TEN } else { Decimal::ZERO });
    scaled(amount, plus)
}

/// The range of one drawing, full shipment where partial ones are not allowed.
pub fn amount(stated: &Stated) -> Range {
    let about = stated.amount_about;
    let minus = match stated.plus_minus {
        Some((_, minus)) => minus,
        None if about => TEN,
        None => FIVE,
    };
    let max = amount_max(
        stated.amount,
        stated.plus_minus.map(|(plus, _)| plus),
        about,
    );
    let min = if stated.partial_allowed {
        Decimal::ZERO
    } else {
        scaled(stated.amount, -minus.max(quantity_percent(stated)))
    };
    Range {
        min: fixed(min, 2),
        max: fixed(max, 2),
    }
}

pub fn quantity(stated: &Stated) -> Range {
    let percent = quantity_percent(stated);
    let min = if stated.partial_allowed {
        Decimal::ZERO
    } else {
        scaled(stated.quantity, -percent)
    };
    Range {
        min: fixed(min, 3),
        max: fixed(scaled(stated.quantity, percent), 3),
    }
}

/// The text of the credit first, then “about”, then five percent of what is measured; 39A never widens the quantity.
fn quantity_percent(stated: &Stated) -> Decimal {
    match stated.quantity_percent {
        Some(percent) => percent,
        None if stated.quantity_about => TEN,
        None if stated.bulk => FIVE,
        None => Decimal::ZERO,
    }
}

fn scaled(base: Decimal, percent: Decimal) -> Decimal {
    base + base * percent / Decimal::ONE_HUNDRED
}

fn fixed(figure: Decimal, places: u32) -> Decimal {
    let mut fixed = figure.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    fixed.rescale(places);
    fixed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tolerance_of_the_amount_does_not_widen_a_counted_quantity() {
        let stated = Stated {
            amount: Decimal::from(50_000),
            amount_about: false,
            plus_minus: Some((FIVE, FIVE)),
            partial_allowed: true,
            quantity: Decimal::from(1_000),
            bulk: false,
            quantity_about: false,
            quantity_percent: None,
        };
        assert_eq!(amount(&stated).max.to_string(), "52500.00");
        assert_eq!(quantity(&stated).max.to_string(), "1000.000");
    }
}
