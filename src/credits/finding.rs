//! Finding 审证意见: one field in which the credit is not what was agreed, and what the customer is asked to amend.

use super::field;
use crate::base::T;
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Finding {
    pub id: Uuid,
    pub sequence: i32,
    pub tag: String,
    /// Found by the house's comparison.
    pub compared: bool,
    pub theirs: String,
    pub ours: String,
    pub ask: String,
    pub severity: Severity,
    pub state: State,
    pub words: String,
    /// Who settled or waived it, in both scripts.
    pub settled_zh: Option<String>,
    pub settled_en: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    Discrepancy,
    Advisory,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Open,
    /// The customer was asked to have it amended.
    Asked,
    Settled,
    Waived,
}

impl Severity {
    pub const ALL: [Self; 2] = [Self::Discrepancy, Self::Advisory];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Discrepancy => "discrepancy",
            Self::Advisory => "advisory",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Discrepancy => t.credits_discrepancy(),
            Self::Advisory => t.credits_advisory(),
        }
    }
}

impl State {
    pub const ALL: [Self; 4] = [Self::Open, Self::Asked, Self::Settled, Self::Waived];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Asked => "asked",
            Self::Settled => "settled",
            Self::Waived => "waived",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Open => t.credits_finding_open(),
            Self::Asked => t.credits_finding_asked(),
            Self::Settled => t.credits_finding_settled(),
            Self::Waived => t.credits_finding_waived(),
        }
    }

    /// The sign of its mark.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Open => "issue",
            Self::Asked => "waiting",
            Self::Settled => "done",
            Self::Waived => "skipped",
        }
    }
}

impl Finding {
    pub fn is_open(&self) -> bool {
        matches!(self.state, State::Open | State::Asked)
    }

    /// It stands in the way of *workable*; an advice does not.
    pub fn holds(&self) -> bool {
        self.is_open() && self.severity == Severity::Discrepancy
    }

    /// Its words hold amounts of the customer.
    pub fn is_figure(&self) -> bool {
        field::is_figure(&self.tag)
    }

    pub fn label(&self, t: T) -> &'static str {
        field::label(t, &self.tag)
    }
}
