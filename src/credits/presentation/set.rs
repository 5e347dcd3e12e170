//! `Presentation`: the set of documents 单据 for one shipment, and the pure rules of its life.

use super::stage::{Move, Stage};
use crate::base::{PersonId, T};
use crate::credits::deadline::{self, BankDays};
use crate::people::rights::Hands;
use crate::web::Tell;
use chrono::NaiveDate;
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Credit,
    /// D/P 付款交单
    AgainstPayment,
    /// D/A 承兑交单
    AgainstAcceptance,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maker {
    Us,
    Factory,
    Forwarder,
    Other,
}

/// One document of the set: how often it is asked and how often it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    pub name: String,
    pub wording: String,
    pub maker: Maker,
    pub originals: i32,
    pub copies: i32,
    pub originals_present: i32,
    pub copies_present: i32,
    pub examined: bool,
}

#[derive(Clone, Debug)]
pub struct Presentation {
    pub id: Uuid,
    pub shipment: Uuid,
    pub shipment_number: String,
    pub sequence: i32,
    pub stage: Stage,
    pub way: Way,
    pub on_board_on: Option<NaiveDate>,
    /// Our number of the credit, with the expiry and the days to present in.
    pub credit: Option<UnderCredit>,
    pub instruction: String,
    pub bank: String,
    pub created_by: Option<PersonId>,
    pub last_day_set: Option<NaiveDate>,
    pub presented_on: Option<NaiveDate>,
    pub last_day_on: Option<NaiveDate>,
    pub late_reason: String,
    pub due_on: Option<NaiveDate>,
    pub version: i32,
}

#[derive(Clone, Debug)]
pub struct UnderCredit {
    pub number: String,
    pub workable: bool,
    pub expiry_on: Option<NaiveDate>,
    pub period_days: Option<u32>,
}

/// Why the rules say no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// This move does not exist from here.
    NotFromHere { set: String, stage: Stage },
    /// The terms of the order bring no documents to a bank.
    NotThroughBank,
    /// No credit of the order is workable.
    NoWorkableCredit,
    /// The shipment carries no goods of this order, or a set for it is on its way.
    NoSuchShipment,
    /// Documents that are not there in the number asked, or not examined.
    NotComplete { names: Vec<String> },
    /// The day the goods went on board is not recorded.
    NotOnBoard,
    /// The last day has passed: a manager may still present, with a reason.
    Late { last: NaiveDate },
    /// It is in time, so nobody has to answer for lateness.
    InTime,
    /// Documents that go this way are not settled like that.
    OtherWay { way: Way, step: Move },
    /// Somebody did something with it after the page was drawn.
    Meanwhile { stage: Stage },
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::NotFromHere { set, stage } => t.credits_set_not_from_here(set, stage.label(t)),
            Self::NotThroughBank => t.credits_not_through_bank().to_owned(),
            Self::NoWorkableCredit => t.credits_no_workable_credit().to_owned(),
            Self::NoSuchShipment => t.credits_no_such_shipment().to_owned(),
            Self::NotComplete { names } => {
                t.credits_set_not_complete(names.join(t.web_list_comma()))
            }
            Self::NotOnBoard => t.credits_not_on_board().to_owned(),
            Self::Late { last } => t.credits_late(last),
            Self::InTime => t.credits_in_time().to_owned(),
            Self::OtherWay { way, step } => t.credits_other_way(way.label(t), step.label(t)),
            Self::Meanwhile { stage } => t.credits_set_meanwhile(stage.label(t)),
        }
    }
}

impl Way {
    /// A credit is honoured or accepted before it is paid, D/A accepted, and D/P paid straight away (URC 522).
    pub const fn settles(self, from: Stage, step: Move) -> bool {
        match step {
            Move::Honour => matches!(self, Self::Credit),
            Move::Accept => !matches!(self, Self::AgainstPayment),
            Move::Pay => {
                matches!(self, Self::AgainstPayment)
                    || matches!(from, Stage::Honoured | Stage::Accepted)
            }
            Move::Prepare
            | Move::Edit
            | Move::Complete
            | Move::Present
            | Move::PresentLate
            | Move::NoticeDiscrepancy
            | Move::AskWaiver
            | Move::Correct
            | Move::Refuse => true,
        }
    }

