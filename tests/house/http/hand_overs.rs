//! Hand-over (step 9): papers come back one by one, are handed over, taken or sent back; nothing else is possible.

use crate::support::{Form, World};

async fn stage(w: &World, shipment: &str) -> String {
    w.ask(&format!(
        "select h.stage from hand_over h join shipment s on s.id = h.shipment where s.number = '{shipment}'"
    ))
    .await
}

#[tokio::test]
async fn papers_come_back_and_finance_takes_them() {
    let w = World::new().await;
    let order = w.order().await;
    let shipment = w.left(&order, "2026-10-16").await;
    let url = format!("{}/hand-overs/{shipment}", order.url());
    let page = w.as_("shen").await.get(&url).await.is(200);
    assert!(page.has("报关单") && !page.has("核销单</th>"));
    for paper in ["declaration", "transport_document", "invoice"] {
        w.paper_back(&order, &shipment, paper).await;
    }
    assert_eq!(stage(&w, &shipment).await, "returned");
    let rev = w.hand_over_version(&shipment).await;
    let give = format!("{url}/handing-over");
    let bare = Form::default().with("rev", rev);
    let refused = w.step_nine("shen", &give, bare).await.is(422);
    assert!(refused.has("缺单要写明原因"));
    w.papers_given(&order, &shipment).await;
    let queue = w.as_("xu").await.get("/hand-overs?state=handed_over").await;
    assert!(queue.is(200).has(&shipment));
    let kinds: Vec<String> = w
        .ask_all(&format!(
            "select kind from open_item where order_id = '{}' and waiting = 'finance'",
            order.id
        ))
        .await;
    assert!(kinds.contains(&"take_papers".to_owned()), "{kinds:?}");
    let rev = w.hand_over_version(&shipment).await;
    let take = Form::default().with("rev", rev);
    w.step_nine("xu", &format!("{url}/taking"), take)
        .await
        .leads_to(&url);
    assert_eq!(stage(&w, &shipment).await, "taken");
    let late = [("on", "2026-11-20"), ("from", "海桥货代")];
    let before = w.everything().await;
    w.step_nine("shen", &format!("{url}/papers/invoice"), late)
        .await
        .is(409);
    assert_eq!(w.everything().await, before);
}

#[tokio::test]
async fn what_finance_sends_back_is_mended_and_handed_over_again() {
    let w = World::new().await;
    let order = w.order().await;
    let shipment = w.left(&order, "2026-10-16").await;
    w.paper_back(&order, &shipment, "declaration").await;
    w.papers_given(&order, &shipment).await;
    let url = format!("{}/hand-overs/{shipment}/sending-back", order.url());
    let rev = w.hand_over_version(&shipment).await;
    let silent = Form::default().with("rev", rev.clone());
    w.step_nine("xu", &url, silent).await.is(422);
    let words = Form::from([("words", "报关单没盖章")]).with("rev", rev);
    w.step_nine("xu", &url, words).await.is(303);
    let problem: bool = w
        .ask(&format!(
            "select problem from open_item where order_id = '{}' and kind = 'mend_papers'",
            order.id
        ))
        .await;
    assert!(problem);
    w.paper_back(&order, &shipment, "declaration").await;
    w.papers_given(&order, &shipment).await;
    assert_eq!(stage(&w, &shipment).await, "handed_over");
}

#[tokio::test]
async fn the_list_follows_the_regime_and_nothing_comes_back_before_departure() {
    let w = World::new().await;
    let old = w.order().await;
    let shipment = w.left(&old, "2012-05-10").await;
    let url = format!("{}/hand-overs/{shipment}", old.url());
    assert!(w.as_("shen").await.get(&url).await.is(200).has("核销单"));
    w.paper_back(&old, &shipment, "verification_form").await;
    let new = w.order().await;
    let waiting = w.left(&new, "2026-10-16").await;
    w.sql(&format!(
        "update shipment set stage = 'booked', on_board_on = null where number = '{waiting}'"
    ))
    .await;
    let url = format!("{}/hand-overs/{waiting}/papers", new.url());
    let form = [("on", "2026-11-20"), ("from", "海桥货代")];
    w.step_nine("shen", &format!("{url}/invoice"), form)
        .await
        .is(409);
    let form = [("on", "2026-11-20"), ("from", "海桥货代")];
    w.step_nine("shen", &format!("{url}/verification_form"), form)
        .await
        .is(404);
}
