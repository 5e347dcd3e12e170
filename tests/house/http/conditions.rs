//! On hold our own clocks stop and nothing moves forward, but what others wait for goes on; a dropped file leaves nobody
//! with a question.

use crate::support::{Placed, World};
use gendan::proforma::Stage;

async fn kinds(w: &World, order: &Placed) -> Vec<String> {
    w.ask_all(&format!(
        "select kind from open_item where order_id = '{}' order by kind",
        order.id
    ))
    .await
}

async fn held(w: &World, order: &Placed) {
    let reason = [("reason", "客户暂停"), ("day", "2026-12-24")];
    let zhou = w.as_("zhou").await;
    zhou.post(&format!("{}/hold", order.url()), reason)
        .await
        .is(303);
}

#[tokio::test]
async fn a_hold_still_takes_notes_files_relays_and_money() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Sent).await;
    held(&w, &order).await;
    assert_eq!(kinds(&w, &order).await, ["review_hold"]);
    let (shen, url) = (w.as_("shen").await, order.url());
    let note = [("text", "客户说一月再定"), ("audience", "internal")];
    shen.post(&format!("{url}/remarks"), note).await.is(303);
    let kind = [("kind", "customer_order"), ("audience", "internal")];
    let paper = ("files", "PO.pdf", &b"%PDF-1.7\n%%EOF\n"[..]);
    shen.upload(&format!("{url}/documents"), kind, paper)
        .await
        .is(303);
    let said = [
        ("from", "customer"),
        ("to", "factory"),
        ("words", "Please keep the fabric"),
        ("channel", "email"),
    ];
    shen.post(&format!("{url}/relays"), said).await.is(303);
    assert_eq!(kinds(&w, &order).await, ["pass_on", "review_hold"]);
    let told = [("to", "factory"), ("channel", "wechat")];
    shen.post(&format!("{url}/relays/1/passed"), told)
        .await
        .is(303);
    assert_eq!(kinds(&w, &order).await, ["acknowledge", "review_hold"]);
    let receipt = w.receipt("3000.00").await;
    w.allocate(&receipt, &order, "deposit", "3000.00")
        .await
        .is(303);
    assert!(
        kinds(&w, &order)
            .await
            .contains(&"settle_receipt".to_owned())
    );
    assert_eq!(w.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_cut_off_runs_on_while_the_order_is_held() {
    let w = World::new().await;
    let order = w.ready_order().await;
    w.shipment_at(&order, gendan::shipping::shipment::Stage::Booked)
        .await;
    held(&w, &order).await;
    let kinds = kinds(&w, &order).await;
    assert!(kinds.contains(&"send_customs_set".to_owned()), "{kinds:?}");
    assert!(kinds.contains(&"review_hold".to_owned()), "{kinds:?}");
    assert_eq!(w.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_dropped_file_leaves_the_manager_no_card() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Submitted).await;
    let url = format!("{}/drop", order.url());
    let zhou = w.as_("zhou").await;
    zhou.post(&url, []).await.is(422);
    zhou.post(&url, [("reason", "客户另找了供应商")])
        .await
        .is(303);
    let condition: String = w.ask("select condition from export_order").await;
    assert_eq!(condition, "dropped");
    let open: i64 = w
        .ask("select count(*) from approval where state = 'open'")
        .await;
    assert_eq!(open, 0);
    assert_eq!(w.stage_of(&order, 1).await, "void");
    let inbox = w.as_("gu").await.get("/approvals").await.is(200);
    assert!(!inbox.has(&order.number));
    assert_eq!(w.verify().await, Vec::<String>::new());
}
