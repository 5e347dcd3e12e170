//! Ports from the catalog, the clocks of the port of loading, and what proves another side's word.

use crate::support::World;
use gendan::shipping::shipment::Stage;

#[tokio::test]
async fn a_port_is_picked_by_either_name_or_code_and_read_in_the_readers_language() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Planned).await;
    let url = format!("/shipments/{number}/booking-request");
    let shen = w.as_("shen").await;
    let page = shen.get(&url).await.is(200);
    let offered = page.attributes("#f-loading_port-list option", "value");
    assert!(offered.contains(&"Ningbo".to_owned()), "{offered:?}");
    let form = w.shipping_form(&number, "booking-request").await;
    let form = form
        .with("loading_port", "宁波")
        .with("discharge_port", "segot");
    w.ship_as("shen", &number, "booking-request", form)
        .await
        .is(303);
    let kept: String = w
        .ask("select concat_ws(' ', loading_port, loading_code, discharge_port, discharge_code) from shipment")
        .await;
    assert_eq!(kept, "Ningbo CNNGB Gothenburg SEGOT");
    let page = shen.get(&format!("/shipments/{number}")).await.is(200);
    assert!(page.has("宁波 CNNGB → 哥德堡 SEGOT"), "{}", page.text());
    w.sql("update person set lang = 'en' where email like 'shen@%'")
        .await;
    let page = w
        .as_("shen")
        .await
        .get(&format!("/shipments/{number}"))
        .await
        .is(200);
    assert!(page.has("Ningbo CNNGB → Gothenburg SEGOT"));
}

#[tokio::test]
async fn a_place_the_catalog_does_not_know_stays_as_it_was_typed() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Planned).await;
    let form = w.shipping_form(&number, "booking-request").await;
    let form = form.with("loading_port", "Beilun, pier 9");
    w.ship_as("shen", &number, "booking-request", form)
        .await
        .is(303);
    let kept: String = w
        .ask("select loading_port || '/' || loading_code from shipment")
        .await;
    assert_eq!(kept, "Beilun, pier 9/");
}

#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
#[tokio::test]
async fn cut_offs_are_said_by_the_clocks_of_the_port_of_loading() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Planned).await;
    let form = w.shipping_form(&number, "booking-request").await;
    w.ship_as(
        "shen",
        &number,
        "booking-request",
        form.with("loading_port", "USLAX"),
    )
    .await
    .is(303);
    let shen = w.as_("shen").await;
    let asked = shen
        .get(&format!("/shipments/{number}/booking"))
        .await
        .is(200);
    assert!(asked.has("America/Los_Angeles"));
    w.ship(&number, "booking").await.is(303);
    let at: chrono::DateTime<chrono::Utc> = w.ask("select cy_cutoff from shipment").await;
    // 18:00 on 7 December in Los Angeles.
    assert_eq!(at.to_rfc3339(), "2026-12-08T02:00:00+00:00");
    let page = shen.get(&format!("/shipments/{number}")).await.is(200);
    assert!(
        page.has("America/Los_Angeles") && page.has("18:00"),
        "{}",
        page.text()
    );
    let told: String = w
        .ask("select words from relay where kind = 'cut_offs'")
        .await;
    assert!(
        told.contains("2026-12-07 18:00 (America/Los_Angeles)"),
        "{told}"
    );
    w.ship(&number, "roll").await.is(303);
    let form = shen
        .get(&format!("/shipments/{number}/rebooking"))
        .await
        .is(200);
    // By the port's clocks again, and nothing of the voyage that was missed.
    assert!(form.has("America/Los_Angeles") && !form.has("2026-12-07T18:00"));
    // The night the clocks of the port go forward has no half past two.
    let form = w.shipping_form(&number, "rebooking").await;
    let skipped = form.with("cy_cutoff", "2027-03-14T02:30");
    let refused = w.ship_as("shen", &number, "rebooking", skipped).await;
    let told = refused.is(422).texts("#f-cy_cutoff-e").join("");
    assert!(told.contains("拨快"), "{told}");
    // Whoever corrects the port in the catalog moves no cut-off that was said.
    w.sql("update port set zone = 'America/New_York' where code = 'USLAX'")
        .await;
    let page = shen.get(&format!("/shipments/{number}")).await.is(200);
    assert!(page.has("America/Los_Angeles") && page.has("18:00"));
}

