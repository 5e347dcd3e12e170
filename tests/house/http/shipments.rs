//! Shipments over HTTP: the life of one from the plan to the arrival, and what its guards refuse.

use crate::support::{Form, Wanted, World};
use gendan::shipping::shipment::{Move, Stage};

/// The acts as they are sent, and the move each is.
const ACTS: [(&str, Move); 14] = [
    ("booking-request", Move::Ask),
    ("booking", Move::Confirm),
    ("customs-documents", Move::SendDocuments),
    ("warning", Move::Warn),
    ("roll", Move::Roll),
    ("rebooking", Move::Rebook),
    ("gate-in", Move::GateIn),
    ("customs-release", Move::ReleaseCustoms),
    ("shut-out", Move::ShutOut),
    ("departure", Move::Depart),
    ("arrival", Move::Arrive),
    ("dates", Move::CorrectDate),
    ("cancellation", Move::Cancel),
    ("early-gate-in", Move::GateInEarly),
];

async fn kinds(w: &World, subject: &str) -> Vec<String> {
    w.ask_all(&format!(
        "select kind from open_item where subject = '{subject}' order by kind"
    ))
    .await
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story")]
async fn a_shipment_goes_from_the_plan_to_the_arrival_and_step_7_follows() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Arrived).await;
    assert_eq!(number, "S26-0001");
    assert_eq!(w.shipment_stage(&number).await, "arrived");
    let told: Vec<String> = w
        .ask_all("select kind from event where stream like 'shipment:%' order by seq")
        .await;
    assert_eq!(
        told,
        [
            "shipment_planned",
            "booking_asked",
            "booking_confirmed",
            "packing_list_written",
            "customs_set_checked",
            "customs_set_sent",
            "cargo_gated_in",
            "declaration_drafted",
            "declaration_sent",
            "declaration_declared",
            "declaration_released",
            "customs_released",
            "shipment_departed",
            "shipment_arrived",
        ]
    );
    let on_order: i64 = w
        .ask(&format!(
            "select count(*) from event where stream = 'order:{}' and kind = 'shipment_departed'",
            order.id
        ))
        .await;
    assert_eq!(on_order, 1);
    let page = w
        .as_("shen")
        .await
        .get(&format!("/shipments/{number}"))
        .await
        .is(200);
    assert!(page.has("Cedar Bridge") && page.has("12,480.00"));
    assert_eq!(w.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn acts_that_do_not_exist_from_a_stage_are_refused_and_write_nothing() {
    let w = World::new().await;
    for stage in Stage::ALL {
        let order = w.ready_order().await;
        let number = w.shipment_at(&order, stage).await;
        assert_eq!(w.shipment_stage(&number).await, stage.code());
        for (act, step) in ACTS {
            if stage.after(step).is_some() {
                continue;
            }
            let before = w.everything().await;
            let status = w.ship(&number, act).await.status;
            assert!(matches!(status, 403 | 409), "{stage:?} {act}: {status}");
            assert_eq!(w.everything().await, before, "{stage:?} {act}");
        }
    }
}

#[tokio::test]
async fn no_line_goes_over_what_is_left_of_it_however_often_it_is_tried() {
    let w = World::new().await;
    let order = w.ready_order().await;
    w.sql("update export_order set tolerance = 5").await;
    w.plan_shipment(&order, "sea_fcl", "800").await;
    let lines: Vec<uuid::Uuid> = w
        .ask_all("select id from order_line order by pos limit 1")
        .await;
    let url = format!("{}/shipments", order.url());
    let form = |quantity: &str| {
        Form::from([("mode", "air"), ("lines[0][quantity]", quantity)])
            .with("lines[0][id]", lines[0].to_string())
    };
    let client = w.as_("shen").await;
    let refused = client.post(&url, form("461")).await.is(409);
    assert!(refused.has("460"), "{}", refused.texts("main").join(" "));
    client.post(&url, form("460")).await.is(303);
    client.post(&url, form("1")).await.is(409);
    client.post(&url, form("two")).await.is(422);
    client
        .post(&url, Form::from([("mode", "air")]))
        .await
        .is(409);
    assert_eq!(w.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn space_is_asked_only_for_what_the_customer_confirmed() {
    let w = World::new().await;
    let order = w.order().await;
    let number = w.plan_shipment(&order, "sea_fcl", "1200").await;
    let refused = w.ship(&number, "booking-request").await.is(409);
    assert!(refused.has(&order.number));
    assert_eq!(w.shipment_stage(&number).await, "planned");
}

#[tokio::test]
async fn customs_documents_go_when_all_is_checked_and_late_ones_are_counted() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Booked).await;
    w.ship(&number, "customs-documents").await.is(409);
    w.ship(&number, "packing-list").await.is(303);
    let refused = w.ship(&number, "customs-documents").await.is(409);
    assert!(refused.has("商业发票") && !refused.has("委托书"));
    w.ship(&number, "customs-set").await.is(303);
    // A packing list that changes is to be checked again.
    w.ship(&number, "packing-list").await.is(303);
    w.ship(&number, "customs-documents").await.is(409);
    w.ship(&number, "customs-set").await.is(303);
    w.turn_to("2026-12-09");
    w.ship(&number, "customs-documents").await.is(303);
    let late: bool = w.ask("select documents_late from shipment").await;
    assert!(late);
    let kinds: i64 = w
        .ask("select count(*) from event where kind = 'customs_set_sent_late' and stream like 'shipment:%'")
        .await;
    assert_eq!(kinds, 1);
}

#[tokio::test]
async fn goods_enter_the_port_only_after_the_final_inspection() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::DocumentsSent).await;
    w.sql("update inspection_report set stage = 'failed'").await;
    w.ship(&number, "gate-in").await.is(409);
    let waived = "update inspection_report set stage = 'waived', planned_by = (select id from person where email like 'shen%'),
             waived_by = (select id from person where email like 'gu@%')";
    w.sql(waived).await;
    w.ship(&number, "gate-in").await.is(303);
}

