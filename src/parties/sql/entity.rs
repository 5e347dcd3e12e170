//! Statements on our legal entities.

use crate::base::{EntityId, T, pinyin};
use crate::history::Act;
use crate::parties::entity::Entity;
use crate::records::Stored;
use crate::web::Result;
use crate::web::error::on_constraint;
use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

pub(in crate::parties) async fn company_name(db: &PgPool) -> sqlx::Result<String> {
    let name = sqlx::query_scalar!(
        "select name_zh from legal_entity where archived_at is null order by id limit 1"
    )
    .fetch_optional(db)
    .await?;
    Ok(name.unwrap_or_default())
}

pub(in crate::parties) async fn entity_choices(
    db: &mut PgConnection,
) -> Result<Vec<(EntityId, String)>> {
    let rows = sqlx::query!(
        "select id, prefix, name_zh from legal_entity where archived_at is null order by prefix limit 100"
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (EntityId(row.id), format!("{} {}", row.prefix, row.name_zh)))
        .collect())
}

/// All entities with whether they are archived, by prefix.
pub(in crate::parties) async fn entities(db: &mut PgConnection) -> Result<Vec<(bool, Entity)>> {
    let rows = sqlx::query!(
        "select prefix, name_zh, name_en, credit_code, archived_at from legal_entity
         order by archived_at is not null, prefix limit 100"
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let entity = Entity {
                prefix: row.prefix,
                name_zh: row.name_zh,
                name_en: row.name_en,
                credit_code: row.credit_code,
                ..Entity::default()
            };
            (row.archived_at.is_some(), entity)
        })
        .collect())
}

pub(in crate::parties) async fn find_entity(
    db: &mut PgConnection,
    prefix: &str,
) -> Result<Option<Stored<Entity>>> {
    let row = sqlx::query!(
        "select id, prefix, name_zh, name_en, address_zh, address_en, phone, email, credit_code, customs_code,
             ciq_code, archived_at, version
         from legal_entity where prefix = $1",
        prefix,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Stored {
        id: row.id,
        code: row.prefix.clone(),
        version: row.version,
        archived_at: row.archived_at,
        card: Entity {
            prefix: row.prefix,
            name_zh: row.name_zh,
            name_en: row.name_en,
            address_zh: row.address_zh,
            address_en: row.address_en,
            phone: row.phone,
            email: row.email,
            credit_code: row.credit_code,
            customs_code: row.customs_code,
            ciq_code: row.ciq_code,
        },
    }))
}

fn search(prefix: &str, e: &Entity) -> String {
    pinyin::search_text(&[prefix, &e.name_zh, &e.name_en, &e.credit_code])
}

pub(in crate::parties) async fn insert_entity(
    db: &mut PgConnection,
    id: Uuid,
    e: &Entity,
) -> Result<()> {
    sqlx::query!(
        "insert into legal_entity (id, prefix, name_zh, name_en, address_zh, address_en, phone, email, credit_code,
             customs_code, ciq_code, search)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        id,
        e.prefix,
        e.name_zh,
        e.name_en,
        e.address_zh,
        e.address_en,
        e.phone,
        e.email,
        e.credit_code,
        e.customs_code,
        e.ciq_code,
        search(&e.prefix, e),
    )
    .execute(db)
    .await
    .map_err(|error| on_constraint(error, &[("legal_entity_prefix_key", "prefix", T::parties_prefix_taken)]))?;
    Ok(())
}

/// Everything but the prefix, which numbers already carry.
pub(in crate::parties) async fn update_entity(
    act: &mut Act,
    id: Uuid,
    rev: i32,
    e: &Entity,
) -> Result<bool> {
    let prefix = sqlx::query_scalar!("select prefix from legal_entity where id = $1", id)
        .fetch_one(act.tx())
        .await?;
    let saved = sqlx::query!(
        "update legal_entity set name_zh = $3, name_en = $4, address_zh = $5, address_en = $6, phone = $7, email = $8,
             credit_code = $9, customs_code = $10, ciq_code = $11, search = $12, version = version + 1
         where id = $1 and version = $2",
        id,
        rev,
        e.name_zh,
        e.name_en,
        e.address_zh,
        e.address_en,
        e.phone,
        e.email,
        e.credit_code,
        e.customs_code,
        e.ciq_code,
        search(&prefix, e),
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

pub(in crate::parties) async fn archive_entity(
    act: &mut Act,
    id: Uuid,
    rev: i32,
    at: Option<DateTime<Utc>>,
) -> Result<bool> {
    let saved = sqlx::query!(
        "update legal_entity set archived_at = $3, version = version + 1 where id = $1 and version = $2",
        id,
        rev,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}
