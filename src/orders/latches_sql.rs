//! The statements of the nine latches, and the one place where the pointer to the current step is written.

use super::lifecycle::{Outcome, Step};
use super::order::Order;
use crate::base::{ActId, OrderId, PersonId};
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

pub(super) async fn latch(
    db: &mut PgConnection,
    order: OrderId,
    step: Step,
    outcome: Outcome,
    (at, person): (DateTime<Utc>, Option<PersonId>),
    reason: &str,
) -> Result<()> {
    sqlx::query!(
        "insert into order_latch (order_id, step, outcome, at, person, reason) values ($1, $2, $3, $4, $5, $6)",
        order.0,
        step.number(),
        match outcome {
            Outcome::Done => "done",
            Outcome::Skipped => "skipped",
        },
        at,
        person.map(|id| id.0),
        reason,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes the latches of this and every later step away; only a reopening does.
pub(super) async fn unlatch_from(db: &mut PgConnection, order: OrderId, step: Step) -> Result<()> {
    sqlx::query!(
        "delete from order_latch where order_id = $1 and step >= $2",
        order.0,
        step.number()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The one place where the pointer is written, with its row in the log of moves.
pub(super) async fn move_step(
    db: &mut PgConnection,
    order: OrderId,
    (from, to): (Step, Step),
    at: DateTime<Utc>,
    person: Option<PersonId>,
    act: ActId,
) -> Result<()> {
    sqlx::query!(
        "update export_order set step = $2 where id = $1",
        order.0,
        to.number()
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into order_step (order_id, at, from_step, to_step, act, person) values ($1, $2, $3, $4, $5, $6)",
        order.0,
        at,
        from.number(),
        to.number(),
        act.0,
        person.map(|id| id.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One latch with its moment, for the step bar.
pub(super) struct Latched {
    pub step: Step,
    pub outcome: Outcome,
    pub at: DateTime<Utc>,
}

#[derive(serde::Deserialize)]
struct Row {
    step: i16,
    outcome: String,
    at: DateTime<Utc>,
}

/// As the head of the order brings them.
pub(super) fn read(rows: serde_json::Value, order: &Order) -> Result<Vec<Latched>> {
    let rows: Vec<Row> = serde_json::from_value(rows)?;
    rows.into_iter()
        .map(|row| {
            Ok(Latched {
                step: Step::from_number(row.step).ok_or_else(|| {
                    Error::Broken(anyhow!("order {}: unreadable latch", order.id()))
                })?,
                outcome: if row.outcome == "done" {
                    Outcome::Done
                } else {
                    Outcome::Skipped
                },
                at: row.at,
            })
        })
        .collect()
}
