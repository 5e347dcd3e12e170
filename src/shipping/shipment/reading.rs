//! A shipment for reading and for acting: found by its number, with the orders whose goods it carries.

use super::record::Shipment;
use super::sql;
use crate::base::{By, OrderNumber};
use crate::history::Event;
use crate::history::event::Change;
use crate::history::shipping_event::ShippingEvent;
use crate::orders::{self, Condition, JointAct, Order};
use crate::people::relation::InReach;
use crate::people::rights::Asked;
use crate::web::{App, Error, FormKey, Result};
use sqlx::PgConnection;

/// A shipment as visible to one reader, with those of its orders that she may know.
pub(in crate::shipping) struct Seen {
    pub shipment: Shipment,
    pub orders: Vec<Order>,
    /// She may know every one of them.
    pub whole: bool,
    pub by: By,
}

impl Seen {
    /// The same question the gate asks: on every order.
    pub(in crate::shipping) fn may(&self, deed: impl Into<Asked>) -> bool {
        let asked = deed.into();
        self.whole
            && self
                .orders
                .iter()
                .all(|order| order.condition.moves() && order.may(&self.by, asked.clone()))
    }

    /// The same of what may be put right later too, on a closed order.
    pub(in crate::shipping) fn may_late(&self, asked: impl Into<Asked>) -> bool {
        let asked = asked.into();
        self.whole
            && self.orders.iter().all(|order| {
                (order.condition.moves() || order.condition == Condition::Closed)
                    && order.may(&self.by, asked.clone())
            })
    }

    /// Whether she may see something of every order; on hold or not.
    pub(in crate::shipping) fn sees(&self, deed: impl Into<Asked>) -> bool {
        let asked = deed.into();
        self.whole
            && self
                .orders
                .iter()
                .all(|order| order.may(&self.by, asked.clone()))
    }

    /// 403 where goods of an order travel along that she may not know: who keeps the one she knows is asked.
    pub(in crate::shipping) fn must_be_whole(&self, deed: impl Into<Asked>) -> Result<()> {
        let known = self.orders.first().filter(|_| !self.whole);
        match known {
            Some(order) => Err(order.barred(&self.by, deed)),
            None if self.whole => Ok(()),
            None => Err(Error::Forbidden),
        }
    }

    /// 403 where she may not.
    pub(in crate::shipping) fn must(&self, deed: impl Into<Asked>) -> Result<()> {
        let asked = deed.into();
        self.must_be_whole(asked.clone())?;
        self.orders
            .iter()
            .try_for_each(|order| order.must(&self.by, asked.clone()))
    }
}

pub(in crate::shipping) async fn find(
    db: &mut PgConnection,
    by: &By,
    number: &str,
) -> Result<Seen> {
    let reach = InReach::of(by);
    let number = number.trim().to_ascii_uppercase();
    let shipment = sql::find(db, &reach, &number)
        .await?
        .ok_or(Error::NotFound)?;
    let all = sql::orders(db, shipment.id).await?.len();
    let mut orders = Vec::new();
    for number in sql::order_numbers(db, &reach, shipment.id).await? {
        let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
        orders.push(orders::find(db, by, &number).await?);
    }
    Ok(Seen {
        whole: orders.len() == all,
        shipment,
        orders,
        by: by.clone(),
    })
}

/// An act on a shipment: its orders locked by id, then the shipment itself, read under the locks.
pub(in crate::shipping) async fn begin(
    app: &App,
    by: By,
    number: &str,
    key: &FormKey,
) -> Result<(JointAct, Shipment)> {
    let mut act = orders::begin_joint(app, by, key).await?;
    let reach = InReach::of(&act.by);
    let number = number.trim().to_ascii_uppercase();
    let before = sql::find(act.tx(), &reach, &number)
        .await?
        .ok_or(Error::NotFound)?;
    let held = sql::orders(act.tx(), before.id).await?;
    act.hold(&held).await?;
    sql::lock(act.tx(), before.id).await?;
    // Another act may have taken an order in between the two readings.
    if sql::orders(act.tx(), before.id).await?.len() != held.len() {
        return Err(Error::Stale(Box::default()));
    }
    let shipment = sql::find(act.tx(), &reach, &number)
        .await?
        .ok_or(Error::NotFound)?;
    Ok((act, shipment))
}

/// One event in the chain of the shipment and of every order.
pub(in crate::shipping) async fn told(
    act: &mut JointAct,
    shipment: &Shipment,
    event: ShippingEvent,
) -> Result<()> {
    let event = Event::Shipping(event);
    act.record(shipment, &event).await?;
    act.happened(&event).await
}

/// Makes an event of a shipment: `said!(shipment, CargoRolled, words)`.
macro_rules! said {
    ($shipment:expr, $name:ident, $words:expr) => {
        $crate::shipping::shipment::reading::said!($shipment, $name, $words, Vec::new())
    };
    ($shipment:expr, $name:ident, $words:expr, $changes:expr) => {
        $crate::history::shipping_event::ShippingEvent::$name {
            shipment: $shipment.number.clone(),
            words: $words.to_string(),
            changes: $changes,
        }
    };
}
pub(in crate::shipping) use said;

/// Values that changed, each with its name on the paper.
pub(in crate::shipping) fn changes(pairs: &[(&str, String, String)]) -> Vec<Change> {
    pairs
        .iter()
        .filter_map(|(field, from, to)| Change::between(field, from, to))
        .collect()
}
