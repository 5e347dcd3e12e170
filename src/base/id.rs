//! Typed ids: an id of one kind cannot be handed where another is asked for.
//!
//! Ids are UUID v7, so rows written one after another lie together in their index; the moment is that of the act,
//! not of the machine.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::{NoContext, Timestamp, Uuid};

/// A new id for something that comes into being at this moment.
pub fn fresh(at: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(at.timestamp()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(
        NoContext,
        seconds,
        at.timestamp_subsec_nanos(),
    ))
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id for something that comes into being at this moment.
            pub fn fresh(at: DateTime<Utc>) -> Self {
                Self(fresh(at))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// One act: everything written under one form's key.
    ActId,
    PersonId,
    DepartmentId,
    CustomerId,
    ContactId,
    FactoryId,
    ForwarderId,
    /// A bank account of ours, as it is printed on a proforma invoice.
    AccountId,
    BankId,
    /// A legal entity of the company: letterhead and number prefix.
    EntityId,
    ProductId,
    OrderId,
    LineId,
    ProformaId,
    ApprovalId,
    RelayId,
    FileId,
    IntakeId,
    SampleNoteId,
    ParcelId,
    ProductionOrderId,
    /// A task by hand.
    TaskId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_made_later_sort_later() {
        let early = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let late = DateTime::from_timestamp(1_700_000_001, 0).unwrap();
        assert!(OrderId::fresh(early) < OrderId::fresh(late));
    }
}
