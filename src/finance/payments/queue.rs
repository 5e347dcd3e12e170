//! The finance desk's first page: receipts to claim, to settle, payments to make, each the beginning of its list.

use super::sql::{self, Counts};
use crate::base::By;
use crate::finance::listing::Listed;
use crate::finance::payable::{self, Payable};
use crate::finance::reach;
use crate::finance::receipt::{self, Receipt};
use crate::people::Deed;
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::State;
use axum::response::Html;
use rust_decimal::Decimal;

/// Rows of each part; the rest is behind its list.
const ROWS: i64 = 8;

#[derive(Template)]
#[template(path = "payment/queue.html")]
pub(super) struct QueuePage {
    pub page: Page,
    pub counts: Counts,
    pub to_claim: Vec<Receipt>,
    pub to_settle: Vec<Receipt>,
    pub to_pay: Vec<Payable>,
    pub works: bool,
}

impl QueuePage {
    pub(super) fn amount(&self, receipt: &Receipt, amount: &Decimal) -> String {
        self.page.money(receipt.money(amount))
    }
}

pub(super) async fn show(State(app): State<App>, by: By, page: Page) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let asked = |state: &str| Listed {
        state: state.to_owned(),
        ..Listed::default()
    };
    let page = QueuePage {
        counts: sql::counts(&mut db, &by).await?,
        to_claim: receipt::rows(&mut db, &by, &asked("to_claim"), ROWS).await?,
        to_settle: receipt::rows(&mut db, &by, &asked("to_settle"), ROWS).await?,
        to_pay: payable::rows(&mut db, &by, &asked("approved"), ROWS).await?,
        works: reach::may(&by, Deed::AllocateReceipt),
        page,
    };
    Ok(Html(page.render()?))
}
