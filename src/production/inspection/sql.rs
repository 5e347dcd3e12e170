//! Every statement of inspections, nothing else.

use super::stage::Stage;
use super::thing::{InspectionReport, Kind, Lot, Plan, Record, Refusal};
use crate::base::{FileId, LineId, PersonId};
use crate::orders::{Order, OrderAct};
use crate::production::aql::{self, Aql, Found, Level};
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Deserialize)]
struct LotRow {
    line: LineId,
    name: String,
    unit: String,
    ordered: Decimal,
    lot: u32,
    critical: Option<u32>,
    major: Option<u32>,
    minor: Option<u32>,
}

#[derive(Deserialize)]
struct FileRow {
    id: FileId,
    name: String,
}

struct Row {
    id: Uuid,
    number: i32,
    kind: String,
    stage: String,
    planned_on: NaiveDate,
    inspector: String,
    level: String,
    aql_major: String,
    aql_minor: String,
    note: String,
    planned_by: Uuid,
    done_on: Option<NaiveDate>,
    packed: Option<Decimal>,
    findings: String,
    countersigned: String,
    recorded_by: Option<Uuid>,
    verdict_words: String,
    waived_reason: String,
    since: DateTime<Utc>,
    version: i32,
    issue: Option<i32>,
    lots: serde_json::Value,
    files: serde_json::Value,
}

impl Row {
    #[expect(
        clippy::too_many_lines,
        reason = "the columns of one row, each decoded"
    )]
    fn report(self) -> Result<InspectionReport> {
        let id = self.id;
        let bad = |what: &str| Error::Broken(anyhow!("inspection {id}: unreadable {what}"));
        let level = Level::parse(&self.level).ok_or_else(|| bad("level"))?;
        let major = Aql::parse(&self.aql_major).ok_or_else(|| bad("limit"))?;
        let minor = Aql::parse(&self.aql_minor).ok_or_else(|| bad("limit"))?;
        let rows: Vec<LotRow> = serde_json::from_value(self.lots)?;
        let files: Vec<FileRow> = serde_json::from_value(self.files)?;
        let lots = rows
            .into_iter()
            .map(|row| {
                Ok(Lot {
                    sampling: aql::Inspection::of(row.lot, level, major, minor)
                        .ok_or_else(|| bad("lot"))?,
                    found: match (row.critical, row.major, row.minor) {
                        (Some(critical), Some(major), Some(minor)) => Some(Found {
                            critical,
                            major,
                            minor,
                        }),
                        _ => None,
                    },
                    line: row.line,
                    name: row.name,
                    unit: row.unit,
                    ordered: row.ordered,
                    lot: row.lot,
                })
            })
            .collect::<Result<Vec<Lot>>>()?;
        Ok(InspectionReport {
            id,
            number: self.number,
            kind: Kind::parse(&self.kind).ok_or_else(|| bad("kind"))?,
            stage: Stage::parse(&self.stage).ok_or_else(|| bad("stage"))?,
            planned_on: self.planned_on,
            inspector: self.inspector,
            note: self.note,
            planned_by: PersonId(self.planned_by),
            done_on: self.done_on,
            packed: self.packed,
            findings: self.findings,
            countersigned: self.countersigned,
            recorded_by: self.recorded_by.map(PersonId),
            verdict_words: self.verdict_words,
            waived_reason: self.waived_reason,
            since: self.since,
            version: self.version,
            files: files.into_iter().map(|file| (file.id, file.name)).collect(),
            issue: self.issue,
            level,
            major,
            minor,
            lots,
        })
    }
}

/// All inspections of the order, newest first; `number` picks one of them.
pub(super) async fn read(
    db: &mut PgConnection,
    order: &Order,
    number: Option<i32>,
) -> Result<Vec<InspectionReport>> {
    let (from, until) = number.map_or((0, i32::MAX), |number| (number, number));
    sqlx::query_as!(
        Row,
        r#"select r.id, r.number, r.kind, r.stage, r.planned_on, r.inspector, r.level, r.aql_major, r.aql_minor, r.note,
               r.planned_by, r.done_on, r.packed, r.findings, r.countersigned, r.recorded_by, r.verdict_words,
               r.waived_reason, r.since, r.version,
               (select i.number from issue i where i.inspection = r.id order by i.number limit 1) as issue,
               coalesce((select jsonb_agg(jsonb_build_object('line', t.order_line, 'name',
                       trim(l.item_no || ' ' || l.colour), 'unit', l.unit, 'ordered', l.quantity::text, 'lot', t.lot,
                       'critical', t.critical, 'major', t.major, 'minor', t.minor) order by l.pos)
                   from inspection_lot t join order_line l on l.id = t.order_line
                   where t.inspection = r.id), '[]') as "lots!",
               coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name) order by s.at, s.id)
                   from inspection_file f join stored_file s on s.id = f.file
                   where f.inspection = r.id), '[]') as "files!"
           from inspection_report r where r.order_id = $1 and r.number between $2 and $3
           order by r.number desc limit 200"#,
        order.id().0,
        from,
        until,
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(Row::report)
    .collect()
}

