//! Reach (P11): a thing of others is not there, wherever its name is put; and lists hold exactly what one may know.

use crate::support::{Reply, Wanted, World};
use crate::walk::{ACTORS, Walk, typed};
use gendan::proforma::Stage;

/// Questions the inbox lists, by the approvals it links to or the orders it names.
fn listed(reply: &Reply, numbers: &[&str]) -> usize {
    numbers.iter().filter(|number| reply.has(number)).count()
}

#[tokio::test]
async fn the_inbox_lists_exactly_what_one_may_decide() {
    let w = World::new().await;
    let mut all = Vec::new();
    for wanted in [Wanted::EUROPE, Wanted::EUROPE, Wanted::AMERICA] {
        let order = w.open_order(wanted).await;
        w.proforma_at(&order, Stage::Submitted).await;
        all.push(order.number);
    }
    let numbers: Vec<&str> = all.iter().map(String::as_str).collect();
    for (login, tab, expected) in [
        ("gu", "todo", 2),
        ("jiang", "todo", 1),
        ("qin", "todo", 3),
        ("shen", "todo", 0),
        ("xu", "todo", 0),
        ("shen", "sent", 2),
        ("lu", "sent", 1),
        ("zhou", "sent", 0),
        ("gu", "done", 0),
    ] {
        let reply = w
            .as_(login)
            .await
            .get(&format!("/approvals?tab={tab}"))
            .await
            .is(200);
        assert_eq!(listed(&reply, &numbers), expected, "{login} {tab}");
    }
}

#[tokio::test]
async fn names_of_others_are_not_there_in_any_part_of_an_address() {
    let w = World::new().await;
    let mine = w.order().await;
    let theirs = w.open_order(Wanted::AMERICA).await;
    w.proforma_at(&mine, Stage::Submitted).await;
    w.proforma_at(&theirs, Stage::Submitted).await;
    let question: uuid::Uuid = w
        .ask(&format!(
            "select id from approval where order_id = '{}'",
            theirs.id
        ))
        .await;
    let client = w.as_("shen").await;
    for url in [
        format!("/approvals/{question}"),
        format!("/approvals/{}", mine.id),
        "/approvals/918".to_owned(),
        format!("{}/proforma", theirs.url()),
        theirs.proforma(1),
        format!("{}/approval", theirs.proforma(1)),
        mine.proforma(2),
        mine.proforma(0),
        mine.proforma(-1),
        format!("{}/proforma/99999999999", mine.url()),
        format!("{}/proforma/x", mine.url()),
        format!("/orders/{}/proforma", mine.id),
        "/orders/HY26-0001'--/proforma".to_owned(),
    ] {
        let reply = client.get(&url).await;
        assert!(matches!(reply.status, 404 | 400), "{url}: {}", reply.status);
        assert!(!reply.has("Pine Harbor"), "{url}");
    }
}

#[tokio::test]
async fn what_is_not_there_and_what_is_hidden_look_the_same() {
    let w = World::new().await;
    let theirs = w.open_order(Wanted::AMERICA).await;
    w.proforma_at(&theirs, Stage::Submitted).await;
    let client = w.as_("shen").await;
    let plain = |reply: Reply, number: &str| reply.texts("main").join(" ").replace(number, "");
    let hidden = client
        .get(&format!("{}/proforma", theirs.url()))
        .await
        .is(404);
    let absent = client.get("/orders/HY26-7777/proforma").await.is(404);
    assert_eq!(plain(hidden, &theirs.number), plain(absent, "HY26-7777"));
}

#[tokio::test]
async fn a_reassigned_order_is_known_to_the_new_keepers_at_once() {
    let w = World::new().await;
    let order = w.order().await;
    let url = format!("{}/proforma", order.url());
    let (_second, router) = w.replica().await;
    let lu = w.as_("lu").await.at(&router);
    lu.get(&url).await.is(404);
    w.sql(&format!(
        "update export_order set operator = '{}'",
        crate::support::id("lu")
    ))
    .await;
    lu.get(&url).await.is(200);
}

/// Forms that are read before the relay is looked for: what is wrong with them says nothing of what is there.
const READ_FIRST: &str = "/orders/{number}/relays/{relay}/";

/// What lies under one order is not there under another, although the same colleague works both.
#[tokio::test]
async fn a_thing_of_another_order_is_not_there_under_ones_own() {
    let mut walk = Walk::begin().await;
    let mine = walk.w.order().await;
    let mut rows = typed();
    rows.retain(|row| {
        let below = row.path.strip_prefix("/orders/{number}/");
        below.is_some_and(|rest| rest.contains('{'))
    });
    assert!(rows.len() > 80, "{}", rows.len());
    let mut wrong = Vec::new();
    for row in rows {
        let Some(at) = row
            .answers
            .iter()
            .position(|answer| answer == "ok" || answer == "200")
        else {
            continue;
        };
        let theirs = walk.address(&row).await;
        let number = theirs.split('/').nth(2).unwrap();
        let url = theirs.replace(number, &mine.number);
        let client = walk.client(ACTORS[at].1).await;
        let before = walk.w.everything().await;
        let reply = if row.method == "GET" {
            client.get(&url).await
        } else {
            client.post(&url, [("rev", "1")]).await
        };
        let form_first = row.path.starts_with(READ_FIRST) && reply.status == 422;
        if reply.status != 404 && !form_first {
            wrong.push(format!("{} {}: {}", row.method, row.path, reply.status));
        }
        assert_eq!(walk.w.everything().await, before, "{} {url}", row.method);
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}
