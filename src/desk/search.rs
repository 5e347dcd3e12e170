//! Search 搜索: an order's number goes straight to it; anything else finds orders, customers and factories.

use super::list::filter::{Filter, Held};
use super::list::item::Item;
use super::list::looking::like;
use super::list::sql::{self as orders, Walk};
use super::sql::{self, Found};
use crate::base::{By, OrderNumber};
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use sqlx::PgConnection;

/// Orders a search shows; the rest is a link to the list.
const ORDERS: i64 = 20;

#[derive(Template)]
#[template(path = "desk/search.html")]
struct SearchPage {
    page: Page,
    q: String,
    orders: Vec<Item>,
    /// The same search as a list, where there is more.
    more: String,
    customers: Vec<Found>,
    factories: Vec<Found>,
}

impl SearchPage {
    fn nothing(&self) -> bool {
        self.orders.is_empty() && self.customers.is_empty() && self.factories.is_empty()
    }
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let q: String = asked.q.trim().chars().take(60).collect();
    let mut found = SearchPage {
        page,
        orders: Vec::new(),
        more: String::new(),
        customers: Vec::new(),
        factories: Vec::new(),
        q,
    };
    if found.q.is_empty() {
        return Ok(Html(found.render()?).into_response());
    }
    let mut db = app.db.acquire().await?;
    if let Some(number) = OrderNumber::parse(&found.q)
        && let Ok(order) = crate::orders::find(&mut db, &by, &number).await
    {
        return Ok(Redirect::to(&order.url()).into_response());
    }
    find_orders(&mut db, &by, &mut found).await?;
    let pattern = like(&found.q.to_lowercase());
    found.customers = sql::customers(&mut db, &pattern).await?;
    found.factories = sql::factories(&mut db, &pattern).await?;
    Ok(Html(found.render()?).into_response())
}

async fn find_orders(db: &mut PgConnection, by: &By, found: &mut SearchPage) -> Result<()> {
    let filter = Filter {
        q: found.q.clone(),
        held: Held::All,
        ..Filter::read("who=all", by)
    };
    let walk = Walk {
        limit: ORDERS + 1,
        back: false,
    };
    let mut rows = orders::rows(db, by, &filter, walk).await?;
    if rows.len() > usize::try_from(ORDERS).unwrap_or(20) {
        rows.pop();
        found.more = format!("/orders?{}", filter.query());
    }
    found.orders = rows.iter().map(|row| Item::of(row, &found.page)).collect();
    Ok(())
}
