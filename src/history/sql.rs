//! Every statement of the journal: form keys, events, refusals.

use super::Event;
use crate::base::{ActId, Lang, PersonId};
use crate::web::{Error, Faults, FormKey, Result};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

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
        return Err(Error::Invalid(Faults::one(
            "form",
            crate::base::T::web_key_reused,
        )));
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

/// What this person did in one act, or in the acts of one form, after this moment: when, and what.
pub async fn done_in(
    db: &mut PgConnection,
    person: PersonId,
    act: ActId,
    since: DateTime<Utc>,
) -> Result<Vec<(DateTime<Utc>, Event)>> {
    let rows = sqlx::query!(
        "select at, payload from event where act = $1 and person = $2 and at > $3 order by stream, seq limit 1000",
        act.0,
        person.0,
        since,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| Ok((row.at, serde_json::from_value(row.payload)?)))
        .collect()
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

/// What a stream is about: its name, and the code its address has.
pub(super) struct About {
    pub stream: String,
    pub subject: Option<String>,
    pub code: Option<String>,
}

/// Names of the things behind streams that have been read already; whose they are has been asked there.
pub(super) async fn about(
    db: &mut PgConnection,
    streams: &[String],
    lang: Lang,
) -> Result<Vec<About>> {
    let rows = sqlx::query_as!(
        About,
        r#"select s.stream as "stream!", x.subject, x.code from (
               select t.stream, split_part(t.stream, ':', 1) as kind,
                   case when split_part(t.stream, ':', 1) = any(array['person', 'department', 'customer', 'factory',
                       'forwarder', 'entity', 'order', 'receipt', 'payable', 'credit']) then split_part(t.stream, ':', 2)::uuid end as id
               from unnest($1::text[]) as t (stream)
           ) s left join lateral (
               select case when $2 then name_zh else name_en end as subject, null as code from person
                   where s.kind = 'person' and id = s.id
               union all select case when $2 then name_zh else name_en end, null from department
                   where s.kind = 'department' and id = s.id
               union all select name_en, code from customer where s.kind = 'customer' and id = s.id
               union all select name_zh, code from factory where s.kind = 'factory' and id = s.id
               union all select coalesce(nullif(name_zh, ''), name_en), code from forwarder
                   where s.kind = 'forwarder' and id = s.id
               union all select case when $2 then name_zh else name_en end, null from legal_entity
                   where s.kind = 'entity' and id = s.id
               union all select number, number from receipt where s.kind = 'receipt' and id = s.id
               union all select number, number from payable where s.kind = 'payable' and id = s.id
               union all select number, number from letter_of_credit where s.kind = 'credit' and id = s.id
               union all select null, o.number from export_order o where s.kind = 'order' and o.id = s.id
                   and order_in_reach(true, '{}', null, o.department, o.salesperson, o.operator)
           ) x on true"#,
        streams,
        lang == Lang::Zh,
    );
    Ok(rows.fetch_all(db).await?)
}
