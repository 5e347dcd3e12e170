//! Page: the list of credits 信用证, fifty at a time.

pub(super) mod sql;
pub(super) mod workbook;

use crate::base::{By, Currency, DepartmentId, Money, PersonId, T};
use crate::credits::stage::Stage;
use crate::people::relation::{Keepers, Relation};
use crate::people::rights::{self, Deed, Verdict};
use crate::web::paging::{self, Slice};
use crate::web::routes::percent;
use crate::web::{App, Error, Page, Result};
use anyhow::anyhow;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;
use sql::{Row, Wanted};

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    size: String,
}

/// One credit as the list shows it.
pub(super) struct Item {
    pub number: String,
    pub href: String,
    pub stage: Stage,
    pub customer: String,
    pub bank: String,
    pub bank_number: String,
    /// Empty for who may not see amounts.
    pub amount: String,
    pub unused: String,
    pub shipment: String,
    pub shipment_left: String,
    pub expiry: String,
    pub expiry_left: String,
    pub findings: i64,
    pub orders: Vec<String>,
}

#[derive(Template)]
#[template(path = "credits/list.html")]
pub(super) struct ListPage {
    pub page: Page,
    pub q: String,
    pub state: String,
    pub states: Vec<(String, String)>,
    pub items: Vec<Item>,
    pub amounts: bool,
    pub next: String,
    pub first: String,
    pub never: bool,
    /// The same list as a workbook.
    pub excel: String,
}

/// Open ones, those at risk, all, or one stage.
fn states(t: T) -> Vec<(String, String)> {
    let mut all = vec![
        ("open".to_owned(), t.credits_filter_open().to_owned()),
        ("risk".to_owned(), t.credits_filter_risk().to_owned()),
        ("all".to_owned(), t.credits_filter_all().to_owned()),
    ];
    all.extend(Stage::ALL.map(|stage| (stage.code().to_owned(), stage.label(t).to_owned())));
    all
}

/// The state asked for where the list has it, else the open ones.
fn known(states: &[(String, String)], asked: &str) -> String {
    let known = states.iter().find(|(code, _)| code == asked);
    known.map_or("open", |(code, _)| code.as_str()).to_owned()
}

impl Asked {
    fn text(&self) -> String {
        self.q.trim().chars().take(60).collect()
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub(super) async fn list(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Html<String>> {
    let states = states(page.t);
    let (state, q) = (known(&states, &asked.state), asked.text());
    let pattern = pattern(&q.to_lowercase());
    let size = paging::size(&asked.size);
    let wanted = Wanted {
        state: &state,
        pattern: &pattern,
        after: &asked.after,
        limit: i64::try_from(size + 1).unwrap_or(i64::MAX),
        today: page.today(),
    };
    let mut db = app.db.acquire().await?;
    let rows = sql::rows(&mut db, &by, &wanted).await?;
    let slice = Slice::cut(rows, size, |row| row.number.clone());
    let here = format!("/credits?state={state}&q={}&size={size}", percent(&q));
    let items = slice
        .rows
        .into_iter()
        .map(|row| item(row, &by, &page))
        .collect::<Result<Vec<Item>>>()?;
    let page = ListPage {
        amounts: items.iter().any(|item| !item.amount.is_empty()),
        next: slice.next.map_or_else(String::new, |next| {
            format!("{here}&after={}", percent(&next))
        }),
        first: if asked.after.is_empty() {
            String::new()
        } else {
            here
        },
        excel: format!("/credits.xlsx?state={state}&q={}", percent(&q)),
        never: items.is_empty() && q.is_empty() && state == "open" && asked.after.is_empty(),
        items,
        states,
        state,
        q,
        page,
    };
    Ok(Html(page.render()?))
}

/// The text as a pattern of `like`, its own signs of patterns taken literally.
fn pattern(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let plain = text
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    format!("%{plain}%")
}

/// As the order through which the reader knows the credit lets her.
fn sees_amounts(row: &Row, by: &By) -> bool {
    let keepers = Keepers {
        department: DepartmentId(row.department),
        salesperson: PersonId(row.salesperson),
        operator: PersonId(row.operator),
    };
    let relation = Relation::to(by, &keepers);
    rights::decide(by, &Deed::SeeCustomerPrices.into(), &relation) == Verdict::Allow
}

fn item(row: Row, by: &By, page: &Page) -> Result<Item> {
    let bad = |what: &str| Error::Broken(anyhow!("credit {}: unreadable {what}", row.number));
    let currency = Currency::parse(&row.currency).ok_or_else(|| bad("currency"))?;
    let stage = Stage::parse(&row.stage).ok_or_else(|| bad("stage"))?;
    let prices = sees_amounts(&row, by);
    let money = |amount| {
        if prices {
            page.money(Money::new(currency.round(amount), currency))
        } else {
            String::new()
        }
    };
    let running = !matches!(stage, Stage::Exhausted | Stage::Expired | Stage::Cancelled);
    let left = |day: Option<chrono::NaiveDate>| {
        day.filter(|_| running)
            .map(|day| page.due_day(day))
            .unwrap_or_default()
    };
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| page.day(day)).unwrap_or_default();
    Ok(Item {
        href: format!("/credits/{}", row.number),
        amount: money(row.amount),
        unused: money((row.amount - row.drawn).max(rust_decimal::Decimal::ZERO)),
        shipment: day(row.latest_shipment_on),
        shipment_left: left(row.latest_shipment_on),
        expiry: format!("{} {}", day(row.expiry_on), row.expiry_place),
        expiry_left: left(row.expiry_on),
        number: row.number,
        stage,
        customer: row.customer,
        bank: row.issuing_bank,
        bank_number: row.bank_number,
        findings: row.findings,
        orders: row.orders,
    })
}
