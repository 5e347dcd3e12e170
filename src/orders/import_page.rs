//! The page of a sheet that is being read: what was found, what is doubtful, which column is what, and the lines.

use super::sheet_import::{CHOICES, Intake};
use super::sheet_words;
use crate::base::{T, format};
use crate::grid::Grid;
use crate::intake::columns::{Column, Mapping};
use crate::intake::field::Field;
use crate::intake::read::{Preview, PreviewLine};
use crate::intake::{Remark, RemarkKind, Severity};
use crate::web::{Page, Result, Tell};
use askama::Template;
use axum::response::Html;
use rust_decimal::Decimal;

/// The sheet was read anew in another window.
#[derive(Debug)]
pub(super) struct ReadAgain;

impl Tell for ReadAgain {
    fn tell(&self, t: T) -> String {
        t.orders_sheet_read_again().into()
    }
}

#[derive(Template)]
#[template(path = "orders/intake.html")]
pub(super) struct IntakePage {
    page: Page,
    id: String,
    file_name: String,
    customer: String,
    rev: String,
    preview: Preview,
    facts: Vec<(&'static str, String, String)>,
    remarks: Vec<Said>,
    columns: Vec<ColumnChoice>,
    fields: Vec<(String, String)>,
    importable: bool,
}

/// One remark in words, with what can be done about it.
struct Said {
    place: String,
    severity: Severity,
    text: String,
    /// Readings to choose from, as they are put into the cell.
    choices: Vec<(String, String)>,
    /// What stands there may be typed anew.
    correct: Option<String>,
}

impl Said {
    fn kind(&self) -> &'static str {
        match self.severity {
            Severity::Blocks => "no",
            Severity::Asked => "mind",
            Severity::Noted => "ok",
        }
    }
}

struct ColumnChoice {
    index: u32,
    letters: String,
    header: String,
    code: String,
    sample: String,
}

#[expect(
    clippy::ref_option,
    clippy::unused_self,
    reason = "the template calls these so"
)]
impl IntakePage {
    fn blocking(&self) -> usize {
        self.preview
            .remarks
            .iter()
            .filter(|remark| remark.severity == Severity::Blocks)
            .count()
    }

    fn sizes(&self, line: &PreviewLine) -> String {
        line.sizes
            .iter()
            .map(|(size, pieces)| format!("{size} {}", pieces.normalize()))
            .collect::<Vec<_>>()
            .join(" · ")
    }

    fn text(&self, value: &Option<String>) -> String {
        value.clone().unwrap_or_default()
    }

    fn figure(&self, value: &Option<Decimal>) -> String {
        value.map(format::number).unwrap_or_default()
    }

    fn amount(&self, value: &Option<Decimal>) -> String {
        value
            .map(|amount| format::fixed(amount, 2))
            .unwrap_or_default()
    }

    fn price(&self, value: &Option<Decimal>) -> String {
        value.map(super::lines::price_text).unwrap_or_default()
    }

    fn total(&self) -> String {
        format!(
            "{} {}",
            self.preview.currency.clone().unwrap_or_default(),
            format::fixed(self.preview.amount, 2)
        )
    }
}

pub(super) fn draw(
    page: Page,
    intake: Intake,
    grid: &Grid,
    mapping: &Mapping,
    preview: Preview,
) -> Result<Html<String>> {
    let t = page.t;
    let page = IntakePage {
        id: intake.id.to_string(),
        customer: intake.customer.name_en,
        file_name: intake.file_name,
        rev: intake.version.to_string(),
        facts: facts(t, &page, &preview),
        remarks: preview
            .remarks
            .iter()
            .map(|remark| said(t, remark))
            .collect(),
        columns: mapping
            .columns
            .iter()
            .map(|column| choice(grid, mapping, column))
            .collect(),
        fields: fields(t, mapping),
        importable: preview.is_importable(),
        preview,
        page,
    };
    Ok(Html(page.render()?))
}

