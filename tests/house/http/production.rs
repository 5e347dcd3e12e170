//! Production orders over HTTP: drafted for each factory of what is ordered, complete, never more than ordered, and no
//! act that the table does not know.

use crate::support::{Form, World, id};
use gendan::production::order::{Move, Stage};

/// The acts as they are sent, and the move each is.
const ACTS: [(&str, Move); 11] = [
    ("", Move::Edit),
    ("override", Move::OverrideGate),
    ("issue", Move::Issue),
    ("answer", Move::Acknowledge),
    ("counter", Move::CounterPropose),
    ("acceptance", Move::Accept),
    ("decline", Move::Decline),
    ("start", Move::Start),
    ("ready", Move::ReportReady),
    ("closing", Move::Close),
    ("void", Move::Void),
];

#[tokio::test]
async fn acts_that_do_not_exist_from_a_stage_are_refused_and_write_nothing() {
    let w = World::new().await;
    for stage in Stage::ALL {
        if stage == Stage::Superseded {
            continue;
        }
        let order = w.ordered().await;
        let key = w.production_at(&order, stage).await;
        assert_eq!(w.paper_stage(&order, &key).await, stage.code());
        for (act, step) in ACTS {
            if stage.after(step).is_some() {
                continue;
            }
            let before = w.everything().await;
            let reply = if act.is_empty() {
                let form = Form::from([("act", "save"), ("rev", "1")]);
                w.as_("shen").await.post(&order.paper(&key), form).await
            } else {
                w.produce(&order, &key, act).await
            };
            assert_eq!(reply.status, 409, "{stage:?} {step:?} {}", reply.text());
            assert_eq!(w.everything().await, before, "{stage:?} {step:?}");
        }
    }
}

#[tokio::test]
async fn one_order_is_drafted_for_each_factory_with_what_is_not_given_yet() {
    let w = World::new().await;
    let order = w.order().await;
    let shen = w.as_("shen").await;
    shen.post(&order.production(), []).await.is(409);
    w.confirm(&order).await;
    w.sql(&format!(
        "update order_line set factory = '{}' where order_id = '{}' and pos = 2",
        id("hemu"),
        order.id
    ))
    .await;
    shen.post(&order.production(), [])
        .await
        .is(303)
        .leads_to(&order.production());
    let drafted: Vec<String> = w
        .ask_all(
            "select f.code || ' ' || l.quantity::int || ' ' || l.unit_price::numeric(9, 2) from production_order p
             join factory f on f.id = p.factory join production_order_line l on l.production_order = p.id order by 1",
        )
        .await;
    assert_eq!(drafted, ["hemu 1200 23.45", "qiming 1200 23.45"]);
    // Everything lies on the desk: nothing is left to draft.
    shen.post(&order.production(), []).await.is(409);
    let page = shen.get(&order.production()).await.is(200);
    assert!(page.has("启明制衣") && page.has("禾木箱包"));
}

#[tokio::test]
async fn a_paper_without_quality_packing_price_or_day_is_not_issued() {
    let w = World::new().await;
    let order = w.ordered().await;
    w.money(&order, crate::support::DEPOSIT).await;
    let shen = w.as_("shen").await;
    shen.post(&order.production(), []).await.is(303);
    let form = w
        .paper_form(&order, "1-1")
        .await
        .with("quality", "")
        .with("packing", "")
        .with("delivery_on", "")
        .with("lines[0][price]", "");
    shen.post(&order.paper("1-1"), form).await.is(303);
    let page = w.produce(&order, "1-1", "issue").await.is(409);
    for missing in ["LS-01", "质量", "包装", "日期"] {
        assert!(page.has(missing), "{missing}");
    }
    assert_eq!(w.paper_stage(&order, "1-1").await, "draft");
}

