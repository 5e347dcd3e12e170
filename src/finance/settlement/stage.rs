//! Stage: foreign exchange waits with its receipt, is settled 结汇 or retained 原币, and comes back by a row.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::base::T;
use crate::people::Deed;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    Queued,
    Settled,
    Retained,
    Reversed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    Queue,
    Settle,
    Retain,
    Reverse,
}

impl Stage {
    pub const ALL: [Self; 4] = [Self::Queued, Self::Settled, Self::Retained, Self::Reversed];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Settled => "settled",
            Self::Retained => "retained",
            Self::Reversed => "reversed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Queued => t.settlement_stage_queued(),
            Self::Settled => t.settlement_stage_settled(),
            Self::Retained => t.settlement_stage_retained(),
            Self::Reversed => t.settlement_stage_reversed(),
        }
    }

    /// The colour family of its mark.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Queued => "wait",
            Self::Settled => "good",
            Self::Retained => "info",
            Self::Reversed => "grey",
        }
    }

    pub const fn after(self, step: Move) -> Option<Self> {
        match (self, step) {
            (Self::Queued, Move::Settle) => Some(Self::Settled),
            (Self::Queued, Move::Retain) => Some(Self::Retained),
            (Self::Settled | Self::Retained, Move::Reverse) => Some(Self::Reversed),
            (Self::Queued, Move::Queue | Move::Reverse)
            | (Self::Settled | Self::Retained, Move::Queue | Move::Settle | Move::Retain)
            | (Self::Reversed, _) => None,
        }
    }
}

impl Move {
    pub const ALL: [Self; 4] = [Self::Queue, Self::Settle, Self::Retain, Self::Reverse];

    /// Moves that begin a settlement, from no stage.
    pub const BEGINNINGS: [Self; 1] = [Self::Queue];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Queue => "queue",
            Self::Settle => "settle",
            Self::Retain => "retain",
            Self::Reverse => "reverse",
        }
    }

    /// None where the house acts: it queues with the receipt.
    pub const fn deed(self) -> Option<Deed> {
        match self {
            Self::Queue => None,
            Self::Settle => Some(Deed::SettleExchange),
            Self::Retain => Some(Deed::RetainExchange),
            Self::Reverse => Some(Deed::ReverseSettlement),
        }
    }

    /// A part settled leaves the rest queued.
    pub const fn may_leave_a_rest(self) -> bool {
        matches!(self, Self::Settle)
    }
}
