//! Mode 运输方式: how the goods travel, and what follows from it.

use crate::base::T;
use crate::base::incoterm::{self, Incoterm};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    SeaFcl,
    SeaLcl,
    Air,
    Rail,
    Road,
    Courier,
}

impl Mode {
    pub const ALL: [Self; 6] = [
        Self::SeaFcl,
        Self::SeaLcl,
        Self::Air,
        Self::Rail,
        Self::Road,
        Self::Courier,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::SeaFcl => "sea_fcl",
            Self::SeaLcl => "sea_lcl",
            Self::Air => "air",
            Self::Rail => "rail",
            Self::Road => "road",
            Self::Courier => "courier",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::SeaFcl => t.shipping_mode_sea_fcl(),
            Self::SeaLcl => t.shipping_mode_sea_lcl(),
            Self::Air => t.shipping_mode_air(),
            Self::Rail => t.shipping_mode_rail(),
            Self::Road => t.shipping_mode_road(),
            Self::Courier => t.shipping_mode_courier(),
        }
    }

    pub fn choices(t: T) -> Vec<(String, String)> {
        Self::ALL
            .iter()
            .map(|mode| (mode.code().to_owned(), mode.label(t).to_owned()))
            .collect()
    }

    /// As far as a term of trade cares.
    pub const fn travels(self) -> incoterm::Mode {
        match self {
            Self::SeaFcl | Self::SeaLcl => incoterm::Mode::Sea,
            Self::Air | Self::Courier => incoterm::Mode::Air,
            Self::Rail => incoterm::Mode::Rail,
            Self::Road => incoterm::Mode::Road,
        }
    }

    /// The sentence that says which term would fit these goods better; nothing where theirs does.
    pub fn term_advice(self, t: T, term: &str) -> Option<String> {
        let term = Incoterm::parse(term).ok()?;
        // Loose cargo is handed over at a warehouse like a container at a terminal.
        let terminal = matches!(self, Self::SeaFcl | Self::SeaLcl);
        let advised = term.advised(self.travels(), terminal)?;
        Some(t.shipping_term_advice(term.code(), self.label(t), advised.code()))
    }

    /// Containers, seals and VGM only here.
    pub const fn has_containers(self) -> bool {
        matches!(self, Self::SeaFcl)
    }

    /// A bill of lading keeps the goods in our hand until it is released; a waybill gives no hold on them.
    pub const fn holds_goods(self) -> bool {
        matches!(self, Self::SeaFcl | Self::SeaLcl)
    }

    /// By courier there is no draft: the waybill is issued at once.
    pub const fn has_draft(self) -> bool {
        !matches!(self, Self::Courier)
    }
}
