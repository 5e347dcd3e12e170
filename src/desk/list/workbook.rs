//! The list as a workbook: the same query, in the same order, with amounts only where the reader may see them.

use super::bar::Bar;
use super::filter::Filter;
use super::item::{Item, sees_amount};
use super::sql::{self, Row, Walk};
use crate::base::By;
use crate::orders::Condition;
use crate::web::excel::{self, Cell, Sheet};
use crate::web::{App, Page, Result};
use axum::extract::{RawQuery, State};
use axum::response::Response;

/// Rows of one workbook.
const MOST: i64 = 20_000;

pub(super) async fn download(
    State(app): State<App>,
    by: By,
    page: Page,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let mut filter = Filter::read(&query.unwrap_or_default(), &by);
    (filter.after, filter.before) = (None, None);
    let mut db = app.db.acquire().await?;
    let walk = Walk {
        limit: MOST,
        back: false,
    };
    let rows = sql::rows(&mut db, &by, &filter, walk).await?;
    let bar = Bar::load(&mut db, filter, "/orders", &page).await?;
    let sees = |row: &Row| sees_amount(&by, (row.department, row.salesperson, row.operator));
    // Without one amount for this reader the column is absent, not empty.
    let amounts = rows.iter().any(sees);
    let sheet = Sheet {
        name: page.t.web_nav_orders().to_owned(),
        heads: heads(&page, amounts),
        rows: rows
            .iter()
            .map(|row| cells(row, &by, &page, amounts.then(|| sees(row))))
            .collect(),
    };
    excel::download(
        &format!("orders_{}.xlsx", page.today()),
        &sheet,
        &about(&by, &page, bar),
        page.t,
    )
}

/// By whom, when, and what it was filtered by.
fn about(by: &By, page: &Page, bar: Bar) -> Vec<(String, String)> {
    let t = page.t;
    let who = by.staff().map(|staff| staff.name(page.lang).to_owned());
    let mut about = vec![
        (t.desk_excel_who().to_owned(), who.unwrap_or_default()),
        (t.desk_excel_when().to_owned(), page.moment_iso(page.at)),
    ];
    let chips = bar.chips.into_iter();
    about.extend(chips.map(|chip| (t.desk_excel_filter().to_owned(), chip.word)));
    about
}

fn heads(page: &Page, amounts: bool) -> Vec<String> {
    let t = page.t;
    let mut heads = vec![
        t.desk_column_number(),
        t.desk_column_customer(),
        t.desk_column_title(),
        t.desk_column_reference(),
        t.desk_column_step(),
        t.desk_column_state(),
        t.desk_column_condition(),
    ];
    if amounts {
        heads.extend([t.desk_column_currency(), t.orders_column_amount()]);
    }
    heads.extend([
        t.desk_column_delivery(),
        t.desk_column_waiting(),
        t.desk_column_next(),
        t.desk_column_due(),
        t.desk_column_operator(),
        t.desk_column_salesperson(),
        t.desk_column_opened(),
    ]);
    heads.into_iter().map(str::to_owned).collect()
}

fn cells(row: &Row, by: &By, page: &Page, amount: Option<bool>) -> Vec<Cell> {
    let item = Item::of(row, by, page);
    let condition = Condition::parse(&row.condition);
    let local = |at| crate::base::format::local_day(at, page.zone);
    let mut cells = vec![
        Cell::text(item.number),
        Cell::text(item.customer),
        Cell::text(item.title),
        Cell::text(item.reference),
        Cell::text(format!("{} {}", item.step, item.step_name)),
        Cell::text(item.word),
        Cell::text(condition.map_or("", |condition| condition.label(page.t))),
    ];
    if let Some(sees) = amount {
        cells.push(if sees {
            Cell::text(item.currency)
        } else {
            Cell::Empty
        });
        cells.push(match row.amount {
            Some(amount) if sees => Cell::Number(amount),
            _ => Cell::Empty,
        });
    }
    cells.extend([
        Cell::day(row.delivery_on),
        Cell::text(item.party.map_or("", |party| party.label(page.t))),
        Cell::text(item.next),
        Cell::day(row.next_due.map(local)),
        Cell::text(item.operator),
        Cell::text(item.salesperson),
        Cell::day(Some(local(row.opened_at))),
    ]);
    cells
}
