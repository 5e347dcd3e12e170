//! Difference 差异: what a revision changes against the last approved one, changed totals first, then terms, then
//! lines added, removed and changed.

use super::content::Content;
use crate::base::{T, payment_words};
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
    let shown = |value: &str| match path {
        "payment" if !value.is_empty() => payment_words::word(t, value),
        _ => value.to_owned(),
    };
    Row {
        name,
        before: shown(before),
        after: shown(after),
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

/// The field's name in the reader's language.
#[expect(clippy::too_many_lines, reason = "one name a field of the paper")]
fn field_name(t: T, path: &str) -> &'static str {
    match path {
        "total" => t.proforma_field_total(),
        "goods_total" => t.proforma_field_goods_total(),
        "discount_percent" => t.proforma_field_discount(),
        "adjustments" => t.proforma_adjustments(),
        "discount_reason" => t.proforma_field_discount_reason(),
        "customer_reference" => t.proforma_field_customer_reference(),
        "incoterm" => t.proforma_field_incoterm(),
        "place" => t.proforma_field_place(),
        "payment" => t.proforma_field_payment(),
        "tolerance" => t.proforma_field_tolerance(),
        "delivery_on" => t.proforma_field_delivery_on(),
        "delivery" => t.proforma_field_delivery(),
        "dated" => t.proforma_field_dated(),
        "valid_until" => t.proforma_field_valid_until(),
        "buyer" => t.proforma_field_buyer(),
        "consignee" => t.proforma_field_consignee(),
        "notify" => t.proforma_field_notify(),
        "loading_port" => t.proforma_field_loading_port(),
        "discharge_port" => t.proforma_field_discharge_port(),
        "partial_shipment" => t.proforma_field_partial_shipment(),
        "transhipment" => t.proforma_field_transhipment(),
        "packing" => t.proforma_field_packing(),
        "marks" => t.proforma_field_marks(),
        "insurance" => t.proforma_field_insurance(),
        "documents" => t.proforma_field_documents(),
        "inspection" => t.proforma_field_inspection(),
        "remarks" => t.proforma_field_remarks(),
        "paper_lang" => t.proforma_field_paper_lang(),
        "seller" => t.proforma_field_seller(),
        "account" => t.proforma_field_account(),
        "item_no" => t.orders_column_item(),
        "description_en" => t.orders_column_description(),
        "description_zh" => t.orders_column_description_zh(),
        "colour" => t.orders_column_colour(),
        "sizes" => t.orders_column_sizes(),
        "quantity" => t.orders_column_quantity(),
        "unit" => t.orders_column_unit(),
        "unit_price" => t.orders_column_price(),
        "amount" => t.orders_column_amount(),
        "hs_code" => t.orders_column_hs_code(),
        "cartons" => t.orders_column_cartons(),
        "gross_kg" => t.orders_column_gross(),
        "net_kg" => t.orders_column_net(),
        "cbm" => t.orders_column_volume(),
        _ => t.orders_column_remark(),
    }
}
