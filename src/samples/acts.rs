//! The acts of this desk without HTTP: for the ledger, for the demo, and for the links of outside parties to come.

pub use super::draft::{enclose, fill};
pub use super::factory_answers::{record_acknowledgement, record_receipt};
pub use super::note::{Acknowledged, Draft, Received};
pub use super::parcel::packing::pack;
pub use super::parcel::ways::{dispatch_parcel, end, number_told_in_ledger, pass_number_on};
pub use super::parcel::{Packing, Parcel};
pub use super::rounds::begin_sample;
pub use super::sending::send;
pub use super::signature::decide;
pub use super::submission::submit;
pub use super::telling::TRACKING;
pub use super::verdict::{Given, record};

use super::note::{Name, SampleNote};
use super::{parcel, show};
use crate::orders::OrderAct;
use crate::web::{Error, Result};

/// The name of the first round of the first sample.
pub const FIRST: Name = Name {
    sample: 1,
    round: 1,
};

/// The round as it stands inside this act.
pub async fn note(act: &mut OrderAct, name: Name) -> Result<SampleNote> {
    show::in_act(act, &name.to_string()).await
}

/// One parcel of the order as it stands inside this act.
pub async fn parcel(act: &mut OrderAct, number: i32) -> Result<Parcel> {
    let order = act.order.clone();
    let all = parcel::sql::parcels(act.tx(), &order).await?;
    all.into_iter()
        .find(|one| one.number == number)
        .ok_or(Error::NotFound)
}
