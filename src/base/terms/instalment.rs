//! Instalment 分期款: one part of a payment term, its share, and the event and days that make it due.

use crate::base::T;
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
    pub const ALL: [Self; 6] = [
        Self::Deposit,
        Self::Balance,
        Self::Advance,
        Self::Lc,
        Self::Collection,
        Self::OpenAccount,
    ];

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
    pub const ALL: [Self; 6] = [
        Self::BeforeProduction,
        Self::BeforeShipment,
        Self::AgainstBlCopy,
        Self::Presentation,
        Self::Maturity,
        Self::AgainstPayment,
    ];

    pub fn parse(key: &str) -> Option<Self> {
        super::written::known(Self::ALL, Self::key, key)
    }

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

impl Trigger {
    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::BeforeProduction => t.base_due_before_production(),
            Self::BeforeShipment => t.base_due_before_shipment(),
            Self::AgainstBlCopy => t.base_due_against_copy(),
            Self::Presentation => t.base_due_presentation(),
            Self::Maturity => t.base_due_maturity(),
            Self::AgainstPayment => t.base_due_against_payment(),
        }
    }
}

impl Start {
    pub const ALL: [Self; 5] = [
        Self::Trigger,
        Self::BlDate,
        Self::Sight,
        Self::InvoiceDate,
        Self::Confirmation,
    ];

    pub fn parse(key: &str) -> Option<Self> {
        super::written::known(Self::ALL, Self::key, key)
    }

    pub fn key(self) -> &'static str {
        match self {
            Self::Trigger => "trigger",
            Self::BlDate => "bl_date",
            Self::Sight => "sight",
            Self::InvoiceDate => "invoice_date",
            Self::Confirmation => "confirmation",
        }
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Trigger => t.base_start_event(),
            Self::BlDate => t.base_start_bl_date(),
            Self::Sight => t.base_start_sight(),
            Self::InvoiceDate => t.base_start_invoice_date(),
            Self::Confirmation => t.base_start_confirmation(),
        }
    }
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

    /// `T/T 70% 45 days after B/L date`
    pub fn words(&self, t: T) -> String {
        let share = (self.share * Decimal::ONE_HUNDRED).normalize();
        let (kind, start) = (
            super::Instrument::of(self).label(t),
            self.due.after.label(t),
        );
        let event = self.trigger.label(t);
        let when = match (self.trigger, self.due.days) {
            (Trigger::Maturity, days) => t.base_terms_after(days, start),
            (_, 0) => event.to_owned(),
            (_, days) => t.base_terms_within(days, event),
        };
        t.base_terms_part(kind, share, when)
    }

    /// Due before production: what is called the deposit of an order, all of it or a part.
    pub fn is_ahead(&self) -> bool {
        self.trigger == Trigger::BeforeProduction
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
