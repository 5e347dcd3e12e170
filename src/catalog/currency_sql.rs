//! Every statement on currencies.

use super::currency::TradeCurrency;
use crate::base::{T, pinyin};
use crate::history::Act;
use crate::records::{Alike, Stored};
use crate::web::Result;
use crate::web::error::on_constraint;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn list(db: &mut PgConnection, put_away: bool) -> Result<Vec<TradeCurrency>> {
    Ok(sqlx::query_as!(
        TradeCurrency,
        r#"select code::text as "code!", name_zh, name_en, decimals,
               bank_charge_tolerance(code::text) as tolerance from currency where $1 or archived_at is null
           order by place, code limit 200"#,
        put_away,
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn find(
    db: &mut PgConnection,
    code: &str,
) -> Result<Option<Stored<TradeCurrency>>> {
    let row = sqlx::query!(
        r#"select id, code::text as "code!", name_zh, name_en, decimals, archived_at, version from currency
           where code::text = $1"#,
        code,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Stored {
        id: row.id,
        code: row.code.clone(),
        version: row.version,
        archived_at: row.archived_at,
        card: TradeCurrency {
            code: row.code,
            name_zh: row.name_zh,
            name_en: row.name_en,
            decimals: row.decimals,
            tolerance: None,
        },
    }))
}

fn search(code: &str, c: &TradeCurrency) -> String {
    pinyin::search_text(&[code, &c.name_zh, &c.name_en])
}

/// Behind those that were there before.
pub(super) async fn insert(act: &mut Act, id: Uuid, c: &TradeCurrency) -> Result<()> {
    sqlx::query!(
        "insert into currency (id, code, name_zh, name_en, decimals, search, place)
         values ($1, $2::text, $3, $4, $5, $6, (select least(coalesce(max(place), 0) + 1, 32000) from currency))",
        id,
        c.code,
        c.name_zh,
        c.name_en,
        c.decimals,
        search(&c.code, c),
    )
    .execute(act.tx())
    .await
    .map_err(|error| {
        on_constraint(
            error,
            &[("currency_pkey", "code", T::catalog_currency_code_taken)],
        )
    })?;
    Ok(())
}

/// Its names. What it is called by, and what its sums are rounded to, orders and papers carry.
pub(super) async fn update(act: &mut Act, id: Uuid, rev: i32, c: &TradeCurrency) -> Result<bool> {
    let code = sqlx::query_scalar!(
        r#"select code::text as "code!" from currency where id = $1"#,
        id
    )
    .fetch_one(act.tx())
    .await?;
    let saved = sqlx::query!(
        "update currency set name_zh = $3, name_en = $4, search = $5, version = version + 1
         where id = $1 and version = $2",
        id,
        rev,
        c.name_zh,
        c.name_en,
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
        "update currency set archived_at = $3, version = version + 1 where id = $1 and version = $2",
        id,
        rev,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// Currencies of the same name.
pub(super) async fn alike(db: &mut PgConnection, c: &TradeCurrency) -> Result<Vec<Alike>> {
    let rows = sqlx::query!(
        r#"select code::text as "code!", name_zh, name_en from currency where name_zh = $1 or lower(name_en) = lower($2)
           order by place limit 8"#,
        c.name_zh,
        c.name_en,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Alike {
            href: format!("/currencies/{}", row.code),
            name: row.name_zh,
            under: row.name_en,
        })
        .collect())
}
