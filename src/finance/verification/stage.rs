//! Stage: the lives of a verification form and of a matching, each as a table of arrows.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::base::T;
use crate::people::Deed;

/// 核销单: `issued → returned → verified`; verified anew where money went back afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormStage {
    Issued,
    Returned,
    Verified,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormMove {
    Issue,
    RecordReturn,
    Verify,
}

/// `matched → difference_explained`; matched again as long as money comes in, and where some of it went back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MatchStage {
    Matched,
    DifferenceExplained,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MatchMove {
    Match,
    ExplainDifference,
}

impl FormStage {
    pub const ALL: [Self; 3] = [Self::Issued, Self::Returned, Self::Verified];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Returned => "returned",
            Self::Verified => "verified",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Issued => t.rebate_form_issued(),
            Self::Returned => t.rebate_form_returned(),
            Self::Verified => t.rebate_form_verified(),
        }
    }

    pub const fn tone(self) -> &'static str {
        match self {
            Self::Issued => "wait",
            Self::Returned => "info",
            Self::Verified => "good",
        }
    }

    pub const fn after(self, step: FormMove) -> Option<Self> {
        Some(match (self, step) {
            (Self::Issued, FormMove::RecordReturn) => Self::Returned,
            (Self::Returned | Self::Verified, FormMove::Verify) => Self::Verified,
            _ => return None,
        })
    }
}

impl FormMove {
    pub const ALL: [Self; 3] = [Self::Issue, Self::RecordReturn, Self::Verify];

    pub const BEGINNINGS: [(Self, FormStage); 1] = [(Self::Issue, FormStage::Issued)];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Issue => "issue",
            Self::RecordReturn => "record_return",
            Self::Verify => "verify",
        }
    }

    pub const fn deed(self) -> Deed {
        match self {
            Self::Issue => Deed::IssueVerificationForm,
            Self::RecordReturn => Deed::RecordVerificationFormReturn,
            Self::Verify => Deed::VerifyForm,
        }
    }
}

impl MatchStage {
    pub const ALL: [Self; 2] = [Self::Matched, Self::DifferenceExplained];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::DifferenceExplained => "difference_explained",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Matched => t.rebate_match_matched(),
            Self::DifferenceExplained => t.rebate_match_explained(),
        }
    }

    pub const fn after(self, step: MatchMove) -> Option<Self> {
        Some(match (self, step) {
            (Self::Matched | Self::DifferenceExplained, MatchMove::Match) => Self::Matched,
            (Self::Matched | Self::DifferenceExplained, MatchMove::ExplainDifference) => {
                Self::DifferenceExplained
            }
        })
    }
}

impl MatchMove {
    pub const ALL: [Self; 2] = [Self::Match, Self::ExplainDifference];

    pub const BEGINNINGS: [(Self, MatchStage); 1] = [(Self::Match, MatchStage::Matched)];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::ExplainDifference => "explain_difference",
        }
    }

    pub const fn deed(self) -> Deed {
        match self {
            Self::Match => Deed::MatchDeclaration,
            Self::ExplainDifference => Deed::ExplainDifference,
        }
    }
}
