//! Fact: what a rule of the house owes a side, without anybody pasting it in: a verdict, a tracking number, a new day.

use super::ledger::Relay;
use super::sql;
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
