//! What the order reads of production issues 生产异常, change orders 变更单 and inspections 验货.

use super::super::open_items::{ItemKind, OpenItem, item};
use crate::base::calendar::Calendar;
use crate::base::{OrderId, Party, PersonId};
use crate::orders::Facts;
use crate::orders::lifecycle::Step;
use crate::web::Result;
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::PgConnection;

#[derive(Clone, Debug, Default)]
pub struct IssueFacts {
    /// Issues that are neither closed nor dropped; a claim 索赔 does not touch production and is not counted.
    pub open_issues: i64,
    /// Change orders that are raised and have lines the factory has not acknowledged, or wait for another answer.
    pub open_changes: i64,
    /// The newest final inspection or re-inspection is passed or waived.
    pub inspected: bool,
    pub issues: Vec<OpenIssue>,
    pub changes: Vec<OpenChange>,
    /// Orders to factories that say what a change order made untrue, by number of the change.
    pub unrevised: Vec<Unrevised>,
    pub inspections: Vec<OpenInspection>,
    /// A final inspection is planned or made.
    pub final_planned: bool,
}

#[derive(Clone, Debug, Deserialize)]
pub struct OpenIssue {
    pub number: i32,
    pub claim: bool,
    pub line_stop: bool,
    pub stage: String,
    pub title: String,
    pub since: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    /// When the customer last said something since the issue came to this stage.
    pub answered_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct OpenChange {
    pub number: i32,
    pub raised_by: PersonId,
    /// The manager's, the customer's, the factory's answer is still missing.
    pub manager: bool,
    pub customer: bool,
    pub factory: bool,
    pub since: DateTime<Utc>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Unrevised {
    pub change: i32,
    pub production: i32,
    pub since: DateTime<Utc>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct OpenInspection {
    pub number: i32,
    pub stage: String,
    pub planned_on: NaiveDate,
    pub since: DateTime<Utc>,
    /// A later one of the goods is planned already.
    pub followed: bool,
}

#[expect(
    clippy::too_many_lines,
    reason = "mostly one statement and its columns"
)]
pub(in crate::orders) async fn load(db: &mut PgConnection, order: OrderId) -> Result<IssueFacts> {
    let row = sqlx::query!(
        r#"select
               coalesce((select jsonb_agg(jsonb_build_object('number', i.number, 'claim', i.kind = 'claim',
                       'line_stop', i.severity = 'line_stop', 'stage', i.stage, 'title', i.title, 'since', i.since,
                       'due_at', i.due_at, 'answered_at', (select max(m.at) from issue_message m where m.issue = i.id
                           and m.from_side = 'customer' and m.at >= i.since)) order by i.number)
                   from issue i where i.order_id = $1 and i.stage not in ('closed', 'dropped')), '[]') as "issues!",
               coalesce((select jsonb_agg(jsonb_build_object('number', c.number, 'raised_by', c.raised_by,
                       'manager', c.asks_manager and c.approved_at is null,
                       'customer', c.asks_customer and c.agreed_at is null,
                       'factory', exists (select from change_order_line k where k.change_order = c.id
                           and k.acknowledged_at is null), 'since', c.since) order by c.number)
                   from change_order c where c.order_id = $1 and c.stage = 'raised'), '[]') as "changes!",
               coalesce((select jsonb_agg(jsonb_build_object('change', c.number, 'production', w.production_number,
                       'since', c.ended_at) order by c.number, w.production_number)
                   from change_order c join change_order_production w on w.change_order = c.id
                   where c.order_id = $1 and c.stage = 'applied' and not exists (
                       select from production_order p where p.order_id = $1 and p.number = w.production_number
                           and (p.revision > w.revision and p.stage <> 'draft' or p.stage = 'void'
                               and p.revision = w.revision))), '[]') as "unrevised!",
               coalesce((select jsonb_agg(jsonb_build_object('number', r.number, 'stage', r.stage,
                       'planned_on', r.planned_on, 'since', r.since, 'followed', exists (
                           select from inspection_report n where n.order_id = $1 and n.number > r.number
                               and n.kind <> 'inline')) order by r.number)
                   from inspection_report r where r.order_id = $1 and (r.stage in ('planned', 'done', 'pending')
                       or r.stage = 'failed' and r.kind <> 'inline')), '[]') as "inspections!",
               exists (select from inspection_report r where r.order_id = $1
                   and r.kind in ('final', 'third_party')) as "final_planned!",
               order_inspected($1, null) as "inspected!""#,
        order.0,
    )
    .fetch_one(db)
    .await?;
    let issues: Vec<OpenIssue> = serde_json::from_value(row.issues)?;
    let changes: Vec<OpenChange> = serde_json::from_value(row.changes)?;
    let count = |many: usize| i64::try_from(many).unwrap_or(i64::MAX);
    Ok(IssueFacts {
        open_issues: count(issues.iter().filter(|issue| !issue.claim).count()),
        open_changes: count(changes.len()),
        inspected: row.inspected,
        final_planned: row.final_planned,
        unrevised: serde_json::from_value(row.unrevised)?,
        inspections: serde_json::from_value(row.inspections)?,
        issues,
        changes,
    })
}

/// What stands open on this desk.
#[expect(
    clippy::too_many_lines,
    reason = "the kinds of items one after another"
)]
pub(in crate::orders) fn items(facts: &Facts, calendar: &Calendar, items: &mut Vec<OpenItem>) {
    for issue in &facts.issues.issues {
        items.push(of_issue(facts, calendar, issue));
        if issue.line_stop
            && matches!(
                issue.stage.as_str(),
                "reported" | "with_sales" | "with_customer"
            )
        {
            items.push(stopped(facts, issue));
        }
    }
    for change in &facts.issues.changes {
        of_change(facts, calendar, change, items);
    }
    for unrevised in &facts.issues.unrevised {
        let due = calendar.after_days(unrevised.since, 1);
        items.push(OpenItem {
            subject: unrevised.production.to_string(),
            quoted: unrevised.change.to_string(),
            ..item(
                facts,
                Step::ProductionOrder,
                ItemKind::ReviseProduction,
                Party::Us,
                (unrevised.since, due),
            )
        });
    }
    // One order to a factory is revised once, whatever number of changes ask for it.
    let mut seen = Vec::new();
    items.retain(|item| {
        let twice = item.kind == ItemKind::ReviseProduction && seen.contains(&item.subject);
        if item.kind == ItemKind::ReviseProduction {
            seen.push(item.subject.clone());
        }
        !twice
    });
    for inspection in &facts.issues.inspections {
        items.extend(of_inspection(facts, calendar, inspection));
    }
    if facts.latches.step() == Step::Production && !facts.issues.final_planned {
        let since = facts.order.step_since;
        items.push(item(
            facts,
            Step::Production,
            ItemKind::PlanInspection,
            Party::Us,
            (since, plan_due(facts, calendar, since)),
        ));
    }
}

