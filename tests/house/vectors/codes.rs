//! Vectors of the codes 编码.

use super::{Answer, Engine, Outcome, run, text};
use gendan::base::codes::{
    Bic, Carrier, ContainerNumber, CreditCode, DeclarationItem, DeclarationNumber, HsCode, Iban,
    ImoNumber, PostalItem, UnLocode, Waybill, bic, container, declaration, hs, iban, imo, s10,
    unlocode, uscc,
};
use serde_json::{Value, json};

pub(super) const ENGINES: &[Engine] = &[
    engine("validators_bic", "BIC / SWIFT code", bank),
    engine(
        "validators_container_iso6346",
        "ISO 6346 container number",
        container_number,
    ),
    engine(
        "validators_courier",
        "Courier waybill numbers (sample courier note)",
        waybill,
    ),
    engine(
        "validators_customs_declaration_no",
        "Customs declaration number 海关编号",
        declaration_number,
    ),
    engine(
        "validators_hs_code",
        "China commodity code 商品编号",
        commodity,
    ),
    engine(
        "validators_iban",
        "IBAN (overseas payer / refund accounts)",
        account,
    ),
    engine(
        "validators_imo_ship",
        "IMO ship identification number",
        ship,
    ),
    engine("validators_unlocode", "UN/LOCODE", place),
    engine("validators_upu_s10", "UPU S10 item identifier", postal_item),
    engine(
        "validators_uscc",
        "Unified social credit code 统一社会信用代码",
        credit_code,
    ),
];

const fn engine(name: &'static str, topic: &'static str, answer: Answer) -> Engine {
    Engine {
        name,
        topic,
        answer,
    }
}

fn refused(reason: &str) -> Value {
    json!({"valid": false, "reason": reason})
}

/// A warning stands in the answer only where there is one.
fn warned(mut answer: Value, warning: Option<&str>) -> Value {
    if let Some(warning) = warning {
        answer["warning"] = json!(warning);
    }
    answer
}

fn bank(_: &Value, case: &Value) -> Outcome<Value> {
    Ok(match Bic::parse(text(&case["input"])?) {
        Ok(bank) => json!({
            "valid": true,
            "normalized": bank.as_str(),
            "country": bank.country(),
            "branch": bank.branch(),
        }),
        Err(fault) => refused(bic::Fault::key(fault)),
    })
}

fn container_number(_: &Value, case: &Value) -> Outcome<Value> {
    Ok(match ContainerNumber::parse(text(&case["input"])?) {
        Ok(number) => warned(
            json!({
                "valid": true,
                "normalized": number.as_str(),
                "check_digit": number.check_digit(),
                "weighted_sum": number.weighted_sum(),
            }),
            number.warning().map(container::Warning::key),
        ),
        Err(fault) => refused(container::Fault::key(fault)),
    })
}

/// The vectors call a failed check digit not valid; we keep the number and warn.
fn waybill(_: &Value, case: &Value) -> Outcome<Value> {
    let carrier = Carrier::parse(text(&case["carrier"])?).ok_or("unknown courier")?;
    Ok(match Waybill::parse(carrier, text(&case["input"])?) {
        Ok(waybill) => match waybill.warning() {
            None => json!({
                "valid": true,
                "kind": waybill.form().key(),
                "normalized": waybill.as_str(),
            }),
            Some(warning) => json!({
                "valid": false,
                "reason": warning.key(),
                "kind": waybill.form().key(),
            }),
        },
        Err(fault) => refused(fault.key()),
    })
}

fn declaration_number(file: &Value, case: &Value) -> Outcome<Value> {
    let year = file["reference_year"]
        .as_i64()
        .ok_or("no reference year")?
        .try_into()?;
    let input = text(&case["input"])?;
    if let Ok(item) = DeclarationItem::parse(input, year) {
        return Ok(json!({
            "valid": true,
            "kind": "rebate_21",
            "normalized": item.to_string(),
            "declaration": item.declaration().as_str(),
            "item_no": item.item(),
        }));
    }
    Ok(match DeclarationNumber::parse(input, year) {
        Ok(number) => json!({
            "valid": true,
            "normalized": number.as_str(),
            "customs_office": number.customs_office(),
            "year": number.year(),
            "direction": number.direction().key(),
            "serial": number.serial(),
            "ok_for_export_order": number.is_export(),
        }),
        Err(fault) => refused(declaration::Fault::key(fault)),
    })
}

fn commodity(_: &Value, case: &Value) -> Outcome<Value> {
    Ok(match HsCode::parse(text(&case["input"])?) {
        Ok(code) => {
            let mut answer = json!({
                "valid": true,
                "normalized": code.as_str(),
                "chapter": code.chapter(),
                "heading": code.heading(),
                "hs6": code.six(),
                "tariff8": code.tariff(),
            });
            if let Some(suffix) = code.inspection() {
                answer["ciq_suffix"] = json!(suffix);
            }
            answer
        }
        Err(fault) => refused(hs::Fault::key(fault)),
    })
}

fn account(_: &Value, case: &Value) -> Outcome<Value> {
    Ok(match Iban::parse(text(&case["input"])?) {
        Ok(account) => json!({
            "valid": true,
            "normalized": account.as_str(),
            "country": account.country(),
        }),
        Err(fault) => refused(iban::Fault::key(fault)),
    })
}

fn ship(_: &Value, case: &Value) -> Outcome<Value> {
    Ok(match ImoNumber::parse(text(&case["input"])?) {
        Ok(ship) => json!({"valid": true, "normalized": ship.as_str()}),
        Err(fault) => refused(imo::Fault::key(fault)),
    })
}

fn place(_: &Value, case: &Value) -> Outcome<Value> {
    Ok(match UnLocode::parse(text(&case["input"])?) {
        Ok(place) => json!({
            "valid": true,
            "normalized": place.as_str(),
            "country": place.country(),
        }),
        Err(fault) => refused(unlocode::Fault::key(fault)),
    })
}

fn postal_item(_: &Value, case: &Value) -> Outcome<Value> {
    Ok(match PostalItem::parse(text(&case["input"])?) {
        Ok(item) => json!({"valid": true, "normalized": item.as_str()}),
        Err(fault) => refused(s10::Fault::key(fault)),
    })
}

fn credit_code(_: &Value, case: &Value) -> Outcome<Value> {
    Ok(match CreditCode::parse(text(&case["input"])?) {
        Ok(code) => warned(
            json!({
                "valid": true,
                "normalized": code.as_str(),
                "org_code": code.organisation_code(),
            }),
            code.warning().map(uscc::Warning::key),
        ),
        Err(fault) => refused(uscc::Fault::key(fault)),
    })
}

#[test]
fn vector_bank_codes() -> Outcome {
    run("validators_bic")
}

#[test]
fn vector_container_numbers() -> Outcome {
    run("validators_container_iso6346")
}

#[test]
fn vector_courier_waybills() -> Outcome {
    run("validators_courier")
}

#[test]
fn vector_customs_declaration_numbers() -> Outcome {
    run("validators_customs_declaration_no")
}

#[test]
fn vector_commodity_codes() -> Outcome {
    run("validators_hs_code")
}

#[test]
fn vector_international_account_numbers() -> Outcome {
    run("validators_iban")
}

#[test]
fn vector_ship_numbers() -> Outcome {
    run("validators_imo_ship")
}

#[test]
fn vector_place_codes() -> Outcome {
    run("validators_unlocode")
}

#[test]
fn vector_postal_items() -> Outcome {
    run("validators_upu_s10")
}

#[test]
fn vector_credit_codes() -> Outcome {
    run("validators_uscc")
}
