//! An act over several orders: a shipment carries goods of more than one. Orders are locked by id, then what belongs to
//! them together; so two such acts never wait for each other in a ring.

use super::act::{NotMoving, OrderAct};
use super::order::Order;
use super::sql;
use crate::base::{Audience, FileId, OrderId, OrderNumber};
use crate::base::{By, calendar::Calendar};
use crate::documents::files;
use crate::history::{self, Act, Event};
use crate::people::relation::InReach;
use crate::people::rights::Asked;
use crate::web::posted::Upload;
use crate::web::{Answer, App, Error, FormKey, Result};
use std::ops::{Deref, DerefMut};

/// An open act on locked orders. Dropped without `finish`, it never happened.
pub struct JointAct {
    act: Act,
    pub orders: Vec<Order>,
    zone: chrono_tz::Tz,
}

impl Deref for JointAct {
    type Target = Act;
    fn deref(&self) -> &Act {
        &self.act
    }
}

impl DerefMut for JointAct {
    fn deref_mut(&mut self) -> &mut Act {
        &mut self.act
    }
}

/// Opens an act that holds no order yet; the form's key is claimed first.
pub async fn begin_joint(app: &App, by: By, key: &FormKey) -> Result<JointAct> {
    Ok(JointAct {
        act: history::begin(app, by, key).await?,
        orders: Vec::new(),
        zone: app.config.zone,
    })
}

/// An act on what several orders share, led by the one through which this person knows it. The others are locked with it
/// whoever works them, and settle at its end; so nobody changes what they share beside it.
pub async fn begin_shared(
    app: &App,
    by: By,
    own: &OrderNumber,
    (all, key): (&[uuid::Uuid], &FormKey),
) -> Result<OrderAct> {
    lead(history::begin(app, by, key).await?, app, own, all).await
}

/// The house's own act on the same.
pub async fn begin_house_shared(
    app: &App,
    by: By,
    own: &OrderNumber,
    all: &[uuid::Uuid],
) -> Result<OrderAct> {
    lead(history::begin_house(app, by).await?, app, own, all).await
}

async fn lead(mut act: Act, app: &App, own: &OrderNumber, all: &[uuid::Uuid]) -> Result<OrderAct> {
    let house = By::house(act.by.at);
    let (mut led, mut others) = (None, Vec::new());
    for number in numbers(&mut act, all).await? {
        let by = if number == *own {
            act.by.clone()
        } else {
            house.clone()
        };
        let reach = InReach::of(&by);
        let order = sql::lock(act.tx(), &by, &reach, &number)
            .await?
            .ok_or(Error::NotFound)?;
        if number == *own {
            led = Some(order);
        } else {
            others.push(order);
        }
    }
    let order = led.ok_or(Error::NotFound)?;
    Ok(OrderAct::over(act, order, app.config.zone).with(others))
}

/// Their numbers, in the order in which orders are ever locked.
async fn numbers(act: &mut Act, orders: &[uuid::Uuid]) -> Result<Vec<OrderNumber>> {
    let numbers = sqlx::query_scalar!(
        "select number from export_order where id = any($1) order by id",
        orders,
    )
    .fetch_all(act.tx())
    .await?;
    numbers
        .iter()
        .map(|number| OrderNumber::parse(number).ok_or(Error::NotFound))
        .collect()
}

impl JointAct {
    pub(super) fn over(act: Act, order: Order, zone: chrono_tz::Tz) -> Self {
        let orders = vec![order];
        Self { act, orders, zone }
    }

    /// Locks these orders as visible to this person; 404 where one of them is not.
    pub async fn hold(&mut self, orders: &[OrderId]) -> Result<()> {
        let mut ids: Vec<uuid::Uuid> = orders.iter().map(|id| id.0).collect();
        ids.sort_unstable();
        ids.dedup();
        let by = self.act.by.clone();
        let reach = InReach::of(&by);
        for number in numbers(&mut self.act, &ids).await? {
            let order = sql::lock(self.act.tx(), &by, &reach, &number)
                .await?
                .ok_or(Error::NotFound)?;
            self.orders.push(order);
        }
        if self.orders.is_empty() {
            return Err(Error::NotFound);
        }
        Ok(())
    }

    /// May this person do this deed on every one of them?
    pub fn must(&self, deed: impl Into<Asked>) -> Result<()> {
        let asked = deed.into();
        self.orders
            .iter()
            .try_for_each(|order| order.must(&self.act.by, asked.clone()))
    }

    /// Forward acts need every order to be open.
    pub fn must_move(&self) -> Result<()> {
        self.orders
            .iter()
            .find(|order| !order.condition.moves())
            .map_or(Ok(()), |order| {
                Err(Error::refused(NotMoving(order.condition)))
            })
    }

    pub fn zone(&self) -> chrono_tz::Tz {
        self.zone
    }

    /// The day of this act in the company's zone.
    pub fn today(&self) -> chrono::NaiveDate {
        self.act.by.at.with_timezone(&self.zone).date_naive()
    }

    /// The company's working days, for moments that something is due.
    pub async fn calendar(&mut self) -> Result<Calendar> {
        let days = crate::relay::sql::calendar_days(self.act.tx()).await?;
        Ok(Calendar::new(self.zone, days))
    }

    /// Writes one event into the chain of every order.
    pub async fn happened(&mut self, event: &Event) -> Result<()> {
        let Self { act, orders, .. } = self;
        for order in orders.iter() {
            act.record(order, event).await?;
        }
        Ok(())
    }

    /// Evidence goes into the file of the first order; the others find it by the event.
    pub async fn keep_file(
        &mut self,
        app: &App,
        file: &Upload,
        kind: &str,
        audience: Audience,
    ) -> Result<FileId> {
        let order = self.orders.first().map(Order::id).ok_or(Error::NotFound)?;
        let by = self.act.by.clone();
        let kept =
            files::store(app, self.act.tx(), (Some(order), &by), file, kind, audience).await?;
        self.happened(&Event::FileStored {
            name: kept.name,
            audience: audience.code().to_owned(),
        })
        .await?;
        Ok(kept.id)
    }

    /// The act of the one order it holds.
    pub fn single(self) -> Result<OrderAct> {
        let Self {
            act,
            mut orders,
            zone,
        } = self;
        let order = orders.pop().filter(|_| orders.is_empty());
        Ok(OrderAct::over(act, order.ok_or(Error::NotFound)?, zone))
    }

    /// The end: steps latch and open items are rewritten on every order, then the act ends as one.
    pub async fn finish(self, answer: Answer) -> Result<Answer> {
        let Self {
            mut act,
            orders,
            zone,
        } = self;
        for order in orders {
            act = OrderAct::over(act, order, zone).hand_on().await?;
        }
        act.finish(answer).await
    }
}
