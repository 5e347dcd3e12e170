//! Vectors of sampling 验货抽样.

use super::{Engine, Outcome, count, run, text};
use gendan::production::aql::{Aql, Class, Found, Inspection, Level, Plan};
use serde_json::{Value, json};

pub(super) const ENGINES: &[Engine] = &[
    Engine {
        name: "aql_iso2859_1",
        topic: "ISO 2859-1 single sampling, normal inspection",
        answer: one_class,
    },
    Engine {
        name: "aql_multi_class",
        topic: "Garment style inspection: critical 0 / major / minor in one inspection",
        answer: three_classes,
    },
];

fn level(input: &Value) -> Outcome<Level> {
    Level::parse(text(&input["level"])?).ok_or_else(|| "unknown level".into())
}

fn aql(value: &Value) -> Outcome<Aql> {
    Aql::parse(text(value)?).ok_or_else(|| "unknown AQL".into())
}

fn one_class(_: &Value, case: &Value) -> Outcome<Value> {
    let input = &case["input"];
    let lot = count(&input["lot_size"])?;
    let plan = Plan::of(lot, level(input)?, aql(&input["aql"])?).ok_or("empty lot")?;
    let mut answer = json!({
        "code_letter": plan.code_letter.to_string(),
        "plan_letter": plan.plan_letter.to_string(),
        "sample_size": plan.sample_size,
        "table_sample_size": plan.table_sample_size,
        "accept": plan.accept,
        "reject": plan.reject,
        "full_inspection": plan.is_full_inspection(lot),
        "arrow": plan.is_by_arrow(),
    });
    if let Some(found) = input.get("defects_found") {
        answer["verdict"] = json!(plan.judge(count(found)?).key());
    }
    Ok(answer)
}

fn three_classes(_: &Value, case: &Value) -> Outcome<Value> {
    let input = &case["input"];
    // Nothing but nought is ever asked for critical defects; another figure would need another engine.
    if input["critical_aql"] != "0" {
        return Err("critical defects are never accepted".into());
    }
    let lot = count(&input["lot_size"])?;
    let (major, minor) = (aql(&input["major_aql"])?, aql(&input["minor_aql"])?);
    let inspection = Inspection::of(lot, level(input)?, major, minor).ok_or("empty lot")?;
    let found = Found {
        critical: count(&input["found"]["critical"])?,
        major: count(&input["found"]["major"])?,
        minor: count(&input["found"]["minor"])?,
    };
    let class = |plan: &Plan| {
        json!({
            "sample_size": plan.sample_size,
            "accept": plan.accept,
            "reject": plan.reject,
        })
    };
    let failed: Vec<&str> = inspection
        .failed(&found)
        .into_iter()
        .map(Class::key)
        .collect();
    Ok(json!({
        "sample_to_draw": inspection.to_draw(),
        "major": class(&inspection.major),
        "minor": class(&inspection.minor),
        "critical": {"accept": 0, "reject": 1},
        "failed_classes": failed,
        "verdict": inspection.judge(&found).key(),
    }))
}

#[test]
fn vector_sampling_of_one_class() -> Outcome {
    run("aql_iso2859_1")
}

#[test]
fn vector_sampling_of_three_classes() -> Outcome {
    run("aql_multi_class")
}
