//! Sampling by AQL 验货抽样 (ISO 2859-1): single sampling, normal inspection.
//!
//! The lot and the level give a code letter, the letter and the AQL a plan: how many to draw, how many defective
//! ones to accept. An arrow in the table means the next plan below or above, with that plan's sample size. Switching
//! between normal, tightened and reduced inspection is not kept.
//!
//! Several public calculators leave out the two rows of arrows between acceptance numbers 0 and 1. The table here is
//! the standard's; do not correct it after them.

use serde::{Deserialize, Serialize};

/// 检验水平. II is the usual one; S-1 to S-4 are for costly tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Level {
    #[serde(rename = "S-1")]
    S1,
    #[serde(rename = "S-2")]
    S2,
    #[serde(rename = "S-3")]
    S3,
    #[serde(rename = "S-4")]
    S4,
    I,
    II,
    III,
}

impl Level {
    pub const ALL: [Self; 7] = [
        Self::S1,
        Self::S2,
        Self::S3,
        Self::S4,
        Self::I,
        Self::II,
        Self::III,
    ];

    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL
            .into_iter()
            .find(|level| level.key().eq_ignore_ascii_case(text))
    }

    pub fn key(self) -> &'static str {
        match self {
            Self::S1 => "S-1",
            Self::S2 => "S-2",
            Self::S3 => "S-3",
            Self::S4 => "S-4",
            Self::I => "I",
            Self::II => "II",
            Self::III => "III",
        }
    }

    /// Code letters for the lot sizes of `LOTS`, and behind them the one for anything larger.
    fn letters(self) -> &'static str {
        match self {
            Self::S1 => "AAAABBBBCCCCDDD",
            Self::S2 => "AAABBBCCCDDDEEE",
            Self::S3 => "AABBCCDDEEFFGGH",
            Self::S4 => "AABCCDEEFGGHJJK",
            Self::I => "AABCCDEFGHJKLMN",
            Self::II => "ABCDEFGHJKLMNPQ",
            Self::III => "BCDEFGHJKLMNPQR",
        }
    }
}

/// Upper ends of the lot sizes of table 1.
const LOTS: [u32; 14] = [
    8, 15, 25, 50, 90, 150, 280, 500, 1_200, 3_200, 10_000, 35_000, 150_000, 500_000,
];

/// 合格质量水平, the columns we keep of table 2-A.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Aql {
    #[serde(rename = "0.65")]
    P0_65,
    #[serde(rename = "1.0")]
    P1_0,
    #[serde(rename = "1.5")]
    P1_5,
    #[serde(rename = "2.5")]
    P2_5,
    #[serde(rename = "4.0")]
    P4_0,
    #[serde(rename = "6.5")]
    P6_5,
}

impl Aql {
    pub const ALL: [Self; 6] = [
        Self::P0_65,
        Self::P1_0,
        Self::P1_5,
        Self::P2_5,
        Self::P4_0,
        Self::P6_5,
    ];

    /// `4` is read like `4.0`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL
            .into_iter()
            .find(|aql| aql.key() == text || aql.key().strip_suffix(".0") == Some(text))
    }

    pub fn key(self) -> &'static str {
        match self {
            Self::P0_65 => "0.65",
            Self::P1_0 => "1.0",
            Self::P1_5 => "1.5",
            Self::P2_5 => "2.5",
            Self::P4_0 => "4.0",
            Self::P6_5 => "6.5",
        }
    }

    fn cell(self, row: &Row) -> Cell {
        let [p0_65, p1_0, p1_5, p2_5, p4_0, p6_5] = row.cells;
        match self {
            Self::P0_65 => p0_65,
            Self::P1_0 => p1_0,
            Self::P1_5 => p1_5,
            Self::P2_5 => p2_5,
            Self::P4_0 => p4_0,
            Self::P6_5 => p6_5,
        }
    }
}

#[derive(Clone, Copy)]
enum Cell {
    /// Use the first plan above.
    Up,
    /// Use the first plan below.
    Down,
    /// Accept so many; one more rejects.
    Accept(u32),
}

struct Row {
    letter: char,
    size: u32,
    cells: [Cell; 6],
}

const fn row(letter: char, size: u32, cells: [Cell; 6]) -> Row {
    Row {
        letter,
        size,
        cells,
    }
}

