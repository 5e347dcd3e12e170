//! Stage: the life of a transport document 运输单据, as a table of arrows.
//!
//! `instructions sent → draft received → checked → sent to customer → confirmed → issued → released`. A new draft comes
//! after our own differences and after the customer's correction; by courier the waybill is issued at once.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::base::{Party, T};
use crate::people::Deed;

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    InstructionsSent,
    DraftReceived,
    Checked,
    SentToCustomer,
    Confirmed,
    CorrectionAsked,
    Issued,
    Released,
}

/// What can be done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    SendInstructions,
    ReceiveDraft,
    Check,
    WaiveDifference,
    SendToCustomer,
    Confirm,
    AskCorrection,
    Reset,
    Issue,
    Release,
    ReleaseEarly,
}

impl Stage {
    pub const ALL: [Self; 8] = [
        Self::InstructionsSent,
        Self::DraftReceived,
        Self::Checked,
        Self::SentToCustomer,
        Self::Confirmed,
        Self::CorrectionAsked,
        Self::Issued,
        Self::Released,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::InstructionsSent => "instructions_sent",
            Self::DraftReceived => "draft_received",
            Self::Checked => "checked",
            Self::SentToCustomer => "sent_to_customer",
            Self::Confirmed => "confirmed",
            Self::CorrectionAsked => "correction_asked",
            Self::Issued => "issued",
            Self::Released => "released",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::InstructionsSent => t.shipping_transport_instructions_sent(),
            Self::DraftReceived => t.shipping_transport_draft_received(),
            Self::Checked => t.shipping_transport_checked(),
            Self::SentToCustomer => t.shipping_transport_sent_to_customer(),
            Self::Confirmed => t.shipping_transport_confirmed(),
            Self::CorrectionAsked => t.shipping_transport_correction_asked(),
            Self::Issued => t.shipping_transport_issued(),
            Self::Released => t.shipping_transport_released(),
        }
    }

    /// The colour family of its mark.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::InstructionsSent | Self::SentToCustomer => "wait",
            Self::DraftReceived | Self::Checked | Self::Issued => "info",
            Self::Confirmed | Self::Released => "good",
            Self::CorrectionAsked => "issue",
        }
    }

    /// Where a move leads from here; nothing where the move does not exist.
    pub const fn after(self, step: Move) -> Option<Self> {
        use Stage as S;
        Some(match (self, step) {
            (S::InstructionsSent | S::Checked | S::CorrectionAsked, Move::ReceiveDraft) => {
                S::DraftReceived
            }
            (S::DraftReceived, Move::Check) | (S::Checked, Move::WaiveDifference) => S::Checked,
            (S::Checked, Move::SendToCustomer) => S::SentToCustomer,
            (S::SentToCustomer, Move::Confirm) => S::Confirmed,
            (S::SentToCustomer, Move::AskCorrection) => S::CorrectionAsked,
            (
                S::DraftReceived
                | S::Checked
                | S::SentToCustomer
                | S::Confirmed
                | S::CorrectionAsked,
                Move::Reset,
            ) => S::InstructionsSent,
            (S::Confirmed, Move::Issue) => S::Issued,
            (S::Issued, Move::Release | Move::ReleaseEarly) => S::Released,
            _ => return None,
        })
    }
}

impl Move {
    pub const ALL: [Self; 11] = [
        Self::SendInstructions,
        Self::ReceiveDraft,
        Self::Check,
        Self::WaiveDifference,
        Self::SendToCustomer,
        Self::Confirm,
        Self::AskCorrection,
        Self::Reset,
        Self::Issue,
        Self::Release,
        Self::ReleaseEarly,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::SendInstructions => "send_instructions",
            Self::ReceiveDraft => "receive_draft",
            Self::Check => "check",
            Self::WaiveDifference => "waive_difference",
            Self::SendToCustomer => "send_to_customer",
            Self::Confirm => "confirm",
            Self::AskCorrection => "ask_correction",
            Self::Reset => "reset",
            Self::Issue => "issue",
            Self::Release => "release",
            Self::ReleaseEarly => "release_early",
        }
    }

    /// The deed that the rights are asked for.
    pub const fn deed(self) -> Deed {
        match self {
            Self::SendInstructions => Deed::SendShippingInstructions,
            Self::ReceiveDraft => Deed::RecordTransportDraft,
            Self::Check => Deed::CheckTransportDocument,
            Self::WaiveDifference => Deed::WaiveTransportDifference,
            Self::SendToCustomer => Deed::SendTransportDocument,
            Self::Confirm => Deed::RecordTransportConfirmation,
            // Part of the roll or the shut-out, by whoever records that.
            Self::AskCorrection | Self::Reset => Deed::RecordTransportCorrection,
            Self::Issue => Deed::RecordTransportIssue,
            Self::Release => Deed::ReleaseTransportDocument,
            Self::ReleaseEarly => Deed::ReleaseTransportDocumentEarly,
        }
    }

    /// Whose word it is: ours, an outside party's that is recorded, or either; nobody's where the house does it.
    pub const fn told_by(self) -> &'static [Party] {
        match self {
            Self::SendInstructions
            | Self::Check
            | Self::WaiveDifference
            | Self::SendToCustomer
            | Self::Release
            | Self::ReleaseEarly => &[Party::Us],
            Self::ReceiveDraft | Self::Issue => &[Party::Us, Party::Forwarder],
            Self::Confirm | Self::AskCorrection => &[Party::Customer],
            Self::Reset => &[],
        }
    }

    /// Moves that begin one, with the stage they lead to.
    pub const BEGINNINGS: [(Self, Stage); 2] = [
        (Self::SendInstructions, Stage::InstructionsSent),
        (Self::Issue, Stage::Issued),
    ];
}
