//! Every statement on couriers.

use super::courier::Courier;
use crate::base::{T, pinyin};
use crate::history::Act;
use crate::records::{Alike, Stored};
use crate::web::Result;
use crate::web::error::on_constraint;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn list(db: &mut PgConnection) -> Result<Vec<Courier>> {
    Ok(sqlx::query_as!(
        Courier,
        "select code, name_zh, name_en, form, tracking from courier where archived_at is null
         order by place, id limit 200"
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn find(db: &mut PgConnection, code: &str) -> Result<Option<Stored<Courier>>> {
    let row = sqlx::query!(
        "select id, code, name_zh, name_en, form, tracking, archived_at, version from courier where code = $1",
        code,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Stored {
        id: row.id,
        code: row.code.clone(),
        version: row.version,
        archived_at: row.archived_at,
        card: Courier {
            code: row.code,
            name_zh: row.name_zh,
            name_en: row.name_en,
            form: row.form,
            tracking: row.tracking,
        },
    }))
}

fn search(code: &str, c: &Courier) -> String {
    pinyin::search_text(&[code, &c.name_zh, &c.name_en])
}

/// Behind those that were there before.
pub(super) async fn insert(act: &mut Act, id: Uuid, c: &Courier) -> Result<()> {
    sqlx::query!(
        "insert into courier (id, code, name_zh, name_en, form, tracking, search, place)
         values ($1, $2, $3, $4, $5, $6, $7, (select least(coalesce(max(place), 0) + 1, 32000) from courier))",
        id,
        c.code,
        c.name_zh,
        c.name_en,
        c.form,
        c.tracking,
        search(&c.code, c),
    )
    .execute(act.tx())
    .await
    .map_err(|error| {
        on_constraint(
            error,
            &[("courier_pkey", "code", T::catalog_courier_code_taken)],
        )
    })?;
    Ok(())
}

/// Everything but the code, which parcels carry.
pub(super) async fn update(act: &mut Act, id: Uuid, rev: i32, c: &Courier) -> Result<bool> {
    let code = sqlx::query_scalar!("select code from courier where id = $1", id)
        .fetch_one(act.tx())
        .await?;
    let saved = sqlx::query!(
        "update courier set name_zh = $3, name_en = $4, form = $5, tracking = $6, search = $7, version = version + 1
         where id = $1 and version = $2",
        id,
        rev,
        c.name_zh,
        c.name_en,
        c.form,
        c.tracking,
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
        "update courier set archived_at = $3, version = version + 1 where id = $1 and version = $2",
        id,
        rev,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// Couriers of the same name.
pub(super) async fn alike(db: &mut PgConnection, c: &Courier) -> Result<Vec<Alike>> {
    let rows = sqlx::query!(
        "select code, name_zh, name_en from courier where name_zh = $1 or lower(name_en) = lower($2)
         order by place limit 8",
        c.name_zh,
        c.name_en,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Alike {
            href: format!("/couriers/{}", row.code),
            name: row.name_zh,
            under: row.name_en,
        })
        .collect())
}
