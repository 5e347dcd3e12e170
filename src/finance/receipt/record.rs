//! Receipt 收汇: one credit of our bank, and the rules of what may be done with its money.

use super::stage::{AllocationMove, AllocationStage, Stage};
use crate::base::{Currency, FileId, Money, OrderNumber, PersonId, T, format};
use crate::records::Thing;
use crate::web::{Result, Tell};
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use std::borrow::Borrow;
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Receipt {
    pub id: Uuid,
    /// `R26-0001`
    pub number: String,
    pub customer: Option<Uuid>,
    pub customer_code: String,
    pub customer_name: String,
    pub received_on: NaiveDate,
    pub currency: Currency,
    /// What our bank credited.
    pub amount: Decimal,
    /// What banks on the way have kept of the payment.
    pub charges: Decimal,
    pub payer: String,
    pub account: String,
    pub bank_reference: String,
    pub message: String,
    pub evidence: Option<FileId>,
    pub recorded_at: Option<DateTime<Utc>>,
    /// What no order holds and was not given back or kept.
    pub free: Decimal,
    /// What is neither settled nor retained.
    pub to_settle: Decimal,
    pub version: i32,
}

impl Receipt {
    pub fn url(&self) -> String {
        format!("/receipts/{}", self.number)
    }

    pub fn stage(&self) -> Stage {
        if self.free < self.amount {
            Stage::Allocated
        } else {
            Stage::Recorded
        }
    }

    /// Tone and word of its mark: what is claimed in part still waits.
    pub fn mark(&self, t: T) -> (&'static str, &'static str) {
        match self.stage() {
            Stage::Allocated if self.free > Decimal::ZERO => {
                (Stage::Recorded.tone(), t.receipt_partly_claimed())
            }
            stage => (stage.tone(), stage.label(t)),
        }
    }

    pub fn money(&self, amount: impl Borrow<Decimal>) -> Money {
        Money::new(*amount.borrow(), self.currency)
    }

    /// Its chain of events.
    pub fn thing(&self) -> Thing {
        thing(self.id)
    }

    /// Whether this much of it may go to an order of that currency.
    pub fn check(&self, amount: Decimal, currency: Currency) -> Result<(), Refusal> {
        if currency != self.currency {
            return Err(Refusal::OtherCurrency {
                receipt: self.currency,
                order: currency,
            });
        }
        if amount > self.free {
            return Err(Refusal::NotThatMuch {
                free: self.money(self.free),
            });
        }
        Ok(())
    }
}

pub(crate) fn thing(id: Uuid) -> Thing {
    Thing::new("receipt", id)
}

/// What of a receipt an order holds, or held.
#[derive(Clone, Debug)]
pub struct Allocation {
    pub id: Uuid,
    pub order: OrderNumber,
    pub customer: String,
    pub shipment: Option<String>,
    /// deposit, balance, credit
    pub part: String,
    pub amount: Decimal,
    pub stage: AllocationStage,
    pub words: String,
    pub at: DateTime<Utc>,
    pub who_zh: String,
    pub who_en: String,
    pub repaid: Option<Repaid>,
}

/// Of money that went back, what had been settled or retained by then, as the bank's slip says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaid {
    /// In the receipt's currency.
    pub amount: Decimal,
    /// What it was bought for; none where it was taken from money kept in its currency.
    pub cny: Option<Decimal>,
    pub day: NaiveDate,
    pub reference: String,
    pub slip: Option<FileId>,
}

impl Allocation {
    pub fn after(&self, step: AllocationMove) -> Result<AllocationStage, Refusal> {
        self.stage
            .after(step)
            .ok_or(Refusal::AlreadyUndone(self.stage))
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotThatMuch {
        free: Money,
    },
    OtherCurrency {
        receipt: Currency,
        order: Currency,
    },
    /// The order is owed less than that as deposit and balance.
    MoreThanOwed {
        open: Money,
    },
    AlreadyUndone(AllocationStage),
    /// The money of a cancelled order waits for the manager's yes to this plan.
    NeedsApproval(&'static str),
    /// There is nothing to approve: the order is not cancelled.
    NotCancelled,
    /// Money of an open order is not ours to keep.
    KeepsOnlyCancelled,
    /// Settled money cannot go back in the currency it came in before its settlement is reversed.
    AlreadySettled {
        left: Money,
    },
    /// Somebody else has allocated of it in this moment.
    Meanwhile,
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        use crate::history::finance_event::plan_word;
        match self {
            Self::NotThatMuch { free } => t.receipt_not_that_much(format::money(t.0, *free)),
            Self::OtherCurrency { receipt, order } => t.receipt_other_currency(receipt, order),
            Self::MoreThanOwed { open } => t.receipt_more_than_owed(format::money(t.0, *open)),
            Self::AlreadyUndone(stage) => t.receipt_already_undone(stage.label(t)),
            Self::NeedsApproval(plan) => t.receipt_needs_approval(plan_word(t, plan)),
            Self::NotCancelled => t.receipt_not_cancelled().to_owned(),
            Self::KeepsOnlyCancelled => t.receipt_keeps_only_cancelled().to_owned(),
            Self::AlreadySettled { left } => t.receipt_already_settled(format::amount(*left)),
            Self::Meanwhile => t.receipt_meanwhile().to_owned(),
        }
    }
}

/// The one yes that was given for the money of a cancelled order.
#[derive(Clone, Debug)]
pub struct Yes {
    pub plan: String,
    pub by: PersonId,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receipt(free: i64) -> Receipt {
        Receipt {
            id: Uuid::nil(),
            number: "R26-0001".into(),
            customer: None,
            customer_code: String::new(),
            customer_name: String::new(),
            received_on: NaiveDate::default(),
            currency: Currency::USD,
            amount: Decimal::from(1_000),
            charges: Decimal::ZERO,
            payer: String::new(),
            account: String::new(),
            bank_reference: String::new(),
            message: String::new(),
            evidence: None,
            recorded_at: None,
            free: Decimal::from(free),
            to_settle: Decimal::ZERO,
            version: 1,
        }
    }

    #[test]
    fn no_more_than_is_free_goes_to_an_order_of_its_currency() {
        let (whole, half) = (receipt(1_000), receipt(500));
        assert_eq!(whole.check(Decimal::from(1_000), Currency::USD), Ok(()));
        assert!(half.check(Decimal::from(501), Currency::USD).is_err());
        assert!(half.check(Decimal::from(1), Currency::EUR).is_err());
        assert_eq!(
            (whole.stage(), half.stage()),
            (Stage::Recorded, Stage::Allocated)
        );
    }
}
