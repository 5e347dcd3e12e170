//! The statements of a letter of credit: found within reach, locked, written.

use super::credit::LetterOfCredit;
use super::stage::Stage;
use super::terms::{Known, Terms};
use crate::base::{By, Currency, Money, OrderNumber};
use crate::orders::{Order, OrderAct};
use crate::people::relation::InReach;
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

struct Row {
    id: Uuid,
    number: String,
    stage: String,
    currency: String,
    amount: Decimal,
    customer_name: String,
    since: Option<DateTime<Utc>>,
    expected_on: Option<NaiveDate>,
    received_on: Option<NaiveDate>,
    terms: serde_json::Value,
    bank_number: String,
    issuing_bank: String,
    plus_percent: Decimal,
    expiry_on: Option<NaiveDate>,
    expiry_place: String,
    latest_shipment_on: Option<NaiveDate>,
    period_days: Option<i32>,
    reason: String,
    version: i32,
    drawn: Decimal,
}

impl Row {
    fn credit(self) -> Result<LetterOfCredit> {
        let bad = |what: &str| Error::Broken(anyhow!("credit {}: unreadable {what}", self.id));
        let currency = Currency::parse(&self.currency).ok_or_else(|| bad("currency"))?;
        Ok(LetterOfCredit {
            stage: Stage::parse(&self.stage).ok_or_else(|| bad("stage"))?,
            terms: serde_json::from_value(self.terms)?,
            money: Money::new(currency.round(self.amount), currency),
            drawn: currency.round(self.drawn),
            period_days: self.period_days.and_then(|days| days.try_into().ok()),
            id: self.id,
            number: self.number,
            customer_name: self.customer_name,
            since: self.since,
            expected_on: self.expected_on,
            received_on: self.received_on,
            bank_number: self.bank_number,
            issuing_bank: self.issuing_bank,
            plus: self.plus_percent,
            expiry_on: self.expiry_on,
            expiry_place: self.expiry_place,
            latest_shipment_on: self.latest_shipment_on,
            reason: self.reason,
            version: self.version,
        })
    }
}

/// The order through which this reader knows the credit: one she operates, else the first in her reach.
pub(super) async fn order_of(
    db: &mut PgConnection,
    by: &By,
    number: &str,
) -> Result<Option<OrderNumber>> {
    let reach = InReach::of(by);
    let found = sqlx::query_scalar!(
        "select o.number from letter_of_credit l join letter_of_credit_order x on x.letter_of_credit = l.id
             join export_order o on o.id = x.order_id
         where l.number = $1 and order_in_reach($2, $3, $4, o.department, o.salesperson, o.operator)
         order by o.condition in ('cancelling', 'cancelled', 'dropped', 'closed'), o.operator is not distinct from $4 desc,
             o.id limit 1",
        number,
        reach.everything,
        &reach.departments,
        reach.person,
    )
    .fetch_optional(db)
    .await?;
    Ok(found.as_deref().and_then(OrderNumber::parse))
}

/// A credit by our number; who reads has come by one of its orders.
pub(super) async fn read(db: &mut PgConnection, number: &str) -> Result<Option<LetterOfCredit>> {
    sqlx::query_as!(
        Row,
        r#"select l.id, l.number, l.stage, l.currency::text as "currency!", l.amount, c.name_en as customer_name, l.since,
               l.expected_on, l.received_on, l.terms, l.bank_number, l.issuing_bank, l.plus_percent, l.expiry_on,
               l.expiry_place, l.latest_shipment_on, l.period_days, l.reason, l.version,
               coalesce((select sum(d.amount) from credit_drawing d where d.letter_of_credit = l.id), 0) as "drawn!"
           from letter_of_credit l join customer c on c.id = l.customer where l.number = $1"#,
        number,
    )
    .fetch_optional(db)
    .await?
    .map(Row::credit)
    .transpose()
}

/// The same under the act's lock: after the order, before anything is written.
pub(super) async fn lock(act: &mut OrderAct, number: &str) -> Result<Option<LetterOfCredit>> {
    sqlx::query!(
        "select id from letter_of_credit where number = $1 for update",
        number
    )
    .fetch_optional(act.tx())
    .await?;
    read(act.tx(), number).await
}