#[tokio::test]
async fn by_air_the_balance_is_owed_before_hand_over_unless_a_manager_lets_it_go() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.plan_shipment(&order, "air", "1200").await;
    for act in [
        "booking-request",
        "booking",
        "packing-list",
        "customs-set",
        "customs-documents",
    ] {
        w.ship(&number, act).await.is(303);
    }
    let refused = w.ship(&number, "gate-in").await.is(409);
    assert!(
        refused.has("12,480.00"),
        "{}",
        refused.texts("main").join(" ")
    );
    let form = w.shipping_form(&number, "early-gate-in").await;
    w.ship_as("shen", &number, "early-gate-in", form.clone())
        .await
        .is(403);
    w.ship_as("gu", &number, "early-gate-in", form)
        .await
        .is(303);
    assert_eq!(w.shipment_stage(&number).await, "gated_in");
}

#[tokio::test]
async fn by_air_the_operator_hands_over_before_the_balance_on_an_exception() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.plan_shipment(&order, "air", "1200").await;
    for act in [
        "booking-request",
        "booking",
        "packing-list",
        "customs-set",
        "customs-documents",
    ] {
        w.ship(&number, act).await.is(303);
    }
    assert!(w.ship(&number, "gate-in").await.is(409).has("申请放行"));
    w.granted(&order, "early-gate-in", &number).await;
    let shown = w
        .as_("shen")
        .await
        .get(&format!("/shipments/{number}"))
        .await;
    assert!(shown.is(200).has("按放行办理"));
    let form = w.shipping_form(&number, "early-gate-in").await;
    w.ship_as("shen", &number, "early-gate-in", form)
        .await
        .is(303);
    let reason: String = w.ask("select gated_in_early from shipment").await;
    assert!(reason.contains("顾明川"), "{reason}");
    assert_eq!(w.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_roll_is_owed_to_the_customer_and_the_booking_begins_again() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::GatedIn).await;
    w.ship(&number, "roll").await.is(303);
    assert!(
        kinds(&w, &number)
            .await
            .contains(&"get_rebooking".to_owned())
    );
    let problem: bool = w.ask("select problem from export_order").await;
    assert!(problem);
    let owed: i64 = w
        .ask("select count(*) from relay where kind = 'shipment_trouble' and withdrawn_at is null")
        .await;
    assert_eq!(owed, 1);
    w.ship(&number, "rebooking").await.is(303);
    let dates: Vec<bool> = w
        .ask_all(
            "select withdrawn_at is null from relay where kind = 'shipment_dates' order by number",
        )
        .await;
    assert_eq!(dates, [false, true], "the first dates stand no more");
    w.ship(&number, "customs-documents").await.is(303);
    assert_eq!(w.shipment_stage(&number).await, "documents_sent");
    assert_eq!(w.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_slip_past_the_closing_is_a_problem_until_the_forwarder_is_warned() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Booked).await;
    assert!(
        !kinds(&w, &number)
            .await
            .contains(&"warn_forwarder".to_owned())
    );
    w.ship(&number, "warning").await.is(303);
    w.ship(&number, "rebooking").await.is(303);
    // The new closing is still before the day the goods are ready.
    assert!(
        kinds(&w, &number)
            .await
            .contains(&"warn_forwarder".to_owned())
    );
    let due: bool = w
        .ask(
            "select due_at <= '2026-12-05T16:00+08' and passed_at is not null from relay r
              join relay_receipt t on t.relay = r.id where kind = 'slip'",
        )
        .await;
    assert!(due);
    let answer = "select answer from relay r join relay_receipt t on t.relay = r.id
        where kind = 'slip' and t.acknowledged_at is not null";
    assert!(
        w.ask::<String>(answer).await.contains("Cedar Bridge"),
        "the new vessel is the forwarder's answer"
    );
}

