//! Statements on our own bank accounts.

use crate::base::{BankId, EntityId, T, pinyin};
use crate::history::Act;
use crate::parties::account::BankAccount;
use crate::records::Stored;
use crate::web::Result;
use crate::web::error::on_constraint;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// All accounts with whether they are archived, by name.
pub(in crate::parties) async fn accounts(
    db: &mut PgConnection,
) -> Result<Vec<(Uuid, bool, BankAccount)>> {
    let rows = sqlx::query!(
        r#"select id, name, currency::text as "currency!", bank, account, archived_at from bank_account
           order by archived_at is not null, name limit 100"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let account = BankAccount {
                name: row.name,
                currency: row.currency,
                bank: row.bank,
                account: row.account,
                ..BankAccount::default()
            };
            (row.id, row.archived_at.is_some(), account)
        })
        .collect())
}

pub(in crate::parties) async fn find_account(
    db: &mut PgConnection,
    id: Uuid,
) -> Result<Option<Stored<BankAccount>>> {
    let row = sqlx::query!(
        r#"select id, entity, name, currency::text as "currency!", beneficiary, bank_card, bank, bank_address, bic, account,
               archived_at, version
           from bank_account where id = $1"#,
        id,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Stored {
        id: row.id,
        code: row.id.to_string(),
        version: row.version,
        archived_at: row.archived_at,
        card: BankAccount {
            entity: Some(EntityId(row.entity)),
            name: row.name,
            currency: row.currency,
            beneficiary: row.beneficiary,
            bank_card: row.bank_card.map(BankId),
            bank: row.bank,
            bank_address: row.bank_address,
            bic: row.bic,
            account: row.account,
        },
    }))
}

fn at_its_field(error: sqlx::Error) -> crate::web::Error {
    on_constraint(
        error,
        &[
            ("bank_account_name_key", "name", |t| {
                t.parties_account_name_taken()
            }),
            ("bank_account_entity_fkey", "entity", T::records_choose),
            (
                "bank_account_bank_card_fkey",
                "bank_card",
                T::records_choose,
            ),
        ],
    )
}

fn search(a: &BankAccount) -> String {
    pinyin::search_text(&[&a.name, &a.bank, &a.currency, &a.bic])
}

pub(in crate::parties) async fn insert_account(
    act: &mut Act,
    id: Uuid,
    a: &BankAccount,
) -> Result<()> {
    sqlx::query!(
        "insert into bank_account (id, entity, name, currency, beneficiary, bank, bank_address, bic, account,
             bank_card, search)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        id,
        a.entity.unwrap_or(EntityId(Uuid::nil())).0,
        a.name,
        a.currency,
        a.beneficiary,
        a.bank,
        a.bank_address,
        a.bic,
        a.account,
        a.bank_card.map(|id| id.0),
        search(a),
    )
    .execute(act.tx())
    .await
    .map_err(at_its_field)?;
    Ok(())
}

pub(in crate::parties) async fn update_account(
    act: &mut Act,
    id: Uuid,
    rev: i32,
    a: &BankAccount,
) -> Result<bool> {
    let saved = sqlx::query!(
        "update bank_account set entity = $3, name = $4, currency = $5, beneficiary = $6, bank = $7, bank_address = $8,
             bic = $9, account = $10, bank_card = $11, search = $12, version = version + 1
         where id = $1 and version = $2",
        id,
        rev,
        a.entity.unwrap_or(EntityId(Uuid::nil())).0,
        a.name,
        a.currency,
        a.beneficiary,
        a.bank,
        a.bank_address,
        a.bic,
        a.account,
        a.bank_card.map(|id| id.0),
        search(a),
    )
    .execute(act.tx())
    .await
    .map_err(at_its_field)?;
    Ok(saved.rows_affected() == 1)
}

pub(in crate::parties) async fn archive_account(
    act: &mut Act,
    id: Uuid,
    rev: i32,
    at: Option<DateTime<Utc>>,
) -> Result<bool> {
    let saved = sqlx::query!(
        "update bank_account set archived_at = $3, version = version + 1 where id = $1 and version = $2",
        id,
        rev,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}
