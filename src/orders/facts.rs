//! Facts: what the order's documents say, by desk; loaded by one query and read by pure functions only.
//!
//! A desk that is not opened yet says nothing: its facts are at their defaults, and its step names what is missing.

pub use super::desks::credits::CreditFacts;
pub use super::desks::exceptions::Exception;
pub use super::desks::finance::FinanceFacts;
pub use super::desks::issues::IssueFacts;
pub use super::desks::opinions::AskedOpinion;
pub use super::desks::production::ProductionFacts;
pub use super::desks::rebate::RebateFacts;
pub use super::desks::samples::SampleFacts;
pub use super::desks::shipping::ShippingFacts;

use super::lifecycle::{Condition, Latches, Step};
use crate::base::{Party, PersonId};
use chrono::{DateTime, NaiveDate, Utc};

#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub order: OrderFacts,
    pub samples: SampleFacts,
    pub proforma: ProformaFacts,
    pub production: ProductionFacts,
    pub issues: IssueFacts,
    pub shipping: ShippingFacts,
    pub credits: CreditFacts,
    pub finance: FinanceFacts,
    pub rebate: RebateFacts,
    pub exceptions: Vec<Exception>,
    pub opinions: Vec<AskedOpinion>,
    pub relays: Vec<OwedRelay>,
    pub latches: Latches,
}

#[derive(Clone, Debug)]
pub struct OrderFacts {
    pub condition: Condition,
    pub salesperson: PersonId,
    pub operator: PersonId,
    /// The customer's own order number is on file.
    pub customer_reference: bool,
    /// Lines with quantity and price, Incoterm with place, terms of payment, delivery.
    pub details_settled: bool,
    pub opened_at: DateTime<Utc>,
    pub delivery_on: Option<NaiveDate>,
    pub held_until: Option<NaiveDate>,
    /// Money allocated to the order and not undone.
    pub money_held: bool,
    /// When the pointer came to the step it stands at.
    pub step_since: DateTime<Utc>,
}

impl Default for OrderFacts {
    fn default() -> Self {
        let nobody = PersonId(uuid::Uuid::nil());
        Self {
            condition: Condition::Open,
            salesperson: nobody,
            operator: nobody,
            customer_reference: false,
            details_settled: false,
            opened_at: DateTime::UNIX_EPOCH,
            delivery_on: None,
            held_until: None,
            money_held: false,
            step_since: DateTime::UNIX_EPOCH,
        }
    }
}

/// Where a proforma invoice that is not yet confirmed stands, as far as the order cares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaperStage {
    #[default]
    Draft,
    Submitted,
    Returned,
    Approved,
    Sent,
    ChangeRequested,
    Lapsed,
}

#[derive(Clone, Debug)]
pub struct Paper {
    pub revision: i32,
    pub stage: PaperStage,
    pub since: DateTime<Utc>,
    pub author: PersonId,
    pub valid_until: Option<NaiveDate>,
}

impl Default for Paper {
    fn default() -> Self {
        Self {
            revision: 1,
            stage: PaperStage::Draft,
            since: DateTime::UNIX_EPOCH,
            author: PersonId(uuid::Uuid::nil()),
            valid_until: None,
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct ProformaFacts {
    /// The newest revision that is neither confirmed nor over.
    pub open: Option<Paper>,
    /// Revision in force.
    pub confirmed: Option<i32>,
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// A relay that is not closed.
#[derive(Clone, Debug)]
pub struct OwedRelay {
    pub number: i32,
    pub step: Step,
    pub from: Party,
    /// The addressee that is waited for, or that has not been told yet.
    pub to: Party,
    pub passed_on: bool,
    pub subject: String,
    pub since: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
}

impl Default for OwedRelay {
    fn default() -> Self {
        Self {
            number: 1,
            step: Step::SampleNote,
            from: Party::Factory,
            to: Party::Customer,
            passed_on: false,
            subject: String::new(),
            since: DateTime::UNIX_EPOCH,
            due_at: DateTime::UNIX_EPOCH,
        }
    }
}
