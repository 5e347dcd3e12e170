//! The statement on what a customer owes on trust.

use super::Limit;
use crate::base::Currency;
use crate::orders::Order;
use crate::web::Result;
use sqlx::PgConnection;

/// Her limit, what is on trust in her other orders, and what this one adds. Bound by the order's id.
pub async fn read(db: &mut PgConnection, order: &Order) -> Result<Limit> {
    let row = sqlx::query!(
        r#"select c.credit_limit, coalesce(c.credit_currency, o.currency)::text as "currency!",
               (select case when count(*) = count(x.amount) then coalesce(sum(x.amount), 0) end from (
                   select in_currency(order_on_trust(r.id), r.currency::text, coalesce(c.credit_currency, o.currency)::text) as amount
                   from export_order r where r.customer = c.id and r.id <> o.id and r.condition not in ('cancelled', 'dropped')
                       and order_on_trust(r.id) > 0) x) as open,
               in_currency(order_on_trust(o.id), o.currency::text, coalesce(c.credit_currency, o.currency)::text) as here
           from export_order o join customer c on c.id = o.customer where o.id = $1"#,
        order.id().0,
    )
    .fetch_one(db)
    .await?;
    Ok(Limit {
        limit: row.credit_limit,
        currency: Currency::parse(&row.currency).unwrap_or(order.terms.currency),
        open: row.open,
        here: row.here,
    })
}
