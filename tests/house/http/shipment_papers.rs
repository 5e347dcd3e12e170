//! Loading, customs declarations and the transport document of a shipment over HTTP.

use crate::support::{Wanted, World};
use gendan::shipping::shipment::Stage;
use uuid::Uuid;

/// The customer's money for the whole order.
async fn paid(w: &World, order: Uuid, amount: &str) {
    // until the desk finance has its acts
    let (receipt, allocation) = (
        Uuid::from_u128(rand::random()),
        Uuid::from_u128(rand::random()),
    );
    w.sql(&format!(
        "insert into receipt (id, number, received_on, currency, amount)
             values ('{receipt}', 'R-{receipt}', '2026-11-23', 'USD', {amount});
         insert into receipt_allocation (id, receipt, order_id, kind, amount, at, person)
             values ('{allocation}', '{receipt}', '{order}', 'balance', {amount}, '2026-11-23T01:00:00Z',
                 (select id from person limit 1));"
    ))
    .await;
}

const TO_ISSUE: [&str; 6] = [
    "instructions",
    "draft",
    "check",
    "sending",
    "confirmation",
    "issue",
];

async fn document(w: &World, number: &str, acts: &[&str]) {
    for act in acts {
        w.ship(number, &format!("transport-document/{act}"))
            .await
            .is(303);
    }
}

async fn document_stage(w: &World) -> String {
    w.ask("select stage from transport_document").await
}

#[tokio::test]
async fn a_container_is_checked_by_its_digit_its_mass_and_the_packing_list() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Booked).await;
    w.ship(&number, "packing-list").await.is(303);
    let form = w.shipping_form(&number, "loading").await;
    let wrong = form.clone().with("number", "CSQU3054384");
    w.ship_as("shen", &number, "loading", wrong.clone())
        .await
        .is(422);
    w.ship_as("shen", &number, "loading", wrong.with("odd_number", "yes"))
        .await
        .is(303);
    w.sql("delete from shipment_container").await;
    let no_tare = form.clone().with("tare_kg", "");
    w.ship_as("shen", &number, "loading", no_tare).await.is(422);
    let less = form.with("cbm", "6.52").with("number", "csqu 305438 3");
    w.ship_as("shen", &number, "loading", less).await.is(303);
    let page = w
        .as_("shen")
        .await
        .get(&format!("/shipments/{number}/loading"))
        .await
        .is(200);
    assert!(page.has("少 0.2"), "{}", page.texts("main").join(" "));
    let mass: rust_decimal::Decimal = w.ask("select vgm_kg from shipment_container").await;
    assert_eq!(mass, "4860".parse().unwrap());
    w.ship(&number, "loading/CSQU3054383").await.is(303);
    let page = w
        .as_("shen")
        .await
        .get(&format!("/shipments/{number}/loading"))
        .await
        .is(200);
    assert!(!page.has("少 0.2"));
    w.ship(&number, "loading").await.is(422);
}

