//! Verified gross mass 载货集装箱重量验证 (VGM, SOLAS VI/2): no mass, no loading.
//!
//! Method 1 weighs the packed and sealed container; method 2 adds packages and goods, pallets and lashing, and the
//! tare on the door. The gross weight of the bill of lading is never the VGM: it lacks the tare.

use crate::base::rounding::half_up;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Method 1.
    Weighed,
    /// Method 2.
    Calculated,
}

impl Method {
    pub fn of(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::Weighed),
            2 => Some(Self::Calculated),
            _ => None,
        }
    }

    pub fn number(self) -> u8 {
        match self {
            Self::Weighed => 1,
            Self::Calculated => 2,
        }
    }
}

/// What stands in the way of handing the VGM to the carrier, in the order in which it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    Method,
    MissingWeight,
    MissingTare,
    NegativeWeight,
    OverMaxGross,
    MissingAuthorisedPerson,
}

impl Problem {
    pub fn key(self) -> &'static str {
        match self {
            Self::Method => "method",
            Self::MissingWeight => "missing_weight",
            Self::MissingTare => "missing_tare",
            Self::NegativeWeight => "negative_weight",
            Self::OverMaxGross => "over_max_gross",
            Self::MissingAuthorisedPerson => "missing_authorised_person",
        }
    }
}

/// What was noted for one container, in kilograms; only the fields of its method are needed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Note<'a> {
    pub method: Option<Method>,
    pub weighed: Option<Decimal>,
    pub cargo: Option<Decimal>,
    /// Pallets, dunnage, lashing; none noted means none used.
    pub dunnage: Option<Decimal>,
    pub tare: Option<Decimal>,
    /// The greatest gross mass on the safety plate (CSC plate).
    pub max_gross: Decimal,
    /// The person the shipper authorised.
    pub signed_by: &'a str,
}

/// The mass, where it could be determined, and everything that is wrong with the note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub mass: Option<Decimal>,
    pub problems: Vec<Problem>,
}

impl Verified {
    pub fn is_ok(&self) -> bool {
        self.problems.is_empty()
    }
}

impl Note<'_> {
    pub fn verify(&self) -> Verified {
        let mut problems = self.gaps();
        let mass = if problems.is_empty() {
            self.sum().map(|mass| half_up(mass, 2))
        } else {
            None
        };
        if mass.is_some_and(|mass| mass > self.max_gross) {
            problems.push(Problem::OverMaxGross);
        }
        if self.signed_by.trim().is_empty() {
            problems.push(Problem::MissingAuthorisedPerson);
        }
        Verified { mass, problems }
    }

    // Anything here leaves the mass unknown.
    fn gaps(&self) -> Vec<Problem> {
        let missing_weight = match self.method {
            Some(Method::Weighed) => self.weighed.is_none(),
            Some(Method::Calculated) => self.cargo.is_none(),
            None => false,
        };
        let missing_tare = self.method == Some(Method::Calculated) && self.tare.is_none();
        let negative = [self.weighed, self.cargo, self.dunnage, self.tare]
            .into_iter()
            .flatten()
            .any(|weight| weight < Decimal::ZERO);
        [
            (Problem::Method, self.method.is_none()),
            (Problem::MissingWeight, missing_weight),
            (Problem::MissingTare, missing_tare),
            (Problem::NegativeWeight, negative),
        ]
        .into_iter()
        .filter_map(|(problem, is_so)| is_so.then_some(problem))
        .collect()
    }

    fn sum(&self) -> Option<Decimal> {
        match self.method? {
            Method::Weighed => self.weighed,
            Method::Calculated => self
                .cargo?
                .checked_add(self.dunnage.unwrap_or_default())?
                .checked_add(self.tare?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calculated(cargo: i64, tare: Option<i64>) -> Note<'static> {
        Note {
            method: Some(Method::Calculated),
            cargo: Some(Decimal::from(cargo)),
            tare: tare.map(Decimal::from),
            max_gross: Decimal::from(30_480),
            signed_by: "FANG XIAO",
            ..Note::default()
        }
    }

    #[test]
    fn a_mass_equal_to_the_plate_is_fine_and_one_more_is_not() {
        assert!(calculated(26_500, Some(3_980)).verify().is_ok());
        let over = calculated(26_501, Some(3_980)).verify();
        assert_eq!(over.problems, [Problem::OverMaxGross]);
        assert_eq!(over.mass, Some(Decimal::from(30_481)));
    }

    #[test]
    fn without_the_tare_there_is_no_mass() {
        let verified = calculated(26_500, None).verify();
        assert_eq!(
            (verified.mass, verified.problems),
            (None, vec![Problem::MissingTare])
        );
    }

    #[test]
    fn every_problem_is_told_at_once() {
        let note = Note {
            signed_by: " ",
            weighed: Some(Decimal::from(-1)),
            ..Note::default()
        };
        assert_eq!(
            note.verify().problems,
            [
                Problem::Method,
                Problem::NegativeWeight,
                Problem::MissingAuthorisedPerson
            ]
        );
        let weighed = Note {
            method: Method::of(1),
            signed_by: "A",
            ..Note::default()
        };
        assert_eq!(weighed.verify().problems, [Problem::MissingWeight]);
        assert_eq!(Method::of(3), None);
    }
}
