//! Order numbers (P9): unique and without holes, however many are drawn at once and over however many replicas.

use crate::support::{Wanted, World, all_at_once, claim, fresh_key, slip};
use gendan::base::By;
use gendan::history;
use gendan::orders::{self, Opening};
use gendan::web::{Answer, App, Error, FormKey};
use std::collections::BTreeSet;
use std::sync::Arc;

const DRAWN: usize = 1_000;

async fn draw(app: App, by: By, opening: Opening, kept: bool) -> Option<String> {
    let key = FormKey {
        route: "/orders".to_owned(),
        key: uuid::Uuid::parse_str(&fresh_key()).unwrap(),
        digest: [0; 32],
    };
    // A full pool, or a number waited for too long, answers "come back": then the form is sent again, as a person would.
    let mut waits = 0;
    let act = loop {
        let Ok(act) = history::begin(&app, by.clone(), &key).await else {
            continue;
        };
        match orders::open(act, app.config.zone, &opening).await {
            Err(Error::Away(_) | Error::Refused(_)) if waits < 100 => waits += 1,
            opened => break opened.unwrap(),
        }
    };
    let number = act.order.number.to_string();
    if kept {
        act.finish(Answer::to("/")).await.unwrap();
    }
    kept.then_some(number)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_drawn_at_once_over_two_replicas_are_unique_and_leave_no_hole() {
    let w = World::new().await;
    let (second, _router) = w.replica().await;
    let wanted = Wanted {
        lines: 1,
        ..Wanted::EUROPE
    };
    let drawn = (0..DRAWN).map(|turn| {
        let app = if turn % 2 == 0 { &w.app } else { &second };
        let mut opening = w.opening(&wanted);
        for line in &mut opening.lines {
            line.id = gendan::base::LineId::fresh(w.now());
        }
        // Every tenth is given up at the last moment: its number must go to somebody else.
        draw(app.clone(), w.by("shen"), opening, turn % 10 != 9)
    });
    let numbers: BTreeSet<String> = all_at_once(drawn).await.into_iter().flatten().collect();
    let expected: BTreeSet<String> = (1..=DRAWN - DRAWN / 10)
        .map(|place| format!("HY26-{place:04}"))
        .collect();
    assert_eq!(numbers, expected);
}

#[tokio::test]
async fn a_new_year_begins_at_one_in_the_companys_zone() {
    let w = World::new().await;
    assert_eq!(w.order().await.number, "HY26-0001");
    w.turn_to("2026-12-31T23:59:59+08:00");
    assert_eq!(w.order().await.number, "HY26-0002");
    w.turn_to("2027-01-01T00:00:00+08:00");
    assert_eq!(w.order().await.number, "HY27-0001");
}

const PAPERS: usize = 48;

/// Receipts, payables and shipments, each refused every fourth time: what is refused draws nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::too_many_lines, reason = "one paper after the other")]
async fn numbers_of_other_papers_leave_no_hole_either() {
    let w = World::new().await;
    let orders = [w.ready_order().await, w.ready_order().await];
    let (_second, router) = w.replica().await;
    let (xu, shen) = (Arc::new(w.as_("xu").await), Arc::new(w.as_("shen").await));
    let mut lines: Vec<String> = Vec::new();
    for order in &orders {
        let first = format!(
            "select id::text from order_line where order_id = '{}' and pos = 1",
            order.id
        );
        lines.push(w.ask(&first).await);
    }
    let mut forms = Vec::new();
    for turn in 0..PAPERS {
        let order = &orders[turn / 3 % 2];
        let good = turn % 4 != 3;
        let (client, url, form) = match turn % 3 {
            0 => (
                &xu,
                "/receipts".to_owned(),
                slip(if good { "100.00" } else { "?" }, &format!("FT{turn}")),
            ),
            1 => (
                &shen,
                "/payables".to_owned(),
                claim(order, if good { "7.00" } else { "" }),
            ),
            _ => {
                let pieces = if good { "10" } else { "9999999" };
                let form = crate::support::Form::from([("mode", "sea_fcl")])
                    .with("lines[0][id]", lines[turn / 3 % 2].clone())
                    .with("lines[0][quantity]", pieces);
                (&shen, format!("{}/shipments", order.url()), form)
            }
        };
        let client = if turn % 2 == 0 {
            Arc::clone(client)
        } else {
            Arc::new(client.at(&router))
        };
        forms.push(async move { client.post(&url, form).await.status });
    }
    all_at_once(forms).await;
    for (table, letter) in [("receipt", 'R'), ("payable", 'P'), ("shipment", 'S')] {
        let numbers: Vec<String> = w
            .ask_all(&format!("select number from {table} order by 1"))
            .await;
        let expected: Vec<String> = (1..=numbers.len())
            .map(|place| format!("{letter}26-{place:04}"))
            .collect();
        assert!(numbers.len() > PAPERS / 8, "{table}: {}", numbers.len());
        assert_eq!(numbers, expected);
    }
}
