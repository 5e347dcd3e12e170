//! Receipts 收汇: money that came in, recorded by hand or from the bank's list, and the orders that hold it.
//!
//! Read `stage.rs` first, then `record.rs`. An allocation is a row that is never changed: a row that points at it
//! undoes it and says what became of the money.

pub mod allocation;
mod allocation_sql;
mod bank_list;
mod cancelled_money;
mod import;
mod import_sql;
mod list;
mod list_sql;
pub mod record;
mod recording;
mod repayment;
mod show;
mod sql;
pub mod stage;
mod suggestion;
mod undoing;
mod verify;

pub(in crate::finance) use allocation_sql::{holders, shipment_named};
pub(in crate::finance) use list_sql::rows;
pub use record::{Receipt, Refusal};
pub(in crate::finance) use recording::typed;
pub(in crate::finance) use sql::{find, lock, next_number};
pub(in crate::finance) use verify::differences;

use crate::base::Role;
use crate::web::{Door, Routes};

const TRADES: Door = Door::Only(&Role::TRADES);

#[expect(clippy::too_many_lines, reason = "one line an address")]
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/receipts", TRADES, list::list)
        .get("/receipts.xlsx", TRADES, list::workbook)
        .get("/receipts/new", TRADES, recording::blank)
        .upload("/receipts", TRADES, recording::create)
        .get("/receipts/import", TRADES, import::ask)
        .upload("/receipts/import", TRADES, import::receive)
        .get("/receipts/import/{id}", TRADES, import::show)
        .post("/receipts/import/{id}", TRADES, import::answer)
        .post("/receipts/import/{id}/receipts", TRADES, import::take)
        .get("/receipts/{number}", Door::Staff, show::one)
        .get("/receipts/{number}/slip", Door::Staff, show::slip)
        .post(
            "/receipts/{number}/allocations",
            Door::Staff,
            allocation::create,
        )
        .get(
            "/receipts/{number}/allocations/{id}/undoing",
            Door::Staff,
            undoing::ask,
        )
        .upload(
            "/receipts/{number}/allocations/{id}/undoing",
            Door::Staff,
            undoing::create,
        )
        .post(
            "/receipts/{number}/allocations/{id}/question",
            Door::Staff,
            cancelled_money::ask,
        )
        .get(
            "/receipts/{number}/allocations/{id}/approval",
            Door::Staff,
            cancelled_money::show,
        )
        .post(
            "/receipts/{number}/allocations/{id}/approval",
            Door::Staff,
            cancelled_money::answer,
        )
}
