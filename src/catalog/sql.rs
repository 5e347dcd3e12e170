//! Every statement of this desk on products, ports and the short lists; those on rates stand in `rate_sql.rs`.

use super::named_port::NamedPort;
use super::port::Port;
use super::product::Product;
use crate::base::{CustomerId, Lang, ProductId, T, pinyin};
use crate::history::Act;
use crate::records::acts::free_code;
use crate::records::{Alike, Stored};
use crate::web::Result;
use crate::web::error::on_constraint;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) use super::rate_sql::*;

pub(super) async fn find_product(
    db: &mut PgConnection,
    code: &str,
) -> Result<Option<Stored<Product>>> {
    let row = sqlx::query!(
        "select id, code, item_no, customer_item_no, customer, name_en, name_zh, family, spec, hs_code, elements, unit,
             per_carton, carton_length, carton_width, carton_height, gross, net, archived_at, version
         from product where code = $1",
        code,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Stored {
        id: row.id,
        code: row.code,
        version: row.version,
        archived_at: row.archived_at,
        card: Product {
            item_no: row.item_no,
            customer_item_no: row.customer_item_no,
            customer: row.customer.map(CustomerId),
            name_en: row.name_en,
            name_zh: row.name_zh,
            family: row.family,
            spec: row.spec,
            hs_code: row.hs_code,
            elements: row.elements,
            unit: row.unit,
            per_carton: row.per_carton,
            carton: [row.carton_length, row.carton_width, row.carton_height],
            gross: row.gross,
            net: row.net,
        },
    }))
}

fn at_its_field(error: sqlx::Error) -> crate::web::Error {
    on_constraint(
        error,
        &[
            ("product_item_no_key", "item_no", |t| {
                t.catalog_item_no_taken()
            }),
            ("product_code_key", "item_no", T::catalog_item_no_taken),
            ("product_customer_fkey", "customer", T::records_choose),
            ("product_unit_fkey", "unit", T::records_choose),
        ],
    )
}

fn search(code: &str, p: &Product) -> String {
    pinyin::search_text(&[
        code,
        &p.item_no,
        &p.customer_item_no,
        &p.name_en,
        &p.name_zh,
        &p.hs_code,
        &p.family,
    ])
}

/// Inserts and answers the address it got.
pub(super) async fn insert_product(act: &mut Act, id: Uuid, p: &Product) -> Result<String> {
    let slug = pinyin::slug(&p.item_no);
    let taken = sqlx::query_scalar!("select code from product where starts_with(code, $1)", slug)
        .fetch_all(act.tx())
        .await?;
    let code = free_code(&slug, "", id, &taken);
    sqlx::query!(
        "insert into product (id, code, item_no, customer_item_no, customer, name_en, name_zh, search, family, spec,
             hs_code, elements, unit, per_carton, carton_length, carton_width, carton_height, gross, net)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        id,
        code,
        p.item_no,
        p.customer_item_no,
        p.customer.map(|id| id.0),
        p.name_en,
        p.name_zh,
        search(&code, p),
        p.family,
        p.spec,
        p.hs_code,
        p.elements,
        p.unit,
        p.per_carton,
        p.carton[0],
        p.carton[1],
        p.carton[2],
        p.gross,
        p.net,
    )
    .execute(act.tx())
    .await
    .map_err(at_its_field)?;
    Ok(code)
}

pub(super) async fn update_product(act: &mut Act, id: Uuid, rev: i32, p: &Product) -> Result<bool> {
    let code = sqlx::query_scalar!("select code from product where id = $1", id)
        .fetch_one(act.tx())
        .await?;
    let saved = sqlx::query!(
        "update product set item_no = $3, customer_item_no = $4, customer = $5, name_en = $6, name_zh = $7, search = $8,
             family = $9, spec = $10, hs_code = $11, elements = $12, unit = $13, per_carton = $14, carton_length = $15,
             carton_width = $16, carton_height = $17, gross = $18, net = $19, version = version + 1
         where id = $1 and version = $2",
        id,
        rev,
        p.item_no,
        p.customer_item_no,
        p.customer.map(|id| id.0),
        p.name_en,
        p.name_zh,
        search(&code, p),
        p.family,
        p.spec,
        p.hs_code,
        p.elements,
        p.unit,
        p.per_carton,
        p.carton[0],
        p.carton[1],
        p.carton[2],
        p.gross,
        p.net,
    )
    .execute(act.tx())
    .await
    .map_err(at_its_field)?;
    Ok(saved.rows_affected() == 1)
}

