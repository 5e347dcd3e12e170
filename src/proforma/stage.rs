//! Stage: the life of one revision of a proforma invoice, as a table of arrows.
//!
//! `draft → submitted → approved → sent → confirmed`; returned goes back to draft with the words on top; a customer's
//! wish or a validity day that passes asks for the next revision. A confirmed revision is never edited, only
//! superseded by an amendment that is confirmed in its turn.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::base::T;
use crate::people::Deed;

/// Where a revision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    Draft,
    Submitted,
    Returned,
    Approved,
    Sent,
    Confirmed,
    ChangeRequested,
    Lapsed,
    Superseded,
    Void,
}

/// What can be done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    Draft,
    OpenNextRevision,
    Amend,
    Edit,
    Submit,
    Void,
    Withdraw,
    Remind,
    HandOverDecision,
    AskOpinion,
    Approve,
    Return,
    Revise,
    Send,
    Confirm,
    RequestChange,
    Lapse,
    Supersede,
}

impl Stage {
    pub const ALL: [Self; 10] = [
        Self::Draft,
        Self::Submitted,
        Self::Returned,
        Self::Approved,
        Self::Sent,
        Self::ChangeRequested,
        Self::Lapsed,
        Self::Confirmed,
        Self::Superseded,
        Self::Void,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::Sent => "sent",
            Self::Confirmed => "confirmed",
            Self::ChangeRequested => "change_requested",
            Self::Lapsed => "lapsed",
            Self::Superseded => "superseded",
            Self::Void => "void",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Draft => t.proforma_stage_draft(),
            Self::Submitted => t.proforma_stage_submitted(),
            Self::Returned => t.proforma_stage_returned(),
            Self::Approved => t.proforma_stage_approved(),
            Self::Sent => t.proforma_stage_sent(),
            Self::Confirmed => t.proforma_stage_confirmed(),
            Self::ChangeRequested => t.proforma_stage_change_requested(),
            Self::Lapsed => t.proforma_stage_lapsed(),
            Self::Superseded => t.proforma_stage_superseded(),
            Self::Void => t.proforma_stage_void(),
        }
    }

    /// The colour family of its mark: draft, wait, info, good, issue, grey, void.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted | Self::Sent => "wait",
            Self::Approved => "info",
            Self::Confirmed => "good",
            Self::Returned | Self::ChangeRequested | Self::Lapsed => "issue",
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
            (S::Draft | S::Approved, Move::Void) => S::Void,
            (S::Submitted, Move::Approve) => S::Approved,
            (S::Submitted, Move::Return) => S::Returned,
            (S::Approved, Move::Send) => S::Sent,
            (S::Sent, Move::Confirm) | (S::Confirmed, Move::Amend) => S::Confirmed,
            (S::Sent, Move::RequestChange) => S::ChangeRequested,
            (S::Sent, Move::Lapse) => S::Lapsed,
            (S::ChangeRequested | S::Lapsed, Move::OpenNextRevision)
            | (S::Confirmed, Move::Supersede) => S::Superseded,
            _ => return None,
        })
    }

    /// A revision that still wants something of somebody.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Draft
            | Self::Submitted
            | Self::Returned
            | Self::Approved
            | Self::Sent
            | Self::ChangeRequested
            | Self::Lapsed => true,
            Self::Confirmed | Self::Superseded | Self::Void => false,
        }
    }

    /// Goods and terms may be edited while this is the newest paper.
    pub const fn leaves_order_open(self) -> bool {
        match self {
            Self::Draft | Self::Returned | Self::ChangeRequested | Self::Lapsed | Self::Void => {
                true
            }
            Self::Submitted | Self::Approved | Self::Sent | Self::Confirmed | Self::Superseded => {
                false
            }
        }
    }
}

impl Move {
    /// In the order of a revision's life.
    pub const ALL: [Self; 18] = [
        Self::Draft,
        Self::OpenNextRevision,
        Self::Amend,
        Self::Edit,
        Self::Submit,
        Self::Void,
        Self::Withdraw,
        Self::Remind,
        Self::HandOverDecision,
        Self::AskOpinion,
        Self::Approve,
        Self::Return,
        Self::Revise,
        Self::Send,
        Self::Confirm,
        Self::RequestChange,
        Self::Lapse,
        Self::Supersede,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::OpenNextRevision => "open_next_revision",
            Self::Amend => "amend",
            Self::Edit => "edit",
            Self::Submit => "submit",
            Self::Void => "void",
            Self::Withdraw => "withdraw",
            Self::Remind => "remind",
            Self::HandOverDecision => "hand_over_decision",
            Self::AskOpinion => "ask_opinion",
            Self::Approve => "approve",
            Self::Return => "return",
            Self::Revise => "revise",
            Self::Send => "send",
            Self::Confirm => "confirm",
            Self::RequestChange => "request_change",
            Self::Lapse => "lapse",
            Self::Supersede => "supersede",
        }
    }

    /// The deed that the rights are asked for; none where the house acts.
    pub const fn deed(self) -> Option<Deed> {
        Some(match self {
            Self::Draft | Self::Edit => Deed::DraftProforma,
            Self::OpenNextRevision => Deed::OpenProformaRevision,
            Self::Amend => Deed::AmendProforma,
            Self::Submit => Deed::SubmitProforma,
            Self::Void => Deed::VoidDocument,
            Self::Withdraw => Deed::WithdrawSubmission,
            Self::Remind => Deed::RemindApprover,
            Self::HandOverDecision => Deed::HandOverDecision,
            Self::AskOpinion => Deed::AskOpinion,
            Self::Approve | Self::Return => Deed::ApproveProforma,
            Self::Revise => Deed::ReviseReturned,
            Self::Send => Deed::SendProforma,
            Self::Confirm => Deed::RecordProformaConfirmation,
            Self::RequestChange => Deed::RecordProformaChangeRequest,
            Self::Lapse | Self::Supersede => return None,
        })
    }

    /// Moves that begin a revision, from no stage.
    pub const BEGINNINGS: [Self; 3] = [Self::Draft, Self::OpenNextRevision, Self::Amend];

    /// Moves that may leave the stage as it is because another level is asked first.
    pub const fn may_wait_for_another_level(self) -> bool {
        matches!(self, Self::Approve)
    }
}
