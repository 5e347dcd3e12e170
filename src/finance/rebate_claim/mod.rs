//! Rebate claim 退税申报 of a shipment, or of some of its declarations: papers are collected, the claim is declared to the
//! tax office, and its money comes in, or it ends in another way.
//!
//! Read `stage.rs` first. What comes back is reckoned by `finance::rebate` from the VAT invoices and the rate table of the
//! export date, for a trading company 外贸企业; what the tax office approved stands beside it.

mod begin;
mod claim;
mod filing;
mod invoice;
mod queue;
mod show;
mod sql;
pub mod stage;
mod steps;

pub(in crate::finance) use begin::begin;
pub use claim::{Claim, Class, Filed, Invoice, Lack};
pub(in crate::finance) use invoice::typed as collect;
pub use stage::{Move, Stage};
pub(in crate::finance) use steps::typed as step;

use crate::base::T;
use crate::web::{Door, Routes, Tell};
use chrono::NaiveDate;

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub fn routes() -> Routes {
    Routes::new()
        .get("/rebates", super::REBATE, queue::list)
        .get("/rebates.xlsx", super::REBATE, queue::download)
        .get(
            "/orders/{number}/rebates/{shipment}",
            Door::Staff,
            begin::show,
        )
        .post(
            "/orders/{number}/rebates/{shipment}",
            Door::Staff,
            begin::create,
        )
        .get(
            "/orders/{number}/rebates/{shipment}/not-applicable",
            Door::Staff,
            begin::ask_not_applicable,
        )
        .post(
            "/orders/{number}/rebates/{shipment}/not-applicable",
            Door::Staff,
            begin::not_applicable,
        )
        .get(
            "/orders/{number}/rebates/{shipment}/{sequence}",
            Door::Staff,
            show::one,
        )
        .upload(
            "/orders/{number}/rebates/{shipment}/{sequence}/invoices",
            Door::Staff,
            invoice::create,
        )
        .post(
            "/orders/{number}/rebates/{shipment}/{sequence}/invoices/{invoice}/removal",
            Door::Staff,
            invoice::remove,
        )
        .post(
            "/orders/{number}/rebates/{shipment}/{sequence}/filing-set",
            Door::Staff,
            filing::save,
        )
        .get(
            "/orders/{number}/rebates/{shipment}/{sequence}/steps/{step}",
            Door::Staff,
            steps::ask,
        )
        .post(
            "/orders/{number}/rebates/{shipment}/{sequence}/steps/{step}",
            Door::Staff,
            steps::create,
        )
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotFromHere(Stage),
    NotDeparted,
    /// Every declaration is in a claim already.
    Claimed,
    NotComplete(Vec<Lack>),
    /// The table says nothing of this code on the day of the export.
    NoRate(String, NaiveDate),
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::NotFromHere(stage) => t.rebate_claim_not_from_here(stage.label(t)),
            Self::NotDeparted => t.rebate_not_departed().into(),
            Self::Claimed => t.rebate_claimed_already().into(),
            Self::NotComplete(lacks) => {
                let all: Vec<String> = lacks.iter().map(|lack| lack.tell(t)).collect();
                t.rebate_not_complete(all.join(t.orders_closing_between()))
            }
            Self::NoRate(hs, day) => t.rebate_no_rate(hs, day),
        }
    }
}

pub(super) fn url(number: &str, shipment: &str, sequence: i32) -> String {
    format!("/orders/{number}/rebates/{shipment}/{sequence}")
}

/// The claims of a shipment, oldest first.
pub async fn of(
    db: &mut sqlx::PgConnection,
    shipment: &super::export::Shipment,
) -> crate::web::Result<Vec<Claim>> {
    sql::claims(db, shipment.id).await
}
