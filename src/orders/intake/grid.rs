//! Grid 表格: the cells of one sheet, whatever file or paste they came from.
//!
//! Rows and columns are counted from zero inside and shown as Excel shows them (`E7`). A grid is made once by `file`
//! and then only corrected: a person's answer replaces the text of one cell and all formulas are settled again.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use super::{day, formula};

/// Where a cell stands. Written and stored as `E7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Place {
    pub row: u32,
    pub column: u32,
}

impl Place {
    pub fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }

    /// `E` for the fifth column.
    pub fn letters(self) -> String {
        let mut rest = self.column + 1;
        let mut letters = Vec::new();
        while rest > 0 {
            let digit = (rest - 1) % 26;
            letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
            rest = (rest - 1) / 26;
        }
        letters.iter().rev().collect()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.letters(), self.row + 1)
    }
}

/// A place that is not written like `E7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cell")]
pub struct NotAPlace;

impl FromStr for Place {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<Self, NotAPlace> {
        let split = text.find(|c: char| c.is_ascii_digit()).ok_or(NotAPlace)?;
        let (letters, digits) = text.split_at(split);
        if letters.is_empty() || letters.len() > 3 || digits.len() > 7 {
            return Err(NotAPlace);
        }
        let mut column = 0;
        for letter in letters.bytes() {
            if !letter.is_ascii_alphabetic() {
                return Err(NotAPlace);
            }
            column = column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        }
        if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(NotAPlace);
        }
        let row: u32 = digits.parse().map_err(|_| NotAPlace)?;
        Ok(Self {
            row: row.checked_sub(1).ok_or(NotAPlace)?,
            column: column - 1,
        })
    }
}

impl From<Place> for String {
    fn from(place: Place) -> Self {
        place.to_string()
    }
}

impl TryFrom<String> for Place {
    type Error = NotAPlace;

    fn try_from(text: String) -> Result<Self, NotAPlace> {
        text.parse()
    }
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Empty,
    Text,
    Number(Decimal),
    Day(NaiveDate),
    /// A formula that is neither stored with its result nor simple enough to be worked out here.
    Formula,
    /// `#VALUE!` and its like, as the sheet itself shows it.
    Fault,
}

/// A formula and the result its program stored with it, if any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    pub text: String,
    pub stored: Kind,
}

/// One cell: its text as shown and what it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    pub kind: Kind,
    pub formula: Option<Box<Formula>>,
}

static NOTHING: Cell = Cell {
    text: String::new(),
    kind: Kind::Empty,
    formula: None,
};

impl Cell {
    pub fn text(text: &str) -> Self {
        let kind = if text.trim().is_empty() {
            Kind::Empty
        } else {
            Kind::Text
        };
        Self {
            text: text.to_owned(),
            kind,
            formula: None,
        }
    }

    pub fn number(value: Decimal) -> Self {
        let value = value.normalize();
        Self {
            text: value.to_string(),
            kind: Kind::Number(value),
            formula: None,
        }
    }

    pub fn day(value: NaiveDate) -> Self {
        Self {
            text: value.to_string(),
            kind: Kind::Day(value),
            formula: None,
        }
    }

    pub fn fault(text: String) -> Self {
        Self {
            text,
            kind: Kind::Fault,
            formula: None,
        }
    }

    pub fn formula(text: &str, stored: Kind) -> Self {
        let formula = Formula {
            text: text.trim_start_matches('=').to_owned(),
            stored,
        };
        Self {
            text: format!("={}", formula.text),
            kind: Kind::Formula,
            formula: Some(Box::new(formula)),
        }
    }

    /// A cell of a text file, where everything is text and only a formula shows itself by its first sign.
    pub fn typed(text: &str) -> Self {
        let bare = text.trim();
        match bare.strip_prefix('=') {
            // `="00123"` is how people keep leading zeros in a CSV.
            Some(rest) => match rest
                .strip_prefix('"')
                .and_then(|inner| inner.strip_suffix('"'))
            {
                Some(inner) => Self::text(inner),
                None if rest.is_empty() => Self::text(text),
                None => Self::formula(rest, Kind::Empty),
            },
            None => Self::text(text),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.kind == Kind::Empty
    }

    pub fn trimmed(&self) -> &str {
        self.text.trim()
    }
}

/// A merged range, both corners belonging to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    pub first: Place,
    pub last: Place,
}

/// What the cells were read from; shown above the preview.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    #[default]
    Paste,
    Workbook,
    Csv {
        encoding: &'static str,
        separator: char,
    },
}

/// The cells of one sheet.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    pub origin: Origin,
    pub sheet: String,
    /// The visible sheets with content that were not read.
    pub other_sheets: Vec<String>,
    rows: Vec<Vec<Cell>>,
    merges: Vec<Merge>,
    covered: HashMap<Place, Place>,
}

/// Merged areas are looked up cell by cell; nobody merges more cells than this on purpose.
const COVERED: usize = 200_000;

impl Grid {
    pub fn new(origin: Origin, rows: Vec<Vec<Cell>>, merges: Vec<Merge>) -> Self {
        let mut grid = Self {
            origin,
            rows,
            ..Self::default()
        };
        grid.cover(merges);
        formula::settle(&mut grid);
        grid
    }

