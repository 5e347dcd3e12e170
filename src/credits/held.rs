//! A credit in hand: found by one of its orders, locked after it, and what every act on it ends with.

use super::credit::LetterOfCredit;
use super::sql;
use crate::base::By;
use crate::history::Event;
use crate::history::credit_event::CreditEvent;
use crate::orders::{self, Order, OrderAct};
use crate::web::{Answer, App, Error, FormKey, Result};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// The credit with the order through which this reader knows it; 404 where there is none.
pub(super) async fn find(
    db: &mut PgConnection,
    by: &By,
    number: &str,
) -> Result<(Order, LetterOfCredit)> {
    let order = sql::order_of(db, by, number)
        .await?
        .ok_or(Error::NotFound)?;
    let order = orders::find(db, by, &order).await?;
    let credit = sql::read(db, number).await?.ok_or(Error::NotFound)?;
    Ok((order, credit))
}

/// An act on a credit: its order locked, then the credit.
pub(super) async fn begin(
    app: &App,
    by: By,
    number: &str,
    key: &FormKey,
) -> Result<(OrderAct, LetterOfCredit)> {
    let mut db = app.db.acquire().await?;
    let order = sql::order_of(&mut db, &by, number)
        .await?
        .ok_or(Error::NotFound)?;
    drop(db);
    let mut act = orders::begin(app, by, &order, key).await?;
    let credit = sql::lock(&mut act, number).await?.ok_or(Error::NotFound)?;
    Ok((act, credit))
}

/// Writes the event into the order's chain and into the credit's own.
pub(super) async fn happened(
    act: &mut OrderAct,
    credit: &LetterOfCredit,
    event: CreditEvent,
) -> Result<()> {
    let event = Event::Credit(event);
    act.happened(&event).await?;
    act.record(credit, &event).await
}

/// The end of an act on a credit: its order settles in the act, the others it covers right after it.
///
/// The act holds one order of the credit; the others are settled by the house, until an act can hold several orders.
pub(super) async fn finish(
    app: &App,
    mut act: OrderAct,
    credit: Uuid,
    answer: Answer,
) -> Result<Answer> {
    let (own, at) = (act.order.id(), act.by.at);
    let mut others = sql::order_ids(act.tx(), credit).await?;
    others.retain(|order| *order != own.0);
    let answer = act.finish(answer).await?;
    for order in others {
        settle(app, at, order).await?;
    }
    Ok(answer)
}

/// Steps and open items of an order whose credit or shipment was changed through another order.
pub(super) async fn settle(app: &App, at: DateTime<Utc>, order: Uuid) -> Result<()> {
    let mut db = app.db.acquire().await?;
    let number = sql::order_number(&mut db, order).await?;
    drop(db);
    if let Some(number) = number {
        let act = orders::begin_house(app, By::house(at), &number).await?;
        act.finish(Answer::to("/")).await?;
    }
    Ok(())
}
