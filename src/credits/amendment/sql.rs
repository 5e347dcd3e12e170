//! The statements of amendments.

use super::record::{Amendment, Changed};
use super::stage::AmendmentStage;
use crate::credits::terms::Terms;
use crate::orders::OrderAct;
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

pub(in crate::credits) async fn list(
    db: &mut PgConnection,
    credit: Uuid,
) -> Result<Vec<Amendment>> {
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

pub(in crate::credits) async fn insert(
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
pub(in crate::credits) async fn answer(
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
