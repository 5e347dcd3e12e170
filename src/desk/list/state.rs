//! State 状态: what a list of orders is narrowed to by the worst open item, and by the condition of the order.

use crate::base::{Party, T};
use crate::orders::Condition;

/// What the worst open item says of the whole order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum State {
    Late,
    Due,
    Problem,
    Waiting(Party),
}

/// Which conditions are shown; those under way where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::desk) enum Held {
    #[default]
    UnderWay,
    All,
    Only(Condition),
}

impl State {
    pub(in crate::desk) const ALL: [Self; 11] = [
        Self::Late,
        Self::Due,
        Self::Problem,
        Self::Waiting(Party::Us),
        Self::Waiting(Party::Customer),
        Self::Waiting(Party::Factory),
        Self::Waiting(Party::Forwarder),
        Self::Waiting(Party::Manager),
        Self::Waiting(Party::Finance),
        Self::Waiting(Party::Bank),
        Self::Waiting(Party::TaxOffice),
    ];

    pub(in crate::desk) const fn code(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Due => "due",
            Self::Problem => "problem",
            Self::Waiting(party) => party.code(),
        }
    }

    pub(in crate::desk) fn word(self, t: T) -> String {
        match self {
            Self::Late => t.orders_status_late().to_owned(),
            Self::Due => t.orders_status_due().to_owned(),
            Self::Problem => t.orders_status_problem().to_owned(),
            Self::Waiting(party) => t.desk_state_waiting(party.label(t)),
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == text)
    }
}

impl Held {
    pub(in crate::desk) const fn code(self) -> &'static str {
        match self {
            Self::UnderWay => "",
            Self::All => "all",
            Self::Only(condition) => condition.code(),
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "all" => Some(Self::All),
            other => Condition::parse(other).map(Self::Only),
        }
    }
}
