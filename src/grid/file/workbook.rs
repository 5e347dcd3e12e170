//! Workbook 工作簿: an `.xlsx` checked as an archive first and only then read.
//!
//! Cells are taken one by one, with limits of their own: a sheet of two cells, the first and the last one possible, would
//! otherwise be a table of seventeen thousand million.

use calamine::{
    DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxFormulaMetadata,
};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::fmt;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Refusal, Wanted, archive};
use crate::grid::{Cell, Grid, Merge, Origin, Place, day};

/// One text may stand in a million cells and costs as much each time.
const MAX_TEXT: usize = 30 * 1024 * 1024;
const MAX_MERGES: usize = 5_000;
/// So many sheets are looked through for the table; the others are only named.
const MAX_SHEETS: usize = 8;

/// An encrypted workbook is a compound file with this stream, its name in two bytes a letter.
pub(super) fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes.windows(name.len()).any(|window| window == name)
}

pub(super) fn read(bytes: &[u8], wanted: Wanted<'_>) -> Result<Grid, Refusal> {
    archive::check(bytes)?;
    // The parser adds and multiplies numbers of the file without looking; a forged one may stop it half way.
    catch_unwind(AssertUnwindSafe(|| sheets(bytes, wanted))).unwrap_or(Err(Refusal::Damaged))
}

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

fn sheets(bytes: &[u8], wanted: Wanted<'_>) -> Result<Grid, Refusal> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    let names: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut budget = Budget::default();
    let mut chosen: Option<Grid> = None;
    let mut others = Vec::new();
    for (number, name) in names.into_iter().enumerate() {
        let is_table = match wanted {
            Wanted::Named(wanted) if wanted == name => {
                chosen = Some(sheet(&mut book, &name, &mut budget)?);
                continue;
            }
            Wanted::Named(_) => None,
            Wanted::First(is_table) => {
                Some(is_table).filter(|is_table| !chosen.as_ref().is_some_and(is_table))
            }
        };
        match is_table.filter(|_| number < MAX_SHEETS) {
            Some(is_table) => {
                let grid = sheet(&mut book, &name, &mut budget)?;
                others.extend(better(&mut chosen, grid, is_table));
            }
            None if number >= MAX_SHEETS || has_content(&mut book, &name)? => others.push(name),
            None => {}
        }
    }
    let missing = match wanted {
        Wanted::Named(_) => Refusal::NoSuchSheet,
        Wanted::First(_) => Refusal::Empty,
    };
    let mut chosen = chosen.ok_or(missing)?;
    chosen.other_sheets = others;
    Ok(chosen)
}

/// Keeps the sheet with a table, else the first with content; the name of the other one is given back.
fn better(chosen: &mut Option<Grid>, grid: Grid, is_table: fn(&Grid) -> bool) -> Option<String> {
    let left = match chosen.take() {
        None => grid,
        Some(first) if is_table(&grid) => {
            *chosen = Some(grid);
            return Some(first.sheet);
        }
        Some(first) => {
            *chosen = Some(first);
            return (!grid.is_blank()).then_some(grid.sheet);
        }
    };
    *chosen = (!left.is_blank()).then_some(left);
    None
}

fn has_content(book: &mut Book<'_>, name: &str) -> Result<bool, Refusal> {
    let mut reader = book
        .worksheet_cells_reader(name)
        .map_err(|_| Refusal::Damaged)?;
    while let Some(filled) = reader.next_cell().map_err(|_| Refusal::Damaged)? {
        if *filled.get_value() != DataRef::Empty {
            return Ok(true);
        }
    }
    Ok(false)
}

fn sheet(book: &mut Book<'_>, name: &str, budget: &mut Budget) -> Result<Grid, Refusal> {
    let area = |area: Dimensions| Merge {
        first: Place::new(area.start.0, area.start.1),
        last: Place::new(area.end.0, area.end.1),
    };
    let merges = book
        .merge_cells_by_sheet_name(name)
        .map_err(|_| Refusal::Damaged)?;
    let merges: Vec<Merge> = merges.into_iter().map(area).collect();
    if merges.len() > MAX_MERGES {
        return Err(Refusal::TooManyCells);
    }
    let mut rows = Vec::new();
    let mut reader = book
        .worksheet_cells_reader(name)
        .map_err(|_| Refusal::Damaged)?;
    let mut shared = Shared::default();
    // Not the call that expands shared formulas: it reserves memory by a number from the file.
    while let Some(record) = reader
        .next_cell_with_formula_metadata()
        .map_err(|_| Refusal::Damaged)?
    {
        let at = Place::new(record.pos.0, record.pos.1);
        let formula = record
            .formula
            .and_then(|formula| shared.text(formula, record.pos));
        let value = cell(&record.value);
        let cell = match formula {
            Some(text) => Cell::formula(&text, value.kind),
            None => value,
        };
        if !cell.is_empty() {
            budget.put(&mut rows, at, cell)?;
        }
    }
    let mut grid = Grid::new(Origin::Workbook, rows, merges);
    name.clone_into(&mut grid.sheet);
    Ok(grid)
}

