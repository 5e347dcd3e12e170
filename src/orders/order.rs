//! Order 订单: the key ring. To read anything under an order you hold an `Order`; it can only be got through this
//! folder, which checks that you may know it.

use super::lifecycle::{Condition, Step};
use super::sql;
use crate::base::{By, Currency, CustomerId, OrderId, OrderNumber, PersonId};
use crate::history::Stream;
use crate::people::barring;
use crate::people::relation::{InReach, Keepers, Relation};
use crate::people::rights::{self, Asked, Verdict};
use crate::web::{Error, Result};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgConnection;

/// The head of an order file, as visible to the person who asked.
#[derive(Clone, Debug)]
pub struct Order {
    pub(super) id: OrderId,
    pub number: OrderNumber,
    pub keepers: Keepers,
    pub customer: CustomerId,
    pub customer_code: String,
    pub customer_name: String,
    pub customer_country: String,
    pub title: String,
    pub customer_reference: String,
    pub terms: TradeTerms,
    pub step: Step,
    pub condition: Condition,
    pub version: i32,
    pub lines_version: i32,
    /// How the person who asked stands to it.
    pub relation: Relation,
    pub(super) asked_by: By,
}

/// What is agreed about the goods as a whole; working copy until a proforma invoice freezes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TradeTerms {
    pub currency: Currency,
    pub incoterm: String,
    pub place: String,
    /// Code of the payment terms (`proforma::terms`).
    pub payment: String,
    pub tolerance: Decimal,
    pub delivery_on: Option<NaiveDate>,
    pub packing: String,
    pub marks: String,
}

impl Order {
    pub fn id(&self) -> OrderId {
        self.id
    }

    pub fn url(&self) -> String {
        format!("/orders/{}", self.number)
    }

    /// May this person do this, standing as she stands? Buttons ask the same function the gate asks.
    pub fn may(&self, by: &By, deed: impl Into<Asked>) -> bool {
        rights::decide(by, &deed.into(), &self.relation) == Verdict::Allow
    }

    /// The same for the person who opened this order, for pages that have nobody else in view.
    pub fn reader_may(&self, deed: impl Into<Asked>) -> bool {
        self.may(&self.asked_by, deed)
    }

    /// 403 where `may` says no.
    pub fn must(&self, by: &By, deed: impl Into<Asked>) -> Result<()> {
        let asked = deed.into();
        match rights::decide(by, &asked, &self.relation) {
            Verdict::Allow => Ok(()),
            Verdict::Hide => Err(Error::NotFound),
            Verdict::Deny => Err(self.barred(by, asked)),
        }
    }

    /// The refusal of a deed on this order, with who can do it.
    pub fn barred(&self, by: &By, deed: impl Into<Asked>) -> Error {
        barring::refused(by, &deed.into(), &self.relation, Some(&self.keepers))
    }

    pub fn operator(&self) -> PersonId {
        self.keepers.operator
    }
}

impl Stream for Order {
    fn stream(&self) -> String {
        format!("order:{}", self.id)
    }
}

/// The order as visible to this person, for reading; 404 when it is not there or not for her.
pub async fn find(db: &mut PgConnection, by: &By, number: &OrderNumber) -> Result<Order> {
    sql::find(db, by, &InReach::of(by), number)
        .await?
        .ok_or(Error::NotFound)
}
