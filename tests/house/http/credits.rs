//! Credits: received with every field, examined against the order, amended whole, workable only without an open
//! finding, drawn never beyond its amount, over on its day.

use crate::support::{Form, MESSAGE, Placed, Wanted, World, message};
use gendan::credits::{Move, Stage};
use gendan::work;

pub(super) async fn drain(w: &World) {
    while work::one(&w.app).await.unwrap() {}
}

pub(super) async fn paid_by_credit(w: &World) -> Placed {
    w.order_paid_by(Wanted::EUROPE, "LC_SIGHT").await
}

pub(super) async fn findings(w: &World, credit: &str) -> Vec<String> {
    w.ask_all(&format!(
        "select f.tag || ' ' || f.state from credit_finding f join letter_of_credit l on l.id = f.letter_of_credit
         where l.number = '{credit}' order by f.sequence"
    ))
    .await
}

pub(super) async fn kinds(w: &World, order: &Placed) -> Vec<String> {
    w.ask_all(&format!(
        "select kind from open_item where order_id = '{}' order by kind",
        order.id
    ))
    .await
}

#[tokio::test]
async fn a_pasted_message_fills_the_form_and_is_kept_field_by_field() {
    let w = World::new().await;
    let order = paid_by_credit(&w).await;
    let credit = w.credit_at(&order, Stage::Expected).await;
    let shen = w.as_("shen").await;
    let url = format!("/credits/{credit}/receipt");
    let split = shen
        .post(
            &url,
            [("act", "split"), ("pasted", MESSAGE), ("day", "2026-11-23")],
        )
        .await
        .is(200);
    assert!(split.has("USD12480,00"));
    shen.post(&url, split.form(&url).with("act", "receive"))
        .await
        .is(303);
    let kept: Vec<String> = w
        .ask_all("select concat_ws('|', bank_number, currency, amount, expiry_on, expiry_place, latest_shipment_on, period_days, terms ->> '41a', issuing_bank) from letter_of_credit")
        .await;
    assert_eq!(
        kept,
        [
            "SB-88123|USD|12480.0000|2027-02-28|NINGBO, CHINA|2027-01-31|21|ANY BANK\nBY NEGOTIATION|SKARGARD BANK (DEMO)"
        ]
    );
    assert_eq!(
        kinds(&w, &order)
            .await
            .iter()
            .filter(|kind| *kind == "examine_credit")
            .count(),
        1
    );
    shen.get(&format!("/credits/{credit}")).await.is(200);
}

#[tokio::test]
async fn a_form_that_cannot_be_read_keeps_what_was_typed() {
    let w = World::new().await;
    let order = paid_by_credit(&w).await;
    let credit = w.credit_at(&order, Stage::Expected).await;
    let bad = message(
        &MESSAGE
            .replace("USD12480,00", "12480")
            .replace(":20:SB-88123\n", ""),
    );
    let url = format!("/credits/{credit}/receipt");
    let reply = w.seen_post("shen", &url, bad).await.is(422);
    assert!(
        reply.has("LINEN SHIRTS FOB NINGBO") && reply.has("f-f_32B-e") && reply.has("f-f_20-e")
    );
    assert_eq!(w.credit_stage(&credit).await, "expected");
}

#[tokio::test]
async fn what_differs_from_the_order_is_found_asked_and_settled_by_the_amendment() {
    let w = World::new().await;
    let order = paid_by_credit(&w).await;
    let credit = w.credit_at(&order, Stage::Expected).await;
    w.credit_act(&order, &credit, "wrong-receipt").await.is(303);
    w.credit_act(&order, &credit, "examination").await.is(303);
    assert_eq!(findings(&w, &credit).await, ["42C open"]);
    w.credit_act(&order, &credit, "workable").await.is(409);
    w.credit_act(&order, &credit, "amendment-request")
        .await
        .is(303);
    assert_eq!(findings(&w, &credit).await, ["42C asked"]);
    let relay: String = w.ask("select to_side || ' ' || l.text from relay r join relay_line l on l.relay = r.id join relay_receipt t on t.relay = r.id").await;
    assert!(
        relay.starts_with("customer 42C: Please amend the tenor"),
        "{relay}"
    );
    w.credit_act(&order, &credit, "amendments").await.is(303);
    let shown = w
        .as_("shen")
        .await
        .get(&format!("/credits/{credit}"))
        .await
        .is(200);
    assert!(shown.has("60 DAYS AFTER SIGHT"));
    w.credit_act(&order, &credit, "amendments/1/acceptance")
        .await
        .is(303);
    assert_eq!(w.credit_stage(&credit).await, "amended");
    w.credit_act(&order, &credit, "examination").await.is(303);
    assert_eq!(findings(&w, &credit).await, ["42C settled"]);
    w.credit_act(&order, &credit, "workable").await.is(303);
}

