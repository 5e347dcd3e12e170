//! Handing on 转给: another colleague does the task from now on; who gave it stays who gave it.

use super::act::{self, TaskAct};
use super::changing::parse;
use super::giving::{recipient, refusal};
use super::record::Refusal;
use super::sql;
use crate::base::{By, OrderNumber, PersonId, TaskId};
use crate::history;
use crate::history::passing::TaskPassed;
use crate::history::task_event::TaskEvent;
use crate::people;
use crate::people::rights::Deed;
use crate::web::{Answer, App, Error, FormKey, Keyed, Page, Result};
use axum::extract::{Path, State as Held};

pub(super) async fn create(
    Held(app): Held<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&["owner"])?;
    let wanted = (parse(&id)?, form.rev()?);
    let act = hand_on(&app, &by, wanted, form.fields.get("owner"), &form.key).await?;
    let said = page.t.tasks_given(act.task.owner_name(page.lang));
    let undo = history::way_back(history::id_of_form(&by, &form.key));
    act.finish(Answer::to("/").say(said).undo(undo)).await
}

/// The act. The task it leaves has its new hands.
async fn hand_on(
    app: &App,
    by: &By,
    (id, rev): (TaskId, i32),
    email: &str,
    key: &FormKey,
) -> Result<TaskAct> {
    let mut act = act::begin(app, by, id, key).await?;
    act.task.must(by, Deed::HandOnTask)?;
    act.task.must_stand(rev)?;
    let order = sql::order_of(act.tx(), id).await?;
    let order = order.as_deref().and_then(OrderNumber::parse);
    let owner = recipient(app, act.tx(), by, email, order.as_ref())
        .await
        .map_err(refusal)?;
    if owner == act.task.owner {
        return Err(Refusal::Hers.into());
    }
    give(&mut act, owner, (by, key)).await?;
    Ok(act)
}

/// From here on it is hers; the event stands with whoever does the task now.
async fn give(act: &mut TaskAct, to: PersonId, (by, key): (&By, &FormKey)) -> Result<()> {
    let (id, from) = (act.task.id, act.task.owner);
    act.shares(key);
    sql::save_owner(act.tx(), id, to).await?;
    act.task = sql::find(act.tx(), id).await?.ok_or(Error::NotFound)?;
    let event = TaskEvent::TaskHandedOn {
        to: act.task.owner_name(by.lang).to_owned(),
        text: act.words(),
        passed: Some(TaskPassed {
            task: id,
            from,
            version: act.task.version,
        }),
    };
    act.happened(event).await
}

/// Undo: it goes back to whom it came from, as long as nobody has touched it. Whoever handed it on need not know it any more.
pub(in crate::desk) async fn take_back(
    app: &App,
    by: &By,
    passed: &TaskPassed,
    key: &FormKey,
) -> Result<()> {
    let mut act = act::hold(app, by, passed.task, key).await?;
    act.task.must_stand(passed.version)?;
    let staff = people::list_active(act.tx()).await?;
    if !staff.iter().any(|person| person.id == passed.from) {
        return Err(Refusal::NotForHer.into());
    }
    give(&mut act, passed.from, (by, key)).await?;
    act.finish(Answer::to("/")).await?;
    Ok(())
}

/// One of several that are handed on at once.
pub(in crate::desk) async fn among(
    app: &App,
    by: &By,
    wanted: (TaskId, i32),
    email: &str,
    key: &FormKey,
) -> Result<()> {
    let act = hand_on(app, by, wanted, email, key).await?;
    act.finish(Answer::to("/")).await?;
    Ok(())
}
