//! The statements that read shipments for this desk.

use super::{Declaration, Shipment};
use crate::base::OrderId;
use crate::orders::Order;
use crate::web::Result;
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn shipments(
    db: &mut PgConnection,
    order: &Order,
    number: Option<&str>,
) -> Result<Vec<Shipment>> {
    let rows = sqlx::query!(
        r#"select s.id, s.number, s.stage, s.on_board_on,
               array(select distinct l.order_id from shipment_line x join order_line l on l.id = x.order_line
                   where x.shipment = s.id order by 1) as "orders!",
               coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'sequence', d.sequence, 'number', d.number,
                       'exported_on', coalesce(d.exported_on, s.on_board_on), 'fob_amount', d.fob_amount::text,
                       'currency', d.currency, 'regime', verification_regime(coalesce(d.exported_on, s.on_board_on)),
                       'verified', declaration_verified(d.id)) order by d.sequence)
                   from customs_declaration d
                   where d.shipment = s.id and d.stage not in ('revoked', 'shut_out', 'void')), '[]') as "declarations!"
           from shipment s
           where s.stage <> 'cancelled' and ($2::text is null or s.number = $2)
               and exists (select from shipment_line x join order_line l on l.id = x.order_line
                   where x.shipment = s.id and l.order_id = $1)
           order by s.created_at, s.id"#,
        order.id().0,
        number,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Shipment {
                id: row.id,
                number: row.number,
                stage: row.stage,
                on_board_on: row.on_board_on,
                declarations: serde_json::from_value::<Vec<Declaration>>(row.declarations)?,
                orders: row.orders.into_iter().map(OrderId).collect(),
            })
        })
        .collect()
}

/// Holds the shipment until the act ends.
pub(super) async fn lock(db: &mut PgConnection, shipment: Uuid) -> Result<()> {
    sqlx::query!("select id from shipment where id = $1 for update", shipment)
        .fetch_one(db)
        .await?;
    Ok(())
}
