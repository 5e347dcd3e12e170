//! Pasted rows 粘贴: a table copied from a workbook goes into the line sheet without scripts.

use super::sheet::COLUMNS;
use crate::grid::{Place, file};
use crate::intake::columns::Mapping;
use crate::intake::field::Field;
use crate::web::Fields;

/// Without scripts: rows pasted into the text field go under the rows that are there. A first row of known heads says
/// which column is which; without it they stand in the order of the sheet.
pub fn paste(fields: &mut Fields) {
    let grid = pasted_rows(fields.get("pasted"));
    let first_free = (0..fields.rows("lines"))
        .rev()
        .find(|row| row_has_text(fields, *row))
        .map_or(0, |row| row + 1);
    for (row, cells) in (first_free..).zip(grid) {
        for (column, value) in cells {
            fields.set(&format!("lines[{row}][{column}]"), value);
        }
    }
    fields.set("pasted", "");
}

fn row_has_text(fields: &Fields, row: usize) -> bool {
    COLUMNS
        .iter()
        .any(|column| !fields.cell("lines", row, column).is_empty())
}

/// A pasted table as columns of the sheet: by its head where it has one, else in the order of the sheet.
fn pasted_rows(text: &str) -> Vec<Vec<(String, String)>> {
    let Ok(grid) = file::paste(text) else {
        return Vec::new();
    };
    let mapping = Mapping::guess(&grid);
    (mapping.first_line()..grid.height())
        .map(|row| {
            (0..grid.width())
                .filter_map(|index| {
                    let text = grid.cell(Place::new(row, index)).trimmed().to_owned();
                    Some((sheet_column(&mapping, index)?.to_owned(), text))
                        .filter(|(_, text)| !text.is_empty())
                })
                .collect::<Vec<_>>()
        })
        .filter(|cells| !cells.is_empty())
        .collect()
}

/// Columns of a table without a head, as people copy them.
const PLAIN: [&str; 6] = [
    "style",
    "description",
    "colour",
    "quantity",
    "unit",
    "price",
];

fn sheet_column(mapping: &Mapping, index: u32) -> Option<&'static str> {
    let column = mapping
        .columns
        .iter()
        .find(|column| column.index == index)?;
    if mapping.header.is_none() {
        return PLAIN.get(usize::try_from(index).ok()?).copied();
    }
    Some(match column.field.as_ref()? {
        Field::Item => "style",
        Field::Description => "description",
        Field::Colour => "colour",
        Field::Size => "size",
        Field::Quantity => "quantity",
        Field::Unit => "unit",
        Field::UnitPrice => "price",
        Field::HsCode => "hs_code",
        Field::Delivery => "delivery",
        Field::Cartons => "cartons",
        Field::GrossWeight(_) => "gross_weight",
        Field::NetWeight(_) => "net_weight",
        Field::Volume(_) => "volume",
        Field::Remark => "remark",
        _ => return None,
    })
}