/// Ten days before the goods are due to leave, never earlier than three working days after production began.
fn plan_due(facts: &Facts, calendar: &Calendar, since: DateTime<Utc>) -> DateTime<Utc> {
    let soonest = calendar.after_days(since, 3);
    facts
        .order
        .delivery_on
        .and_then(|day| day.checked_sub_days(Days::new(10)))
        .map_or(soonest, |day| {
            calendar.end_of(calendar.on_or_before(day)).max(soonest)
        })
}

/// What is owed about a claim stands on the last step: production is over.
fn step(issue: &OpenIssue) -> Step {
    if issue.claim {
        Step::Settlement
    } else {
        Step::Production
    }
}

fn of_issue(facts: &Facts, calendar: &Calendar, issue: &OpenIssue) -> OpenItem {
    let (kind, waiting, sells) = match issue.stage.as_str() {
        "reported" => (ItemKind::HandIssueOn, Party::Us, false),
        "with_sales" => (ItemKind::AnswerIssue, Party::Us, true),
        // What the customer said is on file: now it is ours to agree what becomes of it.
        "with_customer" if issue.answered_at.is_some() => (ItemKind::AnswerIssue, Party::Us, true),
        "with_customer" => (ItemKind::AwaitIssueAnswer, Party::Customer, true),
        "agreed" => (ItemKind::ConveyIssue, Party::Us, false),
        "conveyed" => (ItemKind::AcknowledgeIssue, Party::Factory, false),
        "acknowledged" => (ItemKind::ResolveIssue, Party::Us, false),
        _ => (ItemKind::CloseIssue, Party::Us, false),
    };
    let wants_a_result = matches!(
        kind,
        ItemKind::HandIssueOn | ItemKind::AnswerIssue | ItemKind::AwaitIssueAnswer
    );
    // Each stage has a working day; a result is wanted by the issue's own time.
    let since = match issue.answered_at {
        Some(at) if issue.stage == "with_customer" => at,
        _ => issue.since,
    };
    let day = calendar.after_days(since, 1);
    let due = if wants_a_result {
        day.min(issue.due_at)
    } else {
        day
    };
    OpenItem {
        subject: issue.number.to_string(),
        quoted: issue.title.clone(),
        owner: if sells {
            facts.order.salesperson
        } else {
            facts.order.operator
        },
        problem: wants_a_result,
        ..item(facts, step(issue), kind, waiting, (since, due))
    }
}

/// A line that stands still is the manager's at once.
fn stopped(facts: &Facts, issue: &OpenIssue) -> OpenItem {
    OpenItem {
        subject: issue.number.to_string(),
        quoted: issue.title.clone(),
        problem: true,
        ..item(
            facts,
            step(issue),
            ItemKind::LineStopped,
            Party::Manager,
            (issue.since, issue.due_at),
        )
    }
}

