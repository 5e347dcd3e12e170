//! `Document`: the transport document of a shipment as it stands.

use super::comparison::Name;
use super::stage::{Move, Stage};
use crate::base::{PersonId, T};
use crate::people::rights::Hands;
use crate::web::Tell;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Values of a paper by the names of its fields.
pub type Values = BTreeMap<String, String>;

#[derive(Clone, Debug)]
pub struct Document {
    pub id: Uuid,
    pub stage: Stage,
    pub instructions: Values,
    pub draft: Values,
    pub draft_revision: i32,
    /// Differences waived by name, with the reason.
    pub waivers: Values,
    pub instructions_sent_at: Option<DateTime<Utc>>,
    pub copy_sent_at: Option<DateTime<Utc>>,
    pub answered_on: Option<NaiveDate>,
    pub answered_by: String,
    pub answer_words: String,
    pub number: String,
    pub issued_on: Option<NaiveDate>,
    /// `originals`, `telex` or `waybill`; empty until it is issued.
    pub form: String,
    pub originals: Option<i16>,
    pub released_at: Option<DateTime<Utc>>,
    pub early_reason: String,
    /// The paper the newest draft came on.
    pub draft_file: Option<Uuid>,
    pub created_by: Uuid,
    pub edited_by: Vec<Uuid>,
    pub version: i32,
}

impl Document {
    pub fn after(&self, step: Move) -> Result<Stage, Refusal> {
        self.stage
            .after(step)
            .ok_or(Refusal::NotFromHere { stage: self.stage })
    }

    /// Who wrote it; none of them releases it early.
    pub fn hands(&self) -> Hands {
        let mut authors: Vec<PersonId> = self.edited_by.iter().copied().map(PersonId).collect();
        authors.push(PersonId(self.created_by));
        Hands {
            authors,
            ..Hands::default()
        }
    }

    /// It has not been given out of our hands.
    pub fn is_ours(&self) -> bool {
        self.stage != Stage::Released
    }

    /// `3/3`, a telex release or a waybill.
    pub fn form_word(&self, t: T) -> String {
        match (self.form.as_str(), self.originals) {
            ("originals", Some(count)) => t.shipping_form_originals(count),
            ("telex", _) => t.shipping_form_telex().into(),
            ("waybill", _) => t.shipping_form_waybill().into(),
            _ => String::new(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotFromHere {
        stage: Stage,
    },
    NoDocument,
    /// By courier there is no draft, the waybill is issued at once.
    NoDraftByCourier,
    /// Differences that are neither corrected nor waived.
    Differences(Vec<Name>),
    /// This field agrees, or was waived already.
    NoDifference,
    BankHandles {
        order: String,
    },
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::NotFromHere { stage } => t.shipping_document_not_from_here(stage.label(t)),
            Self::NoDocument => t.shipping_no_document().into(),
            Self::NoDraftByCourier => t.shipping_no_draft_by_courier().into(),
            Self::Differences(names) => {
                let words: Vec<&str> = names.iter().map(|name| name.label(t)).collect();
                t.shipping_differences_open(words.join(t.web_list_comma()))
            }
            Self::NoDifference => t.shipping_no_difference().into(),
            Self::BankHandles { order } => t.shipping_bank_handles(order),
        }
    }
}
