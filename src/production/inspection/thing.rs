//! `InspectionReport`: which lots are looked at, how many of each are drawn, what was found, and what the numbers say.

use super::stage::{Move, Stage};
use crate::base::{LineId, PersonId, T};
use crate::people::rights::Hands;
use crate::production::aql::{self, Aql, Found, Level, Verdict};
use crate::web::Tell;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;

/// 中期, 尾期, 第三方, 复验
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Inline,
    Final,
    ThirdParty,
    ReInspection,
}

impl Kind {
    pub const ALL: [Self; 4] = [
        Self::Inline,
        Self::Final,
        Self::ThirdParty,
        Self::ReInspection,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Inline => "inline",
            Self::Final => "final",
            Self::ThirdParty => "third_party",
            Self::ReInspection => "re_inspection",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Inline => t.inspections_kind_inline(),
            Self::Final => t.inspections_kind_final(),
            Self::ThirdParty => t.inspections_kind_third_party(),
            Self::ReInspection => t.inspections_kind_re_inspection(),
        }
    }

    /// Of finished goods: when it fails, an issue is opened.
    pub const fn is_of_finished_goods(self) -> bool {
        !matches!(self, Self::Inline)
    }
}

/// What is planned and can be changed until it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub kind: Kind,
    pub planned_on: NaiveDate,
    pub inspector: String,
    pub level: Level,
    pub major: Aql,
    pub minor: Aql,
    pub note: String,
    /// Lot size of each line that is inspected.
    pub lots: Vec<(LineId, u32)>,
}

/// One line as a lot of its own.
#[derive(Clone, Debug)]
pub struct Lot {
    pub line: LineId,
    pub name: String,
    pub unit: String,
    pub ordered: Decimal,
    pub lot: u32,
    pub sampling: aql::Inspection,
    pub found: Option<Found>,
}

impl Lot {
    /// What sampling says of it; nothing before it was made.
    pub fn verdict(&self) -> Option<Verdict> {
        self.found.as_ref().map(|found| self.sampling.judge(found))
    }

    pub fn is_rejected(&self) -> bool {
        self.verdict() == Some(Verdict::Reject)
    }

    /// `5 / 6`: so many are accepted, so many reject.
    pub fn limits(&self, major: bool) -> String {
        let plan = if major {
            &self.sampling.major
        } else {
            &self.sampling.minor
        };
        format!("{} / {}", plan.accept, plan.reject)
    }
}

/// What was found, as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub done_on: NaiveDate,
    pub packed: Option<Decimal>,
    pub findings: String,
    pub countersigned: String,
    pub found: Vec<(LineId, Found)>,
}

#[derive(Clone, Debug)]
pub struct InspectionReport {
    pub id: Uuid,
    pub number: i32,
    pub kind: Kind,
    pub stage: Stage,
    pub planned_on: NaiveDate,
    pub inspector: String,
    pub level: Level,
    pub major: Aql,
    pub minor: Aql,
    pub note: String,
    pub planned_by: PersonId,
    pub done_on: Option<NaiveDate>,
    pub packed: Option<Decimal>,
    pub findings: String,
    pub countersigned: String,
    pub recorded_by: Option<PersonId>,
    pub verdict_words: String,
    pub waived_reason: String,
    pub since: DateTime<Utc>,
    pub version: i32,
    pub lots: Vec<Lot>,
    pub files: Vec<(crate::base::FileId, String)>,
    /// The issue its failure opened.
    pub issue: Option<i32>,
}

/// Why the rules say no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotFromHere {
        number: i32,
        stage: Stage,
    },
    Meanwhile {
        number: i32,
    },
    /// Sampling rejects a lot: it does not pass by anybody's word but the manager's.
    SamplingRejects {
        lots: String,
    },
    /// A re-inspection follows one that has failed.
    NothingFailed,
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::NotFromHere { number, stage } => {
                t.inspections_not_from_here(number, stage.label(t))
            }
            Self::Meanwhile { number } => t.inspections_meanwhile(number),
            Self::SamplingRejects { lots } => t.inspections_sampling_rejects(lots),
            Self::NothingFailed => t.inspections_nothing_failed().to_owned(),
        }
    }
}

impl InspectionReport {
    /// The stage after a move, or why not.
    pub fn after(&self, step: Move) -> Result<Stage, Refusal> {
        self.stage.after(step).ok_or(Refusal::NotFromHere {
            number: self.number,
            stage: self.stage,
        })
    }

    /// Who planned or recorded it does not waive it.
    pub fn hands(&self) -> Hands {
        let mut authors = vec![self.planned_by];
        authors.extend(self.recorded_by);
        Hands {
            authors,
            requester: None,
            approver: None,
        }
    }

    /// Lots that sampling rejects.
    pub fn rejected(&self) -> Vec<&Lot> {
        self.lots.iter().filter(|lot| lot.is_rejected()).collect()
    }

    pub fn rejected_text(&self) -> String {
        let names: Vec<&str> = self
            .rejected()
            .iter()
            .map(|lot| lot.name.as_str())
            .collect();
        names.join(" · ")
    }

    /// Units found defective in all lots.
    pub fn total(&self) -> Found {
        self.lots
            .iter()
            .filter_map(|lot| lot.found)
            .fold(Found::default(), |all, one| Found {
                critical: all.critical + one.critical,
                major: all.major + one.major,
                minor: all.minor + one.minor,
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lot(found: Option<Found>) -> Lot {
        Lot {
            line: LineId(Uuid::nil()),
            name: "LS-01 white".into(),
            unit: "pcs".into(),
            ordered: Decimal::from(1_200),
            lot: 1_200,
            sampling: aql::Inspection::of(1_200, Level::II, Aql::P2_5, Aql::P4_0).unwrap(),
            found,
        }
    }

    #[test]
    fn a_lot_is_judged_by_its_own_sample_only_when_it_was_looked_at() {
        assert_eq!(lot(None).verdict(), None);
        assert_eq!(lot(None).limits(true), "5 / 6");
        let five = Found {
            major: 5,
            ..Found::default()
        };
        assert!(!lot(Some(five)).is_rejected());
        let six = Found { major: 6, ..five };
        assert!(lot(Some(six)).is_rejected());
        let critical = Found {
            critical: 1,
            ..Found::default()
        };
        assert!(lot(Some(critical)).is_rejected());
    }

    #[test]
    fn only_what_is_made_while_goods_are_made_opens_no_issue() {
        let of_goods: Vec<Kind> = Kind::ALL
            .into_iter()
            .filter(|kind| kind.is_of_finished_goods())
            .collect();
        assert_eq!(
            of_goods,
            [Kind::Final, Kind::ThirdParty, Kind::ReInspection]
        );
    }
}
