//! Every statement on verification, but for the queue's.

use super::matched::Laid;
use super::{FormStage, MatchStage, Matched, VerificationForm};
use crate::base::Currency;
use crate::orders::JointAct;
use crate::web::error::on_constraint;
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn form(
    db: &mut PgConnection,
    declaration: Uuid,
) -> Result<Option<VerificationForm>> {
    let row = sqlx::query!(
        r#"select f.id, f.number, f.stage, f.issued_on, f.returned_on, f.returned_from, f.verified_on, f.version,
               shipment_money_back(d.shipment, f.stage_since) as "money_back!"
           from verification_form f join customs_declaration d on d.id = f.declaration where f.declaration = $1"#,
        declaration,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(VerificationForm {
            stage: FormStage::parse(&row.stage)
                .ok_or_else(|| Error::Broken(anyhow!("verification form {}: stage", row.id)))?,
            id: row.id,
            number: row.number,
            issued_on: row.issued_on,
            returned_on: row.returned_on,
            returned_from: row.returned_from,
            verified_on: row.verified_on,
            money_back: row.money_back,
            version: row.version,
        })
    })
    .transpose()
}

pub(super) async fn insert_form(
    act: &mut JointAct,
    declaration: Uuid,
    number: &str,
    on: NaiveDate,
) -> Result<()> {
    let at = act.by.at;
    sqlx::query!(
        "insert into verification_form (id, declaration, number, stage, issued_on, stage_since)
         values ($1, $2, $3, 'issued', $4, $5)",
        crate::base::fresh(at),
        declaration,
        number,
        on,
        at,
    )
    .execute(act.tx())
    .await
    .map_err(|error| {
        on_constraint(
            error,
            &[("verification_form_number_key", "number", |t| {
                t.rebate_form_number_taken()
            })],
        )
    })?;
    Ok(())
}

