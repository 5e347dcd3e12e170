//! Page: the overview of an order file: what stands open, the goods, the dates, what is owed and what happened last.

use super::ledger::{self, Card};
use super::past::{self, Day};
use super::sql::{self, Remark};
use crate::base::{Audience, By, Currency, OrderNumber, format};
use crate::desk::task::changing::hands;
use crate::desk::task::record::HandTask;
use crate::desk::task::sql as task_sql;
use crate::history::timeline;
use crate::orders::lines::{self as sheet, Line};
use crate::orders::{self, Head};
use crate::people::Deed;
use crate::web::{App, Error, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use rust_decimal::Decimal;
use sqlx::PgConnection;

/// Entries and relays the side column shows.
const ENTRIES: i64 = 8;
const RELAYS: usize = 3;
/// Lines of goods in view; the rest is one click away.
const LINES: usize = 60;

#[derive(Template)]
#[template(path = "desk/order.html")]
struct OrderPage {
    page: Page,
    head: Head,
    requirements: String,
    goods: Vec<Goods>,
    more_goods: usize,
    /// One unit where all lines have the same.
    unit: String,
    quantity: String,
    total: String,
    prices: bool,
    relays: Vec<Card>,
    days: Vec<Day>,
    remarks: Vec<Remark>,
    may_note: bool,
    /// Tasks by hand on this order.
    tasks: Vec<OrderTask>,
}

struct OrderTask {
    task: HandTask,
    hands: String,
    /// By which day, or by which moment where one was meant.
    due: String,
    /// It is the reader's, or she gave it.
    keeps: bool,
}

struct Goods {
    item: String,
    name: String,
    detail: String,
    quantity: String,
    price: String,
    amount: String,
}

impl OrderPage {
    fn in_currency(&self, head: &str) -> String {
        format!("{head} {}", self.head.order.terms.currency)
    }

    fn remarks_url(&self) -> String {
        format!("{}/remarks", self.head.order.url())
    }

    fn audiences(&self) -> Vec<(&'static str, &'static str)> {
        Audience::ALL
            .into_iter()
            .map(|audience| (audience.code(), audience.label(self.page.t)))
            .collect()
    }
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, &by, &number).await?;
    let prices = order.may(&by, Deed::SeeCustomerPrices);
    let lines = sheet::lines(&mut db, &order).await?;
    let stream = format!("order:{}", order.id());
    let entries = timeline::read(&mut db, &stream, page.lang, None, ENTRIES).await?;
    let mut relays = ledger::cards(&mut db, &order, &page).await?;
    relays.retain(|card| !card.closed);
    relays.truncate(RELAYS);
    let remarks = sql::remarks(&mut db, &order, page.lang).await?;
    let head = Head::load(&mut db, &order, "overview", &page).await?;
    let currency = order.terms.currency;
    Ok(Html(
        OrderPage {
            requirements: sql::requirements(&mut db, &order).await?,
            goods: lines
                .iter()
                .take(LINES)
                .map(|line| goods(line, currency, prices, &page))
                .collect(),
            more_goods: lines.len().saturating_sub(LINES),
            unit: one_unit(&lines).unwrap_or_default(),
            quantity: quantity(&lines),
            total: total(&lines, currency)
                .filter(|_| prices)
                .unwrap_or_default(),
            may_note: order.may(&by, Deed::AddNote),
            tasks: tasks(&mut db, &by, &order, &page).await?,
            days: past::days(entries, &order, &page),
            prices,
            relays,
            remarks,
            head,
            page,
        }
        .render()?,
    ))
}

/// The order's own timeline tells them to whoever reads it; the acts are asked of each.
async fn tasks(
    db: &mut PgConnection,
    by: &By,
    order: &orders::Order,
    page: &Page,
) -> Result<Vec<OrderTask>> {
    let tasks = task_sql::of_order(db, order.id()).await?;
    Ok(tasks
        .into_iter()
        .map(|task| OrderTask {
            hands: hands(&task, page),
            due: if task.no_hour {
                page.day_near(format::local_day(task.due_at, page.zone))
            } else {
                page.moment_near(task.due_at)
            },
            keeps: task.may(by, Deed::KeepTask),
            task,
        })
        .collect())
}

fn goods(line: &Line, currency: Currency, prices: bool, page: &Page) -> Goods {
    let zh = page.lang == crate::base::Lang::Zh;
    let (first, second) = if zh {
        (&line.description_zh, &line.description_en)
    } else {
        (&line.description_en, &line.description_zh)
    };
    let name = if first.is_empty() { second } else { first };
    let detail: Vec<String> = [line.colour.clone(), line.sizes_text()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    Goods {
        item: line.item_no.clone(),
        name: name.clone(),
        detail: detail.join(" · "),
        quantity: format!("{} {}", format::quantity(line.quantity), line.unit),
        price: line
            .unit_price
            .filter(|_| prices)
            .map(|price| format::unit_price(price, currency))
            .unwrap_or_default(),
        amount: line
            .amount(currency)
            .filter(|_| prices)
            .map(|amount| format::fixed(amount, currency.decimals()))
            .unwrap_or_default(),
    }
}

/// Quantities of different units have no sum.
fn one_unit(lines: &[Line]) -> Option<String> {
    let first = &lines.first()?.unit;
    lines
        .iter()
        .all(|line| line.unit == *first)
        .then(|| first.clone())
}

/// Quantities of one unit, summed.
fn quantity(lines: &[Line]) -> String {
    if one_unit(lines).is_none() {
        return String::new();
    }
    format::quantity(lines.iter().map(|line| line.quantity).sum())
}

/// Nothing while a price is missing.
fn total(lines: &[Line], currency: Currency) -> Option<String> {
    if lines.is_empty() {
        return None;
    }
    let amounts = lines.iter().map(|line| line.amount(currency));
    let sum = amounts.sum::<Option<Decimal>>()?;
    Some(format::fixed(sum, currency.decimals()))
}
