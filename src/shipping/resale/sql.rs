//! Statements of a resale.

use crate::base::FileId;
use crate::orders::JointAct;
use crate::web::{Error, Result};
use sqlx::PgConnection;
use uuid::Uuid;

/// To whom they were sold, and why.
pub(in crate::shipping) async fn of(
    db: &mut PgConnection,
    shipment: Uuid,
) -> Result<Option<(String, String)>> {
    let row = sqlx::query!(
        "select buyer, reason from shipment_resale where shipment = $1",
        shipment,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.buyer, row.reason)))
}

pub(super) async fn insert(
    act: &mut JointAct,
    shipment: Uuid,
    (buyer, reason): (&str, &str),
    evidence: FileId,
) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "insert into shipment_resale (shipment, buyer, reason, evidence, at, person) values ($1, $2, $3, $4, $5, $6)",
        shipment,
        buyer,
        reason,
        evidence.0,
        at,
        person.0,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}
