//! Columns 列对应: where the header stands and which column holds which field.
//!
//! A `Mapping` is guessed from the words, changed by hand and remembered per customer. It is remembered by the words
//! over the columns, not by their letters: next month's sheet may have one column more.

use serde::{Deserialize, Serialize};
use std::collections::HashSet;

use super::field::{self, Field, bare, recognise};
use crate::grid::{Cell, Grid, Kind, Place};

/// A header is looked for in the first rows only; below them stand lines.
const DEEPEST: u32 = 60;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// From zero.
    pub index: u32,
    /// The words over it, those of both rows when the header has two.
    pub header: String,
    /// `None`: not known, not read.
    pub field: Option<Field>,
    pub currency: Option<String>,
}

/// First and last row of the header, from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeaderRows {
    pub first: u32,
    pub last: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// `None` when the rows begin at once, as in most pastes.
    pub header: Option<HeaderRows>,
    pub columns: Vec<Column>,
}

impl Mapping {
    /// Reads the header words.
    pub fn guess(grid: &Grid) -> Self {
        Self::at(grid, find_header(grid, &HashSet::new()))
    }

    /// As `guess`, but what was mapped for this customer before goes first.
    pub fn recall(grid: &Grid, remembered: &Self) -> Self {
        let words: HashSet<String> = remembered
            .columns
            .iter()
            .filter(|column| column.field.is_some())
            .map(|column| bare(&column.header))
            .collect();
        let mut mapping = Self::at(grid, find_header(grid, &words));
        let headless = mapping.header.is_none() && remembered.header.is_none();
        let mut free: Vec<&Column> = remembered.columns.iter().collect();
        for column in &mut mapping.columns {
            let known = free.iter().position(|known| {
                if headless {
                    known.index == column.index
                } else {
                    !bare(&known.header).is_empty() && bare(&known.header) == bare(&column.header)
                }
            });
            if let Some(position) = known {
                column.field.clone_from(&free.remove(position).field);
            }
        }
        mapping
    }

    /// Maps one column by hand. A field that may stand only once leaves its former column.
    pub fn set(&mut self, index: u32, field: Option<&Field>) {
        for column in &mut self.columns {
            if column.index == index {
                column.field = field.cloned();
            } else if column.field.as_ref() == field && !may_repeat(field) {
                column.field = None;
            }
        }
    }

    pub fn find(&self, field: &Field) -> Option<&Column> {
        self.columns
            .iter()
            .find(|column| column.field.as_ref() == Some(field))
    }

    /// All columns of a field that may stand more than once.
    pub(super) fn all<'a>(&'a self, field: &'a Field) -> impl Iterator<Item = &'a Column> {
        self.columns
            .iter()
            .filter(move |column| column.field.as_ref() == Some(field))
    }

    /// The size columns from left to right.
    pub fn sizes(&self) -> impl Iterator<Item = (u32, &str)> {
        self.columns
            .iter()
            .filter_map(|column| match &column.field {
                Some(Field::SizeQuantity(size)) => Some((column.index, size.as_str())),
                _ => None,
            })
    }

    /// The first row that may be a line.
    pub fn first_line(&self) -> u32 {
        self.header.map_or(0, |rows| rows.last + 1)
    }

    /// The mapping under a header whose rows are known, or without one.
    pub fn at(grid: &Grid, header: Option<HeaderRows>) -> Self {
        let mut columns: Vec<Column> = (0..grid.width())
            .map(|index| column(grid, header, index))
            .collect();
        let sized = columns
            .iter()
            .filter(|column| matches!(column.field, Some(Field::SizeQuantity(_))))
            .count();
        if sized < 2 {
            // A single `L` is a length as often as a size.
            for column in columns
                .iter_mut()
                .filter(|column| matches!(column.field, Some(Field::SizeQuantity(_))))
            {
                column.field = None;
            }
            number_sizes(&mut columns);
        }
        sums(&mut columns);
        let mut taken = HashSet::new();
        for column in &mut columns {
            if column.field.is_some()
                && !may_repeat(column.field.as_ref())
                && !taken.insert(column.field.clone())
            {
                column.field = None;
            }
        }
        Self { header, columns }
    }
}

