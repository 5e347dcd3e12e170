//! `ProductionOrder`: one revision of the order to one factory, and the pure rules of its life.

use super::content::Content;
use super::counter::Counter;
use super::stage::{Move, Stage};
use crate::base::{FactoryId, Lang, LineId, PersonId, ProductionOrderId, RelayId, T};
use crate::people::rights::Hands;
use crate::web::Tell;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// What the paper asks for beside quantities and prices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    pub delivery_on: Option<NaiveDate>,
    /// Where the goods are handed over.
    pub place: String,
    /// Workmanship and test standards 质量要求.
    pub quality: String,
    /// Fabric, trims, labels 面辅料.
    pub materials: String,
    pub packing: String,
    pub marks: String,
    /// Level and AQL 验货标准.
    pub inspection: String,
    pub remarks: String,
}

/// One line of the order given to this factory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub line: LineId,
    pub quantity: Decimal,
    /// CNY incl. VAT for one unit.
    pub unit_price: Option<Decimal>,
    /// What is ready to go, as the factory said when it was ready.
    pub ready: Option<Decimal>,
}

/// `1-2`: the first factory's order, second revision, as it stands in an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    pub number: i32,
    pub revision: i32,
}

impl Key {
    pub fn parse(text: &str) -> Option<Self> {
        let (number, revision) = text.split_once('-')?;
        Some(Self {
            number: number.parse().ok()?,
            revision: revision.parse().ok()?,
        })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.number, self.revision)
    }
}

/// The manager opened the gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overridden {
    pub reason: String,
    pub who_zh: String,
    pub who_en: String,
    pub at: DateTime<Utc>,
}

impl Overridden {
    pub fn who(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.who_zh,
            Lang::En => &self.who_en,
        }
    }
}

/// Sent to the factory: when, to whom, by which channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    pub at: DateTime<Utc>,
    pub to: String,
    pub channel: String,
}

/// The factory's answer as a colleague recorded it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub at: DateTime<Utc>,
    pub by: String,
    pub channel: String,
    pub words: String,
    pub evidence: Option<Uuid>,
}

#[derive(Clone, Debug)]
pub struct ProductionOrder {
    pub id: ProductionOrderId,
    pub key: Key,
    pub stage: Stage,
    pub since: Option<DateTime<Utc>>,
    pub factory: FactoryId,
    pub factory_name: String,
    pub wording: Wording,
    pub lines: Vec<Given>,
    pub content: Option<Content>,
    pub content_hash: Option<Vec<u8>>,
    pub created_by: Option<PersonId>,
    pub edited_by: Vec<PersonId>,
    pub overridden: Option<Overridden>,
    /// Of the proforma invoice whose terms the manager said yes to.
    pub terms_hash: Option<Vec<u8>>,
    /// Of the dearer or later revision the manager said yes to.
    pub approved_hash: Option<Vec<u8>>,
    pub issued: Option<Issued>,
    pub relay: Option<RelayId>,
    pub answered: Option<Answered>,
    pub counter: Option<Counter>,
    pub counter_hash: Option<Vec<u8>>,
    pub expected_on: Option<NaiveDate>,
    pub void_reason: String,
    pub version: i32,
}

/// Why the rules say no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// This move does not exist from here.
    NotFromHere { paper: String, stage: Stage },
    /// No proforma invoice is confirmed, so nothing is ordered yet.
    NotOrdered,
    /// Nothing is left to be given to a factory.
    AllCovered,
    /// None of the lines that are left names its factory.
    NoFactory,
    /// The next revision, or a first one, lies on our desk already.
    AlreadyDrafted { paper: String },
    /// Something the paper needs is missing; each in its sentence.
    NotComplete(Vec<Lacking>),
    /// More than is ordered, by line.
    TooMuch(Vec<String>),
    /// The manager has to say yes to what the factory proposes.
    AsksManager,
    /// The draft is dearer or later than the revision in force, and the manager has not said yes to it.
    RevisionAsksManager,
    /// Nothing is asked of the manager, so there is nothing to decide.
    NotAsked,
    /// The gate is open, there is nothing to override.
    NothingHeld,
}

/// What a production order cannot be issued without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lacking {
    Lines,
    /// Of the line with this name.
    Price(String),
    Delivery,
    Quality,
    Packing,
    /// A line is not among those the customer has confirmed.
    NotOrdered,
}

impl Lacking {
    pub fn tell(&self, t: T) -> String {
        match self {
            Self::Lines => t.production_lacks_lines().into(),
            Self::Price(line) => t.production_lacks_price(line),
            Self::Delivery => t.production_lacks_delivery().into(),
            Self::Quality => t.production_lacks_quality().into(),
            Self::Packing => t.production_lacks_packing().into(),
            Self::NotOrdered => t.production_lacks_order().into(),
        }
    }
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::NotFromHere { paper, stage } => t.production_not_from_here(paper, stage.label(t)),
            Self::NotOrdered => t.production_not_ordered().into(),
            Self::AllCovered => t.production_all_covered().into(),
            Self::NoFactory => t.production_no_factory().into(),
            Self::AlreadyDrafted { paper } => t.production_already_drafted(paper),
            Self::NotComplete(lacks) => {
                let lacks: Vec<String> = lacks.iter().map(|lack| lack.tell(t)).collect();
                t.production_not_complete(lacks.join(t.web_list_comma()))
            }
            Self::TooMuch(lines) => t.production_too_much(lines.join(t.web_list_comma())),
            Self::AsksManager => t.production_asks_manager().into(),
            Self::RevisionAsksManager => t.production_revision_asks_manager().into(),
            Self::NotAsked => t.production_not_asked().into(),
            Self::NothingHeld => t.production_nothing_held().into(),
        }
    }
}

