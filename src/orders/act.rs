//! Act on an order: the transaction, the lock, who acts, the form's key. To change anything under an order you hold
//! one of these; it can only be got through `begin`.

use super::cancelling;
use super::condition::Move;
use super::lifecycle::{self, Outcome};
use super::open_items;
use super::order::Order;
use super::{facts, items_sql, latches_sql, sql};
use crate::base::calendar::Calendar;
use crate::base::{By, OrderNumber};
use crate::history::{self, Act, Event};
use crate::people::relation::InReach;
use crate::people::rights::Asked;
use crate::web::{Answer, App, Error, FormKey, Result, Tell};
use std::ops::{Deref, DerefMut};

/// An open act on a locked order. Dropped without `finish`, it never happened.
pub struct OrderAct {
    act: Act,
    pub order: Order,
    /// Orders that share what is acted on; they settle with it.
    others: Vec<Order>,
    zone: chrono_tz::Tz,
}

impl Deref for OrderAct {
    type Target = Act;
    fn deref(&self) -> &Act {
        &self.act
    }
}

impl DerefMut for OrderAct {
    fn deref_mut(&mut self) -> &mut Act {
        &mut self.act
    }
}

/// Opens an act: claims the form's key (a repeated one answers with the first answer), then locks the order as
/// visible to this person (else 404).
pub async fn begin(app: &App, by: By, number: &OrderNumber, key: &FormKey) -> Result<OrderAct> {
    let reach = InReach::of(&by);
    let mut act = history::begin(app, by.clone(), key).await?;
    let order = sql::lock(act.tx(), &by, &reach, number)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(OrderAct::over(act, order, app.config.zone))
}

/// Opens an act on what is hers and only hangs on an order, such as a task by hand, whether or not she may still know the
/// order: it is held so that its events stand in their order. Rights are asked of the thing, none of the order.
pub async fn begin_beside(
    app: &App,
    by: By,
    number: &OrderNumber,
    key: &FormKey,
) -> Result<OrderAct> {
    let everything = InReach {
        everything: true,
        ..InReach::default()
    };
    let mut act = history::begin(app, by.clone(), key).await?;
    let order = sql::lock(act.tx(), &by, &everything, number)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(OrderAct::over(act, order, app.config.zone))
}

/// The house's own act on an order: lapses, reminders. No form, no person.
pub async fn begin_house(app: &App, by: By, number: &OrderNumber) -> Result<OrderAct> {
    let reach = InReach::of(&by);
    let mut act = history::begin_house(app, by.clone()).await?;
    let order = sql::lock(act.tx(), &by, &reach, number)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(OrderAct::over(act, order, app.config.zone))
}

/// The order is not open: what is asked for is a forward act.
#[derive(Debug)]
pub struct NotMoving(pub lifecycle::Condition);

impl Tell for NotMoving {
    fn tell(&self, t: crate::base::T) -> String {
        t.orders_not_moving(self.0.label(t))
    }
}

impl OrderAct {
    /// An act that also opened the order itself.
    pub(super) fn over(act: Act, order: Order, zone: chrono_tz::Tz) -> Self {
        Self {
            act,
            order,
            others: Vec::new(),
            zone,
        }
    }

    /// The others are held with it, whoever works them.
    pub(super) fn with(self, others: Vec<Order>) -> Self {
        Self { others, ..self }
    }

    /// Orders that are held with it.
    pub fn others(&self) -> &[Order] {
        &self.others
    }

    /// The same act, for what belongs to several orders: it holds this one.
    pub fn joint(self) -> super::joint::JointAct {
        super::joint::JointAct::over(self.act, self.order, self.zone)
    }

    /// May this person do this deed here? 403 where not; the attempt is logged by the layer that answers.
    pub fn must(&self, deed: impl Into<Asked>) -> Result<()> {
        self.order.must(&self.act.by, deed)
    }

