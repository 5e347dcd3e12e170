//! A set in hand: found by an order of its shipment, locked after all of them.

use super::set::{Presentation, Refusal};
use super::sql;
use crate::base::By;
use crate::history::Event;
use crate::history::credit_event::CreditEvent;
use crate::orders::{self, Order, OrderAct};
use crate::people::rights::Asked;
use crate::web::{App, Error, Keyed, Result};
use sqlx::PgConnection;

/// Shipment and sequence as they stand in the address.
pub(in crate::credits) type Named<'a> = (&'a str, i32);

pub(in crate::credits) async fn find(
    db: &mut PgConnection,
    by: &By,
    (shipment, sequence): Named<'_>,
) -> Result<(Order, Presentation)> {
    let order = sql::order_of(db, by, shipment)
        .await?
        .ok_or(Error::NotFound)?;
    let order = orders::find(db, by, &order).await?;
    let set = sql::read(db, shipment, sequence)
        .await?
        .ok_or(Error::NotFound)?;
    Ok((order, set))
}

/// An act on a set as the page showed it: all orders of its shipment locked, then the set.
pub(super) async fn begin(
    app: &App,
    by: By,
    (shipment, sequence): Named<'_>,
    (form, deed): (&Keyed, Asked),
) -> Result<(OrderAct, Presentation)> {
    let mut db = app.db.acquire().await?;
    let (order, seen) = find(&mut db, &by, (shipment, sequence)).await?;
    let orders = sql::order_ids(&mut db, seen.shipment).await?;
    drop(db);
    let mut act = orders::begin_shared(app, by, &order.number, (&orders, &form.key)).await?;
    if sql::order_ids(act.tx(), seen.shipment).await? != orders {
        // Goods of another order came on between the look and the lock.
        return Err(Refusal::Meanwhile { stage: seen.stage }.into());
    }
    let set = sql::lock(&mut act, shipment, sequence)
        .await?
        .ok_or(Error::NotFound)?;
    act.must(deed)?;
    if form.rev()? != set.version {
        return Err(Refusal::Meanwhile { stage: set.stage }.into());
    }
    Ok((act, set))
}

pub(super) async fn happened(act: &mut OrderAct, event: CreditEvent) -> Result<()> {
    act.happened_everywhere(&Event::Credit(event)).await
}
