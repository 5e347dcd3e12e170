//! Every statement of this desk, nothing else.

use super::invoice::{Answered, Draft, ProformaInvoice, Sent, Wording};
use super::stage::Stage;
use crate::base::{AccountId, PersonId, ProformaId};
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
    revision: i32,
    stage: String,
    paper_lang: String,
    account: Option<Uuid>,
    dated: NaiveDate,
    valid_until: NaiveDate,
    buyer: String,
    consignee: String,
    notify: String,
    loading_port: String,
    discharge_port: String,
    partial_shipment: String,
    transhipment: String,
    delivery: String,
    insurance: String,
    documents: String,
    inspection: String,
    remarks: String,
    discount_percent: Decimal,
    discount_reason: String,
    adjustments: Value,
    created_by: Uuid,
    edited_by: Vec<Uuid>,
    content: Option<Value>,
    content_hash: Option<Vec<u8>>,
    submitted_by: Option<Uuid>,
    submitted_at: Option<DateTime<Utc>>,
    returned_words: String,
    sent_at: Option<DateTime<Utc>>,
    sent_to: String,
    sent_channel: String,
    answered_at: Option<DateTime<Utc>>,
    answered_by: String,
    answered_channel: String,
    answer_words: String,
    version: i32,
}

impl Row {
    /// Stage and its columns are decoded together; a combination that cannot be is an error with the row's id.
    #[expect(
        clippy::too_many_lines,
        reason = "mostly one statement and its columns"
    )]
    fn invoice(self) -> Result<ProformaInvoice> {
        let bad = |what: &str| Error::Broken(anyhow!("proforma {}: {what}", self.id));
        let stage = Stage::parse(&self.stage).ok_or_else(|| bad("unknown stage"))?;
        let sent = self.sent_at.map(|at| Sent {
            at,
            to: self.sent_to,
            channel: self.sent_channel,
        });
        if matches!(stage, Stage::Sent | Stage::Confirmed) && sent.is_none() {
            return Err(Error::Broken(anyhow!(
                "proforma {}: {} but never sent",
                self.id,
                self.stage
            )));
        }
        let adjustments = serde_json::from_value(self.adjustments).map_err(|error| {
            Error::Broken(anyhow!("proforma {}: adjustments: {error}", self.id))
        })?;
        let content = self
            .content
            .map(serde_json::from_value)
            .transpose()
            .map_err(|error| Error::Broken(anyhow!("proforma {}: content: {error}", self.id)))?;
        Ok(ProformaInvoice {
            id: ProformaId(self.id),
            stage,
            draft: Draft {
                revision: self.revision,
                account: self.account.map(AccountId),
                wording: Wording {
                    paper_lang: self.paper_lang,
                    dated: self.dated,
                    valid_until: self.valid_until,
                    buyer: self.buyer,
                    consignee: self.consignee,
                    notify: self.notify,
                    loading_port: self.loading_port,
                    discharge_port: self.discharge_port,
                    partial_shipment: self.partial_shipment,
                    transhipment: self.transhipment,
                    delivery: self.delivery,
                    insurance: self.insurance,
                    documents: self.documents,
                    inspection: self.inspection,
                    remarks: self.remarks,
                    discount_percent: self.discount_percent.normalize(),
                    discount_reason: self.discount_reason,
                    adjustments,
                },
            },
            content,
            content_hash: self.content_hash,
            created_by: PersonId(self.created_by),
            edited_by: self.edited_by.into_iter().map(PersonId).collect(),
            submitted_by: self.submitted_by.map(PersonId),
            submitted_at: self.submitted_at,
            returned_words: self.returned_words,
            sent,
            answered: self.answered_at.map(|at| Answered {
                at,
                by: self.answered_by,
                channel: self.answered_channel,
                words: self.answer_words,
            }),
            version: self.version,
        })
    }
}

