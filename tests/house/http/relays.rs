//! The bridge 传达: told once to each side, acknowledged line by line with day, channel and proof, answered where an answer
//! is asked, withdrawn with a reason; everything else is refused and writes nothing.

use crate::support::{Form, Placed, World, id};

const ACTS: [&str; 4] = ["passed", "acknowledgement", "answer", "withdrawal"];

/// Something the customer said; answers the relay's address.
async fn heard(w: &World, order: &Placed, more: &[(&str, &str)]) -> String {
    let mut said = Form::from([
        ("from", "customer"),
        ("words", "Use horn buttons.\nMove the label to the neck."),
        ("lines", "牛角扣\n主唛移到后领"),
        ("channel", "email"),
    ]);
    for (name, value) in more {
        said.0.push(((*name).to_owned(), (*value).to_owned()));
    }
    let url = format!("{}/relays", order.url());
    let reply = w.as_("shen").await.post(&url, said).await.is(303);
    let number = reply.location().rsplit("#relay-").next().unwrap();
    format!("{url}/{number}")
}

fn form(act: &str, to: &str) -> Form {
    match act {
        "passed" => Form::from([("channel", "wechat")]),
        "acknowledgement" => Form::from([
            ("who", "俞建平"),
            ("channel", "wechat"),
            ("day", "2026-11-23"),
            ("words", "收到"),
        ]),
        "answer" => Form::from([("channel", "wechat"), ("words", "可以，三天")]),
        _ => return Form::from([("reason", "客户改主意了")]),
    }
    .with("to", to)
}

async fn act(w: &World, relay: &str, name: &str, to: &str) -> u16 {
    let url = format!("{relay}/{name}");
    w.as_("shen").await.post(&url, form(name, to)).await.status
}

async fn kinds(w: &World) -> Vec<String> {
    w.ask_all("select kind || ' ' || waiting from open_item where kind in ('pass_on', 'acknowledge') order by 1")
        .await
}

#[tokio::test]
async fn a_relay_is_acknowledged_line_by_line() {
    let w = World::new().await;
    let order = w.order().await;
    let relay = heard(&w, &order, &[("to", "factory")]).await;
    assert_eq!(kinds(&w).await, ["pass_on us"]);
    assert_eq!(act(&w, &relay, "passed", "factory").await, 303);
    assert_eq!(kinds(&w).await, ["acknowledge factory"]);
    let (shen, url) = (w.as_("shen").await, format!("{relay}/acknowledgement"));
    let line = |line: &str| form("acknowledgement", "factory").with("line", line);
    shen.post(&url, line("1")).await.is(303);
    assert_eq!(kinds(&w).await, ["acknowledge factory"], "one of two");
    let before = w.everything().await;
    for again in ["1", "7"] {
        shen.post(&url, line(again)).await.is(409);
    }
    assert_eq!(w.everything().await, before);
    shen.post(&url, line("2")).await.is(303);
    assert!(kinds(&w).await.is_empty());
    let page = shen.get(&format!("{}/timeline", order.url())).await.is(200);
    assert!(page.has("俞建平 · 微信 · 收到"), "{}", page.text());
}

#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
#[tokio::test]
async fn what_they_said_has_a_day_a_channel_and_a_proof() {
    let w = World::new().await;
    let order = w.order().await;
    let relay = heard(&w, &order, &[("to", "factory"), ("answer", "yes")]).await;
    act(&w, &relay, "passed", "factory").await;
    let shen = w.as_("shen").await;
    let before = w.everything().await;
    for (name, value) in [
        ("channel", ""),
        ("channel", "pigeon"),
        ("day", "2026-11-24"),
        ("day", "soon"),
        ("words", ""),
        ("who", ""),
        ("to", "bank"),
    ] {
        let url = format!("{relay}/acknowledgement");
        let form = form("acknowledgement", "factory").with(name, value);
        let again = shen.post(&url, form).await.is(422);
        // A side that is none has no card to be drawn on.
        if !["who", "to"].contains(&name) {
            assert!(again.has("俞建平"), "what was typed stays: {name}");
        }
    }
    assert_eq!(w.everything().await, before);
    // A paper proves it as well as words do.
    let paper = ("evidence", "回签.pdf", &b"%PDF-1.7\n%%EOF\n"[..]);
    let form = form("acknowledgement", "factory")
        .with("words", "")
        .with("day", "2026-11-20");
    let url = format!("{relay}/acknowledgement");
    shen.upload(&url, form, paper).await.is(303);
    let kept: String = w
        .ask(
            "select distinct t.acknowledged_on::text || ' ' || t.acknowledged_channel || ' ' || s.name
             from relay_receipt t join stored_file s on s.id = t.acknowledgement",
        )
        .await;
    assert_eq!(kept, "2026-11-20 wechat 回签.pdf");
    let url = format!("{relay}/answer");
    shen.post(&url, [("to", "factory"), ("channel", "wechat")])
        .await
        .is(422);
    assert_eq!(act(&w, &relay, "answer", "factory").await, 303);
    let answered: String = w
        .ask("select distinct answered_on::text || ' ' || answered_channel || ' ' || answer from relay_receipt")
        .await;
    assert_eq!(answered, "2026-11-23 wechat 可以，三天");
}

