//! Reading 预览: a grid under its mapping becomes lines, facts, totals and remarks.
//!
//! Rows are lines, totals (compared, never imported), repeated headers, or notes. After a total only a row with goods
//! and a quantity is still a line; the rest below the table belongs to the facts.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::columns::Mapping;
use super::facts::{Collector, Facts};
use super::{Hints, Remark, Remarks, Severity};
use crate::grid::Grid;

mod head;
mod line;
mod rows;
mod sheet;

use rows::{Rows, Sums};

pub(super) use sheet::Sheet;

/// One line of goods, as it would be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewLine {
    /// As Excel counts, from 1.
    pub row: u32,
    pub position: Option<String>,
    pub item: Option<String>,
    pub description: Option<String>,
    pub specification: Option<String>,
    pub colour: Option<String>,
    /// A single size, where sizes stand below each other.
    pub size: Option<String>,
    /// Sizes beside each other, only those ordered.
    pub sizes: Vec<(String, Decimal)>,
    pub quantity: Option<Decimal>,
    pub unit: Option<String>,
    pub unit_price: Option<Decimal>,
    /// Only when the cell itself names one.
    pub currency: Option<String>,
    /// Quantity × unit price, rounded as the currency asks.
    pub amount: Option<Decimal>,
    /// What the sheet says; compared and not stored.
    pub amount_stated: Option<Decimal>,
    pub delivery: Option<NaiveDate>,
    pub hs_code: Option<String>,
    pub barcode: Option<String>,
    pub remark: Option<String>,
}

/// A row of sums. `agrees` is `None` where nothing could be compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    pub row: u32,
    pub quantity: Option<Decimal>,
    pub amount: Option<Decimal>,
    pub agrees: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub facts: Facts,
    /// Of the prices; from the file, else the customer's usual one.
    pub currency: Option<String>,
    pub lines: Vec<PreviewLine>,
    pub totals: Vec<Total>,
    /// Sums of the lines that could be read.
    pub quantity: Decimal,
    pub amount: Decimal,
    pub remarks: Vec<Remark>,
}

impl Preview {
    /// Nothing is imported while a remark blocks.
    pub fn is_importable(&self) -> bool {
        !self.lines.is_empty()
            && self
                .remarks
                .iter()
                .all(|remark| remark.severity != Severity::Blocks)
    }

    pub fn size_cells(&self) -> usize {
        self.lines.iter().map(|line| line.sizes.len()).sum()
    }
}

/// Reads the whole grid. It never fails: what cannot be read is a remark.
pub fn preview(grid: &Grid, mapping: &Mapping, hints: &Hints) -> Preview {
    let mut facts = Collector::new(hints);
    let first = mapping.header.map_or(0, |rows| rows.first);
    for row in 0..first {
        facts.row(grid, row);
    }
    let mut remarks = Remarks::default();
    head::columns(grid, mapping, &mut remarks);
    let currencies = head::currencies(mapping, &facts.facts);
    let decimals = head::decimals(currencies.first().or(hints.currency.as_ref()));
    let order_day = facts.facts.order_day.as_ref().map(|found| found.value);
    let sheet = Sheet {
        grid,
        mapping,
        hints,
        order_day,
        decimals,
        marks: head::marks(grid, mapping, &mut remarks),
    };
    let mut rows = Rows {
        sheet,
        facts,
        lines: Vec::new(),
        totals: Vec::new(),
        all: Sums::default(),
        part: Sums::default(),
        remarks,
    };
    for row in mapping.first_line()..grid.height() {
        rows.row(row);
    }
    rows.finish(currencies)
}
