//! Statements of the acts on a paper: its stage, what was frozen, said, agreed.

use super::content::Content;
use super::counter::Counter;
use super::paper::{Answered, Given, Issued, ProductionOrder};
use super::stage::Stage;
use crate::base::{PersonId, RelayId};
use crate::orders::OrderAct;
use crate::web::{Error, Result};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use uuid::Uuid;

/// Moves the stage where the version is still the one read.
pub(super) async fn save_stage(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    stage: Stage,
) -> Result<()> {
    let at = act.by.at;
    let saved = sqlx::query!(
        "update production_order set stage = $3, since = $4, version = version + 1 where id = $1 and version = $2",
        paper.id.0,
        paper.version,
        stage.code(),
        at,
    )
    .execute(act.tx())
    .await?;
    if saved.rows_affected() == 1 {
        Ok(())
    } else {
        Err(Error::Stale(Box::default()))
    }
}

/// Freezes what the paper prints, with whom it went to and the relay that carries it.
pub(super) async fn note_issue(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    content: &Content,
    issued: &Issued,
    relay: RelayId,
) -> Result<()> {
    sqlx::query!(
        "update production_order set content = $2, content_hash = $3, issued_at = $4, issued_to = $5, issued_channel = $6,
             relay = $7 where id = $1",
        paper.id.0,
        serde_json::to_value(content)?,
        content.hash()?,
        issued.at,
        issued.to,
        issued.channel,
        relay.0,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_override(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    (reason, person): (&str, PersonId),
) -> Result<()> {
    let at = act.by.at;
    sqlx::query!(
        "update production_order set override_reason = $2, override_by = $3, override_at = $4, version = version + 1
         where id = $1",
        paper.id.0,
        reason,
        person.0,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// The manager's yes to the terms of one proforma invoice.
pub(super) async fn note_terms(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    hash: &[u8],
) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "update production_order set terms_hash = $2, terms_by = $3, terms_at = $4, version = version + 1 where id = $1",
        paper.id.0,
        hash,
        person.0,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// The manager's yes to a revision that is dearer or later than the one in force.
pub(super) async fn note_approval(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    hash: &[u8],
) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "update production_order set approved_hash = $2, approved_by = $3, approved_at = $4, version = version + 1
         where id = $1",
        paper.id.0,
        hash,
        person.0,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// The factory's answer with what it proposes instead, if anything.
pub(super) async fn note_answer(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    answer: &Answered,
    counter: Option<&Counter>,
) -> Result<()> {
    let (value, hash) = match counter {
        Some(counter) => (Some(serde_json::to_value(counter)?), Some(counter.hash()?)),
        None => (None, None),
    };
    sqlx::query!(
        "update production_order set answered_at = $2, answered_by = $3, answered_channel = $4, answer_words = $5,
             evidence = $6, counter = $7, counter_hash = $8 where id = $1",
        paper.id.0,
        answer.at,
        answer.by,
        answer.channel,
        answer.words,
        answer.evidence,
        value,
        hash,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// The day that was agreed with the factory.
pub(super) async fn note_day(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    day: Option<NaiveDate>,
) -> Result<()> {
    sqlx::query!(
        "update production_order set delivery_on = $2 where id = $1",
        paper.id.0,
        day,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// What is ready of each line.
pub(super) async fn note_ready(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    lines: &[Given],
) -> Result<()> {
    let of: Vec<Uuid> = lines.iter().map(|given| given.line.0).collect();
    let ready: Vec<Option<Decimal>> = lines.iter().map(|given| given.ready).collect();
    sqlx::query!(
        "update production_order_line l set ready = r.ready
         from unnest($2::uuid[], $3::numeric[]) as r (line, ready)
         where l.production_order = $1 and l.order_line = r.line",
        paper.id.0,
        &of,
        &ready as &[Option<Decimal>],
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_void(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    reason: &str,
) -> Result<()> {
    sqlx::query!(
        "update production_order set void_reason = $2 where id = $1",
        paper.id.0,
        reason,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// The day the factory now expects the goods.
pub(in crate::production) async fn note_expected(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    day: NaiveDate,
) -> Result<()> {
    sqlx::query!(
        "update production_order set expected_on = $2 where id = $1",
        paper.id.0,
        day,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}
