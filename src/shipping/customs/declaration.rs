//! `Declaration`: one customs declaration as it stands.

use super::stage::{Move, Stage};
use crate::base::T;
use crate::base::{Currency, PersonId};
use crate::people::rights::Hands;
use crate::web::Tell;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Declaration {
    pub id: Uuid,
    pub sequence: i32,
    pub stage: Stage,
    pub since: DateTime<Utc>,
    /// Eighteen digits, given by the customs; empty until it is declared.
    pub number: String,
    pub exported_on: Option<NaiveDate>,
    pub fob_amount: Option<Decimal>,
    pub currency: Currency,
    pub broker: String,
    pub elements: String,
    pub declared_on: Option<NaiveDate>,
    pub released_on: Option<NaiveDate>,
    pub cleared_on: Option<NaiveDate>,
    pub words: String,
    pub created_by: Option<Uuid>,
    pub version: i32,
}

impl Declaration {
    pub fn after(&self, step: Move) -> Result<Stage, Refusal> {
        self.stage.after(step).ok_or(Refusal::NotFromHere {
            sequence: self.sequence,
            stage: self.stage,
        })
    }

    pub fn hands(&self) -> Hands {
        Hands {
            authors: self.created_by.map(PersonId).into_iter().collect(),
            ..Hands::default()
        }
    }

    /// The goods may leave on it.
    pub fn is_released(&self) -> bool {
        matches!(
            self.stage,
            Stage::Released | Stage::Cleared | Stage::Amended
        )
    }

    /// It counts no more.
    pub fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Revoked | Stage::ShutOut | Stage::Void)
    }

    /// The customs have it, and it has not ended.
    pub fn is_lodged(&self) -> bool {
        matches!(self.stage, Stage::Declared | Stage::Inspected) || self.is_released()
    }

    /// Made for a vessel that left without the goods, and neither changed nor ended since.
    pub fn is_of_vessel_left(&self, left_behind_at: Option<DateTime<Utc>>) -> bool {
        let open = self.is_lodged() && self.stage != Stage::Cleared;
        open && left_behind_at.is_some_and(|left| self.since < left)
    }

    /// Refuses to say of these goods what only a vessel that takes them can have.
    pub fn still_of_its_vessel(
        &self,
        step: Move,
        left_behind_at: Option<DateTime<Utc>>,
    ) -> Result<(), Refusal> {
        let of_a_vessel = matches!(step, Move::Inspect | Move::Release | Move::Clear);
        if of_a_vessel && self.is_of_vessel_left(left_behind_at) {
            return Err(Refusal::VesselLeft {
                sequence: self.sequence,
            });
        }
        Ok(())
    }

    /// `1 · 310120260000123456`
    pub fn name(&self) -> String {
        if self.number.is_empty() {
            self.sequence.to_string()
        } else {
            format!("{} · {}", self.sequence, self.number)
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotFromHere {
        sequence: i32,
        stage: Stage,
    },
    /// What the broker cannot declare without.
    Incomplete,
    /// Its vessel left without the goods; nothing more is said of them under it.
    VesselLeft {
        sequence: i32,
    },
    ClearedBeforeRelease {
        day: NaiveDate,
    },
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::NotFromHere { sequence, stage } => {
                t.shipping_declaration_not_from_here(sequence, stage.label(t))
            }
            Self::VesselLeft { sequence } => t.shipping_declaration_vessel_left(sequence),
            Self::Incomplete => t.shipping_declaration_incomplete().into(),
            Self::ClearedBeforeRelease { day } => t.shipping_cleared_before_release(day),
        }
    }
}
