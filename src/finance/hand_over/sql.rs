//! Every statement on hand-overs, but for the queue's.

use super::paper::Given;
use super::stage::Stage;
use super::{HandOver, Kind, Returned};
use crate::finance::export::Shipment;
use crate::orders::JointAct;
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::NaiveDate;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Deserialize)]
struct PaperRow {
    kind: String,
    on: NaiveDate,
    from: String,
    file: Option<Uuid>,
}

/// The hand-over of a shipment; expected where nothing of it is written.
pub(super) async fn find(db: &mut PgConnection, shipment: &Shipment) -> Result<HandOver> {
    let row = sqlx::query!(
        r#"select h.id, h.stage, h.missing_reason, h.sent_back_words, h.handed_over_at, h.taken_at, h.version,
               coalesce((select jsonb_agg(jsonb_build_object('kind', p.kind, 'on', p.returned_on, 'from', p.returned_from,
                   'file', p.file)) from hand_over_paper p where p.hand_over = h.id), '[]') as "papers!"
           from hand_over h where h.shipment = $1"#,
        shipment.id,
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else {
        return Ok(HandOver::expected());
    };
    let bad = |what: &str| Error::Broken(anyhow!("hand-over {}: unreadable {what}", row.id));
    let papers = serde_json::from_value::<Vec<PaperRow>>(row.papers)?
        .into_iter()
        .map(|paper| {
            Ok(Returned {
                kind: Kind::parse(&paper.kind).ok_or_else(|| bad("paper"))?,
                on: paper.on,
                from: paper.from,
                file: paper.file,
            })
        })
        .collect::<Result<Vec<Returned>>>()?;
    Ok(HandOver {
        id: Some(row.id),
        stage: Stage::parse(&row.stage).ok_or_else(|| bad("stage"))?,
        papers,
        missing_reason: row.missing_reason,
        sent_back_words: row.sent_back_words,
        handed_over_at: row.handed_over_at,
        taken_at: row.taken_at,
        version: row.version,
    })
}

/// Moves the stage; the first move writes the row.
pub(super) async fn save_stage(
    act: &mut JointAct,
    shipment: &Shipment,
    held: &HandOver,
    stage: Stage,
) -> Result<Uuid> {
    let at = act.by.at;
    let Some(id) = held.id else {
        let id = crate::base::fresh(at);
        sqlx::query!(
            "insert into hand_over (id, shipment, stage, stage_since) values ($1, $2, $3, $4)",
            id,
            shipment.id,
            stage.code(),
            at,
        )
        .execute(act.tx())
        .await?;
        return Ok(id);
    };
    sqlx::query!(
        "update hand_over set stage = $2, version = version + 1,
             stage_since = case when stage = $2 then stage_since else $3 end where id = $1",
        id,
        stage.code(),
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(id)
}

pub(super) async fn put_paper(
    act: &mut JointAct,
    id: Uuid,
    given: &Given,
    file: Option<Uuid>,
) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "insert into hand_over_paper (hand_over, kind, returned_on, returned_from, file, at, person)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (hand_over, kind) do update set returned_on = excluded.returned_on,
             returned_from = excluded.returned_from, file = coalesce(excluded.file, hand_over_paper.file),
             at = excluded.at, person = excluded.person",
        id,
        given.kind.code(),
        given.on,
        given.from,
        file,
        at,
        person.0,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_giving(act: &mut JointAct, id: Uuid, reason: &str) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "update hand_over set missing_reason = $2, sent_back_words = '', handed_over_at = $3, handed_over_by = $4
         where id = $1",
        id,
        reason,
        at,
        person.0,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn save_taken(act: &mut JointAct, held: &HandOver, stage: Stage) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    let id = held.id.ok_or(Error::NotFound)?;
    sqlx::query!(
        "update hand_over set stage = $2, taken_at = $3, taken_by = $4, stage_since = $3, version = version + 1
         where id = $1",
        id,
        stage.code(),
        at,
        person.0,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_words(act: &mut JointAct, id: Uuid, words: &str) -> Result<()> {
    sqlx::query!(
        "update hand_over set sent_back_words = $2 where id = $1",
        id,
        words
    )
    .execute(act.tx())
    .await?;
    Ok(())
}
