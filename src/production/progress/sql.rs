//! Statements of the progress reports.

use super::report::{Done, Report, Stage};
use crate::base::{FileId, LineId};
use crate::orders::{Order, OrderAct};
use crate::web::{Error, Result};
use anyhow::anyhow;
use rust_decimal::Decimal;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Deserialize)]
struct LineRow {
    line: Uuid,
    stage: String,
    quantity: Decimal,
}

/// All reports of the order, newest first.
pub(in crate::production) async fn list_for(
    db: &mut PgConnection,
    order: &Order,
) -> Result<Vec<Report>> {
    let rows = sqlx::query!(
        r#"select r.id, r.number, r.on_day, r.expected_on, r.words, r.who, r.at,
               coalesce((select jsonb_agg(jsonb_build_object('line', l.order_line, 'stage', l.stage,
                   'quantity', l.quantity::text)) from progress_line l where l.report = r.id), '[]') as "done!",
               coalesce((select jsonb_agg(jsonb_build_array(s.id, s.name) order by s.id) from progress_photo f
                   join stored_file s on s.id = f.file where f.report = r.id), '[]') as "photos!"
           from progress_report r where r.order_id = $1 order by r.at desc, r.id desc limit 400"#,
        order.id().0,
    )
    .fetch_all(db)
    .await?;
    let mut reports = Vec::new();
    for row in rows {
        let lines: Vec<LineRow> = serde_json::from_value(row.done)?;
        let done = lines.into_iter().map(|line| {
            let stage = Stage::parse(&line.stage)
                .ok_or_else(|| Error::Broken(anyhow!("progress {}: unknown stage", row.id)))?;
            Ok(Done {
                line: LineId(line.line),
                stage,
                quantity: line.quantity.normalize(),
            })
        });
        reports.push(Report {
            number: row.number,
            on_day: row.on_day,
            expected_on: row.expected_on,
            words: row.words,
            who: row.who,
            at: row.at,
            done: done.collect::<Result<_>>()?,
            photos: serde_json::from_value(row.photos)?,
        });
    }
    Ok(reports)
}

/// Writes one report with its figures and photos.
#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub(super) async fn insert(
    act: &mut OrderAct,
    report: &Report,
    channel: &str,
    photos: &[FileId],
) -> Result<()> {
    let (order, at, person) = (act.order.id(), act.by.at, act.by.person());
    let id = crate::base::fresh(at);
    sqlx::query!(
        "insert into progress_report (id, order_id, number, on_day, expected_on, words, who, channel, at, person)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        id,
        order.0,
        report.number,
        report.on_day,
        report.expected_on,
        report.words,
        report.who,
        channel,
        at,
        person.map(|id| id.0),
    )
    .execute(act.tx())
    .await?;
    let lines: Vec<Uuid> = report.done.iter().map(|done| done.line.0).collect();
    let stages: Vec<String> = report
        .done
        .iter()
        .map(|done| done.stage.code().to_owned())
        .collect();
    let quantities: Vec<Decimal> = report.done.iter().map(|done| done.quantity).collect();
    sqlx::query!(
        "insert into progress_line (report, order_line, stage, quantity)
         select $1, l.line, l.stage, l.quantity from unnest($2::uuid[], $3::text[], $4::numeric[]) as l (line, stage, quantity)",
        id,
        &lines,
        &stages,
        &quantities,
    )
    .execute(act.tx())
    .await?;
    let files: Vec<Uuid> = photos.iter().map(|file| file.0).collect();
    sqlx::query!(
        "insert into progress_photo (report, file) select $1, f from unnest($2::uuid[]) as f",
        id,
        &files,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}
