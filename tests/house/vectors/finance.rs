//! Vectors of step 9: rebate 退税, exchange cost 换汇成本, matching 核销.

use super::{Engine, Outcome, day, decimal, run, text};
use gendan::finance::matching::{Declared, matching};
use gendan::finance::rebate::{
    ArchiveDeadlines, ClaimTotal, ExportDeadlines, Invoiced, Month, Purchase, Refunded, Treatment,
};
use gendan::proforma::exchange_cost::{Deal, Quotation};
use rust_decimal::Decimal;
use serde_json::{Value, json};

pub(super) const ENGINES: &[Engine] = &[
    Engine {
        name: "rebate_trading_company",
        topic: "Export rebate, trading company 免退税",
        answer: trading_company,
    },
    Engine {
        name: "rebate_manufacturer",
        topic: "Export rebate, manufacturer 免抵退税",
        answer: manufacturer,
    },
    Engine {
        name: "rebate_deadlines",
        topic: "Rebate declaration, receipt and archive deadlines",
        answer: deadlines,
    },
    Engine {
        name: "exchange_cost_profit",
        topic: "Export exchange cost 换汇成本 and order profit (trading company)",
        answer: exchange_cost,
    },
    Engine {
        name: "price_conversion",
        topic: "FOB/CFR/CIF/CIFC conversion and insured amount",
        answer: prices,
    },
    Engine {
        name: "fx_declaration_matching",
        topic: "Receipts against customs declarations (successor of 核销)",
        answer: declarations,
    },
];

fn trading_company(_: &Value, case: &Value) -> Outcome<Value> {
    let lines = case["input"]["lines"].as_array().ok_or("no lines")?;
    let mut refunded = Vec::new();
    for line in lines {
        let invoiced = match line.get("gross_amount") {
            Some(gross) => Invoiced::Gross(decimal(gross)?),
            None => Invoiced::Net(decimal(&line["net_amount"])?),
        };
        let purchase = Purchase {
            invoiced,
            invoice_rate: decimal(&line["invoice_vat_rate"])?,
            refund_rate: decimal(&line["refund_rate"])?,
        };
        refunded.push(purchase.refunded().map_err(|_| "impossible purchase")?);
    }
    let total = ClaimTotal::of(&refunded);
    Ok(json!({
        "lines": refunded.iter().map(refund_line).collect::<Vec<Value>>(),
        "total_net": total.net.to_string(),
        "total_refund": total.refund.to_string(),
        "total_to_cost": total.to_cost.to_string(),
    }))
}

fn refund_line(line: &Refunded) -> Value {
    json!({
        "net_amount": line.net.to_string(),
        "input_vat": line.input_vat.to_string(),
        "effective_refund_rate": line.rate.to_string(),
        "refund": line.refund.to_string(),
        "non_refundable_to_cost": line.to_cost.to_string(),
    })
}

fn manufacturer(_: &Value, case: &Value) -> Outcome<Value> {
    let input = &case["input"];
    let month = Month {
        fob_fx: decimal(&input["export_fob_fx"])?,
        fx_rate: decimal(&input["fx_rate"])?,
        vat_rate: decimal(&input["vat_rate"])?,
        refund_rate: decimal(&input["refund_rate"])?,
        domestic_net: decimal(&input["domestic_sales_net"])?,
        input_vat: decimal(&input["input_vat"])?,
        brought_forward: decimal(&input["credit_brought_forward"])?,
        duty_free: decimal(&input["duty_free_material"])?,
    };
    let settled = month.settle().map_err(|_| "impossible month")?;
    Ok(json!({
        "export_fob_rmb": settled.fob_rmb.to_string(),
        "non_deductible": settled.non_deductible.to_string(),
        "output_vat": settled.output_vat.to_string(),
        "tax_payable_before": settled.payable.to_string(),
        "vat_to_pay": settled.to_pay.to_string(),
        "closing_credit_before_refund": settled.credit.to_string(),
        "exempt_credit_refund_total": settled.total.to_string(),
        "refund": settled.refund.to_string(),
        "exempt_offset": settled.offset.to_string(),
        "credit_carried_forward": settled.carried_forward.to_string(),
    }))
}

