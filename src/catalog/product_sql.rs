//! Statements on what stands around a product: what a form may take, its picture, the orders it was last in.

use crate::base::{CustomerId, FileId, pinyin};
use crate::people::relation::InReach;
use crate::web::Result;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

/// Products in use by number, name or spelling: this customer's own first, then everybody's.
pub(super) async fn offered(
    db: &mut PgConnection,
    q: &str,
    customer: Option<CustomerId>,
) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        "select code, item_no, name_en, name_zh from product
         where archived_at is null and search like all($1) and (customer is null or customer = $2)
         order by customer is null, lower(item_no), id limit 30",
        &pinyin::patterns(q),
        customer.map(|id| id.0),
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let word = [row.item_no, row.name_zh, row.name_en].join(" ");
            (row.code, word)
        })
        .collect())
}

pub(super) async fn picture(db: &mut PgConnection, code: &str) -> Result<Option<FileId>> {
    let id = sqlx::query_scalar!("select picture from product where code = $1", code)
        .fetch_optional(db)
        .await?;
    Ok(id.flatten().map(FileId))
}

pub(super) async fn set_picture(db: &mut PgConnection, id: Uuid, file: FileId) -> Result<()> {
    sqlx::query!("update product set picture = $2 where id = $1", id, file.0)
        .execute(db)
        .await?;
    Ok(())
}

/// An order with this product in it, within reach.
pub(super) struct Ordered {
    pub number: String,
    pub customer: String,
    pub title: String,
    pub quantity: Decimal,
    pub unit: String,
    pub opened_at: DateTime<Utc>,
}

pub(super) async fn ordered(
    db: &mut PgConnection,
    reach: &InReach,
    item_no: &str,
) -> Result<Vec<Ordered>> {
    Ok(sqlx::query_as!(
        Ordered,
        r#"select o.number, c.name_en as customer, o.title, sum(l.quantity) as "quantity!", min(l.unit) as "unit!", o.opened_at
           from order_line l join export_order o on o.id = l.order_id join customer c on c.id = o.customer
           where lower(l.item_no) = lower($1) and l.item_no <> ''
               and order_in_reach($2, $3, $4, o.department, o.salesperson, o.operator)
           group by o.id, c.name_en order by o.opened_at desc, o.id desc limit 10"#,
        item_no,
        reach.everything,
        &reach.departments,
        reach.person,
    )
    .fetch_all(db)
    .await?)
}
