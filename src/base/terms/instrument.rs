//! Instrument 结算方式: how an instalment is paid, as the trade calls it, and which events it can fall due at.

use super::{Instalment, Part, Start, Trigger};
use crate::base::T;
use rust_decimal::Decimal;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Instrument {
    Tt,
    LcSight,
    LcUsance,
    Dp,
    Da,
    Oa,
}

impl Instrument {
    pub const ALL: [Self; 6] = [
        Self::Tt,
        Self::LcSight,
        Self::LcUsance,
        Self::Dp,
        Self::Da,
        Self::Oa,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Self::Tt => "tt",
            Self::LcSight => "lc_sight",
            Self::LcUsance => "lc_usance",
            Self::Dp => "dp",
            Self::Da => "da",
            Self::Oa => "oa",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        super::written::known(Self::ALL, Self::key, key)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Tt => t.base_instrument_tt(),
            Self::LcSight => t.base_instrument_lc_sight(),
            Self::LcUsance => t.base_instrument_lc_usance(),
            Self::Dp => t.base_instrument_dp(),
            Self::Da => t.base_instrument_da(),
            Self::Oa => t.base_instrument_oa(),
        }
    }

    pub fn of(one: &Instalment) -> Self {
        let later = one.trigger == Trigger::Maturity;
        match (one.part, later) {
            (Part::Deposit | Part::Balance | Part::Advance, _) => Self::Tt,
            (Part::Lc, false) => Self::LcSight,
            (Part::Lc, true) => Self::LcUsance,
            (Part::Collection, false) => Self::Dp,
            (Part::Collection, true) => Self::Da,
            (Part::OpenAccount, _) => Self::Oa,
        }
    }

    /// Events it can fall due at; only a transfer has a choice.
    pub fn events(self) -> &'static [Trigger] {
        match self {
            Self::Tt => &[
                Trigger::BeforeProduction,
                Trigger::BeforeShipment,
                Trigger::AgainstBlCopy,
                Trigger::Maturity,
            ],
            Self::LcSight => &[Trigger::Presentation],
            Self::Dp => &[Trigger::AgainstPayment],
            Self::LcUsance | Self::Da | Self::Oa => &[Trigger::Maturity],
        }
    }

    /// The day that days are counted from where nothing else is said.
    pub fn usual_start(self) -> Start {
        match self {
            Self::LcUsance | Self::Da => Start::Sight,
            Self::Tt | Self::LcSight | Self::Dp | Self::Oa => Start::BlDate,
        }
    }

    /// What kind of money such a share is.
    pub fn part(self, share: Decimal, trigger: Trigger) -> Part {
        match self {
            Self::LcSight | Self::LcUsance => Part::Lc,
            Self::Dp | Self::Da => Part::Collection,
            Self::Oa => Part::OpenAccount,
            Self::Tt if trigger != Trigger::BeforeProduction => Part::Balance,
            Self::Tt if share == Decimal::ONE => Part::Advance,
            Self::Tt => Part::Deposit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Terms;
    use super::*;

    #[test]
    fn the_usual_terms_are_what_their_instruments_say() {
        for code in Terms::USUAL {
            for one in Terms::from_code(code).unwrap().instalments() {
                let instrument = Instrument::of(one);
                assert!(instrument.events().contains(&one.trigger), "{code}");
                assert_eq!(instrument.part(one.share, one.trigger), one.part, "{code}");
                assert_eq!(Instrument::parse(instrument.key()), Some(instrument));
            }
        }
    }
}
