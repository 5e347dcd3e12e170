//! Every statement of the sample note. The parcel and the verdict have theirs beside them.

use super::note::{Acknowledged, Draft, Name, Received, SampleNote, Sent};
use super::stage::Stage;
use crate::base::{PersonId, SampleNoteId};
use crate::orders::{Order, OrderAct};
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

struct Row {
    id: Uuid,
    sample: i32,
    round: i32,
    stage: String,
    kind: String,
    factory: Option<Uuid>,
    factory_name: String,
    styles: String,
    description: String,
    material: String,
    size_chart: String,
    colour: String,
    accessories: String,
    artwork: String,
    packing: String,
    for_customer: i32,
    for_file: i32,
    for_factory: i32,
    fee: Option<Decimal>,
    fee_payer: String,
    required_on: Option<NaiveDate>,
    details: String,
    names_customer: bool,
    created_by: Uuid,
    edited_by: Vec<Uuid>,
    prepared_zh: String,
    prepared_en: String,
    content: Option<Value>,
    content_hash: Option<Vec<u8>>,
    submitted_by: Option<Uuid>,
    returned_words: String,
    signed_at: Option<DateTime<Utc>>,
    sent_at: Option<DateTime<Utc>>,
    sent_to: String,
    sent_channel: String,
    acknowledged_on: Option<NaiveDate>,
    acknowledged_by: String,
    acknowledged_channel: String,
    acknowledged_words: String,
    received_on: Option<NaiveDate>,
    received_quantity: Option<i32>,
    received_words: Option<String>,
    version: i32,
    files: Value,
}

impl Row {
    /// A word in the row that we do not know is an error with the row's id in it, never a guess.
    #[expect(
        clippy::too_many_lines,
        reason = "one form, one page or one statement, in its order"
    )]
    fn note(self) -> Result<SampleNote> {
        let broken = |what: String| Error::Broken(anyhow!("sample note {}: {what}", self.id));
        let stage = Stage::parse(&self.stage).ok_or_else(|| broken("unknown stage".to_owned()))?;
        let content = self
            .content
            .clone()
            .map(serde_json::from_value)
            .transpose()
            .map_err(|error| broken(format!("content: {error}")))?;
        let received = match (self.received_on, self.received_quantity) {
            (Some(on), Some(quantity)) => Some(Received {
                on,
                quantity,
                words: self.received_words.unwrap_or_default(),
            }),
            _ => None,
        };
        Ok(SampleNote {
            id: SampleNoteId(self.id),
            name: Name {
                sample: self.sample,
                round: self.round,
            },
            stage,
            draft: Draft {
                kind: self.kind,
                factory: self.factory,
                styles: self.styles,
                description: self.description,
                material: self.material,
                size_chart: self.size_chart,
                colour: self.colour,
                accessories: self.accessories,
                artwork: self.artwork,
                packing: self.packing,
                for_customer: self.for_customer,
                for_file: self.for_file,
                for_factory: self.for_factory,
                fee: self.fee.map(|fee| fee.normalize()),
                fee_payer: self.fee_payer,
                required_on: self.required_on,
                details: self.details,
                names_customer: self.names_customer,
            },
            factory_name: self.factory_name,
            content,
            content_hash: self.content_hash,
            created_by: PersonId(self.created_by),
            edited_by: self.edited_by.into_iter().map(PersonId).collect(),
            prepared_zh: self.prepared_zh,
            prepared_en: self.prepared_en,
            submitted_by: self.submitted_by.map(PersonId),
            returned_words: self.returned_words,
            signed_at: self.signed_at,
            sent: self.sent_at.map(|at| Sent {
                at,
                to: self.sent_to,
                channel: self.sent_channel,
            }),
            acknowledged: self.acknowledged_on.map(|on| Acknowledged {
                on,
                by: self.acknowledged_by,
                channel: self.acknowledged_channel,
                words: self.acknowledged_words,
            }),
            received,
            files: serde_json::from_value(self.files)?,
            version: self.version,
        })
    }
}

/// All rounds of all samples of the order, by sample, newest round first.
pub(super) async fn list_for(db: &mut PgConnection, order: &Order) -> Result<Vec<SampleNote>> {
    sqlx::query_as!(
        Row,
        r#"select n.id, n.sample, n.round, n.stage, n.kind, n.factory, coalesce(f.name_zh, '') as "factory_name!",
               n.styles, n.description, n.material, n.size_chart, n.colour, n.accessories, n.artwork, n.packing,
               n.for_customer, n.for_file, n.for_factory, n.fee, n.fee_payer, n.required_on, n.details,
               n.names_customer, n.created_by, n.edited_by, p.name_zh as prepared_zh, p.name_en as prepared_en,
               n.content, n.content_hash, n.submitted_by, n.returned_words, n.signed_at, n.sent_at, n.sent_to,
               n.sent_channel, n.acknowledged_on, n.acknowledged_by, n.acknowledged_channel, n.acknowledged_words,
               r.received_on as "received_on?", r.quantity as "received_quantity?", r.words as "received_words?",
               n.version, coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name,
                       'sha256', encode(d.sha256, 'hex')) order by d.at, d.id)
                   from sample_file a join stored_file d on d.id = a.file where a.note = n.id), '[]') as "files!"
           from sample_note n join person p on p.id = n.created_by left join factory f on f.id = n.factory
           left join sample_receipt r on r.note = n.id
           where n.order_id = $1 order by n.sample, n.round desc limit 500"#,
        order.id().0,
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(Row::note)
    .collect()
}

