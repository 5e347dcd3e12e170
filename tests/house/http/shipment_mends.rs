//! What goes wrong on the way: rolled, entered by mistake, typed wrongly, loaded otherwise than packed.

use crate::support::{Form, World};
use gendan::shipping::shipment::Stage;

const DRAFTED: [&str; 6] = [
    "packing-list",
    "loading",
    "transport-document/instructions",
    "transport-document/draft",
    "transport-document/check",
    "transport-document/sending",
];

#[tokio::test]
async fn the_draft_of_the_vessel_that_left_stands_no_more() {
    for act in ["roll", "shut-out"] {
        let w = World::new().await;
        let order = w.ready_order().await;
        let number = w.shipment_at(&order, Stage::GatedIn).await;
        for act in &DRAFTED[1..] {
            w.ship(&number, act).await.is(303);
        }
        w.ship(&number, act).await.is(303);
        let stage: String = w.ask("select stage from transport_document").await;
        assert_eq!(stage, "instructions_sent", "{act}");
        let open: i64 = w
            .ask("select count(*) from relay where kind = 'transport_draft' and withdrawn_at is null")
            .await;
        assert_eq!(open, 0, "nobody waits for the customer's word on it");
        let page = w
            .as_("shen")
            .await
            .get(&format!("/shipments/{number}/transport-document"))
            .await
            .is(200);
        assert!(!page.has("CEDAR BRIDGE 041W"), "{act}");
        if act == "roll" {
            w.ship(&number, "rebooking").await.is(303);
            w.ship(&number, "transport-document/draft").await.is(303);
            let revision: i32 = w.ask("select draft_revision from transport_document").await;
            assert_eq!(revision, 2);
        }
        assert_eq!(w.verify().await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_container_entered_by_mistake_is_removed_until_the_goods_leave() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::CustomsReleased).await;
    w.ship(&number, "loading").await.is(303);
    let page = format!("/shipments/{number}/loading");
    let shen = w.as_("shen").await;
    let url = shen
        .get(&page)
        .await
        .attributes("a", "href")
        .into_iter()
        .find(|href| href.starts_with(&format!("{page}/")))
        .unwrap();
    let removal = format!("{url}/removal");
    w.as_("zhou").await.post(&removal, []).await.is(403);
    shen.post(&removal, []).await.is(303);
    assert_eq!(w.count("shipment_container").await, 0);
    shen.post(&removal, []).await.is(404);
    w.ship(&number, "loading").await.is(303);
    w.ship(&number, "departure").await.is(303);
    let removal = format!("{page}/CSQU3054383/removal");
    shen.post(&removal, []).await.is(409);
    assert_eq!(w.count("shipment_container").await, 1);
    assert_eq!(w.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_receipt_numbered_with_a_stroke_has_a_page() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.plan_shipment(&order, "sea_lcl", "1200").await;
    for act in ["booking-request", "booking", "packing-list"] {
        w.ship(&number, act).await.is(303);
    }
    let url = format!("/shipments/{number}/loading");
    let form = [
        ("number", "WR/2026/77"),
        ("cartons", "80"),
        ("gross_kg", "960"),
        ("cbm", "6.72"),
    ];
    let shen = w.as_("shen").await;
    shen.post(&url, form).await.is(303);
    let own = shen
        .get(&url)
        .await
        .attributes("a", "href")
        .into_iter()
        .find(|href| href.starts_with(&format!("{url}/")))
        .unwrap();
    let form = shen
        .get(&own)
        .await
        .is(200)
        .form(&own)
        .with("cartons", "81");
    shen.post(&own, form).await.is(303);
    let cartons: i32 = w.ask("select cartons from shipment_container").await;
    assert_eq!(cartons, 81);
}

#[tokio::test]
async fn what_departs_is_what_was_loaded_or_somebody_says_otherwise() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::CustomsReleased).await;
    let form = w.shipping_form(&number, "loading").await;
    w.ship_as("shen", &number, "loading", form.with("cartons", "79"))
        .await
        .is(303);
    let page = w.ship(&number, "departure").await.is(422);
    assert!(page.has("装柜数与装箱单不符"), "{}", page.text());
    let form = w.shipping_form(&number, "departure").await;
    w.ship_as("shen", &number, "departure", form.with("differs", "yes"))
        .await
        .is(303);
}

#[tokio::test]
async fn a_day_typed_wrongly_is_corrected_with_a_reason_from_the_booking_to_the_closed_order() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Booked).await;
    let rev: i32 = w.ask("select version from shipment").await;
    let form =
        Form::from([("etd", "2026-12-11"), ("eta", "2027-01-12")]).with("rev", rev.to_string());
    w.ship_as("shen", &number, "dates", form.clone())
        .await
        .is(422);
    w.ship_as("shen", &number, "dates", form.with("reason", "抄错"))
        .await
        .is(303);
    let etd: chrono::NaiveDate = w.ask("select etd from shipment").await;
    assert_eq!(etd.to_string(), "2026-12-11");
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Arrived).await;
    w.sql(&format!(
        "update export_order set condition = 'closed' where id = '{0}';
         insert into order_closing (order_id, at, person)
             select '{0}', '2026-11-22T01:00:00Z', p.id from person p where p.email like 'xu@%'",
        order.id
    ))
    .await;
    let shen = w.as_("shen").await;
    let page = shen.get(&format!("/shipments/{number}")).await.is(200);
    assert!(page.has("更正日期"));
    let form = w.shipping_form(&number, "dates").await;
    let form = form.with("eta", "2027-01-16");
    w.ship_as("zhou", &number, "dates", form.clone())
        .await
        .is(403);
    w.ship_as("shen", &number, "dates", form).await.is(303);
    assert!(shen.get(&order.url()).await.has("又有登记"));
    let told: i64 = w
        .ask("select count(*) from event where kind = 'shipment_date_corrected'")
        .await;
    assert!(told >= 2);
    // Nothing else moves on a closed order.
    w.ship(&number, "loading").await.is(409);
}

#[tokio::test]
async fn every_fault_of_a_container_is_told_in_one_answer_at_its_field() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Booked).await;
    let form = w.shipping_form(&number, "loading").await;
    let wrong = form
        .clone()
        .with("number", "CSQU3054384")
        .with("kind", "")
        .with("cartons", "many")
        .with("gross_kg", "0")
        .with("tare_kg", "")
        .with("signed_by", "");
    let page = w.ship_as("shen", &number, "loading", wrong).await.is(422);
    let mut named = page.attributes(".errors a", "href");
    named.sort();
    let fields = [
        "#f-cartons",
        "#f-gross_kg",
        "#f-kind",
        "#f-number",
        "#f-signed_by",
        "#f-tare_kg",
    ];
    assert_eq!(named, fields, "each once");
    let marked = page.attributes("[aria-invalid='true']", "name");
    assert_eq!(marked.len(), fields.len(), "{marked:?}");
    // The number that is there already is told with the rest.
    w.ship_as("shen", &number, "loading", form.clone())
        .await
        .is(303);
    let twice = form.with("gross_kg", "");
    let page = w.ship_as("shen", &number, "loading", twice).await.is(422);
    let mut named = page.attributes(".errors a", "href");
    named.sort();
    assert_eq!(named, ["#f-gross_kg", "#f-number"]);
}
