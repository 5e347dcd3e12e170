//! Stage: the life of one round of a sample note 样板单, as a table of arrows.
//!
//! `draft → submitted → signed → sent → acknowledged → received`; returned goes back to draft with the words on top; a
//! rejected sample, or a wish of ours, supersedes the round by the next one.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::base::T;
use crate::people::Deed;

/// Where a round stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    Draft,
    Submitted,
    Returned,
    Signed,
    Sent,
    Acknowledged,
    Received,
    Superseded,
    Void,
}

/// What can be done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    Draft,
    OpenNextRound,
    Edit,
    Submit,
    Void,
    Withdraw,
    Remind,
    HandOverDecision,
    AskOpinion,
    Sign,
    Return,
    Revise,
    Send,
    Acknowledge,
    Receive,
}

impl Stage {
    pub const ALL: [Self; 9] = [
        Self::Draft,
        Self::Submitted,
        Self::Returned,
        Self::Signed,
        Self::Sent,
        Self::Acknowledged,
        Self::Received,
        Self::Superseded,
        Self::Void,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Signed => "signed",
            Self::Sent => "sent",
            Self::Acknowledged => "acknowledged",
            Self::Received => "received",
            Self::Superseded => "superseded",
            Self::Void => "void",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Draft => t.samples_stage_draft(),
            Self::Submitted => t.samples_stage_submitted(),
            Self::Returned => t.samples_stage_returned(),
            Self::Signed => t.samples_stage_signed(),
            Self::Sent => t.samples_stage_sent(),
            Self::Acknowledged => t.samples_stage_acknowledged(),
            Self::Received => t.samples_stage_received(),
            Self::Superseded => t.samples_stage_superseded(),
            Self::Void => t.samples_stage_void(),
        }
    }

    /// The colour family of its mark: draft, wait, info, good, issue, grey, void.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted | Self::Sent => "wait",
            Self::Signed | Self::Acknowledged => "info",
            Self::Received => "good",
            Self::Returned => "issue",
            Self::Superseded => "grey",
            Self::Void => "void",
        }
    }

    /// Where a move leads from here; nothing where the move does not exist.
    pub const fn after(self, step: Move) -> Option<Self> {
        use Stage as S;
        Some(match (self, step) {
            (S::Draft, Move::Edit)
            | (S::Submitted, Move::Withdraw)
            | (S::Returned, Move::Revise) => S::Draft,
            (S::Draft, Move::Submit)
            | (S::Submitted, Move::Remind | Move::HandOverDecision | Move::AskOpinion) => {
                S::Submitted
            }
            (S::Draft | S::Signed, Move::Void) => S::Void,
            (S::Submitted, Move::Sign) => S::Signed,
            (S::Submitted, Move::Return) => S::Returned,
            (S::Signed, Move::Send) => S::Sent,
            (S::Sent, Move::Acknowledge) => S::Acknowledged,
            (S::Acknowledged, Move::Receive) => S::Received,
            (S::Sent | S::Acknowledged | S::Received, Move::OpenNextRound) => S::Superseded,
            _ => return None,
        })
    }

    /// The newest round of a sample that is still wanted.
    pub const fn is_alive(self) -> bool {
        !matches!(self, Self::Superseded | Self::Void)
    }
}

impl Move {
    /// In the order of a round's life.
    pub const ALL: [Self; 15] = [
        Self::Draft,
        Self::OpenNextRound,
        Self::Edit,
        Self::Submit,
        Self::Void,
        Self::Withdraw,
        Self::Remind,
        Self::HandOverDecision,
        Self::AskOpinion,
        Self::Sign,
        Self::Return,
        Self::Revise,
        Self::Send,
        Self::Acknowledge,
        Self::Receive,
    ];

    /// Moves that begin a round, from no stage.
    pub const BEGINNINGS: [Self; 2] = [Self::Draft, Self::OpenNextRound];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::OpenNextRound => "open_next_round",
            Self::Edit => "edit",
            Self::Submit => "submit",
            Self::Void => "void",
            Self::Withdraw => "withdraw",
            Self::Remind => "remind",
            Self::HandOverDecision => "hand_over_decision",
            Self::AskOpinion => "ask_opinion",
            Self::Sign => "sign",
            Self::Return => "return",
            Self::Revise => "revise",
            Self::Send => "send",
            Self::Acknowledge => "acknowledge",
            Self::Receive => "receive",
        }
    }

    /// The deed that the rights are asked for.
    pub const fn deed(self) -> Deed {
        match self {
            Self::Draft | Self::Edit => Deed::DraftSampleNote,
            Self::OpenNextRound => Deed::OpenSampleRound,
            Self::Submit => Deed::SubmitSampleNote,
            Self::Void => Deed::VoidDocument,
            Self::Withdraw => Deed::WithdrawSubmission,
            Self::Remind => Deed::RemindApprover,
            Self::HandOverDecision => Deed::HandOverDecision,
            Self::AskOpinion => Deed::AskOpinion,
            Self::Sign | Self::Return => Deed::SignSampleNote,
            Self::Revise => Deed::ReviseReturned,
            Self::Send => Deed::SendSampleNote,
            Self::Acknowledge => Deed::RecordSampleNoteAcknowledgement,
            Self::Receive => Deed::ReceiveSample,
        }
    }

    /// Whether the house does it by itself too: a rejected sample opens the next round within the verdict.
    pub const fn by_house(self, from: Option<Stage>) -> bool {
        matches!(self, Self::OpenNextRound) && matches!(from, None | Some(Stage::Received))
    }
}
