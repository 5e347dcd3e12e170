//! The statements of the open items 未了事项: rewritten whole at the end of each act, read by every page.

use super::lifecycle::Step;
use super::open_items::{self, ItemKind, OpenItem};
use super::order::Order;
use crate::base::{OrderId, Party, PersonId};
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// Replaces the order's open items, and carries the first of them on the order for lists.
pub(super) async fn replace_items(
    db: &mut PgConnection,
    order: OrderId,
    items: &[OpenItem],
) -> Result<()> {
    sqlx::query!("delete from open_item where order_id = $1", order.0)
        .execute(&mut *db)
        .await?;
    let column = |of: fn(&OpenItem) -> String| -> Vec<String> { items.iter().map(of).collect() };
    sqlx::query!(
        "insert into open_item (order_id, step, kind, subject, waiting, owner, args, since, due_at, problem)
         select $1, i.step, i.kind, i.subject, i.waiting, i.owner, jsonb_build_object('quoted', i.quoted), i.since,
             i.due_at, i.problem
         from unnest($2::smallint[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::timestamptz[],
             $9::timestamptz[], $10::boolean[]) as i (step, kind, subject, waiting, owner, quoted, since, due_at, problem)",
        order.0,
        &items.iter().map(|item| item.step.number()).collect::<Vec<_>>(),
        &column(|item| item.kind.code().to_owned()),
        &column(|item| item.subject.clone()),
        &column(|item| item.waiting.code().to_owned()),
        &items.iter().map(|item| item.owner.0).collect::<Vec<_>>(),
        &column(|item| item.quoted.clone()),
        &items.iter().map(|item| item.since).collect::<Vec<_>>(),
        &items.iter().map(|item| item.due_at).collect::<Vec<_>>(),
        &items.iter().map(|item| item.problem).collect::<Vec<_>>(),
    )
    .execute(&mut *db)
    .await?;
    let first = open_items::first(items);
    // Beside the next move, the other keys a list is walked by. A sum that fits no amount column is none.
    sqlx::query!(
        "update export_order set waiting = $2, next_kind = $3, next_due = $4, problem = $5,
             amount = (select a from order_amount(id, currency::text) as a where a < 100000000000000),
             last_event_at = (select e.at from event e where e.stream = 'order:' || $1::uuid order by e.seq desc limit 1)
         where id = $1",
        order.0,
        first.map(|item| item.waiting.code()),
        first.map(|item| item.kind.code()),
        first.map(|item| item.due_at),
        items.iter().any(|item| item.problem),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Orders whose amount or last event is not what their lines and their chain say.
pub(super) async fn wrong_keys(db: &mut PgConnection) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!(
        "select o.number from export_order o
         where o.amount is distinct from (select a from order_amount(o.id, o.currency::text) as a where a < 100000000000000)
            or o.last_event_at is distinct from
                (select e.at from event e where e.stream = 'order:' || o.id order by e.seq desc limit 1)
         order by o.number"
    )
    .fetch_all(db)
    .await?)
}

/// The open items as they are stored.
pub async fn items(db: &mut PgConnection, order: &Order) -> Result<Vec<OpenItem>> {
    items_of(db, order.id()).await
}

pub(super) async fn items_of(db: &mut PgConnection, order: OrderId) -> Result<Vec<OpenItem>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select step, kind, subject, waiting, owner, coalesce(args ->> 'quoted', '') as "quoted!", since, due_at, problem
           from open_item where order_id = $1 order by due_at, waiting <> 'us', kind"#,
        order.0,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| row.item(order)).collect()
}

/// As the head of the order brings them.
pub(super) fn read(rows: serde_json::Value, order: &Order) -> Result<Vec<OpenItem>> {
    let rows: Vec<Row> = serde_json::from_value(rows)?;
    rows.into_iter().map(|row| row.item(order.id())).collect()
}

#[derive(serde::Deserialize)]
struct Row {
    step: i16,
    kind: String,
    subject: String,
    waiting: String,
    owner: uuid::Uuid,
    quoted: String,
    since: DateTime<Utc>,
    due_at: DateTime<Utc>,
    problem: bool,
}

impl Row {
    fn item(self, order: OrderId) -> Result<OpenItem> {
        let bad = || {
            Error::Broken(anyhow!(
                "order {}: unreadable open item {}",
                order,
                self.kind
            ))
        };
        Ok(OpenItem {
            step: Step::from_number(self.step).ok_or_else(bad)?,
            kind: ItemKind::parse(&self.kind).ok_or_else(bad)?,
            waiting: Party::parse(&self.waiting).ok_or_else(bad)?,
            subject: self.subject,
            owner: PersonId(self.owner),
            quoted: self.quoted,
            since: self.since,
            due_at: self.due_at,
            problem: self.problem,
        })
    }
}
