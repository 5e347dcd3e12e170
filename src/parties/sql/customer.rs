//! Statements on customers.

use super::{corrected, findable, name_keys};
use crate::base::{CustomerId, DepartmentId, Lang, PersonId, T, pinyin};
use crate::history::Act;
use crate::parties::customer::Customer;
use crate::records::acts::free_code;
use crate::records::{Alike, Stored};
use crate::web::Result;
use crate::web::error::on_constraint;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

pub(in crate::parties) async fn find_customer(
    db: &mut PgConnection,
    code: &str,
) -> Result<Option<Stored<Customer>>> {
    let row = sqlx::query!(
        r#"select id, code, name_en, name_zh, pinyin, country::text as "country!", address_en, address_zh, consignee,
               notify, marks, currency::text as "currency!", incoterm::text as "incoterm!", place, terms, paper_lang,
               requirements, payer_aliases, credit_limit, credit_currency::text as credit_currency, salesperson,
               archived_at, version
           from customer where code = $1"#,
        code,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Stored {
        id: row.id,
        code: row.code,
        version: row.version,
        archived_at: row.archived_at,
        card: Customer {
            pinyin: corrected(&row.name_zh, row.pinyin),
            name_en: row.name_en,
            name_zh: row.name_zh,
            country: row.country,
            address_en: row.address_en,
            address_zh: row.address_zh,
            consignee: row.consignee,
            notify: row.notify,
            marks: row.marks,
            currency: row.currency,
            incoterm: row.incoterm.trim().to_owned(),
            place: row.place,
            terms: row.terms,
            paper_lang: row.paper_lang,
            requirements: row.requirements,
            payer_aliases: row.payer_aliases,
            credit_limit: row.credit_limit,
            credit_currency: row.credit_currency.unwrap_or_default(),
            salesperson: row.salesperson.map(PersonId),
            first_contact: Default::default(),
        },
    }))
}

/// Payment terms for a choice by the code of their card; put away ones only where a customer has them still.
pub(in crate::parties) async fn payment_choices(
    db: &mut PgConnection,
    t: T,
) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        r#"select code, name_zh, name_en, archived_at is not null as "away!" from payment_term p
           where archived_at is null or exists (select from customer c where c.terms = p.code)
           order by place, lower(name_en), id limit 200"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let name = match t.0 {
                Lang::Zh => row.name_zh,
                Lang::En => row.name_en,
            };
            let away = if row.away { t.records_archived() } else { "" };
            (row.code, format!("{name} {away}").trim_end().to_owned())
        })
        .collect())
}

fn at_its_field(error: sqlx::Error) -> crate::web::Error {
    on_constraint(
        error,
        &[
            ("customer_code_key", "name_en", T::parties_name_taken),
            (
                "customer_salesperson_fkey",
                "salesperson",
                T::records_choose,
            ),
        ],
    )
}

/// An address that no customer has.
async fn new_code(act: &mut Act, id: Uuid, c: &Customer) -> Result<String> {
    let slug = pinyin::slug(&c.name_en);
    let taken = sqlx::query_scalar!(
        "select code from customer where starts_with(code, $1)",
        slug
    )
    .fetch_all(act.tx())
    .await?;
    Ok(free_code(&slug, &pinyin::slug(&c.name_zh), id, &taken))
}

/// Inserts and answers the address it got.
pub(in crate::parties) async fn insert_customer(
    act: &mut Act,
    id: Uuid,
    c: &Customer,
) -> Result<String> {
    let code = new_code(act, id, c).await?;
    let found = findable(&code, &c.name_zh, &c.name_en, &c.pinyin);
    sqlx::query!(
        "insert into customer (id, code, name_en, name_zh, country, search, pinyin, address_en, address_zh, consignee,
             notify, marks, currency, incoterm, place, terms, paper_lang, requirements, payer_aliases, credit_limit,
             credit_currency, salesperson)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)",
        id,
        code,
        c.name_en,
        c.name_zh,
        c.country,
        found.search,
        found.pinyin,
        c.address_en,
        c.address_zh,
        c.consignee,
        c.notify,
        c.marks,
        c.currency,
        c.incoterm,
        c.place,
        c.terms,
        c.paper_lang,
        c.requirements,
        &c.payer_aliases,
        c.credit_limit,
        Some(c.credit_currency.as_str()).filter(|code| !code.is_empty()),
        c.salesperson.map(|id| id.0),
    )
    .execute(act.tx())
    .await
    .map_err(at_its_field)?;
    Ok(code)
}

