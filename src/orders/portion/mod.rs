//! Portion 部分: a part of the goods leaves the order, either given up by the customer (short-close 短装结案) or carried over
//! into an order of its own (split 拆单).
//!
//! Both ask the same page: each line with what is made, shipped and left, and how much of it goes.

mod page;
mod short_close;
mod split;
pub(super) mod sql;

use crate::web::{Door, Routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(
            "/orders/{number}/short-close",
            Door::Staff,
            short_close::ask,
        )
        .upload(
            "/orders/{number}/short-close",
            Door::Staff,
            short_close::create,
        )
        .get("/orders/{number}/split", Door::Staff, split::ask)
        .post("/orders/{number}/split", Door::Staff, split::create)
}
