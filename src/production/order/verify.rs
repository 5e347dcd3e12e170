//! Verify: every issued paper still has the hash it was frozen under; its lines are those it prints, or those that were
//! agreed instead; and no more is in force than is ordered, unless the manager said so.

use super::content::Content;
use super::counter::Counter;
use crate::base::LineId;
use crate::web::Result;
use rust_decimal::Decimal;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Deserialize)]
struct Stored {
    line: Uuid,
    quantity: Decimal,
}

pub async fn differences(db: &mut PgConnection) -> Result<Vec<String>> {
    let mut found = papers(db).await?;
    found.extend(sums(db).await?);
    Ok(found)
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
async fn papers(db: &mut PgConnection) -> Result<Vec<String>> {
    let rows = sqlx::query!(
        r#"select o.number as "of!", p.number, p.revision, p.content as "content!", p.content_hash as "hash!", p.counter,
               p.answered_at is not null and p.stage in ('accepted', 'in_work', 'ready', 'closed', 'superseded') as "agreed!",
               coalesce((select jsonb_agg(jsonb_build_object('line', l.order_line, 'quantity', l.quantity::text))
                   from production_order_line l where l.production_order = p.id), '[]') as "lines!"
           from production_order p join export_order o on o.id = p.order_id
           where p.content is not null and p.content_hash is not null order by p.id"#
    )
    .fetch_all(db)
    .await?;
    let mut found = Vec::new();
    for row in rows {
        let name = format!(
            "{} production order {} r{}",
            row.of, row.number, row.revision
        );
        let Ok(content) = serde_json::from_value::<Content>(row.content) else {
            found.push(format!("{name}: its content cannot be read"));
            continue;
        };
        if content.hash()? != row.hash {
            found.push(format!("{name}: its content is not what was frozen"));
        }
        let total: Decimal = content.lines.iter().map(|line| line.amount).sum();
        if total != content.total {
            found.push(format!("{name}: its lines do not sum to its total"));
        }
        let counter: Option<Counter> = row.counter.map(serde_json::from_value).transpose()?;
        let stored: Vec<Stored> = serde_json::from_value(row.lines)?;
        let printed = |line: &Stored| {
            let own = content.lines.iter().find(|own| own.line.0 == line.line);
            let agreed = counter.as_ref().filter(|_| row.agreed);
            let agreed = agreed.and_then(|counter| counter.quantity_of(LineId(line.line)));
            own.map(|own| own.quantity) == Some(line.quantity.normalize())
                || agreed == Some(line.quantity.normalize())
        };
        if !stored.iter().all(printed) {
            found.push(format!("{name}: its lines are neither printed nor agreed"));
        }
    }
    Ok(found)
}

async fn sums(db: &mut PgConnection) -> Result<Vec<String>> {
    let rows = sqlx::query!(
        r#"select o.number as "of!", g.line as "line!", g.quantity as "ordered!", s.quantity as "given!"
           from proforma_invoice i join export_order o on o.id = i.order_id
           cross join lateral jsonb_to_recordset(i.content -> 'lines') as g (line uuid, quantity numeric)
           join lateral (
               select sum(l.quantity) as quantity, bool_or(p.override_at is not null) as overridden
               from production_order_line l join production_order p on p.id = l.production_order
               where l.order_line = g.line and p.stage not in ('draft', 'superseded', 'void')
           ) s on s.quantity > g.quantity and not s.overridden
           where i.stage = 'confirmed' order by o.number, g.line"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            format!(
                "{} line {}: {} given to factories of {} ordered",
                row.of, row.line, row.given, row.ordered
            )
        })
        .collect())
}
