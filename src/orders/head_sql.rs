//! The statement of the head 订单抬头: everything that every page of an order shows, in one round trip.

use super::order::Order;
use crate::web::Result;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;

/// What the head shows beyond the order's own columns.
pub(super) struct HeadRow {
    pub salesperson_zh: String,
    pub salesperson_en: String,
    pub operator_zh: String,
    pub operator_en: String,
    /// Sum of the goods; nothing while a price is missing.
    pub amount: Option<Decimal>,
    pub factories: Vec<String>,
    pub held_until: Option<NaiveDate>,
    pub late_at: Option<DateTime<Utc>>,
    pub reason: String,
    pub repeat_of: Option<String>,
    pub split_of: Option<String>,
    /// Orders that took over a part of its goods.
    pub split_into: Vec<String>,
    /// A factory was told to begin before the terms allowed it, or to make more than is ordered.
    pub overridden: bool,
    /// Read with it, since every page of the order shows both.
    pub items: serde_json::Value,
    pub latches: serde_json::Value,
}

pub(super) async fn head(db: &mut PgConnection, order: &Order) -> Result<HeadRow> {
    Ok(sqlx::query_as!(
        HeadRow,
        r#"select s.name_zh as salesperson_zh, s.name_en as salesperson_en, p.name_zh as operator_zh,
               p.name_en as operator_en, order_amount(o.id, o.currency::text) as amount, o.held_until,
               o.condition_reason as reason,
               (select k.late_at from order_closing k where k.order_id = o.id) as late_at,
               (select r.number from export_order r where r.id = o.repeat_of) as repeat_of,
               (select r.number from export_order r where r.id = o.split_of) as split_of,
               array(select r.number from export_order r where r.split_of = o.id order by r.number) as "split_into!",
               array(select distinct f.name_zh from order_line l join factory f on f.id = l.factory
                   where l.order_id = o.id order by f.name_zh) as "factories!",
               exists (select from production_order w where w.order_id = o.id and w.override_at is not null
                   and w.stage <> 'void') as "overridden!",
               coalesce((select jsonb_agg(to_jsonb(i) || jsonb_build_object('quoted', coalesce(i.args ->> 'quoted', ''))
                       order by i.due_at, i.waiting <> 'us', i.kind)
                   from open_item i where i.order_id = o.id), '[]') as "items!",
               coalesce((select jsonb_agg(to_jsonb(k) order by k.step)
                   from order_latch k where k.order_id = o.id), '[]') as "latches!"
           from export_order o join person s on s.id = o.salesperson join person p on p.id = o.operator
           where o.id = $1"#,
        order.id().0,
    )
    .fetch_one(db)
    .await?)
}
