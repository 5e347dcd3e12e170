//! Finance 财务: papers handed over to it, verification, the tax rebate, and what stays of an order.
//!
//! `export` is how this desk reads a shipment; `matching` and `rebate` are its reckoning, pure.

pub mod export;
pub mod hand_over;
pub mod matching;
mod question;
mod queue;
pub mod rebate;
pub mod rebate_claim;
pub mod verification;

use crate::base::{Role, T};
use crate::web::{Door, Routes, Tell};

/// Queues of what belongs to orders: of who works on any.
const TRADES: Door = Door::Only(&Role::TRADES);

/// The rebate's: the salesperson does not see it.
const REBATE: Door = Door::Only(&[Role::OrderOperator, Role::Manager, Role::Finance]);

pub fn routes() -> Routes {
    Routes::new()
        .and(hand_over::routes())
        .and(verification::routes())
        .and(rebate_claim::routes())
}

/// What the form was drawn from has changed since.
#[derive(Debug)]
pub struct Meanwhile;

impl Tell for Meanwhile {
    fn tell(&self, t: T) -> String {
        t.rebate_meanwhile().into()
    }
}
