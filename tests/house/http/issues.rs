//! Issues 生产异常: from the report to the close, with what is owed to each side on the way; and who may not.

use crate::support::{Form, Placed, Wanted, World};

async fn stage(w: &World, order: &Placed, issue: i32) -> String {
    w.ask(&format!(
        "select stage from issue where order_id = '{}' and number = {issue}",
        order.id
    ))
    .await
}

async fn items(w: &World, order: &Placed) -> Vec<String> {
    w.ask_all(&format!(
        "select kind || ' ' || waiting || ' ' || problem || ' ' || step from open_item where order_id = '{}' order by kind",
        order.id
    ))
    .await
}

async fn owed(w: &World, order: &Placed, to: &str) -> Vec<String> {
    w.ask_all(&format!(
        "select r.words || case when bool_and(t.acknowledged_at is not null) then ' +' else ' -' end from relay r
         join relay_receipt t on t.relay = r.id where r.order_id = '{}' and t.to_side = '{to}' and r.withdrawn_at is null
         group by r.id order by r.number",
        order.id
    ))
    .await
}

#[tokio::test]
async fn an_issue_goes_to_the_customer_and_back_to_the_workshop() {
    let w = World::new().await;
    let order = w.confirmed().await;
    let issue = w.report(&order, &[]).await;
    assert!(
        items(&w, &order)
            .await
            .contains(&"hand_issue_on us true 6".to_owned())
    );
    w.step(&order, issue, "sales").await.is(303);
    w.step(&order, issue, "question").await.is(303);
    assert_eq!(owed(&w, &order, "customer").await.len(), 1);
    assert!(
        items(&w, &order)
            .await
            .contains(&"await_issue_answer customer true 6".to_owned())
    );
    w.step(&order, issue, "agreement").await.is(303);
    // The answer proves that the question has crossed.
    assert!(owed(&w, &order, "customer").await[0].ends_with(" +"));
    w.step(&order, issue, "conveyance").await.is(303);
    let told = owed(&w, &order, "factory").await;
    assert!(told[0].contains("单独装箱") && told[0].ends_with(" -"));
    let lines: i64 = w
        .ask(&format!(
            "select count(*) from relay_line l join relay r on r.id = l.relay where r.order_id = '{}' and r.words like '收下%'",
            order.id
        ))
        .await;
    assert_eq!(lines, 2, "each line is acknowledged on its own");
    w.step(&order, issue, "acknowledgement").await.is(303);
    assert!(owed(&w, &order, "factory").await[0].ends_with(" +"));
    w.step(&order, issue, "resolution").await.is(303);
    w.step(&order, issue, "closing").await.is(303);
    assert_eq!(stage(&w, &order, issue).await, "closed");
    assert!(gendan::app::verify(&w.app).await.unwrap().is_empty());
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn each_of_two_factories_acknowledges_for_itself_and_the_last_moves_the_issue() {
    let w = World::new().await;
    let order = w.confirmed().await;
    let second = w.second_factory(&order).await;
    let issue = w.issue_at(&order, "conveyed").await;
    let shen = w.as_("shen").await;
    let url = format!("{}/issues/{issue}", order.url());
    let act = format!("{url}/acknowledgement");
    let asked = shen.get(&act).await.is(200);
    let offered = asked.attributes("input[name=factory]", "value");
    assert_eq!(offered.len(), 2, "{offered:?}");
    assert!(offered.contains(&second));
    let said = Form::from([
        ("who", "何厂长"),
        ("channel", "wechat"),
        ("words", "明白，照办"),
    ]);
    let page = shen.post(&act, said.clone()).await.is(422);
    assert!(
        page.has("明白，照办") && page.has("还没回执的"),
        "typed words or the fault are lost"
    );
    let since: String = w.ask("select since::text from issue").await;
    let of = |factory: &str| said.clone().with("factory", factory);
    shen.post(&act, of(&second)).await.is(303);
    assert_eq!(stage(&w, &order, issue).await, "conveyed");
    // The other one is waited for as long as before.
    assert_eq!(
        w.ask::<String>("select since::text from issue").await,
        since
    );
    let receipts =
        "select f.code || ' ' || bool_and(t.acknowledged_at is not null) from relay_receipt t
        join factory f on f.id = t.party group by f.code order by 1";
    assert_eq!(
        w.ask_all::<String>(receipts).await,
        ["hemu true", "qiming false"]
    );
    let page = shen.get(&url).await.is(200);
    let agreed = page.texts(".agree li");
    let count = |word: &str| agreed.iter().filter(|li| li.contains(word)).count();
    assert_eq!((count("已回执"), count("何厂长")), (1, 1), "{agreed:?}");
    assert!(
        items(&w, &order)
            .await
            .contains(&"acknowledge_issue factory false 6".to_owned())
    );
    // It has answered already; the other one is the one that is left.
    shen.post(&act, of(&second)).await.is(422);
    let left = shen
        .get(&act)
        .await
        .attributes("input[name=factory]", "value");
    assert!(left.len() == 1 && left[0] != second, "{left:?}");
    shen.post(&act, of(&left[0])).await.is(303);
    assert_eq!(stage(&w, &order, issue).await, "acknowledged");
    let told: Vec<String> = w
        .ask_all("select payload ->> 'factory' from event where kind = 'issue_acknowledged' order by seq")
        .await;
    assert!(
        told.len() == 2 && told[0] != told[1] && !told[0].is_empty(),
        "{told:?}"
    );
    assert!(gendan::app::verify(&w.app).await.unwrap().is_empty());
}

#[tokio::test]
async fn without_the_customer_the_reason_is_written_down() {
    let w = World::new().await;
    let order = w.confirmed().await;
    let issue = w.issue_at(&order, "with_sales").await;
    let url = format!("{}/issues/{issue}/agreement", order.url());
    let zhou = w.as_("zhou").await;
    let bare = [("result", "返工"), ("bearer", "factory")];
    let page = zhou.post(&url, bare).await.is(422);
    assert!(page.has("返工"), "what was typed comes back");
    let form = Form::from(bare).with("words", "外观和交期都不变");
    zhou.post(&url, form).await.is(303);
    assert_eq!(stage(&w, &order, issue).await, "agreed");
    assert_eq!(w.count("relay").await, 0, "nobody outside was asked");
}

#[tokio::test]
async fn a_stopped_line_is_the_managers_at_once() {
    let w = World::new().await;
    let order = w.confirmed().await;
    w.report(&order, &[("severity", "line_stop")]).await;
    assert!(
        items(&w, &order)
            .await
            .contains(&"line_stopped manager true 6".to_owned())
    );
    let home = w.as_("gu").await.get("/").await.is(200);
    assert!(home.has("停线"));
}

#[tokio::test]
async fn a_claim_waits_for_the_ship_and_does_not_touch_production() {
    let w = World::new().await;
    let order = w.confirmed().await;
    let claim = [("kind", "claim"), ("from", "customer")];
    let refused = w.try_report(&order, &claim).await.is(409);
    assert!(refused.has("出运"));
    sailed(&w, &order, "departed", "1200").await;
    w.report(&order, &claim).await;
    let items = items(&w, &order).await;
    assert!(
        items.contains(&"hand_issue_on us true 9".to_owned()),
        "{items:?}"
    );
}

/// A shipment of the first line. // until the desk shipping has its acts
pub(super) async fn sailed(w: &World, order: &Placed, stage: &str, quantity: &str) {
    w.sql(&format!(
        "insert into shipment (id, number, customer, department, mode, stage, currency, on_board_on, created_at)
         select o.id, 'S-' || o.number, o.customer, o.department, 'sea_fcl', '{stage}', 'USD', '2026-11-20', o.opened_at
         from export_order o where o.id = '{0}';
         insert into shipment_line (id, shipment, order_line, quantity)
         select l.id, '{0}', l.id, {quantity} from order_line l where l.order_id = '{0}' and l.pos = 1",
        order.id
    ))
    .await;
}

#[tokio::test]
async fn a_dropped_issue_takes_its_question_back() {
    let w = World::new().await;
    let order = w.confirmed().await;
    let issue = w.issue_at(&order, "with_sales").await;
    w.step(&order, issue, "question").await.is(303);
    w.step(&order, issue, "drop").await.is(303);
    assert!(owed(&w, &order, "customer").await.is_empty());
    assert_eq!(stage(&w, &order, issue).await, "dropped");
    w.step(&order, issue, "agreement").await.is(409);
}

#[tokio::test]
async fn the_two_streams_mix_only_by_a_relay() {
    let w = World::new().await;
    let order = w.confirmed().await;
    let issue = w.report(&order, &[]).await;
    let url = format!("{}/issues/{issue}/messages", order.url());
    let shen = w.as_("shen").await;
    let inside = [("audience", "internal"), ("words", "去年她接受过 2%")];
    shen.post(&url, inside).await.is(303);
    // The factory's own words cross once; what is internal never does.
    shen.post(&format!("{url}/2/relay"), []).await.is(409);
    let english = [("words", "Lot B is lighter")];
    shen.post(&format!("{url}/1/relay"), english).await.is(303);
    shen.post(&format!("{url}/1/relay"), []).await.is(409);
    let told = owed(&w, &order, "customer").await;
    assert_eq!(told, ["Lot B is lighter -"]);
    let page = shen.get(&format!("{}/issues/{issue}", order.url())).await;
    let customer = page.texts("#cus .side-b").join(" ");
    assert!(customer.contains("Lot B is lighter") && !customer.contains("偏浅"));
    assert!(page.texts(".inner").join(" ").contains("去年"));
}

#[tokio::test]
async fn what_is_not_in_the_table_is_refused_and_writes_nothing() {
    let w = World::new().await;
    let order = w.confirmed().await;
    let issue = w.report(&order, &[]).await;
    for act in [
        "question",
        "agreement",
        "conveyance",
        "acknowledgement",
        "resolution",
        "closing",
    ] {
        let before = w.everything().await;
        w.step(&order, issue, act).await.is(409);
        assert_eq!(w.everything().await, before, "{act}");
    }
}

#[tokio::test]
async fn an_amount_is_shown_to_who_may_see_prices() {
    let w = World::new().await;
    let order = w.confirmed().await;
    let issue = w.issue_at(&order, "agreed").await;
    let url = format!("{}/issues/{issue}", order.url());
    assert!(w.as_("zhou").await.get(&url).await.is(200).has("772.80"));
    assert!(!w.as_("tang").await.get(&url).await.is(200).has("772.80"));
}

#[tokio::test]
async fn the_list_holds_exactly_what_one_may_know() {
    let w = World::new().await;
    let mine = w.confirmed().await;
    w.report(&mine, &[("title", "色差一")]).await;
    w.report(&mine, &[("title", "停线二"), ("severity", "line_stop")])
        .await;
    let theirs = w.open_order(Wanted::AMERICA).await;
    w.report(&theirs, &[("title", "尺寸三")]).await;
    for (login, query, expected) in [
        ("shen", "", vec!["色差一", "停线二"]),
        ("gu", "", vec!["色差一", "停线二"]),
        ("jiang", "", vec!["尺寸三"]),
        ("shen", "?severity=line_stop", vec!["停线二"]),
        ("shen", "?state=closed", vec![]),
    ] {
        let page = w
            .as_(login)
            .await
            .get(&format!("/issues{query}"))
            .await
            .is(200);
        let shown: Vec<&str> = ["色差一", "停线二", "尺寸三"]
            .into_iter()
            .filter(|title| page.has(title))
            .collect();
        assert_eq!(shown, expected, "{login} {query}");
    }
}

#[tokio::test]
async fn what_was_said_has_its_day_and_none_to_come() {
    let w = World::new().await;
    let order = w.confirmed().await;
    let issue = w.issue_at(&order, "conveyed").await;
    let change = w.raise(&order, &[("lines[0][quantity]", "1300")]).await;
    let said = Form::from([("who", "俞建平"), ("channel", "wechat"), ("words", "明白")]);
    let shen = w.as_("shen").await;
    for (path, kept) in [
        (
            format!("issues/{issue}/acknowledgement"),
            "select acknowledged_on::text from issue",
        ),
        (
            format!("changes/{change}/agreement"),
            "select agreed_on::text from change_order",
        ),
        (
            format!("changes/{change}/lines/1/acknowledgement"),
            "select acknowledged_on::text from change_order_line",
        ),
    ] {
        let url = format!("{}/{path}", order.url());
        let before = w.everything().await;
        for day in ["2026-11-24", "yesterday"] {
            let wrong = said.clone().with("day", day);
            shen.post(&url, wrong).await.is(422);
        }
        let mute = said.clone().with("words", "");
        shen.post(&url, mute).await.is(422);
        assert_eq!(w.everything().await, before, "{path}");
        let earlier = said.clone().with("day", "2026-11-20");
        shen.post(&url, earlier).await.is(303);
        assert_eq!(w.ask::<String>(kept).await, "2026-11-20", "{path}");
    }
}

#[tokio::test]
async fn what_a_side_said_carries_who_said_it_how_and_when() {
    let w = World::new().await;
    let order = w.confirmed().await;
    let issue = w.report(&order, &[]).await;
    let url = format!("{}/issues/{issue}", order.url());
    let said = Form::from([
        ("audience", "customer"),
        ("from", "them"),
        ("words", "We can take lot B at 2% off"),
    ]);
    let zhou = w.as_("zhou").await;
    let before = w.everything().await;
    let refused = zhou
        .post(&format!("{url}/messages"), said.clone())
        .await
        .is(422);
    assert_eq!(w.everything().await, before);
    let named = refused.attributes(".errors a", "href");
    assert_eq!(named, ["#f-who", "#f-channel"]);
    assert!(
        refused.texts("#cus textarea")[0].contains("2% off"),
        "what was typed stays in its stream"
    );
    let later = said
        .clone()
        .with("who", "Anna Lind")
        .with("channel", "email")
        .with("day", "2099-01-01");
    zhou.post(&format!("{url}/messages"), later.clone())
        .await
        .is(422);
    let told = later.with("day", "2026-11-20");
    zhou.post(&format!("{url}/messages"), told).await.is(303);
    let page = zhou
        .get(&url)
        .await
        .is(200)
        .texts("#cus .mail .by")
        .join(" ");
    assert!(
        page.contains("Anna Lind") && page.contains("邮件") && page.contains("周岚 记于"),
        "{page}"
    );
    let timeline = zhou
        .get(&format!("{}/timeline", order.url()))
        .await
        .is(200)
        .texts(".tl")
        .join(" ");
    assert!(
        timeline.contains("Anna Lind（邮件，2026-11-20）就异常"),
        "{timeline}"
    );
    let owed = owed(&w, &order, "customer").await;
    assert!(owed.is_empty(), "the customer is not told her own words");
}