#[tokio::test]
async fn the_shipping_advice_is_owed_once_when_on_board_and_loaded_right() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Departed).await;
    let advice = "select count(*) from relay where kind = 'shipping_advice'";
    assert_eq!(w.ask::<i64>(advice).await, 0);
    w.ship(&number, "loading").await.is(303);
    assert_eq!(w.ask::<i64>(advice).await, 1);
    let words: String = w
        .ask("select words from relay where kind = 'shipping_advice'")
        .await;
    assert!(
        words.contains("CSQU3054383") && words.contains("CN884210"),
        "{words}"
    );
    w.ship(&number, "loading/CSQU3054383").await.is(303);
    assert_eq!(w.ask::<i64>(advice).await, 1);
    assert_eq!(w.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_declaration_carries_the_customs_own_number_and_no_other() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Booked).await;
    w.ship(&number, "declarations/new").await.is(303);
    w.ship(&number, "declarations/1/number").await.is(409);
    w.ship(&number, "declarations/1/sending").await.is(303);
    let form = w.shipping_form(&number, "declarations/1/number").await;
    for wrong in [
        "31012026000012345",
        "310120261000123456",
        "3101202600001234AB",
    ] {
        let form = form.clone().with("number", wrong);
        w.ship_as("shen", &number, "declarations/1/number", form)
            .await
            .is(422);
    }
    for act in ["number", "inspection", "release", "amendment", "clearance"] {
        w.ship(&number, &format!("declarations/1/{act}"))
            .await
            .is(303);
    }
    let stage: String = w.ask("select stage from customs_declaration").await;
    assert_eq!(stage, "cleared");
    for act in ["edit", "sending", "revocation", "shut-out"] {
        w.ship(&number, &format!("declarations/1/{act}"))
            .await
            .is(409);
    }
    w.ship(&number, "declarations/new").await.is(303);
    let form = w.shipping_form(&number, "declarations/2/void").await;
    w.ship_as("gu", &number, "declarations/2/void", form)
        .await
        .is(303);
    let exported: chrono::NaiveDate = w
        .ask("select exported_on from customs_declaration where sequence = 1")
        .await;
    assert_eq!(exported.to_string(), "2026-11-23");
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story")]
async fn a_draft_goes_to_the_customer_when_every_difference_is_corrected_or_waived() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Booked).await;
    w.ship(&number, "packing-list").await.is(303);
    w.ship(&number, "loading").await.is(303);
    document(&w, &number, &["instructions"]).await;
    let draft = w.shipping_form(&number, "transport-document/draft").await;
    let off = draft.clone().with("gross_kg", "964").with("notify", "");
    w.ship_as("shen", &number, "transport-document/draft", off)
        .await
        .is(303);
    document(&w, &number, &["check"]).await;
    let refused = w.ship(&number, "transport-document/sending").await.is(409);
    assert!(refused.has("毛重") && refused.has("通知方"));
    document(&w, &number, &["waiver"]).await;
    w.ship(&number, "transport-document/waiver").await.is(409);
    w.ship(&number, "transport-document/sending").await.is(409);
    // A new draft with the same weight keeps its verdict.
    let second = w
        .shipping_form(&number, "transport-document/draft")
        .await
        .with("gross_kg", "964");
    w.ship_as("shen", &number, "transport-document/draft", second)
        .await
        .is(303);
    document(&w, &number, &["check", "sending"]).await;
    let owed: bool = w
        .ask("select answer_asked and passed_at is not null from relay r join relay_receipt t on t.relay = r.id
              where kind = 'transport_draft'")
        .await;
    assert!(owed);
    document(&w, &number, &["correction"]).await;
    assert_eq!(document_stage(&w).await, "correction_asked");
    let forwarder: i64 = w
        .ask("select count(*) from relay where kind = 'transport_correction'")
        .await;
    assert_eq!(forwarder, 1);
    let answered: String = w
        .ask("select answer from relay r join relay_receipt t on t.relay = r.id where kind = 'transport_draft'")
        .await;
    assert!(answered.contains("phone"));
    document(&w, &number, &["draft", "check", "sending", "confirmation"]).await;
    assert_eq!(document_stage(&w).await, "confirmed");
    let open: i64 = w
        .ask("select count(*) from relay r join relay_receipt t on t.relay = r.id
              where kind in ('transport_correction', 'transport_draft') and t.acknowledged_at is null")
        .await;
    assert_eq!(open, 0, "the next draft is the answer to the correction");
    assert_eq!(w.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_document_is_released_when_the_balance_is_in_or_by_another_manager_with_a_reason() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Departed).await;
    w.ship(&number, "loading").await.is(303);
    document(&w, &number, &TO_ISSUE).await;
    let refused = w.ship(&number, "transport-document/release").await.is(409);
    assert!(refused.has("12,480.00"));
    paid(&w, order.id, "12440").await;
    // Forty dollars stayed with the banks.
    w.ship(&number, "transport-document/release").await.is(303);
    assert_eq!(document_stage(&w).await, "released");

    let second = w.ready_order().await;
    let number = w.shipment_at(&second, Stage::Booked).await;
    w.ship(&number, "packing-list").await.is(303);
    w.ship(&number, "loading").await.is(303);
    document(&w, &number, &TO_ISSUE).await;
    let act = "transport-document/early-release";
    let form = w.shipping_form(&number, act).await;
    w.ship_as("shen", &number, act, form.clone()).await.is(403);
    w.ship_as("jiang", &number, act, form.clone()).await.is(404);
    w.ship_as("gu", &number, act, form.clone().with("reason", ""))
        .await
        .is(422);
    w.ship_as("gu", &number, act, form).await.is(303);
}

#[tokio::test]
async fn the_operator_releases_before_the_balance_on_an_exception_that_the_balance_ends() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Departed).await;
    w.ship(&number, "loading").await.is(303);
    document(&w, &number, &TO_ISSUE).await;
    let act = "transport-document/early-release";
    let refused = w.ship(&number, "transport-document/release").await.is(409);
    assert!(refused.has("申请放行"));
    let url = w.granted(&order, "early-release", &number).await;
    let zhou = w.as_("zhou").await;
    zhou.get(&format!("/shipments/{number}/{act}"))
        .await
        .is(403);
    // Part of the money came: what the manager saw is no longer so.
    paid(&w, order.id, "100").await;
    let form = w.shipping_form(&number, act).await;
    w.ship_as("shen", &number, act, form).await.is(409);
    assert!(zhou.get(&url).await.is(200).has("事实已变"));
    w.granted(&order, "early-release", &number).await;
    let form = w.shipping_form(&number, act).await;
    w.ship_as("shen", &number, act, form).await.is(303);
    let reason: String = w.ask("select early_reason from transport_document").await;
    assert!(reason.contains("顾明川"), "{reason}");
}

