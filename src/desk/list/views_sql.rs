//! Statements of the saved views of the order list.

use crate::base::By;
use crate::web::Result;
use sqlx::PgConnection;
use uuid::Uuid;

/// A view somebody keeps.
pub(in crate::desk) struct View {
    pub id: Uuid,
    pub name: String,
    pub query: String,
    pub shared: bool,
    pub own: bool,
}

/// Her own views and those shared within her department.
pub(in crate::desk) async fn views(db: &mut PgConnection, by: &By) -> Result<Vec<View>> {
    let department = by.staff().and_then(|staff| staff.department);
    Ok(sqlx::query_as!(
        View,
        r#"select v.id, v.name, v.query, v.shared, v.person = $1 as "own!" from saved_view v
           join person p on p.id = v.person
           where v.person = $1 or (v.shared and p.department = $2) order by v.person = $1 desc, v.at, v.id limit 40"#,
        by.person().map(|person| person.0),
        department.map(|department| department.0),
    )
    .fetch_all(db)
    .await?)
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
