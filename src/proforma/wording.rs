//! Wording 文本 of a proforma invoice: what its own fields hold as they are typed, and what changed in them.

use super::adjustment;
use super::invoice::{Draft, Wording};
use crate::base::{T, typed};
use crate::history::event::Change;
use crate::web::{Faults, Fields};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Fields of the form beside the line sheet and the order's terms.
pub(super) const FIELDS: [&str; 18] = [
    "paper_lang",
    "account",
    "dated",
    "valid_until",
    "buyer",
    "consignee",
    "notify",
    "loading_port",
    "discharge_port",
    "partial_shipment",
    "transhipment",
    "delivery",
    "insurance",
    "documents",
    "inspection",
    "remarks",
    "discount_percent",
    "discount_reason",
];

/// What the journal says of an edit.
pub(super) fn changes(before: &Draft, after: &Draft) -> Vec<Change> {
    let flat = |draft: &Draft| -> Vec<(String, String)> {
        let value = serde_json::to_value(&draft.wording).unwrap_or_default();
        let mut pairs: Vec<(String, String)> = value
            .as_object()
            .map(|map| {
                // Left out where there are none; said below in words.
                map.iter()
                    .filter(|(name, _)| *name != "adjustments")
                    .map(|(name, value)| (name.clone(), text_of(value)))
                    .collect()
            })
            .unwrap_or_default();
        pairs.push((
            "adjustments".to_owned(),
            adjustment::said(&draft.wording.adjustments),
        ));
        pairs.push((
            "account".to_owned(),
            draft.account.map(|id| id.to_string()).unwrap_or_default(),
        ));
        pairs
    };
    flat(before)
        .into_iter()
        .zip(flat(after))
        .filter_map(|((name, from), (_, to))| Change::between(&name, &from, &to))
        .collect()
}

fn text_of(value: &serde_json::Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Reads the paper's own fields; every fault at its field.
#[expect(
    clippy::too_many_lines,
    reason = "one form, field by field, in the order of the page"
)]
pub(super) fn read(fields: &Fields, faults: &mut Faults) -> Wording {
    let mut text = |name: &str, most: usize| -> String {
        let value = fields.get(name);
        if value.chars().count() > most {
            faults.add(name, T::orders_text_too_long);
        }
        value.chars().take(most).collect()
    };
    let (buyer, consignee, notify) = (
        text("buyer", 600),
        text("consignee", 600),
        text("notify", 600),
    );
    let (loading_port, discharge_port) = (text("loading_port", 80), text("discharge_port", 80));
    let (delivery, insurance, documents) = (
        text("delivery", 500),
        text("insurance", 500),
        text("documents", 1_000),
    );
    let (inspection, remarks) = (text("inspection", 500), text("remarks", 2_000));
    let discount_reason = text("discount_reason", 300);
    let one_of = |name: &str, choices: &[&str]| -> String {
        let value = fields.get(name);
        choices
            .iter()
            .find(|choice| **choice == value)
            .or(choices.first())
            .map_or_else(String::new, |choice| (*choice).to_owned())
    };
    let dated = read_day(fields, "dated", faults);
    let valid_until = read_day(fields, "valid_until", faults);
    if let (Some(dated), Some(valid_until)) = (dated, valid_until)
        && valid_until < dated
    {
        faults.add("valid_until", T::proforma_valid_before_dated);
    }
    let dated = dated.unwrap_or_default();
    let discount_percent = read_percent(fields, faults);
    if !discount_percent.is_zero() && discount_reason.is_empty() {
        faults.add("discount_reason", T::orders_reason_missing);
    }
    Wording {
        paper_lang: one_of("paper_lang", &["en", "zh-CN", "both"]),
        dated,
        valid_until: valid_until.unwrap_or(dated),
        buyer,
        consignee,
        notify,
        loading_port,
        discharge_port,
        partial_shipment: one_of("partial_shipment", &["allowed", "not_allowed"]),
        transhipment: one_of("transhipment", &["allowed", "not_allowed"]),
        delivery,
        insurance,
        documents,
        inspection,
        remarks,
        discount_percent,
        discount_reason,
        adjustments: adjustment::read(fields, faults),
    }
}

fn read_day(fields: &Fields, name: &'static str, faults: &mut Faults) -> Option<NaiveDate> {
    let day = typed::day(fields.get(name));
    if day.is_none() {
        faults.add(name, T::orders_not_a_day);
    }
    day
}

fn read_percent(fields: &Fields, faults: &mut Faults) -> Decimal {
    let text = fields.get("discount_percent");
    if text.is_empty() {
        return Decimal::ZERO;
    }
    match typed::figure(text) {
        Some(percent)
            if percent >= Decimal::ZERO
                && percent < Decimal::ONE_HUNDRED
                && percent.normalize().scale() <= 2 =>
        {
            percent
        }
        _ => {
            faults.add("discount_percent", T::proforma_not_a_percent);
            Decimal::ZERO
        }
    }
}