#[tokio::test]
async fn a_finding_is_waived_by_name_with_a_reason_only() {
    let w = World::new().await;
    let order = paid_by_credit(&w).await;
    let credit = w.credit_at(&order, Stage::Examined).await;
    let shen = w.as_("shen").await;
    let found = [
        ("tag", "47A"),
        ("theirs", "T/T copy"),
        ("ours", "none"),
        ("severity", "discrepancy"),
        ("ask", "Please delete."),
    ];
    let findings = format!("/credits/{credit}/findings");
    w.seen_post("shen", &findings, found).await.is(303);
    w.credit_act(&order, &credit, "workable").await.is(409);
    let waiver = format!("/credits/{credit}/findings/1/waiver");
    w.seen_post("shen", &waiver, []).await.is(422);
    w.seen_post("shen", &waiver, [("words", "we can do it")])
        .await
        .is(303);
    w.seen_post("shen", &waiver, [("words", "again")])
        .await
        .is(409);
    w.credit_act(&order, &credit, "workable").await.is(303);
    let page = shen.get(&format!("/credits/{credit}")).await.is(200);
    assert!(page.has("we can do it") && page.has("沈小禾"));
}

#[tokio::test]
async fn a_foreign_currency_is_mended_by_the_bank_and_waived_by_nobody() {
    let w = World::new().await;
    let order = paid_by_credit(&w).await;
    let credit = w.credit_at(&order, Stage::Expected).await;
    let euros = message(&MESSAGE.replace("USD12480", "EUR12480"));
    w.seen_post("shen", &format!("/credits/{credit}/receipt"), euros)
        .await
        .is(303);
    w.credit_act(&order, &credit, "examination").await.is(303);
    let waiver = format!("/credits/{credit}/findings/1/waiver");
    w.seen_post("shen", &waiver, [("words", "fine")])
        .await
        .is(409);
    assert_eq!(findings(&w, &credit).await, ["32B open"]);
}

#[tokio::test]
async fn an_amendment_is_refused_whole_and_the_old_terms_stand() {
    let w = World::new().await;
    let order = paid_by_credit(&w).await;
    let credit = w.credit_at(&order, Stage::AmendmentAsked).await;
    w.credit_act(&order, &credit, "amendments").await.is(303);
    w.credit_act(&order, &credit, "amendments").await.is(409);
    let refusal = format!("/credits/{credit}/amendments/1/refusal");
    w.seen_post("shen", &refusal, [("words", "no")])
        .await
        .is(303);
    let tenor: String = w.ask("select terms ->> '42C' from letter_of_credit").await;
    assert_eq!(tenor, "60 DAYS AFTER SIGHT");
    assert_eq!(w.credit_stage(&credit).await, "amendment_asked");
    w.credit_act(&order, &credit, "amendments/1/acceptance")
        .await
        .is(409);
}

