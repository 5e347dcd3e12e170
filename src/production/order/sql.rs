//! Statements of the production order: reading all papers of an order, writing a draft and its lines.

use super::content::Content;
use super::paper::{Answered, Given, Issued, Key, Overridden, ProductionOrder, Wording};
use super::stage::Stage;
use crate::base::{FactoryId, LineId, PersonId, ProductionOrderId, RelayId};
use crate::orders::{Order, OrderAct};
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

struct Row {
    id: Uuid,
    factory: Uuid,
    factory_name: String,
    number: i32,
    revision: i32,
    stage: String,
    version: i32,
    since: Option<DateTime<Utc>>,
    delivery_on: Option<NaiveDate>,
    place: String,
    quality: String,
    materials: String,
    packing: String,
    marks: String,
    inspection: String,
    remarks: String,
    created_by: Option<Uuid>,
    edited_by: Vec<Uuid>,
    override_reason: String,
    override_zh: Option<String>,
    override_en: Option<String>,
    override_at: Option<DateTime<Utc>>,
    terms_hash: Option<Vec<u8>>,
    approved_hash: Option<Vec<u8>>,
    content: Option<Value>,
    content_hash: Option<Vec<u8>>,
    issued_at: Option<DateTime<Utc>>,
    issued_to: String,
    issued_channel: String,
    relay: Option<Uuid>,
    answered_at: Option<DateTime<Utc>>,
    answered_by: String,
    answered_channel: String,
    answer_words: String,
    evidence: Option<Uuid>,
    counter: Option<Value>,
    counter_hash: Option<Vec<u8>>,
    expected_on: Option<NaiveDate>,
    void_reason: String,
    lines: Value,
}

#[derive(Deserialize)]
struct LineRow {
    line: Uuid,
    quantity: Decimal,
    unit_price: Option<Decimal>,
    ready: Option<Decimal>,
}

impl LineRow {
    fn given(self) -> Given {
        Given {
            line: LineId(self.line),
            quantity: self.quantity.normalize(),
            unit_price: self.unit_price.map(|price| price.normalize()),
            ready: self.ready.map(|ready| ready.normalize()),
        }
    }
}

impl Row {
    #[expect(
        clippy::too_many_lines,
        reason = "mostly one statement and its columns"
    )]
    fn paper(self) -> Result<ProductionOrder> {
        let bad = |what: &str| Error::Broken(anyhow!("production order {}: {what}", self.id));
        let lines: Vec<LineRow> = serde_json::from_value(self.lines)?;
        Ok(ProductionOrder {
            id: ProductionOrderId(self.id),
            key: Key {
                number: self.number,
                revision: self.revision,
            },
            stage: Stage::parse(&self.stage).ok_or_else(|| bad("unknown stage"))?,
            since: self.since,
            factory: FactoryId(self.factory),
            factory_name: self.factory_name,
            wording: Wording {
                delivery_on: self.delivery_on,
                place: self.place,
                quality: self.quality,
                materials: self.materials,
                packing: self.packing,
                marks: self.marks,
                inspection: self.inspection,
                remarks: self.remarks,
            },
            lines: lines.into_iter().map(LineRow::given).collect(),
            content: self
                .content
                .map(serde_json::from_value::<Content>)
                .transpose()?,
            content_hash: self.content_hash,
            created_by: self.created_by.map(PersonId),
            edited_by: self.edited_by.into_iter().map(PersonId).collect(),
            overridden: self.override_at.map(|at| Overridden {
                reason: self.override_reason,
                who_zh: self.override_zh.unwrap_or_default(),
                who_en: self.override_en.unwrap_or_default(),
                at,
            }),
            terms_hash: self.terms_hash,
            approved_hash: self.approved_hash,
            issued: self.issued_at.map(|at| Issued {
                at,
                to: self.issued_to,
                channel: self.issued_channel,
            }),
            relay: self.relay.map(RelayId),
            answered: self.answered_at.map(|at| Answered {
                at,
                by: self.answered_by,
                channel: self.answered_channel,
                words: self.answer_words,
                evidence: self.evidence,
            }),
            counter: self.counter.map(serde_json::from_value).transpose()?,
            counter_hash: self.counter_hash,
            expected_on: self.expected_on,
            void_reason: self.void_reason,
            version: self.version,
        })
    }
}

