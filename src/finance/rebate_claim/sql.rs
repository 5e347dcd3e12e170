//! Every statement on rebate claims, but for the queue's.

use super::claim::{Claim, Class, Filed, Invoice};
use super::stage::Stage;
use crate::finance::export::Shipment;
use crate::orders::JointAct;
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Deserialize)]
struct InvoiceRow {
    id: Uuid,
    number: String,
    supplier: String,
    dated: NaiveDate,
    hs_code: String,
    quantity: Decimal,
    unit: String,
    gross: Decimal,
    vat_rate: Decimal,
    rebate_rate: Decimal,
    file: Option<Uuid>,
}

#[derive(Deserialize)]
struct FiledRow {
    class: String,
    place: String,
    reason: String,
}

/// The claims of a shipment, oldest first.
#[expect(
    clippy::too_many_lines,
    reason = "mostly one statement and its columns"
)]
pub(super) async fn claims(db: &mut PgConnection, shipment: Uuid) -> Result<Vec<Claim>> {
    let rows = sqlx::query!(
        r#"select r.id, r.sequence, r.stage, r.receipts_reason, r.batch, r.declared_on, r.query_words, r.queried_on,
               r.approved_amount, r.approved_on, r.received_amount, r.received_on, r.end_reason, r.version,
               array(select k.declaration from rebate_claim_declaration k where k.claim = r.id) as "declarations!",
               coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'number', i.number, 'supplier', i.supplier,
                       'dated', i.dated, 'hs_code', i.hs_code, 'quantity', i.quantity::text, 'unit', i.unit,
                       'gross', i.gross::text, 'vat_rate', i.vat_rate::text, 'rebate_rate', i.rebate_rate::text,
                       'file', i.file) order by i.at, i.id)
                   from rebate_invoice i where i.claim = r.id), '[]') as "invoices!",
               coalesce((select jsonb_agg(jsonb_build_object('class', f.class, 'place', f.place, 'reason', f.reason))
                   from rebate_filing f where f.claim = r.id), '[]') as "filed!"
           from rebate_claim r where r.shipment = $1 order by r.sequence"#,
        shipment,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let bad = |what: &str| Error::Broken(anyhow!("rebate claim {}: {what}", row.id));
            let filed = serde_json::from_value::<Vec<FiledRow>>(row.filed)?
                .into_iter()
                .map(|one| {
                    Ok(Filed {
                        class: Class::parse(&one.class).ok_or_else(|| bad("filing"))?,
                        place: one.place,
                        reason: one.reason,
                    })
                })
                .collect::<Result<Vec<Filed>>>()?;
            Ok(Claim {
                stage: Stage::parse(&row.stage).ok_or_else(|| bad("stage"))?,
                id: row.id,
                sequence: row.sequence,
                declarations: row.declarations,
                invoices: serde_json::from_value::<Vec<InvoiceRow>>(row.invoices)?
                    .into_iter()
                    .map(invoice)
                    .collect(),
                filed,
                receipts_reason: row.receipts_reason,
                batch: row.batch,
                declared_on: row.declared_on,
                query_words: row.query_words,
                queried_on: row.queried_on,
                approved_amount: row.approved_amount,
                approved_on: row.approved_on,
                received_amount: row.received_amount,
                received_on: row.received_on,
                end_reason: row.end_reason,
                version: row.version,
            })
        })
        .collect()
}

fn invoice(row: InvoiceRow) -> Invoice {
    Invoice {
        id: row.id,
        number: row.number,
        supplier: row.supplier,
        dated: row.dated,
        hs_code: row.hs_code,
        quantity: row.quantity,
        unit: row.unit,
        gross: row.gross,
        vat_rate: row.vat_rate,
        rebate_rate: row.rebate_rate,
        file: row.file,
    }
}

/// Goods of a shipment by commodity code and unit, which invoices are compared with.
#[derive(Clone, Debug)]
pub struct Goods {
    pub hs_code: String,
    pub unit: String,
    pub quantity: Decimal,
}

pub(super) async fn goods(db: &mut PgConnection, shipment: Uuid) -> Result<Vec<Goods>> {
    Ok(sqlx::query_as!(
        Goods,
        r#"select l.hs_code, l.unit, sum(x.quantity) as "quantity!"
           from shipment_line x join order_line l on l.id = x.order_line
           where x.shipment = $1 group by l.hs_code, l.unit order by l.hs_code, l.unit"#,
        shipment,
    )
    .fetch_all(db)
    .await?)
}