    fn cover(&mut self, merges: Vec<Merge>) {
        let (bottom, right) = (
            self.height().saturating_sub(1),
            self.width().saturating_sub(1),
        );
        let mut left = COVERED;
        for merge in merges {
            let rows = merge.first.row..=merge.last.row.min(bottom);
            let columns = merge.first.column..=merge.last.column.min(right);
            let area = rows.clone().count().saturating_mul(columns.clone().count());
            let Some(rest) = left.checked_sub(area) else {
                return;
            };
            left = rest;
            for row in rows {
                self.covered.extend(
                    columns
                        .clone()
                        .map(|column| (Place::new(row, column), merge.first)),
                );
            }
            self.merges.push(merge);
        }
    }

    pub fn height(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    pub fn width(&self) -> u32 {
        let widest = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        u32::try_from(widest).unwrap_or(u32::MAX)
    }

    pub fn merges(&self) -> &[Merge] {
        &self.merges
    }

    pub fn cell(&self, at: Place) -> &Cell {
        self.rows
            .get(at.row as usize)
            .and_then(|row| row.get(at.column as usize))
            .unwrap_or(&NOTHING)
    }

    /// The cell whose content a merged range shows here, or the cell itself.
    pub fn shown(&self, at: Place) -> &Cell {
        self.cell(self.anchor(at))
    }

    /// Upper left corner of the merged range over this cell, or the cell itself.
    pub fn anchor(&self, at: Place) -> Place {
        self.covered.get(&at).copied().unwrap_or(at)
    }

    /// The filled cells of a row, from left to right.
    pub fn filled(&self, row: u32) -> impl Iterator<Item = (Place, &Cell)> {
        let cells = self
            .rows
            .get(row as usize)
            .map(Vec::as_slice)
            .unwrap_or_default();
        (0..)
            .zip(cells)
            .map(move |(column, cell)| (Place::new(row, column), cell))
            .filter(|(_, cell)| !cell.is_empty())
    }

    pub fn is_blank(&self) -> bool {
        self.rows.iter().flatten().all(Cell::is_empty)
    }

    /// Puts a person's answer into a cell. A plain number or a day as `2026-03-05` leaves no second reading.
    pub fn correct(&mut self, at: Place, text: &str) {
        let cell = match (text.trim().parse::<Decimal>(), day::iso(text.trim())) {
            (Ok(value), _) => Cell {
                text: text.trim().to_owned(),
                ..Cell::number(value)
            },
            (Err(_), Some(value)) => Cell::day(value),
            (Err(_), None) => Cell::text(text),
        };
        if let Some(place) = self.rows.get_mut(at.row as usize) {
            if place.len() <= at.column as usize && at.column < super::file::MAX_COLUMNS {
                place.resize(at.column as usize + 1, Cell::default());
            }
            if let Some(old) = place.get_mut(at.column as usize) {
                *old = cell;
            }
        }
        formula::settle(self);
    }

    pub(super) fn formulas(&self) -> Vec<Place> {
        (0..)
            .zip(&self.rows)
            .flat_map(|(row, cells)| {
                (0..)
                    .zip(cells)
                    .map(move |(column, cell)| (Place::new(row, column), cell))
            })
            .filter(|(_, cell)| cell.formula.is_some())
            .map(|(place, _)| place)
            .collect()
    }

    pub(super) fn cell_mut(&mut self, at: Place) -> Option<&mut Cell> {
        self.rows
            .get_mut(at.row as usize)?
            .get_mut(at.column as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_written_as_excel_writes_it() {
        for (text, row, column) in [
            ("A1", 0, 0),
            ("E7", 6, 4),
            ("Z10", 9, 25),
            ("AA1", 0, 26),
            ("AZ3", 2, 51),
        ] {
            assert_eq!(Place::new(row, column).to_string(), text);
            assert_eq!(text.parse(), Ok(Place::new(row, column)));
        }
        for bad in ["", "7", "E", "E0", "E-1", "é1", "E7x", "ABCD1"] {
            assert_eq!(bad.parse::<Place>(), Err(NotAPlace), "{bad}");
        }
    }

    #[test]
    fn a_merged_range_shows_its_corner_and_a_formula_sign_is_seen_in_text() {
        let rows = vec![
            vec![Cell::text("Sizes"), Cell::default()],
            vec![Cell::text("S"), Cell::text("M")],
        ];
        let merge = Merge {
            first: Place::new(0, 0),
            last: Place::new(0, 1),
        };
        let grid = Grid::new(Origin::Paste, rows, vec![merge]);
        assert_eq!(grid.shown(Place::new(0, 1)).text, "Sizes");
        assert_eq!(grid.shown(Place::new(1, 1)).text, "M");
        assert_eq!(Cell::typed("=\"00123\""), Cell::text("00123"));
        assert_eq!(Cell::typed("=A1*2").kind, Kind::Formula);
    }

    #[test]
    fn an_answer_replaces_a_cell_and_settles_what_hangs_on_it() {
        let rows = vec![vec![
            Cell::text("6,40"),
            Cell::formula("A1*10", Kind::Empty),
        ]];
        let mut grid = Grid::new(Origin::Paste, rows, Vec::new());
        assert_eq!(grid.cell(Place::new(0, 1)).kind, Kind::Formula);
        grid.correct(Place::new(0, 0), "6.40");
        assert_eq!(
            grid.cell(Place::new(0, 1)).kind,
            Kind::Number(Decimal::from(64))
        );
    }
}
