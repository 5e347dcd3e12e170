//! The statements of a part of the goods: what of each line is made, shipped and given up.

use crate::base::{EntityId, LineId, OrderId};
use crate::orders::order::Order;
use crate::web::Result;
use rust_decimal::Decimal;
use sqlx::PgConnection;

/// One line with what has become of it, in its unit.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub id: LineId,
    pub item_no: String,
    pub description: String,
    pub colour: String,
    pub unit: String,
    /// Goods with a size breakdown are carried over whole.
    pub sized: bool,
    pub ordered: Decimal,
    /// On a production order that is out and not void.
    pub made: Decimal,
    pub shipped: Decimal,
    pub given_up: Decimal,
}

impl Standing {
    /// Neither shipped nor given up.
    pub(super) fn rest(&self) -> Decimal {
        (self.ordered - self.shipped - self.given_up).max(Decimal::ZERO)
    }

    /// Neither shipped, given up nor with a factory.
    pub(super) fn untouched(&self) -> Decimal {
        (self.ordered - self.shipped.max(self.made) - self.given_up).max(Decimal::ZERO)
    }
}

pub(super) async fn standing(db: &mut PgConnection, order: &Order) -> Result<Vec<Standing>> {
    let rows = sqlx::query!(
        r#"select l.id, l.item_no, coalesce(nullif(l.description_en, ''), l.description_zh) as "description!", l.colour,
               l.unit, jsonb_array_length(l.sizes) > 0 as "sized!", l.quantity, l.short_closed,
               coalesce((select sum(p.quantity) from production_order_line p join production_order o on o.id = p.production_order
                   where p.order_line = l.id and o.stage not in ('draft', 'superseded', 'void')), 0) as "made!",
               coalesce((select sum(s.quantity) from shipment_line s join shipment h on h.id = s.shipment
                   where s.order_line = l.id and h.stage <> 'cancelled'), 0) as "shipped!"
           from order_line l where l.order_id = $1 order by l.pos"#,
        order.id().0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Standing {
            id: LineId(row.id),
            item_no: row.item_no,
            description: row.description,
            colour: row.colour,
            unit: row.unit,
            sized: row.sized,
            ordered: row.quantity.normalize(),
            made: row.made.normalize(),
            shipped: row.shipped.normalize(),
            given_up: row.short_closed.normalize(),
        })
        .collect())
}

/// Gives up parts of lines, where the goods' version is still the one read; whether it was.
pub(super) async fn give_up(
    db: &mut PgConnection,
    order: OrderId,
    rev: i32,
    parts: &[(LineId, Decimal)],
) -> Result<bool> {
    let moved = sqlx::query!(
        "update export_order set lines_version = lines_version + 1 where id = $1 and lines_version = $2",
        order.0,
        rev,
    )
    .execute(&mut *db)
    .await?;
    if moved.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!(
        "update order_line l set short_closed = l.short_closed + p.quantity
         from unnest($2::uuid[], $3::numeric[]) as p (id, quantity) where l.order_id = $1 and l.id = p.id",
        order.0,
        &parts.iter().map(|(id, _)| id.0).collect::<Vec<_>>(),
        &parts.iter().map(|(_, quantity)| *quantity).collect::<Vec<_>>(),
    )
    .execute(db)
    .await?;
    Ok(true)
}

/// Which legal entity the order trades under, and the lines' version.
pub(super) async fn entity(db: &mut PgConnection, order: OrderId) -> Result<EntityId> {
    let id = sqlx::query_scalar!("select entity from export_order where id = $1", order.0)
        .fetch_one(db)
        .await?;
    Ok(EntityId(id))
}

/// Remembers what was carried over: from this line, to that one, so much.
pub(super) async fn note_carried(
    db: &mut PgConnection,
    carried: &[(LineId, LineId, Decimal)],
) -> Result<()> {
    if carried.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "insert into order_split (from_line, to_line, quantity)
         select * from unnest($1::uuid[], $2::uuid[], $3::numeric[])",
        &carried
            .iter()
            .map(|(from, _, _)| from.0)
            .collect::<Vec<_>>(),
        &carried.iter().map(|(_, to, _)| to.0).collect::<Vec<_>>(),
        &carried
            .iter()
            .map(|(_, _, quantity)| *quantity)
            .collect::<Vec<_>>(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Orders of which more was carried over than they owe less; for `verify`.
pub(in crate::orders) async fn carried_too_much(db: &mut PgConnection) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!(
        "select o.number from order_split s join order_line l on l.id = s.from_line join export_order o on o.id = l.order_id
         group by o.number, l.id, l.short_closed having sum(s.quantity) > l.short_closed order by o.number"
    )
    .fetch_all(db)
    .await?)
}
