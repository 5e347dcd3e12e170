//! No lost update (P3): of those who edit the same version one wins, the others see both versions.

use crate::support::{World, all_at_once, fresh_key};
use gendan::base::OrderId;
use gendan::orders;
use gendan::proforma::Stage;
use gendan::web::{Answer, FormKey};
use std::sync::Arc;

const RACERS: usize = 8;
const ROUNDS: usize = 50;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_racers_in_fifty_rounds_win_exactly_fifty_times() {
    let w = World::new().await;
    let order = w.order().await;
    let revision = w.proforma_at(&order, Stage::Draft).await;
    let (_second, router) = w.replica().await;
    let here = Arc::new(w.as_("shen").await);
    let there = Arc::new(here.at(&router));
    let (mut won, mut lost) = (0, 0);
    for round in 0..ROUNDS {
        let form = w.draft_form(&order, revision).await;
        let url = order.proforma(revision);
        let sent = (0..RACERS).map(|racer| {
            let client = Arc::clone(if racer % 2 == 0 { &here } else { &there });
            let form = form
                .clone()
                .with("remarks", format!("round {round} racer {racer}"));
            let url = url.clone();
            async move { client.post(&url, form).await.status }
        });
        let answers = all_at_once(sent).await;
        let winners: Vec<usize> = (0..RACERS).filter(|racer| answers[*racer] == 303).collect();
        assert_eq!(winners.len(), 1, "round {round}: {answers:?}");
        let stands: String = w
            .ask(&format!(
                "select remarks from proforma_invoice where order_id = '{}'",
                order.id
            ))
            .await;
        assert_eq!(stands, format!("round {round} racer {}", winners[0]));
        won += 1;
        lost += answers.iter().filter(|status| **status == 409).count();
    }
    assert_eq!((won, lost), (ROUNDS, ROUNDS * (RACERS - 1)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_those_who_change_a_header_at_once_one_wins_and_the_others_see_the_difference() {
    let w = World::new().await;
    let order = w.order().await;
    let (_second, router) = w.replica().await;
    let here = Arc::new(w.as_("shen").await);
    let there = Arc::new(here.at(&router));
    let edit = format!("{}/edit", order.url());
    for round in 0..ROUNDS / 5 {
        let form = here.get(&edit).await.is(200).form(&order.url());
        let sent = (0..RACERS).map(|racer| {
            let client = Arc::clone(if racer % 2 == 0 { &here } else { &there });
            let form = form
                .clone()
                .with("title", format!("round {round} racer {racer}"));
            let url = order.url();
            async move { client.post(&url, form).await }
        });
        let answers = all_at_once(sent).await;
        let winners: Vec<usize> = (0..RACERS)
            .filter(|racer| answers[*racer].status == 303)
            .collect();
        assert_eq!(winners.len(), 1, "round {round}");
        let title = format!("round {round} racer {}", winners[0]);
        let stands: String = w
            .ask(&format!(
                "select title from export_order where id = '{}'",
                order.id
            ))
            .await;
        assert_eq!(stands, title);
        for (racer, answer) in answers
            .into_iter()
            .enumerate()
            .filter(|(racer, _)| *racer != winners[0])
        {
            let answer = answer.is(409);
            let own = format!("round {round} racer {racer}");
            assert!(answer.has(&title) && answer.has(&own), "{}", answer.text());
        }
    }
}

#[tokio::test]
async fn who_comes_second_sees_both_versions_and_can_choose() {
    let w = World::new().await;
    let order = w.order().await;
    let revision = w.proforma_at(&order, Stage::Draft).await;
    let form = w.draft_form(&order, revision).await;
    let url = order.proforma(revision);
    let (shen, zhou) = (w.as_("shen").await, w.as_("zhou").await);
    shen.post(&url, form.clone().with("remarks", "hers"))
        .await
        .is(303);
    let reply = zhou.post(&url, form.with("remarks", "his")).await.is(409);
    assert!(reply.has("hers") && reply.has("his"), "{}", reply.text());
    let rev: i32 = w
        .ask(&format!(
            "select version from proforma_invoice where order_id = '{}'",
            order.id
        ))
        .await;
    assert_eq!(
        reply.attributes("input[name=rev]", "value"),
        [rev.to_string()]
    );
}

#[tokio::test]
async fn lines_terms_and_wording_have_versions_of_their_own() {
    let w = World::new().await;
    let order = w.order().await;
    let revision = w.proforma_at(&order, Stage::Draft).await;
    let client = w.as_("shen").await;
    for version in ["rev", "terms_rev", "lines_rev"] {
        let form = w.draft_form(&order, revision).await;
        let before = w.everything().await;
        let old = form.with(version, "0");
        client.post(&order.proforma(revision), old).await.is(409);
        assert_eq!(w.everything().await, before, "{version}");
    }
}

/// A ring of two: one begins with the first order, the other with the second. Locked by id, they wait for each other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acts_over_the_same_two_orders_wait_and_never_stand_in_each_others_way() {
    let w = World::new().await;
    let (one, two) = (OrderId(w.order().await.id), OrderId(w.order().await.id));
    let (second, _router) = w.replica().await;
    // Few enough at once that the last one's wait for the first ones is never taken for a lock that stays.
    for _ in 0..ROUNDS / 10 {
        let acts = (0..12).map(|turn| {
            let app = if turn % 2 == 0 { &w.app } else { &second };
            let (app, by) = (app.clone(), w.by("shen"));
            let held = if turn % 2 == 0 {
                [one, two]
            } else {
                [two, one]
            };
            let key = FormKey {
                route: "/both".to_owned(),
                key: uuid::Uuid::parse_str(&fresh_key()).unwrap(),
                digest: [0; 32],
            };
            async move {
                // A full pool answers "come back"; a deadlock comes after the connection is there.
                let mut act = loop {
                    if let Ok(act) = orders::begin_joint(&app, by.clone(), &key).await {
                        break act;
                    }
                };
                act.hold(&held)
                    .await
                    .map_err(|error| format!("{error:?}"))?;
                let done = act.finish(Answer::to("/")).await;
                done.map(drop).map_err(|error| format!("{error:?}"))
            }
        });
        for (turn, done) in all_at_once(acts).await.into_iter().enumerate() {
            assert_eq!(done, Ok::<(), String>(()), "{turn}");
        }
    }
}
