//! Page: the orders list 订单, fifty at a time, walked by key.

use super::bar::Bar;
use super::bar_sql;
use super::column::{Column, Shown};
use super::filter::{Filter, Key, State, trades};
use super::item::{Item, Totals};
use super::sql::{self, Walk};
use super::views_sql;
use crate::base::{By, Party, T};
use crate::people::Deed;
use crate::people::relation::Relation;
use crate::people::rights::{self, Verdict};
use crate::web::paging::Slice;
use crate::web::{App, Faults, Fields, Page, Result};
use askama::Template;
use axum::extract::{RawQuery, State as Held};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "desk/orders.html")]
pub(super) struct ListPage {
    page: Page,
    bar: Bar,
    tabs: Vec<Tab>,
    rows: Vec<Line>,
    /// Shown beside the order's number.
    columns: Vec<Column>,
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
    /// What a refused form of this page said, and why it was refused.
    typed: Fields,
    faults: Faults,
}

/// One order: what a card shows of it, and its cells under the columns.
struct Line {
    item: Item,
    cells: Vec<Shown>,
}

/// Head of a column.
struct Head {
    label: String,
    figure: bool,
    /// Where it sorts, and how it is sorted now.
    sort: Option<(String, &'static str)>,
}

impl Head {
    /// The class of a column of figures.
    fn side(&self) -> &'static str {
        if self.figure { "num" } else { "" }
    }
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
    fn sorting(&self, key: Key) -> (String, &'static str) {
        let filter = &self.bar.filter;
        (
            format!("/orders?{}", filter.sort_query(key)),
            filter.sorted_by(key),
        )
    }

    fn is_picked(&self, number: &str) -> bool {
        self.typed.all("number").any(|picked| picked == number)
    }

    fn heads(&self) -> Vec<Head> {
        let t = self.page.t;
        let head = |column: &Column| Head {
            label: match (&self.totals.uniform, column) {
                (Some(currency), Column::Amount) => t.desk_amount_in(currency),
                _ => column.label(t).to_owned(),
            },
            figure: column.is_figure(),
            sort: column.key().map(|key| self.sorting(key)),
        };
        self.columns.iter().map(head).collect()
    }

    /// Every column this reader may choose, and whether it is shown.
    fn choices(&self) -> Vec<(&'static str, &'static str, bool)> {
        let amounts = self.totals.amounts();
        Column::ALL
            .into_iter()
            .filter(|column| amounts || !column.is_money())
            .map(|column| {
                let on = self.columns.contains(&column);
                (column.code(), column.label(self.page.t), on)
            })
            .collect()
    }

    /// What else the address says, for the form of the columns.
    fn kept(&self) -> Vec<(&'static str, String)> {
        let mut kept = self.bar.filter.words();
        kept.retain(|(name, _)| *name != "cols");
        kept
    }

    /// The same without a choice of columns.
    fn usual(&self) -> String {
        format!("/orders?{}", self.bar.filter.changed(|f| f.cols.clear()))
    }

    /// How amounts of several currencies are sorted.
    fn sort_help(&self) -> Option<&'static str> {
        let amounts = self.bar.filter.sort.by == Key::Amount && self.totals.amounts();
        (amounts && self.totals.uniform.is_none()).then(|| self.page.t.desk_amount_help())
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
    Ok(Html(draw(&mut db, &by, page, filter).await?.render()?))
}

pub(super) async fn draw(
    db: &mut PgConnection,
    by: &By,
    page: Page,
    filter: Filter,
) -> Result<ListPage> {
    let shown = walk(db, by, &filter).await?;
    let figures = sql::figures(db, by, &filter).await?;
    let around = bar_sql::around(db, by, true).await?;
    let own_view = around
        .views
        .iter()
        .find(|view| view.own && Filter::read(&view.query, by).view() == filter.view())
        .map(|view| format!("/orders/views/{}/removal", view.id));
    let totals = Totals::of(&figures, by, page.lang);
    let columns = columns(&filter, totals.amounts());
    Ok(ListPage {
        tabs: tabs(&filter, by, page.t, (&around.tabs, &around.views)),
        rows: lines(&shown.rows, &columns, by, &page),
        columns,
        totals,
        previous: shown.previous,
        next: shown.next,
        never_used: !around.tabs.any,
        may_open: trades(by),
        may_reassign: may_reassign(by),
        bar: Bar::of(around, (filter, "/orders"), &page),
        own_view,
        typed: Fields::default(),
        faults: Faults::default(),
        page,
    })
}

/// The list again, as it was, with what was typed into one of its forms and what is wrong with it.
pub(super) async fn refused(
    app: &App,
    by: &By,
    page: Page,
    typed: Fields,
    faults: Faults,
) -> Result<Response> {
    let filter = Filter::read(typed.get("query"), by);
    let mut db = app.db.acquire().await?;
    let page = ListPage {
        typed,
        faults,
        ..draw(&mut db, by, page, filter).await?
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}

/// Those asked for; amounts only where any is this reader's.
pub(super) fn columns(filter: &Filter, amounts: bool) -> Vec<Column> {
    let asked = filter.columns().iter().copied();
    asked
        .filter(|column| amounts || !column.is_money())
        .collect()
}

fn lines(rows: &[sql::Row], columns: &[Column], by: &By, page: &Page) -> Vec<Line> {
    let line = |row| {
        let item = Item::of(row, page);
        let cells = columns.iter();
        Line {
            cells: cells
                .map(|column| column.shown((row, &item), by, page))
                .collect(),
            item,
        }
    };
    rows.iter().map(line).collect()
}

/// One page of the list and the addresses of those beside it.
struct Walked {
    rows: Vec<sql::Row>,
    previous: String,
    next: String,
}

async fn walk(db: &mut PgConnection, by: &By, filter: &Filter) -> Result<Walked> {
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
    Ok(Walked {
        previous: beside("before", slice.rows.first(), before),
        next: beside("after", slice.rows.last(), slice.next.is_some() || back),
        rows: slice.rows,
    })
}

/// Whether she leads anybody's orders at all; each order asks again.
pub(in crate::desk) fn may_reassign(by: &By) -> bool {
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
    (counts, views): (&bar_sql::Tabs, &[views_sql::View]),
) -> Vec<Tab> {
    let here = filter.view();
    let is_here = |query: &str| Filter::read(query, by).view() == here;
    let built_in = built_in(filter, by, t, counts);
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
    filter: &Filter,
    by: &By,
    t: T,
    counts: &bar_sql::Tabs,
) -> Vec<(&'static str, String, Option<i64>)> {
    let all = Filter {
        size: filter.size,
        cols: filter.cols.clone(),
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
