//! The statements of the intake: a customer's sheet on its way to becoming an order, and the columns remembered for her.

use super::opening_sql::customer_defaults;
use super::sheet_import::Intake;
use crate::base::{FileId, IntakeId, OrderId, PersonId};
use crate::documents::{self, StoredFile};
use crate::intake::columns::Mapping;
use crate::web::Result;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use uuid::Uuid;

pub(super) async fn insert_intake(
    db: &mut PgConnection,
    (id, person, customer): (IntakeId, PersonId, Uuid),
    file: FileId,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into order_intake (id, person, customer, file, at) values ($1, $2, $3, $4, $5)",
        id.0,
        person.0,
        customer,
        file.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A sheet of this person that has not become an order.
pub(super) async fn find_intake(
    db: &mut PgConnection,
    id: IntakeId,
    person: PersonId,
) -> Result<Option<Intake>> {
    let row = sqlx::query!(
        "select i.id, i.file, f.name, i.mapping, i.answers, i.version, c.code
         from order_intake i join stored_file f on f.id = i.file join customer c on c.id = i.customer
         where i.id = $1 and i.person = $2 and i.order_id is null",
        id.0,
        person.0,
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let Some(customer) = customer_defaults(db, &row.code).await? else {
        return Ok(None);
    };
    Ok(Some(Intake {
        id: IntakeId(row.id),
        customer,
        file: FileId(row.file),
        file_name: row.name,
        mapping: row.mapping.map(serde_json::from_value).transpose()?,
        answers: serde_json::from_value(row.answers)?,
        version: row.version,
    }))
}

/// The stored bytes of a sheet, before any order holds them.
pub(super) async fn intake_file(db: &mut PgConnection, file: FileId) -> Result<Option<StoredFile>> {
    documents::files::find_loose(db, file).await
}

pub(super) async fn save_intake(
    db: &mut PgConnection,
    id: IntakeId,
    mapping: Option<&Mapping>,
    answers: &BTreeMap<String, String>,
) -> Result<()> {
    sqlx::query!(
        "update order_intake set mapping = $2, answers = $3, version = version + 1 where id = $1",
        id.0,
        mapping.map(serde_json::to_value).transpose()?,
        serde_json::to_value(answers)?,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The sheet has become this order; the way its columns were read is remembered for the customer's next one.
pub(super) async fn close_intake(
    db: &mut PgConnection,
    id: IntakeId,
    order: OrderId,
    (customer, mapping, at): (Uuid, &Mapping, DateTime<Utc>),
) -> Result<()> {
    sqlx::query!(
        "update order_intake set order_id = $2 where id = $1",
        id.0,
        order.0
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into customer_mapping (customer, mapping, at) values ($1, $2, $3)
         on conflict (customer) do update set mapping = excluded.mapping, at = excluded.at",
        customer,
        serde_json::to_value(mapping)?,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn remembered_mapping(
    db: &mut PgConnection,
    customer: Uuid,
) -> Result<Option<Mapping>> {
    let value = sqlx::query_scalar!(
        "select mapping from customer_mapping where customer = $1",
        customer
    )
    .fetch_optional(db)
    .await?;
    Ok(value.map(serde_json::from_value).transpose()?)
}

/// How our own company may be called on a customer's sheet.
pub(super) async fn our_names(db: &mut PgConnection) -> Result<Vec<String>> {
    let rows = sqlx::query!("select name_en, name_zh from legal_entity limit 50")
        .fetch_all(db)
        .await?;
    Ok(rows
        .into_iter()
        .flat_map(|row| [row.name_en, row.name_zh])
        .collect())
}
