//! Stage: the life of a receipt, and of what is allocated from it, as two tables of arrows.
//!
//! A receipt is recorded until an order holds some of it; when the last allocation is undone it is recorded again.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::base::T;
use crate::people::Deed;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    Recorded,
    Allocated,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    Record,
    Import,
    Allocate,
}

impl Stage {
    pub const ALL: [Self; 2] = [Self::Recorded, Self::Allocated];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Allocated => "allocated",
        }
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Recorded => t.receipt_stage_recorded(),
            Self::Allocated => t.receipt_stage_allocated(),
        }
    }

    /// The colour family of its mark.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Recorded => "wait",
            Self::Allocated => "good",
        }
    }

    pub const fn after(self, step: Move) -> Option<Self> {
        match (self, step) {
            (Self::Recorded | Self::Allocated, Move::Allocate) => Some(Self::Allocated),
            (Self::Recorded | Self::Allocated, Move::Record | Move::Import) => None,
        }
    }
}

impl Move {
    pub const ALL: [Self; 3] = [Self::Record, Self::Import, Self::Allocate];

    /// Moves that begin a receipt, from no stage.
    pub const BEGINNINGS: [Self; 2] = [Self::Record, Self::Import];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Import => "import",
            Self::Allocate => "allocate",
        }
    }

    pub const fn deed(self) -> Deed {
        match self {
            Self::Record | Self::Import => Deed::RecordReceipt,
            Self::Allocate => Deed::AllocateReceipt,
        }
    }
}

/// What became of money that an order held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AllocationStage {
    Allocated,
    Reversed,
    Refunded,
    ReturnedByBank,
    Kept,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AllocationMove {
    Allocate,
    Reverse,
    Refund,
    ReturnByBank,
    Keep,
}

impl AllocationStage {
    pub const ALL: [Self; 5] = [
        Self::Allocated,
        Self::Reversed,
        Self::Refunded,
        Self::ReturnedByBank,
        Self::Kept,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Allocated => "allocated",
            Self::Reversed => "reversed",
            Self::Refunded => "refunded",
            Self::ReturnedByBank => "returned_by_bank",
            Self::Kept => "kept",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Allocated => t.receipt_stage_allocated(),
            Self::Reversed => t.payment_outcome_reversed(),
            Self::Refunded => t.payment_outcome_refunded(),
            Self::ReturnedByBank => t.payment_outcome_returned_by_bank(),
            Self::Kept => t.payment_outcome_kept(),
        }
    }

    pub const fn tone(self) -> &'static str {
        match self {
            Self::Allocated => "good",
            Self::Kept => "info",
            Self::Reversed | Self::Refunded | Self::ReturnedByBank => "grey",
        }
    }

    pub const fn after(self, step: AllocationMove) -> Option<Self> {
        match (self, step) {
            (Self::Allocated, AllocationMove::Reverse) => Some(Self::Reversed),
            (Self::Allocated, AllocationMove::Refund) => Some(Self::Refunded),
            (Self::Allocated, AllocationMove::ReturnByBank) => Some(Self::ReturnedByBank),
            (Self::Allocated, AllocationMove::Keep) => Some(Self::Kept),
            (Self::Allocated, AllocationMove::Allocate)
            | (Self::Reversed | Self::Refunded | Self::ReturnedByBank | Self::Kept, _) => None,
        }
    }
}

impl AllocationMove {
    pub const ALL: [Self; 5] = [
        Self::Allocate,
        Self::Reverse,
        Self::Refund,
        Self::ReturnByBank,
        Self::Keep,
    ];

    /// Ways out of an order, as the form offers them.
    pub const UNDOING: [Self; 4] = [Self::Reverse, Self::Refund, Self::ReturnByBank, Self::Keep];

    pub const BEGINNINGS: [Self; 1] = [Self::Allocate];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Allocate => "allocate",
            Self::Reverse => "reverse",
            Self::Refund => "refund",
            Self::ReturnByBank => "return_by_bank",
            Self::Keep => "keep",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Allocate => t.receipt_allocate(),
            Self::Reverse => t.receipt_undo_reverse(),
            Self::Refund => t.receipt_undo_refund(),
            Self::ReturnByBank => t.receipt_undo_return_by_bank(),
            Self::Keep => t.receipt_undo_keep(),
        }
    }

    pub const fn deed(self) -> Deed {
        match self {
            Self::Allocate => Deed::AllocateReceipt,
            Self::Reverse => Deed::ReverseAllocation,
            Self::Refund => Deed::RefundAllocation,
            Self::ReturnByBank => Deed::RecordBankReturn,
            Self::Keep => Deed::KeepAllocation,
        }
    }

    /// What the manager is asked for when the order is cancelled (lifecycle 1.7); the bank asks nobody.
    pub const fn plan(self) -> Option<&'static str> {
        match self {
            Self::Reverse => Some("move"),
            Self::Refund => Some("refund"),
            Self::Keep => Some("keep"),
            Self::Allocate | Self::ReturnByBank => None,
        }
    }
}
