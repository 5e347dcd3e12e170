//! Audience 受众: who may read a free text or a file. What has no label is internal.

use super::T;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    #[default]
    Internal,
    Factory,
    Customer,
    Forwarder,
}

impl Audience {
    pub const ALL: [Self; 4] = [
        Self::Internal,
        Self::Factory,
        Self::Customer,
        Self::Forwarder,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Factory => "factory",
            Self::Customer => "customer",
            Self::Forwarder => "forwarder",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|audience| audience.code() == text)
    }

    /// For a choice: code and word.
    pub fn choices(t: T) -> Vec<(&'static str, &'static str)> {
        let all = Self::ALL.iter();
        all.map(|one| (one.code(), one.label(t))).collect()
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Internal => t.base_audience_internal(),
            Self::Factory => t.base_audience_factory(),
            Self::Customer => t.base_audience_customer(),
            Self::Forwarder => t.base_audience_forwarder(),
        }
    }
}

/// A side of the bridge: who hears, who is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    Us,
    Customer,
    Factory,
    Forwarder,
    Manager,
    Finance,
    Bank,
    TaxOffice,
}

impl Party {
    pub const ALL: [Self; 8] = [
        Self::Us,
        Self::Customer,
        Self::Factory,
        Self::Forwarder,
        Self::Manager,
        Self::Finance,
        Self::Bank,
        Self::TaxOffice,
    ];
    /// The sides a relay can come from or go to.
    pub const SIDES: [Self; 4] = [Self::Us, Self::Customer, Self::Factory, Self::Forwarder];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Us => "us",
            Self::Customer => "customer",
            Self::Factory => "factory",
            Self::Forwarder => "forwarder",
            Self::Manager => "manager",
            Self::Finance => "finance",
            Self::Bank => "bank",
            Self::TaxOffice => "tax_office",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|party| party.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Us => t.base_party_us(),
            Self::Customer => t.base_party_customer(),
            Self::Factory => t.base_party_factory(),
            Self::Forwarder => t.base_party_forwarder(),
            Self::Manager => t.base_party_manager(),
            Self::Finance => t.base_party_finance(),
            Self::Bank => t.base_party_bank(),
            Self::TaxOffice => t.base_party_tax_office(),
        }
    }
}

/// How something was told or sent to an outside party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Wechat,
    Email,
    Phone,
    Whatsapp,
    InPerson,
}

impl Channel {
    pub const ALL: [Self; 5] = [
        Self::Wechat,
        Self::Email,
        Self::Phone,
        Self::Whatsapp,
        Self::InPerson,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Wechat => "wechat",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Whatsapp => "whatsapp",
            Self::InPerson => "in_person",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Wechat => t.base_channel_wechat(),
            Self::Email => t.base_channel_email(),
            Self::Phone => t.base_channel_phone(),
            Self::Whatsapp => t.base_channel_whatsapp(),
            Self::InPerson => t.base_channel_in_person(),
        }
    }
}
