//! Parties 往来单位: customers, factories, forwarders, their contacts; and who we are on paper.
//!
//! Read `customer.rs` first: the three kinds are cards of [`crate::records`] and differ in their fields. Payees' bank
//! accounts stand apart from the factory they belong to, so that no page shows one by a forgotten column.

pub mod account;
pub mod bank;
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

use account::BankAccount;
use bank::Bank;
use customer::Customer;
use entity::Entity;
use factory::Factory;
use forwarder::Forwarder;

use crate::base::Role;
use crate::records::card_routes;
use crate::web::{Door, Routes};

/// Who keeps the company's own papers.
const HOUSE: Door = Door::Only(&[Role::Admin, Role::Finance]);
const FINANCE: Door = Door::Only(&[Role::Finance]);

pub fn routes() -> Routes {
    Routes::new()
        .and(card_routes!(Customer, "/customers", Door::Staff))
        .and(card_routes!(Factory, "/factories", Door::Staff))
        .and(card_routes!(Forwarder, "/forwarders", Door::Staff))
        .and(card_routes!(Bank, "/banks", Door::Staff))
        .and(contacts())
        .and(payees().never_kept())
        .get("/company", HOUSE, company::show)
        .and(card_routes!(Entity, "/company/entities", HOUSE))
        .and(card_routes!(BankAccount, "/company/accounts", HOUSE).never_kept())
}

fn contacts() -> Routes {
    use contact_page as page;
    Routes::new()
        .get("/contacts/new", Door::Staff, page::blank)
        .post("/contacts", Door::Staff, page::create)
        .get("/contacts/{id}", Door::Staff, page::edit)
        .post("/contacts/{id}", Door::Staff, page::save)
        .post("/contacts/{id}/archive", Door::Staff, page::archive)
        .post("/contacts/{id}/restoration", Door::Staff, page::restore)
}

fn payees() -> Routes {
    use payee_page as page;
    Routes::new()
        .get("/payees/new", FINANCE, page::blank)
        .post("/payees", FINANCE, page::create)
        .get("/payees/{id}", FINANCE, page::edit)
        .post("/payees/{id}", FINANCE, page::save)
        .post("/payees/{id}/archive", FINANCE, page::archive)
        .post("/payees/{id}/restoration", FINANCE, page::restore)
}
