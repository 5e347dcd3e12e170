//! Vectors of the trade terms 贸易术语 and the payment terms 付款方式.

use super::{Engine, Outcome, decimal, run, text};
use gendan::base::incoterm::{Cover, Fault, Incoterm, Mode};
use gendan::proforma::terms::{Hold, Standing, Terms};
use serde_json::{Value, json};

pub(super) const ENGINES: &[Engine] = &[
    Engine {
        name: "incoterms_2020",
        topic: "Incoterms 2020 and transport mode",
        answer: incoterm,
    },
    Engine {
        name: "payment_terms",
        topic: "Payment schedule and B/L release guards",
        answer: payment,
    },
];

fn incoterm(_: &Value, case: &Value) -> Outcome<Value> {
    let mode = Mode::parse(text(&case["input"]["mode"])?).ok_or("unknown mode")?;
    let term = match Incoterm::parse(text(&case["input"]["term"])?) {
        Ok(term) => term,
        Err(fault) => return Ok(json!({"valid": false, "reason": fault.key()})),
    };
    let allowed = term.allow(mode);
    let mut answer = json!({
        "valid": allowed.is_ok(),
        "transaction_code": term.transaction_code(),
        "freight": term.freight().key(),
        "seller_must_insure": term.seller_must_insure(),
        "minimum_cover": term.minimum_cover().map(Cover::key),
        "named": term.named_place().key(),
    });
    if let Err(reason) = allowed.map_err(Fault::key) {
        answer["reason"] = json!(reason);
    }
    Ok(answer)
}

fn payment(_: &Value, case: &Value) -> Outcome<Value> {
    let input = &case["input"];
    let terms = Terms::from_code(text(&input["terms"])?)?;
    let standing = Standing {
        total: decimal(&input["order_total"])?,
        received: decimal(&input["received_net"])?,
        tolerance: decimal(&input["bank_charge_tolerance"])?,
        decimals: 2,
    };
    let plan: Vec<Value> = terms
        .schedule(standing.total, standing.decimals)
        .iter()
        .map(|planned| {
            json!({
                "part": planned.instalment.part.key(),
                "amount": planned.amount.to_string(),
                "due": planned.instalment.trigger.key(),
            })
        })
        .collect();
    let release = terms.may_release_originals(&standing);
    Ok(json!({
        "schedule": plan,
        "may_release_production": terms.may_release_production(&standing).is_ok(),
        "may_send_original_bl_or_telex_release": release.is_ok(),
        "release_block_reason": release.err().map(Hold::key),
    }))
}

#[test]
fn vector_incoterms() -> Outcome {
    run("incoterms_2020")
}

#[test]
fn vector_payment_terms() -> Outcome {
    run("payment_terms")
}