const U: Cell = Cell::Up;
const D: Cell = Cell::Down;
const A0: Cell = Cell::Accept(0);
const A1: Cell = Cell::Accept(1);
const A2: Cell = Cell::Accept(2);
const A3: Cell = Cell::Accept(3);
const A5: Cell = Cell::Accept(5);
const A7: Cell = Cell::Accept(7);
const A10: Cell = Cell::Accept(10);
const A14: Cell = Cell::Accept(14);
const A21: Cell = Cell::Accept(21);

/// Table 2-A; columns 0.65, 1.0, 1.5, 2.5, 4.0, 6.5.
const PLANS: [Row; 16] = [
    row('A', 2, [D, D, D, D, D, A0]),
    row('B', 3, [D, D, D, D, A0, U]),
    row('C', 5, [D, D, D, A0, U, D]),
    row('D', 8, [D, D, A0, U, D, A1]),
    row('E', 13, [D, A0, U, D, A1, A2]),
    row('F', 20, [A0, U, D, A1, A2, A3]),
    row('G', 32, [U, D, A1, A2, A3, A5]),
    row('H', 50, [D, A1, A2, A3, A5, A7]),
    row('J', 80, [A1, A2, A3, A5, A7, A10]),
    row('K', 125, [A2, A3, A5, A7, A10, A14]),
    row('L', 200, [A3, A5, A7, A10, A14, A21]),
    row('M', 315, [A5, A7, A10, A14, A21, U]),
    row('N', 500, [A7, A10, A14, A21, U, U]),
    row('P', 800, [A10, A14, A21, U, U, U]),
    row('Q', 1250, [A14, A21, U, U, U, U]),
    row('R', 2000, [A21, U, U, U, U, U]),
];

/// What to draw from a lot and how to judge it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Plan {
    /// What table 1 gives.
    pub code_letter: char,
    /// The row the arrows lead to.
    pub plan_letter: char,
    /// To be drawn: never more than the lot.
    pub sample_size: u32,
    pub table_sample_size: u32,
    pub accept: u32,
    pub reject: u32,
}

impl Plan {
    /// Nothing for an empty lot; there is nothing to judge.
    pub fn of(lot: u32, level: Level, aql: Aql) -> Option<Self> {
        if lot == 0 {
            return None;
        }
        let code_letter = code_letter(lot, level)?;
        let (reached, accept) = follow(code_letter, aql)?;
        Some(Self {
            code_letter,
            plan_letter: reached.letter,
            sample_size: reached.size.min(lot),
            table_sample_size: reached.size,
            accept,
            reject: accept + 1,
        })
    }

    /// The whole lot is looked at, because the table asks for as many or more.
    pub fn is_full_inspection(&self, lot: u32) -> bool {
        self.table_sample_size >= lot
    }

    pub fn is_by_arrow(&self) -> bool {
        self.code_letter != self.plan_letter
    }

    pub fn judge(&self, defective: u32) -> Verdict {
        if defective <= self.accept {
            Verdict::Accept
        } else {
            Verdict::Reject
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Accept,
    Reject,
}

impl Verdict {
    pub fn key(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
        }
    }
}

fn code_letter(lot: u32, level: Level) -> Option<char> {
    let place = LOTS.iter().position(|&upper| lot <= upper);
    level.letters().chars().nth(place.unwrap_or(LOTS.len()))
}

// Arrows never turn round within a column, so the first cell says which way to walk.
fn follow(letter: char, aql: Aql) -> Option<(&'static Row, u32)> {
    let plan = |row: &'static Row| match aql.cell(row) {
        Cell::Accept(accept) => Some((row, accept)),
        Cell::Up | Cell::Down => None,
    };
    let start = PLANS.iter().position(|row| row.letter == letter)?;
    let (above, from_here) = PLANS.split_at_checked(start)?;
    match from_here.first().map(|row| aql.cell(row))? {
        Cell::Accept(_) | Cell::Down => from_here.iter().find_map(plan),
        Cell::Up => above.iter().rev().find_map(plan),
    }
}

/// Defective units by class: 致命 critical, 严重 major, 轻微 minor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    Critical,
    Major,
    Minor,
}

impl Class {
    pub fn key(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Major => "major",
            Self::Minor => "minor",
        }
    }
}

/// Units found defective, each class within its own sample; critical ones in everything that was drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub critical: u32,
    pub major: u32,
    pub minor: u32,
}

