//! Stage: the life of one inspection, as a table of arrows.
//!
//! `planned → done → passed | failed | pending`; pending is decided later; the manager may waive what is not passed. One
//! that is planned is called off with its order.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::base::T;
use crate::people::Deed;

/// Where an inspection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    Planned,
    Done,
    Passed,
    Failed,
    Pending,
    Waived,
    CalledOff,
}

/// What can be done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    Plan,
    Edit,
    Record,
    Waive,
    Pass,
    Fail,
    LeavePending,
    CallOff,
}

impl Stage {
    pub const ALL: [Self; 7] = [
        Self::Planned,
        Self::Done,
        Self::Passed,
        Self::Failed,
        Self::Pending,
        Self::Waived,
        Self::CalledOff,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Done => "done",
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Pending => "pending",
            Self::Waived => "waived",
            Self::CalledOff => "called_off",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Planned => t.inspections_stage_planned(),
            Self::Done => t.inspections_stage_done(),
            Self::Passed => t.inspections_stage_passed(),
            Self::Failed => t.inspections_stage_failed(),
            Self::Pending => t.inspections_stage_pending(),
            Self::Waived => t.inspections_stage_waived(),
            Self::CalledOff => t.inspections_stage_called_off(),
        }
    }

    /// The colour family of its mark.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Planned => "draft",
            Self::Done => "info",
            Self::Passed => "good",
            Self::Failed => "issue",
            Self::Pending => "wait",
            Self::Waived => "grey",
            Self::CalledOff => "void",
        }
    }

    /// Where a move leads from here; nothing where the move does not exist.
    pub const fn after(self, step: Move) -> Option<Self> {
        use Stage as S;
        Some(match (self, step) {
            (S::Planned, Move::Edit) => S::Planned,
            (S::Planned, Move::Record) => S::Done,
            (S::Planned, Move::CallOff) => S::CalledOff,
            (S::Done | S::Pending, Move::Pass) => S::Passed,
            (S::Done | S::Pending, Move::Fail) => S::Failed,
            (S::Done, Move::LeavePending) => S::Pending,
            (S::Planned | S::Done | S::Pending | S::Failed, Move::Waive) => S::Waived,
            _ => return None,
        })
    }
}

impl Move {
    /// In the order of an inspection's life.
    pub const ALL: [Self; 8] = [
        Self::Plan,
        Self::Edit,
        Self::Record,
        Self::Waive,
        Self::Pass,
        Self::Fail,
        Self::LeavePending,
        Self::CallOff,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Edit => "edit",
            Self::Record => "record",
            Self::Waive => "waive",
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::LeavePending => "leave_pending",
            Self::CallOff => "call_off",
        }
    }

    /// The deed that the rights are asked for. It is called off by the deed that ends the order.
    pub const fn deed(self) -> Deed {
        match self {
            Self::Plan | Self::Edit => Deed::PlanInspection,
            Self::Record => Deed::RecordInspection,
            Self::Waive => Deed::WaiveInspection,
            Self::Pass | Self::Fail | Self::LeavePending => Deed::JudgeInspection,
            Self::CallOff => Deed::CancelOrder,
        }
    }
}
