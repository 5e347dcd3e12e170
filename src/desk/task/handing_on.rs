//! Handing on 转给: another colleague does the task from now on; who gave it stays who gave it.

use super::act::{self, TaskAct};
use super::changing::parse;
use super::giving::{recipient, refusal};
use super::record::Refusal;
use super::sql;
use crate::base::{By, OrderNumber, TaskId};
use crate::history::task_event::TaskEvent;
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
    act.finish(Answer::to("/").say(said)).await
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
    sql::save_owner(act.tx(), id, owner).await?;
    act.task = sql::find(act.tx(), id).await?.ok_or(Error::NotFound)?;
    let event = TaskEvent::TaskHandedOn {
        to: act.task.owner_name(by.lang).to_owned(),
        text: act.words(),
    };
    act.happened(event).await?;
    Ok(act)
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
