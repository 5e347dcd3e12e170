//! Verify: no line is shipped beyond what was ordered with its tolerance, sums of what is on board agree, numbers hold.

use crate::web::Result;
use sqlx::PgConnection;

pub async fn differences(db: &mut PgConnection) -> Result<Vec<String>> {
    let mut found = sqlx::query_scalar!(
        r#"select o.number || ' ' || g.item_no || ': ' || trim_scale(x.shipped) || ' are in shipments, at most '
               || trim_scale(x.most) || ' may be' as "words!"
           from order_line g join export_order o on o.id = g.order_id
           cross join lateral (
               select coalesce(sum(l.quantity), 0) as shipped, shipping_ordered(g.id) * (1 + o.tolerance / 100) as most
               from shipment_line l join shipment s on s.id = l.shipment
               where l.order_line = g.id and s.stage <> 'cancelled'
           ) x where x.shipped > x.most order by o.number, g.pos"#
    )
    .fetch_all(&mut *db)
    .await?;
    let unequal = sqlx::query_scalar!(
        r#"select s.number || ': what was loaded is not what the packing list says' as "words!"
           from shipment s
           cross join lateral (select sum(l.cartons) as cartons, sum(l.gross_kg) as gross, sum(l.cbm) as cbm
               from shipment_line l where l.shipment = s.id) p
           cross join lateral (select sum(k.cartons) as cartons, sum(k.gross_kg) as gross, sum(k.cbm) as cbm
               from shipment_container k where k.shipment = s.id) k
           where exists (select from relay r where r.kind = 'shipping_advice' and r.subject_key = s.number)
               and (p.cartons, p.gross, p.cbm) is distinct from (k.cartons, k.gross, k.cbm) order by s.number"#
    )
    .fetch_all(&mut *db)
    .await?;
    let mixed = sqlx::query_scalar!(
        r#"select distinct s.number || ': carries an order of another customer, department or currency' as "words!"
           from shipment s join shipment_line l on l.shipment = s.id join order_line g on g.id = l.order_line
           join export_order o on o.id = g.order_id
           where o.customer <> s.customer or o.currency <> s.currency order by 1"#
    )
    .fetch_all(db)
    .await?;
    found.extend(unequal);
    found.extend(mixed);
    Ok(found)
}
