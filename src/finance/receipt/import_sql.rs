//! Statements on a bank's list on its way to becoming receipts.

use crate::base::{By, Currency, FileId};
use crate::history::Act;
use crate::web::{Error, Result};
use anyhow::anyhow;
use sqlx::PgConnection;
use std::collections::BTreeMap;
use uuid::Uuid;

#[derive(Clone, Debug)]
pub(super) struct Import {
    pub(super) id: Uuid,
    pub(super) account: Uuid,
    pub(super) account_name: String,
    pub(super) currency: Currency,
    pub(super) file: FileId,
    /// Name of the file.
    pub(super) name: String,
    pub(super) answers: BTreeMap<String, String>,
    pub(super) version: i32,
}

pub(super) async fn insert(act: &mut Act, account: Uuid, file: FileId) -> Result<Uuid> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    let id = crate::base::fresh(at);
    sqlx::query!(
        "insert into receipt_import (id, person, account, file, at) values ($1, $2, $3, $4, $5)",
        id,
        person.0,
        account,
        file.0,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(id)
}

/// A list of this person that has not become receipts; another's is not there for her.
pub(super) async fn find(db: &mut PgConnection, by: &By, id: &str) -> Result<Import> {
    let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    let person = by.person().ok_or(Error::SignIn)?;
    let row = sqlx::query!(
        r#"select i.id, i.account, b.name as account_name, b.currency::text as "currency!", i.file, f.name, i.answers, i.version
           from receipt_import i join bank_account b on b.id = i.account join stored_file f on f.id = i.file
           where i.id = $1 and i.person = $2 and i.taken_at is null for update of i"#,
        id,
        person.0,
    )
    .fetch_optional(db)
    .await?
    .ok_or(Error::NotFound)?;
    Ok(Import {
        currency: Currency::parse(&row.currency)
            .ok_or_else(|| Error::Broken(anyhow!("import {id}: unreadable currency")))?,
        id: row.id,
        account: row.account,
        account_name: row.account_name,
        file: FileId(row.file),
        name: row.name,
        answers: serde_json::from_value(row.answers)?,
        version: row.version,
    })
}

pub(super) async fn save(act: &mut Act, import: &Import) -> Result<()> {
    sqlx::query!(
        "update receipt_import set answers = $2, version = version + 1 where id = $1",
        import.id,
        serde_json::to_value(&import.answers)?,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn close(act: &mut Act, import: &Import) -> Result<()> {
    let at = act.by.at;
    sqlx::query!(
        "update receipt_import set taken_at = $2 where id = $1",
        import.id,
        at
    )
    .execute(act.tx())
    .await?;
    Ok(())
}