#[tokio::test]
async fn a_shipment_of_two_orders_tells_both_and_mixes_no_customers() {
    let w = World::new().await;
    let (first, second) = (w.ready_order().await, w.ready_order().await);
    let theirs = w.open_order(Wanted::AMERICA).await;
    let line =
        |id| format!("select id from order_line where order_id = '{id}' order by pos limit 1");
    let (a, b) = (
        w.ask::<uuid::Uuid>(&line(first.id)).await,
        w.ask::<uuid::Uuid>(&line(second.id)).await,
    );
    let c = w.ask::<uuid::Uuid>(&line(theirs.id)).await;
    let form = |other: uuid::Uuid| {
        Form::from([
            ("mode", "sea_lcl"),
            ("lines[0][quantity]", "10"),
            ("lines[1][quantity]", "10"),
        ])
        .with("lines[0][id]", a.to_string())
        .with("lines[1][id]", other.to_string())
    };
    let url = format!("{}/shipments", first.url());
    let client = w.as_("shen").await;
    client.post(&url, form(c)).await.is(404);
    client.post(&url, form(b)).await.is(303);
    w.ship("S26-0001", "booking-request").await.is(303);
    for order in [&first, &second] {
        let told: i64 = w
            .ask(&format!(
                "select count(*) from event where stream = 'order:{}' and kind = 'booking_asked'",
                order.id
            ))
            .await;
        assert_eq!(told, 1);
        client
            .get(&format!("{}/shipments", order.url()))
            .await
            .is(200);
    }
    assert_eq!(w.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_list_holds_what_one_may_know_and_finds_by_order_vessel_and_stage() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let booked = w.shipment_at(&order, Stage::Booked).await;
    let other = w.ready_order().await;
    w.plan_shipment(&other, "air", "10").await;
    let shen = w.as_("shen").await;
    let page = shen.get("/shipments").await.is(200);
    assert!(page.has("S26-0001") && page.has("S26-0002"));
    assert!(
        !w.as_("lu")
            .await
            .get("/shipments")
            .await
            .is(200)
            .has("S26-0001")
    );
    for (query, first, second) in [
        ("q=cedar", true, false),
        (&*format!("q={}", other.number), false, true),
        ("stage=planned", false, true),
        ("mode=sea_fcl", true, false),
        ("after=S26-0002", true, false),
    ] {
        let page = shen.get(&format!("/shipments?{query}")).await.is(200);
        let rows = page.texts("tbody th").join(" ");
        assert_eq!(
            (rows.contains(&booked), rows.contains("S26-0002")),
            (first, second),
            "{query}"
        );
    }
    let tang = w.as_("tang").await;
    let page = tang.get(&format!("/shipments/{booked}")).await.is(200);
    assert!(!page.has("12,480.00"), "amounts are not the department's");
}

#[tokio::test]
async fn a_form_keeps_what_was_typed_and_an_old_page_overwrites_nothing() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Asked).await;
    let form = w.shipping_form(&number, "booking").await;
    let wrong = form
        .clone()
        .with("cy_cutoff", "2026-11-01T10:00")
        .with("eta", "2026-12-01");
    let page = w.ship_as("shen", &number, "booking", wrong).await.is(422);
    assert!(page.has("Cedar Bridge") && page.has("截止时间已过"));
    w.ship_as("shen", &number, "booking", form.clone().with("rev", "1"))
        .await
        .is(409);
    w.ship_as("shen", &number, "booking", form).await.is(303);
}
