//! Catalog 目录: products, ports, currencies, units, couriers, and the rates of exchange and rebate by date.
//!
//! Products, ports, couriers, units, currencies and payment terms are cards of [`crate::records`]; rates are added by day
//! and never overwritten silently.

mod basics;
pub mod courier;
mod courier_sql;
pub mod currency;
mod currency_sql;
pub mod named_port;
mod offer;
mod payment_sql;
pub mod payment_term;
mod picture;
pub mod port;
pub mod product;
mod product_sql;
pub mod rate;
mod rate_page;
mod rate_sql;
mod sql;
pub mod unit;
mod unit_sql;
mod workbooks;

use crate::records::card_routes;
use crate::web::{Door, Routes};

pub fn routes() -> Routes {
    Routes::new()
        .and(card_routes!(product::Product, "/products", Door::Staff))
        .and(card_routes!(port::Port, "/ports", Door::Staff))
        .and(card_routes!(courier::Courier, "/couriers", Door::Staff))
        .and(card_routes!(unit::Unit, "/units", Door::Staff))
        .and(card_routes!(
            currency::TradeCurrency,
            "/currencies",
            Door::Staff
        ))
        .and(card_routes!(
            payment_term::PaymentTerm,
            "/payment-terms",
            Door::Staff
        ))
        .get("/product-choices", Door::Staff, offer::choices)
        .get("/products/{code}/picture", Door::Staff, picture::view)
        .get("/products/{code}/picture/new", Door::Staff, picture::ask)
        .upload("/products/{code}/picture", Door::Staff, picture::keep)
        .get("/catalog", Door::Staff, basics::show)
        .get("/catalog/{list}", Door::Staff, workbooks::basics)
        .get("/rates", Door::Staff, rate_page::show)
        .get("/rates/exchange.xlsx", Door::Staff, workbooks::exchange)
        .get("/rates/rebate.xlsx", Door::Staff, workbooks::rebate)
        .post("/rates/exchange", Door::Staff, rate_page::add_exchange)
        .post("/rates/rebate", Door::Staff, rate_page::add_rebate)
        .post("/rates/rebate/{id}/end", Door::Staff, rate_page::end_rebate)
}
