//! Every way of travelling, through to documents sent and the goods gone; one order over two shipments.

use crate::support::{Form, Placed, World};

const TO_DOCUMENTS: [&str; 5] = [
    "booking-request",
    "booking",
    "packing-list",
    "customs-set",
    "customs-documents",
];

async fn money(w: &World, order: &Placed, amount: &str) {
    let (receipt, allocation) = (
        uuid::Uuid::from_u128(rand::random()),
        uuid::Uuid::from_u128(rand::random()),
    );
    w.sql(&format!(
        "insert into receipt (id, number, received_on, currency, amount)
             values ('{receipt}', 'R-{receipt}', '2026-11-23', 'USD', {amount});
         insert into receipt_allocation (id, receipt, order_id, kind, amount, at, person)
             values ('{allocation}', '{receipt}', '{}', 'balance', {amount}, '2026-11-23T01:00:00Z',
                 (select id from person limit 1));",
        order.id
    ))
    .await;
}

/// The receipt or waybill of loose goods, where the packing list's sums are.
fn loose(form: Form) -> Form {
    let mut form = form;
    form.0
        .retain(|(name, _)| ["rev", "cartons", "gross_kg", "cbm"].contains(&name.as_str()));
    form.with("number", "WR/2026-11/77")
}

async fn travels(mode: &str) {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.plan_shipment(&order, mode, "1200").await;
    for act in TO_DOCUMENTS {
        w.ship(&number, act).await.is(303);
    }
    assert_eq!(w.shipment_stage(&number).await, "documents_sent", "{mode}");
    if mode == "sea_lcl" {
        w.ship(&number, "gate-in").await.is(303);
    } else {
        // A waybill gives no hold on the goods, so the balance comes first.
        w.ship(&number, "gate-in").await.is(409);
        money(&w, &order, "12480").await;
        w.ship(&number, "gate-in").await.is(303);
    }
    let form = w.shipping_form(&number, "loading").await;
    w.ship_as("shen", &number, "loading", loose(form))
        .await
        .is(303);
    w.declared(&number).await;
    for act in ["customs-release", "departure", "arrival"] {
        w.ship(&number, act).await.is(303);
    }
    assert_eq!(w.shipment_stage(&number).await, "arrived", "{mode}");
    let page = w
        .as_("shen")
        .await
        .get(&format!("/shipments/{number}"))
        .await
        .is(200);
    assert!(page.has("WR/2026-11/77"));
    assert_eq!(w.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn loose_cargo_by_sea_goes_with_a_warehouse_receipt() {
    travels("sea_lcl").await;
}

#[tokio::test]
async fn goods_go_by_air() {
    travels("air").await;
}

#[tokio::test]
async fn goods_go_by_rail() {
    travels("rail").await;
}

#[tokio::test]
async fn goods_go_by_road() {
    travels("road").await;
}

#[tokio::test]
async fn goods_go_by_courier() {
    travels("courier").await;
}

/// By sea, gone, with its bill of lading issued under this number.
async fn gone(w: &World, number: &str, bill: &str) {
    for act in TO_DOCUMENTS {
        w.ship(number, act).await.is(303);
    }
    w.declared(number).await;
    for act in ["gate-in", "customs-release", "loading", "departure"] {
        w.ship(number, act).await.is(303);
    }
    for act in ["instructions", "draft", "check", "sending", "confirmation"] {
        w.ship(number, &format!("transport-document/{act}"))
            .await
            .is(303);
    }
    let act = "transport-document/issue";
    let form = w.shipping_form(number, act).await.with("number", bill);
    w.ship_as("shen", number, act, form).await.is(303);
}

#[tokio::test]
async fn one_order_goes_in_two_shipments_and_each_asks_its_own_part_of_the_money() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let release = "transport-document/release";
    let first = w.plan_shipment(&order, "sea_fcl", "600").await;
    let second = w.plan_shipment(&order, "sea_fcl", "600").await;
    money(&w, &order, "3744").await;
    gone(&w, &first, "CDRL2611001").await;
    let page = w.ship(&first, release).await.is(409);
    assert!(page.has("4,368.00"), "{}", page.text());
    money(&w, &order, "4368").await;
    w.ship(&first, release).await.is(303);
    gone(&w, &second, "CDRL2611002").await;
    let page = w.ship(&second, release).await.is(409);
    assert!(page.has("4,368.00"), "{}", page.text());
    money(&w, &order, "4368").await;
    w.ship(&second, release).await.is(303);
    let left = w
        .as_("shen")
        .await
        .get(&format!("{}/shipments", order.url()))
        .await
        .is(200);
    assert!(left.has(&first) && left.has(&second));
    assert_eq!(w.verify().await, Vec::<String>::new());
}
