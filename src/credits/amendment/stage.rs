//! Stage of an amendment 修改书: received, then accepted whole or refused whole (UCP 600 article 10 e).

#![deny(clippy::wildcard_enum_match_arm)]

use crate::base::T;
use crate::people::Deed;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AmendmentStage {
    Received,
    Accepted,
    Refused,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AmendmentMove {
    Receive,
    Accept,
    Refuse,
}

impl AmendmentStage {
    pub const ALL: [Self; 3] = [Self::Received, Self::Accepted, Self::Refused];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Received => t.credits_amendment_received(),
            Self::Accepted => t.credits_amendment_accepted(),
            Self::Refused => t.credits_amendment_refused(),
        }
    }

    pub const fn tone(self) -> &'static str {
        match self {
            Self::Received => "wait",
            Self::Accepted => "good",
            Self::Refused => "grey",
        }
    }

    pub const fn after(self, step: AmendmentMove) -> Option<Self> {
        match (self, step) {
            (Self::Received, AmendmentMove::Accept) => Some(Self::Accepted),
            (Self::Received, AmendmentMove::Refuse) => Some(Self::Refused),
            _ => None,
        }
    }
}

impl AmendmentMove {
    pub const ALL: [Self; 3] = [Self::Receive, Self::Accept, Self::Refuse];
    /// Moves that begin an amendment, from no stage.
    pub const BEGINNINGS: [Self; 1] = [Self::Receive];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Receive => "receive",
            Self::Accept => "accept",
            Self::Refuse => "refuse",
        }
    }

    pub const fn deed(self) -> Deed {
        match self {
            Self::Receive => Deed::RecordAmendmentReceipt,
            Self::Accept => Deed::AcceptAmendment,
            Self::Refuse => Deed::RefuseAmendment,
        }
    }
}
