//! Customs 报关: what must be released before the goods leave, what must end where they stay, and days put right.

use crate::support::{Form, World};
use gendan::shipping::customs;
use gendan::shipping::shipment::Stage;

const RELEASE: &str = "customs-release";

async fn declaration_stage(w: &World, sequence: i32) -> String {
    w.ask(&format!(
        "select stage from customs_declaration where sequence = {sequence}"
    ))
    .await
}

/// The acts that lead to a declaration in this stage.
fn way(stage: customs::Stage) -> &'static [&'static str] {
    use customs::Stage as S;
    const WAY: [&str; 5] = ["new", "1/sending", "1/number", "1/release", "1/clearance"];
    match stage {
        S::Draft => &WAY[..1],
        S::SentToBroker => &WAY[..2],
        S::Declared => &WAY[..3],
        S::Released => &WAY[..4],
        S::Cleared => &WAY,
        S::Inspected => &["new", "1/sending", "1/number", "1/inspection"],
        S::Amended => &["new", "1/sending", "1/number", "1/release", "1/amendment"],
        S::Revoked => &["new", "1/sending", "1/number", "1/revocation"],
        S::ShutOut => &["new", "1/sending", "1/number", "1/shut-out"],
        S::Void => &["new", "1/void"],
    }
}

/// An act on a declaration by whoever may do it.
async fn declares(w: &World, number: &str, act: &str) -> u16 {
    let act = format!("declarations/{act}");
    let login = if act.ends_with("/void") { "gu" } else { "shen" };
    let form = w.shipping_form(number, &act).await;
    w.ship_as(login, number, &act, form).await.status
}

#[tokio::test]
async fn nothing_is_released_before_every_declaration_in_force_is() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::GatedIn).await;
    let page = w.ship(&number, RELEASE).await.is(422);
    assert!(page.has("没有有效的报关单"), "{}", page.text());
    for act in ["new", "1/sending", "1/number"] {
        assert_eq!(declares(&w, &number, act).await, 303);
    }
    let refused = w.ship(&number, RELEASE).await.is(409);
    assert!(refused.has("1 · 3101"), "it names the declaration");
    assert_eq!(declares(&w, &number, "1/release").await, 303);
    // A second one that is not used is in the way until it is voided.
    assert_eq!(declares(&w, &number, "new").await, 303);
    w.ship(&number, RELEASE).await.is(409);
    assert_eq!(declares(&w, &number, "2/sending").await, 303);
    assert_eq!(declares(&w, &number, "2/void").await, 303);
    let form = w.shipping_form(&number, RELEASE).await;
    let both = form.clone().with("undeclared", "快递代报");
    w.ship_as("shen", &number, RELEASE, both).await.is(422);
    w.ship_as("shen", &number, RELEASE, form).await.is(303);
    assert_eq!(w.shipment_stage(&number).await, "customs_released");
}

#[tokio::test]
async fn samples_by_courier_go_without_a_declaration_and_the_reason_stays() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::GatedIn).await;
    let form = w.shipping_form(&number, RELEASE).await;
    let form = form.with("undeclared", "样品，快递公司代报");
    w.ship_as("shen", &number, RELEASE, form).await.is(303);
    let shen = w.as_("shen").await;
    let page = shen.get(&format!("/shipments/{number}")).await.is(200);
    assert!(page.has("未用本公司报关单出运：样品，快递公司代报"));
    let told: i64 = w
        .ask("select count(*) from event where kind = 'customs_released' and payload::text like '%快递公司代报%'")
        .await;
    assert!(told > 0);
    // The next vessel is another question.
    w.ship(&number, "roll").await.is(303);
    let kept: String = w.ask("select undeclared from shipment").await;
    assert_eq!(kept, "");
}

#[tokio::test]
async fn a_declaration_ends_whether_or_not_the_customs_let_it_go() {
    use customs::Stage as S;
    for stage in [S::Declared, S::Inspected, S::Released, S::Amended] {
        for (act, end) in [("1/revocation", "revoked"), ("1/shut-out", "shut_out")] {
            let w = World::new().await;
            let order = w.ready_order().await;
            let number = w.shipment_at(&order, Stage::Booked).await;
            for act in way(stage) {
                assert_eq!(declares(&w, &number, act).await, 303, "{stage:?} {act}");
            }
            let act_ = format!("declarations/{act}");
            let form = w.shipping_form(&number, &act_).await.with("words", "");
            w.ship_as("shen", &number, &act_, form).await.is(422);
            assert_eq!(declares(&w, &number, act).await, 303, "{stage:?} {act}");
            assert_eq!(declaration_stage(&w, 1).await, end);
            let page = format!("/shipments/{number}/declarations");
            assert!(w.as_("shen").await.get(&page).await.has("海关通知"));
        }
    }
}

