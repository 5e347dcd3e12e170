//! Statements on contacts.

use super::owner::{Held, OwnerRow};
use crate::base::ContactId;
use crate::history::Act;
use crate::parties::contact::Card;
use crate::parties::owner::{Owner, Side};
use crate::web::Result;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

pub(in crate::parties) type ContactRow = (ContactId, i32, bool, Card);

/// The contacts of a party, those in use first, in the order they were entered.
pub(in crate::parties) async fn contacts(
    db: &mut PgConnection,
    owner: &Owner,
    archived_too: bool,
) -> Result<Vec<ContactRow>> {
    let rows = sqlx::query!(
        "select id, version, archived_at, name, position, email, phone, channel, handle, lang from contact
         where (customer = $1 or factory = $2 or forwarder = $3) and ($4 or archived_at is null)
         order by archived_at is not null, id limit 100",
        owner.column(Side::Customer),
        owner.column(Side::Factory),
        owner.column(Side::Forwarder),
        archived_too,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let card = Card {
                name: row.name,
                position: row.position,
                email: row.email,
                phone: row.phone,
                channel: row.channel,
                handle: row.handle,
                lang: row.lang,
            };
            (
                ContactId(row.id),
                row.version,
                row.archived_at.is_some(),
                card,
            )
        })
        .collect())
}

pub(in crate::parties) async fn find_contact(
    db: &mut PgConnection,
    id: ContactId,
) -> Result<Option<Held<Card>>> {
    let row = sqlx::query!(
        r#"select c.customer, c.factory, c.forwarder, c.version, c.archived_at, c.name, c.position, c.email, c.phone,
               c.channel, c.handle, c.lang, u.salesperson as "salesperson?",
               coalesce(u.code, f.code, w.code) as owner_code, coalesce(u.name_en, f.name_zh, w.name_zh) as owner_name
           from contact c left join customer u on u.id = c.customer left join factory f on f.id = c.factory
               left join forwarder w on w.id = c.forwarder
           where c.id = $1"#,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Held {
        owner: OwnerRow {
            customer: row.customer,
            factory: row.factory,
            forwarder: row.forwarder,
            code: row.owner_code,
            name: row.owner_name,
            salesperson: row.salesperson,
        }
        .owner(),
        version: row.version,
        archived: row.archived_at.is_some(),
        card: Card {
            name: row.name,
            position: row.position,
            email: row.email,
            phone: row.phone,
            channel: row.channel,
            handle: row.handle,
            lang: row.lang,
        },
    }))
}

pub(in crate::parties) async fn insert_contact(
    act: &mut Act,
    id: ContactId,
    owner: &Owner,
    card: &Card,
) -> Result<()> {
    let or = |text: &str, other: &str| {
        if text.is_empty() {
            other.to_owned()
        } else {
            text.to_owned()
        }
    };
    sqlx::query!(
        "insert into contact (id, customer, factory, forwarder, name, position, email, phone, channel, handle, lang)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        id.0,
        owner.column(Side::Customer),
        owner.column(Side::Factory),
        owner.column(Side::Forwarder),
        card.name,
        card.position,
        card.email,
        card.phone,
        or(&card.channel, "email"),
        card.handle,
        or(&card.lang, "en"),
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(in crate::parties) async fn update_contact(
    act: &mut Act,
    id: ContactId,
    rev: i32,
    card: &Card,
) -> Result<bool> {
    let saved = sqlx::query!(
        "update contact set name = $3, position = $4, email = $5, phone = $6, channel = $7, handle = $8, lang = $9,
             version = version + 1
         where id = $1 and version = $2",
        id.0,
        rev,
        card.name,
        card.position,
        card.email,
        card.phone,
        card.channel,
        card.handle,
        card.lang,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

pub(in crate::parties) async fn archive_contact(
    act: &mut Act,
    id: ContactId,
    rev: i32,
    at: Option<DateTime<Utc>>,
) -> Result<bool> {
    let saved = sqlx::query!(
        "update contact set archived_at = $3, version = version + 1 where id = $1 and version = $2",
        id.0,
        rev,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}
