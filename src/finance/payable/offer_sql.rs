//! Statements on what the form of a payable offers: who works on the order, and what of it is shipped.

use crate::base::OrderId;
use crate::web::Result;
use sqlx::PgConnection;

/// Factories that sample or make the order, forwarders that carry it: code and name.
pub(super) async fn payees(db: &mut PgConnection, order: OrderId) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        r#"select x.code as "code!", x.name as "name!" from (
               select 1 as place, f.code, f.name_zh as name from factory f where f.archived_at is null and f.id in (
                   select p.factory from production_order p where p.order_id = $1
                   union select l.factory from order_line l where l.order_id = $1
                   union select n.factory from sample_note n where n.order_id = $1)
               union all select 2, w.code, w.name_zh from forwarder w where w.archived_at is null and w.id in (
                   select h.forwarder from shipment h join shipment_line s on s.shipment = h.id
                   join order_line l on l.id = s.order_line where l.order_id = $1)) x
           order by x.place, x.code limit 50"#,
        order.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.code, row.name)).collect())
}

/// Its shipments: number, and what is known of the voyage.
pub(super) async fn shipments(
    db: &mut PgConnection,
    order: OrderId,
) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        r#"select h.number, concat_ws(' · ', nullif(h.vessel, ''), h.etd) as "voyage!" from shipment h
           where h.stage <> 'cancelled' and exists (select from shipment_line s
               join order_line l on l.id = s.order_line where s.shipment = h.id and l.order_id = $1)
           order by h.number limit 50"#,
        order.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.number, row.voyage))
        .collect())
}
