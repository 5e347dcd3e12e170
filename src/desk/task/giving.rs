//! Giving 写待办: a task for oneself or for a colleague, optionally on an order that both may know.

use super::act::Holder;
use super::record::{HandTask, Refusal};
use super::{form, sql};
use crate::base::{By, OrderNumber, PersonId, T, TaskId};
use crate::history;
use crate::history::task_event::TaskEvent;
use crate::orders::{self, Order};
use crate::people::rights::{self, Deed};
use crate::people::{self, Colleague, Relation};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Query, State as Held};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "desk/task_new.html")]
struct NewPage {
    page: Page,
    people: Vec<(String, String)>,
    typed: Fields,
    faults: Faults,
}

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    /// Number of the order it is written on.
    #[serde(default)]
    order: String,
}

/// Colleagues for a choice, herself first; by their e-mail addresses, which name them in addresses too.
pub(in crate::desk) fn choices(staff: &[Colleague], by: &By, page: &Page) -> Vec<(String, String)> {
    let me = by.person();
    let mut people: Vec<&Colleague> = staff.iter().collect();
    people.sort_by_key(|one| Some(one.id) != me);
    people
        .into_iter()
        .map(|one| (one.email.clone(), one.name(page.lang).to_owned()))
        .collect()
}

pub(super) async fn blank(
    Held(app): Held<App>,
    by: By,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Html<String>> {
    rights::must(&by, Deed::GiveTask, &Relation::none())?;
    let mut db = app.db.acquire().await?;
    let staff = people::list_active(&mut db).await?;
    let mut typed = Fields::default();
    if let Some(number) = OrderNumber::parse(&asked.order) {
        orders::find(&mut db, &by, &number).await?;
        typed.set("order", number.to_string());
        typed.set("back", "order");
    }
    typed.set("day", crate::base::format::day_iso(page.today()));
    let me = staff.iter().find(|one| Some(one.id) == by.person());
    typed.set(
        "owner",
        me.map(|one| one.email.as_str()).unwrap_or_default(),
    );
    draw(page, &staff, &by, typed, Faults::default())
}

fn draw(
    page: Page,
    staff: &[Colleague],
    by: &By,
    typed: Fields,
    faults: Faults,
) -> Result<Html<String>> {
    let people = choices(staff, by, &page);
    let page = NewPage {
        page,
        people,
        typed,
        faults,
    };
    Ok(Html(page.render()?))
}

pub(super) async fn create(
    Held(app): Held<App>,
    by: By,
    page: Page,
    form: Keyed,
) -> Result<Response> {
    form.only(&["text", "day", "time", "owner", "order", "back"])?;
    rights::must(&by, Deed::GiveTask, &Relation::none())?;
    match give(&app, &by, &page, &form).await {
        Err(Error::Invalid(faults)) => {
            let staff = people::list_active(&mut *app.db.acquire().await?).await?;
            let html = draw(page, &staff, &by, form.fields, faults)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        answer => Ok(answer?.into_response()),
    }
}

async fn give(app: &App, by: &By, page: &Page, form: &Keyed) -> Result<Answer> {
    let (holder, task, order) = write(app, by, form).await?;
    let url = match (&order, form.fields.get("back")) {
        (Some(order), "order") => format!("{}#tasks", order.url()),
        _ => "/".to_owned(),
    };
    let said = if task.owner == task.giver {
        page.t.tasks_written().to_owned()
    } else {
        page.t.tasks_given(task.owner_name(page.lang))
    };
    holder.finish(Answer::to(url).say(said)).await
}

/// The same without a page.
pub(in crate::desk) async fn give_typed(app: &App, by: &By, form: &Keyed) -> Result<()> {
    rights::must(by, Deed::GiveTask, &Relation::none())?;
    let (holder, ..) = write(app, by, form).await?;
    holder.finish(Answer::to("/")).await?;
    Ok(())
}

/// The act: it is written, and stands with its order where it has one.
async fn write(app: &App, by: &By, form: &Keyed) -> Result<(Holder, HandTask, Option<Order>)> {
    let mut faults = Faults::default();
    let content = form::read(&form.fields, app.config.zone, &mut faults);
    let typed = form.fields.get("order");
    let number = OrderNumber::parse(typed);
    if number.is_none() && !typed.is_empty() {
        faults.add("order", T::tasks_order_unknown);
    }
    let (Some(content), true) = (content, faults.is_empty()) else {
        return Err(Error::Invalid(faults));
    };
    let (mut holder, order) = hold(app, by, number.as_ref(), form).await?;
    let email = form.fields.get("owner");
    let owner = recipient(app, holder.tx(), by, email, number.as_ref()).await?;
    let giver = by.person().ok_or(Error::SignIn)?;
    let id = TaskId::fresh(by.at);
    let of = order.as_ref().map(Order::id);
    sql::insert(holder.tx(), id, (owner, giver), of, &content, by.at).await?;
    let task = sql::find(holder.tx(), id).await?.ok_or(Error::NotFound)?;
    holder.record(&task, given(&task, by)).await?;
    Ok((holder, task, order))
}

fn given(task: &HandTask, by: &By) -> TaskEvent {
    TaskEvent::TaskGiven {
        to: task.owner_name(by.lang).to_owned(),
        text: if task.order.is_some() {
            task.text.clone()
        } else {
            String::new()
        },
    }
}

/// The order as she may know it, held; one that she may not know is told as one that is not there.
async fn hold(
    app: &App,
    by: &By,
    number: Option<&OrderNumber>,
    form: &Keyed,
) -> Result<(Holder, Option<Order>)> {
    let Some(number) = number else {
        let act = history::begin(app, by.clone(), &form.key).await?;
        return Ok((Holder::Alone(Box::new(act)), None));
    };
    match orders::begin(app, by.clone(), number, &form.key).await {
        Ok(act) => {
            let order = act.order.clone();
            Ok((Holder::On(Box::new(act)), Some(order)))
        }
        Err(Error::NotFound) => Err(Faults::one("order", T::tasks_order_unknown).into()),
        Err(error) => Err(error),
    }
}

/// Who shall do it: somebody who may sign in and, on an order, who may know it.
pub(super) async fn recipient(
    app: &App,
    db: &mut PgConnection,
    by: &By,
    email: &str,
    order: Option<&OrderNumber>,
) -> Result<PersonId> {
    let unfit = || Error::from(Faults::one("owner", T::tasks_not_for_her));
    let hers = match people::acting(db, email, by.at, app.config.zone).await {
        Err(Error::NotFound) => return Err(unfit()),
        found => found?,
    };
    if let Some(number) = order {
        match orders::find(db, &hers, number).await {
            Err(Error::NotFound) => return Err(unfit()),
            found => found?,
        };
    }
    hers.person().ok_or_else(unfit)
}

/// The same as a refusal, where there is no form to draw again.
pub(super) fn refusal(error: Error) -> Error {
    match error {
        Error::Invalid(_) => Refusal::NotForHer.into(),
        other => other,
    }
}
