//! Volume and weight 体积与重量: cartons, cubic metres, containers, revenue tons, chargeable weight.
//!
//! The inner sizes of containers are the carriers'; what is planned into one (`plan_cbm`, `plan_kg`) is our default
//! and may be set differently, because roads and carriers differ.

use crate::base::rounding::half_up;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ContainerType {
    #[serde(rename = "20GP")]
    Gp20,
    #[serde(rename = "40GP")]
    Gp40,
    #[serde(rename = "40HQ")]
    Hq40,
    #[serde(rename = "45HQ")]
    Hq45,
}

impl ContainerType {
    /// From small to large: the first that holds the cargo is the one to book.
    pub const ALL: [Self; 4] = [Self::Gp20, Self::Gp40, Self::Hq40, Self::Hq45];

    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL
            .into_iter()
            .find(|kind| kind.key().eq_ignore_ascii_case(text))
    }

    pub fn key(self) -> &'static str {
        match self {
            Self::Gp20 => "20GP",
            Self::Gp40 => "40GP",
            Self::Hq40 => "40HQ",
            Self::Hq45 => "45HQ",
        }
    }

    /// What an empty one usually weighs; the door of the very container says it exactly.
    pub fn usual_tare_kg(self) -> u32 {
        match self {
            Self::Gp20 => 2_280,
            Self::Gp40 => 3_780,
            Self::Hq40 => 3_980,
            Self::Hq45 => 4_780,
        }
    }

    /// Inner length, width and height in millimetres.
    pub fn inner_mm(self) -> (u32, u32, u32) {
        match self {
            Self::Gp20 => (5_898, 2_352, 2_385),
            Self::Gp40 => (12_032, 2_352, 2_385),
            Self::Hq40 => (12_032, 2_352, 2_690),
            Self::Hq45 => (13_556, 2_352, 2_698),
        }
    }

    pub fn usual_plan(self) -> ContainerPlan {
        let (cbm, kg) = match self {
            Self::Gp20 => (28, 21_500),
            Self::Gp40 => (58, 26_500),
            Self::Hq40 => (68, 26_500),
            Self::Hq45 => (78, 27_700),
        };
        ContainerPlan {
            kind: self,
            plan_cbm: Decimal::from(cbm),
            plan_kg: Decimal::from(kg),
        }
    }
}

/// What one container of a type is planned to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerPlan {
    pub kind: ContainerType,
    pub plan_cbm: Decimal,
    pub plan_kg: Decimal,
}

impl ContainerPlan {
    /// How many are needed; one that is filled exactly is still one. Nothing where the plan is nought.
    pub fn needed(&self, cbm: Decimal, gross_kg: Decimal) -> Option<u64> {
        let by_volume = cbm.checked_div(self.plan_cbm)?.ceil();
        let by_weight = gross_kg.checked_div(self.plan_kg)?.ceil();
        by_volume.max(by_weight).max(Decimal::ONE).try_into().ok()
    }
}

/// Cartons of one kind. Lengths in centimetres, weights in kilograms per carton.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartonLine {
    pub quantity: u64,
    pub per_carton: u64,
    pub length: Decimal,
    pub width: Decimal,
    pub height: Decimal,
    pub gross: Decimal,
    pub net: Decimal,
}

/// A measure no carton has: nought pieces in it, a side of nought, a number out of all proportion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Impossible;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    pub cartons: u64,
    pub cbm: Decimal,
    pub gross_kg: Decimal,
    pub net_kg: Decimal,
}

impl CartonLine {
    /// A short last carton 尾箱 takes the room and the weight of a full one.
    pub fn measure(&self) -> Result<Measure, Impossible> {
        let sides = [self.length, self.width, self.height];
        let sides_fit = sides
            .iter()
            .all(|side| *side > Decimal::ZERO && *side <= Decimal::from(10_000));
        let weights_fit = [self.gross, self.net]
            .iter()
            .all(|weight| *weight >= Decimal::ZERO && *weight <= Decimal::from(100_000));
        if self.per_carton == 0 || self.quantity > 1_000_000_000_000 || !sides_fit || !weights_fit {
            return Err(Impossible);
        }
        let cartons = self.quantity.div_ceil(self.per_carton);
        let count = Decimal::from(cartons);
        let cubic_centimetres = self.length * self.width * self.height * count;
        Ok(Measure {
            cartons,
            cbm: half_up(cubic_centimetres / Decimal::from(1_000_000), 3),
            gross_kg: half_up(self.gross * count, 2),
            net_kg: half_up(self.net * count, 2),
        })
    }

    /// Pieces in the last carton where it is not full.
    pub fn short_last(&self) -> Option<u64> {
        self.quantity
            .checked_rem(self.per_carton)
            .filter(|rest| *rest > 0)
    }
}

impl Measure {
    /// Line by line rounded, then added: the packing list adds what it prints.
    pub fn sum<'a>(measures: impl IntoIterator<Item = &'a Measure>) -> Measure {
        let none = Measure {
            cartons: 0,
            cbm: half_up(Decimal::ZERO, 3),
            gross_kg: half_up(Decimal::ZERO, 2),
            net_kg: half_up(Decimal::ZERO, 2),
        };
        measures.into_iter().fold(none, |sum, line| Measure {
            cartons: sum.cartons + line.cartons,
            cbm: sum.cbm + line.cbm,
            gross_kg: sum.gross_kg + line.gross_kg,
            net_kg: sum.net_kg + line.net_kg,
        })
    }

    /// 拼箱 revenue tons (W/M): the greater of cubic metres and tons, at least one.
    pub fn revenue_tons(&self) -> Decimal {
        let tons = self.gross_kg / Decimal::ONE_THOUSAND;
        half_up(self.cbm.max(tons).max(Decimal::ONE), 3)
    }

    /// The first plan one container of which takes everything.
    pub fn smallest_single(&self, plans: &[ContainerPlan]) -> Option<ContainerType> {
        plans
            .iter()
            .find(|plan| plan.needed(self.cbm, self.gross_kg) == Some(1))
            .map(|plan| plan.kind)
    }
}

