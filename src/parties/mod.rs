//! Parties 往来单位: customers, factories, forwarders, their contacts; and who we are on paper.
//!
//! Read `customer.rs` first: the three kinds are cards of [`crate::records`] and differ in their fields. Payees' bank
//! accounts stand apart from the factory they belong to, so that no page shows one by a forgotten column.

pub mod account;
pub mod calendar;
mod company;
pub mod contact;
mod contact_page;
pub mod customer;
mod customer_form;
pub mod entity;
pub mod factory;
pub mod forwarder;
pub mod owner;
pub mod payee;
mod payee_page;
pub mod setting;
mod sql;

use crate::base::Role;
use crate::card_routes;
use crate::web::{Door, Routes};

/// Who keeps the company's own papers.
const HOUSE: Door = Door::Only(&[Role::Admin, Role::Finance]);

pub fn routes() -> Routes {
    Routes::new()
        .and(card_routes!(customer::Customer, "/customers", Door::Staff))
        .and(card_routes!(factory::Factory, "/factories", Door::Staff))
        .and(card_routes!(
            forwarder::Forwarder,
            "/forwarders",
            Door::Staff
        ))
        .get("/contacts/new", Door::Staff, contact_page::blank)
        .post("/contacts", Door::Staff, contact_page::create)
        .get("/contacts/{id}", Door::Staff, contact_page::edit)
        .post("/contacts/{id}", Door::Staff, contact_page::save)
        .post("/contacts/{id}/archive", Door::Staff, contact_page::archive)
        .post(
            "/contacts/{id}/restoration",
            Door::Staff,
            contact_page::restore,
        )
        .get(
            "/payees/new",
            Door::Only(&[Role::Finance]),
            payee_page::blank,
        )
        .post("/payees", Door::Only(&[Role::Finance]), payee_page::create)
        .get(
            "/payees/{id}",
            Door::Only(&[Role::Finance]),
            payee_page::edit,
        )
        .post(
            "/payees/{id}",
            Door::Only(&[Role::Finance]),
            payee_page::save,
        )
        .post(
            "/payees/{id}/archive",
            Door::Only(&[Role::Finance]),
            payee_page::archive,
        )
        .post(
            "/payees/{id}/restoration",
            Door::Only(&[Role::Finance]),
            payee_page::restore,
        )
        .get("/company", HOUSE, company::show)
        .and(card_routes!(entity::Entity, "/company/entities", HOUSE))
        .and(card_routes!(
            account::BankAccount,
            "/company/accounts",
            HOUSE
        ))
}
