//! Finance 财务: receipts and whom they belong to, settlement, payables, and the queues they wait in.
//!
//! Read `receipt`, then `settlement`, `payable`; `payments` is what one order owes and has paid. `rebate` and `matching`
//! are reckoning only.

mod holding;
mod listing;
pub mod matching;
pub mod payable;
mod payments;
mod reach;
pub mod rebate;
pub mod receipt;
pub mod settlement;

use crate::web::{Result, Routes};
use sqlx::PgConnection;

pub fn routes() -> Routes {
    Routes::new()
        .and(receipt::routes())
        .and(settlement::routes())
        .and(payable::routes())
        .and(payments::routes())
}

/// What is stored of money and does not add up; one line for each.
pub async fn verify(db: &mut PgConnection) -> Result<Vec<String>> {
    let mut found = receipt::differences(db).await?;
    found.extend(settlement::differences(db).await?);
    found.extend(payable::differences(db).await?);
    Ok(found)
}
