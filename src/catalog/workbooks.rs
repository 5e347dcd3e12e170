//! Workbooks: the lists of the catalog that are no cards, as Excel takes them home.

use super::rate::{ExchangeRate, RebateRate};
use super::{currency, sql};
use crate::base::{By, T};
use crate::web::excel::{self, Cell, Sheet, download};
use crate::web::{App, Error, Page, Result};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    hs: String,
}

pub(super) async fn exchange(State(app): State<App>, by: By, page: Page) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let t = page.t;
    let row = |one: ExchangeRate| {
        vec![
            Cell::text(one.currency),
            Cell::day(Some(one.day)),
            Cell::Number(one.rate),
            Cell::text(one.source),
        ]
    };
    let heads = [
        t.catalog_currency(),
        t.catalog_day(),
        t.catalog_rate(),
        t.catalog_source(),
    ];
    let rates = sql::all_exchange(&mut db).await?;
    let rows = rates.into_iter().map(row).collect();
    send(
        &by,
        &page,
        ("exchange-rates", t.catalog_exchange()),
        (&heads, rows),
    )
}

pub(super) async fn rebate(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let t = page.t;
    let hs: String = asked
        .hs
        .chars()
        .filter(char::is_ascii_digit)
        .take(10)
        .collect();
    let row = |one: RebateRate| {
        vec![
            Cell::text(one.hs_code),
            Cell::day(Some(one.from_day)),
            Cell::day(one.until_day),
            Cell::Number(one.vat_rate),
            Cell::Number(one.rebate_rate),
            Cell::text(one.treatment.label(t)),
        ]
    };
    let heads = [
        t.catalog_hs_code(),
        t.catalog_from(),
        t.catalog_until(),
        t.catalog_vat_rate(),
        t.catalog_rebate_rate(),
        t.catalog_treatment(),
    ];
    let rates = sql::rebates(&mut db, &hs, None, excel::SHORT + 1).await?;
    let rows = rates.into_iter().map(row).collect();
    send(
        &by,
        &page,
        ("rebate-rates", t.catalog_rebate()),
        (&heads, rows),
    )
}

/// Currencies.
pub(super) async fn basics(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(list): Path<String>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let t = page.t;
    let mut heads = vec![t.catalog_code(), t.catalog_word_zh(), t.catalog_word_en()];
    let named = |code: String, zh: String, en: String| {
        vec![Cell::text(code), Cell::text(zh), Cell::text(en)]
    };
    let (title, rows): (&str, Vec<Vec<Cell>>) = match list.as_str() {
        "currencies.xlsx" => {
            heads.extend([t.catalog_decimals(), t.catalog_tolerance()]);
            let row = |one: currency::TradeCurrency| {
                let mut cells = named(one.code, one.name_zh, one.name_en);
                cells.push(Cell::Number(one.decimals.into()));
                cells.push(one.tolerance.map_or(Cell::Empty, Cell::Number));
                cells
            };
            let all = currency::list(&mut db).await?;
            (t.catalog_currencies(), all.into_iter().map(row).collect())
        }
        _ => return Err(Error::NotFound),
    };
    let name = list.trim_end_matches(".xlsx").to_owned();
    send(&by, &page, (&name, title), (&heads, rows))
}

fn send(
    by: &By,
    page: &Page,
    (file, title): (&str, &str),
    (heads, rows): (&[&'static str], Vec<Vec<Cell>>),
) -> Result<Response> {
    let t = page.t;
    let sheet = Sheet {
        name: title.to_owned(),
        heads: heads.iter().map(|head| (*head).to_owned()).collect(),
        rows,
        most: excel::SHORT,
    };
    let file = format!("{file}-{}.xlsx", page.today());
    download(&file, &sheet, &taken(by, page, t), t)
}

fn taken(by: &By, page: &Page, t: T) -> [(String, String); 2] {
    let who = by.staff().map(|staff| staff.name(by.lang).to_owned());
    [
        (t.records_taken_by().to_owned(), who.unwrap_or_default()),
        (t.records_taken_at().to_owned(), page.moment_iso(page.at)),
    ]
}
