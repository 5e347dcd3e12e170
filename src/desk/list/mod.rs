//! The orders list: one filter, read as a table, as a board of nine lanes, and as a workbook.
//!
//! Read `filter.rs` first: a view is its query string. `column.rs` is what page and workbook show, `sql.rs` builds the statement, `item.rs` says what of an order
//! this reader is shown, `bar.rs` is what stands over list and board alike.

mod bar;
mod bar_sql;
mod board;
mod column;
pub(super) mod filter;
pub(super) mod item;
pub(super) mod looking;
mod reassignment;
mod show;
mod sort;
mod span;
pub(super) mod sql;
mod state;
pub(super) mod views;
mod views_sql;
mod workbook;

pub(super) use show::may_reassign;

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
