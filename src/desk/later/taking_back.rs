//! Taking back 撤销: what was done in one act, or in the several acts of one form, is undone by whoever did it, each part by an
//! act and an event of its own, as long as it stands as she left it.

use super::batch::{Outcome, key_of};
use crate::base::{By, OrderNumber, T, TaskId};
use crate::desk::task::{ending, handing_on};
use crate::history::passing::{Passed, TaskPassed};
use crate::history::task_event::TaskEvent;
use crate::history::{self, Event};
use crate::orders;
use crate::web::{Answer, App, Error, FormKey, Keyed, Page, Result, Tell};
use axum::extract::{Path, State as Held};
use axum::response::Response;
use chrono::{DateTime, TimeDelta, Utc};

/// Afterwards it is done anew by hand.
const LONGEST: TimeDelta = TimeDelta::hours(24);

/// What can be taken back; all else that an act wrote stands.
enum Part {
    Done(TaskId, DateTime<Utc>),
    HandedOn(TaskPassed),
    Reassigned(Passed),
}

impl Part {
    fn of(at: DateTime<Utc>, event: Event) -> Option<Self> {
        match event {
            Event::Task(TaskEvent::TaskDone { task, .. }) => task.map(|task| Self::Done(task, at)),
            Event::Task(TaskEvent::TaskHandedOn { passed, .. }) => passed.map(Self::HandedOn),
            Event::OrderReassigned { passed, .. } => passed.map(Self::Reassigned),
            _ => None,
        }
    }

    /// One part of the form's key, and the name it is told by.
    fn row(&self) -> String {
        match self {
            Self::Done(task, _) => task.to_string(),
            Self::HandedOn(passed) => passed.task.to_string(),
            Self::Reassigned(passed) => passed.order.clone(),
        }
    }

    fn told(&self, t: T) -> String {
        match self {
            Self::Done(..) | Self::HandedOn(_) => t.tasks_kind().to_owned(),
            Self::Reassigned(passed) => passed.order.clone(),
        }
    }

    async fn take_back(&self, app: &App, by: &By, key: &FormKey) -> Result<()> {
        match self {
            Self::Done(task, at) => ending::put_back_among(app, by, (*task, *at), key).await,
            Self::HandedOn(passed) => handing_on::take_back(app, by, passed, key).await,
            Self::Reassigned(passed) => reassigned(app, by, passed, key).await,
        }
    }
}

/// Others keep the order than those to whom it was given.
#[derive(Debug)]
struct GoneOn;

impl Tell for GoneOn {
    fn tell(&self, t: T) -> String {
        t.tasks_order_gone_on().to_owned()
    }
}

/// It goes back into the hands it came from, as long as it has not gone on.
async fn reassigned(app: &App, by: &By, passed: &Passed, key: &FormKey) -> Result<()> {
    let number = OrderNumber::parse(&passed.order).ok_or(Error::NotFound)?;
    let mut act = orders::begin(app, by.clone(), &number, key).await?;
    act.shares(key);
    let kept = act.order.keepers;
    if (kept.salesperson, kept.operator) != (passed.to.salesperson, passed.to.operator) {
        return Err(GoneOn.into());
    }
    let from = (Some(passed.from.salesperson), Some(passed.from.operator));
    orders::reassign(&mut act, from.0, from.1).await?;
    act.finish(Answer::to("/")).await?;
    Ok(())
}

pub(super) async fn create(
    Held(app): Held<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&[])?;
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let person = by.person().ok_or(Error::SignIn)?;
    let since = by.at - LONGEST;
    let events = history::done_in(&mut *app.db.acquire().await?, person, id, since).await?;
    let parts: Vec<Part> = events
        .into_iter()
        .filter_map(|(at, event)| Part::of(at, event))
        .collect();
    if parts.is_empty() {
        return Err(Error::NotFound);
    }
    let mut outcome = Outcome::default();
    for part in &parts {
        let result = part.take_back(&app, &by, &key_of(&form, &part.row())).await;
        outcome.take(part.told(page.t), result, page.t)?;
    }
    let said = page.t.tasks_taken_back(outcome.done);
    outcome.answer(page, said, None)
}
