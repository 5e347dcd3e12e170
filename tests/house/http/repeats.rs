//! A repeat order refers to the sample that was approved before; trust is given within the customer's limit.

use crate::support::{Form, Placed, World, id};
use gendan::production::order::Stage;
use gendan::proforma::Stage as Paper;
use gendan::samples::Stage as Note;

/// Confirmed on open account, with a production order drafted, so that the manager is asked for the terms.
async fn on_trust(w: &World) -> (Placed, String) {
    let order = w.order().await;
    let gu = w.as_("gu").await;
    gu.post(&format!("{}/skipping", order.url()), [("reason", "翻单")])
        .await
        .is(303);
    w.sql(&format!(
        "update export_order set terms = 'OA_30' where id = '{}'",
        order.id
    ))
    .await;
    w.proforma_at(&order, Paper::Confirmed).await;
    let key = w.production_at(&order, Stage::Draft).await;
    (order, key)
}

#[tokio::test]
async fn a_repeat_shows_the_approved_sample_on_every_page_of_the_order() {
    let w = World::new().await;
    let first = w.order().await;
    let note = w.sample_at(&first, Note::Received).await;
    let parcel = w
        .parcel_at(&first, &note, gendan::samples::ParcelStage::NumberPassedOn)
        .await;
    assert_eq!(parcel, 1);
    w.judge(&first, &note, "approved", "Good, go ahead")
        .await
        .is(303);
    let repeat = w.open_order(crate::support::Wanted::EUROPE).await;
    let shen = w.as_("shen").await;
    let page = shen.get(&repeat.url()).await.is(200);
    assert!(!page.has(&format!("{} S1 r1", first.number)));
    w.sql(&format!(
        "update export_order set repeat_of = '{}' where id = '{}'",
        first.id, repeat.id
    ))
    .await;
    for path in ["", "/production", "/proforma"] {
        let page = shen.get(&format!("{}{path}", repeat.url())).await.is(200);
        assert!(page.has(&format!("{} S1 r1", first.number)), "{path}");
    }
    // A repeat of the repeat still leads to the sample itself.
    let third = w.order().await;
    w.sql(&format!(
        "update export_order set repeat_of = '{}' where id = '{}'",
        repeat.id, third.id
    ))
    .await;
    let page = shen.get(&third.url()).await.is(200);
    assert!(page.has(&format!("{} S1 r1", first.number)));
}

#[tokio::test]
async fn over_the_credit_limit_the_managers_yes_needs_words() {
    let w = World::new().await;
    w.sql(&format!(
        "update customer set credit_limit = 20000, credit_currency = 'USD' where id = '{}'",
        id("nordhavn-living")
    ))
    .await;
    let (first, key) = on_trust(&w).await;
    let gu = w.as_("gu").await;
    let url = format!("{}/production/{key}/terms", first.url());
    let page = gu.get(&url).await.is(200);
    assert!(page.has("20,000.00") && page.has("12,480.00"));
    let silent = |form: Form| form.with("words", "");
    let form = w.verdict(&first, "terms", "approved").await;
    gu.post(&url, silent(form)).await.is(303);

    let (second, key) = on_trust(&w).await;
    let url = format!("{}/production/{key}/terms", second.url());
    let page = gu.get(&url).await.is(200);
    assert!(page.has("24,960.00") && page.has("4,960.00"));
    let form = w.verdict(&second, "terms", "approved").await;
    let before = w.everything().await;
    let page = gu.post(&url, silent(form.clone())).await.is(422);
    assert!(page.has("超出信用额度"));
    assert_eq!(w.everything().await, before);
    gu.post(&url, form.with("words", "老客户，年底前付清"))
        .await
        .is(303);
    let said: String = w
        .ask(&format!(
            "select words from approval where order_id = '{}' and subject = 'production_terms'",
            second.id
        ))
        .await;
    assert_eq!(said, "老客户，年底前付清");
}
