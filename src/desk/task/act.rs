//! Act on a task: the task under its lock, in an act that also holds its order where it has one, so that the event stands
//! in the order's chain. Whoever does the task need not know the order any more, and it may be closed.

use super::record::HandTask;
use super::sql;
use crate::base::{By, OrderNumber, TaskId};
use crate::history::task_event::TaskEvent;
use crate::history::{self, Act, Event};
use crate::orders::{self, OrderAct};
use crate::people::password::PersonStream;
use crate::web::{Answer, App, Error, FormKey, Result};
use sqlx::PgConnection;

pub(super) enum Holder {
    Alone(Box<Act>),
    On(Box<OrderAct>),
}

/// An open act with the task it is on.
pub(super) struct TaskAct {
    holder: Holder,
    pub task: HandTask,
}

/// 404 for who may not know the task; but a repeated form is answered first, because handing a task on can end that.
pub(super) async fn begin(app: &App, by: &By, id: TaskId, key: &FormKey) -> Result<TaskAct> {
    let act = hold(app, by, id, key).await?;
    act.task.known_to(by)?;
    Ok(act)
}

/// The same for whoever takes an act of her own back that ended her knowing it; her right is that act.
pub(super) async fn hold(app: &App, by: &By, id: TaskId, key: &FormKey) -> Result<TaskAct> {
    let number = {
        let mut db = app.db.acquire().await?;
        sql::order_of(&mut db, id).await?
    };
    let mut holder = Holder::begin(app, by, number.as_deref(), key).await?;
    let task = sql::lock(holder.tx(), id).await?.ok_or(Error::NotFound)?;
    Ok(TaskAct { holder, task })
}

impl Holder {
    async fn begin(app: &App, by: &By, number: Option<&str>, key: &FormKey) -> Result<Self> {
        let Some(number) = number else {
            let act = history::begin(app, by.clone(), key).await?;
            return Ok(Self::Alone(Box::new(act)));
        };
        let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
        let act = orders::begin_beside(app, by.clone(), &number, key).await?;
        Ok(Self::On(Box::new(act)))
    }

    pub(super) fn tx(&mut self) -> &mut PgConnection {
        match self {
            Self::Alone(act) => act.tx(),
            Self::On(act) => act.tx(),
        }
    }

    /// On the order's stream with its words; else on that of who does it, where they are not told.
    pub(super) async fn record(&mut self, task: &HandTask, event: TaskEvent) -> Result<()> {
        match self {
            Self::Alone(act) => {
                act.record(&PersonStream(task.owner), &Event::Task(event))
                    .await
            }
            Self::On(act) => act.happened(&Event::Task(event)).await,
        }
    }

    pub(super) async fn finish(self, answer: Answer) -> Result<Answer> {
        match self {
            Self::Alone(act) => act.finish(answer).await,
            Self::On(act) => act.finish(answer).await,
        }
    }
}

impl TaskAct {
    pub(super) fn tx(&mut self) -> &mut PgConnection {
        self.holder.tx()
    }

    /// Its events belong to the form as a whole.
    pub(super) fn shares(&mut self, key: &FormKey) {
        match &mut self.holder {
            Holder::Alone(act) => act.shares(key),
            Holder::On(act) => act.shares(key),
        }
    }

    /// The words of the task as its stream may tell them.
    pub(super) fn words(&self) -> String {
        match self.holder {
            Holder::Alone(_) => String::new(),
            Holder::On(_) => self.task.text.clone(),
        }
    }

    pub(super) async fn happened(&mut self, event: TaskEvent) -> Result<()> {
        self.holder.record(&self.task, event).await
    }

    pub(super) async fn finish(self, answer: Answer) -> Result<Answer> {
        self.holder.finish(answer).await
    }
}
