//! Instalment 分期款: one part of a payment term, its share, and the event and days that make it due.

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What kind of money an instalment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// 定金
    Deposit,
    /// 尾款
    Balance,
    /// 前T/T, the whole in advance
    Advance,
    /// 信用证
    Lc,
    /// 托收, D/P and D/A
    Collection,
    /// 赊销
    OpenAccount,
}

impl Part {
    pub fn key(self) -> &'static str {
        match self {
            Self::Deposit => "deposit",
            Self::Balance => "balance",
            Self::Advance => "advance",
            Self::Lc => "lc",
            Self::Collection => "collection",
            Self::OpenAccount => "open_account",
        }
    }

    /// The documents go through a bank, whatever has been received.
    pub fn is_through_bank(self) -> bool {
        matches!(self, Self::Lc | Self::Collection)
    }
}

/// The event that makes an instalment due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    BeforeProduction,
    BeforeShipment,
    AgainstBlCopy,
    Presentation,
    Maturity,
    AgainstPayment,
}

impl Trigger {
    pub fn key(self) -> &'static str {
        match self {
            Self::BeforeProduction => "before_production",
            Self::BeforeShipment => "before_shipment",
            Self::AgainstBlCopy => "against_bl_copy",
            Self::Presentation => "presentation",
            Self::Maturity => "maturity",
            Self::AgainstPayment => "against_payment",
        }
    }
}

/// The day from which days are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// The trigger itself: the copy was sent, the documents were presented.
    Trigger,
    BlDate,
    /// Sight or acceptance by the bank or the buyer.
    Sight,
    InvoiceDate,
    /// The PI was confirmed.
    Confirmation,
}

/// Due so many days after a day; that day itself is not counted (UCP 600 art. 3: "from" and "after" leave it out).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DueRule {
    pub days: u16,
    pub after: Start,
}

impl DueRule {
    pub const AT_ONCE: Self = Self {
        days: 0,
        after: Start::Trigger,
    };

    pub fn due_on(self, start: NaiveDate) -> Option<NaiveDate> {
        start.checked_add_days(Days::new(u64::from(self.days)))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instalment {
    pub part: Part,
    /// A fraction of the total: `0.30`.
    pub share: Decimal,
    pub trigger: Trigger,
    pub due: DueRule,
}

impl Instalment {
    /// Due with its trigger, which is what most instalments are.
    pub fn at_once(part: Part, share: Decimal, trigger: Trigger) -> Self {
        Self {
            part,
            share,
            trigger,
            due: DueRule::AT_ONCE,
        }
    }

    /// The buyer gets the goods first and pays later, with no bank holding the documents.
    pub fn is_on_credit(&self) -> bool {
        self.trigger == Trigger::Maturity && !self.part.is_through_bank()
    }
}

/// One line of the payment plan: an instalment and its amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    pub instalment: Instalment,
    pub amount: Decimal,
}
