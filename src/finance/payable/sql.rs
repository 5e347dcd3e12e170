//! Statements on payables and what was paid for them.

use super::record::{Claim, KINDS, Payable};
use super::stage::Stage;
use crate::base::{By, Currency, OrderId, OrderNumber, PersonId};
use crate::finance::listing::Listed;
use crate::finance::reach;
use crate::history::Act;
use crate::orders::OrderAct;
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

struct Row {
    id: Uuid,
    number: String,
    order_number: String,
    kind: String,
    factory: Option<Uuid>,
    forwarder: Option<Uuid>,
    payee: String,
    party: String,
    shipment: Option<Uuid>,
    shipment_number: String,
    currency: String,
    amount: Decimal,
    due_on: NaiveDate,
    invoice_owed: bool,
    vat_invoice: String,
    noted_invoice: String,
    words: String,
    stage: String,
    created_by: Uuid,
    edited_by: Vec<Uuid>,
    asked_by: Option<Uuid>,
    stage_at: DateTime<Utc>,
    returned_words: String,
    approved_by: Vec<Uuid>,
    content_hash: Option<Vec<u8>>,
    version: i32,
}

impl Row {
    fn payable(self) -> Result<Payable> {
        let bad = |what: &str| Error::Broken(anyhow!("payable {}: unreadable {what}", self.number));
        let currency = Currency::parse(&self.currency).ok_or_else(|| bad("currency"))?;
        Ok(Payable {
            stage: Stage::parse(&self.stage).ok_or_else(|| bad("stage"))?,
            order: OrderNumber::parse(&self.order_number).ok_or_else(|| bad("order"))?,
            claim: Claim {
                kind: KINDS
                    .into_iter()
                    .find(|kind| *kind == self.kind)
                    .ok_or_else(|| bad("kind"))?,
                factory: self.factory,
                forwarder: self.forwarder,
                payee: self.payee,
                shipment: self.shipment,
                currency,
                amount: currency.round(self.amount),
                due_on: self.due_on,
                invoice_owed: self.invoice_owed,
                vat_invoice: self.vat_invoice,
                words: self.words,
            },
            id: self.id,
            number: self.number,
            shipment: self.shipment_number,
            party: self.party,
            created_by: PersonId(self.created_by),
            edited_by: self.edited_by.into_iter().map(PersonId).collect(),
            asked_by: self.asked_by.map(PersonId),
            stage_at: self.stage_at,
            returned_words: self.returned_words,
            noted_invoice: self.noted_invoice,
            approved_by: self.approved_by.into_iter().map(PersonId).collect(),
            content_hash: self.content_hash,
            version: self.version,
        })
    }
}

/// Payables whose figures this reader may see, by due day; `number` or `order` picks among them.
async fn read(
    db: &mut PgConnection,
    by: &By,
    (number, order): (&str, &str),
    asked: &Listed,
    limit: i64,
) -> Result<Vec<Payable>> {
    let reach = reach::of_costs(by);
    let (day, after) = asked.walked();
    let rows = sqlx::query_as!(
        Row,
        r#"select p.id, p.number, o.number as order_number, p.kind, p.factory, p.forwarder, p.payee,
               coalesce(f.code, w.code, '') as "party!", p.shipment, coalesce(h.number, '') as "shipment_number!",
               p.currency::text as "currency!", p.amount, p.due_on, p.invoice_owed, p.vat_invoice, p.noted_invoice, p.words,
               p.stage, p.created_by, p.edited_by, p.asked_by, p.stage_at, p.returned_words, p.approved_by, p.content_hash,
               p.version
           from payable p join export_order o on o.id = p.order_id left join factory f on f.id = p.factory
           left join forwarder w on w.id = p.forwarder left join shipment h on h.id = p.shipment
           where order_in_reach($1, $2, $3, o.department, o.operator, o.operator)
               and ($4 = '' or p.number = $4) and ($5 = '' or o.number = $5)
               and ($6 = '' or strpos(lower(concat_ws(' ', p.number, p.payee, o.number, p.vat_invoice, p.noted_invoice, p.words)), lower($6)) > 0)
               and ($7 = '' or p.stage = $7 or $7 = 'open' and p.stage in ('draft', 'asked', 'returned', 'approved'))
               and ($8::date is null or (p.due_on, p.number) > ($8, $9))
           order by p.due_on, p.number limit $10"#,
        reach.everything,
        &reach.departments,
        reach.person,
        number,
        order,
        asked.q,
        asked.state,
        day,
        after,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::payable).collect()
}

pub(in crate::finance) async fn rows(
    db: &mut PgConnection,
    by: &By,
    asked: &Listed,
    limit: i64,
) -> Result<Vec<Payable>> {
    read(db, by, ("", ""), asked, limit).await
}

pub(in crate::finance) async fn of_order(
    db: &mut PgConnection,
    by: &By,
    order: &OrderNumber,
) -> Result<Vec<Payable>> {
    read(db, by, ("", order.as_str()), &Listed::default(), 200).await
}