/// Credits of one order, newest first.
pub(super) async fn list_for(db: &mut PgConnection, order: &Order) -> Result<Vec<LetterOfCredit>> {
    sqlx::query_as!(
        Row,
        r#"select l.id, l.number, l.stage, l.currency::text as "currency!", l.amount, c.name_en as customer_name, l.since,
               l.expected_on, l.received_on, l.terms, l.bank_number, l.issuing_bank, l.plus_percent, l.expiry_on,
               l.expiry_place, l.latest_shipment_on, l.period_days, l.reason, l.version,
               coalesce((select sum(d.amount) from credit_drawing d where d.letter_of_credit = l.id), 0) as "drawn!"
           from letter_of_credit_order x join letter_of_credit l on l.id = x.letter_of_credit
           join customer c on c.id = l.customer where x.order_id = $1 order by l.number desc limit 50"#,
        order.id().0,
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(Row::credit)
    .collect()
}

/// Orders of a credit, by id: the order in which they are ever locked.
pub(super) async fn order_ids(db: &mut PgConnection, credit: Uuid) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar!(
        "select order_id from letter_of_credit_order where letter_of_credit = $1 order by order_id",
        credit
    )
    .fetch_all(db)
    .await?)
}

/// Other open orders of the same customer, entity, department and currency that this reader works: a credit may cover them.
pub(super) async fn companions(
    db: &mut PgConnection,
    by: &By,
    order: &Order,
) -> Result<Vec<(String, String)>> {
    let reach = InReach::of(by);
    let rows = sqlx::query!(
        "select o.number, o.title from export_order o join export_order m on m.id = $1
         where o.customer = m.customer and o.entity = m.entity and o.department = m.department
             and o.currency = m.currency and o.id <> m.id and o.condition in ('open', 'on_hold')
             and order_in_reach($2, $3, $4, o.department, o.salesperson, o.operator) and ($2 or o.operator = $5)
         order by o.number desc limit 30",
        order.id().0,
        reach.everything,
        &reach.departments,
        reach.person,
        by.person().map(|person| person.0),
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.number.clone(), format!("{} {}", row.number, row.title)))
        .collect())
}

/// What a credit that is expected is known by.
#[expect(clippy::struct_field_names, reason = "the column's own name")]
pub(super) struct Expected {
    pub money: Money,
    pub issuing_bank: String,
    pub expected_on: Option<NaiveDate>,
    /// Numbers of the further orders it covers.
    pub others: Vec<String>,
}

/// The next of our running numbers of the year.
async fn next_number(act: &mut OrderAct) -> Result<String> {
    let year = act.today().year();
    let last = sqlx::query_scalar!(
        "insert into credit_counter (year, last) values ($1, 1)
         on conflict (year) do update set last = credit_counter.last + 1 returning last",
        year
    )
    .fetch_one(act.tx())
    .await?;
    Ok(format!("LC-{year}-{last:03}"))
}

/// Writes an expected credit over this order and the others; answers how many of the others fit.
pub(super) async fn insert(act: &mut OrderAct, expected: &Expected) -> Result<(String, Uuid, u64)> {
    let (order, at) = (act.order.id(), act.by.at);
    let (id, number) = (crate::base::fresh(at), next_number(act).await?);
    sqlx::query!(
        "insert into letter_of_credit (id, number, customer, department, stage, currency, amount, created_at, since,
             expected_on, issuing_bank)
         select $1, $2, o.customer, o.department, 'expected', $4, $5, $6, $6, $7, $8 from export_order o where o.id = $3",
        id,
        number,
        order.0,
        expected.money.currency.as_str(),
        expected.money.amount,
        at,
        expected.expected_on,
        expected.issuing_bank,
    )
    .execute(act.tx())
    .await?;
    let joined = sqlx::query!(
        "insert into letter_of_credit_order (letter_of_credit, order_id)
         select $1, o.id from export_order o join export_order m on m.id = $2
         where o.id = $2 or (o.number = any($3) and o.customer = m.customer and o.entity = m.entity
             and o.department = m.department and o.currency = m.currency)",
        id,
        order.0,
        &expected.others,
    )
    .execute(act.tx())
    .await?;
    Ok((number, id, joined.rows_affected().saturating_sub(1)))
}