fn said(t: T, remark: &Remark) -> Said {
    let (choices, correct) = match &remark.kind {
        RemarkKind::TwoReadings {
            decimal, grouped, ..
        } => (
            vec![
                (decimal.to_string(), decimal.to_string()),
                (grouped.to_string(), grouped.to_string()),
            ],
            None,
        ),
        RemarkKind::DayTwoReadings {
            day_first,
            month_first,
            ..
        } => (
            vec![
                (day_first.to_string(), day_first.to_string()),
                (month_first.to_string(), month_first.to_string()),
            ],
            None,
        ),
        RemarkKind::Unreadable { text, .. } => (Vec::new(), Some(text.clone())),
        RemarkKind::FormulaUnreadable { .. }
        | RemarkKind::QuantityMissing
        | RemarkKind::PriceMissing
        | RemarkKind::ItemMissing => (Vec::new(), Some(String::new())),
        RemarkKind::NotPositive { value, .. }
        | RemarkKind::TooManyDecimals { value }
        | RemarkKind::FractionOfPiece { value } => (Vec::new(), Some(value.to_string())),
        _ => (Vec::new(), None),
    };
    Said {
        place: remark.at.map(|place| place.to_string()).unwrap_or_default(),
        severity: remark.severity,
        text: sheet_words::tell(t, &remark.kind),
        choices,
        correct: correct.filter(|_| remark.at.is_some() && remark.severity != Severity::Noted),
    }
}

#[expect(clippy::too_many_lines, reason = "what one page shows, part by part")]
fn facts(t: T, page: &Page, preview: &Preview) -> Vec<(&'static str, String, String)> {
    let facts = &preview.facts;
    let mut found = Vec::new();
    let mut put = |label, value: Option<(String, String)>| {
        if let Some((value, place)) = value {
            found.push((label, value, place));
        }
    };
    let text = |fact: &Option<crate::intake::facts::Found<String>>| {
        fact.as_ref()
            .map(|fact| (fact.value.clone(), fact.at.to_string()))
    };
    put(t.orders_field_reference(), text(&facts.po_number));
    put(t.orders_field_customer(), text(&facts.customer));
    put(t.orders_sheet_supplier(), text(&facts.supplier));
    put(
        t.orders_sheet_order_day(),
        facts
            .order_day
            .as_ref()
            .map(|fact| (page.day_full(fact.value), fact.at.to_string())),
    );
    put(
        t.orders_field_delivery_on(),
        facts
            .delivery_day
            .as_ref()
            .map(|fact| (page.day_full(fact.value), fact.at.to_string())),
    );
    put(
        t.orders_field_incoterm(),
        facts.delivery_terms.as_ref().map(|fact| {
            let place = fact.value.place.clone().unwrap_or_default();
            (
                format!("{} {place}", fact.value.incoterm),
                fact.at.to_string(),
            )
        }),
    );
    put(t.orders_field_payment(), text(&facts.payment));
    put(t.orders_field_packing(), text(&facts.packing));
    put(t.orders_field_marks(), text(&facts.shipping_mark));
    found
}

fn choice(grid: &Grid, mapping: &Mapping, column: &Column) -> ColumnChoice {
    use crate::grid::Place;
    let first = mapping.first_line();
    ColumnChoice {
        letters: Place::new(0, column.index).letters(),
        header: column.header.clone(),
        code: code_of(column.field.as_ref()),
        sample: grid
            .shown(Place::new(first, column.index))
            .trimmed()
            .chars()
            .take(40)
            .collect(),
        index: column.index,
    }
}

/// The word a field is sent as; size columns carry their size.
pub(super) fn code_of(field: Option<&Field>) -> String {
    match field {
        None | Some(Field::Ignored) => String::new(),
        Some(field) => serde_json::to_string(field).unwrap_or_default(),
    }
}

pub(super) fn field_of(code: &str) -> Option<Field> {
    serde_json::from_str(code).ok()
}

/// Fields a column may be mapped to: the usual ones, and every other the sheet has now.
fn fields(t: T, mapping: &Mapping) -> Vec<(String, String)> {
    let mut all: Vec<Field> = CHOICES.to_vec();
    for field in mapping
        .columns
        .iter()
        .filter_map(|column| column.field.clone())
    {
        if !all.contains(&field) && field != Field::Ignored {
            all.push(field);
        }
    }
    all.iter()
        .map(|field| (code_of(Some(field)), sheet_words::field(t, field)))
        .collect()
}