/// One inspection of one lot for three classes. A critical defect is never accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    pub major: Plan,
    pub minor: Plan,
}

impl Inspection {
    /// Nothing for an empty lot.
    pub fn of(lot: u32, level: Level, major: Aql, minor: Aql) -> Option<Self> {
        Some(Self {
            major: Plan::of(lot, level, major)?,
            minor: Plan::of(lot, level, minor)?,
        })
    }

    /// The largest sample any class asks for; each class is judged within its own.
    pub fn to_draw(&self) -> u32 {
        self.major.sample_size.max(self.minor.sample_size)
    }

    pub fn failed(&self, found: &Found) -> Vec<Class> {
        [
            (Class::Critical, found.critical > 0),
            (
                Class::Major,
                self.major.judge(found.major) == Verdict::Reject,
            ),
            (
                Class::Minor,
                self.minor.judge(found.minor) == Verdict::Reject,
            ),
        ]
        .into_iter()
        .filter_map(|(class, failed)| failed.then_some(class))
        .collect()
    }

    /// What sampling says. Sizes, safety and packing are judged beside it.
    pub fn judge(&self, found: &Found) -> Verdict {
        if self.failed(found).is_empty() {
            Verdict::Accept
        } else {
            Verdict::Reject
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(lot: u32, aql: &str) -> Plan {
        Plan::of(lot, Level::II, Aql::parse(aql).unwrap()).unwrap()
    }

    #[test]
    fn every_lot_level_and_aql_has_a_plan() {
        for lot in LOTS
            .into_iter()
            .flat_map(|upper| [upper, upper + 1])
            .chain([1, 2, u32::MAX])
        {
            for level in Level::ALL {
                for aql in Aql::ALL {
                    let plan = Plan::of(lot, level, aql).unwrap();
                    assert!(
                        plan.sample_size >= 1 && plan.sample_size <= lot,
                        "{lot} {level:?}"
                    );
                    assert_eq!(plan.reject, plan.accept + 1);
                }
            }
        }
        assert_eq!(Plan::of(0, Level::II, Aql::P2_5), None);
    }

    #[test]
    fn every_level_has_a_letter_for_every_lot_size() {
        for level in Level::ALL {
            assert_eq!(level.letters().len(), LOTS.len() + 1, "{level:?}");
            assert_eq!(Level::parse(level.key()), Some(level));
        }
    }

    #[test]
    fn an_arrow_changes_the_sample_size_too() {
        let down = plan(60, "2.5");
        assert_eq!(
            (down.code_letter, down.plan_letter, down.sample_size),
            ('E', 'F', 20)
        );
        let up = plan(120, "1.0");
        assert_eq!(
            (up.code_letter, up.plan_letter, up.sample_size),
            ('F', 'E', 13)
        );
        assert!(down.is_by_arrow() && up.is_by_arrow() && !plan(1000, "2.5").is_by_arrow());
    }

    #[test]
    fn a_small_lot_is_looked_at_whole() {
        let small = plan(10, "1.0");
        assert_eq!((small.sample_size, small.table_sample_size), (10, 13));
        assert!(small.is_full_inspection(10));
        assert_eq!(plan(1, "2.5").sample_size, 1);
    }

    #[test]
    fn the_last_accepted_number_still_passes() {
        assert_eq!(plan(1000, "2.5").judge(5), Verdict::Accept);
        assert_eq!(plan(1000, "2.5").judge(6), Verdict::Reject);
    }

    #[test]
    fn one_critical_defect_fails_whatever_else_was_found() {
        let inspection = Inspection::of(45, Level::II, Aql::P2_5, Aql::P4_0).unwrap();
        assert_eq!(inspection.to_draw(), 13);
        let found = Found {
            critical: 1,
            ..Found::default()
        };
        assert_eq!(inspection.failed(&found), [Class::Critical]);
        assert_eq!(inspection.judge(&found), Verdict::Reject);
        assert_eq!(inspection.judge(&Found::default()), Verdict::Accept);
    }

    #[test]
    fn an_aql_is_read_with_or_without_its_nought() {
        assert_eq!(Aql::parse("4"), Some(Aql::P4_0));
        assert_eq!(Aql::parse("4.0"), Some(Aql::P4_0));
        assert_eq!(Aql::parse("3"), None);
    }
}
