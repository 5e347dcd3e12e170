//! Statements on payees' accounts.

use super::owner::{Held, OwnerRow};
use crate::history::Act;
use crate::parties::owner::{Owner, Side};
use crate::parties::payee::Payee;
use crate::web::Result;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

pub(in crate::parties) async fn payees(
    db: &mut PgConnection,
    owner: &Owner,
) -> Result<Vec<(Uuid, bool, Payee)>> {
    let rows = sqlx::query!(
        r#"select id, archived_at, holder, bank, bic, account, currency::text as "currency!" from payee_account
           where factory = $1 or forwarder = $2 order by archived_at is not null, id limit 100"#,
        owner.column(Side::Factory),
        owner.column(Side::Forwarder),
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let payee = Payee {
                holder: row.holder,
                bank: row.bank,
                bic: row.bic,
                account: row.account,
                currency: row.currency,
            };
            (row.id, row.archived_at.is_some(), payee)
        })
        .collect())
}

pub(in crate::parties) async fn find_payee(
    db: &mut PgConnection,
    id: Uuid,
) -> Result<Option<Held<Payee>>> {
    let row = sqlx::query!(
        r#"select p.factory, p.forwarder, p.version, p.archived_at, p.holder, p.bank, p.bic, p.account,
               p.currency::text as "currency!", coalesce(f.code, w.code) as owner_code,
               coalesce(f.name_zh, w.name_zh) as owner_name
           from payee_account p left join factory f on f.id = p.factory left join forwarder w on w.id = p.forwarder
           where p.id = $1"#,
        id,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Held {
        owner: OwnerRow {
            customer: None,
            factory: row.factory,
            forwarder: row.forwarder,
            code: row.owner_code,
            name: row.owner_name,
            salesperson: None,
        }
        .owner(),
        version: row.version,
        archived: row.archived_at.is_some(),
        card: Payee {
            holder: row.holder,
            bank: row.bank,
            bic: row.bic,
            account: row.account,
            currency: row.currency,
        },
    }))
}

pub(in crate::parties) async fn insert_payee(
    act: &mut Act,
    id: Uuid,
    owner: &Owner,
    p: &Payee,
) -> Result<()> {
    sqlx::query!(
        "insert into payee_account (id, factory, forwarder, holder, bank, bic, account, currency)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id,
        owner.column(Side::Factory),
        owner.column(Side::Forwarder),
        p.holder,
        p.bank,
        p.bic,
        p.account,
        p.currency,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(in crate::parties) async fn update_payee(
    act: &mut Act,
    id: Uuid,
    rev: i32,
    p: &Payee,
) -> Result<bool> {
    let saved = sqlx::query!(
        "update payee_account set holder = $3, bank = $4, bic = $5, account = $6, currency = $7, version = version + 1
         where id = $1 and version = $2",
        id,
        rev,
        p.holder,
        p.bank,
        p.bic,
        p.account,
        p.currency,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

pub(in crate::parties) async fn archive_payee(
    act: &mut Act,
    id: Uuid,
    rev: i32,
    at: Option<DateTime<Utc>>,
) -> Result<bool> {
    let saved = sqlx::query!(
        "update payee_account set archived_at = $3, version = version + 1 where id = $1 and version = $2",
        id,
        rev,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}
