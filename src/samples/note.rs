//! Sample note 样板单: one round of one sample, and the pure rules of its life.

use super::content::{Attached, Content, Lacking};
use super::stage::{Move, Stage};
use crate::base::{PersonId, SampleNoteId, T};
use crate::people::rights::Hands;
use crate::web::Tell;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use std::fmt;

/// How a round is called: sample 2, round 1 is `2-1` in its address and `S2 r1` among people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    pub sample: i32,
    pub round: i32,
}

impl Name {
    pub fn parse(text: &str) -> Option<Self> {
        let (sample, round) = text.split_once('-')?;
        Some(Self {
            sample: sample.parse().ok()?,
            round: round.parse().ok()?,
        })
    }

    /// The word people use, on paper and in the timeline.
    pub fn label(&self) -> String {
        format!("S{} r{}", self.sample, self.round)
    }

    #[must_use]
    pub fn next(self) -> Self {
        Self {
            round: self.round + 1,
            ..self
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.sample, self.round)
    }
}

/// What can be edited while the round is a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub kind: String,
    pub factory: Option<uuid::Uuid>,
    pub styles: String,
    pub description: String,
    pub material: String,
    pub size_chart: String,
    pub colour: String,
    pub accessories: String,
    pub artwork: String,
    pub packing: String,
    pub for_customer: i32,
    pub for_file: i32,
    pub for_factory: i32,
    pub fee: Option<Decimal>,
    pub fee_payer: String,
    pub required_on: Option<NaiveDate>,
    pub details: String,
    pub names_customer: bool,
}

#[derive(Clone, Debug)]
pub struct SampleNote {
    pub id: SampleNoteId,
    pub name: Name,
    pub stage: Stage,
    pub draft: Draft,
    /// Artwork, size charts, pictures, in the order they were attached.
    pub files: Vec<Attached>,
    pub factory_name: String,
    /// Frozen at submission; a returned draft keeps the one that was returned, to compare with.
    pub content: Option<Content>,
    pub content_hash: Option<Vec<u8>>,
    pub created_by: PersonId,
    pub edited_by: Vec<PersonId>,
    pub prepared_zh: String,
    pub prepared_en: String,
    pub submitted_by: Option<PersonId>,
    pub returned_words: String,
    pub signed_at: Option<DateTime<Utc>>,
    pub sent: Option<Sent>,
    pub acknowledged: Option<Acknowledged>,
    pub received: Option<Received>,
    pub version: i32,
}

/// Sent to the factory: when, to whom, by which channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    pub at: DateTime<Utc>,
    pub to: String,
    pub channel: String,
}

/// 工厂签收: who at the factory said that it has the note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledged {
    pub on: NaiveDate,
    pub by: String,
    pub channel: String,
    /// The factory's words, where no file proves it.
    pub words: String,
}

/// The sample in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    pub on: NaiveDate,
    pub quantity: i32,
    pub words: String,
}

/// Why the rules say no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// This move does not exist from here.
    NotFromHere { name: Name, stage: Stage },
    /// Something the note needs is missing; each in its sentence.
    NotComplete(Vec<Lacking>),
    /// A round is judged once; the next round is judged anew.
    AlreadyJudged { name: Name },
    /// Only a sample that is in hand can be judged.
    NotReceived { name: Name },
    ParcelNotFromHere {
        number: i32,
        stage: super::parcel::stage::ParcelStage,
    },
    /// A parcel of samples without a sample in it.
    NothingInIt { number: i32 },
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::NotFromHere { name, stage } => {
                t.samples_not_from_here(name.label(), stage.label(t))
            }
            Self::NotComplete(lacks) => {
                let lacks: Vec<&str> = lacks.iter().map(|lack| lack.tell(t)).collect();
                t.samples_not_complete(lacks.join(t.web_list_comma()))
            }
            Self::AlreadyJudged { name } => t.samples_already_judged(name.label()),
            Self::NotReceived { name } => t.samples_not_received(name.label()),
            Self::ParcelNotFromHere { number, stage } => {
                t.samples_parcel_not_from_here(number, stage.label(t))
            }
            Self::NothingInIt { number } => t.samples_parcel_empty(number),
        }
    }
}