/// All papers of the order: by factory's number, newest revision first.
pub(super) async fn list_for(db: &mut PgConnection, order: &Order) -> Result<Vec<ProductionOrder>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select p.id, p.factory, f.name_zh as factory_name, p.number, p.revision, p.stage, p.version, p.since,
               p.delivery_on, p.place, p.quality, p.materials, p.packing, p.marks, p.inspection, p.remarks,
               p.created_by, p.edited_by, p.override_reason, w.name_zh as "override_zh?", w.name_en as "override_en?",
               p.override_at, p.terms_hash, p.approved_hash, p.content, p.content_hash, p.issued_at, p.issued_to, p.issued_channel,
               p.relay, p.answered_at, p.answered_by, p.answered_channel, p.answer_words, p.evidence, p.counter,
               p.counter_hash, p.expected_on, p.void_reason,
               coalesce((select jsonb_agg(jsonb_build_object('line', l.order_line, 'quantity', l.quantity::text,
                       'unit_price', l.unit_price::text, 'ready', l.ready::text) order by g.pos)
                   from production_order_line l join order_line g on g.id = l.order_line
                   where l.production_order = p.id), '[]') as "lines!"
           from production_order p join factory f on f.id = p.factory left join person w on w.id = p.override_by
           where p.order_id = $1 order by p.number, p.revision desc limit 400"#,
        order.id().0,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::paper).collect()
}

/// A new draft; its lines follow.
pub(super) async fn insert(
    act: &mut OrderAct,
    (id, key): (ProductionOrderId, Key),
    factory: FactoryId,
    wording: &Wording,
) -> Result<()> {
    let (order, at) = (act.order.id(), act.by.at);
    let person = act.by.person().ok_or(Error::SignIn)?;
    sqlx::query!(
        "insert into production_order (id, order_id, factory, number, revision, stage, since, delivery_on, place, quality,
             materials, packing, marks, inspection, remarks, created_by)
         values ($1, $2, $3, $4, $5, 'draft', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        id.0,
        order.0,
        factory.0,
        key.number,
        key.revision,
        at,
        wording.delivery_on,
        wording.place,
        wording.quality,
        wording.materials,
        wording.packing,
        wording.marks,
        wording.inspection,
        wording.remarks,
        person.0,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// Saves a draft's wording where its version is still the one read; notes who edited. With `anew` the manager's
/// override falls: it belonged to other quantities.
pub(super) async fn save_draft(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    wording: &Wording,
    anew: bool,
) -> Result<()> {
    let person = act.by.person().ok_or(Error::SignIn)?;
    let saved = sqlx::query!(
        "update production_order set delivery_on = $3, place = $4, quality = $5, materials = $6, packing = $7, marks = $8,
             inspection = $9, remarks = $10, version = version + 1,
             override_at = case when $12 then null else override_at end,
             edited_by = case when $11 = any(edited_by) then edited_by else edited_by || $11 end
         where id = $1 and version = $2",
        paper.id.0,
        paper.version,
        wording.delivery_on,
        wording.place,
        wording.quality,
        wording.materials,
        wording.packing,
        wording.marks,
        wording.inspection,
        wording.remarks,
        person.0,
        anew,
    )
    .execute(act.tx())
    .await?;
    if saved.rows_affected() == 1 {
        Ok(())
    } else {
        Err(Error::Stale(Box::default()))
    }
}

/// Replaces the lines of a paper.
pub(super) async fn save_lines(
    act: &mut OrderAct,
    paper: ProductionOrderId,
    lines: &[Given],
) -> Result<()> {
    let at = act.by.at;
    sqlx::query!(
        "delete from production_order_line where production_order = $1",
        paper.0
    )
    .execute(act.tx())
    .await?;
    let ids: Vec<Uuid> = lines.iter().map(|_| crate::base::fresh(at)).collect();
    let of: Vec<Uuid> = lines.iter().map(|given| given.line.0).collect();
    let quantities: Vec<Decimal> = lines.iter().map(|given| given.quantity).collect();
    let prices: Vec<Option<Decimal>> = lines.iter().map(|given| given.unit_price).collect();
    sqlx::query!(
        "insert into production_order_line (id, production_order, order_line, quantity, unit_price)
         select l.id, $1, l.line, l.quantity, l.price
         from unnest($2::uuid[], $3::uuid[], $4::numeric[], $5::numeric[]) as l (id, line, quantity, price)",
        paper.0,
        &ids,
        &of,
        &quantities,
        &prices as &[Option<Decimal>],
    )
    .execute(act.tx())
    .await?;
    Ok(())
}
