//! A progress report 进度报告: how much of each line has passed each stage by a day, counted from the beginning, and when
//! the goods are expected. Each report is a new one; it has no life of its own.

use crate::base::{LineId, T};
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

/// Where in the factory the goods are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    Material,
    Cutting,
    Assembly,
    Finishing,
    Packing,
}

impl Stage {
    pub const ALL: [Self; 5] = [
        Self::Material,
        Self::Cutting,
        Self::Assembly,
        Self::Finishing,
        Self::Packing,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Material => "material",
            Self::Cutting => "cutting",
            Self::Assembly => "assembly",
            Self::Finishing => "finishing",
            Self::Packing => "packing",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Material => t.production_at_material(),
            Self::Cutting => t.production_at_cutting(),
            Self::Assembly => t.production_at_assembly(),
            Self::Finishing => t.production_at_finishing(),
            Self::Packing => t.production_at_packing(),
        }
    }
}

/// The one act on a report: `- | report | reported`.
pub const ACT: (&str, &str) = ("report", "reported");

/// How far one line is at one stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    pub line: LineId,
    pub stage: Stage,
    pub quantity: Decimal,
}

/// What was said on one day.
#[derive(Clone, Debug)]
pub struct Report {
    pub number: i32,
    pub on_day: NaiveDate,
    pub expected_on: Option<NaiveDate>,
    pub words: String,
    pub who: String,
    pub at: DateTime<Utc>,
    pub done: Vec<Done>,
    /// Id and name of each photo.
    pub photos: Vec<(String, String)>,
}

/// The last figure of each line and stage of one production order; reports newest first.
pub fn latest(reports: &[Report], number: i32) -> Vec<Done> {
    let mut found: Vec<Done> = Vec::new();
    for report in reports.iter().filter(|report| report.number == number) {
        for done in &report.done {
            let known = found
                .iter()
                .any(|own| own.line == done.line && own.stage == done.stage);
            if !known {
                found.push(*done);
            }
        }
    }
    found
}

/// The last figure at one stage; nought where nothing was said.
pub fn at(latest: &[Done], line: LineId, stage: Stage) -> Decimal {
    latest
        .iter()
        .find(|done| done.line == line && done.stage == stage)
        .map(|done| done.quantity)
        .unwrap_or_default()
}

/// How far the whole is, in hundredths: every stage weighs the same, and no line counts for more than its quantity.
pub fn percent(latest: &[Done], lines: &[(LineId, Decimal)]) -> u32 {
    let all: Decimal = lines.iter().map(|(_, quantity)| *quantity).sum();
    let stages = Decimal::from(Stage::ALL.len());
    if all.is_zero() {
        return 0;
    }
    let done: Decimal = lines
        .iter()
        .flat_map(|(line, quantity)| {
            Stage::ALL.map(|stage| at(latest, *line, stage).min(*quantity))
        })
        .sum();
    let share = done * Decimal::ONE_HUNDRED / (all * stages);
    u32::try_from(share.floor().mantissa())
        .unwrap_or(0)
        .min(100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn line(id: u128) -> LineId {
        LineId(Uuid::from_u128(id))
    }

    fn report(day: u32, stage: Stage, pieces: i64) -> Report {
        Report {
            number: 1,
            on_day: NaiveDate::from_ymd_opt(2026, 11, day).unwrap(),
            expected_on: None,
            words: String::new(),
            who: "俞建平".into(),
            at: DateTime::UNIX_EPOCH,
            done: vec![Done {
                line: line(1),
                stage,
                quantity: Decimal::from(pieces),
            }],
            photos: Vec::new(),
        }
    }

    #[test]
    fn the_newest_word_on_a_stage_counts() {
        let reports = [
            report(22, Stage::Cutting, 1_200),
            report(21, Stage::Cutting, 700),
            report(20, Stage::Material, 1_200),
        ];
        let now = latest(&reports, 1);
        assert_eq!(at(&now, line(1), Stage::Cutting), Decimal::from(1_200));
        assert_eq!(at(&now, line(1), Stage::Packing), Decimal::ZERO);
        assert!(latest(&reports, 2).is_empty());
    }

    #[test]
    fn all_stages_weigh_the_same_and_too_much_helps_nobody() {
        let now = latest(
            &[
                report(22, Stage::Cutting, 5_000),
                report(20, Stage::Material, 1_200),
            ],
            1,
        );
        let lines = [(line(1), Decimal::from(1_200))];
        assert_eq!(percent(&now, &lines), 40);
        assert_eq!(percent(&now, &[]), 0);
        assert_eq!(percent(&[], &lines), 0);
    }
}
