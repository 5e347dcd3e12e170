//! Stage: the life of a letter of credit, as a table of arrows.
//!
//! `expected → received → examined → workable → drawn → exhausted`; what the examination finds is asked to be amended,
//! and after the answer, as after every amendment we take, the credit is examined again. The calendar ends a credit,
//! whatever stage it has reached.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::base::T;
use crate::people::Deed;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    Expected,
    Received,
    Examined,
    AmendmentAsked,
    Amended,
    Refused,
    Workable,
    Drawn,
    Exhausted,
    Expired,
    Cancelled,
}

/// What can be done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    Expect,
    Receive,
    Examine,
    AskAmendment,
    Amend,
    Refuse,
    DeclareWorkable,
    Draw,
    Exhaust,
    Expire,
    Cancel,
}

impl Stage {
    pub const ALL: [Self; 11] = [
        Self::Expected,
        Self::Received,
        Self::Examined,
        Self::AmendmentAsked,
        Self::Amended,
        Self::Refused,
        Self::Workable,
        Self::Drawn,
        Self::Exhausted,
        Self::Expired,
        Self::Cancelled,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Received => "received",
            Self::Examined => "examined",
            Self::AmendmentAsked => "amendment_asked",
            Self::Amended => "amended",
            Self::Refused => "refused",
            Self::Workable => "workable",
            Self::Drawn => "drawn",
            Self::Exhausted => "exhausted",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Expected => t.credits_stage_expected(),
            Self::Received => t.credits_stage_received(),
            Self::Examined => t.credits_stage_examined(),
            Self::AmendmentAsked => t.credits_stage_amendment_asked(),
            Self::Amended => t.credits_stage_amended(),
            Self::Refused => t.credits_stage_refused(),
            Self::Workable => t.credits_stage_workable(),
            Self::Drawn => t.credits_stage_drawn(),
            Self::Exhausted => t.credits_stage_exhausted(),
            Self::Expired => t.credits_stage_expired(),
            Self::Cancelled => t.credits_stage_cancelled(),
        }
    }

    /// The colour family of its mark: draft, wait, info, good, issue, grey, void.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Expected => "draft",
            Self::AmendmentAsked => "wait",
            Self::Received | Self::Examined | Self::Amended | Self::Drawn => "info",
            Self::Workable => "good",
            Self::Refused | Self::Expired => "issue",
            Self::Exhausted => "grey",
            Self::Cancelled => "void",
        }
    }

    /// Where a move leads from here; nothing where the move does not exist.
    pub const fn after(self, step: Move) -> Option<Self> {
        use Stage as S;
        Some(match (self, step) {
            (S::Expected, Move::Receive) => S::Received,
            (S::Received | S::Amended | S::Refused, Move::Examine) => S::Examined,
            (S::Examined, Move::AskAmendment) => S::AmendmentAsked,
            (S::Examined, Move::DeclareWorkable) => S::Workable,
            // One we did not ask for is looked at like any other, and the bank may extend what has expired.
            (
                S::AmendmentAsked
                | S::Examined
                | S::Amended
                | S::Refused
                | S::Workable
                | S::Drawn
                | S::Expired,
                Move::Amend,
            ) => S::Amended,
            (S::AmendmentAsked, Move::Refuse) => S::Refused,
            (S::Workable | S::Drawn, Move::Draw) => S::Drawn,
            (S::Drawn, Move::Exhaust) => S::Exhausted,
            (from, Move::Expire) if from.runs() => S::Expired,
            (from, Move::Cancel) if from.runs() || matches!(from, S::Expected) => S::Cancelled,
            _ => return None,
        })
    }

    /// It is in our hands and its days run.
    pub const fn runs(self) -> bool {
        match self {
            Self::Received
            | Self::Examined
            | Self::AmendmentAsked
            | Self::Amended
            | Self::Refused
            | Self::Workable
            | Self::Drawn => true,
            Self::Expected | Self::Exhausted | Self::Expired | Self::Cancelled => false,
        }
    }

    /// The bank may still amend it: its days run, or it is extended after they ended.
    pub const fn takes_amendments(self) -> bool {
        self.runs() || matches!(self, Self::Expired)
    }

    /// Goods may be made and shipped under it.
    pub const fn is_workable(self) -> bool {
        matches!(self, Self::Workable | Self::Drawn)
    }
}

impl Move {
    /// In the order of a credit's life.
    pub const ALL: [Self; 11] = [
        Self::Expect,
        Self::Receive,
        Self::Examine,
        Self::AskAmendment,
        Self::Amend,
        Self::Refuse,
        Self::DeclareWorkable,
        Self::Draw,
        Self::Exhaust,
        Self::Expire,
        Self::Cancel,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Expect => "expect",
            Self::Receive => "receive",
            Self::Examine => "examine",
            Self::AskAmendment => "ask_amendment",
            Self::Amend => "amend",
            Self::Refuse => "refuse",
            Self::DeclareWorkable => "declare_workable",
            Self::Draw => "draw",
            Self::Exhaust => "exhaust",
            Self::Expire => "expire",
            Self::Cancel => "cancel",
        }
    }

    /// The deed that the rights are asked for; none where the house acts.
    pub const fn deed(self) -> Option<Deed> {
        Some(match self {
            Self::Expect => Deed::ExpectCredit,
            Self::Receive => Deed::RecordCreditReceipt,
            Self::Examine => Deed::ExamineCredit,
            Self::AskAmendment => Deed::AskCreditAmendment,
            Self::Amend => Deed::RecordCreditAmended,
            Self::Refuse => Deed::RecordCreditAmendmentRefused,
            Self::DeclareWorkable => Deed::DeclareCreditWorkable,
            Self::Draw => Deed::DrawCredit,
            Self::Cancel => Deed::CancelCredit,
            Self::Exhaust | Self::Expire => return None,
        })
    }

    /// Moves that begin a credit, from no stage.
    pub const BEGINNINGS: [Self; 1] = [Self::Expect];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_is_examined_before_it_is_workable_and_after_each_answer() {
        assert_eq!(Stage::Received.after(Move::DeclareWorkable), None);
        assert_eq!(Stage::Amended.after(Move::DeclareWorkable), None);
        assert_eq!(Stage::Refused.after(Move::Examine), Some(Stage::Examined));
    }

    #[test]
    fn nothing_leads_out_of_what_is_over() {
        for stage in [Stage::Exhausted, Stage::Cancelled] {
            for step in Move::ALL {
                assert_eq!(stage.after(step), None);
            }
        }
        for step in Move::ALL {
            let extended = (step == Move::Amend).then_some(Stage::Amended);
            assert_eq!(Stage::Expired.after(step), extended);
        }
    }
}
