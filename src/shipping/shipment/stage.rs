//! Stage: the life of one shipment, as a table of arrows.
//!
//! `planned → asked → booked → documents sent → gated in → customs released → departed → arrived`. A slip of ours warns
//! the forwarder, a roll of the carrier's comes back from him; both stand at warned until he books again.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::base::{Party, T};
use crate::people::Deed;

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    Planned,
    Asked,
    Booked,
    DocumentsSent,
    GatedIn,
    CustomsReleased,
    Departed,
    Arrived,
    Warned,
    Rebooked,
    Cancelled,
}

/// What can be done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    Plan,
    Edit,
    Ask,
    Cancel,
    Confirm,
    SendDocuments,
    Warn,
    Roll,
    GateIn,
    GateInEarly,
    Rebook,
    ReleaseCustoms,
    ShutOut,
    Depart,
    Arrive,
    CorrectDate,
}

impl Stage {
    pub const ALL: [Self; 11] = [
        Self::Planned,
        Self::Asked,
        Self::Booked,
        Self::DocumentsSent,
        Self::GatedIn,
        Self::CustomsReleased,
        Self::Departed,
        Self::Arrived,
        Self::Warned,
        Self::Rebooked,
        Self::Cancelled,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Asked => "asked",
            Self::Booked => "booked",
            Self::DocumentsSent => "documents_sent",
            Self::GatedIn => "gated_in",
            Self::CustomsReleased => "customs_released",
            Self::Departed => "departed",
            Self::Arrived => "arrived",
            Self::Warned => "warned",
            Self::Rebooked => "rebooked",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Planned => t.shipping_stage_planned(),
            Self::Asked => t.shipping_stage_asked(),
            Self::Booked => t.shipping_stage_booked(),
            Self::DocumentsSent => t.shipping_stage_documents_sent(),
            Self::GatedIn => t.shipping_stage_gated_in(),
            Self::CustomsReleased => t.shipping_stage_customs_released(),
            Self::Departed => t.shipping_stage_departed(),
            Self::Arrived => t.shipping_stage_arrived(),
            Self::Warned => t.shipping_stage_warned(),
            Self::Rebooked => t.shipping_stage_rebooked(),
            Self::Cancelled => t.shipping_stage_cancelled(),
        }
    }

    /// The colour family of its mark.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Planned => "draft",
            Self::Asked => "wait",
            Self::Booked
            | Self::DocumentsSent
            | Self::GatedIn
            | Self::CustomsReleased
            | Self::Rebooked => "info",
            Self::Departed | Self::Arrived => "good",
            Self::Warned => "issue",
            Self::Cancelled => "void",
        }
    }

    /// Where a move leads from here; nothing where the move does not exist.
    pub const fn after(self, step: Move) -> Option<Self> {
        use Stage as S;
        Some(match (self, step) {
            (S::Planned, Move::Edit) | (S::GatedIn | S::CustomsReleased, Move::ShutOut) => {
                S::Planned
            }
            (S::Planned, Move::Ask) => S::Asked,
            (
                S::Planned | S::Asked | S::Booked | S::DocumentsSent | S::Warned | S::Rebooked,
                Move::Cancel,
            ) => S::Cancelled,
            (S::Asked, Move::Confirm) => S::Booked,
            (S::Booked | S::Rebooked, Move::SendDocuments) => S::DocumentsSent,
            (S::Booked | S::DocumentsSent | S::Rebooked, Move::Warn)
            | (
                S::Booked | S::DocumentsSent | S::Rebooked | S::GatedIn | S::CustomsReleased,
                Move::Roll,
            ) => S::Warned,
            (S::DocumentsSent, Move::GateIn | Move::GateInEarly) => S::GatedIn,
            (S::Warned, Move::Rebook) => S::Rebooked,
            (S::GatedIn, Move::ReleaseCustoms) => S::CustomsReleased,
            (S::CustomsReleased, Move::Depart) | (S::Departed, Move::CorrectDate) => S::Departed,
            (
                stage @ (S::Booked
                | S::DocumentsSent
                | S::Rebooked
                | S::GatedIn
                | S::CustomsReleased),
                Move::CorrectDate,
            ) => stage,
            (S::Departed, Move::Arrive) | (S::Arrived, Move::CorrectDate) => S::Arrived,
            _ => return None,
        })
    }
}

impl Move {
    pub const ALL: [Self; 16] = [
        Self::Plan,
        Self::Edit,
        Self::Ask,
        Self::Cancel,
        Self::Confirm,
        Self::SendDocuments,
        Self::Warn,
        Self::Roll,
        Self::GateIn,
        Self::GateInEarly,
        Self::Rebook,
        Self::ReleaseCustoms,
        Self::ShutOut,
        Self::Depart,
        Self::Arrive,
        Self::CorrectDate,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Edit => "edit",
            Self::Ask => "ask",
            Self::Cancel => "cancel",
            Self::Confirm => "confirm",
            Self::SendDocuments => "send_documents",
            Self::Warn => "warn",
            Self::Roll => "roll",
            Self::GateIn => "gate_in",
            Self::GateInEarly => "gate_in_early",
            Self::Rebook => "rebook",
            Self::ReleaseCustoms => "release_customs",
            Self::ShutOut => "shut_out",
            Self::Depart => "depart",
            Self::Arrive => "arrive",
            Self::CorrectDate => "correct_date",
        }
    }

    /// The deed that the rights are asked for.
    pub const fn deed(self) -> Deed {
        match self {
            Self::Plan | Self::Edit => Deed::PlanShipment,
            Self::Ask => Deed::AskBooking,
            Self::Cancel => Deed::CancelShipment,
            Self::Confirm => Deed::RecordBookingConfirmation,
            Self::SendDocuments => Deed::SendCustomsDocuments,
            Self::Warn => Deed::WarnForwarder,
            Self::Roll => Deed::RecordRolledCargo,
            Self::GateIn => Deed::RecordGateIn,
            Self::GateInEarly => Deed::GateInEarly,
            Self::Rebook => Deed::RecordRebooking,
            Self::ReleaseCustoms => Deed::RecordCustomsRelease,
            Self::ShutOut => Deed::RecordShutOut,
            Self::Depart => Deed::RecordDeparture,
            Self::Arrive => Deed::RecordArrival,
            Self::CorrectDate => Deed::CorrectShipmentDate,
        }
    }

    /// Whose word it is: ours, an outside party's that is recorded, or either.
    pub const fn told_by(self) -> &'static [Party] {
        match self {
            Self::Plan
            | Self::Edit
            | Self::Ask
            | Self::Cancel
            | Self::SendDocuments
            | Self::Warn
            | Self::GateInEarly
            | Self::CorrectDate => &[Party::Us],
            Self::Confirm | Self::Roll | Self::Rebook => &[Party::Forwarder],
            Self::GateIn | Self::ReleaseCustoms | Self::ShutOut | Self::Depart | Self::Arrive => {
                &[Party::Us, Party::Forwarder]
            }
        }
    }

    /// Moves that begin one, with the stage they lead to.
    pub const BEGINNINGS: [(Self, Stage); 1] = [(Self::Plan, Stage::Planned)];
}
