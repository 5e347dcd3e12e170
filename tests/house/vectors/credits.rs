//! Vectors of the letter of credit: the last day to present, and what may be drawn.

use super::{Engine, Outcome, day, decimal, run, text};
use gendan::credits::deadline::{BankDays, deadline};
use gendan::credits::tolerance::{self, Stated};
use serde_json::{Value, json};

pub(super) const ENGINES: &[Engine] = &[
    Engine {
        name: "lc_presentation_deadline",
        topic: "Last day to present under a credit",
        answer: last_day,
    },
    Engine {
        name: "lc_tolerance",
        topic: "Amount and quantity ranges a drawing may use",
        answer: ranges,
    },
];

fn last_day(_: &Value, case: &Value) -> Outcome<Value> {
    let input = &case["input"];
    let closed = input["bank_closed_dates"].as_array().ok_or("no dates")?;
    let closed = closed.iter().map(day).collect::<Outcome<Vec<_>>>()?;
    let period = match &input["presentation_days"] {
        Value::Null => None,
        days => Some(super::count::<u32>(days)?),
    };
    let found = deadline(
        day(&input["shipment_date"])?,
        day(&input["expiry_date"])?,
        period,
        &BankDays::closed_on(closed),
    );
    Ok(json!({
        "effective_expiry": found.expiry.to_string(),
        "last_day_by_period": found.by_period.to_string(),
        "last_day_to_present": found.last.to_string(),
        "governing": found.governing.code(),
        "extended_by_29a": found.extended,
    }))
}

fn ranges(_: &Value, case: &Value) -> Outcome<Value> {
    let input = &case["input"];
    let optional = |value: &Value| match value {
        Value::Null => Ok(None),
        value => decimal(value).map(Some),
    };
    let plus_minus = match &input["field_39A"] {
        Value::Null => None,
        stated => {
            let (plus, minus) = text(stated)?.split_once('/').ok_or("no slash")?;
            Some((plus.parse()?, minus.parse()?))
        }
    };
    let stated = Stated {
        amount: decimal(&input["amount"])?,
        amount_about: input["amount_about"] == true,
        plus_minus,
        partial_allowed: input["partial"] == "ALLOWED",
        quantity: decimal(&input["qty"])?,
        bulk: input["unit_class"] == "bulk",
        quantity_about: input["qty_about"] == true,
        quantity_percent: optional(&input["qty_tolerance_pct"])?,
    };
    let (amount, quantity) = (tolerance::amount(&stated), tolerance::quantity(&stated));
    Ok(json!({
        "amount_max": amount.max.to_string(),
        "amount_min": amount.min.to_string(),
        "qty_max": quantity.max.to_string(),
        "qty_min": quantity.min.to_string(),
    }))
}

#[test]
fn the_last_day_to_present() -> Outcome {
    run("lc_presentation_deadline")
}

#[test]
fn what_may_be_drawn() -> Outcome {
    run("lc_tolerance")
}
