//! Exceptions 放行 (P4, P4b, P17): asked for before a gate that is shut, granted on the facts that were shown, used once.

use crate::support::{Placed, World, id};
use gendan::production::order::Stage;

/// An order whose deposit is not in, with the draft to its factory.
async fn held(w: &World) -> (Placed, String) {
    let order = w.ordered().await;
    let key = w.production_at(&order, Stage::Draft).await;
    (order, key)
}

async fn items(w: &World) -> Vec<String> {
    w.ask_all(
        "select kind || ' ' || waiting from open_item where kind like '%exception%' order by kind",
    )
    .await
}

#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
#[tokio::test]
async fn the_operator_asks_where_she_is_refused_and_uses_the_managers_yes_once() {
    let w = World::new().await;
    let (order, key) = held(&w).await;
    let ask = format!("{}/exceptions/new/production-gate/{key}", order.url());
    let refused = w.produce(&order, &key, "issue").await.is(409);
    assert!(refused.attributes("a", "href").contains(&ask));
    for (login, status) in [
        ("zhou", 200),
        ("xu", 200),
        ("gu", 403),
        ("tang", 403),
        ("lu", 404),
    ] {
        w.as_(login).await.get(&ask).await.is(status);
    }
    let shen = w.as_("shen").await;
    assert!(shen.get(&ask).await.is(200).has("3,744.00"));
    shen.post(&ask, []).await.is(422);
    let asked = w
        .ask_exception(&order, "production-gate", &key)
        .await
        .is(303);
    let url = asked.location().to_owned();
    w.ask_exception(&order, "production-gate", &key)
        .await
        .is(409);
    assert_eq!(items(&w).await, ["decide_exception manager"]);
    let inbox = w.as_("gu").await.get("/approvals").await.is(200);
    assert!(inbox.has("放行下单") && inbox.has("船不等人") && inbox.has("3,744.00"));
    let page = w.as_("gu").await.get(&url).await.is(200);
    assert!(page.has("3,744.00") && page.has("船不等人"));
    let edit = shen.get(&format!("{}/edit", order.paper(&key))).await;
    assert!(edit.is(200).has("等经理决定"));
    w.decide_exception(&url, "gu", "approved").await.is(303);
    w.decide_exception(&url, "gu", "approved").await.is(409);
    assert_eq!(items(&w).await, ["use_exception us"]);
    // A colleague of another department and who only reads open nothing with it.
    for (login, status) in [("zhou", 403), ("tang", 403), ("lu", 404)] {
        let over = format!("{}/override", order.paper(&key));
        w.as_(login).await.get(&over).await.is(status);
    }
    let over = format!("{}/override", order.paper(&key));
    let form = shen.get(&over).await.is(200).form(&over);
    shen.post(&over, form).await.is(303);
    assert_eq!(items(&w).await, Vec::<String>::new());
    let reason: String = w.of_paper(&order, &key, "override_reason").await;
    assert!(reason.contains("船不等人") && reason.contains("顾明川") && reason.contains("老客户"));
    // In whose name the gate stands open.
    let whose: uuid::Uuid = w.of_paper(&order, &key, "override_by").await;
    assert_eq!(whose, id("gu"));
    shen.get(&over).await.is(403);
    w.produce(&order, &key, "issue").await.is(303);
    assert!(w.as_("shen").await.get(&url).await.is(200).has("已使用"));
    let told: Vec<String> = w
        .ask_all("select kind from event where kind like 'exception%' or kind like '%overridden' order by seq")
        .await;
    let story = [
        "exception_asked",
        "exception_granted",
        "production_gate_overridden",
    ];
    assert_eq!(told, story);
    assert_eq!(w.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn nobody_who_asked_wrote_or_works_it_decides() {
    let w = World::new().await;
    let (order, key) = held(&w).await;
    let asked = w
        .ask_exception(&order, "production-gate", &key)
        .await
        .is(303);
    let url = asked.location().to_owned();
    let form = w.exception_form(&url, "gu", "approved").await;
    let before = w.everything().await;
    let decision = format!("{url}/decision");
    for (login, status) in [
        ("shen", 403),
        ("zhou", 403),
        ("tang", 403),
        ("xu", 403),
        ("jiang", 404),
        ("admin", 404),
    ] {
        let client = w.as_(login).await;
        client.post(&decision, form.clone()).await.is(status);
    }
    assert_eq!(w.everything().await, before);
    let gu = w.as_("gu").await;
    gu.post(&decision, form.clone().with("shown", "bm90aGluZw"))
        .await
        .is(409);
    gu.post(
        &decision,
        form.clone().with("verdict", "returned").with("words", ""),
    )
    .await
    .is(422);
    gu.post(&decision, form).await.is(303);
}

#[tokio::test]
async fn a_manager_who_sells_and_asks_does_not_decide() {
    let w = World::new().await;
    let (order, key) = held(&w).await;
    let gu = id("gu");
    w.sql(&format!(
        "update person set roles = array['manager', 'salesperson'] where id = '{gu}';
         update export_order set salesperson = '{gu}'"
    ))
    .await;
    let ask = format!("{}/exceptions/new/production-gate/{key}", order.url());
    let client = w.as_("gu").await;
    let form = client
        .get(&ask)
        .await
        .is(200)
        .form(&ask)
        .with("words", "先做");
    let asked = client.post(&ask, form).await.is(303);
    let url = asked.location().to_owned();
    w.decide_exception(&url, "gu", "approved").await.is(403);
    w.decide_exception(&url, "qin", "approved").await.is(303);
}

#[tokio::test]
async fn what_was_granted_of_other_facts_opens_nothing() {
    let w = World::new().await;
    let (order, key) = held(&w).await;
    let asked = w
        .ask_exception(&order, "production-gate", &key)
        .await
        .is(303);
    let url = asked.location().to_owned();
    // Money that came meanwhile is another fact.
    let form = w.exception_form(&url, "gu", "approved").await;
    w.money(&order, "1000.00").await;
    let gu = w.as_("gu").await;
    gu.post(&format!("{url}/decision"), form).await.is(409);
    w.write_paper(&order, &key).await.is(303);
    assert_eq!(items(&w).await, ["ask_exception_again us"]);
    assert!(gu.get(&url).await.is(200).has("事实已变"));
    let url = w.granted(&order, "production-gate", &key).await;
    assert_eq!(items(&w).await, ["use_exception us"]);
    w.write_paper(&order, &key).await.is(303);
    let over = format!("{}/override", order.paper(&key));
    let shen = w.as_("shen").await;
    assert!(shen.get(&over).await.is(409).has("重新申请"));
    assert!(shen.get(&url).await.is(200).has("事实已变"));
    assert_eq!(items(&w).await, ["ask_exception_again us"]);
    w.granted(&order, "production-gate", &key).await;
    let form = shen.get(&over).await.is(200).form(&over);
    shen.post(&over, form).await.is(303);
    assert_eq!(w.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_no_stands_on_the_list_of_who_asked_until_it_is_read() {
    let w = World::new().await;
    let (order, key) = held(&w).await;
    let ask = || w.ask_exception(&order, "production-gate", &key);
    let url = ask().await.is(303).location().to_owned();
    let zhou = w.as_("zhou").await;
    zhou.post(&format!("{url}/withdrawal"), []).await.is(403);
    let shen = w.as_("shen").await;
    shen.post(&format!("{url}/withdrawal"), []).await.is(303);
    assert_eq!(items(&w).await, Vec::<String>::new());
    w.decide_exception(&url, "gu", "approved").await.is(409);
    let url = ask().await.is(303).location().to_owned();
    w.decide_exception(&url, "gu", "returned").await.is(303);
    assert_eq!(items(&w).await, ["read_exception us"]);
    assert!(shen.get("/").await.is(200).has("看经理的答复"));
    shen.get(&format!("{}/override", order.paper(&key)))
        .await
        .is(403);
    shen.post(&format!("{url}/note"), []).await.is(303);
    assert_eq!(items(&w).await, Vec::<String>::new());
    w.produce(&order, &key, "issue").await.is(409);
}

#[tokio::test]
async fn a_deputy_decides_for_the_manager_and_the_paper_says_so() {
    let w = World::new().await;
    let (order, key) = held(&w).await;
    w.sql(&format!(
        "insert into deputy (id, absent, deputy, from_day, until_day) values ('{}', '{}', '{}', '2026-11-20', '2026-11-30')",
        id("deputy"),
        id("gu"),
        id("jiang")
    ))
    .await;
    let asked = w
        .ask_exception(&order, "production-gate", &key)
        .await
        .is(303);
    let url = asked.location().to_owned();
    w.decide_exception(&url, "jiang", "approved").await.is(303);
    let behalf: uuid::Uuid = w
        .ask("select on_behalf_of from approval where subject like 'exception%'")
        .await;
    assert_eq!(behalf, id("gu"));
    let said: uuid::Uuid = w
        .ask("select on_behalf_of from event where kind = 'exception_granted'")
        .await;
    assert_eq!(said, id("gu"));
}

#[tokio::test]
async fn where_nothing_is_held_there_is_nothing_to_ask() {
    let w = World::new().await;
    let (order, key) = held(&w).await;
    w.money(&order, crate::support::DEPOSIT).await;
    let shen = w.as_("shen").await;
    let new = format!("{}/exceptions/new", order.url());
    shen.get(&format!("{new}/production-gate/{key}"))
        .await
        .is(409);
    shen.get(&format!("{new}/production-gate/9-9"))
        .await
        .is(404);
    shen.get(&format!("{new}/early-release/S26-0099"))
        .await
        .is(404);
    shen.get(&format!("{new}/no-such-gate/1")).await.is(404);
}

#[tokio::test]
async fn a_failed_inspection_is_waived_on_an_exception() {
    let w = World::new().await;
    let order = w.confirmed().await;
    w.plan_inspection(&order, "final").await.is(303);
    w.record_inspection(&order, 1, "30").await.is(303);
    w.judge_inspection(&order, 1, "failed").await.is(303);
    let url = format!("{}/inspections/1", order.url());
    let shen = w.as_("shen").await;
    assert!(shen.get(&url).await.is(200).has("申请放行"));
    w.granted(&order, "inspection", "1").await;
    assert!(shen.get(&url).await.is(200).has("按放行办理"));
    let waiver = format!("{url}/waiver");
    let form = shen.get(&waiver).await.is(200).form(&waiver);
    shen.post(&waiver, form).await.is(303);
    let (stage, reason): (String, String) = (
        w.ask("select stage from inspection_report").await,
        w.ask("select waived_reason from inspection_report").await,
    );
    assert!(stage == "waived" && reason.contains("顾明川"), "{reason}");
}

#[tokio::test]
async fn what_a_deputy_lets_go_herself_says_for_whom() {
    let w = World::new().await;
    let order = w.confirmed().await;
    w.plan_inspection(&order, "final").await.is(303);
    w.sql(&format!(
        "insert into deputy (id, absent, deputy, from_day, until_day) values ('{}', '{}', '{}', '2026-11-20', '2026-11-30')",
        id("deputy"),
        id("gu"),
        id("jiang")
    ))
    .await;
    let url = format!("{}/inspections/1/waiver", order.url());
    let jiang = w.as_("jiang").await;
    jiang.post(&url, [("words", "老款")]).await.is(303);
    let said: uuid::Uuid = w
        .ask("select on_behalf_of from event where kind = 'inspection_waived'")
        .await;
    assert_eq!(said, id("gu"));
}
