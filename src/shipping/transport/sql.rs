//! The statements of the transport document; the shipment is held by who writes.

use super::credit::Credit;
use super::document::{Document, Values};
use super::stage::Stage;
use crate::orders::{JointAct, Order};
use crate::proforma::content::Content;
use crate::web::{Error, Result};
use anyhow::anyhow;
use sqlx::PgConnection;
use uuid::Uuid;

pub(in crate::shipping) async fn find(
    db: &mut PgConnection,
    shipment: Uuid,
) -> Result<Option<Document>> {
    let row = sqlx::query!(
        "select id, stage, instructions, draft, draft_revision, waivers, instructions_sent_at, copy_sent_at, answered_on,
             answered_by, answer_words, number, issued_on, form, originals, released_at, early_reason, draft_file,
             created_by, edited_by, version
         from transport_document where shipment = $1",
        shipment,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let values = |json| serde_json::from_value::<Values>(json).map_err(Error::from);
        Ok(Document {
            stage: Stage::parse(&row.stage).ok_or_else(|| {
                Error::Broken(anyhow!("transport document {}: unknown stage", row.id))
            })?,
            instructions: values(row.instructions)?,
            draft: values(row.draft)?,
            waivers: values(row.waivers)?,
            id: row.id,
            draft_revision: row.draft_revision,
            instructions_sent_at: row.instructions_sent_at,
            copy_sent_at: row.copy_sent_at,
            answered_on: row.answered_on,
            answered_by: row.answered_by,
            answer_words: row.answer_words,
            number: row.number,
            issued_on: row.issued_on,
            form: row.form,
            originals: row.originals,
            released_at: row.released_at,
            early_reason: row.early_reason,
            draft_file: row.draft_file,
            created_by: row.created_by,
            edited_by: row.edited_by,
            version: row.version,
        })
    })
    .transpose()
}

/// An empty one, to be saved in the same act.
pub(super) async fn insert(act: &mut JointAct, shipment: Uuid, one: &Document) -> Result<()> {
    let at = act.by.at;
    sqlx::query!(
        "insert into transport_document (id, shipment, stage, stage_since, created_by)
         values ($1, $2, 'instructions_sent', $3, $4)",
        one.id,
        shipment,
        at,
        one.created_by,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// Saves everything that changes where the version is still the one read; notes whose hands were on it.
pub(super) async fn save(act: &mut JointAct, one: &Document, stage: Stage) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    let saved = sqlx::query!(
        "update transport_document set stage = $3, stage_since = case when stage = $3 then stage_since else $4 end,
             instructions = $5, draft = $6, draft_revision = $7, waivers = $8, instructions_sent_at = $9,
             copy_sent_at = $10, answered_on = $11, answered_by = $12, answer_words = $13, number = $14, issued_on = $15,
             form = $16, originals = $17, released_at = $18, early_reason = $19, draft_file = $21, version = version + 1,
             edited_by = case when $20 = any(edited_by) then edited_by else edited_by || $20 end
         where id = $1 and version = $2",
        one.id,
        one.version,
        stage.code(),
        at,
        serde_json::to_value(&one.instructions)?,
        serde_json::to_value(&one.draft)?,
        one.draft_revision,
        serde_json::to_value(&one.waivers)?,
        one.instructions_sent_at,
        one.copy_sent_at,
        one.answered_on,
        one.answered_by,
        one.answer_words,
        one.number,
        one.issued_on,
        one.form,
        one.originals,
        one.released_at,
        one.early_reason,
        person.0,
        one.draft_file,
    )
    .execute(act.tx())
    .await?;
    if saved.rows_affected() == 1 {
        Ok(())
    } else {
        Err(Error::Stale(Box::default()))
    }
}

/// The name of a paper in the file of this order.
pub(super) async fn paper(
    db: &mut PgConnection,
    order: &Order,
    file: Uuid,
) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "select name from stored_file where id = $1 and order_id = $2",
        file,
        order.id().0,
    )
    .fetch_optional(db)
    .await?)
}

/// What the confirmed proforma invoice of an order printed: whom the goods go to, and from whom.
pub(super) async fn printed(db: &mut PgConnection, order: &Order) -> Result<Option<Content>> {
    let content = sqlx::query_scalar!(
        r#"select content as "content!" from proforma_invoice
           where order_id = $1 and stage = 'confirmed' and content is not null"#,
        order.id().0,
    )
    .fetch_optional(db)
    .await?;
    Ok(content.map(serde_json::from_value).transpose()?)
}

/// The newest credit over one of the orders that is neither cancelled nor expired.
pub(super) async fn credit(db: &mut PgConnection, orders: &[Order]) -> Result<Option<Credit>> {
    let ids: Vec<Uuid> = orders.iter().map(|order| order.id().0).collect();
    let row = sqlx::query!(
        "select c.number, c.terms from letter_of_credit c
         where c.stage not in ('expected', 'cancelled', 'expired')
             and exists (select from letter_of_credit_order o where o.letter_of_credit = c.id and o.order_id = any($1))
         order by c.number desc limit 1",
        &ids,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Credit {
            number: row.number,
            terms: serde_json::from_value(row.terms)?,
        })
    })
    .transpose()
}
