//! Stage: the life of one revision of a production order, as a table of arrows.
//!
//! `draft → issued → acknowledged → in_work → ready → closed`; the factory may propose something else, which is accepted
//! or declined; once issued, and until it is closed, a revision gives way to the next one or is made void.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::base::T;
use crate::people::Deed;

/// Where a revision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    Draft,
    Issued,
    Acknowledged,
    CounterProposed,
    Accepted,
    Declined,
    InWork,
    Ready,
    Closed,
    Superseded,
    Void,
}

/// What can be done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    Draft,
    OpenNextRevision,
    Edit,
    ApproveTerms,
    ApproveRevision,
    OverrideGate,
    Issue,
    Acknowledge,
    CounterPropose,
    Accept,
    Decline,
    Start,
    ReportReady,
    Close,
    Supersede,
    Void,
}

impl Stage {
    pub const ALL: [Self; 11] = [
        Self::Draft,
        Self::Issued,
        Self::Acknowledged,
        Self::CounterProposed,
        Self::Accepted,
        Self::Declined,
        Self::InWork,
        Self::Ready,
        Self::Closed,
        Self::Superseded,
        Self::Void,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Issued => "issued",
            Self::Acknowledged => "acknowledged",
            Self::CounterProposed => "counter_proposed",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::InWork => "in_work",
            Self::Ready => "ready",
            Self::Closed => "closed",
            Self::Superseded => "superseded",
            Self::Void => "void",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Draft => t.production_stage_draft(),
            Self::Issued => t.production_stage_issued(),
            Self::Acknowledged => t.production_stage_acknowledged(),
            Self::CounterProposed => t.production_stage_counter_proposed(),
            Self::Accepted => t.production_stage_accepted(),
            Self::Declined => t.production_stage_declined(),
            Self::InWork => t.production_stage_in_work(),
            Self::Ready => t.production_stage_ready(),
            Self::Closed => t.production_stage_closed(),
            Self::Superseded => t.production_stage_superseded(),
            Self::Void => t.production_stage_void(),
        }
    }

    /// The colour family of its mark: draft, wait, info, good, issue, grey, void.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Issued => "wait",
            Self::Acknowledged | Self::Accepted | Self::InWork => "info",
            Self::CounterProposed | Self::Declined => "issue",
            Self::Ready | Self::Closed => "good",
            Self::Superseded => "grey",
            Self::Void => "void",
        }
    }

    /// Where a move leads from here; nothing where the move does not exist.
    pub const fn after(self, step: Move) -> Option<Self> {
        use Stage as S;
        Some(match (self, step) {
            (
                S::Draft,
                Move::Edit | Move::ApproveTerms | Move::ApproveRevision | Move::OverrideGate,
            ) => S::Draft,
            (S::Draft, Move::Issue) => S::Issued,
            (S::Issued | S::Declined, Move::Acknowledge) => S::Acknowledged,
            (S::Issued | S::Declined, Move::CounterPropose) => S::CounterProposed,
            (S::CounterProposed, Move::Accept) => S::Accepted,
            (S::CounterProposed, Move::Decline) => S::Declined,
            (S::Acknowledged | S::Accepted, Move::Start) => S::InWork,
            (S::InWork, Move::ReportReady) => S::Ready,
            (S::Ready, Move::Close) => S::Closed,
            (stage, Move::OpenNextRevision) if stage.runs() => stage,
            (stage, Move::Supersede) if stage.runs() => S::Superseded,
            (stage, Move::Void) if stage.runs() || matches!(stage, S::Draft) => S::Void,
            _ => return None,
        })
    }

    /// With the factory and not closed.
    const fn runs(self) -> bool {
        match self {
            Self::Issued
            | Self::Acknowledged
            | Self::CounterProposed
            | Self::Accepted
            | Self::Declined
            | Self::InWork
            | Self::Ready => true,
            Self::Draft | Self::Closed | Self::Superseded | Self::Void => false,
        }
    }

    /// Issued and not taken back: what it orders counts as covered.
    pub const fn in_force(self) -> bool {
        self.runs() || matches!(self, Self::Closed)
    }

    /// The factory has said yes, or we have said yes to what it proposed.
    pub const fn is_agreed(self) -> bool {
        match self {
            Self::Acknowledged | Self::Accepted | Self::InWork | Self::Ready | Self::Closed => true,
            Self::Draft
            | Self::Issued
            | Self::CounterProposed
            | Self::Declined
            | Self::Superseded
            | Self::Void => false,
        }
    }

    /// Progress is reported from the factory's yes until the goods are ready.
    pub const fn takes_progress(self) -> bool {
        matches!(self, Self::Acknowledged | Self::Accepted | Self::InWork)
    }
}

