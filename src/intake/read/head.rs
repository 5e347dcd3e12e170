//! The sheet as a whole 全表: its columns, decimal signs, currency and parties, and what they give cause to say.

use std::collections::{BTreeSet, HashMap};

use crate::grid::number::{self, Mark};
use crate::grid::{Grid, Kind, Place};
use crate::intake::columns::Mapping;
use crate::intake::facts::{DeliveryTerms, Facts, Found, delivery_terms};
use crate::intake::field::{self, Field, bare};
use crate::intake::{Hints, RemarkKind, Remarks};

use super::sheet::mark_key;

/// What the columns themselves give cause to say.
pub(super) fn columns(grid: &Grid, mapping: &Mapping, remarks: &mut Remarks) {
    let mapped = mapping.columns.iter().any(|column| column.field.is_some());
    if mapping.header.is_none() && !mapped {
        return remarks.blocks(None, RemarkKind::NoHeader);
    }
    let has = |field: Field| mapping.find(&field).is_some();
    let missing = |field: Field| RemarkKind::ColumnMissing { field };
    if !has(Field::Item) && !has(Field::Description) {
        remarks.blocks(None, missing(Field::Item));
    }
    if !has(Field::Quantity) && mapping.sizes().next().is_none() {
        remarks.blocks(None, missing(Field::Quantity));
    }
    if !has(Field::UnitPrice) {
        remarks.asked(None, missing(Field::UnitPrice));
    }
    unread_columns(grid, mapping, remarks);
    if !grid.other_sheets.is_empty() {
        let names = grid.other_sheets.clone();
        remarks.noted(None, RemarkKind::OtherSheets { names });
    }
}

fn unread_columns(grid: &Grid, mapping: &Mapping, remarks: &mut Remarks) {
    let head = mapping.header.map_or(0, |rows| rows.last);
    let lines = mapping.first_line()..grid.height();
    for column in mapping
        .columns
        .iter()
        .filter(|column| column.field.is_none())
    {
        let at = Place::new(head, column.index);
        let header = column.header.clone();
        let cells = || {
            lines
                .clone()
                .map(|row| grid.cell(Place::new(row, column.index)))
        };
        match field::recognise(&header) {
            Some(field) if mapping.find(&field).is_some() => {
                remarks.asked(at, RemarkKind::ColumnTwice { field, header });
            }
            // Numbers left out may be pieces of a size nobody recognised.
            _ if cells().any(|cell| matches!(cell.kind, Kind::Number(_))) => {
                remarks.asked(at, RemarkKind::ColumnUnknown { header });
            }
            _ if cells().any(|cell| !cell.is_empty()) => {
                remarks.noted(at, RemarkKind::ColumnUnknown { header });
            }
            _ => {}
        }
    }
}

/// The decimal sign of each numeric column, from all its texts together.
pub(super) fn marks(grid: &Grid, mapping: &Mapping, remarks: &mut Remarks) -> HashMap<Field, Mark> {
    let mut texts: HashMap<Field, (Vec<&str>, bool, Place)> = HashMap::new();
    for column in &mapping.columns {
        let Some(
            field @ (Field::SizeQuantity(_) | Field::Quantity | Field::UnitPrice | Field::Amount),
        ) = &column.field
        else {
            continue;
        };
        let head = Place::new(mapping.header.map_or(0, |rows| rows.last), column.index);
        let entry = texts
            .entry(mark_key(field))
            .or_insert((Vec::new(), false, head));
        for row in mapping.first_line()..grid.height() {
            let cell = grid.cell(Place::new(row, column.index));
            match cell.kind {
                Kind::Text => entry.0.push(cell.trimmed()),
                Kind::Number(_) => entry.1 = true,
                _ => {}
            }
        }
    }
    let mut marks = HashMap::new();
    for (field, (texts, typed, head)) in texts {
        if let Some(mark) = number::column_mark(texts.into_iter(), typed) {
            if mark == Mark::Comma {
                remarks.noted(
                    head,
                    RemarkKind::CommaColumn {
                        field: field.clone(),
                    },
                );
            }
            marks.insert(field, mark);
        }
    }
    marks
}

/// Every currency the sheet names outside its lines.
pub(super) fn currencies(mapping: &Mapping, facts: &Facts) -> Vec<String> {
    let heads = mapping
        .columns
        .iter()
        .filter_map(|column| column.currency.clone());
    let named: BTreeSet<String> = facts
        .currency
        .iter()
        .map(|found| found.value.clone())
        .chain(heads)
        .collect();
    named.into_iter().collect()
}

pub(super) fn decimals(currency: Option<&String>) -> u32 {
    match currency.map(String::as_str) {
        Some("JPY" | "KRW" | "VND" | "CLP") => 0,
        _ => 2,
    }
}

/// `FOB Ningbo` over the price column.
pub(super) fn terms_of_header(mapping: &Mapping) -> Option<Found<DeliveryTerms>> {
    let column = mapping.find(&Field::UnitPrice)?;
    let words: Vec<&str> = column
        .header
        .split([' ', '(', ')', '/'])
        .filter(|word| {
            number::currency(word).is_none() && field::recognise(word) != Some(Field::Quantity)
        })
        .collect();
    let mut value = delivery_terms(&words.join(" "))?;
    // What stands behind the code here is `Price` as often as a port.
    value.place = value
        .place
        .filter(|place| field::recognise(place).is_none());
    Some(Found {
        value,
        at: Place::new(mapping.header?.last, column.index),
    })
}

/// A name that is not ours or not the customer's is asked, never refused: people order by many names.
pub(super) fn parties(facts: &Facts, hints: &Hints, remarks: &mut Remarks) {
    let unknown = |found: &Option<Found<String>>, names: &[String]| {
        let found = found.as_ref()?;
        let said = bare(&found.value);
        let known = names
            .iter()
            .map(|name| bare(name))
            .any(|name| !name.is_empty() && (said.contains(&name) || name.contains(&said)));
        (!known && !names.is_empty()).then(|| (found.at, found.value.clone()))
    };
    if let Some((at, name)) = unknown(&facts.customer, &hints.customer_names) {
        remarks.asked(at, RemarkKind::CustomerUnknown { name });
    }
    if let Some((at, name)) = unknown(&facts.supplier, &hints.our_names) {
        remarks.asked(at, RemarkKind::SupplierUnknown { name });
    }
}

/// The one currency of the sheet, or the customer's usual one.
pub(super) fn currency(named: &[String], hints: &Hints, remarks: &mut Remarks) -> Option<String> {
    match named {
        [] => {
            let taken = hints.currency.clone();
            remarks.asked(
                None,
                RemarkKind::CurrencyMissing {
                    taken: taken.clone(),
                },
            );
            taken
        }
        [found] => {
            if let Some(usual) = hints.currency.as_ref().filter(|usual| *usual != found) {
                let (found, usual) = (found.clone(), usual.clone());
                remarks.asked(None, RemarkKind::CurrencyOther { found, usual });
            }
            Some(found.clone())
        }
        several => {
            let found = several.to_vec();
            remarks.blocks(None, RemarkKind::CurrencyMixed { found });
            None
        }
    }
}
