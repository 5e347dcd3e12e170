//! Order numbers (P9): unique and without holes, however many are drawn at once and over however many replicas.

use crate::support::{Wanted, World, all_at_once, fresh_key};
use gendan::base::By;
use gendan::history;
use gendan::orders::{self, Opening};
use gendan::web::{Answer, App, FormKey};
use std::collections::BTreeSet;

const DRAWN: usize = 1_000;

async fn draw(app: App, by: By, opening: Opening, kept: bool) -> Option<String> {
    let key = FormKey {
        route: "/orders".to_owned(),
        key: uuid::Uuid::parse_str(&fresh_key()).unwrap(),
        digest: [0; 32],
    };
    // A full pool answers "come back": then the form is sent again, as a person would.
    let act = loop {
        if let Ok(act) = history::begin(&app, by.clone(), &key).await {
            break act;
        }
    };
    let act = orders::open(act, app.config.zone, &opening).await.unwrap();
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
