//! Stage: the life of a change order, as a table of arrows.
//!
//! One open state, in which the answers that the changed fields ask for are collected in any order: the manager's, the
//! customer's, the factory's line by line. Applied when none is missing; refused by any of the three; withdrawn by us.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::base::T;
use crate::people::Deed;

/// Where a change order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    Raised,
    Applied,
    Refused,
    Withdrawn,
}

/// What can be done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    Raise,
    Remind,
    HandOverDecision,
    AskOpinion,
    Approve,
    Agree,
    AcknowledgeLine,
    Apply,
    Refuse,
    Withdraw,
}

impl Stage {
    pub const ALL: [Self; 4] = [Self::Raised, Self::Applied, Self::Refused, Self::Withdrawn];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Raised => "raised",
            Self::Applied => "applied",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Raised => t.changes_stage_raised(),
            Self::Applied => t.changes_stage_applied(),
            Self::Refused => t.changes_stage_refused(),
            Self::Withdrawn => t.changes_stage_withdrawn(),
        }
    }

    /// The colour family of its mark.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Raised => "wait",
            Self::Applied => "good",
            Self::Refused => "issue",
            Self::Withdrawn => "void",
        }
    }

    /// Where a move leads from here; nothing where the move does not exist.
    pub const fn after(self, step: Move) -> Option<Self> {
        match (self, step) {
            (
                Self::Raised,
                Move::Remind
                | Move::HandOverDecision
                | Move::AskOpinion
                | Move::Approve
                | Move::Agree
                | Move::AcknowledgeLine,
            ) => Some(Self::Raised),
            (Self::Raised, Move::Apply) => Some(Self::Applied),
            (Self::Raised, Move::Refuse) => Some(Self::Refused),
            (Self::Raised, Move::Withdraw) => Some(Self::Withdrawn),
            (Self::Raised, Move::Raise) | (Self::Applied | Self::Refused | Self::Withdrawn, _) => {
                None
            }
        }
    }
}

impl Move {
    /// In the order of a change order's life.
    pub const ALL: [Self; 10] = [
        Self::Raise,
        Self::Remind,
        Self::HandOverDecision,
        Self::AskOpinion,
        Self::Approve,
        Self::Agree,
        Self::AcknowledgeLine,
        Self::Apply,
        Self::Refuse,
        Self::Withdraw,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Raise => "raise",
            Self::Remind => "remind",
            Self::HandOverDecision => "hand_over_decision",
            Self::AskOpinion => "ask_opinion",
            Self::Approve => "approve",
            Self::Agree => "agree",
            Self::AcknowledgeLine => "acknowledge_line",
            Self::Apply => "apply",
            Self::Refuse => "refuse",
            Self::Withdraw => "withdraw",
        }
    }

    /// The deed that the rights are asked for. A manager refuses by the deed of approving; the other two no's are
    /// recorded.
    pub const fn deed(self) -> Deed {
        match self {
            Self::Raise => Deed::RaiseChangeOrder,
            Self::Remind => Deed::RemindApprover,
            Self::HandOverDecision => Deed::HandOverDecision,
            Self::AskOpinion => Deed::AskOpinion,
            Self::Approve => Deed::ApproveChangeOrder,
            Self::Agree => Deed::RecordChangeOrderAgreement,
            Self::AcknowledgeLine => Deed::RecordChangeOrderAcknowledgement,
            Self::Apply => Deed::ApplyChangeOrder,
            Self::Refuse => Deed::RecordChangeOrderRefusal,
            Self::Withdraw => Deed::WithdrawChangeOrder,
        }
    }
}
