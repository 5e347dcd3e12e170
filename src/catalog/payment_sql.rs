//! Every statement on payment terms.

use super::payment_term::{PaymentTerm, with_held};
use crate::base::terms::Terms;
use crate::base::{Lang, T, pinyin};
use crate::history::Act;
use crate::records::Stored;
use crate::records::acts::free_code;
use crate::web::error::on_constraint;
use crate::web::{Error, Result};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// For a choice on an order: what the terms say, written out, with the card's name; and what the order holds.
pub async fn choices(db: &mut PgConnection, t: T, held: &str) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        "select terms, name_zh, name_en from payment_term where archived_at is null order by place, lower(name_en), id limit 200"
    )
    .fetch_all(db)
    .await?;
    let cards = rows.into_iter().map(|row| match t.0 {
        Lang::Zh => (row.terms, row.name_zh),
        Lang::En => (row.terms, row.name_en),
    });
    Ok(with_held(t, cards.collect(), held))
}

pub(super) async fn find(db: &mut PgConnection, code: &str) -> Result<Option<Stored<PaymentTerm>>> {
    let row = sqlx::query!(
        "select id, code, name_zh, name_en, terms, archived_at, version from payment_term where code = $1",
        code
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let terms = Terms::from_code(&row.terms).map_err(|_| {
            Error::Broken(anyhow::anyhow!("payment term {}: {}", row.id, row.terms))
        })?;
        Ok(Stored {
            id: row.id,
            code: row.code,
            version: row.version,
            archived_at: row.archived_at,
            card: PaymentTerm {
                name_zh: row.name_zh,
                name_en: row.name_en,
                terms: Some(terms),
            },
        })
    })
    .transpose()
}

fn at_its_field(error: sqlx::Error) -> Error {
    on_constraint(
        error,
        &[("payment_term_terms_key", "share_1", T::catalog_terms_taken)],
    )
}

fn written(card: &PaymentTerm) -> Result<String> {
    let terms = card.terms.as_ref().map(Terms::written);
    terms.ok_or_else(|| Error::Broken(anyhow::anyhow!("payment terms without instalments")))
}

/// `PT_30_DEPOSIT_70_45_DAYS`, or the code of usual terms where no card has it.
async fn new_code(act: &mut Act, id: Uuid, card: &PaymentTerm) -> Result<String> {
    let usual = card.terms.as_ref().and_then(Terms::code);
    let slug: String = pinyin::slug(&card.name_en).chars().take(60).collect();
    let named = format!("PT_{}", slug.replace('-', "_").to_ascii_uppercase());
    let wish = usual.unwrap_or_else(|| named.trim_end_matches('_').to_owned());
    let taken = sqlx::query_scalar!(
        "select code from payment_term where starts_with(code, $1)",
        wish
    )
    .fetch_all(act.tx())
    .await?;
    Ok(free_code(&wish, "", id, &taken)
        .replace('-', "_")
        .to_ascii_uppercase())
}

pub(super) async fn insert(act: &mut Act, id: Uuid, card: &PaymentTerm) -> Result<String> {
    let (code, terms) = (new_code(act, id, card).await?, written(card)?);
    sqlx::query!(
        "insert into payment_term (id, code, name_zh, name_en, terms, search) values ($1, $2, $3, $4, $5, $6)",
        id,
        code,
        card.name_zh,
        card.name_en,
        terms,
        pinyin::search_text(&[&code, &card.name_zh, &card.name_en]),
    )
    .execute(act.tx())
    .await
    .map_err(at_its_field)?;
    Ok(code)
}

/// Everything but the code, which customers carry.
pub(super) async fn update(act: &mut Act, id: Uuid, rev: i32, card: &PaymentTerm) -> Result<bool> {
    let terms = written(card)?;
    let code = sqlx::query_scalar!("select code from payment_term where id = $1", id)
        .fetch_one(act.tx())
        .await?;
    let saved = sqlx::query!(
        "update payment_term set name_zh = $3, name_en = $4, terms = $5, search = $6, version = version + 1
         where id = $1 and version = $2",
        id,
        rev,
        card.name_zh,
        card.name_en,
        terms,
        pinyin::search_text(&[&code, &card.name_zh, &card.name_en]),
    )
    .execute(act.tx())
    .await
    .map_err(at_its_field)?;
    Ok(saved.rows_affected() == 1)
}

pub(super) async fn archive(
    act: &mut Act,
    id: Uuid,
    rev: i32,
    at: Option<DateTime<Utc>>,
) -> Result<bool> {
    let saved = sqlx::query!(
        "update payment_term set archived_at = $3, version = version + 1 where id = $1 and version = $2",
        id,
        rev,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}
