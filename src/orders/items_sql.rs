//! The statements of the open items 未了事项: rewritten whole at the end of each act, read by every page.

use super::lifecycle::Step;
use super::open_items::{self, ItemKind, OpenItem};
use super::order::Order;
use crate::base::{OrderId, Party, PersonId};
use crate::web::{Error, Result};
use anyhow::anyhow;
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
    sqlx::query!(
        "update export_order set waiting = $2, next_kind = $3, next_due = $4, problem = $5 where id = $1",
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

/// The open items as they are stored.
pub async fn items(db: &mut PgConnection, order: &Order) -> Result<Vec<OpenItem>> {
    items_of(db, order.id()).await
}

pub(super) async fn items_of(db: &mut PgConnection, order: OrderId) -> Result<Vec<OpenItem>> {
    let rows = sqlx::query!(
        "select step, kind, subject, waiting, owner, args ->> 'quoted' as quoted, since, due_at, problem
         from open_item where order_id = $1 order by due_at, waiting <> 'us', kind",
        order.0,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let bad = || {
                Error::Broken(anyhow!(
                    "order {}: unreadable open item {}",
                    order,
                    row.kind
                ))
            };
            Ok(OpenItem {
                step: Step::from_number(row.step).ok_or_else(bad)?,
                kind: ItemKind::parse(&row.kind).ok_or_else(bad)?,
                waiting: Party::parse(&row.waiting).ok_or_else(bad)?,
                subject: row.subject,
                owner: PersonId(row.owner),
                quoted: row.quoted.unwrap_or_default(),
                since: row.since,
                due_at: row.due_at,
                problem: row.problem,
            })
        })
        .collect()
}
