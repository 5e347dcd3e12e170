//! Sheet 表: the cells of one sheet as a grid, merged ranges known, formulas settled.
//!
//! A grid is made once by `file` and then only corrected: a person's answer replaces the text of one cell and all
//! formulas are settled again.

use super::cell::{Cell, NOTHING, Place};
use super::{day, formula};
use rust_decimal::Decimal;
use std::collections::HashMap;

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
    use crate::grid::Kind;

    #[test]
    fn a_merged_range_shows_its_corner() {
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
