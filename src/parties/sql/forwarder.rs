//! Statements on forwarders.

use super::{corrected, findable, name_keys};
use crate::base::{ForwarderId, pinyin};
use crate::history::Act;
use crate::parties::forwarder::Forwarder;
use crate::records::acts::free_code;
use crate::records::{Alike, Stored};
use crate::web::Result;
use crate::web::error::on_constraint;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

pub(in crate::parties) async fn find_forwarder(
    db: &mut PgConnection,
    code: &str,
) -> Result<Option<Stored<Forwarder>>> {
    let row = sqlx::query!(
        "select id, code, name_zh, name_en, pinyin, address, lanes, broker, archived_at, version
         from forwarder where code = $1",
        code,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Stored {
        id: row.id,
        code: row.code,
        version: row.version,
        archived_at: row.archived_at,
        card: Forwarder {
            pinyin: corrected(&row.name_zh, row.pinyin),
            name_zh: row.name_zh,
            name_en: row.name_en,
            address: row.address,
            lanes: row.lanes,
            broker: row.broker,
        },
    }))
}

/// Inserts and answers the address it got.
pub(in crate::parties) async fn insert_forwarder(
    act: &mut Act,
    id: Uuid,
    f: &Forwarder,
) -> Result<String> {
    let slug = pinyin::slug(if f.name_en.is_empty() {
        &f.name_zh
    } else {
        &f.name_en
    });
    let taken = sqlx::query_scalar!(
        "select code from forwarder where starts_with(code, $1)",
        slug
    )
    .fetch_all(act.tx())
    .await?;
    let code = free_code(&slug, "", id, &taken);
    let found = findable(&code, &f.name_zh, &f.name_en, &f.pinyin);
    sqlx::query!(
        "insert into forwarder (id, code, name_zh, name_en, search, pinyin, address, lanes, broker)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id,
        code,
        f.name_zh,
        f.name_en,
        found.search,
        found.pinyin,
        f.address,
        f.lanes,
        f.broker,
    )
    .execute(act.tx())
    .await
    .map_err(|error| {
        on_constraint(
            error,
            &[("forwarder_code_key", "name_zh", |t| t.parties_name_taken())],
        )
    })?;
    Ok(code)
}

pub(in crate::parties) async fn update_forwarder(
    act: &mut Act,
    id: Uuid,
    rev: i32,
    f: &Forwarder,
) -> Result<bool> {
    let code = sqlx::query_scalar!("select code from forwarder where id = $1", id)
        .fetch_one(act.tx())
        .await?;
    let found = findable(&code, &f.name_zh, &f.name_en, &f.pinyin);
    let saved = sqlx::query!(
        "update forwarder set name_zh = $3, name_en = $4, search = $5, pinyin = $6, address = $7, lanes = $8,
             broker = $9, version = version + 1
         where id = $1 and version = $2",
        id,
        rev,
        f.name_zh,
        f.name_en,
        found.search,
        found.pinyin,
        f.address,
        f.lanes,
        f.broker,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

pub(in crate::parties) async fn archive_forwarder(
    act: &mut Act,
    id: Uuid,
    rev: i32,
    at: Option<DateTime<Utc>>,
) -> Result<bool> {
    let saved = sqlx::query!(
        "update forwarder set archived_at = $3, version = version + 1 where id = $1 and version = $2",
        id,
        rev,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

pub(in crate::parties) async fn forwarder_choices(
    db: &mut PgConnection,
    q: &str,
) -> Result<Vec<(ForwarderId, String)>> {
    let rows = sqlx::query!(
        "select id, name_zh from forwarder where archived_at is null and search like all($1)
         order by pinyin, id limit 500",
        &pinyin::patterns(q),
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (ForwarderId(row.id), row.name_zh))
        .collect())
}

/// Forwarders with the same spelling or the same telling words.
pub(in crate::parties) async fn forwarders_alike(
    db: &mut PgConnection,
    f: &Forwarder,
) -> Result<Vec<Alike>> {
    let (spelled, telling) = name_keys(&f.name_zh, &f.name_en);
    let rows = sqlx::query!(
        "select code, name_zh, name_en from forwarder
         where ($1 <> '' and pinyin = $1) or (cardinality($2::text[]) > 0 and search like all($2))
         order by pinyin limit 8",
        spelled,
        &pinyin::patterns(&telling),
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Alike {
            href: format!("/forwarders/{}", row.code),
            name: row.name_zh,
            under: row.name_en,
        })
        .collect())
}
