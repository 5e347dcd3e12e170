//! The list as a workbook: the same query, in the same order, with amounts only where the reader may see them.

use super::bar::Bar;
use super::column::Column;
use super::filter::Filter;
use super::item::{Item, sees_amount};
use super::show::columns;
use super::sql::{self, Row, Walk};
use crate::base::{By, T};
use crate::web::excel::{self, Cell, Sheet};
use crate::web::{App, Page, Result};
use axum::extract::{RawQuery, State};
use axum::response::Response;

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
        limit: excel::MOST + 1,
        back: false,
    };
    let rows = sql::rows(&mut db, &by, &filter, walk).await?;
    let bar = Bar::load(&mut db, &by, (filter, "/orders"), &page).await?;
    let sees = |row: &Row| sees_amount(&by, (row.department, row.salesperson, row.operator));
    // Without one amount for this reader the column is absent, not empty.
    let columns = columns(&bar.filter, rows.iter().any(sees));
    let sheet = Sheet {
        name: page.t.web_nav_orders().to_owned(),
        heads: heads(&columns, page.t),
        rows: rows
            .iter()
            .map(|row| cells(row, &columns, &by, &page))
            .collect(),
        most: excel::MOST,
    };
    excel::download(
        &format!("orders_{}.xlsx", page.today()),
        &sheet,
        &about(&by, &page, &bar),
        page.t,
    )
}

/// By whom, when, and what it was filtered by.
fn about(by: &By, page: &Page, bar: &Bar) -> Vec<(String, String)> {
    let filter = page.t.desk_excel_filter();
    let chips = bar.chips.iter().map(|chip| (filter, chip.word.as_str()));
    excel::taken(by, page, &chips.collect::<Vec<_>>())
}

fn heads(columns: &[Column], t: T) -> Vec<String> {
    let own = columns.iter().flat_map(|column| column.excel_heads(t));
    std::iter::once(t.desk_column_number())
        .chain(own)
        .map(str::to_owned)
        .collect()
}

fn cells(row: &Row, columns: &[Column], by: &By, page: &Page) -> Vec<Cell> {
    let item = Item::of(row, page);
    let shown = columns
        .iter()
        .flat_map(|column| column.shown((row, &item), by, page).excel(page.t));
    std::iter::once(Cell::text(item.number.clone()))
        .chain(shown)
        .collect()
}
