//! Stage: the life of a presentation, as a table of arrows; under a credit or to a remitting bank alike.
//!
//! `preparing → set complete → presented → honoured | accepted → paid`; a notice of discrepancies is answered by
//! asking for a waiver or by correcting, and what the bank refuses is over.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::base::T;
use crate::people::Deed;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    Preparing,
    SetComplete,
    Presented,
    DiscrepancyNoticed,
    WaiverAsked,
    Corrected,
    Honoured,
    Accepted,
    Refused,
    Paid,
}

/// What can be done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    Prepare,
    Edit,
    Complete,
    Present,
    PresentLate,
    NoticeDiscrepancy,
    AskWaiver,
    Correct,
    Honour,
    Accept,
    Refuse,
    Pay,
}

impl Stage {
    pub const ALL: [Self; 10] = [
        Self::Preparing,
        Self::SetComplete,
        Self::Presented,
        Self::DiscrepancyNoticed,
        Self::WaiverAsked,
        Self::Corrected,
        Self::Honoured,
        Self::Accepted,
        Self::Refused,
        Self::Paid,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Preparing => "preparing",
            Self::SetComplete => "set_complete",
            Self::Presented => "presented",
            Self::DiscrepancyNoticed => "discrepancy_noticed",
            Self::WaiverAsked => "waiver_asked",
            Self::Corrected => "corrected",
            Self::Honoured => "honoured",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Paid => "paid",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Preparing => t.credits_set_preparing(),
            Self::SetComplete => t.credits_set_complete(),
            Self::Presented => t.credits_set_presented(),
            Self::DiscrepancyNoticed => t.credits_set_discrepancy_noticed(),
            Self::WaiverAsked => t.credits_set_waiver_asked(),
            Self::Corrected => t.credits_set_corrected(),
            Self::Honoured => t.credits_set_honoured(),
            Self::Accepted => t.credits_set_accepted(),
            Self::Refused => t.credits_set_refused(),
            Self::Paid => t.credits_set_paid(),
        }
    }

    /// The colour family of its mark: draft, wait, info, good, issue, grey.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Preparing => "draft",
            Self::SetComplete => "info",
            Self::Presented | Self::WaiverAsked | Self::Corrected | Self::Accepted => "wait",
            Self::DiscrepancyNoticed | Self::Refused => "issue",
            Self::Honoured | Self::Paid => "good",
        }
    }

    /// Where a move leads from here; nothing where the move does not exist.
    pub const fn after(self, step: Move) -> Option<Self> {
        use Stage as S;
        Some(match (self, step) {
            (S::Preparing, Move::Edit) => S::Preparing,
            (S::Preparing, Move::Complete) => S::SetComplete,
            (S::SetComplete, Move::Present | Move::PresentLate) => S::Presented,
            (S::Presented, Move::NoticeDiscrepancy) => S::DiscrepancyNoticed,
            (S::DiscrepancyNoticed, Move::AskWaiver) => S::WaiverAsked,
            (S::DiscrepancyNoticed, Move::Correct) => S::Corrected,
            (S::Presented | S::WaiverAsked | S::Corrected, Move::Honour) => S::Honoured,
            (S::Presented | S::WaiverAsked | S::Corrected, Move::Accept) => S::Accepted,
            (S::Presented | S::WaiverAsked | S::Corrected, Move::Refuse) => S::Refused,
            // D/P is paid straight away; what the way of payment knows not is refused by the set itself.
            (
                S::Presented | S::WaiverAsked | S::Corrected | S::Honoured | S::Accepted,
                Move::Pay,
            ) => S::Paid,
            _ => return None,
        })
    }
}

impl Move {
    /// In the order of a presentation's life.
    pub const ALL: [Self; 12] = [
        Self::Prepare,
        Self::Edit,
        Self::Complete,
        Self::Present,
        Self::PresentLate,
        Self::NoticeDiscrepancy,
        Self::AskWaiver,
        Self::Correct,
        Self::Honour,
        Self::Accept,
        Self::Refuse,
        Self::Pay,
    ];

    /// What the bank says and what is answered it: one form, the day and the words.
    pub const ANSWERS: [Self; 7] = [
        Self::NoticeDiscrepancy,
        Self::AskWaiver,
        Self::Correct,
        Self::Honour,
        Self::Accept,
        Self::Refuse,
        Self::Pay,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Prepare => "prepare",
            Self::Edit => "edit",
            Self::Complete => "complete",
            Self::Present => "present",
            Self::PresentLate => "present_late",
            Self::NoticeDiscrepancy => "notice_discrepancy",
            Self::AskWaiver => "ask_waiver",
            Self::Correct => "correct",
            Self::Honour => "honour",
            Self::Accept => "accept",
            Self::Refuse => "refuse",
            Self::Pay => "pay",
        }
    }

    /// The last part of its address.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Prepare | Self::Edit => "edit",
            Self::Complete => "completion",
            Self::Present => "presenting",
            Self::PresentLate => "late-presenting",
            Self::NoticeDiscrepancy => "discrepancy",
            Self::AskWaiver => "waiver",
            Self::Correct => "correction",
            Self::Honour => "honour",
            Self::Accept => "acceptance",
            Self::Refuse => "refusal",
            Self::Pay => "payment",
        }
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Prepare => t.credits_do_prepare(),
            Self::Edit => t.credits_do_edit(),
            Self::Complete => t.credits_do_complete(),
            Self::Present => t.credits_do_present(),
            Self::PresentLate => t.credits_do_present_late(),
            Self::NoticeDiscrepancy => t.credits_do_notice_discrepancy(),
            Self::AskWaiver => t.credits_do_ask_waiver(),
            Self::Correct => t.credits_do_correct(),
            Self::Honour => t.credits_do_honour(),
            Self::Accept => t.credits_do_accept(),
            Self::Refuse => t.credits_do_refuse(),
            Self::Pay => t.credits_do_pay(),
        }
    }

    pub const fn deed(self) -> Deed {
        match self {
            Self::Prepare | Self::Edit => Deed::PreparePresentation,
            Self::Complete => Deed::CompletePresentation,
            Self::Present => Deed::PresentDocuments,
            Self::PresentLate => Deed::PresentDocumentsLate,
            Self::NoticeDiscrepancy => Deed::RecordDiscrepancyNotice,
            Self::AskWaiver => Deed::AskDiscrepancyWaiver,
            Self::Correct => Deed::CorrectPresentation,
            Self::Honour => Deed::RecordHonour,
            Self::Accept => Deed::RecordAcceptance,
            Self::Refuse => Deed::RecordBankRefusal,
            Self::Pay => Deed::RecordPresentationPayment,
        }
    }

    /// Moves that begin a presentation, from no stage.
    pub const BEGINNINGS: [Self; 1] = [Self::Prepare];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_set_is_over_and_an_accepted_one_is_paid() {
        for step in Move::ALL {
            assert_eq!(Stage::Refused.after(step), None);
        }
        assert_eq!(Stage::Accepted.after(Move::Pay), Some(Stage::Paid));
        assert_eq!(Stage::DiscrepancyNoticed.after(Move::Honour), None);
    }
}
