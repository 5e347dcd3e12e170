//! Home: finance finds what waits in its queues, the operator first of all what one side said and the other does not
//! know; and the audit accounts for every stream there is.

use crate::support::{Form, World};
use gendan::desk::audit;

#[tokio::test]
async fn finance_finds_her_queues_and_the_receipts_nobody_claims() {
    let w = World::new().await;
    let receipt = w.receipt("4000").await;
    let xu = w.as_("xu").await;
    let home = xu.get("/").await.is(200);
    let links = home.attributes("main nav a", "href");
    for place in [
        "/receipts?state=to_claim",
        "/receipts?state=to_settle",
        "/payables?state=approved",
        "/hand-overs?state=handed_over",
        "/verifications?state=open",
        "/rebates?state=open",
    ] {
        assert!(links.iter().any(|link| link == place), "{place}");
    }
    // The manager's line of risks is not hers.
    assert!(!links.iter().any(|link| link.contains("state=problem")));
    let said = home.texts("main nav a").join("|");
    assert!(said.contains("待认领 1|待结汇 1|"), "{said}");
    // Received on Saturday: on Monday it has lain for two days.
    assert!(home.has(&receipt));
    w.sql(&format!(
        "update receipt set received_on = '2026-11-23' where number = '{receipt}'"
    ))
    .await;
    let home = xu.get("/").await.is(200);
    assert!(
        !home.texts(".work").concat().contains(&receipt),
        "it is young"
    );
    for login in ["shen", "gu", "admin"] {
        let home = w.as_(login).await.get("/").await.is(200);
        assert!(!home.has("/receipts?state=to_claim\">"), "{login}");
    }
}

#[tokio::test]
async fn what_is_not_passed_on_stands_first_oldest_first() {
    let w = World::new().await;
    let (one, two) = (w.order().await, w.order().await);
    let heard = [
        ("from", "factory"),
        ("to", "customer"),
        ("words", "B缸偏浅"),
        ("lang", "zh-CN"),
        ("channel", "wechat"),
    ];
    for (day, order) in [("2026-11-24", &two), ("2026-11-25", &one)] {
        w.turn_to(day);
        let shen = w.as_("shen").await;
        let url = format!("{}/relays", order.url());
        shen.post(&url, heard).await.is(303);
    }
    let shen = w.as_("shen").await;
    let home = shen.get("/").await.is(200);
    let groups = home.texts(".grp h2");
    assert_eq!(
        groups.first().map(String::as_str),
        Some("未传达"),
        "{groups:?}"
    );
    let first = home.attributes(".work:first-of-type li a.no", "href");
    assert_eq!(first, [two.url(), one.url()]);
}

#[tokio::test]
async fn every_stream_of_a_house_at_work_is_accounted_for() {
    let w = World::bare().await;
    assert!(gendan::demo::seed(&w.app).await.unwrap());
    let kinds: Vec<String> = w
        .ask_all("select distinct split_part(stream, ':', 1) from event_stream order by 1")
        .await;
    assert!(kinds.len() > 8, "{kinds:?}");
    for kind in &kinds {
        assert!(
            audit::accounts_for(&format!("{kind}:1")),
            "{kind} has no kind in the audit"
        );
    }
    // What is told elsewhere is told there: each act on a shipment stands on an order's stream as well.
    let lost: i64 = w
        .ask(
            "select count(*) from event e where e.stream like 'shipment:%' and not exists (
                 select from event o where o.act = e.act and o.stream like 'order:%')",
        )
        .await;
    assert_eq!(lost, 0);
}

#[tokio::test]
async fn finance_reads_in_the_audit_what_became_of_receipts_and_payees() {
    let w = World::new().await;
    let receipt = w.receipt("4000").await;
    let xu = w.as_("xu").await;
    let page = xu.get("/audit?kind=money").await.is(200);
    assert!(page.has(&receipt), "no receipt");
    assert!(
        page.attributes("main a", "href")
            .contains(&format!("/receipts/{receipt}"))
    );
    let sheets = xu.get("/audit.xlsx?kind=money").await.is(200).sheets();
    assert!(sheets[0].concat().contains(&receipt));
    // An account of a factory is the money's too, under the name its stream really has.
    let url = "/payees?of=factory/qiming";
    let typed = xu
        .get("/payees/new?of=factory/qiming")
        .await
        .is(200)
        .form(url)
        .with("holder", "启明制衣厂")
        .with("bank", "甬屿银行")
        .with("currency", "CNY")
        .with("account", "3301 0000 0000 1277");
    xu.post(url, typed).await.is(303);
    let accounts = xu.get("/audit?kind=account").await.is(200);
    assert_eq!(accounts.texts("tbody tr").len(), 1);
    let sheets = xu.get("/audit.xlsx?kind=account").await.is(200).sheets();
    assert_eq!(sheets[0].len(), 2, "{:?}", sheets[0]);
    // Nobody else reads it by asking.
    let gu = w.as_("gu").await.get("/audit?kind=money").await.is(200);
    assert!(!gu.has(&receipt));
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn the_manager_sees_how_long_passing_on_takes_each_operator() {
    let w = World::new().await;
    let order = w.order().await;
    let url = format!("{}/relays", order.url());
    let heard = |from: &str, to: &str, words: &str| {
        Form::from([("from", from), ("to", to), ("words", words)])
            .with("channel", "wechat")
            .with("lang", "zh-CN")
    };
    let number = |words: &str| format!("select number from relay where words = '{words}'");
    // Three questions of the factory, told after 30 minutes, 2.5 hours and 5 hours; the customer's is not told at all.
    w.turn_to("2026-11-23T09:00:00+08:00");
    let shen = w.as_("shen").await;
    for words in ["一", "二", "三"] {
        shen.post(&url, heard("factory", "customer", words))
            .await
            .is(303);
    }
    shen.post(&url, heard("customer", "factory", "四"))
        .await
        .is(303);
    for (moment, words) in [
        ("2026-11-23T09:30:00+08:00", "一"),
        ("2026-11-23T11:30:00+08:00", "二"),
        ("2026-11-23T14:00:00+08:00", "三"),
    ] {
        let relay: i32 = w.ask(&number(words)).await;
        w.turn_to(moment);
        let told = [("to", "customer"), ("channel", "wechat")];
        w.as_("shen")
            .await
            .post(&format!("{url}/{relay}/passed"), told)
            .await
            .is(303);
    }
    let home = w.as_("gu").await.get("/").await.is(200);
    let cells = home.texts("#passing tbody td");
    assert_eq!(cells, ["—", "2.5 小时（3 条）"]);
    assert_eq!(home.texts("#passing tbody th").len(), 1);
    assert!(home.texts("#passing").concat().contains("中位数"));
    // It is the manager's of that department, and of the last thirty days.
    for login in ["shen", "zhou", "jiang", "xu", "admin"] {
        let home = w.as_(login).await.get("/").await.is(200);
        assert!(home.texts("#passing").is_empty(), "{login}");
    }
    w.turn_to("2026-12-23T09:00:00+08:00");
    let home = w.as_("gu").await.get("/").await.is(200);
    assert!(home.texts("#passing").is_empty(), "older than that");
}
