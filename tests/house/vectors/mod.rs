//! Vectors 判例: cases worked out beforehand, run through the engines.
//!
//! Each file in `tests/vectors` (or in the folder `GENDAN_VECTORS` names) is one topic. An engine here turns a case
//! into the answer of our code, written as the file writes it; every word and every decimal has to agree.

#![cfg(test)]

mod aql;
mod codes;
mod credits;
mod finance;
mod shipping;
mod terms;

use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::error::Error;
use std::io::Write;
use std::path::PathBuf;

/// Failing tests say why in their error, so that the helpers here need neither panic nor unwrap.
type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// Our answer to one case; the whole file comes along for what all its cases share.
type Answer = fn(file: &Value, case: &Value) -> Outcome<Value>;

/// One topic we have an engine for. The topic is repeated so that a file that changed its meaning fails.
struct Engine {
    name: &'static str,
    topic: &'static str,
    answer: Answer,
}

/// Files whose engine is still to be written. Empty when all is done.
const NOT_YET: &[&str] = &[
    "lc_amendment_mt707",
    "lc_examination",
    "lc_mt700_parse",
    "time_action_plan",
];

fn engines() -> impl Iterator<Item = &'static Engine> {
    [
        codes::ENGINES,
        terms::ENGINES,
        aql::ENGINES,
        shipping::ENGINES,
        finance::ENGINES,
        credits::ENGINES,
    ]
    .into_iter()
    .flatten()
}

fn folder() -> PathBuf {
    std::env::var_os("GENDAN_VECTORS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors"),
        PathBuf::from,
    )
}

/// Runs every case of one file and names all that disagree.
fn run(name: &str) -> Outcome {
    let engine = engines()
        .find(|engine| engine.name == name)
        .ok_or("no such engine")?;
    let path = folder().join(format!("{name}.json"));
    let content =
        std::fs::read_to_string(&path).map_err(|fault| format!("{}: {fault}", path.display()))?;
    let file: Value = serde_json::from_str(&content)?;
    if file["topic"] != engine.topic {
        return Err(format!("{name}: unknown topic {}", file["topic"]).into());
    }
    let cases = file["cases"].as_array().ok_or("no cases")?;
    let mut wrong = Vec::new();
    for case in cases {
        let ours =
            (engine.answer)(&file, case).unwrap_or_else(|fault| Value::from(fault.to_string()));
        let expected = expected(case)?;
        if ours != expected {
            wrong.push(format!(
                "{}\n  expected {expected}\n  ours     {ours}",
                case["id"]
            ));
        }
    }
    // Written past the capture of the test runner: the number is part of the report.
    writeln!(std::io::stdout(), "{name}: {} cases", cases.len())?;
    if !wrong.is_empty() {
        return Err(format!("{name}: {} wrong\n{}", wrong.len(), wrong.join("\n")).into());
    }
    if file["case_count"] != cases.len() {
        return Err(format!("{name}: {} cases, not {}", cases.len(), file["case_count"]).into());
    }
    Ok(())
}

/// What the file says the answer is: under `expect`, or beside the input.
fn expected(case: &Value) -> Outcome<Value> {
    if let Some(expect) = case.get("expect") {
        return Ok(expect.clone());
    }
    let fields = case.as_object().ok_or("a case is an object")?;
    let beside = |key: &str| !matches!(key, "id" | "input" | "carrier" | "note");
    let kept: Map<String, Value> = fields
        .iter()
        .filter(|(key, _)| beside(key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    Ok(Value::Object(kept))
}

fn text(value: &Value) -> Outcome<&str> {
    value
        .as_str()
        .ok_or_else(|| format!("not a text: {value}").into())
}

/// Files write amounts as text and whole weights as numbers.
fn decimal(value: &Value) -> Outcome<rust_decimal::Decimal> {
    match value {
        Value::String(text) => Ok(text.parse()?),
        Value::Number(number) => Ok(number.to_string().parse()?),
        _ => Err(format!("not a number: {value}").into()),
    }
}

fn day(value: &Value) -> Outcome<chrono::NaiveDate> {
    text(value)?
        .parse()
        .map_err(|fault| format!("{value}: {fault}").into())
}

fn count<T: TryFrom<u64>>(value: &Value) -> Outcome<T> {
    value
        .as_u64()
        .and_then(|number| number.try_into().ok())
        .ok_or_else(|| format!("not a count: {value}").into())
}

#[test]
fn every_vector_file_has_an_engine_or_waits_for_one() -> Outcome {
    let mut there = BTreeSet::new();
    for entry in std::fs::read_dir(folder())? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            let name = path.file_stem().ok_or("a file has a name")?;
            there.insert(name.to_string_lossy().into_owned());
        }
    }
    let covered: BTreeSet<String> = engines().map(|engine| engine.name.to_owned()).collect();
    let waiting: BTreeSet<String> = NOT_YET.iter().map(|&name| name.to_owned()).collect();
    let unknown: Vec<&String> = there
        .iter()
        .filter(|&name| !covered.contains(name) && !waiting.contains(name))
        .collect();
    let missing: Vec<&String> = covered.difference(&there).collect();
    assert!(unknown.is_empty(), "files nobody knows here: {unknown:?}");
    assert!(missing.is_empty(), "engines without a file: {missing:?}");
    Ok(())
}

#[test]
fn no_vector_file_both_has_an_engine_and_waits_for_one() {
    for engine in engines() {
        assert!(!NOT_YET.contains(&engine.name), "{}", engine.name);
    }
}
