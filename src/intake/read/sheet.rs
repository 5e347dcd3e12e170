//! Sheet 表: the grid under its mapping, and one numeric cell of it with all its readings.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::HashMap;

use crate::grid::number::{self, Figure, Mark, Reading, Sort};
use crate::grid::{Cell, Grid, Kind, Place};
use crate::intake::columns::Mapping;
use crate::intake::field::{self, Field};
use crate::intake::{Hints, RemarkKind, Remarks};

/// What holds for all lines of a sheet.
pub(in crate::intake) struct Sheet<'a> {
    pub(in crate::intake) grid: &'a Grid,
    pub(in crate::intake) mapping: &'a Mapping,
    pub(in crate::intake) hints: &'a Hints,
    pub(in crate::intake) order_day: Option<NaiveDate>,
    /// Decimals of an amount in the order's currency.
    pub(in crate::intake) decimals: u32,
    pub(in crate::intake) marks: HashMap<Field, Mark>,
}

impl Sheet<'_> {
    pub(in crate::intake) fn place(&self, row: u32, field: &Field) -> Option<Place> {
        self.mapping
            .find(field)
            .map(|column| Place::new(row, column.index))
    }

    /// A text that may be merged over several lines. The header never reaches down into the lines.
    pub(super) fn shown(&self, at: Place) -> &Cell {
        let anchor = self.grid.anchor(at);
        let of_lines = anchor.column == at.column && anchor.row >= self.mapping.first_line();
        if of_lines {
            self.grid.cell(anchor)
        } else {
            self.grid.cell(at)
        }
    }

    pub(in crate::intake) fn text(&self, row: u32, field: &Field) -> Option<String> {
        let parts: Vec<&str> = self
            .mapping
            .all(field)
            .map(|column| self.shown(Place::new(row, column.index)).trimmed())
            .filter(|text| !text.is_empty())
            .collect();
        (!parts.is_empty()).then(|| parts.join("\n"))
    }

    /// Whether a cell of the row, the remarks aside, begins with a word for a sum.
    pub(in crate::intake) fn says_total(&self, row: u32) -> bool {
        let remark = self.mapping.find(&Field::Remark).map(|column| column.index);
        self.grid.filled(row).any(|(at, cell)| {
            cell.kind == Kind::Text
                && Some(at.column) != remark
                && field::starts_a_total(cell.trimmed())
        })
    }

    /// Reads a numeric cell; `None` when it is empty.
    pub(in crate::intake) fn number(&self, at: Place, field: &Field, sort: Sort) -> Option<Number> {
        let cell = if sort == Sort::Price {
            self.shown(at)
        } else {
            self.grid.cell(at)
        };
        let text = cell.trimmed().to_owned();
        let single = |value| {
            vec![Figure {
                value,
                currency: None,
                unit: None,
            }]
        };
        let readings = match cell.kind {
            Kind::Empty => return None,
            // People draw a dash where they order none.
            Kind::Text if matches!(text.as_str(), "-" | "–" | "—" | "/") => return None,
            Kind::Number(value) => single(value),
            Kind::Day(_) | Kind::Formula | Kind::Fault => Vec::new(),
            Kind::Text => {
                match number::read(&text, sort, self.marks.get(&mark_key(field)).copied()) {
                    Reading::Read(figure) => vec![figure],
                    Reading::Ambiguous { decimal, grouped } => vec![decimal, grouped],
                    Reading::Unreadable => Vec::new(),
                }
            }
        };
        Some(Number {
            at,
            field: field.clone(),
            text,
            formula: cell.kind == Kind::Formula,
            readings,
        })
    }
}

/// All size columns of a sheet speak one way.
pub(in crate::intake) fn mark_key(field: &Field) -> Field {
    match field {
        Field::SizeQuantity(_) => Field::Quantity,
        other => other.clone(),
    }
}

/// A numeric cell with none, one or two readings (the decimal one first).
pub(in crate::intake) struct Number {
    pub(super) at: Place,
    pub(super) field: Field,
    pub(super) text: String,
    formula: bool,
    pub(super) readings: Vec<Figure>,
}

impl Number {
    pub(in crate::intake) fn only(&self) -> Option<Decimal> {
        match self.readings.as_slice() {
            [figure] => Some(figure.value),
            _ => None,
        }
    }

    pub(super) fn values(&self) -> impl Iterator<Item = Decimal> {
        self.readings.iter().map(|figure| figure.value)
    }

    pub(super) fn is_doubtful(&self) -> bool {
        self.readings.len() > 1
    }

    pub(super) fn currency(&self) -> Option<&'static str> {
        self.readings.iter().find_map(|figure| figure.currency)
    }

    pub(super) fn keep(&mut self, value: Decimal) {
        self.readings.retain(|figure| figure.value == value);
    }

    /// Says what is wrong with a cell that has not exactly one reading.
    pub(in crate::intake) fn say(&self, remarks: &mut Remarks) {
        let (field, text) = (self.field.clone(), self.text.clone());
        let kind = match self.readings.as_slice() {
            [_] => return,
            [decimal, grouped] => {
                let (decimal, grouped) = (decimal.value, grouped.value);
                RemarkKind::TwoReadings {
                    field,
                    text,
                    decimal,
                    grouped,
                }
            }
            _ if self.formula => RemarkKind::FormulaUnreadable {
                field,
                formula: text,
            },
            _ => RemarkKind::Unreadable { field, text },
        };
        // The amount is only compared, never stored.
        if self.field == Field::Amount {
            remarks.asked(self.at, kind);
        } else {
            remarks.blocks(self.at, kind);
        }
    }
}
