//! Profit sheet 利润表 of one order: what it brought in, what it cost, what stays; for the manager and finance.
//!
//! Until goods have left, the sheet reckons with what is ordered; then with what was shipped, at the prices of the
//! confirmed proforma invoice. Money settled gives its rate; before that the newest rate of the table stands in.

mod page;
mod sheet;
mod sql;

pub use sheet::{Entry, Figures, Sheet};

use crate::web::{Door, Routes};

pub fn routes() -> Routes {
    Routes::new()
        .get("/orders/{number}/profit", Door::Staff, page::show)
        .get("/orders/{number}/profit.xlsx", Door::Staff, page::download)
}
