//! Finance 财务: receipts and whom they belong to, settlement, payables; papers handed over, verification, the tax rebate,
//! what stays of an order; and the queues all of it waits in.
//!
//! Read `receipt`, then `settlement`, `payable`; `payments` is what one order owes and has paid. `export` is a shipment as
//! hand-over, verification and rebate read it. `rebate` and `matching` are reckoning only.

pub mod acts;
pub mod export;
pub mod hand_over;
mod holding;
mod listing;
pub mod matching;
mod order_page;
pub mod payable;
mod payments;
pub mod profit;
mod question;
mod queue;
mod reach;
pub mod rebate;
pub mod rebate_claim;
pub mod receipt;
pub mod settlement;
pub mod verification;
mod verify;

pub use payable::call_off;
pub use payments::{Counts, counts};

use crate::base::{Role, T};
use crate::web::{Door, Result, Routes, Tell};
use sqlx::PgConnection;

/// Queues of what belongs to orders: of who works on any.
const TRADES: Door = Door::Only(&Role::TRADES);

/// The rebate's: the salesperson does not see it.
const REBATE: Door = Door::Only(&[Role::OrderOperator, Role::Manager, Role::Finance]);

pub fn routes() -> Routes {
    Routes::new()
        .and(receipt::routes())
        .and(settlement::routes())
        .and(payable::routes())
        .and(payments::routes())
        .and(hand_over::routes())
        .and(verification::routes())
        .and(rebate_claim::routes())
        .and(profit::routes())
        .get("/orders/{number}/finance", Door::Staff, order_page::show)
        .never_kept()
}

/// What is stored of money and of the rebate and does not add up; one line for each.
pub async fn verify(db: &mut PgConnection) -> Result<Vec<String>> {
    let mut found = receipt::differences(db).await?;
    found.extend(settlement::differences(db).await?);
    found.extend(payable::differences(db).await?);
    found.extend(verify::differences(db).await?);
    Ok(found)
}

/// What the form was drawn from has changed since.
#[derive(Debug)]
pub struct Meanwhile;

impl Tell for Meanwhile {
    fn tell(&self, t: T) -> String {
        t.rebate_meanwhile().into()
    }
}