#[tokio::test]
async fn a_credit_is_drawn_per_shipment_and_never_beyond_what_is_left() {
    let w = World::new().await;
    let order = paid_by_credit(&w).await;
    let credit = w.credit_at(&order, Stage::Workable).await;
    w.shipped(&order, "S26-0001", "2026-11-20").await;
    let xu = w.as_("xu").await;
    let url = format!("/credits/{credit}/drawings");
    let draw = |amount: &str| {
        Form::from([("shipment", "S26-0001"), ("day", "2026-11-23")]).with("amount", amount)
    };
    xu.get(&url).await.is(200);
    w.seen_post("xu", &url, draw("12480.01")).await.is(409);
    w.seen_post("xu", &url, draw("12000")).await.is(303);
    assert_eq!(w.credit_stage(&credit).await, "drawn");
    w.seen_post("xu", &url, draw("480.01")).await.is(409);
    w.seen_post("xu", &url, draw("480").with("shipment", "S26-0009"))
        .await
        .is(409);
    w.seen_post("xu", &url, draw("480")).await.is(303);
    assert_eq!(w.credit_stage(&credit).await, "exhausted");
    assert!(gendan::app::verify(&w.app).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_house_ends_a_credit_after_its_last_banking_day_unless_it_was_extended() {
    let w = World::new().await;
    let order = paid_by_credit(&w).await;
    let credit = w.credit_at(&order, Stage::Received).await;
    // The 28th of February 2027 is a Sunday: the bank takes documents on Monday.
    w.turn_to("2027-03-01T23:59:00+08:00");
    drain(&w).await;
    assert_eq!(w.credit_stage(&credit).await, "received");
    w.turn_to("2027-03-02T00:00:00+08:00");
    drain(&w).await;
    assert_eq!(w.credit_stage(&credit).await, "expired");
    assert!(kinds(&w, &order).await.contains(&"renew_credit".to_owned()));
    w.credit_act(&order, &credit, "examination").await.is(409);
}

#[tokio::test]
async fn a_credit_over_two_orders_is_known_through_each_and_compared_with_both() {
    let w = World::new().await;
    let (first, second) = (paid_by_credit(&w).await, paid_by_credit(&w).await);
    let theirs = w.open_order(Wanted::AMERICA).await;
    let shen = w.as_("shen").await;
    let url = format!("{}/credit", first.url());
    let form = |other: &str| Form::from([("amount", "24960")]).with("other", other);
    shen.post(&url, form(&theirs.number)).await.is(409);
    let reply = shen.post(&url, form(&second.number)).await.is(303);
    let credit = reply.location().trim_start_matches("/credits/").to_owned();
    assert!(
        kinds(&w, &second)
            .await
            .contains(&"expect_credit".to_owned())
    );
    w.credit_act(&first, &credit, "receipt").await.is(303);
    w.credit_act(&first, &credit, "examination").await.is(303);
    assert_eq!(findings(&w, &credit).await, ["32B open"]);
    assert!(
        kinds(&w, &second)
            .await
            .contains(&"settle_findings".to_owned())
    );
    w.as_("lu")
        .await
        .get(&format!("/credits/{credit}"))
        .await
        .is(404);
}

#[tokio::test]
async fn who_sees_no_amounts_sees_none_of_a_credit() {
    let w = World::new().await;
    let order = paid_by_credit(&w).await;
    let credit = w.credit_at(&order, Stage::Workable).await;
    for url in [
        format!("/credits/{credit}"),
        "/credits".to_owned(),
        format!("{}/credit", order.url()),
    ] {
        let own = w.as_("shen").await.get(&url).await.is(200);
        let reader = w.as_("tang").await.get(&url).await.is(200);
        assert!(own.has("12,480.00"), "{url}");
        assert!(!reader.has("12,480.00") && !reader.has("12480"), "{url}");
    }
}

#[tokio::test]
#[expect(clippy::similar_names, reason = "both are the trade's words")]
async fn the_list_is_filtered_and_walked_within_reach() {
    let w = World::new().await;
    let order = paid_by_credit(&w).await;
    let older = w.credit_at(&order, Stage::Received).await;
    w.turn_to("2026-11-23T11:30:00+08:00");
    let numbers = [older, w.credit_at(&order, Stage::Workable).await];
    let shen = w.as_("shen").await;
    let all = shen.get("/credits?state=all").await.is(200);
    assert!(numbers.iter().all(|number| all.has(number)));
    let some = shen.get("/credits?state=workable&q=sb-88").await.is(200);
    assert!(some.has(&numbers[1]) && !some.has(&numbers[0]));
    let none = shen.get("/credits?q=%25").await.is(200);
    assert!(!none.has(&numbers[0]));
    let next = shen
        .get(&format!("/credits?after={}", numbers[1]))
        .await
        .is(200);
    let link = |number: &str| format!("\"/credits/{number}\"");
    assert!(next.has(&link(&numbers[0])) && !next.has(&link(&numbers[1])));
    assert!(
        !w.as_("lu")
            .await
            .get("/credits")
            .await
            .is(200)
            .has(&numbers[0])
    );
    w.as_("zhou").await.get("/credits").await.is(403);
}

/// The acts as they are sent, and the move each is.
const ACTS: [(&str, Move); 7] = [
    ("receipt", Move::Receive),
    ("examination", Move::Examine),
    ("amendment-request", Move::AskAmendment),
    ("amendment-refusal", Move::Refuse),
    ("workable", Move::DeclareWorkable),
    ("cancellation", Move::Cancel),
    ("drawings", Move::Draw),
];

#[tokio::test]
async fn acts_that_do_not_exist_from_a_stage_are_refused_and_write_nothing() {
    let w = World::new().await;
    for stage in [
        Stage::Expected,
        Stage::Received,
        Stage::Examined,
        Stage::AmendmentAsked,
        Stage::Amended,
        Stage::Refused,
        Stage::Workable,
        Stage::Cancelled,
    ] {
        let order = paid_by_credit(&w).await;
        let credit = w.credit_at(&order, stage).await;
        assert_eq!(w.credit_stage(&credit).await, stage.code());
        for (act, step) in ACTS {
            if stage.after(step).is_some() {
                continue;
            }
            let before = w.everything().await;
            let reply = if act == "drawings" {
                let form = [
                    ("shipment", "S26-0001"),
                    ("amount", "1"),
                    ("day", "2026-11-23"),
                ];
                let url = format!("/credits/{credit}/drawings");
                w.seen_post("xu", &url, form).await
            } else {
                w.credit_act(&order, &credit, act).await
            };
            assert_eq!(reply.status, 409, "{stage:?} {step:?}");
            assert_eq!(w.everything().await, before, "{stage:?} {step:?}");
        }
    }
}

#[tokio::test]
async fn a_form_sent_twice_makes_one_credit() {
    let w = World::new().await;
    let order = paid_by_credit(&w).await;
    let shen = w.as_("shen").await;
    let (url, key) = (
        format!("{}/credit", order.url()),
        crate::support::fresh_key(),
    );
    let first = shen
        .post_keyed(&url, [("amount", "1000")], &key)
        .await
        .is(303);
    let again = shen
        .post_keyed(&url, [("amount", "1000")], &key)
        .await
        .is(303);
    assert_eq!(first.location(), again.location());
    assert_eq!(w.count("letter_of_credit").await, 1);
}
