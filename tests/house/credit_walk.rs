//! Addresses of credits and presentations, each with one in the state it asks for.

use crate::support::{Wanted, World};
use gendan::credits::Stage;

#[expect(clippy::match_same_arms, reason = "one arm for each case")]
pub async fn address(w: &World, path: &str, place: usize) -> String {
    let order = w.order_paid_by(Wanted::EUROPE, "LC_SIGHT").await;
    if path.starts_with("/presentations/") {
        let number = set(w, &order, path, place).await;
        return path
            .replace("{shipment}", &number)
            .replace("{sequence}", "1");
    }
    let last = path.rsplit('/').next().unwrap_or("");
    let stage = match last {
        "receipt" => Stage::Expected,
        "examination" | "amendments" => Stage::Received,
        "workable" | "findings" => Stage::Examined,
        "amendment-refusal" => Stage::AmendmentAsked,
        "drawings" => Stage::Workable,
        "cancellation" | "{number}" => Stage::Received,
        _ => Stage::Expected,
    };
    let credit = w.credit_at(&order, stage).await;
    let acts: &[&str] = match last {
        "settlement" | "waiver" | "amendment-request" => &["wrong-receipt", "examination"],
        "acceptance" | "refusal" => &[
            "wrong-receipt",
            "examination",
            "amendment-request",
            "amendments",
        ],
        _ => &[],
    };
    for act in acts {
        w.credit_act(&order, &credit, act).await.is(303);
    }
    path.replace("{number}", &credit).replace("{sequence}", "1")
}

/// A set whose stage the address asks for; its documents are never counted here.
async fn set(w: &World, order: &crate::support::Placed, path: &str, place: usize) -> String {
    w.credit_at(order, Stage::Workable).await;
    let number = format!("S26-9{place:03}");
    let late = path.ends_with("/late-presenting");
    let on_board = if late { "2026-10-20" } else { "2026-11-20" };
    w.shipped(order, &number, on_board).await;
    let form = crate::support::Form::default().with("shipment", number.clone());
    let shen = w.as_("shen").await;
    shen.post(&format!("{}/presentations", order.url()), form)
        .await
        .is(303);
    let stage = match path.rsplit('/').next().unwrap_or("") {
        "presenting" | "late-presenting" => "set_complete",
        "discrepancy" | "honour" | "acceptance" | "refusal" => "presented",
        "waiver" | "correction" => "discrepancy_noticed",
        "payment" => "honoured",
        _ => "preparing",
    };
    w.sql(&format!(
        "update presentation p set stage = '{stage}' from shipment s where s.id = p.shipment and s.number = '{number}'"
    ))
    .await;
    number
}
