//! Statements of the one-time links 一次性链接: invitation and new password.

use crate::base::PersonId;
use crate::web::Result;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// A link that has not been used and has not run out.
pub(super) struct OneTime {
    pub purpose: String,
    pub person: Option<PersonId>,
    pub name_zh: Option<String>,
    pub name_en: Option<String>,
    pub email: Option<String>,
}

pub(super) async fn find_link(
    db: &mut PgConnection,
    token_hash: &[u8],
    at: DateTime<Utc>,
) -> Result<Option<OneTime>> {
    let row = sqlx::query!(
        r#"select l.purpose, l.person, p.name_zh as "name_zh?", p.name_en as "name_en?", p.email as "email?"
           from one_time_link l left join person p on p.id = l.person and p.status <> 'disabled'
           where l.token_hash = $1 and l.used_at is null and l.expires_at > $2
             and (l.person is null or p.id is not null) for update of l"#,
        token_hash,
        at,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| OneTime {
        purpose: row.purpose,
        person: row.person.map(PersonId),
        name_zh: row.name_zh,
        name_en: row.name_en,
        email: row.email,
    }))
}

pub(super) async fn use_link(
    db: &mut PgConnection,
    token_hash: &[u8],
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update one_time_link set used_at = $2 where token_hash = $1",
        token_hash,
        at
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn make_link(
    db: &mut PgConnection,
    token_hash: &[u8],
    purpose: &str,
    person: Option<PersonId>,
    (at, expires_at): (DateTime<Utc>, DateTime<Utc>),
) -> Result<()> {
    // A new link takes the older ones of the same kind out of use.
    sqlx::query!(
        "update one_time_link set used_at = $3 where purpose = $1 and person is not distinct from $2 and used_at is null",
        purpose,
        person.map(|id| id.0),
        at,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into one_time_link (token_hash, purpose, person, created_at, expires_at) values ($1, $2, $3, $4, $5)",
        token_hash,
        purpose,
        person.map(|id| id.0),
        at,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}
