//! Stage: the life of a payable 应付款, as a table of arrows. It is asked, approved by the manager and paid by finance,
//! never by who approved it; what was paid comes back by a row. Where the payee's account changed after the yes it is asked
//! anew.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::base::T;
use crate::people::Deed;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    Draft,
    Asked,
    Returned,
    Approved,
    Paid,
    Reversed,
    Void,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    Ask,
    Edit,
    Void,
    Withdraw,
    Remind,
    HandOverDecision,
    AskOpinion,
    Approve,
    Return,
    Revise,
    Pay,
    NoteInvoice,
    Reverse,
}

impl Stage {
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Asked,
        Self::Returned,
        Self::Approved,
        Self::Paid,
        Self::Reversed,
        Self::Void,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Asked => "asked",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::Paid => "paid",
            Self::Reversed => "reversed",
            Self::Void => "void",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Draft => t.payable_stage_draft(),
            Self::Asked => t.payable_stage_asked(),
            Self::Returned => t.payable_stage_returned(),
            Self::Approved => t.payable_stage_approved(),
            Self::Paid => t.payable_stage_paid(),
            Self::Reversed => t.payable_stage_reversed(),
            Self::Void => t.payable_stage_void(),
        }
    }

    /// The colour family of its mark.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Asked => "wait",
            Self::Returned => "issue",
            Self::Approved => "info",
            Self::Paid => "good",
            Self::Reversed => "grey",
            Self::Void => "void",
        }
    }

    /// Where a move leads from here; nothing where the move does not exist.
    pub const fn after(self, step: Move) -> Option<Self> {
        use Stage as S;
        Some(match (self, step) {
            (S::Draft, Move::Edit) | (S::Asked, Move::Withdraw) | (S::Returned, Move::Revise) => {
                S::Draft
            }
            (S::Draft | S::Approved, Move::Ask)
            | (S::Asked, Move::Remind | Move::HandOverDecision | Move::AskOpinion) => S::Asked,
            (S::Draft | S::Approved, Move::Void) => S::Void,
            (S::Asked, Move::Approve) => S::Approved,
            (S::Asked, Move::Return) => S::Returned,
            (S::Approved, Move::Pay) => S::Paid,
            (stage @ (S::Asked | S::Approved | S::Paid), Move::NoteInvoice) => stage,
            (S::Paid, Move::Reverse) => S::Reversed,
            _ => return None,
        })
    }
}

impl Move {
    pub const ALL: [Self; 13] = [
        Self::Ask,
        Self::Edit,
        Self::Void,
        Self::Withdraw,
        Self::Remind,
        Self::HandOverDecision,
        Self::AskOpinion,
        Self::Approve,
        Self::Return,
        Self::Revise,
        Self::Pay,
        Self::NoteInvoice,
        Self::Reverse,
    ];

    /// Moves that begin a payable, from no stage; it is asked as soon as it is written.
    pub const BEGINNINGS: [Self; 1] = [Self::Ask];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Edit => "edit",
            Self::Void => "void",
            Self::Withdraw => "withdraw",
            Self::Remind => "remind",
            Self::HandOverDecision => "hand_over_decision",
            Self::AskOpinion => "ask_opinion",
            Self::Approve => "approve",
            Self::Return => "return",
            Self::Revise => "revise",
            Self::Pay => "pay",
            Self::NoteInvoice => "note_invoice",
            Self::Reverse => "reverse",
        }
    }

    pub const fn deed(self) -> Deed {
        match self {
            Self::Ask | Self::Edit | Self::NoteInvoice => Deed::AskPayable,
            Self::Void => Deed::VoidDocument,
            Self::Withdraw => Deed::WithdrawSubmission,
            Self::Remind => Deed::RemindApprover,
            Self::HandOverDecision => Deed::HandOverDecision,
            Self::AskOpinion => Deed::AskOpinion,
            Self::Approve | Self::Return => Deed::ApprovePayable,
            Self::Revise => Deed::ReviseReturned,
            Self::Pay => Deed::PayPayable,
            Self::Reverse => Deed::ReversePayment,
        }
    }

    /// Moves that may leave the stage as it is because another level is asked first.
    pub const fn may_wait_for_another_level(self) -> bool {
        matches!(self, Self::Approve)
    }
}
