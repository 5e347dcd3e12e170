//! The list of receipts: searched, filtered by what is left to do, walked by key, taken home as a workbook.

use super::list_sql;
use super::record::Receipt;
use crate::base::By;
use crate::finance::listing::{self, Listed};
use crate::finance::reach;
use crate::people::Deed;
use crate::web::excel::{self, Cell, Sheet};
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, Response};
use rust_decimal::Decimal;

/// What is left to do: `to_claim`, `to_settle`, `done`; anything else is all.
pub(super) const STATES: [&str; 4] = ["", "to_claim", "to_settle", "done"];

#[derive(Template)]
#[template(path = "receipt/list.html")]
pub(super) struct ListPage {
    pub page: Page,
    pub receipts: Vec<Receipt>,
    pub asked: Listed,
    pub next: String,
    pub works: bool,
}

impl ListPage {
    pub(super) fn tabs(&self) -> [(String, &'static str, bool); 4] {
        let t = self.page.t;
        let words = [
            t.receipt_all(),
            t.receipt_to_claim(),
            t.receipt_to_settle(),
            t.receipt_done(),
        ];
        let mut words = words.into_iter();
        STATES.map(|state| {
            (
                self.asked.with("/receipts", ("state", state)),
                words.next().unwrap_or_default(),
                self.asked.state == state,
            )
        })
    }

    /// A figure that is worth a look; nothing for nought.
    pub(super) fn some(&self, figure: &Decimal) -> String {
        if figure.is_zero() {
            String::new()
        } else {
            self.page.number(*figure)
        }
    }

    pub(super) fn excel(&self) -> String {
        self.asked.with("/receipts.xlsx", ("after", ""))
    }
}

pub(super) async fn list(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Listed>,
) -> Result<Html<String>> {
    let asked = asked.known(&STATES);
    let mut db = app.db.acquire().await?;
    let rows = list_sql::rows(&mut db, &by, &asked, listing::SIZE + 1).await?;
    let (receipts, next) = listing::cut(rows, |receipt: &Receipt| {
        let key = listing::key(receipt.received_on, &receipt.number);
        asked.with_key("/receipts", &key)
    });
    let page = ListPage {
        works: reach::may(&by, Deed::RecordReceipt),
        receipts,
        asked,
        next,
        page,
    };
    Ok(Html(page.render()?))
}

pub(super) async fn workbook(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Listed>,
) -> Result<Response> {
    let asked = Listed {
        after: String::new(),
        ..asked.known(&STATES)
    };
    let mut db = app.db.acquire().await?;
    let rows = list_sql::rows(&mut db, &by, &asked, excel::SHORT + 1).await?;
    let t = page.t;
    let heads = [
        t.receipt_column_number(),
        t.receipt_column_day(),
        t.receipt_column_account(),
        t.receipt_column_payer(),
        t.receipt_column_customer(),
        t.receipt_column_currency(),
        t.receipt_column_amount(),
        t.receipt_column_charges(),
        t.receipt_column_free(),
        t.receipt_column_to_settle(),
        t.receipt_column_reference(),
    ];
    let sheet = Sheet {
        name: t.receipt_title().to_owned(),
        heads: heads.into_iter().map(str::to_owned).collect(),
        rows: rows.into_iter().map(cells).collect(),
        most: excel::SHORT,
    };
    let file = format!("receipts-{}.xlsx", page.today());
    excel::download(&file, &sheet, &listing::about(&by, &page, &asked), t)
}

fn cells(receipt: Receipt) -> Vec<Cell> {
    vec![
        Cell::text(receipt.number),
        Cell::Day(receipt.received_on),
        Cell::text(receipt.account),
        Cell::text(receipt.payer),
        Cell::text(receipt.customer_name),
        Cell::text(receipt.currency.as_str()),
        Cell::Number(receipt.amount),
        Cell::Number(receipt.charges),
        Cell::Number(receipt.free),
        Cell::Number(receipt.to_settle),
        Cell::text(receipt.bank_reference),
    ]
}
