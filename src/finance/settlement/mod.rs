//! Settlement 结汇: foreign exchange of a receipt becomes yuan at the bank's buying rate, or is retained.
//!
//! What is not settled yet is not a row: it is the receipt less its rows (`receipt_to_settle`), so that queue and
//! receipt cannot disagree.

mod exchange;
mod page;
mod reversal;
mod settling;
mod sql;
pub mod stage;
mod verify;

pub use exchange::{Refusal, Settled};
pub(in crate::finance) use settling::typed;
pub(in crate::finance) use sql::{booked_rate, of_receipt};
pub(in crate::finance) use verify::differences;

use crate::web::{Door, Routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/receipts/{number}/settlement", Door::Staff, page::ask)
        .post(
            "/receipts/{number}/settlement",
            Door::Staff,
            settling::settle,
        )
        .post(
            "/receipts/{number}/retention",
            Door::Staff,
            settling::retain,
        )
        .get(
            "/receipts/{number}/settlements/{id}/reversal",
            Door::Staff,
            reversal::ask,
        )
        .post(
            "/receipts/{number}/settlements/{id}/reversal",
            Door::Staff,
            reversal::create,
        )
}
