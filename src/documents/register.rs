//! The register of issued papers: what was printed where, so that a change knows which papers it makes stale.

use crate::base::{By, OrderId, PersonId};
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

/// A paper as the register shows it.
#[derive(Clone, Debug)]
pub struct Issued {
    pub id: uuid::Uuid,
    pub kind: String,
    pub number: String,
    pub revision: i32,
    pub issued_at: DateTime<Utc>,
    pub issued_by: Option<PersonId>,
    pub superseded_at: Option<DateTime<Utc>>,
    pub stale_since: Option<DateTime<Utc>>,
    /// What made it say what is no longer so.
    pub stale_by: String,
    pub overridden_at: Option<DateTime<Utc>>,
    pub override_reason: String,
}

impl Issued {
    /// It says what is no longer so, and nobody has let it go out in her name.
    pub fn is_barred(&self) -> bool {
        self.stale_since.is_some() && self.superseded_at.is_none() && self.overridden_at.is_none()
    }

    /// `HY26-0171-PI r2`
    pub fn name(&self) -> String {
        format!("{} r{}", self.number, self.revision)
    }
}

/// Papers of an order, newest first.
pub async fn papers(db: &mut PgConnection, order: OrderId) -> Result<Vec<Issued>> {
    let rows = sqlx::query!(
        "select id, kind, number, revision, issued_at, person, superseded_at, stale_since, stale_by, overridden_at,
             override_reason
         from issued_paper where order_id = $1 order by issued_at desc, id desc limit 300",
        order.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Issued {
            id: row.id,
            kind: row.kind,
            number: row.number,
            revision: row.revision,
            issued_at: row.issued_at,
            issued_by: row.person.map(PersonId),
            superseded_at: row.superseded_at,
            stale_since: row.stale_since,
            stale_by: row.stale_by.unwrap_or_default(),
            overridden_at: row.overridden_at,
            override_reason: row.override_reason,
        })
        .collect())
}

/// Papers in force that print one of these fields: what a change would make stale.
pub async fn printing(
    db: &mut PgConnection,
    order: OrderId,
    changed: &[String],
) -> Result<Vec<String>> {
    let rows = sqlx::query!(
        "select number, revision from issued_paper where order_id = $1 and fields ?| $2 and superseded_at is null
             and stale_since is null order by issued_at, id",
        order.0,
        changed,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| format!("{} r{}", row.number, row.revision))
        .collect())
}

/// A paper in force that was issued and says what is no longer so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    pub paper: String,
}

impl crate::web::Tell for Stale {
    fn tell(&self, t: crate::base::T) -> String {
        t.documents_stale(&self.paper)
    }
}

/// Asked before a paper is sent once more: refused while it is stale and no manager has let it out in her name.
pub async fn must_be_current(
    db: &mut PgConnection,
    order: OrderId,
    (kind, number, revision): (&str, &str, i32),
) -> Result<()> {
    let all = papers(db, order).await?;
    let barred = all.iter().any(|paper| {
        paper.kind == kind
            && paper.number == number
            && paper.revision == revision
            && paper.is_barred()
    });
    if barred {
        return Err(Stale {
            paper: format!("{number} r{revision}"),
        }
        .into());
    }
    Ok(())
}

/// A manager lets it out as it is, in her name and with her reason; the paper stays marked.
pub async fn override_stale(
    db: &mut PgConnection,
    order: OrderId,
    paper: uuid::Uuid,
    (person, at): (Option<PersonId>, DateTime<Utc>),
    reason: &str,
) -> Result<bool> {
    let done = sqlx::query!(
        "update issued_paper set overridden_at = $3, overridden_by = $4, override_reason = $5
         where order_id = $1 and id = $2 and stale_since is not null and overridden_at is null and superseded_at is null",
        order.0,
        paper,
        at,
        person.map(|id| id.0),
        reason,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