#[tokio::test]
async fn what_was_declared_for_the_vessel_that_left_is_named_until_it_is_changed_or_ended() {
    for (left, end, item) in [
        ("roll", "1/amendment", 0),
        ("roll", "1/revocation", 0),
        ("shut-out", "1/shut-out", 0),
        ("shut-out", "1/inspection", 1),
        ("roll", "1/release", 1),
    ] {
        let w = World::new().await;
        let order = w.ready_order().await;
        let number = w.shipment_at(&order, Stage::GatedIn).await;
        w.declared(&number).await;
        w.turn_to("2026-11-24");
        w.ship(&number, left).await.is(303);
        let open = "select count(*) from open_item where kind = 'end_declaration'";
        assert_eq!(w.ask::<i64>(open).await, 1, "{left}");
        let file = w.as_("shen").await.get(&order.url()).await.is(200);
        assert!(file.has("3101202600"), "the order names the declaration");
        // The customs hold it: the shipment is not just called off.
        w.ship(&number, "cancellation").await.is(409);
        w.turn_to("2026-11-25");
        let done = declares(&w, &number, end).await;
        assert_eq!(done, if item == 0 { 303 } else { 409 }, "{left} {end}");
        assert_eq!(w.ask::<i64>(open).await, item, "{left} {end}");
        assert_eq!(w.verify().await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn goods_left_behind_do_not_leave_on_the_declaration_of_the_vessel_before() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::CustomsReleased).await;
    w.turn_to("2026-11-24");
    for act in ["roll", "rebooking", "customs-documents", "gate-in"] {
        w.ship(&number, act).await.is(303);
    }
    let form = w.shipping_form(&number, RELEASE).await;
    let form = form.with("day", "2026-11-24");
    let refused = w.ship_as("shen", &number, RELEASE, form.clone()).await;
    assert!(refused.is(409).has("没带走这批货"));
    assert_eq!(declares(&w, &number, "1/amendment").await, 303);
    w.ship_as("shen", &number, RELEASE, form).await.is(303);
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story")]
async fn a_wrong_gate_in_day_is_put_right_and_days_keep_their_order() {
    let w = World::new().await;
    w.turn_to("2026-11-28");
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::GatedIn).await;
    // The goods were in the port two days before anybody wrote it down, and sailed the day before.
    let put = |form: Form, days: &[(&str, &str)]| {
        days.iter()
            .fold(form, |form, (name, day)| form.with(name, *day))
    };
    w.sql("update shipment set gated_in_on = '2026-11-28'")
        .await;
    w.declared(&number).await;
    let form = w.shipping_form(&number, RELEASE).await;
    let early = put(form, &[("day", "2026-11-26")]);
    let refused = w.ship_as("shen", &number, RELEASE, early.clone()).await;
    assert!(refused.is(409).has("2026-11-26"));
    let dates = |rev: i32| {
        Form::from([
            ("etd", "2026-12-10"),
            ("eta", "2027-01-15"),
            ("reason", "抄错"),
        ])
        .with("rev", rev.to_string())
    };
    let version = "select version from shipment";
    let form = dates(w.ask(version).await).with("gated_in_on", "2026-11-29");
    w.ship_as("shen", &number, "dates", form).await.is(422);
    let form = dates(w.ask(version).await).with("gated_in_on", "2026-11-26");
    w.ship_as("shen", &number, "dates", form).await.is(303);
    let told: i64 = w
        .ask("select count(*) from event where kind = 'shipment_date_corrected' and payload::text like '%gated_in_on%'")
        .await;
    assert!(told > 0, "from which day to which stays on the timeline");
    let form = w.shipping_form(&number, RELEASE).await;
    let form = form.with("day", "2026-11-26");
    w.ship_as("shen", &number, RELEASE, form).await.is(303);
    let form = w.shipping_form(&number, "departure").await;
    let form = form.with("day", "2026-11-27");
    w.ship_as("shen", &number, "departure", form).await.is(303);
    // Each against the others.
    for (gate, released, board) in [
        ("2026-11-27", "2026-11-26", "2026-11-27"),
        ("2026-11-26", "2026-11-28", "2026-11-27"),
        ("2026-11-26", "2026-11-26", "2026-11-25"),
    ] {
        let form = put(
            dates(w.ask(version).await),
            &[
                ("gated_in_on", gate),
                ("released_on", released),
                ("on_board_on", board),
            ],
        );
        w.ship_as("shen", &number, "dates", form).await.is(422);
    }
    let form = put(
        dates(w.ask(version).await),
        &[
            ("gated_in_on", "2026-11-25"),
            ("released_on", "2026-11-25"),
            ("on_board_on", "2026-11-26"),
        ],
    );
    w.ship_as("shen", &number, "dates", form).await.is(303);
}

#[tokio::test]
async fn the_customs_set_is_looked_through_until_the_goods_leave_and_not_without_codes() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let number = w.shipment_at(&order, Stage::Booked).await;
    w.sql("update order_line set hs_code = '' where item_no = 'LS-02'")
        .await;
    let refused = w.ship(&number, "customs-set").await.is(409);
    assert!(refused.has("LS-02") && !refused.has("LS-01"));
    let form = w.shipping_form(&number, "customs-set").await;
    let form = form.with("elements", "");
    w.ship_as("shen", &number, "customs-set", form)
        .await
        .is(303);
    for stage in Stage::ALL {
        let w = World::new().await;
        let order = w.ready_order().await;
        let number = w.shipment_at(&order, stage).await;
        let open = !matches!(stage, Stage::Departed | Stage::Arrived | Stage::Cancelled);
        let url = format!("/shipments/{number}/customs-set");
        let page = w.as_("shen").await.get(&url).await.status;
        assert_eq!(page, if open { 200 } else { 409 }, "{stage:?}");
        let before = w.everything().await;
        let reply = w.ship(&number, "customs-set").await;
        assert_eq!(reply.status, if open { 303 } else { 409 }, "{stage:?}");
        assert_eq!(w.everything().await == before, !open, "{stage:?}");
    }
}

