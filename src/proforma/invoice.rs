//! `ProformaInvoice`: one revision, and the pure rules of its life.

use super::adjustment::Adjustment;
use super::content::Content;
use super::stage::{Move, Stage};
use crate::base::{AccountId, PersonId, ProformaId, T};
use crate::people::rights::Hands;
use crate::web::Tell;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What the paper says beside goods and terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// `en`, `zh-CN` or `both`
    pub paper_lang: String,
    pub dated: NaiveDate,
    pub valid_until: NaiveDate,
    pub buyer: String,
    pub consignee: String,
    pub notify: String,
    pub loading_port: String,
    pub discharge_port: String,
    pub partial_shipment: String,
    pub transhipment: String,
    pub delivery: String,
    pub insurance: String,
    pub documents: String,
    pub inspection: String,
    pub remarks: String,
    pub discount_percent: Decimal,
    pub discount_reason: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adjustments: Vec<Adjustment>,
}

/// What can be edited while the revision is a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub revision: i32,
    pub account: Option<AccountId>,
    pub wording: Wording,
}

#[derive(Clone, Debug)]
pub struct ProformaInvoice {
    pub id: ProformaId,
    pub stage: Stage,
    pub draft: Draft,
    /// Frozen at submission; a returned draft keeps the one that was returned, to compare with.
    pub content: Option<Content>,
    pub content_hash: Option<Vec<u8>>,
    pub created_by: PersonId,
    pub edited_by: Vec<PersonId>,
    pub submitted_by: Option<PersonId>,
    pub submitted_at: Option<DateTime<Utc>>,
    pub returned_words: String,
    pub sent: Option<Sent>,
    pub answered: Option<Answered>,
    pub version: i32,
}

/// Sent to the customer: when, to whom, by which channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    pub at: DateTime<Utc>,
    pub to: String,
    pub channel: String,
}

/// The customer's answer as a colleague recorded it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub at: DateTime<Utc>,
    pub by: String,
    pub channel: String,
    pub words: String,
}

/// Why the rules say no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// This move does not exist from here.
    NotFromHere { revision: i32, stage: Stage },
    /// A revision is on its way already.
    AlreadyOpen { revision: i32, stage: Stage },
    /// Something the paper needs is missing; each in its sentence.
    NotComplete(Vec<Lacking>),
    /// The validity day has passed.
    Expired { valid_until: NaiveDate },
    /// Goods and terms of the order are frozen by this revision.
    Frozen { revision: i32, stage: Stage },
    /// The customer has confirmed: goods and terms change only by a change order.
    ByChangeOrder,
}

/// What a proforma invoice cannot be handed in without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lacking {
    Lines,
    Price(usize),
    EnglishName(usize),
    Place,
    Ports,
    Delivery,
    Buyer,
    Account,
    AccountCurrency,
    Validity,
    DiscountReason,
    AdjustmentReason,
    Terms,
    /// What comes off eats the whole.
    Total,
}

impl Lacking {
    pub fn tell(self, t: T) -> String {
        match self {
            Self::Lines => t.proforma_lacks_lines().into(),
            Self::Price(line) => t.proforma_lacks_price(line),
            Self::EnglishName(line) => t.proforma_lacks_english_name(line),
            Self::Place => t.proforma_lacks_place().into(),
            Self::Ports => t.proforma_lacks_ports().into(),
            Self::Delivery => t.proforma_lacks_delivery().into(),
            Self::Buyer => t.proforma_lacks_buyer().into(),
            Self::Account => t.proforma_lacks_account().into(),
            Self::AccountCurrency => t.proforma_lacks_account_currency().into(),
            Self::Validity => t.proforma_lacks_validity().into(),
            Self::DiscountReason => t.proforma_lacks_discount_reason().into(),
            Self::AdjustmentReason => t.proforma_lacks_adjust_reason().into(),
            Self::Terms => t.proforma_lacks_terms().into(),
            Self::Total => t.proforma_lacks_total().into(),
        }
    }
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::NotFromHere { revision, stage } => {
                t.proforma_not_from_here(revision, stage.label(t))
            }
            Self::AlreadyOpen { revision, stage } => {
                t.proforma_already_open(revision, stage.label(t))
            }
            Self::NotComplete(lacks) => {
                let lacks: Vec<String> = lacks.iter().map(|lack| lack.tell(t)).collect();
                t.proforma_not_complete(lacks.join(t.web_list_comma()))
            }
            Self::Expired { valid_until } => t.proforma_expired(valid_until),
            Self::Frozen { revision, stage } => t.proforma_frozen_by(revision, stage.label(t)),
            Self::ByChangeOrder => t.proforma_by_change_order().to_owned(),
        }
    }
}