fn deadlines(_: &Value, case: &Value) -> Outcome<Value> {
    let input = &case["input"];
    if let Some(filed) = input.get("rebate_filed_on") {
        let archive = ArchiveDeadlines::of(day(filed)?).ok_or("end of the calendar")?;
        return Ok(json!({
            "archive_due": archive.due.to_string(),
            "keep_until_year_rule_10y": archive.keep_until.to_string(),
        }));
    }
    let last_receipt = input
        .get("contract_final_receipt_date")
        .map(day)
        .transpose()?;
    let export = ExportDeadlines::of(day(&input["export_date"])?, last_receipt)
        .ok_or("end of the calendar")?;
    Ok(json!({
        "window_opens": export.window_opens.to_string(),
        "regular_deadline": export.regular.to_string(),
        "receipt_deadline": export.receipt.to_string(),
        "hard_limit_36_months": export.hard_limit.to_string(),
    }))
}

fn exchange_cost(_: &Value, case: &Value) -> Outcome<Value> {
    let input = &case["input"];
    let refund_rate = decimal(&input["refund_rate"])?;
    let deal = Deal {
        invoice_fx: decimal(&input["invoice_amount"])?,
        freight_fx: decimal(&input["freight_fx"])?,
        insurance_fx: decimal(&input["insurance_fx"])?,
        commission_fx: decimal(&input["commission_fx"])?,
        other_fx: Decimal::ZERO,
        purchase: decimal(&input["purchase_incl_vat"])?,
        vat_rate: decimal(&input["vat_rate"])?,
        refund_rate,
        treatment: if refund_rate.is_zero() {
            Treatment::Exempt
        } else {
            Treatment::Refund
        },
        domestic_fees: decimal(&input["domestic_fees"])?,
        fx_rate: decimal(&input["fx_rate"])?,
    };
    let outcome = deal.outcome().map_err(|_| "impossible deal")?;
    Ok(json!({
        "net_fob_fx": outcome.net_fob_fx.to_string(),
        "purchase_excl_vat": outcome.purchase_net.to_string(),
        "rebate": outcome.rebate.to_string(),
        "total_cost_rmb": outcome.cost.to_string(),
        "exchange_cost": outcome.exchange_cost.to_string(),
        "breakeven_ok": outcome.breaks_even,
        "net_revenue_rmb": outcome.revenue.to_string(),
        "profit_rmb": outcome.profit.to_string(),
        "profit_margin_pct": outcome.margin.to_string(),
    }))
}

fn prices(_: &Value, case: &Value) -> Outcome<Value> {
    let input = &case["input"];
    let quotation = Quotation {
        fob: decimal(&input["fob"])?,
        freight: decimal(&input["freight"])?,
        insurance_rate: decimal(&input["insurance_rate"])?,
        markup: decimal(&input["markup"])?,
        commission_rate: decimal(&input["commission_rate"])?,
    };
    let prices = quotation.prices().map_err(|_| "impossible quotation")?;
    Ok(json!({
        "cfr": prices.cfr.to_string(),
        "cif": prices.cif.to_string(),
        "insured_amount": prices.insured.to_string(),
        "premium": prices.premium.to_string(),
        "cif_with_commission": prices.with_commission.to_string(),
    }))
}

fn declarations(_: &Value, case: &Value) -> Outcome<Value> {
    let input = &case["input"];
    let mut declared = Vec::new();
    for one in input["declarations"].as_array().ok_or("no declarations")? {
        declared.push(Declared {
            number: text(&one["no"])?.to_owned(),
            exported: day(&one["export_date"])?,
            value: decimal(&one["fob_value"])?,
        });
    }
    let receipts: Vec<Decimal> = input["receipts"]
        .as_array()
        .ok_or("no receipts")?
        .iter()
        .map(decimal)
        .collect::<Outcome<_>>()?;
    let result = matching(&declared, &receipts, decimal(&input["tolerance_pct"])?);
    let allocation: Vec<Value> = result
        .allocation
        .iter()
        .map(|one| {
            json!({
                "no": one.number,
                "allocated": one.allocated.to_string(),
                "open": one.open.to_string(),
            })
        })
        .collect();
    Ok(json!({
        "declared_total": result.declared.to_string(),
        "received_total": result.received.to_string(),
        "status": result.status.key(),
        "unallocated": result.unallocated.to_string(),
        "allocation": allocation,
    }))
}

#[test]
fn vector_rebate_of_a_trading_company() -> Outcome {
    run("rebate_trading_company")
}

#[test]
fn vector_rebate_of_a_manufacturer() -> Outcome {
    run("rebate_manufacturer")
}

#[test]
fn vector_rebate_deadlines() -> Outcome {
    run("rebate_deadlines")
}

#[test]
fn vector_exchange_cost_and_profit() -> Outcome {
    run("exchange_cost_profit")
}

#[test]
fn vector_price_conversion() -> Outcome {
    run("price_conversion")
}

#[test]
fn vector_receipts_against_declarations() -> Outcome {
    run("fx_declaration_matching")
}
