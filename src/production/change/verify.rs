//! Verify: a change order still has the hash it was approved under, and what an applied one says equals what the order's
//! history says of the same act.

use super::thing::hash;
use crate::orders::amending::Cell;
use crate::web::Result;
use serde::Deserialize;
use sqlx::PgConnection;

#[derive(Deserialize)]
struct Told {
    changes: Vec<crate::history::event::Change>,
}

pub async fn differences(db: &mut PgConnection) -> Result<Vec<String>> {
    let rows = sqlx::query!(
        r#"select o.number as order_number, c.number, c.stage, c.content_hash,
               (select jsonb_agg(jsonb_build_object('line', f.order_line, 'field', f.field, 'old', f.old_value,
                   'new', f.new_value) order by f.place)
                   from change_order_field f where f.change_order = c.id) as "cells!",
               coalesce((select jsonb_agg(e.payload) from event e where e.act = c.applied_act
                   and e.stream = 'order:' || c.order_id and e.kind in ('lines_changed', 'order_changed')), '[]') as "told!"
           from change_order c join export_order o on o.id = c.order_id order by c.id"#
    )
    .fetch_all(db)
    .await?;
    let mut found = Vec::new();
    for row in rows {
        let name = format!("{} change order {}", row.order_number, row.number);
        let Ok(cells) = serde_json::from_value::<Vec<Cell>>(row.cells) else {
            found.push(format!("{name}: its fields cannot be read"));
            continue;
        };
        if hash(&cells)? != row.content_hash {
            found.push(format!("{name}: its fields are not what was raised"));
        }
        if row.stage == "applied" {
            let told: Vec<Told> = serde_json::from_value(row.told)?;
            if spelled(&cells) != written(&told) {
                found.push(format!(
                    "{name}: what it says is not what the order's history says of its act"
                ));
            }
        }
    }
    Ok(found)
}

/// Field, old and new of each cell, in an order of their own.
fn spelled(cells: &[Cell]) -> Vec<(String, String, String)> {
    let mut all: Vec<_> = cells
        .iter()
        .map(|cell| (cell.field.clone(), cell.old.clone(), cell.new.clone()))
        .collect();
    all.sort();
    all
}

fn written(told: &[Told]) -> Vec<(String, String, String)> {
    let plain = |text: &Option<String>| text.clone().unwrap_or_default().replace(" · ", ", ");
    let mut all: Vec<_> = told
        .iter()
        .flat_map(|told| &told.changes)
        .map(|change| {
            let field = change.field.rsplit('.').next().unwrap_or_default();
            (field.to_owned(), plain(&change.from), plain(&change.to))
        })
        .collect();
    all.sort();
    all
}
