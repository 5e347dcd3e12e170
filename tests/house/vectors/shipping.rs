//! Vectors of containers, volumes and weights.

use super::{Engine, Outcome, count, decimal, run, text};
use gendan::shipping::vgm::{Method, Note, Problem};
use gendan::shipping::volume::{CartonLine, ContainerType, Measure, Pieces};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

pub(super) const ENGINES: &[Engine] = &[
    Engine {
        name: "container_vgm",
        topic: "SOLAS verified gross mass",
        answer: vgm,
    },
    Engine {
        name: "container_cbm",
        topic: "Carton volume, weight, container count, LCL revenue tons",
        answer: volume,
    },
    Engine {
        name: "air_courier_chargeable",
        topic: "Chargeable weight for samples and air freight",
        answer: chargeable,
    },
];

/// A weight that is not noted stands as null or not at all.
fn weight(value: &Value) -> Outcome<Option<Decimal>> {
    if value.is_null() {
        Ok(None)
    } else {
        decimal(value).map(Some)
    }
}

fn vgm(_: &Value, case: &Value) -> Outcome<Value> {
    let input = &case["input"];
    let note = Note {
        method: input["method"].as_i64().and_then(Method::of),
        weighed: weight(&input["weighed_gross_kg"])?,
        cargo: weight(&input["cargo_gross_kg"])?,
        dunnage: weight(&input["dunnage_kg"])?,
        tare: weight(&input["tare_kg"])?,
        max_gross: decimal(&input["max_gross_kg"])?,
        signed_by: input["signed_by"].as_str().unwrap_or_default(),
    };
    let verified = note.verify();
    let problems: Vec<&str> = verified
        .problems
        .iter()
        .copied()
        .map(Problem::key)
        .collect();
    Ok(json!({
        "vgm_kg": verified.mass.map(|mass| mass.to_string()),
        "problems": problems,
        "ok": verified.is_ok(),
    }))
}

fn volume(_: &Value, case: &Value) -> Outcome<Value> {
    let lines = case["input"]["lines"].as_array().ok_or("no lines")?;
    let mut measures = Vec::new();
    for line in lines {
        let cartons = CartonLine {
            quantity: count(&line["qty"])?,
            per_carton: count(&line["pcs_per_carton"])?,
            length: decimal(&line["l_cm"])?,
            width: decimal(&line["w_cm"])?,
            height: decimal(&line["h_cm"])?,
            gross: decimal(&line["gw_kg"])?,
            net: decimal(&line["nw_kg"])?,
        };
        measures.push(cartons.measure().map_err(|_| "impossible carton")?);
    }
    let sum = Measure::sum(&measures);
    let plans = ContainerType::ALL.map(ContainerType::usual_plan);
    let needed: Map<String, Value> = plans
        .iter()
        .map(|plan| {
            (
                plan.kind.key().to_owned(),
                json!(plan.needed(sum.cbm, sum.gross_kg)),
            )
        })
        .collect();
    let mut answer = measure(&sum);
    answer["lines"] = measures.iter().map(measure).collect();
    answer["containers_needed"] = Value::Object(needed);
    answer["smallest_single"] = json!(sum.smallest_single(&plans).map(ContainerType::key));
    answer["lcl_revenue_tons"] = json!(sum.revenue_tons().to_string());
    Ok(answer)
}

fn measure(measure: &Measure) -> Value {
    json!({
        "cartons": measure.cartons,
        "cbm": measure.cbm.to_string(),
        "gross_kg": measure.gross_kg.to_string(),
        "net_kg": measure.net_kg.to_string(),
    })
}

fn chargeable(_: &Value, case: &Value) -> Outcome<Value> {
    let input = &case["input"];
    if !matches!(text(&input["kind"])?, "air" | "courier") {
        return Err("unknown kind".into());
    }
    let pieces = Pieces {
        length: decimal(&input["l_cm"])?,
        width: decimal(&input["w_cm"])?,
        height: decimal(&input["h_cm"])?,
        pieces: count(&input["pieces"])?,
        gross: decimal(&input["gw_per_piece_kg"])?,
    };
    let weights = pieces
        .chargeable(count(&input["divisor"])?)
        .ok_or("impossible piece")?;
    Ok(json!({
        "volume_weight_kg": weights.volume_weight.to_string(),
        "actual_kg": weights.actual.to_string(),
        "chargeable_kg": weights.chargeable.to_string(),
    }))
}

#[test]
fn vector_verified_gross_mass() -> Outcome {
    run("container_vgm")
}

#[test]
fn vector_volume_and_containers() -> Outcome {
    run("container_cbm")
}

#[test]
fn vector_chargeable_weight() -> Outcome {
    run("air_courier_chargeable")
}
