//! Statements of the saved views of the order list.

use crate::base::By;
use crate::web::Result;
use sqlx::PgConnection;
use uuid::Uuid;

/// A view somebody keeps.
#[derive(Debug, serde::Deserialize)]
pub(in crate::desk) struct View {
    pub id: Uuid,
    pub name: String,
    pub query: String,
    pub shared: bool,
    pub own: bool,
}

pub(in crate::desk) async fn keep_view(
    db: &mut PgConnection,
    by: &By,
    name: &str,
    (query, shared): (&str, bool),
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into saved_view (id, person, name, query, shared, at) values ($1, $2, $3, $4, $5, $6)",
        crate::base::fresh(by.at),
        by.person().map(|person| person.0),
        name,
        query,
        shared,
        by.at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Only her own; answers whether there was one.
pub(in crate::desk) async fn drop_view(db: &mut PgConnection, by: &By, id: Uuid) -> Result<bool> {
    let gone = sqlx::query!(
        "delete from saved_view where id = $1 and person = $2",
        id,
        by.person().map(|person| person.0),
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected() == 1)
}
