//! Every statement of the journal: form keys, events, refusals.

use super::Event;
use crate::base::{ActId, PersonId};
use crate::web::{Error, Faults, FormKey, Result};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// Claims the key for this act. A twin that is still running is waited for (the unique index holds us until it ends);
/// an answered key ends the act with its first answer; the same key with other fields is refused.
pub(super) async fn claim(
    db: &mut PgConnection,
    person: PersonId,
    key: &FormKey,
    at: DateTime<Utc>,
) -> Result<()> {
    let claimed = sqlx::query!(
        "insert into form_key (person, route, key, digest, at) values ($1, $2, $3, $4, $5) on conflict do nothing",
        person.0,
        key.route,
        key.key,
        &key.digest[..],
        at,
    )
    .execute(&mut *db)
    .await?;
    if claimed.rows_affected() == 1 {
        return Ok(());
    }
    let first = sqlx::query!(
        "select digest, location from form_key where person = $1 and route = $2 and key = $3",
        person.0,
        key.route,
        key.key,
    )
    .fetch_one(db)
    .await?;
    if first.digest != key.digest {
        return Err(Error::Invalid(Faults::one("form", |t| t.web_key_reused())));
    }
    Err(Error::Again(
        first.location.unwrap_or_else(|| "/".to_owned()),
    ))
}

pub(super) async fn keep_answer(
    db: &mut PgConnection,
    person: PersonId,
    key: &FormKey,
    location: &str,
) -> Result<()> {
    sqlx::query!(
        "update form_key set location = $4 where person = $1 and route = $2 and key = $3",
        person.0,
        key.route,
        key.key,
        location,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keys of forms older than this are forgotten (30 days, the longest a money form may be repeated).
pub async fn prune_keys(db: &mut PgConnection, before: DateTime<Utc>) -> Result<u64> {
    Ok(sqlx::query!("delete from form_key where at < $1", before)
        .execute(db)
        .await?
        .rows_affected())
}

pub(super) async fn append(
    db: &mut PgConnection,
    stream: &str,
    at: DateTime<Utc>,
    act: ActId,
    (person, on_behalf_of): (Option<PersonId>, Option<PersonId>),
    event: &Event,
) -> Result<()> {
    let payload = serde_json::to_value(event)?;
    // seq, prev and hash are filled by the trigger; the values given here never stand.
    sqlx::query!(
        "insert into event (stream, seq, at, act, person, on_behalf_of, kind, payload, prev, hash)
         values ($1, 0, $2, $3, $4, $5, $6, $7, '', '')",
        stream,
        at,
        act.0,
        person.map(|id| id.0),
        on_behalf_of.map(|id| id.0),
        event.kind(),
        payload,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Logs an attempt that the rights refused; outside the act, which is rolled back.
pub async fn note_refusal(
    db: &mut PgConnection,
    at: DateTime<Utc>,
    person: Option<PersonId>,
    deed: &str,
    subject: &str,
) -> Result<()> {
    sqlx::query!(
        "insert into refusal (id, at, person, deed, subject) values ($1, $2, $3, $4, $5)",
        crate::base::fresh(at),
        at,
        person.map(|id| id.0),
        deed,
        subject,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One place where the chain of events does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    pub stream: String,
    pub seq: i64,
    pub why: String,
}

/// Recomputes every chain: numbers without a gap, each hash from its predecessor, the tail where the stream says.
pub async fn breaks(db: &mut PgConnection) -> Result<Vec<Break>> {
    let found = sqlx::query!(
        r#"with linked as (
               select e.stream, e.seq, e.prev, e.hash,
                   lag(e.hash, 1, '\x') over chain as before,
                   row_number() over chain as place,
                   sha256(e.prev || convert_to(event_text(e), 'UTF8')) as computed
               from event e window chain as (partition by e.stream order by e.seq)
           ), tails as (select stream, max(seq) as seq from event group by stream)
           select stream as "stream!", seq as "seq!", 'linked' as "why!" from linked
               where prev <> before or hash <> computed or seq <> place
           union all
           select s.stream, s.last_seq, 'tail' from event_stream s left join tails t using (stream)
               where coalesce(t.seq, 0) <> s.last_seq
           union all
           select s.stream, s.last_seq, 'head' from event_stream s join event e on e.stream = s.stream and e.seq = s.last_seq
               where e.hash <> s.last_hash
           order by 1, 2"#
    )
    .fetch_all(db)
    .await?;
    Ok(found
        .into_iter()
        .map(|row| Break {
            stream: row.stream,
            seq: row.seq,
            why: row.why,
        })
        .collect())
}

/// One row of a timeline, newest first.
pub(super) struct Row {
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub name_zh: Option<String>,
    pub name_en: Option<String>,
    pub for_zh: Option<String>,
    pub for_en: Option<String>,
    pub payload: serde_json::Value,
}

/// Events of one stream before `before`, newest first.
pub(super) async fn newest(
    db: &mut PgConnection,
    stream: &str,
    kinds: &[String],
    before: i64,
    limit: i64,
) -> Result<Vec<Row>> {
    Ok(sqlx::query_as!(
        Row,
        r#"select e.seq, e.at, p.name_zh as "name_zh?", p.name_en as "name_en?", f.name_zh as "for_zh?",
               f.name_en as "for_en?", e.payload
           from event e left join person p on p.id = e.person left join person f on f.id = e.on_behalf_of
           where e.stream = $1 and e.seq < $2 and (cardinality($4::text[]) = 0 or e.kind = any($4))
           order by e.seq desc limit $3"#,
        stream,
        before,
        limit,
        kinds,
    )
    .fetch_all(db)
    .await?)
}

/// Events of all streams that begin with one of these words, newest first, for the audit page.
pub(super) struct AuditRow {
    pub stream: String,
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub act: Uuid,
    pub name_zh: Option<String>,
    pub name_en: Option<String>,
    pub kind: String,
    pub payload: serde_json::Value,
}

pub(super) async fn audit(
    db: &mut PgConnection,
    kinds: &[String],
    before: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<AuditRow>> {
    Ok(sqlx::query_as!(
        AuditRow,
        r#"select e.stream, e.seq, e.at, e.act, p.name_zh as "name_zh?", p.name_en as "name_en?", e.kind, e.payload
           from event e left join person p on p.id = e.person
           where split_part(e.stream, ':', 1) = any($1) and e.at < $2 order by e.at desc, e.stream, e.seq desc limit $3"#,
        kinds,
        before,
        limit,
    )
    .fetch_all(db)
    .await?)
}