    /// The condition this act leads to; refused where it is not taken in the one the order is in.
    pub(super) fn take(&self, step: Move) -> Result<lifecycle::Condition> {
        let stands = self.order.condition;
        stands
            .after(step)
            .ok_or_else(|| Error::refused(NotMoving(stands)))
    }

    /// Forward acts need an open order; notes, files, relays and money received do not.
    pub fn must_move(&self) -> Result<()> {
        if self.order.condition.moves() {
            Ok(())
        } else {
            Err(Error::refused(NotMoving(self.order.condition)))
        }
    }

    /// Where the company is.
    pub fn zone(&self) -> chrono_tz::Tz {
        self.zone
    }

    /// The day of this act in the company's zone.
    pub fn today(&self) -> chrono::NaiveDate {
        self.day_of(self.act.by.at)
    }

    /// The day of a moment in the company's zone.
    pub fn day_of(&self, at: chrono::DateTime<chrono::Utc>) -> chrono::NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// Midnight after this day in the company's zone.
    pub fn end_of_day(&self, day: chrono::NaiveDate) -> chrono::DateTime<chrono::Utc> {
        use chrono::TimeZone;
        let next = day
            .succ_opt()
            .unwrap_or(day)
            .and_time(chrono::NaiveTime::MIN);
        let local = self.zone.from_local_datetime(&next).earliest();
        local.map_or_else(
            || next.and_utc(),
            |moment| moment.with_timezone(&chrono::Utc),
        )
    }

    /// Writes one event into the order's chain.
    pub async fn happened(&mut self, event: &Event) -> Result<()> {
        let Self { act, order, .. } = self;
        act.record(order, event).await
    }

    /// Writes one event into the chain of every order that is held.
    pub async fn happened_everywhere(&mut self, event: &Event) -> Result<()> {
        self.happened(event).await?;
        let Self { act, others, .. } = self;
        for order in others.iter() {
            act.record(order, event).await?;
        }
        Ok(())
    }

    /// The end of every act: done steps latch, open items are rewritten, the answer is kept under the key, commit.
    pub async fn finish(mut self, answer: Answer) -> Result<Answer> {
        self.settle().await?;
        let Self {
            mut act,
            others,
            zone,
            ..
        } = self;
        for order in others {
            act = Self::over(act, order, zone).hand_on().await?;
        }
        act.finish(answer).await
    }

    /// The end of this order's part in an act on several orders; the act goes on.
    pub(super) async fn hand_on(mut self) -> Result<Act> {
        self.settle().await?;
        Ok(self.act)
    }

    async fn settle(&mut self) -> Result<()> {
        let (at, person, act_id) = (self.act.by.at, self.act.by.person(), self.act.id());
        let (mut facts, differs) = sql::facts(self.act.tx(), self.order.id, self.zone).await?;
        let before = facts.latches.step();
        let (after, done) = lifecycle::settle(facts.latches, &facts);
        for step in &done {
            latches_sql::latch(
                self.act.tx(),
                self.order.id,
                *step,
                Outcome::Done,
                (at, person),
                "",
            )
            .await?;
            let event = Event::StepDone {
                step: u8::try_from(step.number()).unwrap_or(0),
            };
            self.happened(&event).await?;
        }
        if after.step() != before || self.order.step != after.step() {
            let moved = (self.order.step, after.step());
            latches_sql::move_step(self.act.tx(), self.order.id, moved, at, person, act_id).await?;
            facts.order.step_since = at;
        }
        facts.latches = after;
        if cancelling::is_done(&facts) {
            cancelling::finish(self).await?;
            facts.order.condition = self.order.condition;
        }
        let items = open_items::open_items(&facts, &Calendar::new(self.zone, differs));
        items_sql::replace_items(self.act.tx(), self.order.id, &items).await
    }

    /// Facts as they stand inside this act.
    pub async fn facts(&mut self) -> Result<facts::Facts> {
        Ok(sql::facts(self.act.tx(), self.order.id, self.zone).await?.0)
    }
}
