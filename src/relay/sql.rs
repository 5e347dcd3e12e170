//! Every statement of the bridge. The order's key is asked above: whoever has an order's id may know its relays.

use super::addressee::Addressee;
use super::ledger::{Receipt, Relay};
use crate::base::{FactoryId, FileId, Lang, LineId, OrderId, Party, PersonId, RelayId, T};
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

struct Row {
    id: Uuid,
    number: i32,
    kind: String,
    subject_key: String,
    from_side: String,
    subject: String,
    words: String,
    words_lang: String,
    urgent: bool,
    answer_asked: bool,
    heard_at: DateTime<Utc>,
    heard_channel: String,
    due_at: DateTime<Utc>,
    withdrawn_at: Option<DateTime<Utc>>,
    withdrawn_reason: String,
    version: i32,
    lines: Vec<String>,
    receipts: serde_json::Value,
}

impl Row {
    fn relay(self) -> Result<Relay> {
        let from = Party::parse(&self.from_side)
            .ok_or_else(|| Error::Broken(anyhow!("relay {}: unreadable side", self.id)))?;
        Ok(Relay {
            from,
            receipts: serde_json::from_value::<Vec<Receipt>>(self.receipts)?,
            id: RelayId(self.id),
            number: self.number,
            kind: self.kind,
            key: self.subject_key,
            subject: self.subject,
            words: self.words,
            words_lang: self.words_lang,
            urgent: self.urgent,
            answer_asked: self.answer_asked,
            heard_at: self.heard_at,
            heard_channel: self.heard_channel,
            due_at: self.due_at,
            withdrawn_at: self.withdrawn_at,
            withdrawn_reason: self.withdrawn_reason,
            version: self.version,
            lines: self.lines,
        })
    }
}

/// Relays of one order, newest first; `number` picks one of them.
async fn read(db: &mut PgConnection, order: OrderId, number: Option<i32>) -> Result<Vec<Relay>> {
    let (from, until) = number.map_or((0, i32::MAX), |number| (number, number));
    let rows = sqlx::query_as!(
        Row,
        r#"select r.id, r.number, coalesce(r.kind, '') as "kind!", r.subject_key, r.from_side, r.subject, r.words, r.words_lang, r.urgent, r.answer_asked, r.heard_at,
               r.heard_channel, r.due_at, r.withdrawn_at, r.withdrawn_reason, r.version,
               array(select l.text from relay_line l where l.relay = r.id order by l.line) as "lines!",
               coalesce((select jsonb_agg(to_jsonb(t) || jsonb_build_object('name', party_name(t.party))
                       order by t.to_side, t.party, t.line) from relay_receipt t
                   where t.relay = r.id), '[]') as "receipts!"
           from relay r where r.order_id = $1 and r.number between $2 and $3 order by r.number desc limit 300"#,
        order.0,
        from,
        until,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::relay).collect()
}

pub async fn list_for(db: &mut PgConnection, order: OrderId) -> Result<Vec<Relay>> {
    read(db, order, None).await
}

pub async fn find(db: &mut PgConnection, order: OrderId, number: i32) -> Result<Option<Relay>> {
    Ok(read(db, order, Some(number)).await?.into_iter().next())
}

/// Our words to this side: a customer's in the language of the customer's papers, a factory's and a forwarder's in Chinese.
pub async fn words_to(db: &mut PgConnection, order: OrderId, side: Party) -> Result<T> {
    if side != Party::Customer {
        return Ok(T(Lang::Zh));
    }
    let lang = sqlx::query_scalar!(
        "select c.paper_lang from export_order o join customer c on c.id = o.customer where o.id = $1",
        order.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(T(lang
        .and_then(|lang| Lang::parse(&lang))
        .unwrap_or(Lang::En)))
}

/// What an addressee said to what he was told: who, on which day, by which channel, in which words, with which paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub who: String,
    /// None is the day of the act.
    pub on: Option<NaiveDate>,
    pub channel: String,
    pub words: String,
    pub evidence: Option<FileId>,
}

