//! Inspections 验货: what sampling rejects passes by nobody's word; a failed final one opens an issue in the same act.

use crate::support::{Form, Placed, World};

async fn stage(w: &World, order: &Placed, number: i32) -> String {
    w.ask(&format!(
        "select stage from inspection_report where order_id = '{}' and number = {number}",
        order.id
    ))
    .await
}

async fn issues(w: &World, order: &Placed) -> i64 {
    w.ask(&format!(
        "select count(*) from issue where order_id = '{}'",
        order.id
    ))
    .await
}

#[tokio::test]
async fn a_failed_final_inspection_opens_an_issue_and_is_followed_by_another() {
    let w = World::new().await;
    let order = w.confirmed().await;
    w.plan_inspection(&order, "re_inspection").await.is(409);
    w.plan_inspection(&order, "final").await.is(303);
    w.judge_inspection(&order, 1, "failed").await.is(409);
    w.record_inspection(&order, 1, "6").await.is(303);
    let refused = w.judge_inspection(&order, 1, "passed").await.is(409);
    assert!(refused.has("LS-01"), "names the lot");
    w.judge_inspection(&order, 1, "pending").await.is(303);
    w.judge_inspection(&order, 1, "failed").await.is(303);
    assert_eq!(issues(&w, &order).await, 1);
    let lines: i64 = w.count("issue_line").await;
    assert_eq!(lines, 1, "only the lot that was rejected");
    let again = format!(
        "select count(*) from open_item where order_id = '{}' and kind = 'inspect_again'",
        order.id
    );
    assert_eq!(w.ask::<i64>(&again).await, 1);
    w.plan_inspection(&order, "re_inspection").await.is(303);
    assert_eq!(w.ask::<i64>(&again).await, 0);
    w.record_inspection(&order, 2, "5").await.is(303);
    w.judge_inspection(&order, 2, "passed").await.is(303);
    assert_eq!(stage(&w, &order, 2).await, "passed");
    assert_eq!(issues(&w, &order).await, 1);
    assert!(gendan::app::verify(&w.app).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_page_says_how_many_are_drawn_and_how_many_are_accepted() {
    let w = World::new().await;
    let order = w.confirmed().await;
    w.plan_inspection(&order, "final").await.is(303);
    let page = w
        .as_("shen")
        .await
        .get(&format!("{}/inspections/1", order.url()))
        .await
        .is(200);
    let table = page.texts("tbody tr").join(" ");
    // 1,200 pieces at level II: letter J, 80 drawn; 5 accepted at 2.5, 7 at 4.0.
    for figure in ["J", "80", "5 / 6", "7 / 8"] {
        assert!(table.contains(figure), "{figure} in {table}");
    }
}

#[tokio::test]
async fn an_inline_one_that_fails_opens_no_issue() {
    let w = World::new().await;
    let order = w.confirmed().await;
    w.plan_inspection(&order, "inline").await.is(303);
    w.record_inspection(&order, 1, "9").await.is(303);
    w.judge_inspection(&order, 1, "failed").await.is(303);
    assert_eq!(issues(&w, &order).await, 0);
}

#[tokio::test]
async fn only_another_person_waives_and_with_a_reason() {
    let w = World::new().await;
    let order = w.confirmed().await;
    w.plan_inspection(&order, "final").await.is(303);
    let url = format!("{}/inspections/1/waiver", order.url());
    let reason = [("words", "老客户的翻单")];
    w.as_("shen").await.post(&url, reason).await.is(403);
    w.as_("gu").await.post(&url, []).await.is(422);
    w.as_("gu").await.post(&url, reason).await.is(303);
    assert_eq!(stage(&w, &order, 1).await, "waived");
    w.as_("gu").await.post(&url, reason).await.is(409);
}

#[tokio::test]
async fn the_plan_is_changed_until_it_is_made_and_lots_are_real() {
    let w = World::new().await;
    let order = w.confirmed().await;
    w.plan_inspection(&order, "final").await.is(303);
    let url = format!("{}/inspections/1", order.url());
    let shen = w.as_("shen").await;
    let page = shen.get(&format!("{url}/edit")).await.is(200);
    let form: Form = page.form(&url);
    for bad in ["1201", "0", "12.5", "x"] {
        let form = form.clone().with("lines[0][lot]", bad);
        shen.post(&url, form).await.is(422);
    }
    let smaller = form.clone().with("lines[0][lot]", "500");
    shen.post(&url, smaller.clone()).await.is(303);
    let lots: Vec<i32> = w.ask_all("select lot from inspection_lot order by 1").await;
    assert_eq!(lots, [500, 1200]);
    // The same page once more is of an older version.
    shen.post(&url, smaller).await.is(409);
    w.record_inspection(&order, 1, "81").await.is(422);
    w.record_inspection(&order, 1, "0").await.is(303);
    shen.get(&format!("{url}/edit")).await.is(409);
}