#[tokio::test]
async fn acts_on_a_declaration_that_do_not_exist_are_refused_and_write_nothing() {
    use customs::Move as M;
    const ACTS: [(&str, M); 10] = [
        ("edit", M::Edit),
        ("sending", M::SendToBroker),
        ("void", M::Void),
        ("number", M::Declare),
        ("inspection", M::Inspect),
        ("release", M::Release),
        ("clearance", M::Clear),
        ("amendment", M::Amend),
        ("revocation", M::Revoke),
        ("shut-out", M::ShutOut),
    ];
    for stage in customs::Stage::ALL {
        let w = World::new().await;
        let order = w.ready_order().await;
        let number = w.shipment_at(&order, Stage::Booked).await;
        for act in way(stage) {
            assert_eq!(declares(&w, &number, act).await, 303, "{stage:?} {act}");
        }
        assert_eq!(declaration_stage(&w, 1).await, stage.code());
        for (act, step) in ACTS {
            if stage.after(step).is_some() {
                continue;
            }
            let before = w.everything().await;
            let status = declares(&w, &number, &format!("1/{act}")).await;
            assert_eq!(status, 409, "{stage:?} {act}");
            assert_eq!(w.everything().await, before, "{stage:?} {act}");
        }
    }
}

#[tokio::test]
async fn late_customs_sets_are_counted_by_forwarder() {
    let w = World::new().await;
    let order = w.ready_order().await;
    let late = w.shipment_at(&order, Stage::Booked).await;
    let second = w.ready_order().await;
    let ahead = w.shipment_at(&second, Stage::DocumentsSent).await;
    for act in ["packing-list", "customs-set"] {
        w.ship(&late, act).await.is(303);
    }
    w.turn_to("2026-12-08T09:00:00Z");
    w.ship(&late, "customs-documents").await.is(303);
    let shen = w.as_("shen").await;
    let list = shen.get("/shipments").await.is(200);
    assert!(list.has("资料迟交 1"), "counted on the list");
    let page = shen.get("/shipments?late=yes").await.is(200);
    assert!(page.has(&late) && !page.has(&ahead));
    assert!(page.has("海翎国际货运 1"), "{}", page.text());
    let none = shen.get("/shipments?late=yes&mode=air").await.is(200);
    assert!(!none.has(&late));
    // Who may not know the orders counts nothing.
    let lu = w.as_("lu").await.get("/shipments").await.is(200);
    assert!(!lu.has("资料迟交 1"));
}
