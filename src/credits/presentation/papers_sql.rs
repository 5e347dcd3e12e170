//! The statements of a set's documents, and of what was said with the bank.

use super::set::{Maker, Paper};
use crate::orders::OrderAct;
use crate::web::{Error, Result};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn papers(db: &mut PgConnection, set: Uuid) -> Result<Vec<Paper>> {
    let rows = sqlx::query!(
        "select name, wording, maker, originals, copies, originals_present, copies_present, examined
         from presentation_paper where presentation = $1 order by pos limit 100",
        set
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Paper {
            maker: Maker::parse(&row.maker).unwrap_or(Maker::Other),
            name: row.name,
            wording: row.wording,
            originals: row.originals,
            copies: row.copies,
            originals_present: row.originals_present,
            copies_present: row.copies_present,
            examined: row.examined,
        })
        .collect())
}

/// Writes the whole list in place of the one before.
pub(super) async fn save_papers(act: &mut OrderAct, set: Uuid, papers: &[Paper]) -> Result<()> {
    sqlx::query!(
        "delete from presentation_paper where presentation = $1",
        set
    )
    .execute(act.tx())
    .await?;
    let text = |of: fn(&Paper) -> &str| -> Vec<String> {
        papers.iter().map(|paper| of(paper).to_owned()).collect()
    };
    let count = |of: fn(&Paper) -> i32| -> Vec<i32> { papers.iter().map(of).collect() };
    let examined: Vec<bool> = papers.iter().map(|paper| paper.examined).collect();
    sqlx::query!(
        "insert into presentation_paper (presentation, pos, name, wording, maker, originals, copies, originals_present,
             copies_present, examined)
         select $1, u.pos, u.name, u.wording, u.maker, u.originals, u.copies, u.there, u.copies_there, u.examined
         from unnest($2::text[], $3::text[], $4::text[], $5::int[], $6::int[], $7::int[], $8::int[], $9::bool[])
             with ordinality as u (name, wording, maker, originals, copies, there, copies_there, examined, pos)",
        set,
        &text(|paper| &paper.name),
        &text(|paper| &paper.wording),
        &text(|paper| paper.maker.code()),
        &count(|paper| paper.originals),
        &count(|paper| paper.copies),
        &count(|paper| paper.originals_present),
        &count(|paper| paper.copies_present),
        &examined,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_answer(
    act: &mut OrderAct,
    set: Uuid,
    step: &str,
    (on, words): (NaiveDate, &str),
) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "insert into presentation_answer (id, presentation, act, on_day, words, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        crate::base::fresh(at),
        set,
        step,
        on,
        words,
        person.0,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// What the bank said and what was answered, in its order.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub act: String,
    pub on_day: NaiveDate,
    pub words: String,
    pub recorded_at: DateTime<Utc>,
    pub name_zh: String,
    pub name_en: String,
}

pub(super) async fn answers(db: &mut PgConnection, set: Uuid) -> Result<Vec<Said>> {
    Ok(sqlx::query_as!(
        Said,
        "select a.act, a.on_day, a.words, a.recorded_at, p.name_zh, p.name_en
         from presentation_answer a join person p on p.id = a.recorded_by
         where a.presentation = $1 order by a.recorded_at, a.id limit 100",
        set
    )
    .fetch_all(db)
    .await?)
}
