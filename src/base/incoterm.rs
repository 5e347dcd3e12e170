//! Incoterm 贸易术语: the eleven terms of Incoterms 2020 (ICC 723E) and what each one settles.
//!
//! Terms of older editions (DAT, DDU) and look-alikes (CNF, C&F) are refused: a paper that prints them says nothing
//! certain. FOB, CFR and CIF for containers are allowed although the ICC advises FCA, CPT and CIP: China's trade
//! uses them widely, so `container_advice` only tells.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The reasons why a term cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    NotInIncoterms2020,
    TermIsSeaOnly,
}

impl Fault {
    pub fn key(self) -> &'static str {
        match self {
            Self::NotInIncoterms2020 => "not_in_incoterms_2020",
            Self::TermIsSeaOnly => "term_is_sea_only",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl std::error::Error for Fault {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Incoterm {
    Exw,
    Fca,
    Cpt,
    Cip,
    Dap,
    Dpu,
    Ddp,
    Fas,
    Fob,
    Cfr,
    Cif,
}

/// How the goods travel, as far as a term cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    Sea,
    InlandWaterway,
    Air,
    Road,
    Rail,
    Multimodal,
}

/// The freight clause a transport document carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Freight {
    Prepaid,
    Collect,
}

/// The least cover the seller must buy (Institute Cargo Clauses).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Cover {
    #[serde(rename = "ICC_A_min")]
    A,
    #[serde(rename = "ICC_C_min")]
    C,
}

/// What kind of place stands behind the term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NamedPlace {
    Place,
    PortOfShipment,
    PortOfDestination,
}

impl Incoterm {
    pub const ALL: [Self; 11] = [
        Self::Exw,
        Self::Fca,
        Self::Fas,
        Self::Fob,
        Self::Cfr,
        Self::Cif,
        Self::Cpt,
        Self::Cip,
        Self::Dap,
        Self::Dpu,
        Self::Ddp,
    ];

    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        Self::ALL
            .into_iter()
            .find(|term| term.code().eq_ignore_ascii_case(text))
            .ok_or(Fault::NotInIncoterms2020)
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Exw => "EXW",
            Self::Fca => "FCA",
            Self::Cpt => "CPT",
            Self::Cip => "CIP",
            Self::Dap => "DAP",
            Self::Dpu => "DPU",
            Self::Ddp => "DDP",
            Self::Fas => "FAS",
            Self::Fob => "FOB",
            Self::Cfr => "CFR",
            Self::Cif => "CIF",
        }
    }

    pub fn english(self) -> &'static str {
        match self {
            Self::Exw => "Ex Works",
            Self::Fca => "Free Carrier",
            Self::Cpt => "Carriage Paid To",
            Self::Cip => "Carriage and Insurance Paid To",
            Self::Dap => "Delivered at Place",
            Self::Dpu => "Delivered at Place Unloaded",
            Self::Ddp => "Delivered Duty Paid",
            Self::Fas => "Free Alongside Ship",
            Self::Fob => "Free On Board",
            Self::Cfr => "Cost and Freight",
            Self::Cif => "Cost, Insurance and Freight",
        }
    }

    pub fn chinese(self) -> &'static str {
        match self {
            Self::Exw => "工厂交货",
            Self::Fca => "货交承运人",
            Self::Cpt => "运费付至",
            Self::Cip => "运费和保险费付至",
            Self::Dap => "目的地交货",
            Self::Dpu => "目的地卸货后交货",
            Self::Ddp => "完税后交货",
            Self::Fas => "船边交货",
            Self::Fob => "船上交货",
            Self::Cfr => "成本加运费",
            Self::Cif => "成本、保险费加运费",
        }
    }

    /// FAS, FOB, CFR and CIF end at a ship; without one they have no meaning.
    pub fn is_sea_only(self) -> bool {
        matches!(self, Self::Fas | Self::Fob | Self::Cfr | Self::Cif)
    }

    pub fn allow(self, mode: Mode) -> Result<(), Fault> {
        if self.is_sea_only() && !mode.is_by_water() {
            return Err(Fault::TermIsSeaOnly);
        }
        Ok(())
    }

    /// The term the ICC advises instead when containers are handed over at a terminal; only to be told.
    pub fn container_advice(self) -> Option<Self> {
        match self {
            Self::Fas | Self::Fob => Some(Self::Fca),
            Self::Cfr => Some(Self::Cpt),
            Self::Cif => Some(Self::Cip),
            Self::Exw | Self::Fca | Self::Cpt | Self::Cip | Self::Dap | Self::Dpu | Self::Ddp => {
                None
            }
        }
    }

    /// The term the ICC advises for goods that travel like this; only to be told.
    pub fn advised(self, mode: Mode, containers: bool) -> Option<Self> {
        if containers || self.allow(mode).is_err() {
            self.container_advice()
        } else {
            None
        }
    }

    /// 成交方式 of the export declaration: 1 CIF, 2 C&F, 3 FOB, 7 EXW.
    pub fn transaction_code(self) -> &'static str {
        match self {
            Self::Exw => "7",
            Self::Fca | Self::Fas | Self::Fob => "3",
            Self::Cpt | Self::Cfr => "2",
            // The customs list has no D terms; they are declared like CIF because the price holds both costs.
            Self::Cip | Self::Cif | Self::Dap | Self::Dpu | Self::Ddp => "1",
        }
    }

    pub fn freight(self) -> Freight {
        match self {
            Self::Exw | Self::Fca | Self::Fas | Self::Fob => Freight::Collect,
            Self::Cpt | Self::Cip | Self::Dap | Self::Dpu | Self::Ddp | Self::Cfr | Self::Cif => {
                Freight::Prepaid
            }
        }
    }

    /// The seller insures exactly where a minimum cover is laid down.
    pub fn seller_must_insure(self) -> bool {
        self.minimum_cover().is_some()
    }

    pub fn minimum_cover(self) -> Option<Cover> {
        match self {
            Self::Cip => Some(Cover::A),
            Self::Cif => Some(Cover::C),
            Self::Exw
            | Self::Fca
            | Self::Cpt
            | Self::Dap
            | Self::Dpu
            | Self::Ddp
            | Self::Fas
            | Self::Fob
            | Self::Cfr => None,
        }
    }

    pub fn named_place(self) -> NamedPlace {
        match self {
            Self::Fas | Self::Fob => NamedPlace::PortOfShipment,
            Self::Cfr | Self::Cif => NamedPlace::PortOfDestination,
            Self::Exw | Self::Fca | Self::Cpt | Self::Cip | Self::Dap | Self::Dpu | Self::Ddp => {
                NamedPlace::Place
            }
        }
    }

    /// As papers print it: `FOB NINGBO INCOTERMS 2020`.
    pub fn with_place(self, place: &str) -> String {
        format!("{} {} INCOTERMS 2020", self.code(), place.trim())
    }
}

