//! What can happen to letters of credit and presentations; part of the one list of events. Amounts stand on the papers.

use super::event::Change;
use crate::base::T;
use serde::{Deserialize, Serialize};

/// `credit` is our number, `set` the presentation as people call it: `S26-0093/1`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum CreditEvent {
    CreditExpected {
        credit: String,
    },
    CreditReceived {
        credit: String,
        bank_number: String,
    },
    CreditExamined {
        credit: String,
        findings: usize,
    },
    CreditFindingRecorded {
        credit: String,
        tag: String,
    },
    CreditFindingSettled {
        credit: String,
        tag: String,
        words: String,
    },
    CreditFindingWaived {
        credit: String,
        tag: String,
        words: String,
    },
    CreditAmendmentAsked {
        credit: String,
        tags: Vec<String>,
    },
    CreditAmendmentDenied {
        credit: String,
        words: String,
    },
    CreditAmendmentReceived {
        credit: String,
        amendment: i32,
        changes: Vec<Change>,
    },
    CreditAmendmentAccepted {
        credit: String,
        amendment: i32,
    },
    CreditAmendmentRefused {
        credit: String,
        amendment: i32,
        words: String,
    },
    CreditWorkable {
        credit: String,
    },
    CreditDrawn {
        credit: String,
        shipment: String,
    },
    CreditExhausted {
        credit: String,
    },
    CreditExpired {
        credit: String,
    },
    CreditCancelled {
        credit: String,
        reason: String,
    },
    PresentationPrepared {
        set: String,
    },
    PresentationChanged {
        set: String,
    },
    PresentationComplete {
        set: String,
    },
    PresentationSent {
        set: String,
        bank: String,
        on: String,
    },
    PresentationSentLate {
        set: String,
        bank: String,
        on: String,
        reason: String,
    },
    /// `step` is the move: `notice_discrepancy`, `ask_waiver`, `correct`, `honour`, `accept`, `refuse`, `pay`.
    PresentationAnswered {
        set: String,
        step: String,
        on: String,
        words: String,
    },
}

impl CreditEvent {
    pub fn changes(&self) -> &[Change] {
        match self {
            Self::CreditAmendmentReceived { changes, .. } => changes,
            _ => &[],
        }
    }

    /// The sentence of the timeline, without who and when.
    pub fn tell(&self, t: T) -> String {
        match self {
            Self::CreditExpected { credit } => t.history_credit_expected(credit),
            Self::CreditReceived {
                credit,
                bank_number,
            } => t.history_credit_received(credit, bank_number),
            Self::CreditExamined { credit, findings } => {
                t.history_credit_examined(credit, findings)
            }
            Self::CreditFindingRecorded { credit, tag } => t.history_credit_finding(credit, tag),
            Self::CreditFindingSettled { credit, tag, words } => {
                t.history_credit_finding_settled(credit, tag, words)
            }
            Self::CreditFindingWaived { credit, tag, words } => {
                t.history_credit_finding_waived(credit, tag, words)
            }
            Self::CreditAmendmentAsked { credit, tags } => {
                t.history_credit_amendment_asked(credit, tags.join(t.web_list_comma()))
            }
            Self::CreditAmendmentDenied { credit, words } => {
                t.history_credit_amendment_denied(credit, words)
            }
            Self::CreditAmendmentReceived {
                credit, amendment, ..
            } => t.history_credit_amendment_received(amendment, credit),
            Self::CreditAmendmentAccepted { credit, amendment } => {
                t.history_credit_amendment_accepted(amendment, credit)
            }
            Self::CreditAmendmentRefused {
                credit,
                amendment,
                words,
            } => t.history_credit_amendment_refused(amendment, credit, words),
            Self::CreditWorkable { credit } => t.history_credit_workable(credit),
            Self::CreditDrawn { credit, shipment } => t.history_credit_drawn(credit, shipment),
            Self::CreditExhausted { credit } => t.history_credit_exhausted(credit),
            Self::CreditExpired { credit } => t.history_credit_expired(credit),
            Self::CreditCancelled { credit, reason } => t.history_credit_cancelled(credit, reason),
            _ => self.tell_of_the_set(t),
        }
    }

    fn tell_of_the_set(&self, t: T) -> String {
        match self {
            Self::PresentationPrepared { set } => t.history_presentation_prepared(set),
            Self::PresentationChanged { set } => t.history_presentation_changed(set),
            Self::PresentationComplete { set } => t.history_presentation_complete(set),
            Self::PresentationSent { set, bank, on } => t.history_presentation_sent(set, bank, on),
            Self::PresentationSentLate {
                set,
                bank,
                on,
                reason,
            } => t.history_presentation_sent_late(set, bank, on, reason),
            Self::PresentationAnswered {
                set,
                step,
                on,
                words,
            } => match step.as_str() {
                "notice_discrepancy" => t.history_presentation_discrepancy(set, on, words),
                "ask_waiver" => t.history_presentation_waiver(set, on, words),
                "correct" => t.history_presentation_corrected(set, on, words),
                "honour" => t.history_presentation_honoured(set, on),
                "accept" => t.history_presentation_accepted(set, on),
                "refuse" => t.history_presentation_refused(set, on, words),
                _ => t.history_presentation_paid(set, on),
            },
            _ => String::new(),
        }
    }
}
