//! The factory's answer: acknowledged, or another day, quantity, price; who may say yes to what.

use crate::support::{Form, Placed, World};
use gendan::production::order::Stage;

async fn issued(w: &World) -> (Placed, String) {
    let order = w.ordered().await;
    let key = w.production_at(&order, Stage::Issued).await;
    (order, key)
}

async fn countered(w: &World, typed: &[(&str, &str)]) -> (Placed, String) {
    let (order, key) = issued(w).await;
    let mut fields = vec![("answer", "counter")];
    fields.extend(typed);
    let form = w.answer(&order, &key, &fields).await;
    let url = format!("{}/answer", order.paper(&key));
    w.as_("shen").await.post(&url, form).await.is(303);
    assert_eq!(w.paper_stage(&order, &key).await, "counter_proposed");
    (order, key)
}

#[tokio::test]
async fn an_answer_needs_who_how_when_and_evidence() {
    let w = World::new().await;
    let (order, key) = issued(&w).await;
    let url = format!("{}/answer", order.paper(&key));
    let shen = w.as_("shen").await;
    let good = w.answer(&order, &key, &[]).await;
    for (name, bad) in [
        ("answer", ""),
        ("who", ""),
        ("channel", "pigeon"),
        ("day", "2026-11-24"),
        ("words", ""),
    ] {
        let form = good.clone().with(name, bad);
        shen.post(&url, form).await.is(422);
    }
    let same = good.clone().with("answer", "counter");
    shen.post(&url, same).await.is(422);
    // With a file the words may be left out; it is shut to who may not see the factory's prices.
    let form = good.with("words", "");
    shen.upload(&url, form, ("evidence", "回执.pdf", b"%PDF-1.7\n%%EOF\n"))
        .await
        .is(303);
    assert_eq!(w.paper_stage(&order, &key).await, "acknowledged");
    let kind: String = w
        .ask("select s.kind from production_order p join stored_file s on s.id = p.evidence")
        .await;
    assert_eq!(kind, "factory_quote");
    let open: i64 = w
        .ask("select count(*) from relay_receipt where acknowledged_at is null")
        .await;
    assert_eq!(open, 0, "the relay that brought it is acknowledged with it");
}

#[tokio::test]
async fn the_operator_accepts_what_costs_no_more_and_comes_in_time() {
    let w = World::new().await;
    let (order, key) = countered(
        &w,
        &[("delivery_on", "2027-01-10"), ("lines[0][price]", "23.00")],
    )
    .await;
    w.produce(&order, &key, "acceptance").await.is(303);
    assert_eq!(w.paper_stage(&order, &key).await, "accepted");
    let price: String = w
        .ask("select min(unit_price)::numeric(9, 2)::text from production_order_line")
        .await;
    assert_eq!(price, "23.00");
    let day: chrono::NaiveDate = w.of_paper(&order, &key, "delivery_on").await;
    assert_eq!(day.to_string(), "2027-01-10");
    let owed: i64 = w
        .ask("select count(*) from relay_receipt where to_side = 'factory' and passed_at is null")
        .await;
    assert!(owed > 0, "our yes is to be passed on");
    assert!(gendan::app::verify(&w.app).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_higher_price_or_a_later_day_is_the_managers() {
    let w = World::new().await;
    for typed in [("lines[0][price]", "23.46"), ("delivery_on", "2027-01-21")] {
        let (order, key) = countered(&w, &[typed]).await;
        let before = w.everything().await;
        let page = w.produce(&order, &key, "acceptance").await.is(409);
        assert!(page.has("经理"));
        assert_eq!(w.everything().await, before);
        for login in ["shen", "zhou", "xu"] {
            let form = w.verdict(&order, "decision", "approved").await;
            let url = format!("{}/decision", order.paper(&key));
            w.as_(login).await.post(&url, form).await.is(403);
        }
        let gu = w.as_("gu").await;
        assert!(gu.get("/approvals").await.is(200).has("工厂另提条件"));
        w.produce(&order, &key, "decision").await.is(303);
        assert_eq!(w.paper_stage(&order, &key).await, "accepted");
    }
    let later: i64 = w
        .ask("select count(*) from relay r join relay_receipt t on t.relay = r.id where t.to_side = 'customer'")
        .await;
    assert_eq!(later, 1, "only the later day is owed to the customer");
}

#[tokio::test]
async fn what_the_manager_does_not_want_the_operator_declines_and_the_factory_answers_again() {
    let w = World::new().await;
    let (order, key) = countered(&w, &[("lines[1][price]", "30")]).await;
    let gu = w.as_("gu").await;
    let url = format!("{}/decision", order.paper(&key));
    let back = w.verdict(&order, "decision", "returned").await;
    gu.post(&url, back).await.is(303);
    assert_eq!(w.paper_stage(&order, &key).await, "counter_proposed");
    w.produce(&order, &key, "decision").await.is(409);
    let shen = w.as_("shen").await;
    shen.post(&format!("{}/decline", order.paper(&key)), [("words", "")])
        .await
        .is(422);
    w.produce(&order, &key, "decline").await.is(303);
    w.produce(&order, &key, "answer").await.is(303);
    assert_eq!(w.paper_stage(&order, &key).await, "acknowledged");
    let price: String = w
        .ask("select max(unit_price)::numeric(9, 2)::text from production_order_line")
        .await;
    assert_eq!(price, "23.45", "our order stands as it was issued");
}

#[tokio::test]
async fn more_than_ordered_is_not_accepted() {
    let w = World::new().await;
    let (order, key) = countered(&w, &[("lines[0][quantity]", "1300")]).await;
    w.produce(&order, &key, "acceptance").await.is(409);
    assert_eq!(w.paper_stage(&order, &key).await, "counter_proposed");
}

#[tokio::test]
async fn less_than_ordered_leaves_the_rest_to_be_given() {
    let w = World::new().await;
    let (order, key) = countered(&w, &[("lines[0][quantity]", "1000")]).await;
    w.produce(&order, &key, "acceptance").await.is(303);
    let start: i64 = w
        .ask("select count(*) from open_item where kind = 'start_production'")
        .await;
    assert_eq!(start, 1);
    w.as_("shen")
        .await
        .post(&order.production(), [])
        .await
        .is(303);
    let rest: String = w
        .ask(
            "select l.quantity::int::text from production_order_line l
             join production_order p on p.id = l.production_order where p.number = 2",
        )
        .await;
    assert_eq!(rest, "200");
}

#[tokio::test]
async fn the_same_form_twice_is_one_answer() {
    let w = World::new().await;
    let (order, key) = issued(&w).await;
    let url = format!("{}/answer", order.paper(&key));
    // The page's own form, with its key, sent twice.
    let form: Form = w.answer(&order, &key, &[]).await;
    let shen = w.as_("shen").await;
    let first = shen.post_raw(&url, form.clone()).await.is(303);
    let events = w.count("event").await;
    let again = shen.post_raw(&url, form).await.is(303);
    assert_eq!(first.location(), again.location());
    assert_eq!(w.count("event").await, events);
}
