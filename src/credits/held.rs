//! A credit in hand: found by one of its orders, locked after all of them.

use super::credit::LetterOfCredit;
use super::sql;
use crate::base::By;
use crate::history::Event;
use crate::history::credit_event::CreditEvent;
use crate::orders::{self, Order, OrderAct};
use crate::people::Deed;
use crate::web::{App, Error, Keyed, Result};
use sqlx::PgConnection;

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

/// An act on a credit as the page showed it: all its orders locked, then the credit.
pub(super) async fn begin(
    app: &App,
    by: By,
    number: &str,
    (form, deed): (&Keyed, Deed),
) -> Result<(OrderAct, LetterOfCredit)> {
    let mut db = app.db.acquire().await?;
    let (order, seen) = find(&mut db, &by, number).await?;
    let orders = sql::order_ids(&mut db, seen.id).await?;
    drop(db);
    let mut act = orders::begin_shared(app, by, &order.number, (&orders, &form.key)).await?;
    let credit = sql::lock(&mut act, number).await?.ok_or(Error::NotFound)?;
    act.must(deed)?;
    credit.must_be_seen(form.rev()?)?;
    Ok((act, credit))
}

/// Writes the event into the chains of its orders and into the credit's own.
pub(super) async fn happened(
    act: &mut OrderAct,
    credit: &LetterOfCredit,
    event: CreditEvent,
) -> Result<()> {
    let event = Event::Credit(event);
    act.happened_everywhere(&event).await?;
    act.record(credit, &event).await
}
