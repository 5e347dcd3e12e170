//! Catalog 目录: products, ports, currencies, units, couriers, and the rates of exchange and rebate by date.
//!
//! Products and ports are cards of [`crate::records`]; the short lists (currencies, units, couriers) come with the
//! house and are read; rates are added by day and never overwritten silently.

mod basics;
pub mod courier;
pub mod currency;
pub mod port;
pub mod product;
pub mod rate;
mod rate_page;
mod rate_sql;
mod sql;
pub mod unit;

use crate::records::card_routes;
use crate::web::{Door, Routes};

pub fn routes() -> Routes {
    Routes::new()
        .and(card_routes!(product::Product, "/products", Door::Staff))
        .and(card_routes!(port::Port, "/ports", Door::Staff))
        .get("/catalog", Door::Staff, basics::show)
        .get("/rates", Door::Staff, rate_page::show)
        .post("/rates/exchange", Door::Staff, rate_page::add_exchange)
        .post("/rates/rebate", Door::Staff, rate_page::add_rebate)
        .post("/rates/rebate/{id}/end", Door::Staff, rate_page::end_rebate)
}