impl SampleNote {
    /// Whose hands were on it; they are excluded from signing.
    pub fn hands(&self) -> Hands {
        Hands {
            authors: self.authors(),
            requester: self.submitted_by,
            approver: None,
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
            name: self.name,
            stage: self.stage,
        })
    }

    /// What was frozen at submission. From then on nothing is built anew: a factory that is renamed meanwhile keeps the
    /// name that was signed.
    pub fn frozen(&self) -> Result<(Content, Vec<u8>), crate::web::Error> {
        let (Some(content), Some(hash)) = (&self.content, &self.content_hash) else {
            return Err(crate::approvals::Refusal::NotAsked.into());
        };
        if content.hash()? != *hash {
            return Err(crate::approvals::Refusal::ContentChanged.into());
        }
        Ok((content.clone(), hash.clone()))
    }

    /// A round the manager has signed; differences are drawn against the last one.
    pub fn was_signed(&self) -> bool {
        self.signed_at.is_some()
    }

    /// A customer judges what is in hand, each round once.
    pub fn may_be_judged(&self, judged: bool) -> Result<(), Refusal> {
        if self.stage != Stage::Received {
            return Err(Refusal::NotReceived { name: self.name });
        }
        if judged {
            return Err(Refusal::AlreadyJudged { name: self.name });
        }
        Ok(())
    }
}

/// Types of sample by code.
pub const KINDS: [&str; 8] = [
    "development",
    "reference",
    "counter",
    "size_set",
    "pre_production",
    "top_of_production",
    "shipping",
    "retained",
];

pub fn kind_word(t: T, kind: &str) -> &'static str {
    match kind {
        "reference" => t.samples_kind_reference(),
        "counter" => t.samples_kind_counter(),
        "size_set" => t.samples_kind_size_set(),
        "pre_production" => t.samples_kind_pre_production(),
        "top_of_production" => t.samples_kind_top_of_production(),
        "shipping" => t.samples_kind_shipping(),
        "retained" => t.samples_kind_retained(),
        _ => t.samples_kind_development(),
    }
}

/// Who pays, for a sample's fee or a parcel's freight.
pub fn payer_word(t: T, payer: &str) -> &'static str {
    match payer {
        "us" => t.samples_payer_us(),
        "customer" => t.samples_payer_customer(),
        "factory" => t.samples_payer_factory(),
        _ => t.samples_payer_none(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn draft() -> Draft {
        Draft {
            kind: "development".into(),
            factory: Some(uuid::Uuid::nil()),
            styles: "LS-01".into(),
            description: "Linen shirt".into(),
            material: "100% linen".into(),
            size_chart: "M 56 × 72".into(),
            colour: "white".into(),
            accessories: String::new(),
            artwork: String::new(),
            packing: String::new(),
            for_customer: 2,
            for_file: 1,
            for_factory: 1,
            fee: None,
            fee_payer: "none".into(),
            required_on: NaiveDate::from_ymd_opt(2026, 12, 4),
            details: "Shell buttons".into(),
            names_customer: false,
        }
    }

    pub(crate) fn note(stage: Stage) -> SampleNote {
        let person = PersonId(uuid::Uuid::nil());
        SampleNote {
            id: SampleNoteId(uuid::Uuid::nil()),
            name: Name {
                sample: 1,
                round: 2,
            },
            stage,
            draft: draft(),
            files: Vec::new(),
            factory_name: "启明制衣".into(),
            content: None,
            content_hash: None,
            created_by: person,
            edited_by: vec![person, person],
            prepared_zh: "沈小禾".into(),
            prepared_en: "Shen Xiaohe".into(),
            submitted_by: None,
            returned_words: String::new(),
            signed_at: None,
            sent: None,
            acknowledged: None,
            received: None,
            version: 1,
        }
    }

    #[test]
    fn a_name_is_read_as_it_is_written() {
        let name = Name {
            sample: 12,
            round: 3,
        };
        assert_eq!(Name::parse(&name.to_string()), Some(name));
        assert_eq!(
            (name.label(), name.next().to_string()),
            ("S12 r3".into(), "12-4".into())
        );
        for bad in ["", "1", "1-", "a-1", "1-2-3"] {
            assert_eq!(Name::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_a_sample_in_hand_is_judged_and_only_once() {
        let name = Name {
            sample: 1,
            round: 2,
        };
        assert_eq!(
            note(Stage::Acknowledged).may_be_judged(false),
            Err(Refusal::NotReceived { name })
        );
        assert_eq!(
            note(Stage::Received).may_be_judged(true),
            Err(Refusal::AlreadyJudged { name })
        );
        assert_eq!(note(Stage::Received).may_be_judged(false), Ok(()));
    }

    #[test]
    fn a_note_that_went_out_is_not_edited() {
        for stage in [Stage::Signed, Stage::Sent, Stage::Received] {
            assert!(note(stage).after(Move::Edit).is_err());
        }
        assert_eq!(note(Stage::Sent).authors().len(), 1);
    }
}
