//! Page: the orders list 订单, fifty at a time, walked by key.

use super::bar::Bar;
use super::filter::{Filter, Key, State, trades};
use super::item::{Item, Totals};
use super::sql::{self, Walk};
use crate::base::{By, Party, T};
use crate::people::Deed;
use crate::people::relation::Relation;
use crate::people::rights::{self, Verdict};
use crate::web::paging::Slice;
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::{RawQuery, State as Held};
use axum::response::Html;

#[derive(Template)]
#[template(path = "desk/orders.html")]
pub(super) struct ListPage {
    page: Page,
    bar: Bar,
    tabs: Vec<Tab>,
    items: Vec<Item>,
    totals: Totals,
    /// Query strings of the pages beside this one; empty for none.
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

    fn amount_head(&self, t: &T) -> String {
        match &self.totals.uniform {
            Some(currency) => t.desk_amount_in(currency),
            None => t.orders_column_amount().to_owned(),
        }
    }

    /// Address of the page beside this one, empty for none.
    fn beside(&self, query: &str) -> String {
        if query.is_empty() {
            String::new()
        } else {
            format!("/orders?{query}")
        }
    }

    fn caption(&self, t: &T) -> String {
        t.desk_orders_caption(self.totals.counted())
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
    let back = filter.before.is_some();
    let walk = Walk {
        limit: i64::try_from(filter.size + 1).unwrap_or(i64::MAX),
        back,
    };
    let mut rows = sql::rows(&mut db, &by, &filter, walk).await?;
    // Walked backwards, the one row too many stands in front.
    let more_before = back && rows.len() > filter.size;
    if more_before {
        rows.remove(0);
    }
    let slice = Slice::cut(rows, filter.size, |row| row.number.clone());
    let edge = |row: Option<&sql::Row>| row.map(|row| row.number.clone());
    let (first, last) = (edge(slice.rows.first()), edge(slice.rows.last()));
    let previous = first
        .filter(|_| more_before || filter.after.is_some())
        .map(|number| filter.page_query("before", &number));
    let next = last
        .filter(|_| slice.next.is_some() || back)
        .map(|number| filter.page_query("after", &number));
    let figures = sql::figures(&mut db, &by, &filter).await?;
    let counts = sql::tabs(&mut db, &by).await?;
    let views = sql::views(&mut db, &by).await?;
    let own_view = views
        .iter()
        .find(|view| view.own && Filter::read(&view.query, &by).view() == filter.view())
        .map(|view| format!("/orders/views/{}/removal", view.id));
    Ok(Html(
        ListPage {
            tabs: tabs(&filter, &by, page.t, (&counts, &views)),
            items: slice
                .rows
                .iter()
                .map(|row| Item::of(row, &by, &page))
                .collect(),
            totals: Totals::of(&figures, &by, page.lang),
            previous: previous.unwrap_or_default(),
            next: next.unwrap_or_default(),
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

fn tabs(filter: &Filter, by: &By, t: T, (counts, views): (&sql::Tabs, &[sql::View])) -> Vec<Tab> {
    let all = Filter {
        size: filter.size,
        ..Filter::default()
    };
    let with = |change: fn(&mut Filter)| all.changed(change);
    let mut built_in = Vec::new();
    if trades(by) {
        built_in.push((
            t.desk_view_mine(),
            with(|f| f.mine = true),
            Some(counts.mine),
        ));
    }
    built_in.push((
        t.desk_view_late(),
        with(|f| f.state = Some(State::Late)),
        Some(counts.late),
    ));
    built_in.push((
        t.desk_view_customer(),
        with(|f| f.state = Some(State::Waiting(Party::Customer))),
        Some(counts.waiting_customer),
    ));
    built_in.push((t.desk_view_open(), with(|_| {}), None));
    built_in.push((
        t.desk_view_all(),
        with(|f| f.held = super::filter::Held::All),
        None,
    ));
    let here = filter.view();
    let is_here = |query: &str| Filter::read(query, by).view() == here;
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
