//! What can happen to questions about a gate and to opinions that were asked; part of the one list of events.

use crate::base::T;
use serde::{Deserialize, Serialize};

/// `gate` is the code of what is asked for, `name` the thing it is asked of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ApprovalEvent {
    ExceptionAsked {
        gate: String,
        name: String,
        words: String,
    },
    ExceptionGranted {
        gate: String,
        name: String,
        words: String,
    },
    ExceptionReturned {
        gate: String,
        name: String,
        words: String,
    },
    ExceptionWithdrawn {
        gate: String,
        name: String,
    },
    /// Who asked has read the answer.
    ExceptionRead {
        gate: String,
        name: String,
    },
    OpinionAsked {
        who: String,
        question: String,
    },
    OpinionGiven {
        words: String,
    },
}

/// The word of a gate; a code the house does not know any more is said as it is.
pub fn gate_word(t: T, gate: &str) -> &str {
    match gate {
        "exception_production_gate" => t.exceptions_kind_production_gate(),
        "exception_stale_paper" => t.exceptions_kind_stale_paper(),
        "exception_inspection" => t.exceptions_kind_inspection(),
        "exception_early_gate_in" => t.exceptions_kind_early_gate_in(),
        "exception_early_release" => t.exceptions_kind_early_release(),
        "exception_late_presenting" => t.exceptions_kind_late_presenting(),
        other => other,
    }
}

impl ApprovalEvent {
    pub fn tell(&self, t: T) -> String {
        match self {
            Self::ExceptionAsked { gate, name, words } => {
                t.history_exception_asked(gate_word(t, gate), name, words)
            }
            Self::ExceptionGranted { gate, name, words } if words.is_empty() => {
                t.history_exception_granted(gate_word(t, gate), name)
            }
            Self::ExceptionGranted { gate, name, words } => {
                t.history_exception_granted_words(gate_word(t, gate), name, words)
            }
            Self::ExceptionReturned { gate, name, words } => {
                t.history_exception_returned(gate_word(t, gate), name, words)
            }
            Self::ExceptionWithdrawn { gate, name } => {
                t.history_exception_withdrawn(gate_word(t, gate), name)
            }
            Self::ExceptionRead { gate, name } => {
                t.history_exception_read(gate_word(t, gate), name)
            }
            Self::OpinionAsked { who, question } => t.history_opinion_asked(who, question),
            Self::OpinionGiven { words } => t.history_opinion_given(words),
        }
    }
}
