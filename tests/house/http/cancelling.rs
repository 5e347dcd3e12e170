//! An order is cancelled: what was on its way falls, who holds a paper is told, and it ends when everybody knows.

use crate::support::{Placed, Wanted, World};
use gendan::proforma::Stage;
use gendan::{credits, production, shipping};
use sqlx::Row;

async fn condition(w: &World, order: &Placed) -> String {
    w.ask(&format!(
        "select condition from export_order where id = '{}'",
        order.id
    ))
    .await
}

#[tokio::test]
async fn a_cancellation_waits_for_who_holds_a_paper_and_then_ends_by_itself() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Sent).await;
    let (url, gu, shen) = (
        format!("{}/cancellation", order.url()),
        w.as_("gu").await,
        w.as_("shen").await,
    );
    let form = gu.get(&url).await.is(200).form(&url);
    let form = form.with("reason", "客户破产");
    gu.post(&url, form.clone()).await.is(303);
    assert_eq!(condition(&w, &order).await, "cancelling");
    // Once is enough.
    let again = gu.post(&url, form).await.is(409);
    assert!(again.has("客户破产"), "what was typed is there to copy");
    let relay: i32 = w
        .ask("select number from relay where kind = 'order_cancelled'")
        .await;
    let relay = format!("{}/relays/{relay}", order.url());
    shen.post(
        &format!("{relay}/passed"),
        [("to", "customer"), ("channel", "email")],
    )
    .await
    .is(303);
    assert_eq!(condition(&w, &order).await, "cancelling");
    let heard = [
        ("to", "customer"),
        ("who", "Ingrid Solberg"),
        ("channel", "email"),
        ("words", "Understood"),
    ];
    shen.post(&format!("{relay}/acknowledgement"), heard)
        .await
        .is(303);
    assert_eq!(condition(&w, &order).await, "cancelled");
    assert_eq!(w.count("open_item").await, 0);
    let differences = gendan::app::verify(&w.app).await.unwrap();
    assert_eq!(differences, Vec::<String>::new());
}

#[tokio::test]
async fn drafts_and_open_questions_fall_and_what_nobody_knows_ends_at_once() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Submitted).await;
    let url = format!("{}/cancellation", order.url());
    let gu = w.as_("gu").await;
    gu.post(&url, [("reason", "重复开单")]).await.is(303);
    assert_eq!(w.stage_of(&order, 1).await, "void");
    let open: i64 = w
        .ask("select count(*) from approval where state = 'open'")
        .await;
    assert_eq!(open, 0);
    assert_eq!(condition(&w, &order).await, "cancelled");
}

#[tokio::test]
async fn only_the_manager_cancels_and_with_a_reason() {
    let w = World::new().await;
    let order = w.order().await;
    let url = format!("{}/cancellation", order.url());
    let before = w.everything().await;
    for (login, reason, status) in [
        ("shen", "不要了", 403),
        ("zhou", "不要了", 403),
        ("xu", "不要了", 403),
        ("jiang", "不要了", 404),
        ("gu", "", 422),
    ] {
        let reply = w.as_(login).await.post(&url, [("reason", reason)]).await;
        assert_eq!(reply.status, status, "{login}");
    }
    assert_eq!(w.everything().await, before);
}

/// Passes every open relay on to each side it is for, and records that it is known.
async fn everybody_knows(w: &World, order: &Placed) {
    let shen = w.as_("shen").await;
    let open = w
        .rows(&format!(
            "select distinct r.number, t.to_side from relay r join relay_receipt t on t.relay = r.id
             where r.order_id = '{}' and r.withdrawn_at is null and t.acknowledged_at is null order by r.number",
            order.id
        ))
        .await;
    for row in open {
        let (number, side): (i32, String) = (row.get("number"), row.get("to_side"));
        let relay = format!("{}/relays/{number}", order.url());
        let told = [("to", side.as_str()), ("channel", "email")];
        shen.post(&format!("{relay}/passed"), told).await.is(303);
        let heard = [
            ("to", side.as_str()),
            ("who", "老俞"),
            ("channel", "phone"),
            ("words", "知道了"),
        ];
        shen.post(&format!("{relay}/acknowledgement"), heard)
            .await
            .is(303);
    }
}

