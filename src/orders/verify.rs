//! Verify: every order's step, latches and open items are computed again from its facts and compared with what is
//! stored; every difference is one line for a person.

use super::lifecycle::{self, Step};
use super::open_items::{self, OpenItem};
use super::{items_sql, sql};
use crate::base::OrderId;
use crate::base::calendar::Calendar;
use crate::web::Result;
use chrono_tz::Tz;
use sqlx::PgConnection;

/// Differences over all orders, oldest first.
pub async fn differences(db: &mut PgConnection, zone: Tz) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (id, number, step) in sql::all(db).await? {
        check(db, zone, (id, &number, step), &mut found).await?;
    }
    for number in super::portion::sql::carried_too_much(db).await? {
        found.push(format!("{number}: more was split off than it owes less"));
    }
    for number in items_sql::wrong_keys(db).await? {
        found.push(format!(
            "{number}: its amount or last event is another than the list sorts by"
        ));
    }
    Ok(found)
}

#[expect(
    clippy::too_many_lines,
    reason = "mostly one statement and its columns"
)]
async fn check(
    db: &mut PgConnection,
    zone: Tz,
    (id, number, step): (OrderId, &str, i16),
    found: &mut Vec<String>,
) -> Result<()> {
    let (facts, differs) = sql::facts(db, id, zone).await?;
    let should = facts.latches.step();
    if step != should.number() {
        found.push(format!(
            "{number}: stands at step {step}, its latches say {}",
            should.number()
        ));
    }
    let gap = Step::ALL
        .into_iter()
        .find(|later| *later > should && facts.latches.get(*later).is_some());
    if let Some(later) = gap {
        found.push(format!(
            "{number}: step {} is done before step {}",
            later.number(),
            should.number()
        ));
    }
    let (_, missed) = lifecycle::settle(facts.latches, &facts);
    if let Some(first) = missed.first() {
        found.push(format!(
            "{number}: step {} has all its facts and is not done",
            first.number()
        ));
    }
    let mut wanted = open_items::open_items(&facts, &Calendar::new(zone, differs));
    let mut stored = items_sql::items_of(db, id).await?;
    wanted.sort_by_key(key);
    stored.sort_by_key(key);
    if wanted.iter().map(key).ne(stored.iter().map(key)) {
        let list = |items: &[OpenItem]| {
            items
                .iter()
                .map(|item| item.kind.code())
                .collect::<Vec<_>>()
                .join(", ")
        };
        found.push(format!(
            "{number}: open items are [{}], should be [{}]",
            list(&stored),
            list(&wanted)
        ));
    }
    Ok(())
}

/// What must agree; who owns an item and since when follow from the same facts.
fn key(item: &OpenItem) -> (i16, &'static str, String, &'static str, i64, bool) {
    (
        item.step.number(),
        item.kind.code(),
        item.subject.clone(),
        item.waiting.code(),
        item.due_at.timestamp(),
        item.problem,
    )
}
