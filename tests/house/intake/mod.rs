//! Reading customers' order sheets and a factory's packing list, from the bytes to the preview.
//!
//! `samples` are files as they are sent, faults included; `doubts` is what must be asked or pointed at; `harm` is files
//! that are refused.

mod doubts;
mod harm;
mod samples;

use gendan::grid::file;
use gendan::grid::{Grid, Place};
use gendan::intake::columns::{Mapping, has_table};
use gendan::intake::read::{Preview, PreviewLine, preview};
use gendan::intake::{Hints, Remark, RemarkKind, Severity};
use rust_decimal::Decimal;

fn sample(name: &str) -> Grid {
    let path = format!("{}/tests/samples/{name}", env!("CARGO_MANIFEST_DIR"));
    file::read(name, &std::fs::read(path).unwrap(), has_table).unwrap()
}

fn hints(country: &str) -> Hints {
    Hints {
        country: Some(country.to_owned()),
        currency: Some("USD".to_owned()),
        year: 2026,
        our_names: vec!["Ningbo Hanyu Import & Export (Demo) Co., Ltd.".to_owned()],
        customer_names: vec!["Hanse Textilkontor GmbH".to_owned()],
    }
}

fn read(grid: &Grid, hints: &Hints) -> Preview {
    preview(grid, &Mapping::guess(grid), hints)
}

fn pasted(text: &str) -> Preview {
    read(&file::paste(text).unwrap(), &hints("DE"))
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn at<'a>(remarks: &'a [Remark], place: &str) -> Vec<&'a RemarkKind> {
    let place: Place = place.parse().unwrap();
    remarks
        .iter()
        .filter(|remark| remark.at == Some(place))
        .map(|remark| &remark.kind)
        .collect()
}

fn blocking(preview: &Preview) -> Vec<&RemarkKind> {
    preview
        .remarks
        .iter()
        .filter(|remark| remark.severity == Severity::Blocks)
        .map(|remark| &remark.kind)
        .collect()
}

/// A line in one text: row, item, colour, sizes, quantity, price, amount, and the amount of the sheet.
fn shown(line: &PreviewLine) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let figure = |value: Option<Decimal>| {
        value.map_or("?".to_owned(), |value| value.normalize().to_string())
    };
    let sizes: Vec<String> = line
        .sizes
        .iter()
        .map(|(size, pieces)| format!("{size} {pieces}"))
        .collect();
    format!(
        "{}: {}, {}; {}; {} × {} = {} ({})",
        line.row,
        text(&line.item),
        text(&line.colour),
        sizes.join(" "),
        figure(line.quantity),
        figure(line.unit_price),
        figure(line.amount),
        figure(line.amount_stated)
    )
}
