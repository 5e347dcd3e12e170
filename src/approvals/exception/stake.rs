//! What is at stake: what the rule asks and what stands there now, fact by fact.

use super::kind::Kind;
use crate::base::{Lang, Money, PersonId, T, format};
use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

/// A value that is said in the reader's language.
#[derive(Clone, Debug)]
pub enum Say {
    Word(fn(T) -> &'static str),
    Text(String),
    /// A word with something in it.
    Told(fn(T, String) -> String, String),
    Amount(Money),
    Day(NaiveDate),
}

impl Say {
    pub fn tell(&self, t: T) -> String {
        match self {
            Self::Word(word) => word(t).to_owned(),
            Self::Text(text) => text.clone(),
            Self::Told(word, what) => word(t, what.clone()),
            Self::Amount(money) => format::money(t.0, *money),
            Self::Day(day) => day.to_string(),
        }
    }
}

/// What the rule asks, and what there is.
#[derive(Clone, Debug)]
pub struct Fact {
    pub what: Say,
    pub rule: Say,
    pub now: Say,
    /// Customers' money: not for everybody who reads the order.
    pub money: bool,
}

/// A gate that is shut, as the desk it belongs to describes it.
#[derive(Clone, Debug)]
pub struct Stake {
    pub kind: Kind,
    pub id: Uuid,
    /// As it stands in addresses: `1-2`, `S26-0003`.
    pub thing: String,
    /// As people call it: `1 r2`, `S26-0003`.
    pub name: String,
    pub facts: Vec<Fact>,
    /// What the company stands to lose.
    pub risk: Option<Money>,
    pub due: Option<NaiveDate>,
    pub authors: Vec<PersonId>,
    /// Where the thing is read, and where the exception is used.
    pub url: String,
    pub act_url: String,
}

impl Stake {
    /// One line: what is asked and what there is.
    pub fn line(&self, t: T, money: bool) -> String {
        let facts: Vec<String> = self
            .facts
            .iter()
            .filter(|fact| money || !fact.money)
            .map(|fact| {
                t.exceptions_fact_line(fact.what.tell(t), fact.rule.tell(t), fact.now.tell(t))
            })
            .collect();
        facts.join(t.web_semicolon())
    }

    /// What a card of the inbox shows without opening it.
    pub(super) fn summary(&self) -> Value {
        json!({
            "exception": self.name,
            "thing": self.thing,
            "act_url": self.act_url,
            "currency": self.risk.map(|money| money.currency),
            "total": self.risk.map(|money| money.amount),
            "due": self.due,
            "missing": { "zh": self.line(T(Lang::Zh), true), "en": self.line(T(Lang::En), true) },
        })
    }
}
