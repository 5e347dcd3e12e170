//! Every statement on units.

use super::unit::Unit;
use crate::base::{T, pinyin};
use crate::history::Act;
use crate::records::{Alike, Stored};
use crate::web::Result;
use crate::web::error::on_constraint;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn list(db: &mut PgConnection) -> Result<Vec<Unit>> {
    Ok(sqlx::query_as!(
        Unit,
        "select code, name_zh, name_en, customs from unit where archived_at is null
         order by place, code limit 200"
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn find(db: &mut PgConnection, code: &str) -> Result<Option<Stored<Unit>>> {
    let row = sqlx::query!(
        "select id, code, name_zh, name_en, customs, archived_at, version from unit where code = $1",
        code,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Stored {
        id: row.id,
        code: row.code.clone(),
        version: row.version,
        archived_at: row.archived_at,
        card: Unit {
            code: row.code,
            name_zh: row.name_zh,
            name_en: row.name_en,
            customs: row.customs,
        },
    }))
}

fn search(code: &str, c: &Unit) -> String {
    pinyin::search_text(&[code, &c.name_zh, &c.name_en])
}

/// Behind those that were there before.
pub(super) async fn insert(act: &mut Act, id: Uuid, c: &Unit) -> Result<()> {
    sqlx::query!(
        "insert into unit (id, code, name_zh, name_en, customs, search, place)
         values ($1, $2, $3, $4, $5, $6, (select least(coalesce(max(place), 0) + 1, 32000) from unit))",
        id,
        c.code,
        c.name_zh,
        c.name_en,
        c.customs,
        search(&c.code, c),
    )
    .execute(act.tx())
    .await
    .map_err(|error| {
        on_constraint(
            error,
            &[("unit_pkey", "code", T::catalog_unit_code_taken)],
        )
    })?;
    Ok(())
}

/// Everything but the code, which lines and papers carry.
pub(super) async fn update(act: &mut Act, id: Uuid, rev: i32, c: &Unit) -> Result<bool> {
    let code = sqlx::query_scalar!("select code from unit where id = $1", id)
        .fetch_one(act.tx())
        .await?;
    let saved = sqlx::query!(
        "update unit set name_zh = $3, name_en = $4, customs = $5, search = $6, version = version + 1
         where id = $1 and version = $2",
        id,
        rev,
        c.name_zh,
        c.name_en,
        c.customs,
        search(&code, c),
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

pub(super) async fn archive(
    act: &mut Act,
    id: Uuid,
    rev: i32,
    at: Option<DateTime<Utc>>,
) -> Result<bool> {
    let saved = sqlx::query!(
        "update unit set archived_at = $3, version = version + 1 where id = $1 and version = $2",
        id,
        rev,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// Units of the same name.
pub(super) async fn alike(db: &mut PgConnection, c: &Unit) -> Result<Vec<Alike>> {
    let rows = sqlx::query!(
        "select code, name_zh, name_en from unit where name_zh = $1 or lower(name_en) = lower($2)
         order by place limit 8",
        c.name_zh,
        c.name_en,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Alike {
            href: format!("/units/{}", row.code),
            name: row.name_zh,
            under: row.name_en,
        })
        .collect())
}