impl ProformaInvoice {
    pub fn revision(&self) -> i32 {
        self.draft.revision
    }

    /// Whose hands were on it; they are excluded from deciding.
    pub fn hands(&self) -> Hands {
        Hands {
            authors: self.authors(),
            requester: self.submitted_by,
            approver: None,
        }
    }

    /// What is gathered again while a revision is on its way keeps its instalments: money that comes in meanwhile changes
    /// nothing of what was handed in.
    pub(super) fn as_frozen(&self, content: Content) -> Content {
        let on_its_way = matches!(self.stage, Stage::Submitted | Stage::Approved | Stage::Sent);
        match self.content.as_ref().filter(|_| on_its_way) {
            Some(frozen)
                if (frozen.total, &frozen.payment) == (content.total, &content.payment) =>
            {
                Content {
                    schedule: frozen.schedule.clone(),
                    ..content
                }
            }
            _ => content,
        }
    }

    pub fn authors(&self) -> Vec<PersonId> {
        let mut authors = self.edited_by.clone();
        authors.push(self.created_by);
        authors.sort_unstable();
        authors.dedup();
        authors
    }

    /// The stage after a move, or why not.
    pub fn after(&self, step: Move) -> Result<Stage, Refusal> {
        self.stage.after(step).ok_or(Refusal::NotFromHere {
            revision: self.revision(),
            stage: self.stage,
        })
    }

    /// A revision the manager has said yes to; differences are drawn against the last one.
    pub fn was_approved(&self) -> bool {
        match self.stage {
            Stage::Approved
            | Stage::Sent
            | Stage::Confirmed
            | Stage::ChangeRequested
            | Stage::Lapsed
            | Stage::Superseded => true,
            Stage::Draft | Stage::Submitted | Stage::Returned | Stage::Void => false,
        }
    }

    /// A customer can confirm only until the validity day, in our zone.
    pub fn still_valid(&self, today: NaiveDate) -> Result<(), Refusal> {
        let valid_until = self.draft.wording.valid_until;
        if today > valid_until {
            Err(Refusal::Expired { valid_until })
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invoice(stage: Stage) -> ProformaInvoice {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let person = PersonId(uuid::Uuid::nil());
        ProformaInvoice {
            id: ProformaId(uuid::Uuid::nil()),
            stage,
            draft: Draft {
                revision: 2,
                account: None,
                wording: Wording {
                    paper_lang: "en".into(),
                    dated: day,
                    valid_until: day,
                    buyer: "Nordhavn Living AB".into(),
                    consignee: String::new(),
                    notify: String::new(),
                    loading_port: "Ningbo".into(),
                    discharge_port: "Gothenburg".into(),
                    partial_shipment: "allowed".into(),
                    transhipment: "allowed".into(),
                    delivery: String::new(),
                    insurance: String::new(),
                    documents: String::new(),
                    inspection: String::new(),
                    remarks: String::new(),
                    discount_percent: Decimal::ZERO,
                    discount_reason: String::new(),
                    adjustments: Vec::new(),
                },
            },
            content: None,
            content_hash: None,
            created_by: person,
            edited_by: vec![person, person],
            submitted_by: None,
            submitted_at: None,
            returned_words: String::new(),
            sent: None,
            answered: None,
            version: 1,
        }
    }

    #[test]
    fn a_confirmed_revision_is_never_edited() {
        assert_eq!(
            invoice(Stage::Confirmed).after(Move::Edit),
            Err(Refusal::NotFromHere {
                revision: 2,
                stage: Stage::Confirmed
            })
        );
        assert_eq!(
            invoice(Stage::Confirmed).after(Move::Supersede),
            Ok(Stage::Superseded)
        );
    }

    #[test]
    fn an_author_counts_once() {
        assert_eq!(invoice(Stage::Draft).authors().len(), 1);
    }

    #[test]
    fn a_revision_is_valid_through_its_last_day() {
        let paper = invoice(Stage::Sent);
        let day = paper.draft.wording.valid_until;
        assert_eq!(paper.still_valid(day), Ok(()));
        assert_eq!(
            paper.still_valid(day.succ_opt().unwrap()),
            Err(Refusal::Expired { valid_until: day })
        );
    }
}
