//! Holding: an act on a receipt that several orders may have money of. Orders are locked by id, then the receipt; at its
//! end every one of them is looked at again.

use super::receipt::{self, Receipt};
use crate::base::By;
use crate::history::Event;
use crate::orders::{self, JointAct};
use crate::web::{App, FormKey, Result};

/// The receipt and the orders that hold money of it, locked.
pub(super) async fn begin(
    app: &App,
    by: By,
    number: &str,
    key: &FormKey,
) -> Result<(JointAct, Receipt)> {
    let mut act = orders::begin_joint(app, by.clone(), key).await?;
    let seen = receipt::find(act.tx(), &by, number).await?;
    let holders = receipt::holders(act.tx(), seen.id).await?;
    if !holders.is_empty() {
        act.hold(&holders).await?;
    }
    let receipt = receipt::lock(&mut act, &by, number).await?;
    if receipt::holders(act.tx(), receipt.id).await? != holders {
        return Err(receipt::Refusal::Meanwhile.into());
    }
    Ok((act, receipt))
}

/// Writes an event into the chains of the receipt and of every order that holds of it.
pub(super) async fn happened(act: &mut JointAct, receipt: &Receipt, event: &Event) -> Result<()> {
    act.happened(event).await?;
    act.record(&receipt.thing(), event).await
}