    pub const ALL: [Self; 3] = [Self::Credit, Self::AgainstPayment, Self::AgainstAcceptance];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Credit => "credit",
            Self::AgainstPayment => "against_payment",
            Self::AgainstAcceptance => "against_acceptance",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Credit => t.credits_way_credit(),
            Self::AgainstPayment => t.credits_way_payment(),
            Self::AgainstAcceptance => t.credits_way_acceptance(),
        }
    }
}

impl Maker {
    pub const ALL: [Self; 4] = [Self::Us, Self::Factory, Self::Forwarder, Self::Other];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Us => "us",
            Self::Factory => "factory",
            Self::Forwarder => "forwarder",
            Self::Other => "other",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|maker| maker.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Us => t.base_party_us(),
            Self::Factory => t.base_party_factory(),
            Self::Forwarder => t.base_party_forwarder(),
            Self::Other => t.credits_maker_other(),
        }
    }
}

impl Paper {
    /// There in the number asked, and examined. An original may stand in for a copy (UCP 600 article 17 d).
    pub fn is_ready(&self) -> bool {
        let spare = self.originals_present - self.originals;
        self.examined && spare >= 0 && self.copies_present + spare >= self.copies
    }
}

impl Presentation {
    /// As people call it: `S26-0093/1`.
    pub fn name(&self) -> String {
        format!("{}/{}", self.shipment_number, self.sequence)
    }

    pub fn url(&self) -> String {
        format!("/presentations/{}/{}", self.shipment_number, self.sequence)
    }

    /// Whose hands were on it; they do not present it late.
    pub fn hands(&self) -> Hands {
        Hands {
            authors: self.created_by.into_iter().collect(),
            requester: None,
            approver: None,
        }
    }

    pub fn after(&self, step: Move) -> Result<Stage, Refusal> {
        let after = self.stage.after(step).ok_or_else(|| Refusal::NotFromHere {
            set: self.name(),
            stage: self.stage,
        })?;
        if self.way.settles(self.stage, step) {
            Ok(after)
        } else {
            Err(Refusal::OtherWay {
                way: self.way,
                step,
            })
        }
    }

    /// The last day to present; nothing where no credit sets one. A day set by hand never outlives the expiry.
    pub fn last_day(&self, bank: &BankDays) -> Option<NaiveDate> {
        let credit = self.credit.as_ref()?;
        let expiry = credit.expiry_on?;
        match (self.last_day_set, self.on_board_on) {
            (Some(set), _) => Some(bank.from(set).min(bank.from(expiry))),
            (None, Some(day)) => {
                Some(deadline::deadline(day, expiry, credit.period_days, bank).last)
            }
            (None, None) => Some(bank.from(expiry)),
        }
    }

    /// In time on this day, or why not.
    pub fn may_present(&self, on: NaiveDate, bank: &BankDays) -> Result<(), Refusal> {
        self.may_go_to_bank()?;
        match self.last_day(bank) {
            Some(last) if on > last => Err(Refusal::Late { last }),
            _ => Ok(()),
        }
    }

    /// What early and late presentation ask alike.
    pub fn may_go_to_bank(&self) -> Result<(), Refusal> {
        if self.on_board_on.is_none() {
            return Err(Refusal::NotOnBoard);
        }
        match &self.credit {
            Some(credit) if !credit.workable => Err(Refusal::NoWorkableCredit),
            _ => Ok(()),
        }
    }
}

/// The set is complete when every document is; an empty one is not.
pub fn complete(papers: &[Paper]) -> Result<(), Refusal> {
    let names: Vec<String> = papers
        .iter()
        .filter(|paper| !paper.is_ready())
        .map(|paper| paper.name.clone())
        .collect();
    if names.is_empty() && !papers.is_empty() {
        Ok(())
    } else {
        Err(Refusal::NotComplete { names })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(originals: i32, copies: i32, there: (i32, i32), examined: bool) -> Paper {
        Paper {
            name: "INVOICE".into(),
            wording: String::new(),
            maker: Maker::Us,
            originals,
            copies,
            originals_present: there.0,
            copies_present: there.1,
            examined,
        }
    }

    #[test]
    fn an_original_may_stand_for_a_copy_and_never_the_other_way() {
        assert!(paper(1, 2, (3, 0), true).is_ready());
        assert!(!paper(1, 2, (0, 3), true).is_ready());
        assert!(!paper(1, 0, (1, 0), false).is_ready());
    }

    #[test]
    fn an_empty_set_is_never_complete() {
        assert_eq!(complete(&[]), Err(Refusal::NotComplete { names: vec![] }));
        assert_eq!(complete(&[paper(1, 0, (1, 0), true)]), Ok(()));
    }
}
