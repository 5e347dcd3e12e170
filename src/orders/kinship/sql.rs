//! The statement on the orders before an order.

use super::Sealed;
use crate::orders::order::Order;
use crate::web::Result;
use sqlx::PgConnection;

/// Approved samples of the orders before this one, the nearest order first. Bound by the order's id.
pub(super) async fn sealed(db: &mut PgConnection, order: &Order) -> Result<Vec<Sealed>> {
    Ok(sqlx::query_as!(
        Sealed,
        r#"with recursive chain (id, place) as (
               select coalesce(o.repeat_of, o.split_of), 1 from export_order o where o.id = $1
               union all
               select coalesce(o.repeat_of, o.split_of), c.place + 1 from chain c join export_order o on o.id = c.id
               where c.place < 20)
           select r.number as "order!", n.sample as "sample!", n.round as "round!", v.given_on as "given_on!",
               v.verdict = 'approved_with_comments' as "with_comments!"
           from chain c join export_order r on r.id = c.id join sample_note n on n.order_id = r.id
           join sample_verdict v on v.note = n.id and v.point = 'overall' and v.verdict <> 'rejected'
           where n.stage not in ('superseded', 'void')
           order by c.place, n.sample, n.round limit 20"#,
        order.id().0,
    )
    .fetch_all(db)
    .await?)
}