impl Move {
    /// In the order of a revision's life.
    pub const ALL: [Self; 16] = [
        Self::Draft,
        Self::OpenNextRevision,
        Self::Edit,
        Self::ApproveTerms,
        Self::ApproveRevision,
        Self::OverrideGate,
        Self::Issue,
        Self::Acknowledge,
        Self::CounterPropose,
        Self::Accept,
        Self::Decline,
        Self::Start,
        Self::ReportReady,
        Self::Close,
        Self::Supersede,
        Self::Void,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::OpenNextRevision => "open_next_revision",
            Self::Edit => "edit",
            Self::ApproveTerms => "approve_terms",
            Self::ApproveRevision => "approve_revision",
            Self::OverrideGate => "override_gate",
            Self::Issue => "issue",
            Self::Acknowledge => "acknowledge",
            Self::CounterPropose => "counter_propose",
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Start => "start",
            Self::ReportReady => "report_ready",
            Self::Close => "close",
            Self::Supersede => "supersede",
            Self::Void => "void",
        }
    }

    /// The deed that the rights are asked for; none where the house acts.
    pub const fn deed(self) -> Option<Deed> {
        Some(match self {
            Self::Draft | Self::Edit => Deed::DraftProductionOrder,
            Self::OpenNextRevision => Deed::OpenProductionRevision,
            Self::ApproveTerms => Deed::ApproveTerms,
            Self::ApproveRevision => Deed::ApproveCounterProposal,
            Self::OverrideGate => Deed::OverrideProductionGate,
            Self::Issue => Deed::IssueProductionOrder,
            Self::Acknowledge => Deed::RecordProductionAcknowledgement,
            Self::CounterPropose => Deed::RecordCounterProposal,
            Self::Accept => Deed::AcceptCounterProposal,
            Self::Decline => Deed::DeclineCounterProposal,
            Self::Start => Deed::StartProduction,
            Self::ReportReady => Deed::ReportProductionReady,
            Self::Close => Deed::CloseProductionOrder,
            Self::Void => Deed::VoidDocument,
            Self::Supersede => return None,
        })
    }

    /// The deed of who must say yes where the operator alone may not.
    pub const fn higher_deed(self) -> Option<Deed> {
        match self {
            Self::Accept => Some(Deed::ApproveCounterProposal),
            Self::Draft
            | Self::OpenNextRevision
            | Self::Edit
            | Self::ApproveTerms
            | Self::ApproveRevision
            | Self::OverrideGate
            | Self::Issue
            | Self::Acknowledge
            | Self::CounterPropose
            | Self::Decline
            | Self::Start
            | Self::ReportReady
            | Self::Close
            | Self::Supersede
            | Self::Void => None,
        }
    }

    /// What the factory says and the operator may also state in her own name.
    pub const fn is_said_by_both(self) -> bool {
        matches!(self, Self::Start | Self::ReportReady)
    }

    /// Moves that begin a revision, from no stage.
    pub const BEGINNINGS: [Self; 2] = [Self::Draft, Self::OpenNextRevision];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_issued_is_never_edited_and_what_is_closed_stays() {
        for stage in Stage::ALL {
            assert_eq!(stage.after(Move::Edit).is_some(), stage == Stage::Draft);
        }
        for step in Move::ALL {
            assert_eq!(Stage::Closed.after(step), None);
            assert_eq!(Stage::Void.after(step), None);
        }
    }

    #[test]
    fn a_proposal_that_is_declined_is_answered_again() {
        assert_eq!(Stage::CounterProposed.after(Move::Acknowledge), None);
        assert_eq!(
            Stage::CounterProposed.after(Move::Decline),
            Some(Stage::Declined)
        );
        assert_eq!(
            Stage::Declined.after(Move::Acknowledge),
            Some(Stage::Acknowledged)
        );
        assert!(Stage::Accepted.is_agreed() && !Stage::Declined.is_agreed());
    }
}