/// Whether the sheet has a header that can be read; what `grid::file::read` asks of each sheet of a workbook.
pub fn has_table(grid: &Grid) -> bool {
    find_header(grid, &HashSet::new()).is_some()
}

fn may_repeat(field: Option<&Field>) -> bool {
    matches!(
        field,
        None | Some(Field::Description | Field::Specification | Field::Remark | Field::Ignored)
    )
}

/// The row with the most known words, two at least.
fn find_header(grid: &Grid, words: &HashSet<String>) -> Option<HeaderRows> {
    let mut best: Option<(usize, u32)> = None;
    for row in 0..grid.height().min(DEEPEST) {
        let mut fields = HashSet::new();
        for (_, cell) in grid.filled(row) {
            let text = cell.trimmed();
            // `Delivery:` is the label of a fact, not the head of a column.
            if cell.kind != Kind::Text || text.ends_with([':', '：']) {
                continue;
            }
            let word = bare(text);
            if words.contains(&word) {
                fields.insert(word);
            } else if let Some(field) = recognise(text) {
                fields.insert(format!("{field:?}"));
            }
        }
        if fields.len() >= 2 && best.is_none_or(|(most, _)| fields.len() > most) {
            best = Some((fields.len(), row));
        }
    }
    let (_, row) = best?;
    if second_row(grid, row) {
        return Some(HeaderRows {
            first: row,
            last: row + 1,
        });
    }
    let grouped = row
        .checked_sub(1)
        .is_some_and(|above| has_group(grid, above));
    Some(HeaderRows {
        first: if grouped { row - 1 } else { row },
        last: row,
    })
}

/// Whether the row below belongs to the header: it only fills in under merged or empty heads.
fn second_row(grid: &Grid, row: u32) -> bool {
    let mut filled = 0;
    for (place, cell) in grid.filled(row + 1) {
        let above = Place::new(row, place.column);
        let head = grid.cell(above);
        let group = head.is_empty() || field::is_size_group(head.trimmed());
        let text = cell.trimmed();
        let fits = field::is_size_word(text)
            || field::is_size_number(text)
            || field::is_sum_word(text)
            || recognise(text).is_some();
        if !group || !fits || cell.formula.is_some() {
            return false;
        }
        filled += 1;
    }
    filled >= 2
}

/// A row that holds nothing but heads over several columns (`Sizes` merged over S to XXL).
fn has_group(grid: &Grid, row: u32) -> bool {
    let wide = |place: Place| {
        grid.merges().iter().any(|merge| {
            merge.first == place && merge.last.column > place.column && merge.last.row == row
        })
    };
    let mut filled = grid.filled(row).peekable();
    filled.peek().is_some()
        && filled.all(|(place, cell)| field::is_size_group(cell.trimmed()) && wide(place))
}

fn column(grid: &Grid, header: Option<HeaderRows>, index: u32) -> Column {
    let Some(rows) = header else {
        return Column {
            index,
            header: String::new(),
            field: None,
            currency: None,
        };
    };
    let (text, field) = head(grid, rows, index);
    let text = text.replace('\n', " ");
    let currency = match field {
        Some(Field::UnitPrice | Field::Amount) => field::currency_of(&text).map(str::to_owned),
        _ => None,
    };
    Column {
        index,
        header: text,
        field,
        currency,
    }
}