/// Formulas written once for a whole column.
#[derive(Default)]
struct Shared {
    anchors: HashMap<usize, ((u32, u32), String)>,
}

impl Shared {
    fn text(&mut self, formula: XlsxFormulaMetadata, at: (u32, u32)) -> Option<String> {
        match formula {
            XlsxFormulaMetadata::Normal { formula } => Some(formula),
            XlsxFormulaMetadata::Shared {
                shared_index,
                formula,
                ..
            } => {
                self.anchors.insert(shared_index, (at, formula.clone()));
                Some(formula)
            }
            XlsxFormulaMetadata::SharedDerived { shared_index } => {
                let (anchor, text) = self.anchors.get(&shared_index)?;
                calamine::expand_shared_formula(text, *anchor, at).ok()
            }
            _ => None,
        }
    }
}

/// Cells and text taken from all sheets together.
#[derive(Default)]
struct Budget {
    cells: usize,
    text: usize,
}

impl Budget {
    fn put(&mut self, rows: &mut Vec<Vec<Cell>>, at: Place, cell: Cell) -> Result<(), Refusal> {
        if at.row >= MAX_ROWS {
            return Err(Refusal::TooManyRows);
        }
        if at.column >= MAX_COLUMNS {
            return Err(Refusal::TooManyColumns);
        }
        let (row, column) = (at.row as usize, at.column as usize);
        if rows.len() <= row {
            rows.resize_with(row + 1, Vec::new);
        }
        self.text += cell.text.len() * if cell.formula.is_some() { 2 } else { 1 };
        let Some(cells) = rows.get_mut(row) else {
            return Ok(());
        };
        // Empty cells in between take room as well.
        self.cells += (column + 1).saturating_sub(cells.len());
        if self.cells > MAX_CELLS || self.text > MAX_TEXT {
            return Err(Refusal::TooManyCells);
        }
        if cells.len() <= column {
            cells.resize_with(column + 1, Cell::default);
        }
        if let Some(old) = cells.get_mut(column) {
            *old = cell;
        }
        Ok(())
    }
}

fn cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::default(),
        DataRef::String(text) | DataRef::DurationIso(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::Int(number) => Cell::number(Decimal::from(*number)),
        DataRef::Float(number) => {
            decimal(number).map_or_else(|| Cell::text(&number.to_string()), Cell::number)
        }
        DataRef::DateTime(moment) => calendar_day(moment).map_or_else(|| serial(moment), Cell::day),
        DataRef::DateTimeIso(text) => text
            .get(..10)
            .and_then(day::iso)
            .map_or_else(|| Cell::text(text), Cell::day),
        DataRef::Bool(truth) => Cell::text(if *truth { "TRUE" } else { "FALSE" }),
        DataRef::Error(fault) => Cell::fault(fault.to_string()),
    }
}

/// Excel keeps every number as a binary fraction and shows fifteen digits of it: 9.800000000000001 is 9.8.
fn decimal(number: &impl fmt::LowerExp) -> Option<Decimal> {
    let shown = format!("{number:.14e}");
    Decimal::from_scientific(&shown)
        .ok()
        .map(|value| value.normalize())
}

fn calendar_day(moment: &ExcelDateTime) -> Option<NaiveDate> {
    // Excel's day count before March 1900 is wrong by one, and a count that low is a time of day anyway.
    let first = NaiveDate::from_ymd_opt(1900, 3, 1)?;
    let day = moment.is_datetime().then(|| moment.as_datetime())??.date();
    (day >= first).then_some(day)
}

/// A time of day or a length of time, as the number it is kept as.
fn serial(moment: &ExcelDateTime) -> Cell {
    decimal(&moment.as_f64()).map_or_else(Cell::default, Cell::number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_in_as_the_sheet_shows_them() {
        for (number, shown) in [
            (9.8 + f64::EPSILON * 8.0, "9.8"),
            (7.85, "7.85"),
            (0.1 + 0.2, "0.3"),
            (46409.0, "46409"),
            (-1.5, "-1.5"),
        ] {
            assert_eq!(decimal(&number).unwrap().to_string(), shown);
        }
        assert_eq!(decimal(&f64::NAN), None);
        assert_eq!(decimal(&1e300), None);
    }
}
