//! The register of issued papers: what was printed where, so that a change knows which papers it makes stale.

use crate::base::{By, OrderId};
use crate::web::Result;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// A paper at the moment it leaves the house.
#[derive(Clone, Debug)]
pub struct Paper {
    pub kind: &'static str,
    pub number: String,
    pub revision: i32,
    /// Printed fields as paths with their values.
    pub fields: Vec<(String, String)>,
}

pub async fn issue(db: &mut PgConnection, order: OrderId, by: &By, paper: &Paper) -> Result<()> {
    let fields: serde_json::Map<String, serde_json::Value> = paper
        .fields
        .iter()
        .map(|(path, value)| (path.clone(), value.clone().into()))
        .collect();
    sqlx::query!(
        "insert into issued_paper (id, order_id, kind, number, revision, fields, issued_at, person)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        crate::base::fresh(by.at),
        order.0,
        paper.kind,
        paper.number,
        paper.revision,
        serde_json::Value::Object(fields),
        by.at,
        by.person().map(|id| id.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A newer revision is in force.
pub async fn supersede(
    db: &mut PgConnection,
    order: OrderId,
    kind: &str,
    revision: i32,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update issued_paper set superseded_at = $4 where order_id = $1 and kind = $2 and revision = $3
             and superseded_at is null",
        order.0,
        kind,
        revision,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The same of one paper by its number, where an order has several of a kind.
pub async fn supersede_paper(
    db: &mut PgConnection,
    order: OrderId,
    (kind, number): (&str, &str),
    revision: i32,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update issued_paper set superseded_at = $5 where order_id = $1 and kind = $2 and number = $3
             and revision = $4 and superseded_at is null",
        order.0,
        kind,
        number,
        revision,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Marks every paper in force that prints one of the changed fields; answers their numbers.
pub async fn mark_stale(
    db: &mut PgConnection,
    order: OrderId,
    changed: &[String],
    by_what: &str,
    at: DateTime<Utc>,
) -> Result<Vec<String>> {
    let rows = sqlx::query!(
        "update issued_paper set stale_since = $4, stale_by = $3
         where order_id = $1 and fields ?| $2 and superseded_at is null and stale_since is null
         returning number, revision",
        order.0,
        changed,
        by_what,
        at,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| format!("{} r{}", row.number, row.revision))
        .collect())
}