pub(super) async fn find(db: &mut PgConnection, by: &By, number: &str) -> Result<Payable> {
    if number.is_empty() {
        return Err(Error::NotFound);
    }
    read(db, by, (number, ""), &Listed::default(), 1)
        .await?
        .into_iter()
        .next()
        .ok_or(Error::NotFound)
}

/// A factory or forwarder by code or name: id and name.
pub(super) async fn party_named(
    db: &mut PgConnection,
    kind: &str,
    named: &str,
) -> Result<Option<(Uuid, String)>> {
    let rows = sqlx::query!(
        r#"select id as "id!", name_zh as "name!" from (
               select id, code, name_zh, archived_at, 'factory' as kind from factory
               union all select id, code, name_zh, archived_at, 'forwarder' from forwarder) x
           where x.kind = $1 and x.archived_at is null and (x.code = $2 or x.name_zh = $2) limit 2"#,
        kind,
        named,
    )
    .fetch_all(db)
    .await?;
    let mut rows = rows.into_iter();
    Ok(match (rows.next(), rows.next()) {
        (Some(one), None) => Some((one.id, one.name)),
        _ => None,
    })
}

pub(super) async fn insert(act: &mut OrderAct, number: &str, claim: &Claim) -> Result<Uuid> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    let (id, order): (Uuid, OrderId) = (crate::base::fresh(at), act.order.id());
    sqlx::query!(
        "insert into payable (id, number, order_id, shipment, kind, factory, forwarder, payee, currency, amount, due_on,
             invoice_owed, vat_invoice, words, stage, created_by, created_at, stage_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'draft', $15, $16, $16)",
        id,
        number,
        order.0,
        claim.shipment,
        claim.kind,
        claim.factory,
        claim.forwarder,
        claim.payee,
        claim.currency.as_str(),
        claim.amount,
        claim.due_on,
        claim.invoice_owed,
        claim.vat_invoice,
        claim.words,
        person.0,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(id)
}

/// Saves what is asked for; notes who edited. False where somebody was faster.
pub(super) async fn save(act: &mut OrderAct, payable: &Payable, claim: &Claim) -> Result<bool> {
    let person = act.by.person().ok_or(Error::SignIn)?;
    let saved = sqlx::query!(
        "update payable set shipment = $3, kind = $4, factory = $5, forwarder = $6, payee = $7, currency = $8, amount = $9,
             due_on = $10, invoice_owed = $11, vat_invoice = $12, words = $13, version = version + 1,
             edited_by = case when $14 = any(edited_by) then edited_by else edited_by || $14 end
         where id = $1 and version = $2",
        payable.id,
        payable.version,
        claim.shipment,
        claim.kind,
        claim.factory,
        claim.forwarder,
        claim.payee,
        claim.currency.as_str(),
        claim.amount,
        claim.due_on,
        claim.invoice_owed,
        claim.vat_invoice,
        claim.words,
        person.0,
    )
    .execute(act.tx())
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// The invoice came: its number stands beside what was asked for, which stays as it was approved.
pub(super) async fn note_invoice(
    act: &mut OrderAct,
    payable: &Payable,
    invoice: &str,
) -> Result<()> {
    sqlx::query!(
        "update payable set noted_invoice = $3, version = version + 1 where id = $1 and version = $2",
        payable.id,
        payable.version,
        invoice,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// Moves the stage where the version is still the one read.
pub(super) async fn save_stage(act: &mut Act, payable: &Payable, stage: Stage) -> Result<()> {
    let at = act.by.at;
    let saved = sqlx::query!(
        "update payable set stage = $3, stage_at = $4, version = version + 1 where id = $1 and version = $2",
        payable.id,
        payable.version,
        stage.code(),
        at,
    )
    .execute(act.tx())
    .await?;
    if saved.rows_affected() == 1 {
        Ok(())
    } else {
        Err(super::record::Refusal::Changed.into())
    }
}

/// Who asked, and for exactly what.
pub(super) async fn note_asking(act: &mut Act, id: Uuid, hash: &[u8]) -> Result<()> {
    let person = act.by.person().ok_or(Error::SignIn)?;
    sqlx::query!(
        "update payable set asked_by = $2, content_hash = $3, approved_by = '{}' where id = $1",
        id,
        person.0,
        hash,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_yes(act: &mut Act, id: Uuid) -> Result<()> {
    let person = act.by.person().ok_or(Error::SignIn)?;
    sqlx::query!(
        "update payable set approved_by = approved_by || $2::uuid, returned_words = '' where id = $1",
        id,
        person.0,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_return(act: &mut Act, id: Uuid, words: &str) -> Result<()> {
    sqlx::query!(
        "update payable set returned_words = $2 where id = $1",
        id,
        words
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// Payables of the order that wait for the manager, by number.
pub(super) async fn asked_of(db: &mut PgConnection, order: OrderId) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!(
        "select number from payable where order_id = $1 and stage = 'asked' order by number",
        order.0,
    )
    .fetch_all(db)
    .await?)
}
