//! The run: progress by line and stage, the day that slips, and what is ready.

use crate::support::{Placed, World};
use gendan::production::order::Stage;

async fn in_work(w: &World) -> (Placed, String) {
    let order = w.ordered().await;
    let key = w.production_at(&order, Stage::InWork).await;
    (order, key)
}

#[tokio::test]
async fn progress_is_counted_from_the_beginning_by_line_and_stage() {
    let w = World::new().await;
    let (order, key) = in_work(&w).await;
    let url = format!("{}/progress", order.paper(&key));
    let shen = w.as_("shen").await;
    let form = w.progress(&order, &key, &[("at[0][cutting]", "700")]).await;
    shen.post(&url, form).await.is(303);
    w.turn_to("2026-11-23T11:00:00+08:00");
    let shen = w.as_("shen").await;
    let form = w.progress(&order, &key, &[("at[0][cutting]", "900")]).await;
    let photo = ("photos", "车间.png", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..]);
    shen.upload(&url, form, photo).await.is(303);
    let said: Vec<String> = w
        .ask_all("select stage || ' ' || quantity::int from progress_line order by quantity, stage")
        .await;
    assert_eq!(said, ["cutting 700", "cutting 900", "material 1200"]);
    assert_eq!(w.count("progress_photo").await, 1);
    let page = shen.get(&order.paper(&key)).await.is(200);
    assert!(page.has("900") && page.has("车间.png") && page.has("俞建平"));
    // Nothing new is no report; less than before needs words.
    let nothing = w.progress(&order, &key, &[]).await;
    shen.post(&url, nothing).await.is(422);
    let less = w.progress(&order, &key, &[("at[0][cutting]", "800")]).await;
    shen.post(&url, less.clone()).await.is(422);
    shen.post(&url, less.with("words", "次品返工"))
        .await
        .is(303);
    // The salesperson reads it, and writes none.
    let zhou = w.as_("zhou").await;
    assert!(zhou.get(&order.paper(&key)).await.is(200).has("次品返工"));
    zhou.post(&url, [("who", "x")]).await.is(403);
}

#[tokio::test]
async fn a_day_past_the_agreed_one_is_a_problem_and_is_owed_to_the_customer() {
    let w = World::new().await;
    let (order, key) = in_work(&w).await;
    let url = format!("{}/progress", order.paper(&key));
    let shen = w.as_("shen").await;
    let in_time = w
        .progress(&order, &key, &[("expected_on", "2027-01-19")])
        .await;
    shen.post(&url, in_time).await.is(303);
    let problems = "select count(*) from open_item where kind = 'late_production' and problem";
    assert_eq!(w.ask::<i64>(problems).await, 0);
    let late = w
        .progress(
            &order,
            &key,
            &[("expected_on", "2027-01-25"), ("words", "面料晚到")],
        )
        .await;
    shen.post(&url, late).await.is(303);
    assert_eq!(w.ask::<i64>(problems).await, 1);
    let (words, to): (String, String) = (
        w.ask("select r.words from relay r order by number desc limit 1").await,
        w.ask("select t.to_side from relay r join relay_receipt t on t.relay = r.id order by r.number desc, t.line limit 1")
            .await,
    );
    assert_eq!(
        words, "面料晚到",
        "the factory's own words stay as they are"
    );
    let line: String = w
        .ask("select l.text from relay r join relay_line l on l.relay = r.id order by r.number desc, l.line limit 1")
        .await;
    assert!(
        line.contains("expects to deliver on 2027-01-25"),
        "what the customer reads is in the language of his papers: {line}"
    );
    assert_eq!(to, "customer");
    let page = w.as_("zhou").await.get(&order.url()).await.is(200);
    assert!(page.has("交期推迟"));
}

#[tokio::test]
async fn what_is_ready_ends_the_factorys_part_of_step_6() {
    let w = World::new().await;
    let (order, key) = in_work(&w).await;
    let url = format!("{}/ready", order.paper(&key));
    let shen = w.as_("shen").await;
    let form = shen.get(&url).await.is(200).form(&url);
    let short = form.clone().with("lines[1][ready]", "1100");
    shen.post(&url, short.clone()).await.is(422);
    shen.post(&url, short.with("words", "破洞 100 件"))
        .await
        .is(303);
    assert_eq!(w.paper_stage(&order, &key).await, "ready");
    let problem: bool = w
        .ask("select problem from open_item where kind = 'short_production'")
        .await;
    assert!(problem);
    let told: String = w
        .ask("select words from relay order by number desc limit 1")
        .await;
    assert!(told.contains("破洞 100 件"));
    w.produce(&order, &key, "closing").await.is(303);
    assert_eq!(w.paper_stage(&order, &key).await, "closed");
}

#[tokio::test]
async fn nothing_moves_forward_while_an_order_is_on_hold() {
    let w = World::new().await;
    let order = w.ordered().await;
    let key = w.production_at(&order, Stage::Acknowledged).await;
    w.sql("update export_order set condition = 'on_hold', held_until = '2026-12-01'")
        .await;
    let before = w.everything().await;
    w.produce(&order, &key, "start").await.is(409);
    w.produce(&order, &key, "revision").await.is(409);
    w.as_("shen")
        .await
        .post(&order.production(), [])
        .await
        .is(409);
    assert_eq!(w.everything().await, before);
}
