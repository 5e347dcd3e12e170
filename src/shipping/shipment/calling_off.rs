//! Calling off: the order is cancelled, so its bookings fall with it and the forwarder is told. Goods the carrier has are
//! shut out first; goods that travel with another order's are taken out of the shipment first.

use super::record::{Refusal, Shipment};
use super::stage::{Move, Stage};
use super::{acts, list_sql, sql};
use crate::orders::OrderAct;
use crate::people::relation::InReach;
use crate::web::{Error, Result};

/// This desk's part of a cancellation; the right was asked where the order was cancelled.
pub async fn call_off(act: OrderAct, reason: &str) -> Result<OrderAct> {
    let order = act.order.clone();
    let mut act = act.joint();
    let reach = InReach::of(&act.by);
    for (id, number) in list_sql::live(act.tx(), &order).await? {
        sql::lock(act.tx(), id).await?;
        let shipment = sql::find(act.tx(), &reach, &number)
            .await?
            .ok_or(Error::NotFound)?;
        let alone = sql::orders(act.tx(), id).await?.len() == 1;
        match shipment.stage.after(Move::Cancel) {
            Some(_) if !alone => return Err(Refusal::TravelsTogether { shipment: number }.into()),
            Some(stage) => cancel(&mut act, shipment, stage, reason).await?,
            None => return Err(Refusal::HandedIn { shipment: number }.into()),
        }
    }
    act.single()
}

async fn cancel(
    act: &mut crate::orders::JointAct,
    mut shipment: Shipment,
    stage: Stage,
    reason: &str,
) -> Result<()> {
    reason.clone_into(&mut shipment.stored.reason);
    acts::cancel(act, &mut shipment, stage).await
}