/// Something of it was written down beside its stage; whoever has its page open is told.
pub(super) async fn touch(act: &mut OrderAct, credit: &LetterOfCredit) -> Result<()> {
    save_stage_since(act, credit, credit.stage, credit.since).await
}

/// Moves the stage where the version is still the one read.
pub(super) async fn save_stage(
    act: &mut OrderAct,
    credit: &LetterOfCredit,
    stage: Stage,
) -> Result<()> {
    let at = act.by.at;
    save_stage_since(act, credit, stage, Some(at)).await
}

async fn save_stage_since(
    act: &mut OrderAct,
    credit: &LetterOfCredit,
    stage: Stage,
    since: Option<DateTime<Utc>>,
) -> Result<()> {
    let saved = sqlx::query!(
        "update letter_of_credit set stage = $3, since = $4, version = version + 1 where id = $1 and version = $2",
        credit.id,
        credit.version,
        stage.code(),
        since,
    )
    .execute(act.tx())
    .await?;
    if saved.rows_affected() == 1 {
        Ok(())
    } else {
        Err(Error::Stale(Box::default()))
    }
}

/// The paper's fields with what is read out of them.
pub(super) async fn save_terms(
    act: &mut OrderAct,
    credit: Uuid,
    terms: &Terms,
    known: &Known,
) -> Result<()> {
    let (currency, amount) = known.money.ok_or(Error::Garbled("amount"))?;
    sqlx::query!(
        "update letter_of_credit set terms = $2, currency = $3, amount = $4, bank_number = $5, plus_percent = $6,
             minus_percent = $7, expiry_on = $8, expiry_place = $9, latest_shipment_on = $10, period_days = $11,
             issuing_bank = case when $12 = '' then issuing_bank else $12 end where id = $1",
        credit,
        serde_json::to_value(terms)?,
        currency.as_str(),
        amount,
        terms.get("20"),
        known.plus,
        known.minus,
        known.expiry_on,
        known.expiry_place,
        known.latest_shipment_on,
        known.period_days.and_then(|days| i32::try_from(days).ok()),
        terms.get("52a").lines().next().unwrap_or(""),
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_receipt(act: &mut OrderAct, credit: Uuid, day: NaiveDate) -> Result<()> {
    sqlx::query!(
        "update letter_of_credit set received_on = $2 where id = $1",
        credit,
        day
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_workable(act: &mut OrderAct, credit: Uuid) -> Result<()> {
    let person = act.by.person().ok_or(Error::SignIn)?;
    sqlx::query!(
        "update letter_of_credit set workable_by = $2 where id = $1",
        credit,
        person.0
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_reason(act: &mut OrderAct, credit: Uuid, reason: &str) -> Result<()> {
    sqlx::query!(
        "update letter_of_credit set reason = $2 where id = $1",
        credit,
        reason
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// Days banks are closed beside the week-ends, as the year's calendar names them. A made-up working day is none here:
/// that banks are open on it is for the bank to say.
pub(super) async fn closed_days(db: &mut PgConnection) -> Result<super::deadline::BankDays> {
    let days = sqlx::query_scalar!("select day from calendar_day where not working")
        .fetch_all(db)
        .await?;
    Ok(super::deadline::BankDays::closed_on(days))
}

/// A set of documents under it is on its way: what was handed in on the last day may be recorded after it.
pub(super) async fn has_open_set(db: &mut PgConnection, credit: Uuid) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from presentation p join shipment s on s.id = p.shipment
           where p.letter_of_credit = $1 and p.stage not in ('paid', 'refused') and s.stage <> 'cancelled') as "open!""#,
        credit,
    )
    .fetch_one(db)
    .await?)
}