#[tokio::test]
async fn the_factory_and_the_forwarder_are_told_by_their_own_papers() {
    let w = World::new().await;
    let order = w.ordered().await;
    let key = w
        .production_at(&order, production::order::Stage::Acknowledged)
        .await;
    let shipment = w
        .shipment_at(&order, shipping::shipment::Stage::DocumentsSent)
        .await;
    let gu = w.as_("gu").await;
    let url = format!("{}/cancellation", order.url());
    gu.post(&url, [("reason", "客户破产")]).await.is(303);
    assert_eq!(w.paper_stage(&order, &key).await, "void");
    assert_eq!(w.shipment_stage(&shipment).await, "cancelled");
    assert_eq!(condition(&w, &order).await, "cancelling");
    let told: Vec<String> = w
        .ask_all(
            "select t.to_side || ' ' || count(distinct r.id) from relay r join relay_receipt t on t.relay = r.id
             where r.withdrawn_at is null and t.acknowledged_at is null group by t.to_side order by t.to_side",
        )
        .await;
    assert_eq!(told, ["customer 1", "factory 1", "forwarder 1"]);
    everybody_knows(&w, &order).await;
    // The customer's deposit still lies here: given back, moved or kept before it is over.
    assert_eq!(condition(&w, &order).await, "cancelling");
    assert_eq!(w.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn changes_issues_inspections_and_packed_parcels_fall_with_the_order() {
    let w = World::new().await;
    let order = w.order().await;
    let note = w.sample_at(&order, gendan::samples::Stage::Received).await;
    w.parcel_at(&order, &note, gendan::samples::ParcelStage::Packed)
        .await;
    w.proforma_at(&order, Stage::Confirmed).await;
    for stage in ["reported", "conveyed", "closed"] {
        w.issue_at(&order, stage).await;
    }
    w.raise(&order, &[("lines[0][quantity]", "1300")]).await;
    w.plan_inspection(&order, "final").await.is(303);
    let gu = w.as_("gu").await;
    let url = format!("{}/cancellation", order.url());
    gu.post(&url, [("reason", "客户破产")]).await.is(303);
    let stages: Vec<String> = w
        .ask_all(
            "select stage from issue union all (select stage from change_order)
             union all (select stage from inspection_report) union all (select stage from parcel) order by 1",
        )
        .await;
    let fallen = [
        "called_off",
        "called_off",
        "closed",
        "dropped",
        "dropped",
        "withdrawn",
    ];
    assert_eq!(stages, fallen);
    // Only the cancellation itself is owed any more.
    let owed: Vec<String> = w
        .ask_all("select distinct coalesce(kind, 'said') from relay where withdrawn_at is null and exists (
             select from relay_receipt t where t.relay = relay.id and t.acknowledged_at is null)")
        .await;
    assert_eq!(owed, ["order_cancelled"]);
    everybody_knows(&w, &order).await;
    assert_eq!(condition(&w, &order).await, "cancelled");
    assert_eq!(w.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_credit_that_is_waited_for_falls_with_its_order() {
    let w = World::new().await;
    let order = w.order_paid_by(Wanted::EUROPE, "LC_SIGHT").await;
    let credit = w.credit_at(&order, credits::Stage::Expected).await;
    let url = format!("{}/cancellation", order.url());
    let gu = w.as_("gu").await;
    gu.post(&url, [("reason", "客户破产")]).await.is(303);
    assert_eq!(w.credit_stage(&credit).await, "cancelled");
    assert_eq!(condition(&w, &order).await, "cancelled");
}

#[tokio::test]
async fn goods_the_carrier_has_are_shut_out_before_the_order_is_cancelled() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let shipment = w
        .shipment_at(&order, shipping::shipment::Stage::GatedIn)
        .await;
    let url = format!("{}/cancellation", order.url());
    let gu = w.as_("gu").await;
    let before = w.everything().await;
    let page = gu.post(&url, [("reason", "客户破产")]).await.is(409);
    assert!(page.has(&shipment), "which goods hold it back");
    assert_eq!(w.everything().await, before);
}

#[tokio::test]
async fn goods_on_board_hold_a_cancellation_back_until_the_manager_notes_their_resale() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let shipment = w
        .shipment_at(&order, shipping::shipment::Stage::Departed)
        .await;
    let (gu, shen) = (w.as_("gu").await, w.as_("shen").await);
    let (cancel, resale) = (
        format!("{}/cancellation", order.url()),
        format!("/shipments/{shipment}/resale"),
    );
    let before = w.everything().await;
    gu.post(&cancel, [("reason", "客户破产")]).await.is(409);
    let typed = [
        ("buyer", "Baltic Home OY"),
        ("reason", "客户破产，货已在途"),
    ];
    let paper = ("evidence", "contract.pdf", &b"%PDF-1.7\n%%EOF\n"[..]);
    shen.upload(&resale, typed, paper).await.is(403);
    gu.post(&resale, typed).await.is(422);
    gu.upload(&resale, [("buyer", "Baltic Home OY")], paper)
        .await
        .is(422);
    assert_eq!(w.everything().await, before);
    gu.upload(&resale, typed, paper).await.is(303);
    gu.upload(&resale, typed, paper).await.is(409);
    let page = gu.get(&format!("/shipments/{shipment}")).await.is(200);
    assert!(page.has("Baltic Home OY"));
    gu.post(&cancel, [("reason", "客户破产")]).await.is(303);
    assert_eq!(condition(&w, &order).await, "cancelling");
    assert_eq!(w.shipment_stage(&shipment).await, "departed");
    assert_eq!(w.verify().await, Vec::<String>::new());
}
