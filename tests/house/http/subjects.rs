//! A yes belongs to its content (P4b), for everything else that is asked of a manager: each part of what was asked,
//! changed behind the house's back, makes the yes be refused, and nothing is written.

use crate::support::{Form, Placed, World};
use gendan::production::order::Stage;
use gendan::samples::Stage as SampleStage;

/// Each statement changes one thing that was asked; put back, the same yes is taken.
async fn holds_to(w: &World, (tables, changes): (&[&str], &[&str]), url: &str, yes: Form) {
    let gu = w.as_("gu").await;
    for change in changes {
        for table in tables {
            w.sql(&format!(
                "create table kept_{table} as select * from {table}"
            ))
            .await;
        }
        w.sql(&format!(
            "set session_replication_role = replica; {change}; reset session_replication_role"
        ))
        .await;
        let stands = w.everything().await;
        let reply = gu.post(url, yes.clone()).await;
        assert_eq!(
            reply.status,
            409,
            "{change}: {}",
            reply.texts("main").join(" ")
        );
        assert_eq!(w.everything().await, stands, "{change}");
        for table in tables {
            w.sql(&format!(
                "set session_replication_role = replica; delete from {table}; insert into {table}
                 select * from kept_{table}; drop table kept_{table}; reset session_replication_role"
            ))
            .await;
        }
    }
    gu.post(url, yes).await.is(303);
}

#[tokio::test]
async fn the_yes_to_a_change_order_belongs_to_each_of_its_fields() {
    let w = World::new().await;
    let order = w.confirmed().await;
    let change = w.raise(&order, &[("lines[0][price]", "5.10")]).await;
    let yes = w.decision(&order, change, "approved").await;
    let changes = [
        "update change_order_field set new_value = '5.1001'",
        "update change_order_field set old_value = '5.1999'",
        "update change_order_field set field = 'quantity'",
        "update change_order_field set order_line = (select id from order_line where pos = 2)",
        "insert into change_order_field (change_order, place, order_line, field, old_value, new_value)
             select change_order, place + 1, order_line, 'packing', 'a', 'b' from change_order_field",
    ];
    let url = format!("{}/changes/{change}/approval", order.url());
    holds_to(&w, (&["change_order_field"], &changes), &url, yes).await;
}

/// The factory's proposal of another price, with the manager's yes as its page sends it.
async fn countered(w: &World) -> (Placed, String, Form) {
    let order = w.ordered().await;
    let key = w.production_at(&order, Stage::CounterProposed).await;
    let yes = w.verdict(&order, "decision", "approved").await;
    (order, key, yes)
}

#[tokio::test]
async fn the_yes_to_a_counter_proposal_belongs_to_its_day_quantities_and_prices() {
    let w = World::new().await;
    let (order, key, yes) = countered(&w).await;
    let set = |path: &str, value: &str| {
        format!("update production_order set counter = jsonb_set(counter, '{path}', '{value}')")
    };
    let changes = [
        set("{delivery_on}", "\"2027-02-02\""),
        set("{lines,0,quantity}", "\"1199\""),
        set("{lines,0,unit_price}", "\"24.01\""),
        set("{lines,1,unit_price}", "\"23.46\""),
        "update production_order set counter = counter #- '{lines,1}'".to_owned(),
    ];
    let changes: Vec<&str> = changes.iter().map(String::as_str).collect();
    let url = format!("{}/decision", order.paper(&key));
    holds_to(&w, (&["production_order"], &changes), &url, yes).await;
}

#[tokio::test]
async fn the_yes_to_our_next_revision_belongs_to_its_day_quantities_and_prices() {
    let w = World::new().await;
    let order = w.ordered().await;
    let first = w.production_at(&order, Stage::Acknowledged).await;
    w.produce(&order, &first, "revision").await.is(303);
    let form = w.paper_form(&order, "1-2").await;
    let shen = w.as_("shen").await;
    shen.post(&order.paper("1-2"), form.with("lines[0][price]", "24.10"))
        .await
        .is(303);
    let yes = w.verdict(&order, "decision", "approved").await;
    let draft = "production_order = (select id from production_order where stage = 'draft')";
    let changes = [
        "update production_order set delivery_on = '2027-02-02' where stage = 'draft'".to_owned(),
        format!("update production_order_line set unit_price = unit_price + 1 where {draft}"),
        format!("update production_order_line set quantity = quantity - 1 where {draft}"),
    ];
    let changes: Vec<&str> = changes.iter().map(String::as_str).collect();
    let url = format!("{}/decision", order.paper("1-2"));
    let tables = ["production_order", "production_order_line"];
    holds_to(&w, (&tables, &changes), &url, yes).await;
}

#[tokio::test]
async fn a_signature_belongs_to_what_was_handed_in() {
    let w = World::new().await;
    let order = w.order().await;
    let note = w.sample_at(&order, SampleStage::Submitted).await;
    let yes = w.sample_decision(&order, &note, "approved").await;
    let changes = ["update sample_note set content_hash = sha256('another note')"];
    let url = format!("{}/signature", order.sample(&note));
    holds_to(&w, (&["sample_note"], &changes), &url, yes).await;
}
