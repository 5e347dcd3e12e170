//! The statements of opening: the number, the new row, and what the form of a new order offers.

use super::opening::Opening;
use crate::base::{EntityId, Lang, OrderId, OrderNumber};
use crate::people::relation::Keepers;
use crate::web::{Error, Result};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// Draws the next number of this entity and year; the row lock makes two openings wait for each other.
pub(super) async fn draw_number(
    db: &mut PgConnection,
    entity: EntityId,
    year: i32,
) -> Result<OrderNumber> {
    let row = sqlx::query!(
        r#"with drawn as (
               insert into order_counter (entity, year, last) values ($1, $2, 1)
               on conflict (entity, year) do update set last = order_counter.last + 1 returning last
           ) select drawn.last as "last!", e.prefix from drawn, legal_entity e where e.id = $1"#,
        entity.0,
        year,
    )
    .fetch_optional(db)
    .await?;
    let row = row.ok_or(Error::NotFound)?;
    Ok(OrderNumber::new(&row.prefix, year, row.last))
}

pub(super) async fn insert(
    db: &mut PgConnection,
    id: OrderId,
    number: &OrderNumber,
    keepers: &Keepers,
    opening: &Opening,
    at: DateTime<Utc>,
) -> Result<()> {
    let terms = &opening.terms;
    sqlx::query!(
        "insert into export_order (id, number, entity, department, salesperson, operator, customer, title,
             customer_reference, currency, incoterm, place, terms, tolerance, delivery_on, packing, marks, repeat_of,
             opened_at, split_of)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
        id.0,
        number.as_str(),
        opening.entity.0,
        keepers.department.0,
        keepers.salesperson.0,
        keepers.operator.0,
        opening.customer.0,
        opening.title,
        opening.customer_reference,
        terms.currency.as_str(),
        terms.incoterm,
        terms.place,
        terms.payment,
        terms.tolerance,
        terms.delivery_on,
        terms.packing,
        terms.marks,
        opening.repeat_of.map(|id| id.0),
        at,
        opening.split_of.map(|id| id.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What is usual with a customer, for the form of a new order.
#[derive(Clone, Debug)]
pub(super) struct CustomerDefaults {
    pub id: Uuid,
    pub code: String,
    pub name_en: String,
    pub country: String,
    pub currency: String,
    pub incoterm: String,
    pub place: String,
    pub terms: String,
    pub marks: String,
    pub requirements: String,
    pub salesperson: Option<String>,
}

pub(super) async fn customer_defaults(
    db: &mut PgConnection,
    code: &str,
) -> Result<Option<CustomerDefaults>> {
    let row = sqlx::query!(
        r#"select id, code, name_en, country::text as "country!", currency::text as "currency!", incoterm::text as "incoterm!",
               place, coalesce((select p.terms from payment_term p where p.code = customer.terms), terms) as "terms!",
               marks, requirements, salesperson
           from customer where code = $1 and archived_at is null"#,
        code,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| CustomerDefaults {
        id: row.id,
        code: row.code,
        name_en: row.name_en,
        country: row.country,
        currency: row.currency,
        incoterm: row.incoterm.trim().to_owned(),
        place: row.place,
        terms: row.terms,
        marks: row.marks,
        requirements: row.requirements,
        salesperson: row.salesperson.map(|id| id.to_string()),
    }))
}

/// Customers in use, by name.
pub(super) async fn customer_choices(db: &mut PgConnection) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!("select code, name_en from customer where archived_at is null order by lower(name_en), id limit 500")
        .fetch_all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.code, row.name_en))
        .collect())
}

pub(super) async fn entities(db: &mut PgConnection, lang: Lang) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!("select id, name_zh, name_en from legal_entity where archived_at is null order by id limit 50")
        .fetch_all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            (
                row.id.to_string(),
                if lang == Lang::Zh {
                    row.name_zh
                } else {
                    row.name_en
                },
            )
        })
        .collect())
}