/// The words over a column and what they mean.
fn head(grid: &Grid, rows: HeaderRows, index: u32) -> (String, Option<Field>) {
    let top = Place::new(rows.first, index);
    let child = grid.cell(Place::new(rows.last, index)).trimmed().to_owned();
    if rows.first == rows.last {
        let size = field::is_size_word(&child).then(|| Field::SizeQuantity(child.clone()));
        let field = size.or_else(|| recognise(&child));
        return (child, field);
    }
    if child.is_empty() {
        // A head merged sideways names its first column only.
        let own = if grid.anchor(top).column == index {
            grid.shown(top).trimmed()
        } else {
            ""
        };
        return (own.to_owned(), recognise(own));
    }
    let parent = parent(grid, top);
    let field = under(&parent, &child);
    (format!("{parent} {child}").trim().to_owned(), field)
}

/// The head over a cell of the second row: its own, the merged one, or, where a text file lost the merge, the nearest
/// to the left.
fn parent(grid: &Grid, top: Place) -> String {
    let shown = grid.shown(top);
    if !shown.is_empty() {
        return shown.trimmed().to_owned();
    }
    let left = (0..top.column)
        .rev()
        .map(|column| grid.shown(Place::new(top.row, column)))
        .find(|cell| !cell.is_empty());
    left.map(Cell::trimmed)
        .filter(|text| field::is_size_group(text))
        .unwrap_or_default()
        .to_owned()
}

fn under(parent: &str, child: &str) -> Option<Field> {
    let sized = field::is_size_word(child)
        || (field::is_size_group(parent) && field::is_size_number(child));
    if sized {
        return Some(Field::SizeQuantity(child.to_owned()));
    }
    if field::is_sum_word(child) && field::is_size_group(parent) {
        return Some(Field::Quantity);
    }
    recognise(child).or_else(|| recognise(&format!("{parent} {child}")))
}

/// Three or more neighbours headed by rising numbers are sizes (36, 38, 40).
fn number_sizes(columns: &mut [Column]) {
    let number = |column: &Column| -> Option<u32> {
        let text = column.header.trim();
        (column.field.is_none() && field::is_size_number(text)).then(|| text.parse().ok())?
    };
    let mut runs: Vec<Vec<u32>> = Vec::new();
    let mut last = None;
    for column in columns.iter() {
        let value = number(column);
        match (last, value, runs.last_mut()) {
            (Some(before), Some(value), Some(run)) if value > before => run.push(column.index),
            (_, Some(_), _) => runs.push(vec![column.index]),
            _ => {}
        }
        last = value;
    }
    let sized: Vec<u32> = runs
        .into_iter()
        .filter(|run| run.len() >= 3)
        .flatten()
        .collect();
    for column in columns
        .iter_mut()
        .filter(|column| sized.contains(&column.index))
    {
        column.field = Some(Field::SizeQuantity(column.header.clone()));
    }
}