/// 1 cubic metre in cubic feet.
pub const CUBIC_FEET: Decimal = Decimal::from_parts(353_147, 0, 0, false, 4);

/// Cubic centimetres that count as one kilogram by air.
pub const AIR_DIVISOR: u32 = 6_000;
/// The same with couriers; some use 6,000, so it is a setting.
pub const COURIER_DIVISOR: u32 = 5_000;

/// Pieces of one size sent by air or courier. Lengths in centimetres, weight in kilograms per piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pieces {
    pub length: Decimal,
    pub width: Decimal,
    pub height: Decimal,
    pub pieces: u32,
    pub gross: Decimal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chargeable {
    /// 体积重
    pub volume_weight: Decimal,
    pub actual: Decimal,
    /// 计费重: the greater of both, up to the next half kilogram.
    pub chargeable: Decimal,
}

impl Pieces {
    /// Nothing where the divisor is nought or a number is out of all proportion.
    pub fn chargeable(&self, divisor: u32) -> Option<Chargeable> {
        let count = Decimal::from(self.pieces);
        let volume_weight = self
            .length
            .checked_mul(self.width)?
            .checked_mul(self.height)?
            .checked_mul(count)?
            .checked_div(Decimal::from(divisor))?;
        let actual = self.gross.checked_mul(count)?;
        let halves = volume_weight.max(actual).checked_mul(Decimal::TWO)?.ceil();
        Some(Chargeable {
            volume_weight: half_up(volume_weight, 3),
            actual: half_up(actual, 2),
            chargeable: half_up(halves / Decimal::TWO, 1),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn line(quantity: u64, per_carton: u64) -> CartonLine {
        CartonLine {
            quantity,
            per_carton,
            length: d("60"),
            width: d("40"),
            height: d("35"),
            gross: d("14.5"),
            net: d("12.9"),
        }
    }

    fn cargo(cbm: &str, gross: &str) -> Measure {
        Measure {
            cartons: 1,
            cbm: d(cbm),
            gross_kg: d(gross),
            net_kg: d(gross),
        }
    }

    #[test]
    fn a_short_last_carton_counts_as_a_full_one() {
        let measure = line(1_190, 12).measure().unwrap();
        assert_eq!(
            (measure.cartons, measure.cbm.to_string()),
            (100, "8.400".to_owned())
        );
        assert_eq!(line(1_190, 12).short_last(), Some(2));
        assert_eq!(line(1_200, 12).short_last(), None);
    }

    #[test]
    fn cartons_that_cannot_be_are_refused() {
        assert_eq!(line(1, 0).measure(), Err(Impossible));
        let flat = CartonLine {
            height: Decimal::ZERO,
            ..line(1, 1)
        };
        assert_eq!(flat.measure(), Err(Impossible));
        let heavy = CartonLine {
            gross: d("-1"),
            ..line(1, 1)
        };
        assert_eq!(heavy.measure(), Err(Impossible));
        assert_eq!(line(0, 12).measure().unwrap().cartons, 0);
    }

    #[test]
    fn a_container_filled_exactly_is_one() {
        let plan = ContainerType::Gp20.usual_plan();
        assert_eq!(plan.needed(d("28"), d("21500")), Some(1));
        assert_eq!(plan.needed(d("28.001"), d("21500")), Some(2));
        assert_eq!(plan.needed(d("28"), d("21500.01")), Some(2));
        assert_eq!(plan.needed(d("0"), d("0")), Some(1));
        let none = ContainerPlan {
            plan_cbm: Decimal::ZERO,
            ..plan
        };
        assert_eq!(none.needed(d("1"), d("1")), None);
    }

    #[test]
    fn the_smallest_container_that_takes_everything_is_found() {
        let plans = ContainerType::ALL.map(ContainerType::usual_plan);
        assert_eq!(
            cargo("66", "5500").smallest_single(&plans),
            Some(ContainerType::Hq40)
        );
        assert_eq!(
            cargo("10", "27000").smallest_single(&plans),
            Some(ContainerType::Hq45)
        );
        assert_eq!(cargo("79", "1").smallest_single(&plans), None);
    }

    #[test]
    fn revenue_tons_take_the_greater_of_volume_and_weight_and_at_least_one() {
        assert_eq!(cargo("0.2", "100").revenue_tons().to_string(), "1.000");
        assert_eq!(cargo("2", "3500").revenue_tons().to_string(), "3.500");
    }

    #[test]
    fn chargeable_weight_goes_up_to_the_next_half_and_a_half_stays() {
        let box_of = |gross: &str| Pieces {
            length: d("10"),
            width: d("10"),
            height: d("10"),
            pieces: 1,
            gross: d(gross),
        };
        let chargeable = |gross| {
            box_of(gross)
                .chargeable(COURIER_DIVISOR)
                .unwrap()
                .chargeable
        };
        assert_eq!(chargeable("2.5").to_string(), "2.5");
        assert_eq!(chargeable("2.51").to_string(), "3.0");
        assert_eq!(chargeable("0.1").to_string(), "0.5");
        assert_eq!(box_of("1").chargeable(0), None);
    }
}
