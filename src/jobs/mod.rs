//! Jobs: what the house does in the dark. Enqueued in the transaction of the act that owes them, worked by `work.rs`.

use crate::base::fresh;
use crate::web::Result;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

/// Everything the house may be asked to do later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Job {
    /// A proforma invoice that was sent and not answered lapses after its validity day.
    LapseProforma { order: String, revision: i32 },
    /// A letter of credit ends with the last banking day of its life, unless it was extended.
    ExpireCredit { credit: String },
    /// A rule of the company changed: orders under way are worked out again.
    SettleOrders,
}

/// Tries before a job is left for the administrator to look at.
const TRIES: i32 = 10;

pub async fn enqueue(
    db: &mut PgConnection,
    job: &Job,
    at: DateTime<Utc>,
    due_at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into job (id, work, due_at) values ($1, $2, $3)",
        fresh(at),
        serde_json::to_value(job)?,
        due_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A job taken by this worker for a minute; if the worker dies, another takes it afterwards.
pub struct Taken {
    pub id: Uuid,
    pub job: Job,
    pub at: DateTime<Utc>,
}

/// Takes the job that is due longest. Two workers never take the same one.
pub async fn take(db: &mut PgConnection, fixed: Option<DateTime<Utc>>) -> Result<Option<Taken>> {
    let row = sqlx::query!(
        r#"with clock as (select coalesce($1::timestamptz, now()) as at)
           update job set locked_until = clock.at + interval '1 minute', attempts = attempts + 1 from clock
           where id = (select id from job, clock c where done_at is null and not dead and due_at <= c.at
               and (locked_until is null or locked_until < c.at) order by due_at limit 1 for update of job skip locked)
           returning id, work, clock.at as "at!""#,
        fixed,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Taken {
            id: row.id,
            job: serde_json::from_value(row.work)?,
            at: row.at,
        })
    })
    .transpose()
}

pub async fn done(db: &mut PgConnection, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update job set done_at = $2, locked_until = null, fault = null where id = $1",
        id,
        at
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts a failed job back, later each time; after the last try it is left for the administrator.
pub async fn failed(db: &mut PgConnection, id: Uuid, at: DateTime<Utc>, fault: &str) -> Result<()> {
    let attempts = sqlx::query_scalar!("select attempts from job where id = $1", id)
        .fetch_one(&mut *db)
        .await?;
    let pause = TimeDelta::minutes(1_i64 << attempts.clamp(0, 8));
    sqlx::query!(
        "update job set locked_until = null, due_at = $2, fault = $3, dead = $4 where id = $1",
        id,
        at + pause,
        fault,
        attempts >= TRIES,
    )
    .execute(db)
    .await?;
    Ok(())
}
