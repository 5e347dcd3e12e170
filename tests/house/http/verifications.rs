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
    assert!(w.as_("xu").await.get(&url).await.is(200).has("12,400.00"));
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
