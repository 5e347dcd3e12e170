//! Export 出口: a shipment as this desk reads it: what left, when, under which declarations, with goods of which orders.
//!
//! Shipments belong to the desk shipping; here they are only read, and their row is locked while papers, verification or
//! rebate of it change.

pub mod regime;
mod sql;

pub use regime::Regime;

use crate::base::{By, OrderId, OrderNumber};
use crate::orders::{self, JointAct, Order};
use crate::web::{Error, FormKey, Result};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

/// A shipment that is not cancelled.
#[derive(Clone, Debug)]
pub struct Shipment {
    pub id: Uuid,
    pub number: String,
    pub stage: String,
    pub on_board_on: Option<NaiveDate>,
    /// Those in force: revoked, shut out and void ones are left out.
    pub declarations: Vec<Declaration>,
    /// Every order with goods in it.
    pub orders: Vec<OrderId>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Declaration {
    pub id: Uuid,
    pub sequence: i32,
    pub number: String,
    /// The export date on the declaration, else the on-board date.
    pub exported_on: Option<NaiveDate>,
    pub fob_amount: Option<Decimal>,
    pub currency: Option<String>,
    pub regime: Regime,
    pub verified: bool,
}

impl Shipment {
    /// The goods have left; from here on papers come back.
    pub fn departed(&self) -> bool {
        matches!(self.stage.as_str(), "departed" | "arrived")
    }

    /// One of its declarations is of the days of the paper form.
    pub fn has_paper_form(&self) -> bool {
        self.declarations
            .iter()
            .any(|one| one.regime == Regime::PaperForm)
    }

    /// The first export date, which rates and deadlines count from.
    pub fn exported_on(&self) -> Option<NaiveDate> {
        let first = self.declarations.iter().filter_map(|one| one.exported_on);
        first.min().or(self.on_board_on)
    }

    pub fn declaration(&self, sequence: i32) -> Result<&Declaration> {
        self.declarations
            .iter()
            .find(|one| one.sequence == sequence)
            .ok_or(Error::NotFound)
    }
}

impl Declaration {
    /// Its eighteen digits, else its place among the shipment's.
    pub fn name(&self) -> String {
        if self.number.is_empty() {
            format!("#{}", self.sequence)
        } else {
            self.number.clone()
        }
    }
}

/// All shipments with goods of this order, oldest first.
pub async fn of_order(db: &mut PgConnection, order: &Order) -> Result<Vec<Shipment>> {
    sql::shipments(db, order, None).await
}

/// The order as visible to this person, and one shipment with goods of it; 404 for another's.
pub async fn find(
    db: &mut PgConnection,
    by: &By,
    (number, shipment): (&str, &str),
) -> Result<(Order, Shipment)> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let order = orders::find(db, by, &number).await?;
    let found = one(db, &order, shipment).await?;
    Ok((order, found))
}

async fn one(db: &mut PgConnection, order: &Order, shipment: &str) -> Result<Shipment> {
    sql::shipments(db, order, Some(shipment))
        .await?
        .pop()
        .ok_or(Error::NotFound)
}

/// An act on what belongs to a shipment: every order with goods in it is locked, then the shipment, then it is read.
pub async fn begin(
    app: &crate::web::App,
    by: By,
    (number, shipment): (&str, &str),
    key: &FormKey,
) -> Result<(JointAct, Order, Shipment)> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let mut act = orders::begin_joint(app, by, key).await?;
    let by = act.by.clone();
    let order = orders::find(act.tx(), &by, &number).await?;
    let seen = one(act.tx(), &order, shipment).await?;
    act.hold(&seen.orders).await?;
    sql::lock(act.tx(), seen.id).await?;
    let held = one(act.tx(), &order, shipment).await?;
    if held.orders != seen.orders {
        // Goods of another order came on between the look and the lock.
        return Err(Error::refused(super::Meanwhile));
    }
    let order = act
        .orders
        .iter()
        .find(|own| own.number == order.number)
        .cloned()
        .ok_or(Error::NotFound)?;
    Ok((act, order, held))
}
