//! Statements on banks.

use super::{findable, name_keys};
use crate::base::{BankId, T, pinyin};
use crate::history::Act;
use crate::parties::bank::Bank;
use crate::records::acts::free_code;
use crate::records::{Alike, Stored};
use crate::web::Result;
use crate::web::error::on_constraint;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

pub(in crate::parties) async fn find_bank(
    db: &mut PgConnection,
    code: &str,
) -> Result<Option<Stored<Bank>>> {
    let row = sqlx::query!(
        r#"select id, code, name_zh, name_en, country::text as "country!", address, bic, archived_at, version
           from bank where code = $1"#,
        code,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Stored {
        id: row.id,
        code: row.code,
        version: row.version,
        archived_at: row.archived_at,
        card: Bank {
            name_zh: row.name_zh,
            name_en: row.name_en,
            country: row.country,
            address: row.address,
            bic: row.bic,
        },
    }))
}

/// What an account takes from the bank it chooses.
pub(in crate::parties) async fn bank_to_print(
    db: &mut PgConnection,
    id: BankId,
) -> Result<Option<Bank>> {
    let row = sqlx::query!(
        r#"select name_zh, name_en, country::text as "country!", address, bic from bank where id = $1"#,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Bank {
        name_zh: row.name_zh,
        name_en: row.name_en,
        country: row.country,
        address: row.address,
        bic: row.bic,
    }))
}

/// Banks for a choice, by pinyin. The archived ones stay at the end, for the accounts that were taken from one.
pub(in crate::parties) async fn bank_choices(
    db: &mut PgConnection,
) -> Result<Vec<(BankId, String)>> {
    let rows = sqlx::query!(
        "select id, name_zh, name_en from bank b
         where archived_at is null or exists (select from bank_account a where a.bank_card = b.id)
         order by archived_at is not null, pinyin, id limit 500"
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (BankId(row.id), format!("{} {}", row.name_zh, row.name_en)))
        .collect())
}

/// Inserts and answers the address it got.
pub(in crate::parties) async fn insert_bank(act: &mut Act, id: Uuid, b: &Bank) -> Result<String> {
    let slug = pinyin::slug(&b.name_en);
    let taken = sqlx::query_scalar!("select code from bank where starts_with(code, $1)", slug)
        .fetch_all(act.tx())
        .await?;
    let code = free_code(&slug, "", id, &taken);
    let found = findable(&code, &b.name_zh, &b.name_en, "");
    sqlx::query!(
        "insert into bank (id, code, name_zh, name_en, country, address, bic, search, pinyin)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id,
        code,
        b.name_zh,
        b.name_en,
        b.country,
        b.address,
        b.bic,
        search(&found.search, b),
        found.pinyin,
    )
    .execute(act.tx())
    .await
    .map_err(|error| {
        on_constraint(
            error,
            &[("bank_code_key", "name_zh", T::parties_name_taken)],
        )
    })?;
    Ok(code)
}

/// Names, spelling, and the code, which people type as often.
fn search(names: &str, b: &Bank) -> String {
    format!("{names}{} ", b.bic.to_lowercase())
}

pub(in crate::parties) async fn update_bank(
    act: &mut Act,
    id: Uuid,
    rev: i32,
    b: &Bank,
) -> Result<bool> {
    let code = sqlx::query_scalar!("select code from bank where id = $1", id)
        .fetch_one(act.tx())
        .await?;
    let found = findable(&code, &b.name_zh, &b.name_en, "");
    let saved = sqlx::query!(
        "update bank set name_zh = $3, name_en = $4, country = $5, address = $6, bic = $7, search = $8, pinyin = $9,
             version = version + 1
         where id = $1 and version = $2",
        id,
        rev,
        b.name_zh,
        b.name_en,
        b.country,
        b.address,
        b.bic,
        search(&found.search, b),
        found.pinyin,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

pub(in crate::parties) async fn archive_bank(
    act: &mut Act,
    id: Uuid,
    rev: i32,
    at: Option<DateTime<Utc>>,
) -> Result<bool> {
    let saved = sqlx::query!(
        "update bank set archived_at = $3, version = version + 1 where id = $1 and version = $2",
        id,
        rev,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// Our accounts in use that were taken from this bank.
pub(in crate::parties) async fn accounts_with(
    db: &mut PgConnection,
    bank: BankId,
) -> Result<Vec<(Uuid, String, String)>> {
    let rows = sqlx::query!(
        r#"select id, name, currency::text as "currency!" from bank_account
           where bank_card = $1 and archived_at is null order by name limit 100"#,
        bank.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, row.name, row.currency))
        .collect())
}

/// Banks with the same code, the same spelling or the same telling words.
pub(in crate::parties) async fn banks_alike(db: &mut PgConnection, b: &Bank) -> Result<Vec<Alike>> {
    let (spelled, telling) = name_keys(&b.name_zh, &b.name_en);
    let rows = sqlx::query!(
        "select code, name_zh, name_en from bank
         where ($1 <> '' and pinyin = $1) or (cardinality($2::text[]) > 0 and search like all($2))
             or ($3 <> '' and bic = $3)
         order by pinyin limit 8",
        spelled,
        &pinyin::patterns(&telling),
        b.bic,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Alike {
            href: format!("/banks/{}", row.code),
            name: row.name_zh,
            under: row.name_en,
        })
        .collect())
}
