//! Stage: how far a relay has crossed to one addressee, as a table of arrows.
//!
//! `heard → passed on → [seen] → acknowledged → answered → closed`; withdrawn with a reason until it is answered or
//! closed. What is closed closes by itself: every line acknowledged, and answered where an answer is asked.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::base::T;
use crate::people::Deed;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    Heard,
    PassedOn,
    Seen,
    Acknowledged,
    Answered,
    Closed,
    Withdrawn,
}

/// What can be done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    Hear,
    PassOn,
    Withdraw,
    See,
    AcknowledgeLine,
    Answer,
    Close,
}

impl Stage {
    pub const ALL: [Self; 7] = [
        Self::Heard,
        Self::PassedOn,
        Self::Seen,
        Self::Acknowledged,
        Self::Answered,
        Self::Closed,
        Self::Withdrawn,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Heard => "heard",
            Self::PassedOn => "passed_on",
            Self::Seen => "seen",
            Self::Acknowledged => "acknowledged",
            Self::Answered => "answered",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Heard => t.relay_stage_heard(),
            Self::PassedOn => t.relay_stage_passed_on(),
            Self::Seen => t.relay_stage_seen(),
            Self::Acknowledged => t.relay_stage_acknowledged(),
            Self::Answered => t.relay_stage_answered(),
            Self::Closed => t.relay_stage_closed(),
            Self::Withdrawn => t.relay_stage_withdrawn(),
        }
    }

    /// Where a move leads from here; nothing where the move does not exist. An acknowledged line leads on with the
    /// last line only: see [`Move::may_wait_for_other_lines`].
    pub const fn after(self, step: Move) -> Option<Self> {
        use Stage as S;
        Some(match (self, step) {
            (S::Heard, Move::PassOn) => S::PassedOn,
            (S::PassedOn, Move::See) => S::Seen,
            (S::PassedOn | S::Seen, Move::AcknowledgeLine) => S::Acknowledged,
            (S::Acknowledged, Move::Answer) => S::Answered,
            (S::Acknowledged | S::Answered, Move::Close) => S::Closed,
            (S::Heard | S::PassedOn | S::Seen | S::Acknowledged, Move::Withdraw) => S::Withdrawn,
            _ => return None,
        })
    }
}

impl Move {
    /// In the order of a relay's life.
    pub const ALL: [Self; 7] = [
        Self::Hear,
        Self::PassOn,
        Self::Withdraw,
        Self::See,
        Self::AcknowledgeLine,
        Self::Answer,
        Self::Close,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Hear => "hear",
            Self::PassOn => "pass_on",
            Self::Withdraw => "withdraw",
            Self::See => "see",
            Self::AcknowledgeLine => "acknowledge_line",
            Self::Answer => "answer",
            Self::Close => "close",
        }
    }

    /// The deed that the rights are asked for; none where the house or a link acts.
    pub const fn deed(self) -> Option<Deed> {
        Some(match self {
            Self::Hear => Deed::HearRelay,
            Self::PassOn => Deed::PassOnRelay,
            Self::Withdraw => Deed::WithdrawRelay,
            Self::AcknowledgeLine => Deed::RecordRelayAcknowledgement,
            Self::Answer => Deed::RecordRelayAnswer,
            Self::See | Self::Close => return None,
        })
    }

    /// Moves that begin a relay, from no stage.
    pub const BEGINNINGS: [Self; 1] = [Self::Hear];

    /// Moves that leave the stage as it is while other lines are open.
    pub const fn may_wait_for_other_lines(self) -> bool {
        matches!(self, Self::AcknowledgeLine)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leads_out_of_what_is_closed_or_withdrawn() {
        for step in Move::ALL {
            assert_eq!(Stage::Closed.after(step), None);
            assert_eq!(Stage::Withdrawn.after(step), None);
        }
    }

    #[test]
    fn what_is_not_passed_on_cannot_be_acknowledged() {
        assert_eq!(Stage::Heard.after(Move::AcknowledgeLine), None);
        assert_eq!(
            Stage::Seen.after(Move::AcknowledgeLine),
            Some(Stage::Acknowledged)
        );
    }

    #[test]
    fn an_answered_relay_is_not_withdrawn() {
        assert_eq!(Stage::Answered.after(Move::Withdraw), None);
        assert_eq!(
            Stage::Acknowledged.after(Move::Withdraw),
            Some(Stage::Withdrawn)
        );
    }
}
