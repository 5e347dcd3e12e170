//! A yes to pay belongs to what was asked (P4b): every column of a payable is classed, and changing any that makes its
//! content behind the house's back makes approving refuse.

use crate::support::{World, id};
use gendan::finance::payable::stage::Stage;

/// What is asked for, with a value that differs from what stands there.
const CONTENT: &[(&str, &str)] = &[
    ("currency", "'EUR'"),
    ("amount", "1200.01"),
    ("due_on", "'2026-12-11'"),
    ("invoice_owed", "false"),
    ("words", "'别的款'"),
    ("vat_invoice", "'01234567'"),
    ("factory", "HEMU"),
];

/// Who is paid beside the card of the factory, and into which account: asked by the tests of the payee.
const OF_THE_PAYEE: &[&str] = &["payee", "account", "forwarder", "shipment", "kind"];

/// Its life, not its content.
const FREE: &[&str] = &[
    "id",
    "number",
    "order_id",
    "stage",
    "content_hash",
    "created_by",
    "created_at",
    "edited_by",
    "asked_by",
    "stage_at",
    "returned_words",
    "approved_by",
    // Comes after the asking, beside what was approved.
    "noted_invoice",
    "version",
];

#[tokio::test]
async fn every_column_of_a_payable_is_classed() {
    let w = World::new().await;
    let mut real: Vec<String> = w
        .ask_all(
            "select column_name::text from information_schema.columns where table_name = 'payable'",
        )
        .await;
    let content = CONTENT.iter().map(|(name, _)| *name);
    let mut classed: Vec<&str> = content
        .chain(OF_THE_PAYEE.iter().copied())
        .chain(FREE.iter().copied())
        .collect();
    real.sort();
    classed.sort_unstable();
    assert_eq!(
        real, classed,
        "say in http/payable_content.rs whether a yes belongs to it"
    );
}

#[tokio::test]
async fn a_change_of_anything_asked_for_stops_the_yes() {
    let w = World::new().await;
    let order = w.order().await;
    let number = w.payable_at(&order, "1200.00", Stage::Asked).await;
    let gu = w.as_("gu").await;
    let url = format!("/payables/{number}/approval");
    let decision = w.verdict_on("payable", &number, "approved").await;
    for (column, value) in CONTENT {
        let value = value.replace("HEMU", &format!("'{}'", id("hemu")));
        w.sql("create table kept as select * from payable").await;
        w.sql(&format!("update payable set {column} = {value}"))
            .await;
        let stands = w.everything().await;
        let reply = gu.post(&url, decision.clone()).await;
        assert_eq!(reply.status, 409, "{column}");
        assert_eq!(w.everything().await, stands, "{column}");
        w.sql(&format!("update payable p set {column} = k.{column} from kept k where k.id = p.id; drop table kept"))
            .await;
    }
    gu.post(&url, decision).await.is(303);
}