pub(super) async fn form_returned(
    act: &mut JointAct,
    form: Uuid,
    on: NaiveDate,
    from: &str,
) -> Result<()> {
    let at = act.by.at;
    sqlx::query!(
        "update verification_form set stage = 'returned', returned_on = $2, returned_from = $3, stage_since = $4,
             version = version + 1 where id = $1",
        form,
        on,
        from,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn form_verified(act: &mut JointAct, form: Uuid, on: NaiveDate) -> Result<()> {
    let at = act.by.at;
    sqlx::query!(
        "update verification_form set stage = 'verified', verified_on = $2, stage_since = $3, version = version + 1
         where id = $1",
        form,
        on,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn matched(db: &mut PgConnection, declaration: Uuid) -> Result<Option<Matched>> {
    let row = sqlx::query!(
        r#"select id, stage, declared, currency::text as "currency!", tolerance, explained_received, explanation, version,
               verification_received(id) as "received!"
           from verification_matching where declaration = $1"#,
        declaration,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Matched {
            stage: MatchStage::parse(&row.stage)
                .ok_or_else(|| Error::Broken(anyhow!("verification {}: stage", row.id)))?,
            id: row.id,
            declared: rounded(row.declared, &row.currency),
            received: rounded(row.received, &row.currency),
            currency: row.currency,
            tolerance: row.tolerance,
            explained_received: row.explained_received,
            explanation: row.explanation,
            version: row.version,
        })
    })
    .transpose()
}

/// With as many decimals as its currency has.
fn rounded(amount: Decimal, currency: &str) -> Decimal {
    Currency::parse(currency).map_or(amount, |currency| currency.round(amount))
}

/// Money allocated to these orders that may be laid against a declaration.
#[derive(Clone, Debug)]
pub(super) struct Allocation {
    pub id: Uuid,
    pub receipt: String,
    pub received_on: NaiveDate,
    pub currency: String,
    pub amount: Decimal,
    /// Laid against this declaration, and against others.
    pub here: Decimal,
    pub elsewhere: Decimal,
}

pub(super) async fn allocations(
    db: &mut PgConnection,
    orders: &[Uuid],
    declaration: Uuid,
) -> Result<Vec<Allocation>> {
    let found = sqlx::query_as!(
        Allocation,
        r#"select a.id, r.number as receipt, r.received_on, r.currency::text as "currency!", a.amount,
               coalesce((select sum(v.amount) from verification_receipt v join verification_matching m on m.id = v.matching
                   where v.allocation = a.id and m.declaration = $2), 0) as "here!",
               coalesce((select sum(v.amount) from verification_receipt v join verification_matching m on m.id = v.matching
                   where v.allocation = a.id and m.declaration <> $2), 0) as "elsewhere!"
           from receipt_allocation a join receipt r on r.id = a.receipt
           where a.order_id = any($1) and a.amount > 0 and a.undoes is null
               and not exists (select from receipt_allocation u where u.undoes = a.id)
           order by r.received_on, r.number, a.id"#,
        orders,
        declaration,
    )
    .fetch_all(db)
    .await?;
    Ok(found
        .into_iter()
        .map(|one| Allocation {
            amount: rounded(one.amount, &one.currency),
            here: rounded(one.here, &one.currency),
            elsewhere: rounded(one.elsewhere, &one.currency),
            ..one
        })
        .collect())
}

/// Declarations of the same orders with what they declare, for the oldest-first proposal.
pub(super) async fn declared(
    db: &mut PgConnection,
    orders: &[Uuid],
) -> Result<Vec<(Uuid, NaiveDate, Decimal)>> {
    let rows = sqlx::query!(
        r#"select d.id, coalesce(d.exported_on, s.on_board_on) as "day!", coalesce(m.declared, d.fob_amount) as "value!"
           from customs_declaration d join shipment s on s.id = d.shipment
           left join verification_matching m on m.declaration = d.id
           where d.stage not in ('revoked', 'shut_out', 'void') and s.stage in ('departed', 'arrived')
               and coalesce(d.exported_on, s.on_board_on) is not null and coalesce(m.declared, d.fob_amount) is not null
               and exists (select from shipment_line x join order_line l on l.id = x.order_line
                   where x.shipment = s.id and l.order_id = any($1))
           order by 2, d.id"#,
        orders,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, row.day, row.value))
        .collect())
}

/// Writes the matching anew: what is declared, and which money counts.
pub(super) async fn save_matching(
    act: &mut JointAct,
    declaration: Uuid,
    (declared, currency): (Decimal, &str),
    laid: &[Laid],
) -> Result<()> {
    let at = act.by.at;
    let id = sqlx::query_scalar!(
        "insert into verification_matching (id, declaration, stage, declared, currency, matched_at, stage_since)
         values ($1, $2, 'matched', $3, $4, $5, $5)
         on conflict (declaration) do update set declared = excluded.declared, currency = excluded.currency, stage = 'matched',
             explained_received = null, matched_at = excluded.matched_at, stage_since = excluded.stage_since, version = verification_matching.version + 1
         returning id",
        crate::base::fresh(at),
        declaration,
        declared,
        currency,
        at,
    )
    .fetch_one(act.tx())
    .await?;
    sqlx::query!("delete from verification_receipt where matching = $1", id)
        .execute(act.tx())
        .await?;
    let (allocations, amounts): (Vec<Uuid>, Vec<Decimal>) =
        laid.iter().map(|one| (one.allocation, one.amount)).unzip();
    sqlx::query!(
        "insert into verification_receipt (matching, allocation, amount)
         select $1, a, n from unnest($2::uuid[], $3::numeric[]) as t (a, n)",
        id,
        &allocations,
        &amounts,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn explained(act: &mut JointAct, matched: &Matched, words: &str) -> Result<()> {
    let at = act.by.at;
    sqlx::query!(
        "update verification_matching set stage = 'difference_explained', explained_received = $2, explanation = $3,
             stage_since = $4, version = version + 1 where id = $1",
        matched.id,
        matched.received,
        words,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}
