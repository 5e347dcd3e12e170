//! Opinions and handing over 加签与转交: the decision stays with the manager, what a colleague says stands beside it.

use crate::support::{Form, World, id};
use gendan::proforma::Stage;

async fn items(w: &World, kind: &str) -> Vec<uuid::Uuid> {
    w.ask_all(&format!(
        "select owner from open_item where kind = '{kind}'"
    ))
    .await
}

#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
#[tokio::test]
async fn a_colleague_is_asked_answers_from_home_and_the_decision_shows_it() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Submitted).await;
    let gu = w.as_("gu").await;
    let inbox = gu.get("/approvals").await.is(200);
    let ask = inbox
        .attributes("a", "href")
        .into_iter()
        .find(|href| href.ends_with("/opinion"))
        .unwrap();
    for (login, status) in [("shen", 403), ("zhou", 403), ("xu", 403), ("jiang", 404)] {
        w.as_(login).await.get(&ask).await.is(status);
    }
    gu.post(&ask, []).await.is(422);
    // Nobody out of reach, and not oneself.
    for login in ["lu", "jiang", "gu"] {
        let form = Form::from([("question", "怎么看")]).with("who", id(login).to_string());
        gu.post(&ask, form).await.is(422);
    }
    let url = w.ask_opinion(&order, "zhou").await;
    let again = Form::from([("question", "怎么看")]).with("who", id("zhou").to_string());
    gu.post(&ask, again).await.is(409);
    assert_eq!(items(&w, "give_opinion").await, [id("zhou")]);
    assert_eq!(items(&w, "decide_proforma").await.len(), 1);
    let zhou = w.as_("zhou").await;
    assert!(zhou.get("/").await.is(200).has("这个折扣合适吗"));
    w.as_("shen").await.get(&url).await.is(200);
    w.as_("shen")
        .await
        .post(&url, [("words", "可以")])
        .await
        .is(403);
    zhou.post(&url, []).await.is(422);
    zhou.post(&url, [("words", "老客户，给")]).await.is(303);
    zhou.post(&url, [("words", "再说一次")]).await.is(409);
    assert!(items(&w, "give_opinion").await.is_empty());
    let decision = gu
        .get(&format!("{}/approval", order.proforma(1)))
        .await
        .is(200);
    assert!(decision.has("这个折扣合适吗") && decision.has("老客户，给"));
    assert!(gu.get("/approvals").await.is(200).has("1 / 1 已答"));
    w.act_on(&order, 1, "approval").await.is(303);
    assert_eq!(w.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn an_opinion_is_not_waited_for_once_it_is_decided() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Submitted).await;
    let url = w.ask_opinion(&order, "xu").await;
    assert_eq!(items(&w, "give_opinion").await, [id("xu")]);
    w.act_on(&order, 1, "approval").await.is(303);
    assert!(items(&w, "give_opinion").await.is_empty());
    let xu = w.as_("xu").await;
    xu.post(&url, [("words", "晚了")]).await.is(409);
    assert!(xu.get(&url).await.is(200).has("已经决定"));
}

#[tokio::test]
async fn a_decision_is_handed_to_another_who_may_give_it() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Submitted).await;
    let gu = w.as_("gu").await;
    let led = gu.get("/approvals/next").await.is(303);
    let question = led.location().to_owned();
    let url = format!("{question}/handed-on");
    let page = gu.get(&url).await.is(200);
    assert!(page.has("秦"), "{}", page.texts("main").join(" "));
    gu.post(&url, []).await.is(422);
    gu.post(&url, [("to", id("shen").to_string().as_str())])
        .await
        .is(422);
    gu.post(&url, [("to", id("qin").to_string().as_str())])
        .await
        .is(303);
    assert!(gu.get("/approvals").await.is(200).has("没有待办的审批"));
    let form = w.decision(&order, 1, "approved").await;
    let approval = format!("{}/approval", order.proforma(1));
    gu.post(&approval, form.clone()).await.is(409);
    w.as_("qin").await.post(&approval, form).await.is(303);
    w.as_("qin")
        .await
        .get("/approvals/next")
        .await
        .leads_to("/approvals");
}

#[tokio::test]
async fn the_inbox_begins_with_what_waits_longest_and_says_for_whom_a_deputy_decides() {
    let w = World::new().await;
    let first = w.order().await;
    w.proforma_at(&first, Stage::Submitted).await;
    w.turn_to("2026-11-23T11:00:00+08:00");
    let second = w.order().await;
    w.proforma_at(&second, Stage::Submitted).await;
    w.sql(&format!(
        "insert into deputy (id, absent, deputy, from_day, until_day) values ('{}', '{}', '{}', '2026-11-20', '2026-11-30')",
        id("deputy"),
        id("gu"),
        id("jiang")
    ))
    .await;
    for (login, stands_in) in [("gu", false), ("jiang", true)] {
        let page = w.as_(login).await.get("/approvals").await.is(200);
        let numbers = page.texts(".ask .code b, .ask b.code");
        let place = |number: &str| numbers.iter().position(|own| own == number);
        assert!(place(&first.number) < place(&second.number), "{numbers:?}");
        assert_eq!(page.has("代 顾明川"), stands_in);
    }
}

#[tokio::test]
async fn who_gave_the_first_yes_is_not_handed_the_second() {
    let w = World::new().await;
    let admin = w.as_("admin").await;
    let levels = "/settings/levels";
    let form = admin.get("/settings").await.is(200).form(levels);
    admin
        .post(levels, form.with("from_amount", "1000"))
        .await
        .is(303);
    let (eu, jiang) = (id("eu"), id("jiang"));
    w.sql(&format!(
        "insert into department_lead (department, person, level) values ('{eu}', '{jiang}', 2)"
    ))
    .await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Submitted).await;
    let form = w.decision(&order, 1, "approved").await;
    let approval = format!("{}/approval", order.proforma(1));
    w.as_("jiang").await.post(&approval, form).await.is(303);
    let question: uuid::Uuid = w
        .ask("select id from approval where state = 'open' and level = 2")
        .await;
    let url = format!("/approvals/{question}/handed-on");
    let qin = w.as_("qin").await;
    assert!(!qin.get(&url).await.is(200).has("江予宁"));
    qin.post(&url, [("to", jiang.to_string().as_str())])
        .await
        .is(422);
}

#[tokio::test]
async fn no_card_is_lost_between_two_pages_of_the_inbox() {
    let w = World::new().await;
    let order = w.order().await;
    w.sql(&format!(
        "insert into approval (id, order_id, subject, subject_id, revision, content_hash, level, requested_by,
             requested_at, state, summary)
         select gen_random_uuid(), '{}', 'proforma', gen_random_uuid(), n, 'x'::bytea, 1, '{}',
             timestamptz '2026-11-01' + n * interval '1 hour', 'withdrawn', '{{}}' from generate_series(1, 60) n",
        order.id,
        id("shen")
    ))
    .await;
    let shen = w.as_("shen").await;
    let mut url = "/approvals?tab=sent".to_owned();
    let mut found = 0;
    loop {
        let page = shen.get(&url).await.is(200);
        found += page.texts("li.ask").len();
        let next = page.attributes("main a[href*=before]", "href");
        let Some(next) = next.first() else { break };
        url = format!("/approvals{next}");
    }
    assert_eq!(found, 60);
}