impl fmt::Display for Incoterm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::str::FromStr for Incoterm {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        Self::parse(text)
    }
}

impl Mode {
    pub const ALL: [Self; 6] = [
        Self::Sea,
        Self::InlandWaterway,
        Self::Air,
        Self::Road,
        Self::Rail,
        Self::Multimodal,
    ];

    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL.into_iter().find(|mode| mode.key() == text)
    }

    pub fn key(self) -> &'static str {
        match self {
            Self::Sea => "sea",
            Self::InlandWaterway => "inland_waterway",
            Self::Air => "air",
            Self::Road => "road",
            Self::Rail => "rail",
            Self::Multimodal => "multimodal",
        }
    }

    pub fn is_by_water(self) -> bool {
        matches!(self, Self::Sea | Self::InlandWaterway)
    }
}

impl Freight {
    pub fn key(self) -> &'static str {
        match self {
            Self::Prepaid => "prepaid",
            Self::Collect => "collect",
        }
    }
}

impl Cover {
    pub fn key(self) -> &'static str {
        match self {
            Self::A => "ICC_A_min",
            Self::C => "ICC_C_min",
        }
    }
}

impl NamedPlace {
    pub fn key(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::PortOfShipment => "port_of_shipment",
            Self::PortOfDestination => "port_of_destination",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_read_in_either_case_and_old_ones_are_refused() {
        assert_eq!(Incoterm::parse(" fob "), Ok(Incoterm::Fob));
        for old in ["", "DAT", "DDU", "CNF", "C&F", "FOT", "FOB NINGBO"] {
            assert_eq!(
                Incoterm::parse(old),
                Err(Fault::NotInIncoterms2020),
                "{old}"
            );
        }
    }

    #[test]
    fn four_terms_need_a_ship() {
        let by_air: Vec<&str> = Incoterm::ALL
            .into_iter()
            .filter(|term| term.allow(Mode::Air).is_err())
            .map(Incoterm::code)
            .collect();
        assert_eq!(by_air, ["FAS", "FOB", "CFR", "CIF"]);
        assert_eq!(Incoterm::Cif.allow(Mode::InlandWaterway), Ok(()));
        assert_eq!(
            Incoterm::Cif.allow(Mode::Multimodal),
            Err(Fault::TermIsSeaOnly)
        );
    }

    #[test]
    fn the_cover_differs_between_cip_and_cif() {
        assert_eq!(Incoterm::Cip.minimum_cover(), Some(Cover::A));
        assert_eq!(Incoterm::Cif.minimum_cover(), Some(Cover::C));
        assert!(!Incoterm::Ddp.seller_must_insure());
    }

    #[test]
    fn a_term_is_printed_with_its_place_and_edition() {
        assert_eq!(
            Incoterm::Fob.with_place(" NINGBO "),
            "FOB NINGBO INCOTERMS 2020"
        );
        assert_eq!(serde_json::to_string(&Incoterm::Fob).unwrap(), "\"FOB\"");
    }

    #[test]
    fn only_sea_terms_draw_the_advice_for_containers() {
        for term in Incoterm::ALL {
            assert_eq!(
                term.container_advice().is_some(),
                term.is_sea_only(),
                "{term}"
            );
        }
    }

    #[test]
    fn a_term_of_the_sea_is_advised_against_for_containers_and_without_water() {
        assert_eq!(Incoterm::Fob.advised(Mode::Sea, false), None);
        assert_eq!(Incoterm::Fob.advised(Mode::Sea, true), Some(Incoterm::Fca));
        assert_eq!(Incoterm::Cif.advised(Mode::Air, false), Some(Incoterm::Cip));
        assert_eq!(Incoterm::Fca.advised(Mode::Air, true), None);
    }
}
