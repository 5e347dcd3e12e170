//! An order is cancelled: what was on its way falls, who holds a paper is told, and it ends when everybody knows.

use crate::support::{Placed, World};
use gendan::proforma::Stage;

async fn condition(w: &World, order: &Placed) -> String {
    w.ask(&format!(
        "select condition from export_order where id = '{}'",
        order.id
    ))
    .await
}

#[tokio::test]
async fn a_cancellation_waits_for_who_holds_a_paper_and_then_ends_by_itself() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Sent).await;
    let (url, gu, shen) = (
        format!("{}/cancellation", order.url()),
        w.as_("gu").await,
        w.as_("shen").await,
    );
    let form = gu.get(&url).await.is(200).form(&url);
    let form = form.with("reason", "客户破产");
    gu.post(&url, form.clone()).await.is(303);
    assert_eq!(condition(&w, &order).await, "cancelling");
    // Once is enough.
    gu.post(&url, form).await.is(409);
    let relay: i32 = w
        .ask("select number from relay where kind = 'order_cancelled'")
        .await;
    let relay = format!("{}/relays/{relay}", order.url());
    shen.post(
        &format!("{relay}/passed"),
        [("to", "customer"), ("channel", "email")],
    )
    .await
    .is(303);
    assert_eq!(condition(&w, &order).await, "cancelling");
    let heard = [("to", "customer"), ("who", "Ingrid Solberg")];
    shen.post(&format!("{relay}/acknowledgement"), heard)
        .await
        .is(303);
    assert_eq!(condition(&w, &order).await, "cancelled");
    assert_eq!(w.count("open_item").await, 0);
    let differences = gendan::app::verify(&w.app).await.unwrap();
    assert_eq!(differences, Vec::<String>::new());
}

#[tokio::test]
async fn drafts_and_open_questions_fall_and_what_nobody_knows_ends_at_once() {
    let w = World::new().await;
    let order = w.order().await;
    w.proforma_at(&order, Stage::Submitted).await;
    let url = format!("{}/cancellation", order.url());
    let gu = w.as_("gu").await;
    gu.post(&url, [("reason", "重复开单")]).await.is(303);
    assert_eq!(w.stage_of(&order, 1).await, "void");
    let open: i64 = w
        .ask("select count(*) from approval where state = 'open'")
        .await;
    assert_eq!(open, 0);
    assert_eq!(condition(&w, &order).await, "cancelled");
}

#[tokio::test]
async fn only_the_manager_cancels_and_with_a_reason() {
    let w = World::new().await;
    let order = w.order().await;
    let url = format!("{}/cancellation", order.url());
    let before = w.everything().await;
    for (login, reason, status) in [
        ("shen", "不要了", 403),
        ("zhou", "不要了", 403),
        ("xu", "不要了", 403),
        ("jiang", "不要了", 404),
        ("gu", "", 422),
    ] {
        let reply = w.as_(login).await.post(&url, [("reason", reason)]).await;
        assert_eq!(reply.status, status, "{login}");
    }
    assert_eq!(w.everything().await, before);
}
