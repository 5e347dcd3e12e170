//! Closing 结案: step 9 is done and nothing stands open. What comes afterwards is recorded and shown as a late fact.

use super::act::{self, NotMoving, OrderAct};
use super::condition::Move;
use super::joint::JointAct;
use super::lifecycle::{Condition, Step, blockers};
use super::open_items::{self, ItemKind};
use super::order::{self, Order};
use super::sql;
use crate::base::{By, OrderId, OrderNumber, T};
use crate::history::rebate_event::RebateEvent;
use crate::history::{Act, Event};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Keyed, Page, Result, Tell};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sqlx::PgConnection;

/// What still stands open, each as its own sentence in the reader's language.
#[derive(Debug)]
pub(super) struct StandsOpen(Vec<Open>);

#[derive(Clone, Debug)]
enum Open {
    Lack(super::blockers::Blocker),
    Item(ItemKind, String, String),
}

impl Open {
    fn tell(&self, t: T) -> String {
        match self {
            Self::Lack(blocker) => {
                t.orders_closing_lack(blocker.label(t), blocker.waits_for().label(t))
            }
            Self::Item(kind, subject, quoted) => kind.tell(t, subject, quoted),
        }
    }
}

impl Open {
    /// Nothing for a step's own gate: the items below it say who does what.
    fn href(&self, order: &Order) -> String {
        match self {
            Self::Lack(_) => String::new(),
            Self::Item(kind, subject, _) => kind.read_at(&order.url(), subject),
        }
    }
}

impl Tell for StandsOpen {
    fn tell(&self, t: T) -> String {
        let all: Vec<String> = self.0.iter().map(|open| open.tell(t)).collect();
        t.orders_closing_open(all.join(t.orders_closing_between()))
    }
}

#[derive(Template)]
#[template(path = "orders/closing.html")]
struct ClosingPage {
    page: Page,
    order: Order,
    /// What stands open, and where it is done.
    open: Vec<(String, String)>,
}

impl ClosingPage {
    fn action(&self) -> String {
        format!("{}/closing", self.order.url())
    }
}

async fn standing(db: &mut PgConnection, order: &Order, zone: Tz) -> Result<Vec<Open>> {
    let (facts, differs) = sql::facts(db, order.id(), zone).await?;
    let mut open: Vec<Open> = Step::ALL
        .into_iter()
        .filter(|step| facts.latches.get(*step).is_none())
        .flat_map(|step| blockers(step, &facts))
        .map(Open::Lack)
        .collect();
    // The days that differ move due moments only; whether something stands open they do not change.
    let calendar = crate::base::calendar::Calendar::new(chrono_tz::UTC, differs);
    let items = open_items::open_items(&facts, &calendar);
    let left = items
        .into_iter()
        .filter(|item| !matches!(item.kind, ItemKind::CloseOrder | ItemKind::LeaveStep));
    open.extend(left.map(|item| Open::Item(item.kind, item.subject, item.quoted)));
    Ok(open)
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
    order.must(&by, Deed::CloseOrder)?;
    let open = standing(&mut db, &order, page.zone).await?;
    let page = ClosingPage {
        open: open
            .iter()
            .map(|one| (one.tell(page.t), one.href(&order)))
            .collect(),
        order,
        page,
    };
    Ok(Html(page.render()?))
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut act = act::begin(&app, by, &number, &form.key).await?;
    close(&mut act).await?;
    let answer = Answer::to(act.order.url()).tell(page.t, T::orders_closed_done);
    act.finish(answer).await
}

/// The act: refused while anything stands open.
pub async fn close(act: &mut OrderAct) -> Result<()> {
    act.must(Deed::CloseOrder)?;
    let after = act.take(Move::Close)?;
    let order = act.order.clone();
    let zone = act.zone();
    let open = standing(act.tx(), &order, zone).await?;
    if !open.is_empty() {
        return Err(StandsOpen(open).into());
    }
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "insert into order_closing (order_id, at, person) values ($1, $2, $3)
         on conflict (order_id) do update set at = excluded.at, person = excluded.person, late_at = null",
        order.id().0,
        at,
        person.0,
    )
    .execute(act.tx())
    .await?;
    sql::save_condition(act.tx(), order.id(), after, None, "").await?;
    act.order.condition = after;
    act.happened(&Event::Rebate(RebateEvent::OrderClosed)).await
}

/// Money, a charge or a claim that comes to a closed order shows on it as a late fact; no other condition is asked.
pub async fn comes_late(act: &mut Act, order: &Order) -> Result<()> {
    if order.condition == Condition::Closed {
        let at = act.by.at;
        mark(act.tx(), order.id(), at).await?;
    }
    Ok(())
}

async fn mark(db: &mut PgConnection, order: OrderId, at: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update order_closing set late_at = $2 where order_id = $1",
        order.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The guard of facts that may still come in after closing: an open order takes them, a closed one takes them as late,
/// any other only money.
pub async fn recorded(act: &mut JointAct, money: bool) -> Result<()> {
    let at = act.by.at;
    for order in act.orders.clone() {
        match order.condition {
            Condition::Open => {}
            Condition::Closed => mark(act.tx(), order.id(), at).await?,
            Condition::OnHold | Condition::Cancelling if money => {}
            other => return Err(Error::refused(NotMoving(other))),
        }
    }
    Ok(())
}