/// A new claim of these declarations; answers its place among the shipment's.
pub(super) async fn insert(
    act: &mut JointAct,
    shipment: &Shipment,
    stage: Stage,
    declarations: &[Uuid],
    reason: &str,
) -> Result<i32> {
    let at = act.by.at;
    let row = sqlx::query!(
        "insert into rebate_claim (id, shipment, sequence, stage, end_reason, stage_since)
         select $1, $2, coalesce(max(r.sequence), 0) + 1, $3, $4, $5 from rebate_claim r where r.shipment = $2
         returning id, sequence",
        crate::base::fresh(at),
        shipment.id,
        stage.code(),
        reason,
        at,
    )
    .fetch_one(act.tx())
    .await?;
    sqlx::query!(
        "insert into rebate_claim_declaration (claim, declaration) select $1, d from unnest($2::uuid[]) as t (d)",
        row.id,
        declarations,
    )
    .execute(act.tx())
    .await?;
    Ok(row.sequence)
}

pub(super) async fn insert_invoice(
    act: &mut JointAct,
    claim: Uuid,
    one: &Invoice,
    treatment: &str,
) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "insert into rebate_invoice (id, claim, number, supplier, dated, hs_code, quantity, unit, gross, vat_rate,
             rebate_rate, treatment, file, at, person)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        one.id,
        claim,
        one.number,
        one.supplier,
        one.dated,
        one.hs_code,
        one.quantity,
        one.unit,
        one.gross,
        one.vat_rate,
        one.rebate_rate,
        treatment,
        one.file,
        at,
        person.0,
    )
    .execute(act.tx())
    .await?;
    bump(act, claim).await
}

pub(super) async fn delete_invoice(act: &mut JointAct, claim: Uuid, id: Uuid) -> Result<()> {
    let gone = sqlx::query!(
        "delete from rebate_invoice where id = $1 and claim = $2",
        id,
        claim
    )
    .execute(act.tx())
    .await?;
    if gone.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    bump(act, claim).await
}

/// Whether this invoice stands in another claim that still counts.
pub(super) async fn invoice_used(db: &mut PgConnection, number: &str) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from rebate_invoice i join rebate_claim r on r.id = i.claim
               where i.number = $1 and r.stage <> 'rejected') as "used!""#,
        number,
    )
    .fetch_one(db)
    .await?)
}

async fn bump(act: &mut JointAct, claim: Uuid) -> Result<()> {
    sqlx::query!(
        "update rebate_claim set version = version + 1 where id = $1",
        claim
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// Writes the filing set anew, with the reason why money need not be matched.
pub(super) async fn save_filing(
    act: &mut JointAct,
    claim: Uuid,
    filed: &[Filed],
    receipts_reason: &str,
) -> Result<()> {
    sqlx::query!("delete from rebate_filing where claim = $1", claim)
        .execute(act.tx())
        .await?;
    for one in filed {
        sqlx::query!(
            "insert into rebate_filing (claim, class, place, reason) values ($1, $2, $3, $4)",
            claim,
            one.class.code(),
            one.place,
            one.reason,
        )
        .execute(act.tx())
        .await?;
    }
    sqlx::query!(
        "update rebate_claim set receipts_reason = $2, version = version + 1 where id = $1",
        claim,
        receipts_reason,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// What a step writes beside the stage; what it does not name stays.
#[derive(Clone, Debug, Default)]
pub(super) struct Noted {
    pub batch: Option<String>,
    pub declared_on: Option<NaiveDate>,
    pub query: Option<(String, NaiveDate)>,
    pub approved: Option<(Decimal, NaiveDate)>,
    pub received: Option<(Decimal, NaiveDate)>,
    pub end_reason: Option<String>,
}

pub(super) async fn save_stage(
    act: &mut JointAct,
    claim: Uuid,
    stage: Stage,
    noted: &Noted,
) -> Result<()> {
    let at = act.by.at;
    sqlx::query!(
        "update rebate_claim set stage = $2, stage_since = $3, version = version + 1, batch = coalesce($4, batch),
             declared_on = coalesce($5, declared_on), query_words = coalesce($6, query_words),
             queried_on = coalesce($7, queried_on), approved_amount = coalesce($8, approved_amount),
             approved_on = coalesce($9, approved_on), received_amount = coalesce($10, received_amount),
             received_on = coalesce($11, received_on), end_reason = coalesce($12, end_reason)
         where id = $1",
        claim,
        stage.code(),
        at,
        noted.batch,
        noted.declared_on,
        noted.query.as_ref().map(|(words, _)| words),
        noted.query.as_ref().map(|(_, day)| *day),
        noted.approved.map(|(amount, _)| amount),
        noted.approved.map(|(_, day)| day),
        noted.received.map(|(amount, _)| amount),
        noted.received.map(|(_, day)| day),
        noted.end_reason,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}
