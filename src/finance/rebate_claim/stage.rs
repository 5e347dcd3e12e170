//! Stage: the life of a rebate claim, as a table of arrows.
//!
//! `collecting → complete → declared → approved → received`; the tax office may query it, and it may end rejected, turned
//! exempt, taxed, or not applicable.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::base::T;
use crate::people::Deed;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    Collecting,
    Complete,
    Declared,
    Queried,
    Approved,
    Received,
    Rejected,
    TurnedExempt,
    Taxed,
    NotApplicable,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    Collect,
    Complete,
    Declare,
    Query,
    Approve,
    Receive,
    Reject,
    TurnExempt,
    Tax,
    DeclareNotApplicable,
}

impl Stage {
    pub const ALL: [Self; 10] = [
        Self::Collecting,
        Self::Complete,
        Self::Declared,
        Self::Queried,
        Self::Approved,
        Self::Received,
        Self::Rejected,
        Self::TurnedExempt,
        Self::Taxed,
        Self::NotApplicable,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Collecting => "collecting",
            Self::Complete => "complete",
            Self::Declared => "declared",
            Self::Queried => "queried",
            Self::Approved => "approved",
            Self::Received => "received",
            Self::Rejected => "rejected",
            Self::TurnedExempt => "turned_exempt",
            Self::Taxed => "taxed",
            Self::NotApplicable => "not_applicable",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Collecting => t.rebate_claim_collecting(),
            Self::Complete => t.rebate_claim_complete(),
            Self::Declared => t.rebate_claim_declared(),
            Self::Queried => t.rebate_claim_queried(),
            Self::Approved => t.rebate_claim_approved(),
            Self::Received => t.rebate_claim_received(),
            Self::Rejected => t.rebate_claim_rejected(),
            Self::TurnedExempt => t.rebate_claim_turned_exempt(),
            Self::Taxed => t.rebate_claim_taxed(),
            Self::NotApplicable => t.rebate_claim_not_applicable(),
        }
    }

    pub const fn tone(self) -> &'static str {
        match self {
            Self::Collecting => "draft",
            Self::Complete | Self::Approved => "info",
            Self::Declared => "wait",
            Self::Queried | Self::Rejected => "issue",
            Self::Received => "good",
            Self::TurnedExempt | Self::Taxed | Self::NotApplicable => "grey",
        }
    }

    /// Where a move leads from here; nothing where the move does not exist.
    pub const fn after(self, step: Move) -> Option<Self> {
        use Stage as S;
        Some(match (self, step) {
            (S::Collecting, Move::Collect) => S::Collecting,
            (S::Collecting, Move::Complete) => S::Complete,
            (S::Collecting, Move::DeclareNotApplicable) => S::NotApplicable,
            (S::Complete, Move::Declare) => S::Declared,
            (S::Declared, Move::Query) => S::Queried,
            (S::Declared | S::Queried, Move::Approve) => S::Approved,
            (S::Queried, Move::Reject) => S::Rejected,
            (S::Collecting | S::Complete | S::Queried, Move::TurnExempt) => S::TurnedExempt,
            (S::Collecting | S::Complete | S::Queried, Move::Tax) => S::Taxed,
            (S::Approved, Move::Receive) => S::Received,
            _ => return None,
        })
    }
}

impl Move {
    pub const ALL: [Self; 10] = [
        Self::Collect,
        Self::Complete,
        Self::Declare,
        Self::Query,
        Self::Approve,
        Self::Receive,
        Self::Reject,
        Self::TurnExempt,
        Self::Tax,
        Self::DeclareNotApplicable,
    ];

    /// Moves that begin a claim, with the stage they lead to.
    pub const BEGINNINGS: [(Self, Stage); 2] = [
        (Self::Collect, Stage::Collecting),
        (Self::DeclareNotApplicable, Stage::NotApplicable),
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Collect => "collect",
            Self::Complete => "complete",
            Self::Declare => "declare",
            Self::Query => "query",
            Self::Approve => "approve",
            Self::Receive => "receive",
            Self::Reject => "reject",
            Self::TurnExempt => "turn_exempt",
            Self::Tax => "tax",
            Self::DeclareNotApplicable => "declare_not_applicable",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == text)
    }

    pub const fn deed(self) -> Deed {
        match self {
            Self::Collect => Deed::CollectRebate,
            Self::Complete => Deed::CompleteRebate,
            Self::Declare => Deed::DeclareRebate,
            Self::Query => Deed::RecordRebateQuery,
            Self::Approve => Deed::RecordRebateApproval,
            Self::Receive => Deed::RecordRebateReceipt,
            Self::Reject => Deed::RecordRebateRejection,
            Self::TurnExempt => Deed::TurnRebateExempt,
            Self::Tax => Deed::TaxRebateClaim,
            Self::DeclareNotApplicable => Deed::DeclareRebateNotApplicable,
        }
    }

    /// The button that does it.
    pub fn verb(self, t: T) -> &'static str {
        match self {
            Self::Collect => t.rebate_step_collect(),
            Self::Complete => t.rebate_step_complete(),
            Self::Declare => t.rebate_step_declare(),
            Self::Query => t.rebate_step_query(),
            Self::Approve => t.rebate_step_approve(),
            Self::Receive => t.rebate_step_receive(),
            Self::Reject => t.rebate_step_reject(),
            Self::TurnExempt => t.rebate_step_turn_exempt(),
            Self::Tax => t.rebate_step_tax(),
            Self::DeclareNotApplicable => t.rebate_step_not_applicable(),
        }
    }

    /// Along the line to the money; the others end the claim in another way.
    pub const fn forward(self) -> bool {
        matches!(
            self,
            Self::Complete | Self::Declare | Self::Approve | Self::Receive
        )
    }
}
