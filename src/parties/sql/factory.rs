//! Statements on factories.

use super::{corrected, findable, name_keys};
use crate::base::{FactoryId, pinyin};
use crate::history::Act;
use crate::parties::factory::Factory;
use crate::records::acts::free_code;
use crate::records::{Alike, Stored};
use crate::web::Result;
use crate::web::error::on_constraint;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

pub(in crate::parties) async fn find_factory(
    db: &mut PgConnection,
    code: &str,
) -> Result<Option<Stored<Factory>>> {
    let row = sqlx::query!(
        "select id, code, name_zh, name_en, pinyin, address, products, lead_days, tax_number, invoice_name, settlement,
             archived_at, version
         from factory where code = $1",
        code,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Stored {
        id: row.id,
        code: row.code,
        version: row.version,
        archived_at: row.archived_at,
        card: Factory {
            pinyin: corrected(&row.name_zh, row.pinyin),
            name_zh: row.name_zh,
            name_en: row.name_en,
            address: row.address,
            products: row.products,
            lead_days: row.lead_days,
            tax_number: row.tax_number,
            invoice_name: row.invoice_name,
            settlement: row.settlement,
        },
    }))
}

/// Inserts and answers the address it got.
pub(in crate::parties) async fn insert_factory(
    act: &mut Act,
    id: Uuid,
    f: &Factory,
) -> Result<String> {
    let slug = pinyin::slug(if f.name_en.is_empty() {
        &f.name_zh
    } else {
        &f.name_en
    });
    let taken = sqlx::query_scalar!("select code from factory where starts_with(code, $1)", slug)
        .fetch_all(act.tx())
        .await?;
    let code = free_code(&slug, "", id, &taken);
    let found = findable(&code, &f.name_zh, &f.name_en, &f.pinyin);
    sqlx::query!(
        "insert into factory (id, code, name_zh, name_en, search, pinyin, address, products, lead_days, tax_number,
             invoice_name, settlement)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        id,
        code,
        f.name_zh,
        f.name_en,
        found.search,
        found.pinyin,
        f.address,
        f.products,
        f.lead_days,
        f.tax_number,
        f.invoice_name,
        f.settlement,
    )
    .execute(act.tx())
    .await
    .map_err(|error| on_constraint(error, &[("factory_code_key", "name_zh", |t| t.parties_name_taken())]))?;
    Ok(code)
}

pub(in crate::parties) async fn update_factory(
    act: &mut Act,
    id: Uuid,
    rev: i32,
    f: &Factory,
) -> Result<bool> {
    let code = sqlx::query_scalar!("select code from factory where id = $1", id)
        .fetch_one(act.tx())
        .await?;
    let found = findable(&code, &f.name_zh, &f.name_en, &f.pinyin);
    let saved = sqlx::query!(
        "update factory set name_zh = $3, name_en = $4, search = $5, pinyin = $6, address = $7, products = $8,
             lead_days = $9, tax_number = $10, invoice_name = $11, settlement = $12, version = version + 1
         where id = $1 and version = $2",
        id,
        rev,
        f.name_zh,
        f.name_en,
        found.search,
        found.pinyin,
        f.address,
        f.products,
        f.lead_days,
        f.tax_number,
        f.invoice_name,
        f.settlement,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

pub(in crate::parties) async fn archive_factory(
    act: &mut Act,
    id: Uuid,
    rev: i32,
    at: Option<DateTime<Utc>>,
) -> Result<bool> {
    let saved = sqlx::query!(
        "update factory set archived_at = $3, version = version + 1 where id = $1 and version = $2",
        id,
        rev,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

pub(in crate::parties) async fn factory_choices(
    db: &mut PgConnection,
    q: &str,
) -> Result<Vec<(FactoryId, String)>> {
    let rows = sqlx::query!(
        "select id, name_zh from factory where archived_at is null and search like all($1)
         order by pinyin, id limit 500",
        &pinyin::patterns(q),
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (FactoryId(row.id), row.name_zh))
        .collect())
}

/// Factories with the same spelling, the same telling words, or the same tax number.
pub(in crate::parties) async fn factories_alike(
    db: &mut PgConnection,
    f: &Factory,
) -> Result<Vec<Alike>> {
    let (spelled, telling) = name_keys(&f.name_zh, &f.name_en);
    let rows = sqlx::query!(
        "select code, name_zh, name_en from factory
         where ($1 <> '' and pinyin = $1) or (cardinality($2::text[]) > 0 and search like all($2))
             or ($3 <> '' and tax_number = $3)
         order by pinyin limit 8",
        spelled,
        &pinyin::patterns(&telling),
        f.tax_number,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Alike {
            href: format!("/factories/{}", row.code),
            name: row.name_zh,
            under: row.name_en,
        })
        .collect())
}