/// Everything but the salesperson, who changes by an act of its own.
pub(in crate::parties) async fn update_customer(
    act: &mut Act,
    id: Uuid,
    rev: i32,
    c: &Customer,
) -> Result<bool> {
    let code = sqlx::query_scalar!("select code from customer where id = $1", id)
        .fetch_one(act.tx())
        .await?;
    let found = findable(&code, &c.name_zh, &c.name_en, &c.pinyin);
    let saved = sqlx::query!(
        "update customer set name_en = $3, name_zh = $4, country = $5, search = $6, pinyin = $7, address_en = $8,
             address_zh = $9, consignee = $10, notify = $11, marks = $12, currency = $13, incoterm = $14, place = $15,
             terms = $16, paper_lang = $17, requirements = $18, payer_aliases = $19, credit_limit = $20,
             credit_currency = $21, version = version + 1
         where id = $1 and version = $2",
        id,
        rev,
        c.name_en,
        c.name_zh,
        c.country,
        found.search,
        found.pinyin,
        c.address_en,
        c.address_zh,
        c.consignee,
        c.notify,
        c.marks,
        c.currency,
        c.incoterm,
        c.place,
        c.terms,
        c.paper_lang,
        c.requirements,
        &c.payer_aliases,
        c.credit_limit,
        Some(c.credit_currency.as_str()).filter(|code| !code.is_empty()),
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

pub(in crate::parties) async fn archive_customer(
    act: &mut Act,
    id: Uuid,
    rev: i32,
    at: Option<DateTime<Utc>>,
) -> Result<bool> {
    let saved = sqlx::query!(
        "update customer set archived_at = $3, version = version + 1 where id = $1 and version = $2",
        id,
        rev,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// Another salesperson; false where the version moved meanwhile.
pub(in crate::parties) async fn assign_customer(
    act: &mut Act,
    id: Uuid,
    rev: i32,
    to: PersonId,
) -> Result<bool> {
    let saved = sqlx::query!(
        "update customer set salesperson = $3, version = version + 1 where id = $1 and version = $2",
        id,
        rev,
        to.0,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

pub(in crate::parties) async fn customer_choices(
    db: &mut PgConnection,
    q: &str,
) -> Result<Vec<(CustomerId, String)>> {
    let rows = sqlx::query!(
        "select id, name_en from customer where archived_at is null and search like all($1)
         order by lower(name_en), id limit 500",
        &pinyin::patterns(q),
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (CustomerId(row.id), row.name_en))
        .collect())
}

/// Hosts where everybody has a mailbox; two customers there have nothing in common.
const PUBLIC_HOSTS: [&str; 14] = [
    "126.com",
    "163.com",
    "aol.com",
    "foxmail.com",
    "gmail.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "msn.com",
    "outlook.com",
    "qq.com",
    "sina.com",
    "yahoo.com",
    "yeah.net",
];

/// Customers with the same spelling, the same telling words, or a contact at the same host.
pub(in crate::parties) async fn customers_alike(
    db: &mut PgConnection,
    c: &Customer,
) -> Result<Vec<Alike>> {
    let (spelled, telling) = name_keys(&c.name_zh, &c.name_en);
    let host = c
        .first_contact
        .1
        .rsplit_once('@')
        .map_or("", |(_, host)| host);
    let host = if PUBLIC_HOSTS.contains(&host) {
        ""
    } else {
        host
    };
    let patterns: Vec<String> = pinyin::patterns(&telling);
    let rows = sqlx::query!(
        "select code, name_en, name_zh from customer
         where (name_zh <> '' and $1 <> '' and pinyin = $1) or (cardinality($2::text[]) > 0 and search like all($2))
             or ($3 <> '' and id in (select customer from contact where split_part(email, '@', 2) = $3))
         order by name_en limit 8",
        spelled,
        &patterns,
        host,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Alike {
            href: format!("/customers/{}", row.code),
            name: row.name_en,
            under: row.name_zh,
        })
        .collect())
}

/// A colleague as a customer's page names her.
pub(in crate::parties) struct Keeper {
    pub name_zh: String,
    pub name_en: String,
    pub department: Option<DepartmentId>,
}

impl Keeper {
    pub(in crate::parties) fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.name_zh,
            Lang::En => &self.name_en,
        }
    }
}

pub(in crate::parties) async fn person(
    db: &mut PgConnection,
    id: PersonId,
) -> Result<Option<Keeper>> {
    let row = sqlx::query!(
        "select name_zh, name_en, department from person where id = $1",
        id.0
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Keeper {
        name_zh: row.name_zh,
        name_en: row.name_en,
        department: row.department.map(DepartmentId),
    }))
}

/// Salespeople who may sign in.
pub(in crate::parties) async fn sellers(
    db: &mut PgConnection,
    lang: Lang,
) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        "select id, name_zh, name_en from person where status = 'active' and 'salesperson' = any(roles)
         order by created_at, id limit 500"
    )
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
