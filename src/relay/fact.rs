//! Facts that make their relay by themselves 自动传达: one fact, one relay, in the act that learned of it.

use super::sql::{self, Heard};
use super::stage::Stage;
use crate::base::{OrderId, Party, PersonId, RelayId};
use crate::web::Result;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// What one side owes the other because something happened.
#[derive(Clone, Debug)]
pub struct Fact<'a> {
    /// Which rule made it: `shipping_advice`, `slip` …
    pub kind: &'a str,
    /// What it speaks of, so that one fact makes one relay.
    pub key: &'a str,
    pub heard: Heard,
}

/// Writes the relay of a fact, once: nothing where this fact has its relay already.
pub async fn owe(
    db: &mut PgConnection,
    order: OrderId,
    fact: &Fact<'_>,
    (person, at): (Option<PersonId>, DateTime<Utc>),
) -> Result<Option<RelayId>> {
    if find(db, order, (fact.kind, fact.key)).await?.is_some() {
        return Ok(None);
    }
    let (id, _) = sql::insert(db, order, &fact.heard, person, at).await?;
    sqlx::query!(
        "update relay set kind = $2, subject_key = $3 where id = $1",
        id.0,
        fact.kind,
        fact.key,
    )
    .execute(db)
    .await?;
    Ok(Some(id))
}

/// The relay of a fact that is not withdrawn.
pub async fn find(
    db: &mut PgConnection,
    order: OrderId,
    (kind, key): (&str, &str),
) -> Result<Option<RelayId>> {
    let id = sqlx::query_scalar!(
        "select id from relay where order_id = $1 and kind = $2 and subject_key = $3 and withdrawn_at is null",
        order.0,
        kind,
        key,
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(RelayId))
}

/// The addressee answered by an act of the desk itself: passed on, acknowledged and answered where it is not yet.
pub async fn answered(
    db: &mut PgConnection,
    order: OrderId,
    (kind, key): (&str, &str),
    (to, who, words): (Party, &str, &str),
    (person, at): (Option<PersonId>, DateTime<Utc>),
) -> Result<()> {
    let Some(id) = find(db, order, (kind, key)).await? else {
        return Ok(());
    };
    let by = (person, at);
    sql::pass_on(db, id, to, "", by).await?;
    let lines = sqlx::query_scalar!("select line from relay_line where relay = $1", id.0)
        .fetch_all(&mut *db)
        .await?;
    sql::acknowledge(db, id, (to, &lines), who, at).await?;
    sql::answer(db, id, to, words, at).await
}

/// Its subject is gone: the shipment was cancelled, the date stands no more. `key` is its own, or what stands before a
/// stroke in it. What is closed stays closed.
pub async fn withdraw(
    db: &mut PgConnection,
    order: OrderId,
    (kind, key): (&str, &str),
    reason: &str,
    at: DateTime<Utc>,
) -> Result<()> {
    let ids = sqlx::query_scalar!(
        "select id from relay where order_id = $1 and kind = $2 and split_part(subject_key, '/', 1) = $3
             and withdrawn_at is null",
        order.0,
        kind,
        key,
    )
    .fetch_all(&mut *db)
    .await?;
    for relay in sql::list_for(db, order).await? {
        if ids.contains(&relay.id.0) && relay.stage() != Stage::Closed {
            sql::withdraw(db, relay.id, reason, at).await?;
        }
    }
    Ok(())
}
