//! Our own next revision of a production order against the one in force; what is still to be given to a factory.

use crate::support::{Placed, World};
use gendan::production::order::Stage;

async fn next(w: &World, stage: Stage) -> (Placed, String) {
    let order = w.ordered().await;
    let key = w.production_at(&order, stage).await;
    w.produce(&order, &key, "revision").await.is(303);
    (order, "1-2".into())
}

async fn save(w: &World, (order, key): (&Placed, &str), typed: (&str, &str)) {
    let form = w.paper_form(order, key).await.with(typed.0, typed.1);
    let shen = w.as_(order.wanted.operator).await;
    shen.post(&order.paper(key), form).await.is(303);
}

#[tokio::test]
async fn a_dearer_or_later_revision_of_ours_is_the_managers() {
    for (typed, word) in [
        (("lines[0][price]", "24.10"), "单价高于"),
        (("delivery_on", "2027-01-25"), "交期晚于"),
    ] {
        let w = World::new().await;
        let (order, key) = next(&w, Stage::InWork).await;
        save(&w, (&order, &key), typed).await;
        let edit = format!("{}/edit", order.paper(&key));
        assert!(w.as_("shen").await.get(&edit).await.is(200).has(word));
        let before = w.everything().await;
        let refused = w.produce(&order, &key, "issue").await.is(409);
        assert!(refused.has("经理"), "{}", refused.text());
        assert_eq!(w.everything().await, before);
        let items = w
            .ask_all::<String>("select waiting from open_item where kind = 'decide_revision'")
            .await;
        assert_eq!(items, ["manager"]);
        let gu = w.as_("gu").await;
        let inbox = gu.get("/approvals").await.is(200);
        assert!(inbox.has("生产单新版本涨价或延期"));
        let page = gu
            .get(&format!("{}/decision", order.paper(&key)))
            .await
            .is(200);
        let shown = typed.1.trim_end_matches('0');
        assert!(page.has(shown), "{}", page.text());
        for login in ["shen", "zhou", "xu"] {
            let form = w.verdict(&order, "decision", "approved").await;
            let url = format!("{}/decision", order.paper(&key));
            w.as_(login).await.post(&url, form).await.is(403);
        }
        w.produce(&order, &key, "decision").await.is(303);
        w.produce(&order, &key, "issue").await.is(303);
        assert_eq!(w.paper_stage(&order, &key).await, "issued");
        assert!(gendan::app::verify(&w.app).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn the_managers_yes_is_to_the_draft_that_was_shown() {
    let w = World::new().await;
    let (order, key) = next(&w, Stage::Acknowledged).await;
    save(&w, (&order, &key), ("lines[0][price]", "24.10")).await;
    w.produce(&order, &key, "decision").await.is(303);
    save(&w, (&order, &key), ("lines[0][price]", "25")).await;
    w.produce(&order, &key, "issue").await.is(409);
    // Sent back with words, it is asked again when the draft is saved again.
    let gu = w.as_("gu").await;
    let url = format!("{}/decision", order.paper(&key));
    let back = w.verdict(&order, "decision", "returned").await;
    gu.post(&url, back).await.is(303);
    w.produce(&order, &key, "issue").await.is(409);
    save(&w, (&order, &key), ("lines[0][price]", "23")).await;
    w.produce(&order, &key, "issue").await.is(303);
    let open: i64 = w
        .ask("select count(*) from approval where state = 'open'")
        .await;
    assert_eq!(open, 0);
}

#[tokio::test]
async fn a_revision_that_gives_no_more_asks_nobody() {
    let w = World::new().await;
    let (order, key) = next(&w, Stage::Issued).await;
    save(&w, (&order, &key), ("delivery_on", "2027-01-05")).await;
    let asked: i64 = w
        .ask("select count(*) from approval where subject like 'production%'")
        .await;
    assert_eq!(asked, 0);
    w.produce(&order, &key, "issue").await.is(303);
}

#[tokio::test]
async fn more_of_the_same_order_is_the_managers_too() {
    let w = World::new().await;
    let order = w.ordered().await;
    let key = w.production_at(&order, Stage::Draft).await;
    save(&w, (&order, &key), ("lines[0][quantity]", "700")).await;
    w.money(&order, "3744.00").await;
    w.produce(&order, &key, "issue").await.is(303);
    w.produce(&order, &key, "revision").await.is(303);
    save(&w, (&order, "1-2"), ("lines[0][quantity]", "900")).await;
    w.produce(&order, "1-2", "issue").await.is(409);
    w.produce(&order, "1-2", "decision").await.is(303);
    w.produce(&order, "1-2", "issue").await.is(303);
}

#[tokio::test]
async fn what_a_closed_order_did_not_bring_is_given_to_another_factory() {
    let w = World::new().await;
    let order = w.ordered().await;
    let key = w.production_at(&order, Stage::InWork).await;
    let url = format!("{}/ready", order.paper(&key));
    let shen = w.as_("shen").await;
    let form = shen.get(&url).await.is(200).form(&url);
    let form = form
        .with("lines[0][ready]", "1000")
        .with("words", "面料不够");
    shen.post(&url, form).await.is(303);
    w.produce(&order, &key, "closing").await.is(303);
    shen.post(&order.production(), []).await.is(303);
    let left: String = w
        .ask(
            "select string_agg(l.quantity::int::text, ' ') from production_order_line l
             join production_order p on p.id = l.production_order where p.number = 2",
        )
        .await;
    assert_eq!(left, "200");
    w.write_paper(&order, "2-1").await.is(303);
    w.produce(&order, "2-1", "issue").await.is(303);
}

#[tokio::test]
async fn what_the_customer_gave_up_is_not_ordered_any_more() {
    let w = World::new().await;
    let order = w.ordered().await;
    let (url, gu) = (format!("{}/short-close", order.url()), w.as_("gu").await);
    let form = gu.get(&url).await.is(200).form(&url);
    let form = form
        .with("lines[0][quantity]", "50")
        .with("reason", "客户不要尾数");
    gu.upload(&url, form, ("evidence", "mail.pdf", b"%PDF-1.7\n%%EOF\n"))
        .await
        .is(303);
    let key = w.production_at(&order, Stage::Draft).await;
    let drafted: String = w
        .ask("select min(quantity)::int::text from production_order_line")
        .await;
    assert_eq!(drafted, "1150");
    save(&w, (&order, &key), ("lines[0][quantity]", "1200")).await;
    w.money(&order, "3744.00").await;
    w.produce(&order, &key, "issue").await.is(409);
    save(&w, (&order, &key), ("lines[0][quantity]", "1150")).await;
    w.produce(&order, &key, "issue").await.is(303);
    assert!(gendan::app::verify(&w.app).await.unwrap().is_empty());
}