impl ProductionOrder {
    /// `1 r2`, as people call it.
    pub fn name(&self) -> String {
        format!("{} r{}", self.key.number, self.key.revision)
    }

    /// Its name in the address and in the title.
    pub fn title(&self, t: T) -> String {
        t.production_title_paper(self.key.number, self.key.revision)
    }

    /// Whose hands were on it; they are excluded from deciding.
    pub fn hands(&self) -> Hands {
        Hands {
            authors: self.authors(),
            requester: None,
            approver: None,
        }
    }

    pub fn authors(&self) -> Vec<PersonId> {
        let mut authors = self.edited_by.clone();
        authors.extend(self.created_by);
        authors.sort_unstable();
        authors.dedup();
        authors
    }

    /// The stage after a move, or why not.
    pub fn after(&self, step: Move) -> Result<Stage, Refusal> {
        self.stage.after(step).ok_or_else(|| Refusal::NotFromHere {
            paper: self.name(),
            stage: self.stage,
        })
    }

    pub fn quantity(&self) -> Decimal {
        self.lines.iter().map(|given| given.quantity).sum()
    }

    pub fn quantity_of(&self, line: LineId) -> Option<Decimal> {
        let given = self.lines.iter().find(|given| given.line == line)?;
        Some(given.quantity)
    }

    /// Name and unit of each line as the issued paper prints them, in the order of the lines.
    pub fn line_names(&self) -> Vec<(String, String)> {
        let printed = |given: &Given| {
            let content = self.content.as_ref()?;
            let line = content.lines.iter().find(|line| line.line == given.line)?;
            let words = [&line.item_no, &line.description_zh, &line.colour];
            let words: Vec<&str> = words
                .into_iter()
                .map(String::as_str)
                .filter(|word| !word.is_empty())
                .collect();
            Some((words.join(" "), line.unit.clone()))
        };
        self.lines
            .iter()
            .map(|given| printed(given).unwrap_or_default())
            .collect()
    }

    /// The factory last expects the goods after the day it agreed to.
    pub fn is_late(&self) -> bool {
        match (self.expected_on, self.wording.delivery_on) {
            (Some(expected), Some(agreed)) => expected > agreed,
            _ => false,
        }
    }

    /// What it cannot be issued without; lines are named by `name`.
    pub fn lacks(&self, name: impl Fn(LineId) -> Option<String>) -> Vec<Lacking> {
        let mut lacks = Vec::new();
        let mut need = |met: bool, lack: Lacking| {
            if !met {
                lacks.push(lack);
            }
        };
        need(!self.lines.is_empty(), Lacking::Lines);
        for given in &self.lines {
            match name(given.line) {
                Some(name) => need(given.unit_price.is_some(), Lacking::Price(name)),
                None => need(false, Lacking::NotOrdered),
            }
        }
        need(self.wording.delivery_on.is_some(), Lacking::Delivery);
        need(!self.wording.quality.is_empty(), Lacking::Quality);
        need(!self.wording.packing.is_empty(), Lacking::Packing);
        lacks
    }
}

/// A paper as the tests of this desk begin with.
#[cfg(test)]
pub(in crate::production) fn sample(stage: Stage) -> ProductionOrder {
    ProductionOrder {
        id: ProductionOrderId(Uuid::nil()),
        key: Key {
            number: 1,
            revision: 2,
        },
        stage,
        since: None,
        factory: FactoryId(Uuid::nil()),
        factory_name: "启明制衣".into(),
        wording: Wording {
            delivery_on: NaiveDate::from_ymd_opt(2026, 12, 8),
            quality: "AQL 2.5".into(),
            packing: "20 件一箱".into(),
            ..Wording::default()
        },
        lines: vec![Given {
            line: LineId(Uuid::nil()),
            quantity: Decimal::from(1_200),
            unit_price: Some(Decimal::from(24)),
            ready: None,
        }],
        content: None,
        content_hash: None,
        created_by: None,
        edited_by: Vec::new(),
        overridden: None,
        terms_hash: None,
        approved_hash: None,
        issued: None,
        relay: None,
        answered: None,
        counter: None,
        counter_hash: None,
        expected_on: None,
        void_reason: String::new(),
        version: 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_number_and_revision() {
        let key = Key {
            number: 1,
            revision: 2,
        };
        assert_eq!(Key::parse(&key.to_string()), Some(key));
        assert_eq!(Key::parse("1"), None);
        assert_eq!(Key::parse("1-x"), None);
    }

    #[test]
    fn nothing_leaves_without_price_quality_packing_and_day() {
        let mut bare = sample(Stage::Draft);
        assert!(bare.lacks(|_| Some("LS-01".into())).is_empty());
        assert_eq!(bare.lacks(|_| None), [Lacking::NotOrdered]);
        bare.wording = Wording::default();
        bare.lines[0].unit_price = None;
        assert_eq!(
            bare.lacks(|_| Some("LS-01".into())),
            [
                Lacking::Price("LS-01".into()),
                Lacking::Delivery,
                Lacking::Quality,
                Lacking::Packing
            ]
        );
    }

    #[test]
    fn late_is_after_the_agreed_day_only() {
        let mut run = sample(Stage::InWork);
        assert!(!run.is_late());
        run.expected_on = run.wording.delivery_on;
        assert!(!run.is_late());
        run.expected_on = NaiveDate::from_ymd_opt(2026, 12, 9);
        assert!(run.is_late());
    }
}
