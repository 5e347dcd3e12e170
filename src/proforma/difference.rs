//! Difference 差异: what a revision changes against the last approved one, changed totals first, then terms, then
//! lines added, removed and changed.

use super::content::{Content, field_name};
use crate::base::T;
use std::collections::BTreeMap;

/// One row of the difference table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub name: String,
    pub before: String,
    pub after: String,
    pub kind: String,
    /// The first and heaviest: the total.
    pub lead: bool,
    pub figure: bool,
    pub same: bool,
}

/// Fields that read as figures and stand right-aligned.
const FIGURES: [&str; 11] = [
    "total",
    "goods_total",
    "discount_percent",
    "tolerance",
    "quantity",
    "unit_price",
    "amount",
    "cartons",
    "gross_kg",
    "net_kg",
    "cbm",
];

/// Rows for what differs; empty when nothing does.
pub fn rows(t: T, before: &Content, after: &Content) -> Vec<Row> {
    let (old, new) = (before.printed(), after.printed());
    let mut rows: Vec<Row> = new
        .iter()
        .filter(|(path, _)| !path.starts_with("lines."))
        .filter_map(|(path, value)| {
            let was = old
                .iter()
                .find(|(other, _)| other == path)
                .map_or("", |(_, value)| value.as_str());
            (was != value).then(|| row(t, field_name(t, path).to_owned(), (was, value), path))
        })
        .collect();
    rows.extend(line_rows(t, before, after));
    rows
}

fn row(t: T, name: String, (before, after): (&str, &str), path: &str) -> Row {
    let kind = match (before.is_empty(), after.is_empty()) {
        (true, _) => t.proforma_kind_added(),
        (_, true) => t.proforma_kind_removed(),
        _ => t.proforma_kind_changed(),
    };
    Row {
        name,
        before: before.to_owned(),
        after: after.to_owned(),
        kind: kind.to_owned(),
        lead: path == "total",
        figure: FIGURES.contains(&path),
        same: false,
    }
}

#[expect(clippy::too_many_lines, reason = "one row a field of a line")]
fn line_rows(t: T, before: &Content, after: &Content) -> Vec<Row> {
    let mut rows = Vec::new();
    let whole = |content: &Content, place: usize| {
        content
            .lines
            .get(place)
            .map(|line| {
                format!(
                    "{} · {} {} × {}",
                    line.name(),
                    line.quantity.normalize(),
                    line.unit,
                    line.unit_price.normalize()
                )
            })
            .unwrap_or_default()
    };
    for (place, line) in after.lines.iter().enumerate() {
        let name = t.proforma_line_name(place + 1, line.name());
        if !before.lines.iter().any(|old| old.line == line.line) {
            rows.push(row(t, name, ("", &whole(after, place)), "line"));
            continue;
        }
        let columns = |content: &Content| -> BTreeMap<String, String> {
            let head = format!("lines.{}.", line.line);
            content
                .printed()
                .into_iter()
                .filter_map(|(path, value)| {
                    path.strip_prefix(&head)
                        .map(|column| (column.to_owned(), value))
                })
                .collect()
        };
        let (old, new) = (columns(before), columns(after));
        for (column, value) in &new {
            let was = old.get(column).map_or("", String::as_str);
            if was != value {
                let name = format!("{name} · {}", field_name(t, column));
                rows.push(row(t, name, (was, value), column));
            }
        }
    }
    for (place, line) in before.lines.iter().enumerate() {
        if !after.lines.iter().any(|new| new.line == line.line) {
            rows.push(row(
                t,
                t.proforma_line_name(place + 1, line.name()),
                (&whole(before, place), ""),
                "line",
            ));
        }
    }
    rows
}