pub(super) async fn archive_product(
    act: &mut Act,
    id: Uuid,
    rev: i32,
    at: Option<DateTime<Utc>>,
) -> Result<bool> {
    let saved = sqlx::query!(
        "update product set archived_at = $3, version = version + 1 where id = $1 and version = $2",
        id,
        rev,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

pub(super) async fn product_choices(
    db: &mut PgConnection,
    q: &str,
) -> Result<Vec<(ProductId, String)>> {
    let rows = sqlx::query!(
        "select id, item_no, name_en from product where archived_at is null and search like all($1)
         order by lower(item_no), id limit 500",
        &pinyin::patterns(q),
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            (
                ProductId(row.id),
                format!("{} {}", row.item_no, row.name_en),
            )
        })
        .collect())
}

/// Products of the same customer with the customer's own number, or with the same names.
pub(super) async fn products_alike(db: &mut PgConnection, p: &Product) -> Result<Vec<Alike>> {
    let rows = sqlx::query!(
        "select code, item_no, name_en from product
         where (customer_item_no <> '' and customer_item_no = $1 and customer is not distinct from $2)
             or (lower(name_en) = lower($3) and name_zh = $4 and spec = $5)
         order by item_no limit 8",
        p.customer_item_no,
        p.customer.map(|id| id.0),
        p.name_en,
        p.name_zh,
        p.spec,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Alike {
            href: format!("/products/{}", row.code),
            name: row.item_no,
            under: row.name_en,
        })
        .collect())
}

/// Customers in use, for the choice of whose product it is.
pub(super) async fn customer_names(db: &mut PgConnection) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        "select id, name_en from customer where archived_at is null order by lower(name_en), id limit 500"
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id.to_string(), row.name_en))
        .collect())
}

pub(super) async fn find_port(db: &mut PgConnection, code: &str) -> Result<Option<Stored<Port>>> {
    let row = sqlx::query!(
        r#"select id, code::text as "code!", name_en, name_zh, zone, archived_at, version from port where code = $1"#,
        code,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Stored {
        id: row.id,
        code: row.code.clone(),
        version: row.version,
        archived_at: row.archived_at,
        card: Port {
            code: row.code,
            name_en: row.name_en,
            name_zh: row.name_zh,
            zone: row.zone,
        },
    }))
}

pub(super) async fn insert_port(act: &mut Act, id: Uuid, p: &Port) -> Result<()> {
    sqlx::query!(
        "insert into port (id, code, name_en, name_zh, zone, search) values ($1, $2, $3, $4, $5, $6)",
        id,
        p.code,
        p.name_en,
        p.name_zh,
        p.zone,
        pinyin::search_text(&[&p.code, &p.name_en, &p.name_zh]),
    )
    .execute(act.tx())
    .await
    .map_err(|error| on_constraint(error, &[("port_code_key", "code", T::catalog_locode_taken)]))?;
    Ok(())
}

/// Everything but the code, which names the place.
pub(super) async fn update_port(act: &mut Act, id: Uuid, rev: i32, p: &Port) -> Result<bool> {
    let code = sqlx::query_scalar!(
        r#"select code::text as "code!" from port where id = $1"#,
        id
    )
    .fetch_one(act.tx())
    .await?;
    let saved = sqlx::query!(
        "update port set name_en = $3, name_zh = $4, zone = $5, search = $6, version = version + 1
         where id = $1 and version = $2",
        id,
        rev,
        p.name_en,
        p.name_zh,
        p.zone,
        pinyin::search_text(&[&code, &p.name_en, &p.name_zh]),
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

pub(super) async fn archive_port(
    act: &mut Act,
    id: Uuid,
    rev: i32,
    at: Option<DateTime<Utc>>,
) -> Result<bool> {
    let saved = sqlx::query!(
        "update port set archived_at = $3, version = version + 1 where id = $1 and version = $2",
        id,
        rev,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

pub(super) async fn named_ports(db: &mut PgConnection) -> Result<Vec<NamedPort>> {
    Ok(sqlx::query_as!(
        NamedPort,
        r#"select code::text as "code!", name_en, name_zh, zone from port where archived_at is null
           order by lower(name_en), id limit 1000"#,
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn port_choices(
    db: &mut PgConnection,
    q: &str,
    lang: Lang,
) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        r#"select code::text as "code!", name_en, name_zh from port where archived_at is null and search like all($1)
           order by lower(name_en), id limit 500"#,
        &pinyin::patterns(q),
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let name = if lang == Lang::Zh {
                row.name_zh
            } else {
                row.name_en
            };
            let word = format!("{name} {}", row.code);
            (row.code, word)
        })
        .collect())
}
