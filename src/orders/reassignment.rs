//! Reassignment 转单: other hands keep an order from now on; who may sell it and who may operate it is asked here.

use super::act::{self, OrderAct};
use super::keepers;
use super::order::{self, Order};
use crate::base::{By, Lang, OrderNumber, PersonId, Role};
use crate::history;
use crate::people::{self, Deed};
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "orders/reassign.html")]
pub(super) struct ReassignPage {
    page: Page,
    order: Order,
    salespeople: Vec<(String, String)>,
    operators: Vec<(String, String)>,
    salesperson: String,
    operator: String,
    /// Tasks by hand on this order that stay where they are: what, and with whom.
    tasks: Vec<(String, String)>,
    faults: Faults,
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = order::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::ReassignOrder)?;
    let kept = (
        order.keepers.salesperson.to_string(),
        order.keepers.operator.to_string(),
    );
    draw(&mut db, page, order, kept, Faults::default()).await
}

async fn draw(
    db: &mut PgConnection,
    page: Page,
    order: Order,
    (salesperson, operator): (String, String),
    faults: Faults,
) -> Result<Html<String>> {
    let page = ReassignPage {
        tasks: tasks(db, &order, &page).await?,
        salespeople: colleagues(db, Role::Salesperson, &page).await?,
        operators: colleagues(db, Role::OrderOperator, &page).await?,
        page,
        order,
        salesperson,
        operator,
        faults,
    };
    Ok(Html(page.render()?))
}

/// What is left: tasks by hand do not go with the order.
async fn tasks(db: &mut PgConnection, order: &Order, page: &Page) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        "select t.text, p.name_zh, p.name_en from hand_task t join person p on p.id = t.owner
         where t.order_id = $1 and t.state = 'open' order by t.due_at, t.id limit 100",
        order.id().0,
    )
    .fetch_all(db)
    .await?;
    let name = |zh: String, en: String| match page.lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    Ok(rows
        .into_iter()
        .map(|row| (row.text, name(row.name_zh, row.name_en)))
        .collect())
}

/// Active colleagues of one role, for a choice.
pub(super) async fn colleagues(
    db: &mut PgConnection,
    role: Role,
    page: &Page,
) -> Result<Vec<(String, String)>> {
    let people = people::list_active(db).await?;
    Ok(people
        .into_iter()
        .filter(|person| person.roles.has(role))
        .map(|person| (person.id.to_string(), person.name(page.lang).to_owned()))
        .collect())
}

pub(super) async fn save(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["salesperson", "operator"])?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let (typed_s, typed_o) = (
        form.fields.get("salesperson").to_owned(),
        form.fields.get("operator").to_owned(),
    );
    let mut faults = Faults::default();
    let salesperson: Option<PersonId> = typed_s.parse().ok();
    let operator: Option<PersonId> = typed_o.parse().ok();
    if salesperson.is_none() {
        faults.add("salesperson", crate::base::T::orders_choose_person);
    }
    if operator.is_none() {
        faults.add("operator", crate::base::T::orders_choose_person);
    }
    let (Some(salesperson), Some(operator)) = (salesperson, operator) else {
        let mut db = app.db.acquire().await?;
        let order = order::find(&mut db, &by, &number).await?;
        order.must(&by, Deed::ReassignOrder)?;
        let html = draw(&mut db, page, order, (typed_s, typed_o), faults).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    let act = act::begin(&app, by, &number, &form.key).await?;
    Ok(given(act, &page, (salesperson, operator))
        .await?
        .into_response())
}

/// The act, and what is said of it. Who gives an order away may not know it any more; the list is a page she can always
/// see.
async fn given(
    mut act: OrderAct,
    page: &Page,
    (salesperson, operator): (PersonId, PersonId),
) -> Result<Answer> {
    keepers::reassign(&mut act, Some(salesperson), Some(operator)).await?;
    let order = act.order.clone();
    let said = match tasks(act.tx(), &order, page).await?.len() {
        0 => page.t.orders_reassigned().to_owned(),
        left => page.t.orders_reassigned_tasks(left),
    };
    let mut answer = Answer::to("/orders").say(said);
    // Out of the departments she decides for she cannot fetch it back; there its new manager gives it.
    let department = order.keepers.department;
    if act.by.staff().is_some_and(|staff| staff.leads(department)) {
        answer = answer.undo(history::way_back(act.id()));
    }
    act.finish(answer).await
}
