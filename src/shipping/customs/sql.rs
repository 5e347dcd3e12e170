//! The statements of customs declarations; the shipment is held by who writes.

use super::declaration::Declaration;
use super::stage::Stage;
use crate::base::{Currency, T};
use crate::orders::JointAct;
use crate::web::error::on_constraint;
use crate::web::{Error, Result};
use anyhow::anyhow;
use sqlx::PgConnection;
use uuid::Uuid;

pub(in crate::shipping) async fn declarations(
    db: &mut PgConnection,
    shipment: Uuid,
) -> Result<Vec<Declaration>> {
    let rows = sqlx::query!(
        r#"select d.id, d.sequence, d.stage, coalesce(d.stage_since, s.created_at) as "since!", d.number, d.exported_on, d.fob_amount,
               coalesce(d.currency, s.currency)::text as "currency!", d.broker, d.elements, d.declared_on, d.released_on,
               d.cleared_on, d.words, d.created_by, d.version
           from customs_declaration d join shipment s on s.id = d.shipment where d.shipment = $1 order by d.sequence"#,
        shipment,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let bad = || Error::Broken(anyhow!("declaration {}: unreadable", row.id));
            Ok(Declaration {
                stage: Stage::parse(&row.stage).ok_or_else(bad)?,
                currency: Currency::parse(&row.currency).ok_or_else(bad)?,
                id: row.id,
                sequence: row.sequence,
                since: row.since,
                number: row.number,
                exported_on: row.exported_on,
                fob_amount: row.fob_amount,
                broker: row.broker,
                elements: row.elements,
                declared_on: row.declared_on,
                released_on: row.released_on,
                cleared_on: row.cleared_on,
                words: row.words,
                created_by: row.created_by,
                version: row.version,
            })
        })
        .collect()
}

pub(super) async fn insert(act: &mut JointAct, shipment: Uuid, one: &Declaration) -> Result<()> {
    let at = act.by.at;
    sqlx::query!(
        "insert into customs_declaration (id, shipment, sequence, stage, stage_since, fob_amount, currency, broker,
             elements, created_by)
         values ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, $9)",
        one.id,
        shipment,
        one.sequence,
        at,
        one.fob_amount,
        one.currency.as_str(),
        one.broker,
        one.elements,
        one.created_by,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// Saves everything that changes where the version is still the one read.
pub(super) async fn save(act: &mut JointAct, one: &Declaration, stage: Stage) -> Result<()> {
    let at = act.by.at;
    let saved = sqlx::query!(
        "update customs_declaration set stage = $3, stage_since = case when stage = $3 then stage_since else $4 end,
             number = $5, exported_on = $6, fob_amount = $7, currency = $8, broker = $9, elements = $10,
             declared_on = $11, released_on = $12, cleared_on = $13, words = $14, version = version + 1
         where id = $1 and version = $2",
        one.id,
        one.version,
        stage.code(),
        at,
        one.number,
        one.exported_on,
        one.fob_amount,
        one.currency.as_str(),
        one.broker,
        one.elements,
        one.declared_on,
        one.released_on,
        one.cleared_on,
        one.words,
    )
    .execute(act.tx())
    .await
    .map_err(|error| {
        on_constraint(
            error,
            &[(
                "customs_declaration_number",
                "number",
                T::shipping_declaration_number_taken,
            )],
        )
    })?;
    if saved.rows_affected() == 1 {
        Ok(())
    } else {
        Err(Error::Stale(Box::default()))
    }
}
