//! Statements of the list of issues across orders, and of what came of one issue.

use super::show::Came;
use super::stage::Stage;
use super::thing::{Issue, Kind, Severity};
use crate::orders::Order;
use crate::people::relation::InReach;
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// One issue of the list.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub id: Uuid,
    pub order: String,
    pub customer: String,
    pub goods: String,
    pub number: i32,
    pub title: String,
    pub kind: Kind,
    pub severity: Severity,
    pub stage: Stage,
    pub reported_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub operator_zh: String,
    pub operator_en: String,
}

/// What is asked for: a stage, `open` or `all`; a severity or none; from which row on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub state: &'static str,
    pub severity: &'static str,
    pub after: Option<Uuid>,
    pub limit: i64,
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub(super) async fn all(db: &mut PgConnection, reach: &InReach, asked: &Asked) -> Result<Vec<Row>> {
    let rows = sqlx::query!(
        r#"select i.id, o.number as order_number, c.name_en as customer, o.title as goods, i.number, i.title, i.kind,
               i.severity, i.stage, i.reported_at, i.due_at, p.name_zh as operator_zh, p.name_en as operator_en
           from issue i join export_order o on o.id = i.order_id join customer c on c.id = o.customer
           join person p on p.id = o.operator
           where order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)
               and case $4 when 'all' then true when 'open' then i.stage not in ('closed', 'dropped')
                   else i.stage = $4 end
               and ($5 = '' or i.severity = $5)
               and ($6::uuid is null or (i.reported_at, i.id) < (select k.reported_at, k.id from issue k where k.id = $6))
           order by i.reported_at desc, i.id desc limit $7"#,
        reach.everything,
        &reach.departments,
        reach.person,
        asked.state,
        asked.severity,
        asked.after,
        asked.limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let bad = |what: &str| Error::Broken(anyhow!("issue {}: unreadable {what}", row.id));
            Ok(Row {
                kind: Kind::parse(&row.kind).ok_or_else(|| bad("kind"))?,
                severity: Severity::parse(&row.severity).ok_or_else(|| bad("severity"))?,
                stage: Stage::parse(&row.stage).ok_or_else(|| bad("stage"))?,
                id: row.id,
                order: row.order_number,
                customer: row.customer,
                goods: row.goods,
                number: row.number,
                title: row.title,
                reported_at: row.reported_at,
                due_at: row.due_at,
                operator_zh: row.operator_zh,
                operator_en: row.operator_en,
            })
        })
        .collect()
}

/// Change orders that came of the issue, oldest first.
pub(super) async fn changes_of(
    db: &mut PgConnection,
    order: &Order,
    issue: &Issue,
) -> Result<Vec<Came>> {
    let rows = sqlx::query!(
        "select number, stage from change_order where order_id = $1 and issue = $2 order by number limit 50",
        order.id().0,
        issue.id,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Came {
                stage: crate::production::change::Stage::parse(&row.stage).ok_or_else(|| {
                    Error::Broken(anyhow!("change order {}: unreadable stage", row.number))
                })?,
                number: row.number,
            })
        })
        .collect()
}
