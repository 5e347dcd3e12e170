//! One effect an intent (P2): a form sent again, however often and through whichever replica, acts once.

use crate::support::{World, all_at_once, fresh_key};
use std::sync::Arc;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_form_a_hundred_times_over_two_replicas_acts_once() {
    let w = World::new().await;
    let order = w.order().await;
    let (_second, router) = w.replica().await;
    let here = Arc::new(w.as_("shen").await);
    let there = Arc::new(here.at(&router));
    let (url, key) = (format!("{}/proforma", order.url()), fresh_key());
    let events = w.count("event").await;
    let sent = (0..100).map(|turn| {
        let client = Arc::clone(if turn % 2 == 0 { &here } else { &there });
        let (url, key) = (url.clone(), key.clone());
        async move { client.post_keyed(&url, [], &key).await }
    });
    for reply in all_at_once(sent).await {
        reply.leads_to(&format!("{}/edit", order.proforma(1)));
    }
    assert_eq!(w.count("proforma_invoice").await, 1);
    assert_eq!(w.count("event").await, events + 1);
    assert_eq!(
        w.count("form_key where key is not null and route like '%/proforma'")
            .await,
        1
    );
}

#[tokio::test]
async fn the_same_key_with_other_fields_is_a_mistake() {
    let w = World::new().await;
    let order = w.order().await;
    let revision = w
        .proforma_at(&order, gendan::proforma::Stage::Approved)
        .await;
    let (client, key) = (w.as_("shen").await, fresh_key());
    let url = format!("{}/sending", order.proforma(revision));
    let to_anna = [("to", "anna@nordhavn.example"), ("channel", "email")];
    let first = client.post_keyed(&url, to_anna, &key).await.is(303);
    let before = w.everything().await;
    let to_olle = [("to", "olle@nordhavn.example"), ("channel", "email")];
    client.post_keyed(&url, to_olle, &key).await.is(422);
    let again = client.post_keyed(&url, to_anna, &key).await.is(303);
    assert_eq!(first.location(), again.location());
    assert_eq!(w.everything().await, before);
}

#[tokio::test]
async fn a_form_without_a_key_does_nothing() {
    let w = World::new().await;
    let order = w.order().await;
    let client = w.as_("shen").await;
    let before = w.everything().await;
    let url = format!("{}/proforma", order.url());
    let csrf = crate::support::token(&client.secret());
    client
        .post_raw(&url, [("csrf", csrf.as_str())])
        .await
        .is(400);
    client.post_keyed(&url, [], "not-a-key").await.is(400);
    assert_eq!(w.everything().await, before);
}

#[tokio::test]
async fn a_refused_form_may_be_sent_again_under_its_key() {
    let w = World::new().await;
    let order = w.order().await;
    let revision = w
        .proforma_at(&order, gendan::proforma::Stage::Approved)
        .await;
    let (client, key) = (w.as_("shen").await, fresh_key());
    let url = format!("{}/sending", order.proforma(revision));
    client
        .post_keyed(&url, [("to", ""), ("channel", "email")], &key)
        .await
        .is(422);
    let mended = [("to", "anna@nordhavn.example"), ("channel", "email")];
    client.post_keyed(&url, mended, &key).await.is(303);
    assert_eq!(w.stage_of(&order, revision).await, "sent");
}

#[tokio::test]
async fn two_people_may_draw_the_same_key() {
    let w = World::new().await;
    let (one, other) = (w.order().await, w.order().await);
    let key = fresh_key();
    for (login, order) in [("shen", &one), ("zhou", &other)] {
        let url = format!("{}/proforma", order.url());
        w.as_(login).await.post_keyed(&url, [], &key).await.is(303);
    }
    assert_eq!(w.count("proforma_invoice").await, 2);
}
