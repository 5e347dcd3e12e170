//! The gate to issue: deposit, letter of credit, trust; the manager's override; and the complete set that ends step 5.

use crate::support::{Placed, World, id};
use gendan::production::order::Stage;
use uuid::Uuid;

async fn with_terms(w: &World, payment: &str) -> Placed {
    let order = w.order().await;
    w.sql(&format!(
        "update export_order set terms = '{payment}' where id = '{}'",
        order.id
    ))
    .await;
    order
}

/// Confirms the proforma invoice under other terms than the builders' form carries.
async fn ordered(w: &World, payment: &str) -> Placed {
    let order = with_terms(w, payment).await;
    let gu = w.as_("gu").await;
    gu.post(&format!("{}/skipping", order.url()), [("reason", "翻单")])
        .await
        .is(303);
    let shen = w.as_("shen").await;
    shen.post(&format!("{}/proforma", order.url()), [])
        .await
        .is(303);
    let form = w.draft_form(&order, 1).await.with("payment", payment);
    shen.post(&order.proforma(1), form).await.is(303);
    for act in ["submission", "approval", "sending", "confirmation"] {
        w.act_on(&order, 1, act).await.is(303);
    }
    order
}

async fn item(w: &World, kind: &str) -> Vec<String> {
    w.ask_all(&format!(
        "select waiting from open_item where kind = '{kind}'"
    ))
    .await
}

#[tokio::test]
async fn a_deposit_opens_the_gate_when_it_is_whole() {
    let w = World::new().await;
    let order = w.ordered().await;
    let key = w.production_at(&order, Stage::Draft).await;
    assert_eq!(item(&w, "await_deposit").await, ["customer"]);
    let page = w.produce(&order, &key, "issue").await.is(409);
    assert!(page.has("USD 3,744.00") && page.has("财务"));
    w.money(&order, "3000.00").await;
    w.produce(&order, &key, "issue").await.is(409);
    w.money(&order, "744.00").await;
    w.produce(&order, &key, "issue").await.is(303);
    assert_eq!(w.paper_stage(&order, &key).await, "issued");
}

#[tokio::test]
async fn a_letter_of_credit_must_be_workable() {
    let w = World::new().await;
    let order = ordered(&w, "LC_SIGHT").await;
    let key = w.production_at(&order, Stage::Draft).await;
    assert_eq!(item(&w, "await_credit").await, ["customer"]);
    w.produce(&order, &key, "issue").await.is(409);
    // until the desk credits has its acts
    let credit = Uuid::from_u128(rand::random());
    w.sql(&format!(
        "insert into letter_of_credit (id, number, customer, department, stage, currency)
             select '{credit}', 'LC-1', customer, department, 'received', 'USD' from export_order where id = '{}';
         insert into letter_of_credit_order values ('{credit}', '{}');",
        order.id, order.id
    ))
    .await;
    w.produce(&order, &key, "issue").await.is(409);
    w.sql("update letter_of_credit set stage = 'workable'")
        .await;
    w.produce(&order, &key, "issue").await.is(303);
}

#[tokio::test]
async fn open_account_asks_the_manager_once_for_these_terms() {
    let w = World::new().await;
    let order = ordered(&w, "OA_30").await;
    let key = w.production_at(&order, Stage::Draft).await;
    assert_eq!(item(&w, "decide_terms").await, ["manager"]);
    w.produce(&order, &key, "issue").await.is(409);
    // The inbox leads to the page where it is decided.
    let gu = w.as_("gu").await;
    let question: Uuid = w.ask("select id from approval where state = 'open'").await;
    let inbox = gu.get("/approvals").await.is(200);
    assert!(inbox.has("放账条件"));
    let led = gu.get(&format!("/approvals/{question}")).await.is(303);
    let url = led.location().to_owned();
    assert!(url.ends_with("/terms"));
    gu.get(&url).await.is(200);
    // The operator, salesperson and another department's manager decide nothing here.
    for (login, status) in [("shen", 403), ("zhou", 403), ("xu", 403), ("jiang", 404)] {
        let form = w.verdict(&order, "terms", "approved").await;
        let client = w.as_(login).await;
        client
            .post(&format!("{}/terms", order.paper(&key)), form)
            .await
            .is(status);
    }
    let back = w.verdict(&order, "terms", "returned").await;
    gu.post(&format!("{}/terms", order.paper(&key)), back)
        .await
        .is(303);
    w.produce(&order, &key, "issue").await.is(409);
    // Saving the draft asks again.
    w.write_paper(&order, &key).await.is(303);
    w.produce(&order, &key, "terms").await.is(303);
    w.produce(&order, &key, "issue").await.is(303);
}

#[tokio::test]
async fn another_content_than_was_shown_is_not_approved() {
    let w = World::new().await;
    let order = ordered(&w, "DP_SIGHT").await;
    let key = w.production_at(&order, Stage::Draft).await;
    let form = w
        .verdict(&order, "terms", "approved")
        .await
        .with("shown", "AAAA");
    let gu = w.as_("gu").await;
    let before = w.everything().await;
    gu.post(&format!("{}/terms", order.paper(&key)), form)
        .await
        .is(409);
    assert_eq!(w.everything().await, before);
}

#[tokio::test]
async fn the_manager_lets_it_pass_with_a_reason_that_stays_in_view() {
    let w = World::new().await;
    let order = w.ordered().await;
    let key = w.production_at(&order, Stage::Draft).await;
    let url = format!("{}/override", order.paper(&key));
    let gu = w.as_("gu").await;
    gu.post(&url, [("words", ""), ("rev", "1")]).await.is(422);
    for login in ["shen", "zhou", "xu"] {
        let client = w.as_(login).await;
        client
            .post(&url, [("words", "x"), ("rev", "1")])
            .await
            .is(403);
    }
    w.produce(&order, &key, "override").await.is(303);
    w.produce(&order, &key, "issue").await.is(303);
    for url in [order.url(), order.paper(&key)] {
        let page = w.as_("zhou").await.get(&url).await.is(200);
        assert!(page.has("经理放行"), "{url}");
    }
    let page = w.as_("shen").await.get(&order.paper(&key)).await.is(200);
    assert!(page.has("老客户，先做"));
    // Where nothing holds there is nothing to let pass.
    let other = w.ordered().await;
    w.money(&other, crate::support::DEPOSIT).await;
    let key = w.production_at(&other, Stage::Draft).await;
    w.produce(&other, &key, "override").await.is(409);
}

#[tokio::test]
async fn step_5_ends_with_the_complete_set() {
    let w = World::new().await;
    let order = w.ordered().await;
    let step = || async { w.ask::<i16>("select step from export_order").await };
    assert_eq!(step().await, 5);
    w.production_at(&order, Stage::Acknowledged).await;
    assert_eq!(step().await, 5);
    assert_eq!(item(&w, "complete_set").await, ["us"]);
    let shen = w.as_("shen").await;
    let url = format!("{}/documents", order.url());
    assert!(shen.get(&url).await.is(200).has("客户订单、上传"));
    let fields = [("kind", "customer_order"), ("audience", "internal")];
    let paper = ("files", "PO 88213.pdf", &b"%PDF-1.7\n%%EOF\n"[..]);
    shen.upload(&url, fields, paper).await.is(303);
    assert_eq!(step().await, 6);
    assert!(shen.get(&url).await.is(200).has("齐全"));
    let passed: i64 = w
        .ask(&format!(
            "select count(*) from relay where order_id = '{}' and step = 5",
            order.id
        ))
        .await;
    assert_eq!(passed, 1, "the order to the factory is a relay");
    assert_ne!(id("qiming"), id("hemu"));
}
