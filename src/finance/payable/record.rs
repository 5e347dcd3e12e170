//! Payable 应付款: what we owe for an order, to whom, until when; what the manager approves is all of it.

use super::stage::{Move, Stage};
use crate::base::{Currency, Money, OrderNumber, PersonId, T};
use crate::people::rights::Hands;
use crate::proforma::margin::LevelRule;
use crate::records::Thing;
use crate::web::Tell;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// An account of the payee, as its card says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    pub id: Uuid,
    pub holder: String,
    pub bank: String,
    pub bic: String,
    pub account: String,
}

impl Account {
    pub fn line(&self) -> String {
        format!("{} · {} · {}", self.holder, self.bank, self.account)
    }
}

/// What is asked for; frozen by its hash when it is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// factory, forwarder, other
    pub kind: &'static str,
    pub factory: Option<Uuid>,
    pub forwarder: Option<Uuid>,
    pub payee: String,
    pub shipment: Option<Uuid>,
    pub currency: Currency,
    pub amount: Decimal,
    pub due_on: NaiveDate,
    /// A special VAT invoice 专票 is owed for it.
    pub invoice_owed: bool,
    pub vat_invoice: String,
    pub words: String,
}

pub const KINDS: [&str; 3] = ["factory", "forwarder", "other"];

impl Claim {
    pub fn money(&self) -> Money {
        Money::new(self.amount, self.currency)
    }

    /// SHA-256 of all that is asked for, and of the accounts it may be paid to.
    pub fn hash(&self, accounts: &[Account]) -> Result<Vec<u8>, serde_json::Error> {
        let plain = Self {
            amount: self.amount.normalize(),
            ..self.clone()
        };
        let mut all = serde_json::to_vec(&plain)?;
        // A payee without a card has the hash it always had.
        if !accounts.is_empty() {
            all.extend(serde_json::to_vec(accounts)?);
        }
        Ok(Sha256::digest(all).to_vec())
    }

    /// How many yeses it asks for: the company's rule on amounts, asked for this currency.
    pub fn levels(&self, rule: &LevelRule) -> i16 {
        if rule.is_large(self.amount) { 2 } else { 1 }
    }

    pub fn kind_word(&self, t: T) -> &'static str {
        kind_word(t, self.kind)
    }
}

/// 工厂, 货代 or 其他, by its code.
pub(super) fn kind_word(t: T, kind: &str) -> &'static str {
    match kind {
        "factory" => t.payable_kind_factory(),
        "forwarder" => t.payable_kind_forwarder(),
        _ => t.payable_kind_other(),
    }
}

#[derive(Clone, Debug)]
pub struct Payable {
    pub id: Uuid,
    /// `P26-0001`
    pub number: String,
    pub order: OrderNumber,
    pub claim: Claim,
    pub shipment: String,
    /// Code of the factory or forwarder; empty for somebody else.
    pub party: String,
    pub stage: Stage,
    pub created_by: PersonId,
    pub edited_by: Vec<PersonId>,
    pub asked_by: Option<PersonId>,
    pub stage_at: DateTime<Utc>,
    pub returned_words: String,
    /// Number of the invoice that came after it was asked for.
    pub noted_invoice: String,
    pub approved_by: Vec<PersonId>,
    /// Hash of what was asked for the last time.
    pub content_hash: Option<Vec<u8>>,
    pub version: i32,
}

impl Payable {
    pub fn url(&self) -> String {
        format!("/payables/{}", self.number)
    }

    pub fn thing(&self) -> Thing {
        Thing::new("payable", self.id)
    }

    pub fn after(&self, step: Move) -> Result<Stage, Refusal> {
        self.stage
            .after(step)
            .ok_or(Refusal::NotFromHere(self.stage))
    }

    pub fn authors(&self) -> Vec<PersonId> {
        let mut authors = self.edited_by.clone();
        authors.push(self.created_by);
        authors
    }

    /// Whose hands were on it, as seen by who acts: each of those who said yes counts as the approver.
    pub fn hands(&self, actor: Option<PersonId>) -> Hands {
        Hands {
            authors: self.authors(),
            requester: self.asked_by,
            approver: self
                .approved_by
                .iter()
                .copied()
                .find(|approver| Some(*approver) == actor),
        }
    }

    /// What was asked for is what stands there now: nobody has touched the payee's accounts since.
    pub fn still_asked(&self, accounts: &[Account]) -> Result<bool, serde_json::Error> {
        Ok(self.content_hash.as_deref() == Some(self.claim.hash(accounts)?.as_slice()))
    }

    /// An invoice is owed and has not come.
    pub fn lacks_invoice(&self) -> bool {
        self.claim.invoice_owed && self.invoice().is_empty()
    }

    /// Number of the VAT invoice, as asked or as it came later.
    pub fn invoice(&self) -> &str {
        if self.noted_invoice.is_empty() {
            &self.claim.vat_invoice
        } else {
            &self.noted_invoice
        }
    }

    pub fn is_late(&self, today: NaiveDate) -> bool {
        matches!(self.stage, Stage::Asked | Stage::Approved) && self.claim.due_on < today
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotFromHere(Stage),
    /// Somebody has saved it meanwhile.
    Changed,
    /// The payee's account is another one than was asked for.
    AccountChanged(Stage),
    /// The manager's yes holds; there is nothing to ask anew.
    StillApproved,
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::NotFromHere(stage) => t.payable_not_from_here(stage.label(t)),
            Self::Changed => t.payable_changed_meanwhile().to_owned(),
            Self::AccountChanged(Stage::Approved) => t.payable_account_changed().to_owned(),
            Self::AccountChanged(_) => t.payable_account_changed_asked().to_owned(),
            Self::StillApproved => t.payable_still_approved().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(currency: Currency, amount: &str) -> Claim {
        Claim {
            kind: "other",
            factory: None,
            forwarder: None,
            payee: "甬屿报关行".into(),
            shipment: None,
            currency,
            amount: amount.parse().unwrap(),
            due_on: NaiveDate::default(),
            invoice_owed: false,
            vat_invoice: String::new(),
            words: String::new(),
        }
    }

    #[test]
    fn large_sums_ask_for_two_yeses_in_either_currency() {
        let rule = LevelRule::default();
        for (currency, amount, levels) in [
            (Currency::USD, "49999.99", 1),
            (Currency::USD, "50000", 2),
            (Currency::CNY, "354999.99", 1),
            (Currency::CNY, "355000", 2),
        ] {
            assert_eq!(
                claim(currency, amount).levels(&rule.clone().of(currency, None)),
                levels,
                "{currency} {amount}"
            );
        }
    }

    #[test]
    fn the_same_claim_has_the_same_hash_and_another_amount_another() {
        let hash = |amount| claim(Currency::CNY, amount).hash(&[]).unwrap();
        assert_eq!(hash("10"), hash("10.0000"));
        assert_ne!(hash("10"), hash("10.01"));
        let account = |number: &str| Account {
            id: Uuid::nil(),
            holder: "启明制衣".into(),
            bank: "甬屿银行".into(),
            bic: String::new(),
            account: number.into(),
        };
        let to = |number| claim(Currency::CNY, "10").hash(&[account(number)]).unwrap();
        assert_ne!(to("6222"), hash("10"));
        assert_ne!(to("6222"), to("6223"));
    }
}