#[tokio::test]
async fn what_goes_through_a_bank_is_not_given_to_the_customer() {
    let w = World::new().await;
    let order = w.order_paid_by(Wanted::EUROPE, "LC_SIGHT").await;
    w.made_ready(&order).await;
    let number = w.shipment_at(&order, Stage::Booked).await;
    w.ship(&number, "packing-list").await.is(303);
    w.ship(&number, "loading").await.is(303);
    document(&w, &number, &TO_ISSUE).await;
    paid(&w, order.id, "12480").await;
    let refused = w.ship(&number, "transport-document/release").await.is(409);
    assert!(refused.has("银行"));
    let form = w
        .shipping_form(&number, "transport-document/early-release")
        .await;
    w.ship_as("gu", &number, "transport-document/early-release", form)
        .await
        .is(409);
}

#[tokio::test]
async fn by_courier_the_waybill_is_issued_at_once_and_its_number_is_owed_to_the_customer() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.plan_shipment(&order, "courier", "1200").await;
    for act in ["booking-request", "booking"] {
        w.ship(&number, act).await.is(303);
    }
    w.ship(&number, "transport-document/instructions")
        .await
        .is(409);
    w.ship(&number, "transport-document/issue").await.is(422);
    let form = w.shipping_form(&number, "transport-document/issue").await;
    let mut form = form;
    form.0
        .retain(|(name, _)| name != "form" && name != "originals");
    w.ship_as("shen", &number, "transport-document/issue", form)
        .await
        .is(303);
    let owed: i64 = w
        .ask("select count(*) from relay where kind = 'waybill_number' and withdrawn_at is null")
        .await;
    assert_eq!(owed, 1);
    assert_eq!(document_stage(&w).await, "issued");
}

#[tokio::test]
async fn steps_7_and_8_are_done_when_all_goods_are_gone_told_and_paid() {
    let w = World::new().await;
    let order = w.ready_order().await;
    // until the desks samples and production have their acts
    w.sql(&format!(
        "delete from order_latch; insert into order_latch (order_id, step, outcome, at)
             select '{}', step, 'done', '2026-11-23T01:00:00Z' from generate_series(1, 6) step;
         update export_order set step = 7;",
        order.id
    ))
    .await;
    let number = w.shipment_at(&order, Stage::Departed).await;
    let step = "select step from export_order";
    // Dates and cut-offs have not been passed on yet.
    assert_eq!(w.ask::<i16>(step).await, 7);
    w.sql("update relay_receipt set passed_at = '2026-11-23T02:00:00Z'")
        .await;
    w.ship(&number, "loading").await.is(303);
    assert_eq!(w.ask::<i16>(step).await, 8);
    document(&w, &number, &TO_ISSUE).await;
    w.sql("update relay_receipt set passed_at = '2026-11-23T02:00:00Z'")
        .await;
    paid(&w, order.id, "12480").await;
    document(&w, &number, &["release"]).await;
    assert_eq!(w.ask::<i16>(step).await, 9);
}
