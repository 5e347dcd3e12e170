//! Expecting 待开证: the customer is to open a credit for an order, or for several of his.

use super::credit::{LetterOfCredit, Refusal};
use super::held;
use super::question::{Input, Kind, Question, figure};
use super::sql::{self, Expected};
use crate::base::{By, Currency, Money, OrderNumber, T, typed};
use crate::history::credit_event::CreditEvent;
use crate::orders::{self, Condition, Order, OrderAct};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use sqlx::PgConnection;
use uuid::Uuid;

/// Further orders that one form names: as many as it offers.
const MOST: usize = 30;

async fn question(db: &mut PgConnection, page: &Page, by: &By, order: &Order) -> Result<Question> {
    let t = page.t;
    let companions = sql::companions(db, by, order).await?;
    let mut inputs = vec![
        Input::new(
            "amount",
            t.credits_amount(),
            Kind::Money(order.terms.currency.to_string()),
        ),
        Input::new("issuing_bank", t.credits_issuing_bank(), Kind::Line).optional(),
        Input::new("expected_on", t.credits_expected_on(), Kind::Day).optional(),
    ];
    if !companions.is_empty() {
        inputs.push(
            Input::new("other", t.credits_other_order(), Kind::Choices(companions))
                .hint(t.credits_other_order_hint())
                .optional(),
        );
    }
    Ok(Question {
        title: t.credits_expect().to_owned(),
        sentence: t.credits_expect_sentence(&order.customer_name),
        verb: t.credits_expect_verb(),
        action: format!("{}/credit", order.url()),
        back: (order.number.to_string(), format!("{}/credit", order.url())),
        rev: order.version,
        danger: false,
        points: Vec::new(),
        file: None,
        inputs,
    })
}

pub(super) async fn blank(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::ExpectCredit)?;
    question(&mut db, &page, &by, &order).await?.draw(page)
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["amount", "issuing_bank", "expected_on", "other"])?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::ExpectCredit)?;
    let expected = match read(&form, order.terms.currency) {
        Ok(expected) => expected,
        Err(faults) => {
            let question = question(&mut db, &page, &by, &order).await?;
            return question.again(page, &form.fields, faults);
        }
    };
    let all = covered(&mut db, &by, &order, &expected.others).await?;
    drop(db);
    let mut act = orders::begin_shared(&app, by, &number, (&all, &form.key)).await?;
    let held = expect(&mut act, &expected).await?;
    let answer = Answer::to(held.url()).tell(page.t, T::credits_expected_done);
    Ok(act.finish(answer).await?.into_response())
}

/// The orders it is to cover, by id; the right is asked of each. What she may not know is left out, and told as one that
/// does not fit.
async fn covered(
    db: &mut PgConnection,
    by: &By,
    order: &Order,
    others: &[String],
) -> Result<Vec<Uuid>> {
    let mut all = vec![order.id().0];
    for number in others.iter().filter_map(|text| OrderNumber::parse(text)) {
        match orders::find(db, by, &number).await {
            Ok(other) => {
                other.must(by, Deed::ExpectCredit)?;
                all.push(other.id().0);
            }
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(all)
}

/// The act: the credit is waited for, over this order and the others it names.
pub(super) async fn expect(act: &mut OrderAct, expected: &Expected) -> Result<LetterOfCredit> {
    act.must(Deed::ExpectCredit)?;
    act.must_move()?;
    // What is on hold may be covered by the credit that others wait for; what is over may not.
    let over = |order: &&Order| !matches!(order.condition, Condition::Open | Condition::OnHold);
    if let Some(over) = act.others().iter().find(over) {
        return Err(Refusal::OrderOver(over.number.to_string()).into());
    }
    let (credit, _, joined) = sql::insert(act, expected).await?;
    if usize::try_from(joined).ok() != Some(expected.others.len()) {
        return Err(Refusal::OrdersDiffer.into());
    }
    let held = sql::lock(act, &credit).await?.ok_or(Error::NotFound)?;
    held::happened(act, &held, CreditEvent::CreditExpected { credit }).await?;
    Ok(held)
}

fn read(form: &Keyed, currency: Currency) -> Result<Expected, Faults> {
    let mut faults = Faults::default();
    let amount = figure(&form.fields, "amount", currency, &mut faults);
    let day = form.fields.get("expected_on");
    let expected_on = typed::day(day);
    if !day.is_empty() && expected_on.is_none() {
        faults.add("expected_on", T::orders_not_a_day);
    }
    let mut others: Vec<String> = form
        .fields
        .all("other")
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
        .collect();
    others.sort_unstable();
    others.dedup();
    if others.iter().any(|text| OrderNumber::parse(text).is_none()) {
        faults.add("other", T::credits_no_such_order);
    }
    if others.len() > MOST {
        faults.add("other", T::credits_too_many_orders);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Expected {
        money: Money::new(amount, currency),
        issuing_bank: form.fields.get("issuing_bank").chars().take(140).collect(),
        expected_on,
        others,
    })
}
