//! The form of settling: how much, at which rate, by which bank, and what comes of it.

use super::sql;
use crate::base::By;
use crate::finance::reach;
use crate::finance::receipt::{self, Receipt};
use crate::people::Deed;
use crate::web::{App, Faults, Fields, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use rust_decimal::Decimal;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "settlement/settle.html")]
pub(super) struct SettlePage {
    pub page: Page,
    pub receipt: Receipt,
    /// CNY for one unit on the receipt's day, and the newest one kept.
    pub booked: Option<Decimal>,
    pub newest: Option<Decimal>,
    pub fields: Fields,
    pub faults: Faults,
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let receipt = receipt::find(&mut db, &by, &number).await?;
    reach::must(&by, Deed::SettleExchange)?;
    draw(&mut db, page, receipt, None).await
}

pub(super) async fn draw(
    db: &mut PgConnection,
    page: Page,
    receipt: Receipt,
    typed: Option<(Fields, Faults)>,
) -> Result<Html<String>> {
    let newest = sql::rate_on(db, receipt.currency, page.today()).await?;
    let (fields, faults) = typed.unwrap_or_else(|| {
        let mut fields = Fields::default();
        fields.set("amount", receipt.to_settle.to_string());
        fields.set("settled_on", page.today().to_string());
        fields.set("bank", receipt.account.clone());
        if let Some(rate) = newest {
            fields.set("rate", rate.to_string());
        }
        (fields, Faults::default())
    });
    let page = SettlePage {
        booked: sql::booked_rate(db, &receipt).await?,
        newest,
        fields,
        faults,
        receipt,
        page,
    };
    Ok(Html(page.render()?))
}
