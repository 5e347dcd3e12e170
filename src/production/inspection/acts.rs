//! The acts on an inspection without HTTP. A failed inspection of finished goods opens its issue in the same act.

use super::sql;
use super::stage::{Move, Stage};
use super::thing::{InspectionReport, Kind, Plan, Record, Refusal};
use crate::approvals::exception::{self, Basis};
use crate::base::{By, FileId, Party, T};
use crate::history::{Event, IssueEvent};
use crate::orders::{Order, OrderAct};
use crate::people::Deed;
use crate::production::issue::{self, Reported, Severity};
use crate::web::{Error, Result};
use sqlx::PgConnection;

/// The inspection as it stands inside this act.
pub async fn find(act: &mut OrderAct, number: i32) -> Result<InspectionReport> {
    let order = act.order.clone();
    sql::read(act.tx(), &order, Some(number))
        .await?
        .into_iter()
        .next()
        .ok_or(Error::NotFound)
}

async fn gate(act: &mut OrderAct, number: i32, step: Move) -> Result<(InspectionReport, Stage)> {
    let report = find(act, number).await?;
    act.must(step.deed())?;
    act.must_move()?;
    let stage = report.after(step)?;
    Ok((report, stage))
}

pub async fn plan(act: &mut OrderAct, plan: &Plan) -> Result<i32> {
    act.must(Deed::PlanInspection)?;
    act.must_move()?;
    if plan.kind == Kind::ReInspection {
        let order = act.order.clone();
        let all = sql::read(act.tx(), &order, None).await?;
        if !all.iter().any(|report| report.stage == Stage::Failed) {
            return Err(Refusal::NothingFailed.into());
        }
    }
    let number = sql::insert(act, plan).await?;
    act.happened(&Event::Issue(IssueEvent::InspectionPlanned {
        number,
        kind: plan.kind.code().to_owned(),
        on: plan.planned_on.to_string(),
    }))
    .await?;
    Ok(number)
}

/// The order has ended: nobody goes to look at goods that are not made.
pub async fn call_off(act: &mut OrderAct, reason: &str) -> Result<()> {
    let (order, person) = (act.order.clone(), act.by.person());
    for report in sql::read(act.tx(), &order, None).await? {
        let Ok(stage) = report.after(Move::CallOff) else {
            continue;
        };
        sql::save_stage(act, &report, stage, (reason, person)).await?;
        act.happened(&Event::Issue(IssueEvent::InspectionCalledOff {
            number: report.number,
            reason: reason.to_owned(),
        }))
        .await?;
    }
    Ok(())
}

pub async fn edit(act: &mut OrderAct, number: i32, plan: &Plan) -> Result<()> {
    let (report, stage) = gate(act, number, Move::Edit).await?;
    sql::rewrite(act, &report, plan).await?;
    let person = act.by.person();
    sql::save_stage(act, &report, stage, ("", person)).await?;
    act.happened(&Event::Issue(IssueEvent::InspectionChanged { number }))
        .await
}

/// What was found; whether it passes is judged after.
pub async fn record(
    act: &mut OrderAct,
    number: i32,
    record: &Record,
    files: &[FileId],
) -> Result<()> {
    let (report, stage) = gate(act, number, Move::Record).await?;
    sql::note_record(act, report.id, record, files).await?;
    let person = act.by.person();
    sql::save_stage(act, &report, stage, ("", person)).await?;
    let sum = |of: fn(&crate::production::aql::Found) -> u32| -> i64 {
        record
            .found
            .iter()
            .map(|(_, found)| i64::from(of(found)))
            .sum()
    };
    act.happened(&Event::Issue(IssueEvent::InspectionRecorded {
        number,
        critical: sum(|found| found.critical),
        major: sum(|found| found.major),
        minor: sum(|found| found.minor),
    }))
    .await
}

/// Passed, failed or left pending. What sampling rejects does not pass; answers the issue that a failure opens.
pub async fn judge(
    act: &mut OrderAct,
    number: i32,
    step: Move,
    words: &str,
) -> Result<Option<i32>> {
    let (report, stage) = gate(act, number, step).await?;
    if stage == Stage::Passed && !report.rejected().is_empty() {
        return Err(Refusal::SamplingRejects {
            lots: report.rejected_text(),
        }
        .into());
    }
    let person = act.by.person();
    sql::save_stage(act, &report, stage, (words, person)).await?;
    let words = words.to_owned();
    act.happened(&Event::Issue(match stage {
        Stage::Passed => IssueEvent::InspectionPassed { number, words },
        Stage::Failed => IssueEvent::InspectionFailed { number, words },
        _ => IssueEvent::InspectionLeftPending { number, words },
    }))
    .await?;
    if stage == Stage::Failed && report.kind.is_of_finished_goods() {
        return Ok(Some(open_issue(act, &report).await?));
    }
    Ok(None)
}

/// The issue of a failed inspection: the lots that failed, in the inspector's words.
async fn open_issue(act: &mut OrderAct, report: &InspectionReport) -> Result<i32> {
    let t = T(act.by.lang);
    let rejected = report.rejected();
    let lots = report
        .lots
        .iter()
        .filter(|lot| rejected.is_empty() || lot.is_rejected());
    let total = report.total();
    let reported = Reported {
        kind: issue::Kind::Quality,
        severity: Severity::Major,
        title: t.inspections_issue_title(report.number),
        impact: String::new(),
        from: Party::Us,
        who: report.inspector.clone(),
        channel: String::new(),
        due_at: None,
        inspection: Some(report.id),
        lines: lots.map(|lot| (lot.line, Some(lot.lot.into()))).collect(),
    };
    let mut words =
        t.inspections_issue_words(report.number, total.critical, total.major, total.minor);
    if !report.findings.is_empty() {
        words = format!("{words}\n{}", report.findings);
    }
    issue::acts::open(act, &reported, &words, &[]).await
}

/// A manager, never who planned or recorded it, lets the goods go without a pass.
pub async fn waive(act: &mut OrderAct, number: i32, reason: &str) -> Result<()> {
    let report = find(act, number).await?;
    let (by, order) = (act.by.clone(), act.order.clone());
    let basis = leave(act.tx(), &by, &order, &report).await?;
    act.must_move()?;
    let stage = report.after(Move::Waive)?;
    exception::spend(act, &[order], &basis).await?;
    let reason = &basis.reason(T(by.lang), reason);
    sql::save_stage(act, &report, stage, (reason, basis.person(&by))).await?;
    act.happened(&Event::Issue(IssueEvent::InspectionWaived {
        number,
        reason: reason.clone(),
    }))
    .await
}

/// In whose name an inspection is waived: the manager's own, or on what the manager granted.
pub(super) async fn leave(
    db: &mut PgConnection,
    by: &By,
    order: &Order,
    report: &InspectionReport,
) -> Result<Basis> {
    let asked = (exception::Kind::Inspection, report.id);
    let orders = std::slice::from_ref(order);
    exception::basis(db, by, orders, asked, report.hands()).await
}