/// What was heard, before it has a number.
#[derive(Clone, Debug)]
pub struct Heard {
    pub from: Party,
    /// A factory that is not named is each factory that makes goods of the order.
    pub to: Vec<Addressee>,
    pub subject: String,
    pub lines: Vec<String>,
    /// Whose each line is, where not every factory is told every line; else empty.
    pub makers: Vec<Option<FactoryId>>,
    pub words: String,
    pub words_lang: String,
    pub urgent: bool,
    pub answer_asked: bool,
    pub channel: String,
    pub due_at: DateTime<Utc>,
    /// Number of the step that it holds until it is passed on.
    pub step: i16,
}

/// Writes the relay with its lines and one receipt for each line and addressee; the order is locked by who calls.
pub async fn insert(
    db: &mut PgConnection,
    order: OrderId,
    heard: &Heard,
    person: Option<PersonId>,
    at: DateTime<Utc>,
) -> Result<(RelayId, i32)> {
    let id = RelayId::fresh(at);
    let number = sqlx::query_scalar!(
        r#"insert into relay (id, order_id, number, step, from_side, subject, words, words_lang, urgent, answer_asked,
               heard_at, heard_channel, person, due_at)
           select $1, $2, coalesce(max(r.number), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
           from relay r where r.order_id = $2 returning number"#,
        id.0,
        order.0,
        heard.step,
        heard.from.code(),
        heard.subject,
        heard.words,
        heard.words_lang,
        heard.urgent,
        heard.answer_asked,
        at,
        heard.channel,
        person.map(|id| id.0),
        heard.due_at,
    )
    .fetch_one(&mut *db)
    .await?;
    insert_lines(db, id, heard).await?;
    Ok((id, number))
}

