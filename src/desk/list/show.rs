//! Page: the orders list 订单, fifty at a time, walked by key.

use super::bar::Bar;
use super::filter::{Filter, Key, State, trades};
use super::item::{Item, Totals};
use super::sql::{self, Walk};
use super::views_sql;
use crate::base::{By, Party, T};
use crate::people::Deed;
use crate::people::relation::Relation;
use crate::people::rights::{self, Verdict};
use crate::web::paging::Slice;
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::{RawQuery, State as Held};
use axum::response::Html;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "desk/orders.html")]
pub(super) struct ListPage {
    page: Page,
    bar: Bar,
    tabs: Vec<Tab>,
    items: Vec<Item>,
    totals: Totals,
    /// Addresses of the pages beside this one; empty for none.
    previous: String,
    next: String,
    /// Nobody has opened an order in this reader's reach yet.
    never_used: bool,
    may_open: bool,
    may_reassign: bool,
    /// The view of her own that is shown, with the address of its removal.
    own_view: Option<String>,
}

/// A tab over the list: a view that is built in, or one that somebody keeps.
pub(super) struct Tab {
    pub name: String,
    pub href: String,
    pub count: Option<i64>,
    pub current: bool,
    pub shared: bool,
}

impl ListPage {
    fn head(&self, key: &str) -> (String, &'static str) {
        let key = Key::ALL
            .into_iter()
            .find(|known| known.code() == key)
            .unwrap_or(Key::Opened);
        let filter = &self.bar.filter;
        (
            format!("/orders?{}", filter.sort_query(key)),
            filter.sorted_by(key),
        )
    }

    fn amount_head(&self) -> String {
        match &self.totals.uniform {
            Some(currency) => self.page.t.desk_amount_in(currency),
            None => self.page.t.orders_column_amount().to_owned(),
        }
    }

    fn caption(&self) -> String {
        self.page.t.desk_orders_caption(self.totals.counted())
    }
}

pub(super) async fn list(
    Held(app): Held<App>,
    by: By,
    page: Page,
    RawQuery(query): RawQuery,
) -> Result<Html<String>> {
    let filter = Filter::read(&query.unwrap_or_default(), &by);
    let mut db = app.db.acquire().await?;
    let shown = walk(&mut db, &by, &filter).await?;
    let figures = sql::figures(&mut db, &by, &filter).await?;
    let counts = sql::tabs(&mut db, &by).await?;
    let views = views_sql::views(&mut db, &by).await?;
    let own_view = views
        .iter()
        .find(|view| view.own && Filter::read(&view.query, &by).view() == filter.view())
        .map(|view| format!("/orders/views/{}/removal", view.id));
    Ok(Html(
        ListPage {
            tabs: tabs(&filter, &by, page.t, (&counts, &views)),
            items: shown
                .rows
                .iter()
                .map(|row| Item::of(row, &by, &page))
                .collect(),
            totals: Totals::of(&figures, &by, page.lang),
            previous: shown.previous,
            next: shown.next,
            never_used: !counts.any,
            may_open: trades(&by),
            may_reassign: may_reassign(&by),
            bar: Bar::load(&mut db, filter, "/orders", &page).await?,
            own_view,
            page,
        }
        .render()?,
    ))
}

/// One page of the list and the addresses of those beside it.
struct Shown {
    rows: Vec<sql::Row>,
    previous: String,
    next: String,
}

async fn walk(db: &mut PgConnection, by: &By, filter: &Filter) -> Result<Shown> {
    let back = filter.before.is_some();
    let limit = i64::try_from(filter.size + 1).unwrap_or(i64::MAX);
    let mut rows = sql::rows(db, by, filter, Walk { limit, back }).await?;
    // Walked backwards, the one row too many stands in front.
    let more_before = back && rows.len() > filter.size;
    if more_before {
        rows.remove(0);
    }
    let slice = Slice::cut(rows, filter.size, |row| row.number.clone());
    let beside = |name: &str, row: Option<&sql::Row>, there: bool| {
        row.filter(|_| there)
            .map(|row| format!("/orders?{}", filter.page_query(name, &row.number)))
            .unwrap_or_default()
    };
    let before = more_before || filter.after.is_some();
    Ok(Shown {
        previous: beside("before", slice.rows.first(), before),
        next: beside("after", slice.rows.last(), slice.next.is_some() || back),
        rows: slice.rows,
    })
}

/// Whether she leads anybody's orders at all; each order asks again.
pub(super) fn may_reassign(by: &By) -> bool {
    let led = Relation {
        known: true,
        led: by
            .staff()
            .is_some_and(|staff| !staff.leads.is_empty() || !staff.stands_in.is_empty()),
        ..Relation::default()
    };
    rights::decide(by, &Deed::ReassignOrder.into(), &led) == Verdict::Allow
}

fn tabs(
    filter: &Filter,
    by: &By,
    t: T,
    (counts, views): (&sql::Tabs, &[views_sql::View]),
) -> Vec<Tab> {
    let here = filter.view();
    let is_here = |query: &str| Filter::read(query, by).view() == here;
    let built_in = built_in(filter.size, by, t, counts);
    let mut tabs: Vec<Tab> = built_in
        .into_iter()
        .map(|(name, query, count)| Tab {
            name: name.to_owned(),
            current: is_here(&query),
            href: format!("/orders?{query}"),
            count,
            shared: false,
        })
        .collect();
    tabs.extend(views.iter().map(|view| Tab {
        name: view.name.clone(),
        href: format!("/orders?{}", view.query),
        count: None,
        current: is_here(&view.query),
        shared: view.shared && !view.own,
    }));
    tabs
}

/// The views that everybody has; her own running orders only where she keeps any.
fn built_in(
    size: usize,
    by: &By,
    t: T,
    counts: &sql::Tabs,
) -> Vec<(&'static str, String, Option<i64>)> {
    let all = Filter {
        size,
        ..Filter::default()
    };
    let late = all.changed(|f| f.state = Some(State::Late));
    let customer = all.changed(|f| f.state = Some(State::Waiting(Party::Customer)));
    let mut views = Vec::new();
    if trades(by) {
        let mine = all.changed(|f| f.mine = true);
        views.push((t.desk_view_mine(), mine, Some(counts.mine)));
    }
    views.push((t.desk_view_late(), late, Some(counts.late)));
    views.push((
        t.desk_view_customer(),
        customer,
        Some(counts.waiting_customer),
    ));
    views.push((t.desk_view_open(), all.query(), None));
    let ended = all.changed(|f| f.held = super::filter::Held::All);
    views.push((t.desk_view_all(), ended, None));
    views
}