/// All revisions of the order, newest first.
pub(super) async fn list_for(db: &mut PgConnection, order: &Order) -> Result<Vec<ProformaInvoice>> {
    sqlx::query_as!(
        Row,
        "select id, revision, stage, paper_lang, account, dated, valid_until, buyer, consignee, notify, loading_port,
             discharge_port, partial_shipment, transhipment, delivery, insurance, documents, inspection, remarks,
             discount_percent, discount_reason, adjustments, created_by, edited_by, content, content_hash, submitted_by,
             submitted_at, returned_words, sent_at, sent_to, sent_channel, answered_at, answered_by,
             answered_channel, answer_words, version
         from proforma_invoice where order_id = $1 order by revision desc limit 200",
        order.id().0,
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(Row::invoice)
    .collect()
}

pub(super) async fn insert(act: &mut OrderAct, id: ProformaId, draft: &Draft) -> Result<()> {
    let (order, at) = (act.order.id(), act.by.at);
    let person = act.by.person().ok_or(Error::SignIn)?;
    let w = &draft.wording;
    sqlx::query!(
        "insert into proforma_invoice (id, order_id, revision, stage, paper_lang, account, dated, valid_until, buyer,
             consignee, notify, loading_port, discharge_port, partial_shipment, transhipment, delivery, insurance,
             documents, inspection, remarks, discount_percent, discount_reason, created_by, created_at, adjustments)
         values ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
             $21, $22, $23, $24)",
        id.0,
        order.0,
        draft.revision,
        w.paper_lang,
        draft.account.map(|id| id.0),
        w.dated,
        w.valid_until,
        w.buyer,
        w.consignee,
        w.notify,
        w.loading_port,
        w.discharge_port,
        w.partial_shipment,
        w.transhipment,
        w.delivery,
        w.insurance,
        w.documents,
        w.inspection,
        w.remarks,
        w.discount_percent,
        w.discount_reason,
        person.0,
        at,
        serde_json::to_value(&w.adjustments)?,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// Saves the wording of a draft where its version is still the one read; notes who edited.
pub(super) async fn save_draft(
    act: &mut OrderAct,
    id: ProformaId,
    rev: i32,
    draft: &Draft,
) -> Result<bool> {
    let person = act.by.person().ok_or(Error::SignIn)?;
    let w = &draft.wording;
    let saved = sqlx::query!(
        "update proforma_invoice set paper_lang = $3, account = $4, dated = $5, valid_until = $6, buyer = $7,
             consignee = $8, notify = $9, loading_port = $10, discharge_port = $11, partial_shipment = $12,
             transhipment = $13, delivery = $14, insurance = $15, documents = $16, inspection = $17, remarks = $18,
             discount_percent = $19, discount_reason = $20, version = version + 1,
             edited_by = case when $21 = any(edited_by) then edited_by else edited_by || $21 end, adjustments = $22
         where id = $1 and version = $2",
        id.0,
        rev,
        w.paper_lang,
        draft.account.map(|id| id.0),
        w.dated,
        w.valid_until,
        w.buyer,
        w.consignee,
        w.notify,
        w.loading_port,
        w.discharge_port,
        w.partial_shipment,
        w.transhipment,
        w.delivery,
        w.insurance,
        w.documents,
        w.inspection,
        w.remarks,
        w.discount_percent,
        w.discount_reason,
        person.0,
        serde_json::to_value(&w.adjustments)?,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// Moves the stage where the version is still the one read; false when somebody was faster.
pub(super) async fn save_stage(
    act: &mut OrderAct,
    invoice: &ProformaInvoice,
    stage: Stage,
) -> Result<()> {
    let saved = sqlx::query!(
        "update proforma_invoice set stage = $3, version = version + 1 where id = $1 and version = $2",
        invoice.id.0,
        invoice.version,
        stage.code(),
    )
    .execute(act.tx())
    .await?;
    if saved.rows_affected() == 1 {
        Ok(())
    } else {
        Err(Error::Stale(Box::default()))
    }
}

/// Freezes what the paper prints, with who handed it in and when.
pub(super) async fn freeze(
    act: &mut OrderAct,
    invoice: &ProformaInvoice,
    hash: &[u8],
    content: &super::content::Content,
) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "update proforma_invoice set content = $2, content_hash = $3, total = $4, currency = $5, submitted_by = $6,
             submitted_at = $7 where id = $1",
        invoice.id.0,
        serde_json::to_value(content)?,
        hash,
        content.total,
        content.currency.as_str(),
        person.0,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_return(act: &mut OrderAct, id: ProformaId, words: &str) -> Result<()> {
    sqlx::query!(
        "update proforma_invoice set returned_words = $2 where id = $1",
        id.0,
        words
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_approval(act: &mut OrderAct, id: ProformaId) -> Result<()> {
    let at = act.by.at;
    sqlx::query!(
        "update proforma_invoice set approved_at = $2, returned_words = '' where id = $1",
        id.0,
        at
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_sending(
    act: &mut OrderAct,
    id: ProformaId,
    to: &str,
    channel: &str,
) -> Result<()> {
    let at = act.by.at;
    sqlx::query!(
        "update proforma_invoice set sent_at = $2, sent_to = $3, sent_channel = $4 where id = $1",
        id.0,
        at,
        to,
        channel,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// The customer's answer: when it was given, by whom, by which channel, with the evidence.
pub(super) async fn note_answer(
    act: &mut OrderAct,
    id: ProformaId,
    answer: &Answered,
    evidence: Option<Uuid>,
) -> Result<()> {
    sqlx::query!(
        "update proforma_invoice set answered_at = $2, answered_by = $3, answered_channel = $4, answer_words = $5,
             evidence = $6 where id = $1",
        id.0,
        answer.at,
        answer.by,
        answer.channel,
        answer.words,
        evidence,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}
