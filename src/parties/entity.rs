//! Legal entity 主体: who we are on paper.

use crate::base::EntityId;
use crate::web::Result;
use sqlx::{PgConnection, PgPool};

/// The name in the frame of every page: the first entity's.
pub async fn company_name(db: &PgPool) -> sqlx::Result<String> {
    let name = sqlx::query_scalar!(
        "select name_zh from legal_entity where archived_at is null order by id limit 1"
    )
    .fetch_optional(db)
    .await?;
    Ok(name.unwrap_or_default())
}

pub async fn insert(
    db: &mut PgConnection,
    id: EntityId,
    prefix: &str,
    (name_zh, name_en): (&str, &str),
) -> Result<()> {
    sqlx::query!(
        "insert into legal_entity (id, prefix, name_zh, name_en) values ($1, $2, $3, $4)",
        id.0,
        prefix,
        name_zh,
        name_en,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The company's first entity, made at set-up; the administrator fills in its letterhead later. Its prefix is the
/// first two Latin letters of its name.
pub async fn insert_first(db: &mut PgConnection, id: EntityId, names: (&str, &str)) -> Result<()> {
    let mut prefix: String = names
        .1
        .chars()
        .filter(char::is_ascii_alphabetic)
        .take(2)
        .collect::<String>()
        .to_ascii_uppercase();
    if prefix.is_empty() {
        prefix.push_str("GD");
    }
    insert(db, id, &prefix, names).await
}