#[tokio::test]
async fn a_forwarders_word_alone_needs_the_words_or_the_paper() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Asked).await;
    let bare = w.shipping_form(&number, "booking").await.with("said", "");
    let page = w
        .ship_as("shen", &number, "booking", bare.clone())
        .await
        .is(422);
    assert!(page.has("对方原话"), "{}", page.text());
    let url = format!("/shipments/{number}/booking");
    let paper = ("evidence", "SO-HL260991.pdf", &b"%PDF-1.7\n%%EOF\n"[..]);
    w.as_("shen").await.upload(&url, bare, paper).await.is(303);
    let told: String = w
        .ask("select payload::text from event where kind = 'booking_confirmed' limit 1")
        .await;
    assert!(
        told.contains("SO-HL260991.pdf") && told.contains("2026-11-23"),
        "{told}"
    );
}

#[tokio::test]
async fn a_refused_plan_keeps_what_was_typed_of_the_other_orders() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let other = w.ready_order().await;
    let url = format!("{}/shipments", order.url());
    let page = format!("{url}/new?with={}", other.number);
    let shen = w.as_("shen").await;
    let form = shen.get(&page).await.is(200).form(&url);
    let rows = form
        .0
        .iter()
        .filter(|(name, _)| name.ends_with("[id]"))
        .count();
    assert_eq!(rows, 4);
    let form = form
        .with("lines[0][quantity]", "many")
        .with("lines[2][quantity]", "321")
        .with("lines[3][quantity]", "");
    let again = shen.post(&url, form).await.is(422);
    let kept = again.form(&url);
    let typed: Vec<&str> = kept
        .0
        .iter()
        .filter(|(name, _)| name.ends_with("[quantity]"))
        .map(|(_, value)| value.as_str())
        .collect();
    assert!(
        typed.contains(&"many") && typed.contains(&"321"),
        "{typed:?}"
    );
}

#[tokio::test]
async fn what_a_step_stands_on_is_not_withdrawn_by_hand() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Departed).await;
    w.ship(&number, "loading").await.is(303);
    let relay: i32 = w
        .ask("select number from relay where kind = 'shipping_advice'")
        .await;
    let url = format!("{}/relays/{relay}/withdrawal", order.url());
    let shen = w.as_("shen").await;
    let page = shen.get(&format!("{}/timeline", order.url())).await.is(200);
    assert!(!page.text().contains(&url), "nobody is offered it");
    let rev: i32 = w
        .ask("select version from relay where kind = 'shipping_advice'")
        .await;
    let form = [("reason", "发错了"), ("rev", &rev.to_string())];
    let page = shen.post(&url, form).await.is(409);
    assert!(page.has("不能撤回"), "{}", page.text());
}

#[tokio::test]
async fn a_term_that_does_not_fit_the_mode_is_a_hint_and_no_refusal() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let shen = w.as_("shen").await;
    for (mode, word) in [("sea_fcl", "宜用 FCA"), ("air", "空运宜用 FCA")] {
        let number = w.plan_shipment(&order, mode, "100").await;
        let page = shen.get(&format!("/shipments/{number}")).await.is(200);
        assert!(page.has(word), "{}", page.text());
        w.ship(&number, "booking-request").await.is(303);
    }
    w.sql("update export_order set incoterm = 'FCA'").await;
    let number = w.plan_shipment(&order, "air", "100").await;
    let page = shen.get(&format!("/shipments/{number}")).await.is(200);
    assert!(!page.has("宜用"));
}

#[tokio::test]
async fn a_vessel_has_its_imo_number_checked() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Asked).await;
    let form = w.shipping_form(&number, "booking").await;
    let wrong = form.clone().with("imo", "9074728");
    let page = w.ship_as("shen", &number, "booking", wrong).await.is(422);
    assert!(page.has("IMO 号是 7 位数字"));
    w.ship_as("shen", &number, "booking", form.with("imo", "IMO 9074729"))
        .await
        .is(303);
    let page = w
        .as_("shen")
        .await
        .get(&format!("/shipments/{number}"))
        .await
        .is(200);
    assert!(page.has("IMO 9074729"));
}
