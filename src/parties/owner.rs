//! Owner: the customer, factory or forwarder that a contact or an account belongs to.

use super::sql;
use crate::base::{By, PersonId};
use crate::people::rights::{self, Verdict};
use crate::people::{Deed, Relation};
use crate::records::Thing;
use crate::web::{Error, Result};
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Customer,
    Factory,
    Forwarder,
}

impl Side {
    pub const ALL: [Self; 3] = [Self::Customer, Self::Factory, Self::Forwarder];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Factory => "factory",
            Self::Forwarder => "forwarder",
        }
    }

    pub const fn place(self) -> &'static str {
        match self {
            Self::Customer => "/customers",
            Self::Factory => "/factories",
            Self::Forwarder => "/forwarders",
        }
    }

    const fn deed(self) -> Deed {
        match self {
            Self::Customer => Deed::EditCustomer,
            Self::Factory => Deed::EditFactory,
            Self::Forwarder => Deed::EditForwarder,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Owner {
    pub side: Side,
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub salesperson: Option<PersonId>,
}

impl Owner {
    fn of(side: Side, id: Uuid) -> Self {
        Self {
            side,
            id,
            code: String::new(),
            name: String::new(),
            salesperson: None,
        }
    }

    /// By its id alone, inside the act that makes it.
    pub fn customer(id: Uuid) -> Self {
        Self::of(Side::Customer, id)
    }

    pub fn factory(id: Uuid) -> Self {
        Self::of(Side::Factory, id)
    }

    pub fn forwarder(id: Uuid) -> Self {
        Self::of(Side::Forwarder, id)
    }

    /// `customer/nordhavn-living` as a form carries it.
    pub async fn named(db: &mut PgConnection, text: &str) -> Result<Self> {
        let (side, code) = text.split_once('/').ok_or(Error::NotFound)?;
        let side = Side::ALL
            .into_iter()
            .find(|known| known.code() == side)
            .ok_or(Error::NotFound)?;
        sql::owner(db, side, code).await?.ok_or(Error::NotFound)
    }

    pub fn key(&self) -> String {
        format!("{}/{}", self.side.code(), self.code)
    }

    pub fn url(&self) -> String {
        format!("{}/{}", self.side.place(), self.code)
    }

    pub fn thing(&self) -> Thing {
        Thing::new(self.side.code(), self.id)
    }

    /// May this person change what belongs to it?
    pub fn may_edit(&self, by: &By) -> bool {
        allowed(by, self.side.deed(), &self.relation(by))
    }

    pub fn must_edit(&self, by: &By) -> Result<()> {
        rights::must(by, self.side.deed(), &self.relation(by))
    }

    fn relation(&self, by: &By) -> Relation {
        match self.side {
            Side::Customer => Relation::to_customer(by, self.salesperson),
            Side::Factory | Side::Forwarder => Relation::none(),
        }
    }

    /// The id in the column of its side, for rows that belong to one of the three.
    pub fn column(&self, side: Side) -> Option<Uuid> {
        (self.side == side).then_some(self.id)
    }
}

pub fn allowed(by: &By, deed: Deed, relation: &Relation) -> bool {
    rights::decide(by, &deed.into(), relation) == Verdict::Allow
}