#[tokio::test]
async fn never_more_than_ordered_unless_the_manager_says_so() {
    let w = World::new().await;
    let order = w.ordered().await;
    w.money(&order, crate::support::DEPOSIT).await;
    let shen = w.as_("shen").await;
    shen.post(&order.production(), []).await.is(303);
    let more = |form: Form| form.with("lines[0][quantity]", "1201");
    let form = more(w.paper_form(&order, "1-1").await);
    shen.post(&order.paper("1-1"), form).await.is(303);
    let page = w.produce(&order, "1-1", "issue").await.is(409);
    assert!(page.has("LS-01"));
    w.produce(&order, "1-1", "override").await.is(303);
    // The yes belongs to these quantities: another one voids it.
    let form = more(w.paper_form(&order, "1-1").await).with("lines[0][quantity]", "1300");
    shen.post(&order.paper("1-1"), form).await.is(303);
    w.produce(&order, "1-1", "issue").await.is(409);
    w.produce(&order, "1-1", "override").await.is(303);
    w.produce(&order, "1-1", "issue").await.is(303);
    assert!(gendan::app::verify(&w.app).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_form_of_an_older_version_shows_both_and_loses_nothing() {
    let w = World::new().await;
    let order = w.ordered().await;
    let key = w.production_at(&order, Stage::Draft).await;
    let mine = w.paper_form(&order, &key).await.with("remarks", "我的备注");
    let theirs = w
        .paper_form(&order, &key)
        .await
        .with("remarks", "别人的备注");
    let shen = w.as_("shen").await;
    shen.post(&order.paper(&key), theirs).await.is(303);
    let both = shen.post(&order.paper(&key), mine).await.is(409);
    assert!(both.has("我的备注") && both.has("别人的备注"));
}

#[tokio::test]
async fn what_was_typed_wrongly_is_drawn_again_with_its_faults() {
    let w = World::new().await;
    let order = w.ordered().await;
    let key = w.production_at(&order, Stage::Draft).await;
    let form = w
        .paper_form(&order, &key)
        .await
        .with("lines[0][quantity]", "many")
        .with("delivery_on", "soon")
        .with("remarks", "留着");
    let page = w
        .as_("shen")
        .await
        .post(&order.paper(&key), form)
        .await
        .is(422);
    assert!(page.has("many") && page.has("留着"));
    let form = Form::from([("total", "1"), ("rev", "1")]);
    let shen = w.as_("shen").await;
    shen.post(&order.paper(&key), form).await.is(422);
}

#[tokio::test]
async fn factory_prices_are_never_shown_to_sales_nor_to_the_department() {
    let w = World::new().await;
    let order = w.ordered().await;
    let key = w.production_at(&order, Stage::CounterProposed).await;
    for (login, sees) in [
        ("shen", true),
        ("gu", true),
        ("xu", true),
        ("zhou", false),
        ("tang", false),
    ] {
        let client = w.as_(login).await;
        for url in [
            order.paper(&key),
            order.production(),
            format!("{}/decision", order.paper(&key)),
            format!("{}/timeline", order.url()),
            order.url(),
        ] {
            let page = client.get(&url).await.is(200);
            let shown = page.has("23.45") || page.has("28,140.00") || page.has("24.00");
            assert!(sees || !shown, "{login} {url}");
            if sees && url == order.paper(&key) {
                assert!(shown, "{login} {url}");
            }
        }
        let book = client
            .get(&format!("{}/workbook", order.paper(&key)))
            .await
            .is(200);
        assert!(book.header("content-disposition").contains("-P1-r1.xlsx"));
    }
}

#[tokio::test]
async fn the_customers_price_stands_on_no_paper_of_the_factory() {
    let w = World::new().await;
    let order = w.ordered().await;
    let key = w.production_at(&order, Stage::Issued).await;
    let content: String = w.of_paper(&order, &key, "content::text").await;
    let printed: Vec<String> = w
        .ask_all("select fields::text from issued_paper where kind = 'production_order'")
        .await;
    for text in [&content, &printed[0]] {
        assert!(!text.contains("5.2\"") && !text.contains("USD") && text.contains("23.45"));
    }
    let said: Vec<String> = w.ask_all("select words from relay").await;
    assert!(said.iter().all(|words| !words.contains("23.45")));
}

#[tokio::test]
async fn the_next_revision_takes_the_place_of_the_last_when_it_is_issued() {
    let w = World::new().await;
    let order = w.ordered().await;
    let key = w.production_at(&order, Stage::InWork).await;
    w.produce(&order, &key, "revision").await.is(303);
    w.produce(&order, &key, "revision").await.is(409);
    assert_eq!(w.paper_stage(&order, &key).await, "in_work");
    w.write_paper(&order, "1-2").await.is(303);
    w.produce(&order, "1-2", "issue").await.is(303);
    assert_eq!(w.paper_stage(&order, &key).await, "superseded");
    assert_eq!(w.paper_stage(&order, "1-2").await, "issued");
    let in_force: Vec<i32> = w
        .ask_all(
            "select revision from issued_paper where kind = 'production_order' and superseded_at is null",
        )
        .await;
    assert_eq!(in_force, [2]);
    let (item, waiting): (String, String) = (
        w.ask("select kind from open_item where kind = 'acknowledge_production'")
            .await,
        w.ask("select waiting from open_item where kind = 'acknowledge_production'")
            .await,
    );
    assert_eq!(
        (item.as_str(), waiting.as_str()),
        ("acknowledge_production", "factory")
    );
}

#[tokio::test]
async fn a_paper_waits_for_the_factory_once_and_no_more_when_another_takes_its_place() {
    let w = World::new().await;
    let order = w.ordered().await;
    let key = w.production_at(&order, Stage::Issued).await;
    let waits = "select kind from open_item where waiting = 'factory'";
    assert_eq!(
        w.ask_all::<String>(waits).await,
        ["acknowledge_production"],
        "not a second time for the relay that brought it"
    );
    w.produce(&order, &key, "revision").await.is(303);
    w.write_paper(&order, "1-2").await.is(303);
    w.produce(&order, "1-2", "issue").await.is(303);
    assert_eq!(w.ask_all::<String>(waits).await, ["acknowledge_production"]);
    let open = "select number from relay where withdrawn_at is null";
    assert_eq!(w.ask_all::<i32>(open).await, [2]);
}

#[tokio::test]
async fn a_voided_paper_is_owed_to_the_factory() {
    let w = World::new().await;
    let order = w.ordered().await;
    let key = w.production_at(&order, Stage::Acknowledged).await;
    let relays = w.count("relay").await;
    let gu = w.as_("gu").await;
    gu.post(&format!("{}/void", order.paper(&key)), [("rev", "1")])
        .await
        .is(422);
    w.produce(&order, &key, "void").await.is(303);
    assert_eq!(w.paper_stage(&order, &key).await, "void");
    assert_eq!(w.count("relay").await, relays + 1);
    let owed: i64 = w
        .ask("select count(*) from relay_receipt where to_side = 'factory' and passed_at is null")
        .await;
    assert!(owed > 0);
    // What was taken back is to be given to a factory again.
    w.as_("shen")
        .await
        .post(&order.production(), [])
        .await
        .is(303);
}
