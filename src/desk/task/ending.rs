//! Ending 完成、删去: a task is done or taken away with one click, and put back with another.

use super::act::{self, TaskAct};
use super::changing::parse;
use super::record::{Refusal, State};
use super::sql;
use crate::base::{By, T, TaskId};
use crate::history::task_event::TaskEvent;
use crate::people::rights::Deed;
use crate::web::{Answer, App, Error, FormKey, Keyed, Page, Result};
use axum::extract::{Path, State as Held};
use chrono::{DateTime, Utc};

/// Where the form was sent from.
fn back(form: &Keyed, order: Option<String>) -> String {
    match (form.fields.get("back"), order) {
        ("order", Some(number)) => format!("/orders/{number}#tasks"),
        ("tasks", _) => "/tasks".to_owned(),
        ("home_team", _) => "/?who=team".to_owned(),
        _ => "/".to_owned(),
    }
}

pub(super) async fn done(
    Held(app): Held<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&["back"])?;
    let id = parse(&id)?;
    let act = end(&app, &by, (id, form.rev()?), State::Done, &form.key).await?;
    answer(act, page.t.tasks_done_now(), &form, id).await
}

pub(super) async fn take_away(
    Held(app): Held<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&["back"])?;
    let id = parse(&id)?;
    let act = end(&app, &by, (id, form.rev()?), State::Gone, &form.key).await?;
    answer(act, page.t.tasks_gone_now(), &form, id).await
}

async fn answer(mut act: TaskAct, said: &str, form: &Keyed, id: TaskId) -> Result<Answer> {
    let order = sql::order_of(act.tx(), id).await?;
    let answer = Answer::to(back(form, order)).say(said);
    act.finish(answer.undo(format!("/tasks/{id}/reopening")))
        .await
}

/// The act: it stands as it was shown, and ends.
async fn end(
    app: &App,
    by: &By,
    (id, rev): (TaskId, i32),
    state: State,
    key: &FormKey,
) -> Result<TaskAct> {
    let mut act = act::begin(app, by, id, key).await?;
    act.task.must(by, Deed::KeepTask)?;
    act.task.must_stand(rev)?;
    act.shares(key);
    let person = by.person().ok_or(Error::SignIn)?;
    sql::save_state(act.tx(), id, state, Some((by.at, person))).await?;
    let text = act.words();
    let event = match state {
        State::Gone => TaskEvent::TaskTakenAway { text },
        State::Open | State::Done => TaskEvent::TaskDone {
            text,
            task: Some(id),
        },
    };
    act.happened(event).await?;
    Ok(act)
}

/// One of several that are done at once: its own act under the form's key and its own address.
pub(in crate::desk) async fn done_among(
    app: &App,
    by: &By,
    (id, rev): (TaskId, i32),
    key: &FormKey,
) -> Result<()> {
    let act = end(app, by, (id, rev), State::Done, key).await?;
    act.finish(Answer::to("/")).await?;
    Ok(())
}

/// The act: what has ended is open again. It needs no version, because nothing else of it changes; where an ending of this
/// moment is meant, none that came later is undone.
async fn put_back(
    app: &App,
    by: &By,
    (id, ended): (TaskId, Option<DateTime<Utc>>),
    key: &FormKey,
) -> Result<TaskAct> {
    let mut act = act::begin(app, by, id, key).await?;
    act.task.must(by, Deed::KeepTask)?;
    if act.task.state == State::Open {
        return Err(Refusal::StillOpen.into());
    }
    if ended.is_some() && act.task.ended_at != ended {
        return Err(Refusal::Changed.into());
    }
    sql::save_state(act.tx(), id, State::Open, None).await?;
    let text = act.words();
    act.happened(TaskEvent::TaskReopened { text }).await?;
    Ok(act)
}

/// One of several that were done at once is not done.
pub(in crate::desk) async fn put_back_among(
    app: &App,
    by: &By,
    (id, ended): (TaskId, DateTime<Utc>),
    key: &FormKey,
) -> Result<()> {
    let act = put_back(app, by, (id, Some(ended)), key).await?;
    act.finish(Answer::to("/")).await?;
    Ok(())
}

/// Undo of one.
pub(super) async fn reopen(
    Held(app): Held<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&["back"])?;
    let id = parse(&id)?;
    let mut act = put_back(&app, &by, (id, None), &form.key).await?;
    let order = sql::order_of(act.tx(), id).await?;
    let answer = Answer::to(back(&form, order)).tell(page.t, T::tasks_reopened);
    act.finish(answer).await
}