/// `Total` over a column is the quantity where none is named, else the amount.
fn sums(columns: &mut [Column]) {
    let has = |columns: &[Column], field: &Field| {
        columns
            .iter()
            .any(|column| column.field.as_ref() == Some(field))
    };
    for index in 0..columns.len() {
        let field = match (has(columns, &Field::Quantity), has(columns, &Field::Amount)) {
            (false, _) => Field::Quantity,
            (true, false) => Field::Amount,
            (true, true) => return,
        };
        if let Some(column) = columns.get_mut(index) {
            let bare_total = column.field.is_none() && field::is_sum_word(&column.header);
            if bare_total {
                column.field = Some(field);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::file::paste;

    fn fields(mapping: &Mapping) -> Vec<Option<Field>> {
        mapping
            .columns
            .iter()
            .map(|column| column.field.clone())
            .collect()
    }

    #[test]
    fn a_header_is_found_below_the_letterhead() {
        let grid = paste("ACME Order\nPO No.:\t77\tDelivery:\t2026/3/5\n\nStyle\tColor\tQty\tPrice USD\nA1\tred\t5\t1.20\n").unwrap();
        let mapping = Mapping::guess(&grid);
        assert_eq!(mapping.header, Some(HeaderRows { first: 3, last: 3 }));
        assert_eq!(
            fields(&mapping),
            [
                Some(Field::Item),
                Some(Field::Colour),
                Some(Field::Quantity),
                Some(Field::UnitPrice)
            ]
        );
        assert_eq!(mapping.columns[3].currency.as_deref(), Some("USD"));
    }

    #[test]
    fn sizes_are_found_in_one_row_in_two_and_by_number() {
        for text in [
            "Style\tS\tM\tXL\tTotal\tPrice\tTotal\nA\t1\t2\t3\t6\t1.5\t9\n",
            "Style\tSizes\t\t\tTotal\tPrice\tTotal\n\tS\tM\tXL\nA\t1\t2\t3\t6\t1.5\t9\n",
        ] {
            let mapping = Mapping::guess(&paste(text).unwrap());
            assert_eq!(
                mapping.sizes().map(|(_, size)| size).collect::<Vec<_>>(),
                ["S", "M", "XL"],
                "{text}"
            );
            let at = |field| mapping.find(&field).map(|column| column.index);
            assert_eq!(
                (at(Field::Quantity), at(Field::Amount)),
                (Some(4), Some(6)),
                "{text}"
            );
        }
        let mapping =
            Mapping::guess(&paste("货号\t颜色\t36\t37\t38\t数量\nA\t黑\t1\t2\t3\t6\n").unwrap());
        assert_eq!(mapping.sizes().count(), 3);
        let mapping = Mapping::guess(&paste("货号\tQty\tL\tW\tH\nA\t1\t2\t3\t6\n").unwrap());
        assert_eq!(mapping.sizes().count(), 0);
    }

    #[test]
    fn a_paste_without_header_is_mapped_by_hand_and_remembered_by_place() {
        let grid = paste("A1\tred\t5\t1.20\nA2\tblue\t7\t1.30\n").unwrap();
        let mut mapping = Mapping::guess(&grid);
        assert_eq!((mapping.header, mapping.first_line()), (None, 0));
        mapping.set(0, Some(&Field::Item));
        mapping.set(2, Some(&Field::Quantity));
        mapping.set(1, Some(&Field::Quantity));
        assert_eq!(
            fields(&mapping),
            [Some(Field::Item), Some(Field::Quantity), None, None]
        );
        assert_eq!(fields(&Mapping::recall(&grid, &mapping)), fields(&mapping));
    }

    #[test]
    fn a_mapping_made_by_hand_is_remembered_by_its_words() {
        let first = paste("Kenn\tFarbton\tStk\tEUR je Stk\nA1\trot\t5\t1.20\n").unwrap();
        let mut mapping = Mapping::guess(&first);
        mapping.header = Some(HeaderRows { first: 0, last: 0 });
        let mut mapping = Mapping::at(&first, mapping.header);
        for (index, field) in [
            (0, Field::Item),
            (1, Field::Colour),
            (2, Field::Quantity),
            (3, Field::UnitPrice),
        ] {
            mapping.set(index, Some(&field));
        }
        let stored: Mapping =
            serde_json::from_str(&serde_json::to_string(&mapping).unwrap()).unwrap();
        let next =
            paste("Bestellung 8\n\nPos\tKenn\tFarbton\tStk\tEUR je Stk\n1\tA1\trot\t5\t1.20\n")
                .unwrap();
        let recalled = Mapping::recall(&next, &stored);
        assert_eq!(recalled.header, Some(HeaderRows { first: 2, last: 2 }));
        assert_eq!(
            fields(&recalled),
            [
                Some(Field::Position),
                Some(Field::Item),
                Some(Field::Colour),
                Some(Field::Quantity),
                Some(Field::UnitPrice)
            ]
        );
    }

    #[test]
    fn a_second_column_of_one_field_is_left_out_but_descriptions_join() {
        let mapping = Mapping::guess(&paste("品名\tDescription\tQty\t数量\nx\ty\t1\t1\n").unwrap());
        assert_eq!(
            fields(&mapping),
            [
                Some(Field::Description),
                Some(Field::Description),
                Some(Field::Quantity),
                None
            ]
        );
    }
}
