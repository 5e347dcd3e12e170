//! Verification (step 9) by the regime of the export date: the paper form, or receipts against the declaration.

use crate::support::{Form, World};

#[tokio::test]
async fn a_form_of_the_old_days_is_issued_returned_and_verified() {
    let w = World::new().await;
    let order = w.order().await;
    let shipment = w.left(&order, "2012-05-10").await;
    let page = format!("{}/verifications/{shipment}/1", order.url());
    let url = format!("{page}/form");
    assert!(w.as_("xu").await.get(&page).await.is(200).has("纸质核销单"));
    w.step_nine("xu", &url, [("rev", "0"), ("on", "2012-05-02")])
        .await
        .is(422);
    let issue = [("rev", "0"), ("number", "039801234"), ("on", "2012-05-02")];
    w.step_nine("xu", &url, issue).await.is(303);
    let back = [("rev", "1"), ("on", "2012-06-20"), ("from", "海桥货代")];
    w.step_nine("shen", &url, back).await.is(303);
    let verify = [("rev", "2"), ("on", "2012-07-03")];
    w.step_nine("shen", &url, verify).await.is(403);
    w.step_nine("xu", &url, verify).await.is(303);
    let verified: bool = w
        .ask(&format!(
            "select declaration_verified(d.id) from customs_declaration d join shipment s on s.id = d.shipment
             where s.number = '{shipment}'"
        ))
        .await;
    assert!(verified);
    w.step_nine("xu", &url, [("rev", "3"), ("on", "2012-07-03")])
        .await
        .is(409);
    let money = w.money_in(&order, "12480").await;
    w.matched(&order, &shipment, (money, "12480")).await.is(409);
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
async fn receipts_are_laid_against_the_declaration_and_a_difference_is_explained() {
    let w = World::new().await;
    let order = w.order().await;
    let shipment = w.left(&order, "2026-10-16").await;
    let money = w.money_in(&order, "12000").await;
    let url = format!("{}/verifications/{shipment}/1", order.url());
    let page = w.as_("xu").await.get(&url).await.is(200);
    assert!(
        page.has("value=\"12000\""),
        "the oldest gets the money first"
    );
    w.matched(&order, &shipment, (money, "12000.01"))
        .await
        .is(409);
    w.matched(&order, &shipment, (money, "12000")).await.is(303);
    let problem: bool = w
        .ask(&format!(
            "select problem from open_item where order_id = '{}' and kind = 'settle_difference'",
            order.id
        ))
        .await;
    assert!(problem);
    // Its name holds a slash, which must not cut the address of putting it off in two.
    let xu = w.as_("xu").await;
    let home = xu.get("/").await.is(200);
    let later = home.attributes("[data-later] a", "href");
    let later = later.iter().find(|url| url.contains("settle_difference"));
    xu.get(later.unwrap()).await.is(200);
    let silent = [("rev", "1")];
    w.step_nine("xu", &format!("{url}/explanation"), silent)
        .await
        .is(422);
    let words = Form::from([("rev", "1"), ("words", "客户扣中转行费用")]);
    w.step_nine("xu", &format!("{url}/explanation"), words)
        .await
        .is(303);
    w.matched(&order, &shipment, (money, "11000")).await.is(409);
    let left: i64 = w
        .ask(&format!(
            "select count(*) from open_item where order_id = '{}' and kind in ('settle_difference', 'match_receipts')",
            order.id
        ))
        .await;
    assert_eq!(left, 0);
}

#[tokio::test]
async fn one_percent_is_no_difference_and_department_readers_see_no_amounts() {
    let w = World::new().await;
    let order = w.order().await;
    let shipment = w.left(&order, "2026-10-16").await;
    let money = w.money_in(&order, "12400").await;
    w.matched(&order, &shipment, (money, "12400")).await.is(303);
    let url = format!("{}/verifications/{shipment}/1", order.url());
    let page = w.as_("xu").await.get(&url).await.is(200);
    assert!(page.has("12,400.00") && !page.has("12,400.000"));
    let reader = w.as_("tang").await.get(&url).await.is(200);
    assert!(!reader.has("12,400.00") && !reader.has("12,480.00"));
    let queue = w.as_("xu").await.get("/verifications?state=verified").await;
    assert!(queue.is(200).has(&shipment));
    assert!(
        w.as_("xu")
            .await
            .get("/verifications.xlsx")
            .await
            .is(200)
            .header("content-disposition")
            .contains("verifications_")
    );
}

/// The bank takes the money back that was laid against a declaration.
async fn taken_back(w: &World, allocation: uuid::Uuid) {
    let receipt: String = w
        .ask(&format!(
            "select r.number from receipt_allocation a join receipt r on r.id = a.receipt where a.id = '{allocation}'"
        ))
        .await;
    let url = format!("/receipts/{receipt}/allocations/{allocation}/undoing");
    let form = [("how", "return_by_bank"), ("words", "开证行拒付")];
    w.as_("xu").await.post(&url, form).await.is(303);
}

async fn open_items(w: &World, order: &crate::support::Placed) -> Vec<String> {
    w.ask_all(&format!(
        "select kind from open_item where order_id = '{}' and problem
             and kind in ('settle_difference', 'verify_form', 'match_receipts')",
        order.id
    ))
    .await
}

#[tokio::test]
async fn an_explanation_falls_with_the_money_it_spoke_of() {
    let w = World::new().await;
    let order = w.order().await;
    let shipment = w.left(&order, "2026-10-16").await;
    let money = w.money_in(&order, "12000").await;
    let url = format!("{}/verifications/{shipment}/1", order.url());
    w.matched(&order, &shipment, (money, "12000")).await.is(303);
    let words = [("rev", "1"), ("words", "客户扣中转行费用")];
    w.step_nine("xu", &format!("{url}/explanation"), words)
        .await
        .is(303);
    assert!(open_items(&w, &order).await.is_empty());

    taken_back(&w, money).await;
    assert_eq!(open_items(&w, &order).await, ["settle_difference"]);
    let page = w.as_("xu").await.get(&url).await.is(200);
    assert!(page.has("说明之后收汇又有变动"));
    let queue = w.as_("xu").await.get("/verifications?state=verified").await;
    assert!(!queue.is(200).has(&shipment));

    // Explained anew, or matched with what comes in instead.
    let words = [("rev", "2"), ("words", "拒付，货已退运")];
    w.step_nine("xu", &format!("{url}/explanation"), words)
        .await
        .is(303);
    assert!(open_items(&w, &order).await.is_empty());
    let again = w.money_in(&order, "12480").await;
    w.matched(&order, &shipment, (again, "12480")).await.is(409);
    w.adds_up().await;
}

#[tokio::test]
async fn money_that_came_instead_is_matched_after_an_explanation_fell() {
    let w = World::new().await;
    let order = w.order().await;
    let shipment = w.left(&order, "2026-10-16").await;
    let money = w.money_in(&order, "12000").await;
    let url = format!("{}/verifications/{shipment}/1", order.url());
    w.matched(&order, &shipment, (money, "12000")).await.is(303);
    let words = [("rev", "1"), ("words", "客户扣中转行费用")];
    w.step_nine("xu", &format!("{url}/explanation"), words)
        .await
        .is(303);
    taken_back(&w, money).await;
    let again = w.money_in(&order, "12480").await;
    w.matched(&order, &shipment, (again, "12480")).await.is(303);
    assert!(open_items(&w, &order).await.is_empty());
    w.adds_up().await;
}

#[tokio::test]
async fn a_verified_form_is_looked_at_again_where_money_went_back() {
    let w = World::new().await;
    let order = w.order().await;
    let shipment = w.left(&order, "2012-05-10").await;
    let money = w.money_in(&order, "12480").await;
    let url = format!("{}/verifications/{shipment}/1/form", order.url());
    let issue = [("rev", "0"), ("number", "039801234"), ("on", "2012-05-02")];
    w.step_nine("xu", &url, issue).await.is(303);
    let back = [("rev", "1"), ("on", "2012-06-20"), ("from", "海桥货代")];
    w.step_nine("xu", &url, back).await.is(303);
    let verify = [("rev", "2"), ("on", "2012-07-03")];
    w.step_nine("xu", &url, verify).await.is(303);
    assert!(open_items(&w, &order).await.is_empty());

    w.turn_to("2026-11-25");
    taken_back(&w, money).await;
    assert_eq!(open_items(&w, &order).await, ["verify_form"]);
    w.turn_to("2026-11-26");
    let anew = [("rev", "3"), ("on", "2026-11-26")];
    w.step_nine("xu", &url, anew).await.is(303);
    assert!(open_items(&w, &order).await.is_empty());
    w.step_nine("xu", &url, [("rev", "4"), ("on", "2026-11-26")])
        .await
        .is(409);
}
