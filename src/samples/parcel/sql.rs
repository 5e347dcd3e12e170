//! Every statement of the parcel.

use super::super::note::Name;
use super::super::sql::changed;
use super::stage::ParcelStage;
use super::{Packing, Parcel, Passed};
use crate::base::ParcelId;
use crate::catalog::courier::Courier;
use crate::orders::{Order, OrderAct};
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// In the order in which the statement names its columns.
fn courier(columns: Vec<String>) -> Option<Courier> {
    let [code, name_zh, name_en, form, tracking] = columns.try_into().ok()?;
    Some(Courier {
        code,
        name_zh,
        name_en,
        form,
        tracking,
    })
}

/// All parcels of the order, newest first.
#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub(in crate::samples) async fn parcels(
    db: &mut PgConnection,
    order: &Order,
) -> Result<Vec<Parcel>> {
    let rows = sqlx::query!(
        r#"select p.id, p.number, p.stage, p.kind, p.recipient, p.contents, p.cost_payer, p.freight_account,
               (select array[c.code, c.name_zh, c.name_en, c.form, c.tracking] from courier c
                   where c.code = p.courier) as "courier: Vec<String>",
               p.waybill, p.dispatched_on, p.passed_at, p.passed_to, p.passed_channel, p.ended_on, p.ended_words,
               p.version,
               array(select s.note from parcel_sample s where s.parcel = p.id order by s.note) as "notes!",
               array(select n.sample || '-' || n.round from parcel_sample s join sample_note n on n.id = s.note
                   where s.parcel = p.id order by n.sample, n.round) as "names!"
           from parcel p where p.order_id = $1 order by p.number desc limit 200"#,
        order.id().0,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let stage = ParcelStage::parse(&row.stage)
                .ok_or_else(|| Error::Broken(anyhow!("parcel {}: unknown stage", row.id)))?;
            Ok(Parcel {
                id: ParcelId(row.id),
                number: row.number,
                stage,
                packing: Packing {
                    kind: row.kind,
                    recipient: row.recipient,
                    contents: row.contents,
                    cost_payer: row.cost_payer,
                    freight_account: row.freight_account,
                    notes: row.notes,
                },
                names: row
                    .names
                    .iter()
                    .filter_map(|name| Name::parse(name))
                    .collect(),
                courier: row.courier.and_then(courier),
                waybill: row.waybill,
                dispatched_on: row.dispatched_on,
                passed: row.passed_at.map(|at| Passed {
                    at,
                    to: row.passed_to,
                    channel: row.passed_channel,
                }),
                ended_on: row.ended_on,
                ended_words: row.ended_words,
                version: row.version,
            })
        })
        .collect()
}

/// A new parcel under the next number of the order.
pub(in crate::samples) async fn insert(act: &mut OrderAct, packing: &Packing) -> Result<i32> {
    let (order, at) = (act.order.id(), act.by.at);
    let person = act.by.person().ok_or(Error::SignIn)?;
    let id = ParcelId::fresh(at);
    let number = sqlx::query_scalar!(
        r#"insert into parcel (id, order_id, number, stage, kind, recipient, contents, cost_payer, freight_account,
               packed_by, packed_at)
           select $1, $2, coalesce(max(number), 0) + 1, 'packed', $3, $4, $5, $6, $7, $8, $9
           from parcel where order_id = $2 returning number"#,
        id.0,
        order.0,
        packing.kind,
        packing.recipient,
        packing.contents,
        packing.cost_payer,
        packing.freight_account,
        person.0,
        at,
    )
    .fetch_one(act.tx())
    .await?;
    put_in(act, id, &packing.notes).await?;
    Ok(number)
}

/// Saves what is in a packed parcel and where it goes.
pub(in crate::samples) async fn save(
    act: &mut OrderAct,
    parcel: &Parcel,
    packing: &Packing,
) -> Result<()> {
    let saved = sqlx::query!(
        "update parcel set kind = $3, recipient = $4, contents = $5, cost_payer = $6, freight_account = $7,
             version = version + 1 where id = $1 and version = $2",
        parcel.id.0,
        parcel.version,
        packing.kind,
        packing.recipient,
        packing.contents,
        packing.cost_payer,
        packing.freight_account,
    )
    .execute(act.tx())
    .await?;
    changed(saved.rows_affected())?;
    sqlx::query!("delete from parcel_sample where parcel = $1", parcel.id.0)
        .execute(act.tx())
        .await?;
    put_in(act, parcel.id, &packing.notes).await
}

async fn put_in(act: &mut OrderAct, parcel: ParcelId, notes: &[Uuid]) -> Result<()> {
    let order = act.order.id();
    sqlx::query!(
        "insert into parcel_sample (parcel, note)
         select $1, n.id from sample_note n where n.order_id = $2 and n.id = any($3)",
        parcel.0,
        order.0,
        notes,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(in crate::samples) async fn dispatch(
    act: &mut OrderAct,
    parcel: &Parcel,
    (courier, waybill, day): (&str, &str, NaiveDate),
) -> Result<()> {
    let at = act.by.at;
    let saved = sqlx::query!(
        "update parcel set stage = 'dispatched', courier = $3, waybill = $4, dispatched_on = $5, dispatched_at = $6,
             version = version + 1 where id = $1 and version = $2",
        parcel.id.0,
        parcel.version,
        courier,
        waybill,
        day,
        at,
    )
    .execute(act.tx())
    .await?;
    changed(saved.rows_affected())
}

pub(in crate::samples) async fn pass_on(
    act: &mut OrderAct,
    parcel: &Parcel,
    to: &str,
    channel: &str,
) -> Result<()> {
    let at = act.by.at;
    let saved = sqlx::query!(
        "update parcel set stage = 'number_passed_on', passed_at = $3, passed_to = $4, passed_channel = $5,
             version = version + 1 where id = $1 and version = $2",
        parcel.id.0,
        parcel.version,
        at,
        to,
        channel,
    )
    .execute(act.tx())
    .await?;
    changed(saved.rows_affected())
}

/// Delivered, lost or come back.
pub(in crate::samples) async fn end(
    act: &mut OrderAct,
    parcel: &Parcel,
    stage: ParcelStage,
    (day, words): (NaiveDate, &str),
) -> Result<()> {
    let saved = sqlx::query!(
        "update parcel set stage = $3, ended_on = $4, ended_words = $5, version = version + 1
         where id = $1 and version = $2",
        parcel.id.0,
        parcel.version,
        stage.code(),
        day,
        words,
    )
    .execute(act.tx())
    .await?;
    changed(saved.rows_affected())
}

/// It stays here, because its order has ended.
pub(in crate::samples) async fn call_off(
    act: &mut OrderAct,
    parcel: &Parcel,
    stage: ParcelStage,
    reason: &str,
) -> Result<()> {
    let saved = sqlx::query!(
        "update parcel set stage = $3, ended_words = $4, version = version + 1 where id = $1 and version = $2",
        parcel.id.0,
        parcel.version,
        stage.code(),
        reason,
    )
    .execute(act.tx())
    .await?;
    changed(saved.rows_affected())
}
