//! The statements of loading and packing; the shipment is locked by who writes.

use super::container::Container;
use crate::base::T;
use crate::web::error::on_constraint;
use crate::web::{Error, Result};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

pub(in crate::shipping) async fn containers(
    db: &mut PgConnection,
    shipment: Uuid,
) -> Result<Vec<Container>> {
    Ok(sqlx::query_as!(
        Container,
        "select id, number, odd_number, kind, seal, cartons, gross_kg, cbm, vgm_method, weighed_kg, tare_kg, dunnage_kg,
             vgm_kg, signed_by, version
         from shipment_container where shipment = $1 order by number, id",
        shipment,
    )
    .fetch_all(db)
    .await?)
}

/// Writes a new one, or the one with this id where its version is still the one read.
#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub(super) async fn save(db: &mut PgConnection, shipment: Uuid, one: &Container) -> Result<()> {
    let saved = sqlx::query!(
        "insert into shipment_container (id, shipment, number, odd_number, kind, seal, cartons, gross_kg, cbm, vgm_method,
             weighed_kg, tare_kg, dunnage_kg, vgm_kg, signed_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         on conflict (id) do update set number = excluded.number, odd_number = excluded.odd_number, kind = excluded.kind,
             seal = excluded.seal, cartons = excluded.cartons, gross_kg = excluded.gross_kg, cbm = excluded.cbm,
             vgm_method = excluded.vgm_method, weighed_kg = excluded.weighed_kg, tare_kg = excluded.tare_kg,
             dunnage_kg = excluded.dunnage_kg, vgm_kg = excluded.vgm_kg, signed_by = excluded.signed_by,
             version = shipment_container.version + 1
         where shipment_container.version = $16",
        one.id,
        shipment,
        one.number,
        one.odd_number,
        one.kind,
        one.seal,
        one.cartons,
        one.gross_kg,
        one.cbm,
        one.vgm_method,
        one.weighed_kg,
        one.tare_kg,
        one.dunnage_kg,
        one.vgm_kg,
        one.signed_by,
        one.version,
    )
    .execute(db)
    .await
    .map_err(|error| {
        on_constraint(
            error,
            &[("shipment_container_key", "number", T::shipping_container_twice)],
        )
    })?;
    if saved.rows_affected() == 1 {
        Ok(())
    } else {
        Err(Error::Stale(Box::default()))
    }
}

pub(super) async fn remove(db: &mut PgConnection, shipment: Uuid, one: Uuid) -> Result<()> {
    sqlx::query!(
        "delete from shipment_container where shipment = $1 and id = $2",
        shipment,
        one,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What each line fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::shipping) struct Packed {
    pub line: Uuid,
    pub cartons: i32,
    pub gross_kg: Decimal,
    pub net_kg: Decimal,
    pub cbm: Decimal,
}

pub(super) async fn pack(db: &mut PgConnection, shipment: Uuid, all: &[Packed]) -> Result<()> {
    for one in all {
        sqlx::query!(
            "update shipment_line set cartons = $3, gross_kg = $4, net_kg = $5, cbm = $6 where shipment = $1 and id = $2",
            shipment,
            one.line,
            one.cartons,
            one.gross_kg,
            one.net_kg,
            one.cbm,
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}