pub(super) async fn insert(
    act: &mut OrderAct,
    id: SampleNoteId,
    name: Name,
    d: &Draft,
) -> Result<()> {
    let (order, at) = (act.order.id(), act.by.at);
    let person = act.by.person().ok_or(Error::SignIn)?;
    sqlx::query!(
        "insert into sample_note (id, order_id, sample, round, stage, kind, factory, styles, description, material,
             size_chart, colour, accessories, artwork, packing, for_customer, for_file, for_factory, fee, fee_payer,
             required_on, details, names_customer, created_by, created_at)
         values ($1, $2, $3, $4, 'draft', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
             $21, $22, $23, $24)",
        id.0,
        order.0,
        name.sample,
        name.round,
        d.kind,
        d.factory,
        d.styles,
        d.description,
        d.material,
        d.size_chart,
        d.colour,
        d.accessories,
        d.artwork,
        d.packing,
        d.for_customer,
        d.for_file,
        d.for_factory,
        d.fee,
        d.fee_payer,
        d.required_on,
        d.details,
        d.names_customer,
        person.0,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// Saves a draft where its version is still the one read; notes who edited.
pub(super) async fn save_draft(act: &mut OrderAct, note: &SampleNote, d: &Draft) -> Result<()> {
    let person = act.by.person().ok_or(Error::SignIn)?;
    let saved = sqlx::query!(
        "update sample_note set kind = $3, factory = $4, styles = $5, description = $6, material = $7, size_chart = $8,
             colour = $9, accessories = $10, artwork = $11, packing = $12, for_customer = $13, for_file = $14,
             for_factory = $15, fee = $16, fee_payer = $17, required_on = $18, details = $19, names_customer = $20,
             version = version + 1,
             edited_by = case when $21 = any(edited_by) then edited_by else edited_by || $21 end
         where id = $1 and version = $2",
        note.id.0,
        note.version,
        d.kind,
        d.factory,
        d.styles,
        d.description,
        d.material,
        d.size_chart,
        d.colour,
        d.accessories,
        d.artwork,
        d.packing,
        d.for_customer,
        d.for_file,
        d.for_factory,
        d.fee,
        d.fee_payer,
        d.required_on,
        d.details,
        d.names_customer,
        person.0,
    )
    .execute(act.tx())
    .await?;
    changed(saved.rows_affected())
}

/// Moves the stage where the version is still the one read.
pub(super) async fn save_stage(act: &mut OrderAct, note: &SampleNote, stage: Stage) -> Result<()> {
    let saved = sqlx::query!(
        "update sample_note set stage = $3, version = version + 1 where id = $1 and version = $2",
        note.id.0,
        note.version,
        stage.code(),
    )
    .execute(act.tx())
    .await?;
    changed(saved.rows_affected())
}

pub(super) fn changed(rows: u64) -> Result<()> {
    if rows == 1 {
        Ok(())
    } else {
        Err(Error::Stale(Box::default()))
    }
}

/// Freezes what the note prints, with who handed it in and when.
pub(super) async fn freeze(
    act: &mut OrderAct,
    note: &SampleNote,
    hash: &[u8],
    content: &super::content::Content,
) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "update sample_note set content = $2, content_hash = $3, submitted_by = $4, submitted_at = $5 where id = $1",
        note.id.0,
        serde_json::to_value(content)?,
        hash,
        person.0,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_return(act: &mut OrderAct, id: SampleNoteId, words: &str) -> Result<()> {
    sqlx::query!(
        "update sample_note set returned_words = $2 where id = $1",
        id.0,
        words
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_signature(act: &mut OrderAct, id: SampleNoteId) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "update sample_note set signed_at = $2, signed_by = $3, returned_words = '' where id = $1",
        id.0,
        at,
        person.0,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_sending(
    act: &mut OrderAct,
    id: SampleNoteId,
    to: &str,
    channel: &str,
) -> Result<()> {
    let at = act.by.at;
    sqlx::query!(
        "update sample_note set sent_at = $2, sent_to = $3, sent_channel = $4 where id = $1",
        id.0,
        at,
        to,
        channel,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// 工厂签收: who at the factory has it, since when, by which channel she said so, with the evidence.
pub(super) async fn note_acknowledgement(
    act: &mut OrderAct,
    id: SampleNoteId,
    given: &Acknowledged,
    evidence: Option<Uuid>,
) -> Result<()> {
    let at = act.by.at;
    sqlx::query!(
        "update sample_note set acknowledged_at = $2, acknowledged_on = $3, acknowledged_by = $4,
             acknowledged_channel = $5, acknowledgement = $6, acknowledged_words = $7 where id = $1",
        id.0,
        at,
        given.on,
        given.by,
        given.channel,
        evidence,
        given.words,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn receive(act: &mut OrderAct, id: SampleNoteId, got: &Received) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "insert into sample_receipt (note, received_on, quantity, words, at, person) values ($1, $2, $3, $4, $5, $6)",
        id.0,
        got.on,
        got.quantity,
        got.words,
        at,
        person.0,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// How the people at a factory are reached: names for the hint, the first one's channel.
pub(super) async fn factory_contacts(
    db: &mut PgConnection,
    factory: Option<Uuid>,
) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        "select name, channel from contact where factory = $1 and archived_at is null order by id limit 20",
        factory,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.name, row.channel))
        .collect())
}

/// What every frozen round says, with the hash it was signed under.
pub(super) async fn frozen(db: &mut PgConnection) -> Result<Vec<(Uuid, Value, Vec<u8>)>> {
    let rows = sqlx::query!(
        r#"select id, content as "content!", content_hash as "hash!" from sample_note
           where content is not null and content_hash is not null order by id"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, row.content, row.hash))
        .collect())
}