#[tokio::test]
async fn two_addressees_are_told_and_answer_each_for_itself() {
    let w = World::new().await;
    let order = w.order().await;
    let relay = heard(&w, &order, &[("to", "factory"), ("to", "forwarder")]).await;
    assert_eq!(act(&w, &relay, "passed", "factory").await, 303);
    assert_eq!(act(&w, &relay, "passed", "customer").await, 409);
    assert_eq!(act(&w, &relay, "acknowledgement", "forwarder").await, 409);
    assert_eq!(act(&w, &relay, "acknowledgement", "factory").await, 303);
    assert_eq!(kinds(&w).await, ["pass_on us"], "the forwarder is not told");
    // What one of them has closed is not taken back behind its back.
    assert_eq!(act(&w, &relay, "withdrawal", "").await, 409);
    assert_eq!(act(&w, &relay, "passed", "forwarder").await, 303);
    assert_eq!(kinds(&w).await, ["acknowledge forwarder"]);
    assert_eq!(act(&w, &relay, "acknowledgement", "forwarder").await, 303);
    assert!(kinds(&w).await.is_empty());
}

#[tokio::test]
async fn what_does_not_exist_is_refused_and_writes_nothing() {
    let w = World::new().await;
    let order = w.order().await;
    let ways: [(&[&str], &[&str]); 5] = [
        (&[], &["passed", "withdrawal"]),
        (&["passed"], &["acknowledgement", "withdrawal"]),
        (&["passed", "acknowledgement"], &["answer", "withdrawal"]),
        (&["passed", "acknowledgement", "answer"], &[]),
        (&["withdrawal"], &[]),
    ];
    for (done, may) in ways {
        let relay = heard(&w, &order, &[("to", "factory"), ("answer", "yes")]).await;
        for name in done {
            assert_eq!(act(&w, &relay, name, "factory").await, 303, "{done:?}");
        }
        for name in ACTS.iter().filter(|name| !may.contains(name)) {
            let before = w.everything().await;
            assert_eq!(
                act(&w, &relay, name, "factory").await,
                409,
                "{name} after {done:?}"
            );
            assert_eq!(w.everything().await, before, "{name} after {done:?}");
        }
    }
}

#[tokio::test]
async fn a_relay_is_withdrawn_by_hand_with_a_reason_and_stays_on_the_page() {
    let w = World::new().await;
    let order = w.order().await;
    let relay = heard(&w, &order, &[("to", "factory")]).await;
    let url = format!("{relay}/withdrawal");
    let shen = w.as_("shen").await;
    shen.post(&url, []).await.is(422);
    for (login, status) in [("xu", 403), ("gu", 403), ("jiang", 404)] {
        let client = w.as_(login).await;
        client.post(&url, form("withdrawal", "")).await.is(status);
    }
    assert_eq!(act(&w, &relay, "withdrawal", "").await, 303);
    assert!(kinds(&w).await.is_empty());
    let page = shen.get(&format!("{}/timeline", order.url())).await.is(200);
    assert!(page.has("客户改主意了"));
    assert_eq!(w.verify().await, Vec::<String>::new());
}

#[tokio::test]
async fn each_factory_of_an_order_is_told_and_answers_for_itself() {
    let w = World::new().await;
    let order = w.order().await;
    let second = w.second_factory(&order).await;
    let relay = heard(&w, &order, &[("to", "factory")]).await;
    let shen = w.as_("shen").await;
    let page = shen.get(&format!("{}/timeline", order.url())).await.is(200);
    assert!(page.has("启明制衣") && page.has("禾木箱包"), "by name");
    let first = format!("factory:{}", id("qiming"));
    let open = "select count(*) from relay_receipt where passed_at is null";
    assert_eq!(act(&w, &relay, "passed", &first).await, 303);
    assert_eq!(w.ask::<i64>(open).await, 2, "the second was told nothing");
    assert_eq!(kinds(&w).await, ["pass_on us"]);
    let home = w.as_("shen").await.get("/").await.is(200);
    assert!(home.has(&second), "home tells whom: {}", home.text());
    assert_eq!(act(&w, &relay, "acknowledgement", &second).await, 409);
    assert_eq!(act(&w, &relay, "passed", &second).await, 303);
    assert_eq!(act(&w, &relay, "acknowledgement", &first).await, 303);
    assert_eq!(kinds(&w).await, ["acknowledge factory"]);
    assert_eq!(act(&w, &relay, "acknowledgement", &second).await, 303);
    assert!(kinds(&w).await.is_empty());
    // A factory that makes nothing of this order is not one of its sides.
    let stranger = format!("factory:{}", uuid::Uuid::from_u128(7));
    let said = Form::from([
        ("from", "customer"),
        ("words", "x"),
        ("channel", "email"),
        ("to", &stranger),
    ]);
    let url = format!("{}/relays", order.url());
    shen.post(&url, said).await.is(409);
}
