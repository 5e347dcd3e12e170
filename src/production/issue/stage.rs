//! Stage: the life of one issue, as a table of arrows.
//!
//! `reported → with sales → with the customer → agreed → conveyed → acknowledged → resolved → closed`; agreed without
//! asking where the customer is not concerned; dropped with a reason until a result is agreed.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::base::T;
use crate::people::Deed;

/// Where an issue stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    Reported,
    WithSales,
    WithCustomer,
    Agreed,
    Conveyed,
    Acknowledged,
    Resolved,
    Closed,
    Dropped,
}

/// What can be done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    Report,
    HandToSales,
    Drop,
    AskCustomer,
    Agree,
    Convey,
    Acknowledge,
    Resolve,
    Close,
}

impl Stage {
    pub const ALL: [Self; 9] = [
        Self::Reported,
        Self::WithSales,
        Self::WithCustomer,
        Self::Agreed,
        Self::Conveyed,
        Self::Acknowledged,
        Self::Resolved,
        Self::Closed,
        Self::Dropped,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::WithSales => "with_sales",
            Self::WithCustomer => "with_customer",
            Self::Agreed => "agreed",
            Self::Conveyed => "conveyed",
            Self::Acknowledged => "acknowledged",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
            Self::Dropped => "dropped",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Reported => t.issues_stage_reported(),
            Self::WithSales => t.issues_stage_with_sales(),
            Self::WithCustomer => t.issues_stage_with_customer(),
            Self::Agreed => t.issues_stage_agreed(),
            Self::Conveyed => t.issues_stage_conveyed(),
            Self::Acknowledged => t.issues_stage_acknowledged(),
            Self::Resolved => t.issues_stage_resolved(),
            Self::Closed => t.issues_stage_closed(),
            Self::Dropped => t.issues_stage_dropped(),
        }
    }

    /// The colour family of its mark.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Reported | Self::WithSales => "issue",
            Self::WithCustomer | Self::Conveyed => "wait",
            Self::Agreed | Self::Acknowledged => "info",
            Self::Resolved | Self::Closed => "good",
            Self::Dropped => "void",
        }
    }

    /// Where a move leads from here; nothing where the move does not exist.
    pub const fn after(self, step: Move) -> Option<Self> {
        use Stage as S;
        Some(match (self, step) {
            (S::Reported, Move::HandToSales) => S::WithSales,
            (S::Reported | S::WithSales | S::WithCustomer, Move::Drop) => S::Dropped,
            (S::WithSales, Move::AskCustomer) => S::WithCustomer,
            (S::WithSales | S::WithCustomer, Move::Agree) => S::Agreed,
            (S::Agreed, Move::Convey) => S::Conveyed,
            (S::Conveyed, Move::Acknowledge) => S::Acknowledged,
            (S::Acknowledged, Move::Resolve) => S::Resolved,
            (S::Resolved, Move::Close) => S::Closed,
            _ => return None,
        })
    }

    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Dropped)
    }

    /// Nobody knows yet what will be done about it.
    pub const fn wants_a_result(self) -> bool {
        matches!(self, Self::Reported | Self::WithSales | Self::WithCustomer)
    }
}

impl Move {
    /// In the order of an issue's life.
    pub const ALL: [Self; 9] = [
        Self::Report,
        Self::HandToSales,
        Self::Drop,
        Self::AskCustomer,
        Self::Agree,
        Self::Convey,
        Self::Acknowledge,
        Self::Resolve,
        Self::Close,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::HandToSales => "hand_to_sales",
            Self::Drop => "drop",
            Self::AskCustomer => "ask_customer",
            Self::Agree => "agree",
            Self::Convey => "convey",
            Self::Acknowledge => "acknowledge",
            Self::Resolve => "resolve",
            Self::Close => "close",
        }
    }

    /// The deed that the rights are asked for.
    pub const fn deed(self) -> Deed {
        match self {
            Self::Report => Deed::ReportIssue,
            Self::HandToSales => Deed::HandIssueToSales,
            Self::Drop => Deed::DropIssue,
            Self::AskCustomer => Deed::AskCustomerAboutIssue,
            Self::Agree => Deed::AgreeIssue,
            Self::Convey => Deed::ConveyIssue,
            Self::Acknowledge => Deed::RecordIssueAcknowledgement,
            Self::Resolve => Deed::ResolveIssue,
            Self::Close => Deed::CloseIssue,
        }
    }

    /// Leaves the stage as it is while other factories have not acknowledged.
    pub const fn may_wait_for_other_factories(self) -> bool {
        matches!(self, Self::Acknowledge)
    }

    /// Also the factory's own act, through its link.
    pub const fn is_of_the_factory_too(self) -> bool {
        matches!(self, Self::Report)
    }
}
