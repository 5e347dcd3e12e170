//! The orders list: one filter, read as a table, as a board of nine lanes, and as a workbook.
//!
//! Read `filter.rs` first: a view is its query string. `sql.rs` builds the statement, `item.rs` says what of an order
//! this reader is shown, `bar.rs` is what stands over list and board alike.

mod bar;
mod board;
pub(super) mod filter;
pub(super) mod item;
mod reassignment;
mod show;
pub(super) mod sql;
mod views;
mod views_sql;
mod workbook;

use crate::web::{Door, Routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/orders", Door::Staff, show::list)
        .get("/orders/board", Door::Staff, board::show)
        .get("/orders.xlsx", Door::Staff, workbook::download)
        .post("/orders/views", Door::Staff, views::create)
        .post("/orders/views/{id}/removal", Door::Staff, views::remove)
        .post("/orders/reassignment", Door::Staff, reassignment::create)
}
