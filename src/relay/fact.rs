//! Fact: what a rule of the house owes a side, without anybody pasting it in: a verdict, a tracking number, a new day.

use super::addressee::Addressee;
use super::ledger::Relay;
use super::sql::{self, Said};
use crate::base::{OrderId, PersonId, RelayId};
use crate::web::Result;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// One fact makes one relay: `kind` is the rule that made it, `key` the thing it speaks of.
#[derive(Clone, Debug)]
pub struct Fact {
    pub kind: &'static str,
    pub key: String,
    pub heard: sql::Heard,
}

/// The relay of a fact that is not withdrawn.
pub async fn find(
    db: &mut PgConnection,
    order: OrderId,
    kind: &str,
    key: &str,
) -> Result<Option<Relay>> {
    let number = sqlx::query_scalar!(
        "select number from relay where order_id = $1 and kind = $2 and subject_key = $3 and withdrawn_at is null",
        order.0,
        kind,
        key,
    )
    .fetch_optional(&mut *db)
    .await?;
    match number {
        Some(number) => sql::find(db, order, number).await,
        None => Ok(None),
    }
}

/// Writes the relay of a fact, with the rule that made it; the order is locked by who calls.
pub async fn insert(
    db: &mut PgConnection,
    order: OrderId,
    fact: &Fact,
    person: Option<PersonId>,
    at: DateTime<Utc>,
) -> Result<(RelayId, i32)> {
    let made = sql::insert(db, order, &fact.heard, person, at).await?;
    sqlx::query!(
        "update relay set kind = $2, subject_key = $3 where id = $1",
        made.0.0,
        fact.kind,
        fact.key,
    )
    .execute(db)
    .await?;
    Ok(made)
}

/// The same once: nothing where this fact has its relay already.
pub async fn owe(
    db: &mut PgConnection,
    order: OrderId,
    fact: &Fact,
    (person, at): (Option<PersonId>, DateTime<Utc>),
) -> Result<Option<RelayId>> {
    if find(db, order, fact.kind, &fact.key).await?.is_some() {
        return Ok(None);
    }
    Ok(Some(insert(db, order, fact, person, at).await?.0))
}

/// The addressee answered by an act of the desk itself: passed on, acknowledged, and answered where it is asked. `key` is
/// its own, or what stands before a stroke in it. Says whether anything was open.
pub async fn answered(
    db: &mut PgConnection,
    order: OrderId,
    fact: (&str, &str),
    (to, who, words): (impl Into<Addressee>, &str, &str),
    (person, at): (Option<PersonId>, DateTime<Utc>),
) -> Result<bool> {
    let (open, to) = (open(db, order, fact).await?, to.into());
    let said = Said {
        who: who.to_owned(),
        words: words.to_owned(),
        ..Said::default()
    };
    for relay in &open {
        sql::pass_on(db, relay.id, to, "", (person, at)).await?;
        let lines = relay.open_lines(to, None).unwrap_or_default();
        sql::acknowledge(db, relay.id, (to, &lines), &said, at).await?;
        if relay.answer_asked {
            sql::answer(db, relay.id, to, &said, at).await?;
        }
    }
    Ok(!open.is_empty())
}

/// Relays of a fact that are neither closed nor withdrawn.
async fn open(
    db: &mut PgConnection,
    order: OrderId,
    (kind, key): (&str, &str),
) -> Result<Vec<Relay>> {
    let ids = sqlx::query_scalar!(
        "select id from relay where order_id = $1 and kind = $2
             and (subject_key = $3 or split_part(subject_key, '/', 1) = $3) and withdrawn_at is null",
        order.0,
        kind,
        key,
    )
    .fetch_all(&mut *db)
    .await?;
    let mut found = sql::list_for(db, order).await?;
    found.retain(|relay| ids.contains(&relay.id.0) && !relay.is_closed());
    Ok(found)
}

/// Its subject is gone: the shipment was cancelled, the date stands no more. `key` is its own, or what stands before a
/// stroke in it. What is closed stays closed.
pub async fn withdraw(
    db: &mut PgConnection,
    order: OrderId,
    fact: (&str, &str),
    reason: &str,
    at: DateTime<Utc>,
) -> Result<bool> {
    let open = open(db, order, fact).await?;
    for relay in &open {
        sql::withdraw(db, relay.id, reason, at).await?;
    }
    Ok(!open.is_empty())
}
