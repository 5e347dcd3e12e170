//! Payments 收付款 of an order, asking the customer for them, and the queue of the finance desk.

pub(super) mod asking;
mod page;
pub(in crate::finance) mod plan;
mod queue;
mod sql;

pub use sql::{Counts, counts};

pub(in crate::finance) use asking::{all as ask, part as ask_part};

use crate::base::Role;
use crate::web::{Door, Routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(
            "/finance",
            Door::Only(&[Role::Finance, Role::Manager]),
            queue::show,
        )
        .get("/orders/{number}/payments", Door::Staff, page::show)
        .get("/orders/{number}/payments/asking", Door::Staff, asking::ask)
        .upload(
            "/orders/{number}/payments/asking",
            Door::Staff,
            asking::create,
        )
}
