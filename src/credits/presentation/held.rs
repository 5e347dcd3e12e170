//! A set in hand: found by an order of its shipment, locked after it, and what every act on it ends with.

use super::set::Presentation;
use super::sql;
use crate::base::By;
use crate::credits::held as credit;
use crate::history::Event;
use crate::history::credit_event::CreditEvent;
use crate::orders::{self, Order, OrderAct};
use crate::web::{Answer, App, Error, FormKey, Result};
use sqlx::PgConnection;
use uuid::Uuid;

/// Shipment and sequence as they stand in the address.
pub(super) type Named<'a> = (&'a str, i32);

pub(super) async fn find(
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

pub(super) async fn begin(
    app: &App,
    by: By,
    (shipment, sequence): Named<'_>,
    key: &FormKey,
) -> Result<(OrderAct, Presentation)> {
    let mut db = app.db.acquire().await?;
    let order = sql::order_of(&mut db, &by, shipment)
        .await?
        .ok_or(Error::NotFound)?;
    drop(db);
    let mut act = orders::begin(app, by, &order, key).await?;
    let set = sql::lock(&mut act, shipment, sequence)
        .await?
        .ok_or(Error::NotFound)?;
    Ok((act, set))
}

pub(super) async fn happened(act: &mut OrderAct, event: CreditEvent) -> Result<()> {
    act.happened(&Event::Credit(event)).await
}

/// The act holds one order of the shipment; the others are settled by the house right after it.
pub(super) async fn finish(
    app: &App,
    mut act: OrderAct,
    shipment: Uuid,
    answer: Answer,
) -> Result<Answer> {
    let (own, at) = (act.order.id(), act.by.at);
    let mut others = sql::order_ids(act.tx(), shipment).await?;
    others.retain(|order| *order != own.0);
    let answer = act.finish(answer).await?;
    for order in others {
        credit::settle(app, at, order).await?;
    }
    Ok(answer)
}
