//! Hand-over 交接单: the papers of a shipment come back, are collected by the operator, handed over to finance and taken.
//!
//! Read `stage.rs` first. One hand-over to a shipment. The house expects it when the goods leave; its row comes with the
//! first paper, so nothing has to be opened by hand.

mod acts;
mod paper;
mod queue;
mod show;
mod sql;
pub mod stage;

pub use acts::{accept, give};
pub use paper::{Given, Kind, record};
pub use stage::{Move, Stage};

use crate::base::T;
use crate::web::{Door, Error, Result, Routes, Tell};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub fn routes() -> Routes {
    Routes::new()
        .get("/hand-overs", super::TRADES, queue::list)
        .get("/hand-overs.xlsx", super::TRADES, queue::download)
        .get(
            "/orders/{number}/hand-overs/{shipment}",
            Door::Staff,
            show::one,
        )
        .get(
            "/orders/{number}/hand-overs/{shipment}/papers/{kind}",
            Door::Staff,
            paper::ask,
        )
        .upload(
            "/orders/{number}/hand-overs/{shipment}/papers/{kind}",
            Door::Staff,
            paper::create,
        )
        .get(
            "/orders/{number}/hand-overs/{shipment}/handing-over",
            Door::Staff,
            acts::ask_hand_over,
        )
        .post(
            "/orders/{number}/hand-overs/{shipment}/handing-over",
            Door::Staff,
            acts::hand_over,
        )
        .post(
            "/orders/{number}/hand-overs/{shipment}/taking",
            Door::Staff,
            acts::take,
        )
        .get(
            "/orders/{number}/hand-overs/{shipment}/sending-back",
            Door::Staff,
            acts::ask_send_back,
        )
        .post(
            "/orders/{number}/hand-overs/{shipment}/sending-back",
            Door::Staff,
            acts::send_back,
        )
}

/// The papers of one shipment on their way to finance; version nought while nothing of it is written.
#[derive(Clone, Debug)]
pub struct HandOver {
    pub id: Option<Uuid>,
    pub stage: Stage,
    pub papers: Vec<Returned>,
    pub missing_reason: String,
    pub sent_back_words: String,
    pub handed_over_at: Option<DateTime<Utc>>,
    pub taken_at: Option<DateTime<Utc>>,
    pub version: i32,
}

/// A paper that came back.
#[derive(Clone, Debug)]
pub struct Returned {
    pub kind: Kind,
    pub on: NaiveDate,
    pub from: String,
    pub file: Option<Uuid>,
}

impl HandOver {
    /// Before the first paper came back.
    pub fn expected() -> Self {
        Self {
            id: None,
            stage: Stage::Expected,
            papers: Vec::new(),
            missing_reason: String::new(),
            sent_back_words: String::new(),
            handed_over_at: None,
            taken_at: None,
            version: 0,
        }
    }

    pub fn paper(&self, kind: Kind) -> Option<&Returned> {
        self.papers.iter().find(|paper| paper.kind == kind)
    }

    /// Papers of the list that have not come back.
    pub fn missing(&self, shipment: &super::export::Shipment) -> Vec<Kind> {
        Kind::of(shipment)
            .into_iter()
            .filter(|kind| self.paper(*kind).is_none())
            .collect()
    }

    pub fn after(&self, step: Move) -> Result<Stage> {
        self.stage
            .after(step)
            .ok_or_else(|| Error::refused(Refusal::NotFromHere(self.stage)))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotFromHere(Stage),
    /// Nothing comes back before the goods have left.
    NotDeparted,
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::NotFromHere(stage) => t.rebate_hand_over_not_from_here(stage.label(t)),
            Self::NotDeparted => t.rebate_not_departed().into(),
        }
    }
}

/// Where the papers of a shipment stand.
pub async fn of(
    db: &mut sqlx::PgConnection,
    shipment: &super::export::Shipment,
) -> Result<HandOver> {
    sql::find(db, shipment).await
}
