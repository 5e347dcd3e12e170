//! `ChangeOrder`: old and new, field by field, and the answers that are in.

use super::fields::Asks;
use super::stage::{Move, Stage};
use crate::base::{LineId, PersonId, RelayId, T};
use crate::orders::amending::Cell;
use crate::people::rights::Hands;
use crate::web::Tell;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// An answer as a colleague recorded it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub at: DateTime<Utc>,
    pub who: String,
    pub channel: String,
    pub words: String,
}

/// A line the factory is asked about.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Which of the lines that are asked about, from one.
    pub line: i32,
    pub order_line: LineId,
    /// Its place in the order.
    pub pos: i32,
    pub name: String,
    /// Who makes it, in both languages.
    pub factory: String,
    pub acknowledged: Option<Answer>,
}

#[derive(Clone, Debug)]
pub struct ChangeOrder {
    pub id: Uuid,
    pub number: i32,
    pub stage: Stage,
    /// The issue it came of.
    pub issue: Option<i32>,
    pub wished_by: String,
    pub reason: String,
    pub hash: Vec<u8>,
    pub asks: Asks,
    pub raised_by: PersonId,
    pub raised_at: DateTime<Utc>,
    pub customer_relay: Option<RelayId>,
    pub factory_relay: Option<RelayId>,
    pub approved_at: Option<DateTime<Utc>>,
    pub agreed: Option<Answer>,
    pub refused_by: String,
    pub refused_who: String,
    pub end_words: String,
    pub ended_at: Option<DateTime<Utc>>,
    pub version: i32,
    pub cells: Vec<Cell>,
    pub lines: Vec<Asked>,
}

/// What an application still lacks, and who supplies it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    Manager,
    Customer,
    Line(i32),
}

/// Why the rules say no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotFromHere {
        number: i32,
        stage: Stage,
    },
    Meanwhile {
        number: i32,
    },
    /// Goods and terms are still open: they are edited on the order.
    NotConfirmed,
    /// Another change order touches one of these cells.
    Overlaps {
        number: i32,
    },
    Lacks(Vec<Lack>),
    /// Nothing in it asks for this answer, or it is in already.
    NotAsked,
    /// A revision is with the manager or the customer.
    ProformaUnderWay {
        revision: i32,
    },
    /// The paper is not outdated, or is let out already.
    NotStale,
    /// A later revision stands in its place.
    Superseded,
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::NotFromHere { number, stage } => t.changes_not_from_here(number, stage.label(t)),
            Self::Meanwhile { number } => t.changes_meanwhile(number),
            Self::NotConfirmed => t.changes_not_confirmed().to_owned(),
            Self::Overlaps { number } => t.changes_overlaps(number),
            Self::Lacks(lacks) => {
                let lacks: Vec<String> = lacks.iter().map(|lack| lack.tell(t)).collect();
                t.changes_lacks(lacks.join(t.web_list_comma()))
            }
            Self::NotAsked => t.changes_not_asked().to_owned(),
            Self::ProformaUnderWay { revision } => t.changes_proforma_under_way(revision),
            Self::NotStale => t.changes_not_stale().to_owned(),
            Self::Superseded => t.changes_paper_superseded().to_owned(),
        }
    }
}

impl Lack {
    pub fn tell(self, t: T) -> String {
        match self {
            Self::Manager => t.changes_lacks_manager().to_owned(),
            Self::Customer => t.changes_lacks_customer().to_owned(),
            Self::Line(line) => t.changes_lacks_line(line),
        }
    }
}

/// SHA-256 of the cells in their order: the manager's yes belongs to it.
pub fn hash(cells: &[Cell]) -> Result<Vec<u8>, serde_json::Error> {
    Ok(Sha256::digest(serde_json::to_vec(cells)?).to_vec())
}

impl ChangeOrder {
    /// The stage after a move, or why not.
    pub fn after(&self, step: Move) -> Result<Stage, Refusal> {
        self.stage.after(step).ok_or(Refusal::NotFromHere {
            number: self.number,
            stage: self.stage,
        })
    }

    /// Whose hands were on it; they are excluded from deciding.
    pub fn hands(&self) -> Hands {
        Hands {
            authors: vec![self.raised_by],
            requester: Some(self.raised_by),
            approver: None,
        }
    }

    /// Answers that are missing, in the order of the page.
    pub fn lacks(&self) -> Vec<Lack> {
        let mut lacks = Vec::new();
        if self.asks.manager && self.approved_at.is_none() {
            lacks.push(Lack::Manager);
        }
        if self.asks.customer && self.agreed.is_none() {
            lacks.push(Lack::Customer);
        }
        lacks.extend(
            self.lines
                .iter()
                .filter(|line| line.acknowledged.is_none())
                .map(|line| Lack::Line(line.pos)),
        );
        lacks
    }
}
