//! The list of credits as a workbook: the same filters, with amounts only where the reader may see them.

use super::sql::{self, Row, Wanted};
use super::{Asked, known, pattern, sees_amounts, states};
use crate::base::{By, T};
use crate::credits::stage::Stage;
use crate::web::excel::{self, Cell, Sheet};
use crate::web::{App, Page, Result};
use axum::extract::{Query, State};
use axum::response::Response;
use rust_decimal::Decimal;

pub(in crate::credits) async fn download(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let t = page.t;
    let states = states(t);
    let (state, q) = (known(&states, &asked.state), asked.text());
    let wanted = Wanted {
        state: &state,
        pattern: &pattern(&q.to_lowercase()),
        after: "",
        limit: excel::MOST + 1,
        today: page.today(),
    };
    let mut db = app.db.acquire().await?;
    let rows = sql::rows(&mut db, &by, &wanted).await?;
    // Without one amount for this reader the columns are absent, not empty.
    let amounts = rows.iter().any(|row| sees_amounts(row, &by));
    let sheet = Sheet {
        name: t.web_nav_credits().to_owned(),
        heads: heads(amounts, t),
        rows: rows
            .into_iter()
            .map(|row| {
                let sees = sees_amounts(&row, &by);
                cells(row, amounts.then_some(sees), t)
            })
            .collect(),
        most: excel::MOST,
    };
    let word = states.iter().find(|(code, _)| *code == state);
    let about = [
        (t.credits_state(), word.map_or("", |(_, word)| word)),
        (t.credits_search(), q.as_str()),
    ];
    let file = format!("credits_{}.xlsx", page.today());
    excel::download(&file, &sheet, &excel::taken(&by, &page, &about), t)
}

fn heads(amounts: bool, t: T) -> Vec<String> {
    let mut heads = vec![
        t.credits_number(),
        t.credits_bank_number(),
        t.credits_state(),
        t.credits_customer(),
        t.credits_issuing_bank(),
    ];
    if amounts {
        heads.extend([
            t.desk_column_currency(),
            t.credits_amount(),
            t.credits_unused(),
        ]);
    }
    heads.extend([
        t.credits_cut_shipment(),
        t.credits_cut_expiry(),
        t.credits_findings(),
        t.credits_orders(),
    ]);
    heads.into_iter().map(str::to_owned).collect()
}

fn cells(row: Row, amount: Option<bool>, t: T) -> Vec<Cell> {
    let unused = (row.amount - row.drawn).max(Decimal::ZERO);
    let mut cells = vec![
        Cell::text(row.number),
        Cell::text(row.bank_number),
        Cell::text(Stage::parse(&row.stage).map_or("", |stage| stage.label(t))),
        Cell::text(row.customer),
        Cell::text(row.issuing_bank),
    ];
    match amount {
        Some(true) => cells.extend([
            Cell::text(row.currency),
            Cell::Number(row.amount),
            Cell::Number(unused),
        ]),
        Some(false) => cells.extend([Cell::Empty, Cell::Empty, Cell::Empty]),
        None => {}
    }
    cells.extend([
        Cell::day(row.latest_shipment_on),
        Cell::day(row.expiry_on),
        Cell::Number(row.findings.into()),
        Cell::text(row.orders.join(", ")),
    ]);
    cells
}