/// Writes it with the next number of the order; the order is locked by the act.
pub(super) async fn insert(act: &mut OrderAct, plan: &Plan) -> Result<i32> {
    let (order, at) = (act.order.id(), act.by.at);
    let person = act.by.person().ok_or(Error::SignIn)?;
    let id = crate::base::fresh(at);
    let number = sqlx::query_scalar!(
        r#"insert into inspection_report (id, order_id, number, kind, stage, planned_on, inspector, level, aql_major,
               aql_minor, note, planned_by, planned_at, since)
           select $1, $2, coalesce(max(r.number), 0) + 1, $3, 'planned', $4, $5, $6, $7, $8, $9, $10, $11, $11
           from inspection_report r where r.order_id = $2 returning number"#,
        id,
        order.0,
        plan.kind.code(),
        plan.planned_on,
        plan.inspector,
        plan.level.key(),
        plan.major.key(),
        plan.minor.key(),
        plan.note,
        person.0,
        at,
    )
    .fetch_one(act.tx())
    .await?;
    write_lots(act, id, plan).await?;
    Ok(number)
}

async fn write_lots(act: &mut OrderAct, id: Uuid, plan: &Plan) -> Result<()> {
    let order = act.order.id();
    let lines: Vec<Uuid> = plan.lots.iter().map(|(line, _)| line.0).collect();
    let lots: Vec<i32> = plan
        .lots
        .iter()
        .map(|(_, lot)| i32::try_from(*lot).unwrap_or(i32::MAX))
        .collect();
    sqlx::query!("delete from inspection_lot where inspection = $1", id)
        .execute(act.tx())
        .await?;
    sqlx::query!(
        "insert into inspection_lot (inspection, order_line, lot)
         select $1, l.id, t.lot from unnest($3::uuid[], $4::int[]) as t (line, lot)
         join order_line l on l.id = t.line and l.order_id = $2",
        id,
        order.0,
        &lines,
        &lots,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn rewrite(
    act: &mut OrderAct,
    report: &InspectionReport,
    plan: &Plan,
) -> Result<()> {
    sqlx::query!(
        "update inspection_report set kind = $2, planned_on = $3, inspector = $4, level = $5, aql_major = $6,
             aql_minor = $7, note = $8 where id = $1",
        report.id,
        plan.kind.code(),
        plan.planned_on,
        plan.inspector,
        plan.level.key(),
        plan.major.key(),
        plan.minor.key(),
        plan.note,
    )
    .execute(act.tx())
    .await?;
    write_lots(act, report.id, plan).await
}

/// Moves the stage where the version is still the one read; what the stage needs is written with it.
pub(super) async fn save_stage(
    act: &mut OrderAct,
    report: &InspectionReport,
    stage: Stage,
    (words, person): (&str, Option<PersonId>),
) -> Result<()> {
    let at = act.by.at;
    let waived = stage == Stage::Waived;
    let judged = matches!(stage, Stage::Passed | Stage::Failed | Stage::Pending);
    let saved = sqlx::query!(
        "update inspection_report set stage = $3, since = $4, version = version + 1,
             waived_by = case when $5 then $6::uuid end,
             waived_reason = case when $5 then $7 else '' end,
             judged_by = case when $8 then $6::uuid else judged_by end,
             verdict_words = case when $8 then $7 else verdict_words end
         where id = $1 and version = $2",
        report.id,
        report.version,
        stage.code(),
        at,
        waived,
        person.map(|id| id.0),
        words,
        judged,
    )
    .execute(act.tx())
    .await?;
    if saved.rows_affected() == 1 {
        Ok(())
    } else {
        Err(Refusal::Meanwhile {
            number: report.number,
        }
        .into())
    }
}

/// What was found in each lot, with the day and who recorded it.
#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub(super) async fn note_record(
    act: &mut OrderAct,
    id: Uuid,
    record: &Record,
    files: &[FileId],
) -> Result<()> {
    let person = act.by.person().map(|id| id.0);
    sqlx::query!(
        "update inspection_report set done_on = $2, packed = $3, findings = $4, countersigned = $5, recorded_by = $6
         where id = $1",
        id,
        record.done_on,
        record.packed,
        record.findings,
        record.countersigned,
        person,
    )
    .execute(act.tx())
    .await?;
    let lines: Vec<Uuid> = record.found.iter().map(|(line, _)| line.0).collect();
    let figure = |of: fn(&Found) -> u32| -> Vec<i32> {
        let found = record.found.iter().map(|(_, found)| of(found));
        found
            .map(|count| i32::try_from(count).unwrap_or(i32::MAX))
            .collect()
    };
    sqlx::query!(
        "update inspection_lot t set critical = f.critical, major = f.major, minor = f.minor
         from unnest($2::uuid[], $3::int[], $4::int[], $5::int[]) as f (line, critical, major, minor)
         where t.inspection = $1 and t.order_line = f.line",
        id,
        &lines,
        &figure(|found| found.critical),
        &figure(|found| found.major),
        &figure(|found| found.minor),
    )
    .execute(act.tx())
    .await?;
    let files: Vec<Uuid> = files.iter().map(|file| file.0).collect();
    sqlx::query!(
        "insert into inspection_file (inspection, file) select $1, f from unnest($2::uuid[]) as f",
        id,
        &files,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}
