//! Every statement of the verdict.

use super::rule::{Point, Verdict};
use crate::base::{FileId, SampleNoteId};
use crate::orders::{Order, OrderAct};
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// What the customer said of one point.
#[derive(Clone, Debug)]
pub struct Said {
    pub note: Uuid,
    pub point: Point,
    pub verdict: Verdict,
    pub words: String,
    pub by: String,
    pub channel: String,
    pub on: NaiveDate,
    pub carried: bool,
}

/// Everything the customer said of the samples of this order.
pub(in crate::samples) async fn verdicts(
    db: &mut PgConnection,
    order: &Order,
) -> Result<Vec<Said>> {
    let rows = sqlx::query!(
        "select v.note, v.point, v.verdict, v.words, v.given_by, v.channel, v.given_on, v.carried_at
         from sample_verdict v join sample_note n on n.id = v.note where n.order_id = $1
         order by v.note, v.point <> 'overall', v.point",
        order.id().0,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let bad = || Error::Broken(anyhow!("verdict on {}: unreadable", row.note));
            Ok(Said {
                note: row.note,
                point: Point::parse(&row.point).ok_or_else(bad)?,
                verdict: Verdict::parse(&row.verdict).ok_or_else(bad)?,
                words: row.words.clone(),
                by: row.given_by.clone(),
                channel: row.channel.clone(),
                on: row.given_on,
                carried: row.carried_at.is_some(),
            })
        })
        .collect()
}

/// Writes one point; a comment is carried into the order in the same act.
pub(in crate::samples) async fn say(
    act: &mut OrderAct,
    note: SampleNoteId,
    said: &Said,
    evidence: Option<FileId>,
) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "insert into sample_verdict (note, point, verdict, words, given_by, channel, given_on, evidence, carried_at, at,
             person)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        note.0,
        said.point.code(),
        said.verdict.code(),
        said.words,
        said.by,
        said.channel,
        said.on,
        evidence.map(|id| id.0),
        said.carried.then_some(at),
        at,
        person.0,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}