/// One item for each answer that is missing, and the last step when none is.
fn of_change(facts: &Facts, calendar: &Calendar, change: &OpenChange, items: &mut Vec<OpenItem>) {
    let mut push = |kind: ItemKind, waiting: Party, due: DateTime<Utc>| {
        items.push(OpenItem {
            subject: change.number.to_string(),
            ..item(facts, Step::Production, kind, waiting, (change.since, due))
        });
    };
    let day = calendar.after_days(change.since, 1);
    if change.manager {
        push(
            ItemKind::DecideChange,
            Party::Manager,
            calendar.after_hours(change.since, 4),
        );
    }
    if change.customer {
        push(
            ItemKind::AgreeChange,
            Party::Customer,
            calendar.after_days(change.since, 3),
        );
    }
    if change.factory {
        push(ItemKind::AcknowledgeChange, Party::Factory, day);
    }
    if !(change.manager || change.customer || change.factory) {
        push(ItemKind::ApplyChange, Party::Us, day);
    }
}

fn of_inspection(
    facts: &Facts,
    calendar: &Calendar,
    inspection: &OpenInspection,
) -> Option<OpenItem> {
    let (kind, due) = match inspection.stage.as_str() {
        "planned" => (
            ItemKind::RecordInspection,
            calendar.end_of(inspection.planned_on),
        ),
        "done" => (
            ItemKind::JudgeInspection,
            calendar.after_days(inspection.since, 1),
        ),
        "pending" => (
            ItemKind::JudgeInspection,
            calendar.after_days(inspection.since, 3),
        ),
        _ if inspection.followed => return None,
        _ => (
            ItemKind::InspectAgain,
            calendar.after_days(inspection.since, 2),
        ),
    };
    Some(OpenItem {
        subject: inspection.number.to_string(),
        problem: kind == ItemKind::InspectAgain,
        ..item(
            facts,
            Step::Production,
            kind,
            Party::Us,
            (inspection.since, due),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::blockers::Blocker;
    use crate::orders::lifecycle::blockers;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn calendar() -> Calendar {
        Calendar::new(chrono_tz::Asia::Shanghai, [])
    }

    fn issue(stage: &str, line_stop: bool) -> OpenIssue {
        OpenIssue {
            number: 4,
            claim: false,
            line_stop,
            stage: stage.into(),
            title: "B 缸色差".into(),
            since: at("2026-11-23T01:00:00Z"),
            due_at: at("2026-11-23T05:00:00Z"),
            answered_at: None,
        }
    }

    fn kinds(facts: &Facts) -> Vec<(ItemKind, Party, bool)> {
        let mut found = Vec::new();
        items(facts, &calendar(), &mut found);
        found
            .iter()
            .map(|item| (item.kind, item.waiting, item.problem))
            .collect()
    }

    #[test]
    fn a_stopped_line_is_the_managers_until_there_is_a_result() {
        let mut facts = Facts::default();
        facts.issues.issues.push(issue("with_sales", true));
        assert_eq!(
            kinds(&facts),
            [
                (ItemKind::AnswerIssue, Party::Us, true),
                (ItemKind::LineStopped, Party::Manager, true)
            ]
        );
        facts.issues.issues = vec![issue("agreed", true)];
        assert_eq!(kinds(&facts), [(ItemKind::ConveyIssue, Party::Us, false)]);
    }

    #[test]
    fn what_the_customer_said_to_an_issue_makes_it_ours_again() {
        let mut facts = Facts::default();
        let mut asked = issue("with_customer", false);
        facts.issues.issues.push(asked.clone());
        let awaited = (ItemKind::AwaitIssueAnswer, Party::Customer, true);
        assert_eq!(kinds(&facts), [awaited]);
        asked.answered_at = Some(at("2026-11-24T01:00:00Z"));
        facts.issues.issues = vec![asked];
        assert_eq!(kinds(&facts), [(ItemKind::AnswerIssue, Party::Us, true)]);
    }

    #[test]
    fn every_open_stage_of_an_issue_is_somebodys_move() {
        for stage in [
            "reported",
            "with_sales",
            "with_customer",
            "agreed",
            "conveyed",
            "acknowledged",
            "resolved",
        ] {
            let mut facts = Facts::default();
            facts.issues.issues.push(issue(stage, false));
            assert_eq!(kinds(&facts).len(), 1, "{stage}");
        }
    }

    #[test]
    fn a_change_waits_for_each_missing_answer_and_then_for_us() {
        let mut change = OpenChange {
            number: 1,
            raised_by: PersonId(uuid::Uuid::nil()),
            manager: true,
            customer: true,
            factory: true,
            since: at("2026-11-23T01:00:00Z"),
        };
        let mut facts = Facts::default();
        facts.issues.changes = vec![change.clone()];
        assert_eq!(kinds(&facts).len(), 3);
        (change.manager, change.customer, change.factory) = (false, false, false);
        facts.issues.changes = vec![change];
        assert_eq!(kinds(&facts), [(ItemKind::ApplyChange, Party::Us, false)]);
    }

    #[test]
    fn production_is_left_only_without_open_issue_and_open_change() {
        let mut facts = Facts::default();
        facts.issues.open_issues = 1;
        facts.issues.open_changes = 1;
        let found = blockers(Step::Production, &facts);
        assert!(found.contains(&Blocker::IssueOpen));
        assert!(found.contains(&Blocker::ChangeNotAcknowledged));
    }
}
