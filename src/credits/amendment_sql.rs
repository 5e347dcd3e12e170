//! The statements of amendments and drawings.

use super::amendment::{Amendment, Changed};
use super::amendment_stage::AmendmentStage;
use super::terms::Terms;
use crate::orders::OrderAct;
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn list(db: &mut PgConnection, credit: Uuid) -> Result<Vec<Amendment>> {
    let rows = sqlx::query!(
        "select id, sequence, stage, received_on, fields, changes, words, version from credit_amendment
         where letter_of_credit = $1 order by sequence desc limit 100",
        credit
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Amendment {
                stage: AmendmentStage::parse(&row.stage)
                    .ok_or_else(|| Error::Broken(anyhow!("amendment {}: stage", row.id)))?,
                fields: serde_json::from_value(row.fields)?,
                changes: serde_json::from_value(row.changes)?,
                id: row.id,
                sequence: row.sequence,
                received_on: row.received_on,
                words: row.words,
                version: row.version,
            })
        })
        .collect()
}

pub(super) async fn insert(
    act: &mut OrderAct,
    credit: Uuid,
    (fields, changes): (&Terms, &[Changed]),
    day: NaiveDate,
) -> Result<i32> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    Ok(sqlx::query_scalar!(
        "insert into credit_amendment (id, letter_of_credit, sequence, stage, received_on, fields, changes, received_by,
             received_at)
         select $1, $2, coalesce(max(m.sequence), 0) + 1, 'received', $3, $4, $5, $6, $7
         from credit_amendment m where m.letter_of_credit = $2 returning sequence",
        crate::base::fresh(at),
        credit,
        day,
        serde_json::to_value(fields)?,
        serde_json::to_value(changes)?,
        person.0,
        at,
    )
    .fetch_one(act.tx())
    .await?)
}

/// Answers an amendment whose version is still the one read.
pub(super) async fn answer(
    act: &mut OrderAct,
    amendment: &Amendment,
    stage: AmendmentStage,
    words: &str,
) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    let saved = sqlx::query!(
        "update credit_amendment set stage = $3, answered_by = $4, answered_at = $5, words = $6, version = version + 1
         where id = $1 and version = $2",
        amendment.id,
        amendment.version,
        stage.code(),
        person.0,
        at,
        words,
    )
    .execute(act.tx())
    .await?;
    if saved.rows_affected() == 1 {
        Ok(())
    } else {
        Err(Error::Stale(Box::default()))
    }
}

/// One drawing as the page lists it.
#[derive(Clone, Debug)]
pub(super) struct Drawing {
    pub shipment: String,
    pub amount: Decimal,
    pub drawn_on: NaiveDate,
    pub name_zh: String,
    pub name_en: String,
}

pub(super) async fn drawings(db: &mut PgConnection, credit: Uuid) -> Result<Vec<Drawing>> {
    Ok(sqlx::query_as!(
        Drawing,
        "select s.number as shipment, d.amount, d.drawn_on, p.name_zh, p.name_en
         from credit_drawing d join shipment s on s.id = d.shipment join person p on p.id = d.recorded_by
         where d.letter_of_credit = $1 order by d.drawn_on, d.id limit 200",
        credit
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn draw(
    act: &mut OrderAct,
    credit: Uuid,
    shipment: Uuid,
    amount: Decimal,
    day: NaiveDate,
) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "insert into credit_drawing (id, letter_of_credit, shipment, amount, drawn_on, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        crate::base::fresh(at),
        credit,
        shipment,
        amount,
        day,
        person.0,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// A shipment that carries goods of the credit's orders.
#[derive(Clone, Debug)]
pub(super) struct Carried {
    pub id: Uuid,
    pub number: String,
    pub on_board_on: Option<NaiveDate>,
}

pub(super) async fn shipments(db: &mut PgConnection, credit: Uuid) -> Result<Vec<Carried>> {
    Ok(sqlx::query_as!(
        Carried,
        "select s.id, s.number, s.on_board_on from shipment s where s.stage <> 'cancelled' and exists (
             select from shipment_line i join order_line l on l.id = i.order_line
                 join letter_of_credit_order x on x.order_id = l.order_id
             where i.shipment = s.id and x.letter_of_credit = $1)
         order by s.number limit 100",
        credit
    )
    .fetch_all(db)
    .await?)
}
