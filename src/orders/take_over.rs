//! Taking over 接手: a customer gets another salesperson, who takes over the open orders in the same act. Closed orders
//! stay as they are, readable to both.

use super::act::OrderAct;
use super::{keepers, sql};
use crate::base::{By, OrderNumber, PersonId, T};
use crate::history::{self, Act};
use crate::parties::customer::{self, Customer};
use crate::people::relation::InReach;
use crate::people::{Deed, Relation, barring};
use crate::records::{Card, Stored, stale};
use crate::web::{Answer, App, Door, Error, Faults, Fields, Keyed, Page, Result, Routes, Tell};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use sqlx::PgConnection;

pub fn routes() -> Routes {
    Routes::new()
        .get("/customers/{code}/reassignment", Door::Staff, ask)
        .post("/customers/{code}/reassignment", Door::Staff, create)
}

#[derive(Template)]
#[template(path = "orders/take_over.html")]
pub struct TakeOverPage {
    pub page: Page,
    pub customer: Stored<Customer>,
    pub open: i64,
    pub sellers: Vec<(String, String)>,
    pub typed: String,
    pub faults: Faults,
}

/// An order that the manager does not lead stays where it is, and with it the customer.
#[derive(Debug)]
struct Foreign(OrderNumber);

impl Tell for Foreign {
    fn tell(&self, t: T) -> String {
        t.parties_take_over_foreign(&self.0)
    }
}

/// Finds the customer for somebody who may give her away.
async fn find(db: &mut PgConnection, by: &By, code: &str) -> Result<Stored<Customer>> {
    let customer = Customer::find(db, code).await?.ok_or(Error::NotFound)?;
    if customer::may_reassign(db, by, &customer).await? {
        Ok(customer)
    } else {
        let deed = Deed::ReassignCustomer;
        Err(barring::refusal(by, deed, &Relation::none()))
    }
}

async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(code): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let customer = find(&mut db, &by, &code).await?;
    draw(&mut db, page, customer, (String::new(), Faults::default())).await
}

async fn draw(
    db: &mut PgConnection,
    page: Page,
    customer: Stored<Customer>,
    (typed, faults): (String, Faults),
) -> Result<Html<String>> {
    let open = sqlx::query_scalar!(
        r#"select count(*) as "open!" from export_order
           where customer = $1 and condition in ('open', 'on_hold', 'cancelling')"#,
        customer.id,
    )
    .fetch_one(&mut *db)
    .await?;
    let html = TakeOverPage {
        sellers: customer::sellers(db, page.lang).await?,
        page,
        customer,
        open,
        typed,
        faults,
    };
    Ok(Html(html.render()?))
}

async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(code): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["salesperson"])?;
    let rev = form.rev()?;
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    let customer = find(act.tx(), &by, &code).await?;
    let typed = form.fields.get("salesperson").to_owned();
    let to = match successor(act.tx(), &customer, &typed).await? {
        Ok(found) => found,
        Err(faults) => {
            let html = draw(act.tx(), page, customer, (typed, faults)).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
    };
    if !customer::assign(&mut act, &customer, rev, to).await? {
        let held = customer.card.salesperson.map(|id| id.to_string());
        let mut theirs = Fields::default();
        theirs.set("salesperson", held.unwrap_or_default());
        let label = page.t.parties_take_over_to().to_owned();
        let of = (
            format!("{}/reassignment", customer.url()),
            vec![("salesperson".to_owned(), label)],
        );
        let theirs = (theirs, customer.version);
        return Err(stale(act.tx(), &by, &customer.thing(), &form.fields, theirs, of).await?);
    }
    let (act, count) = take_over(act, app.config.zone, &customer, to).await?;
    let said = page.t.parties_take_over_done(count);
    let answer = Answer::to(customer.url()).say(said);
    Ok(act.finish(answer).await?.into_response())
}

/// The new salesperson; she needs a department, which the orders' visibility hangs on.
async fn successor(
    db: &mut PgConnection,
    customer: &Stored<Customer>,
    typed: &str,
) -> Result<Result<PersonId, Faults>> {
    let fault = |words| Ok(Err(Faults::one("salesperson", words)));
    let Ok(to) = typed.parse::<PersonId>() else {
        return fault(T::parties_take_over_missing);
    };
    if customer.card.salesperson == Some(to) {
        return fault(T::parties_take_over_same);
    }
    let row = sqlx::query!(
        "select department from person where id = $1 and status = 'active' and 'salesperson' = any(roles)",
        to.0,
    )
    .fetch_optional(db)
    .await?;
    match row.map(|row| row.department) {
        None => fault(T::parties_take_over_missing),
        Some(None) => fault(T::parties_take_over_no_department),
        Some(Some(_)) => Ok(Ok(to)),
    }
}

/// The act's second half: every open order of the customer goes over, each with its event and its open items rewritten.
/// One order that may not be reassigned stops the whole act.
pub async fn take_over(
    mut act: Act,
    zone: chrono_tz::Tz,
    customer: &Stored<Customer>,
    to: PersonId,
) -> Result<(Act, usize)> {
    let by = act.by.clone();
    let everything = InReach {
        everything: true,
        ..InReach::default()
    };
    let numbers = sqlx::query_scalar!(
        "select number from export_order
         where customer = $1 and salesperson <> $2 and condition in ('open', 'on_hold', 'cancelling') order by number",
        customer.id,
        to.0,
    )
    .fetch_all(act.tx())
    .await?;
    let count = numbers.len();
    for number in numbers {
        let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
        let order = sql::lock(act.tx(), &by, &everything, &number)
            .await?
            .ok_or(Error::NotFound)?;
        if !order.may(&by, Deed::ReassignOrder) {
            return Err(Foreign(number).into());
        }
        let mut one = OrderAct::over(act, order, zone);
        keepers::reassign(&mut one, Some(to), None).await?;
        act = one.hand_on().await?;
    }
    Ok((act, count))
}
