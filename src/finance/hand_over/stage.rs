//! Stage: the life of a hand-over, as a table of arrows.
//!
//! `expected → returned → handed_over → taken`; what finance sends back is handed over again.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::base::T;
use crate::people::Deed;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    Expected,
    Returned,
    HandedOver,
    SentBack,
    Taken,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    Expect,
    RecordReturn,
    HandOver,
    Take,
    SendBack,
}

impl Stage {
    pub const ALL: [Self; 5] = [
        Self::Expected,
        Self::Returned,
        Self::HandedOver,
        Self::SentBack,
        Self::Taken,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Returned => "returned",
            Self::HandedOver => "handed_over",
            Self::SentBack => "sent_back",
            Self::Taken => "taken",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Expected => t.rebate_hand_over_expected(),
            Self::Returned => t.rebate_hand_over_returned(),
            Self::HandedOver => t.rebate_hand_over_handed_over(),
            Self::SentBack => t.rebate_hand_over_sent_back(),
            Self::Taken => t.rebate_hand_over_taken(),
        }
    }

    pub const fn tone(self) -> &'static str {
        match self {
            Self::Expected => "draft",
            Self::Returned => "info",
            Self::HandedOver => "wait",
            Self::SentBack => "issue",
            Self::Taken => "good",
        }
    }

    /// Where a move leads from here; nothing where the move does not exist.
    pub const fn after(self, step: Move) -> Option<Self> {
        use Stage as S;
        Some(match (self, step) {
            (S::Expected | S::Returned | S::SentBack, Move::RecordReturn) => S::Returned,
            (S::Returned | S::SentBack, Move::HandOver) => S::HandedOver,
            (S::HandedOver, Move::Take) => S::Taken,
            (S::HandedOver, Move::SendBack) => S::SentBack,
            _ => return None,
        })
    }
}

impl Move {
    pub const ALL: [Self; 5] = [
        Self::Expect,
        Self::RecordReturn,
        Self::HandOver,
        Self::Take,
        Self::SendBack,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Expect => "expect",
            Self::RecordReturn => "record_return",
            Self::HandOver => "hand_over",
            Self::Take => "take",
            Self::SendBack => "send_back",
        }
    }

    /// The deed that the rights are asked for; none where the house acts.
    pub const fn deed(self) -> Option<Deed> {
        match self {
            Self::Expect => None,
            Self::RecordReturn => Some(Deed::RecordReturnedPaper),
            Self::HandOver => Some(Deed::HandOverPapers),
            Self::Take => Some(Deed::TakeHandOver),
            Self::SendBack => Some(Deed::SendBackHandOver),
        }
    }

    /// Moves that begin a hand-over, with the stage they lead to.
    pub const BEGINNINGS: [(Self, Stage); 1] = [(Self::Expect, Stage::Expected)];
}