/// Its lines, and one receipt for each line and addressee.
async fn insert_lines(db: &mut PgConnection, id: RelayId, heard: &Heard) -> Result<()> {
    sqlx::query!(
        "insert into relay_line (relay, line, text)
         select $1, l.line, l.text from unnest($2::text[]) with ordinality as l (text, line)",
        id.0,
        &heard.lines,
    )
    .execute(&mut *db)
    .await?;
    let sides: Vec<String> = heard
        .to
        .iter()
        .map(|to| to.side.code().to_owned())
        .collect();
    let parties: Vec<Option<Uuid>> = heard.to.iter().map(|to| to.party).collect();
    let makers: Vec<Option<Uuid>> = heard.makers.iter().map(|of| of.map(|id| id.0)).collect();
    sqlx::query!(
        "insert into relay_receipt (relay, line, to_side, party)
         select l.relay, l.line, s.side, coalesce(s.party, w.maker, m.factory)
         from relay_line l cross join unnest($2::text[], $3::uuid[]) as s (side, party)
         left join unnest($4::uuid[]) with ordinality as w (maker, line)
             on w.line = l.line and s.side = 'factory'
         left join lateral (
             select distinct g.factory from relay r join order_line g on g.order_id = r.order_id
             where r.id = l.relay and g.factory is not null and s.side = 'factory'
         ) m on s.party is null and w.maker is null
         where l.relay = $1",
        id.0,
        &sides,
        &parties as &[Option<Uuid>],
        &makers as &[Option<Uuid>],
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The factories that make goods of an order, with their names in both languages.
pub async fn named_makers(
    db: &mut PgConnection,
    order: OrderId,
) -> Result<Vec<(Addressee, String)>> {
    let found = sqlx::query!(
        r#"select distinct factory as "factory!", party_name(factory) as "name!" from order_line
           where order_id = $1 and factory is not null order by 2"#,
        order.0,
    )
    .fetch_all(db)
    .await?;
    Ok(found
        .into_iter()
        .map(|row| (FactoryId(row.factory).into(), row.name))
        .collect())
}

/// The factories that make these lines of the order; all of them where none is named, the side where none is known.
pub async fn makers(
    db: &mut PgConnection,
    order: OrderId,
    lines: &[LineId],
) -> Result<Vec<Addressee>> {
    let lines: Vec<Uuid> = lines.iter().map(|line| line.0).collect();
    let found = sqlx::query_scalar!(
        r#"select distinct factory as "factory!" from order_line
           where order_id = $1 and factory is not null and (id = any($2) or cardinality($2::uuid[]) = 0)
           order by 1"#,
        order.0,
        &lines,
    )
    .fetch_all(db)
    .await?;
    if found.is_empty() {
        return Ok(vec![Party::Factory.into()]);
    }
    Ok(found.into_iter().map(|id| FactoryId(id).into()).collect())
}

pub async fn attach(db: &mut PgConnection, relay: RelayId, file: FileId) -> Result<()> {
    sqlx::query!(
        "insert into relay_file (relay, file) values ($1, $2)",
        relay.0,
        file.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Files that came with what was heard, by relay.
pub async fn files_for(
    db: &mut PgConnection,
    order: OrderId,
) -> Result<Vec<(RelayId, FileId, String)>> {
    let rows = sqlx::query!(
        "select f.relay, f.file, s.name from relay r join relay_file f on f.relay = r.id
         join stored_file s on s.id = f.file where r.order_id = $1 order by s.at, s.id",
        order.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (RelayId(row.relay), FileId(row.file), row.name))
        .collect())
}

pub async fn pass_on(
    db: &mut PgConnection,
    relay: RelayId,
    to: impl Into<Addressee>,
    channel: &str,
    (person, at): (Option<PersonId>, DateTime<Utc>),
) -> Result<()> {
    let to = to.into();
    sqlx::query!(
        "update relay_receipt set passed_at = $3, passed_channel = $4, passed_by = $5
         where relay = $1 and to_side = $2 and ($6::uuid is null or party = $6) and passed_at is null",
        relay.0,
        to.side.code(),
        at,
        channel,
        person.map(|id| id.0),
        to.party,
    )
    .execute(&mut *db)
    .await?;
    touch(db, relay).await
}

pub async fn acknowledge(
    db: &mut PgConnection,
    relay: RelayId,
    (to, lines): (Addressee, &[i32]),
    said: &Said,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update relay_receipt set acknowledged_at = $4, acknowledged_by = $5, acknowledged_on = $6,
             acknowledged_channel = $7, acknowledged_words = $8, acknowledgement = $9
         where relay = $1 and to_side = $2 and ($10::uuid is null or party = $10) and line = any($3)
             and acknowledged_at is null",
        relay.0,
        to.side.code(),
        lines,
        at,
        said.who,
        said.on,
        said.channel,
        said.words,
        said.evidence.map(|id| id.0),
        to.party,
    )
    .execute(&mut *db)
    .await?;
    touch(db, relay).await
}

pub async fn answer(
    db: &mut PgConnection,
    relay: RelayId,
    to: Addressee,
    said: &Said,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update relay_receipt set answered_at = $3, answer = $4, answered_on = $5, answered_channel = $6,
             answer_evidence = $7
         where relay = $1 and to_side = $2 and ($8::uuid is null or party = $8) and answered_at is null",
        relay.0,
        to.side.code(),
        at,
        said.words,
        said.on,
        said.channel,
        said.evidence.map(|id| id.0),
        to.party,
    )
    .execute(&mut *db)
    .await?;
    touch(db, relay).await
}

pub async fn withdraw(
    db: &mut PgConnection,
    relay: RelayId,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update relay set withdrawn_at = $2, withdrawn_reason = $3 where id = $1",
        relay.0,
        at,
        reason,
    )
    .execute(&mut *db)
    .await?;
    touch(db, relay).await
}

async fn touch(db: &mut PgConnection, relay: RelayId) -> Result<()> {
    sqlx::query!(
        "update relay set version = version + 1 where id = $1",
        relay.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Days that differ from the week's rule, for the hour a relay is due.
pub async fn calendar_days(db: &mut PgConnection) -> Result<Vec<(NaiveDate, bool)>> {
    let rows = sqlx::query!("select day, working from calendar_day order by day")
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.day, row.working)).collect())
}
