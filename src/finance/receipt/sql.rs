//! Statements on receipts: numbers, reading within reach, locking, writing.

use super::record::{Receipt, thing};
use crate::base::{By, Currency, FileId};
use crate::finance::reach;
use crate::history::Act;
use crate::web::error::on_constraint;
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) number: String,
    pub(super) customer: Option<Uuid>,
    pub(super) customer_code: String,
    pub(super) customer_name: String,
    pub(super) received_on: NaiveDate,
    pub(super) currency: String,
    pub(super) amount: Decimal,
    pub(super) bank_charges: Decimal,
    pub(super) payer: String,
    pub(super) account: String,
    pub(super) bank_reference: String,
    pub(super) message: String,
    pub(super) evidence: Option<Uuid>,
    pub(super) recorded_at: Option<DateTime<Utc>>,
    pub(super) free: Decimal,
    pub(super) to_settle: Decimal,
    pub(super) version: i32,
}

impl Row {
    pub(super) fn receipt(self) -> Result<Receipt> {
        let currency = Currency::parse(&self.currency).ok_or_else(|| {
            Error::Broken(anyhow!("receipt {}: unreadable currency", self.number))
        })?;
        let plain = |amount: Decimal| currency.round(amount);
        Ok(Receipt {
            currency,
            amount: plain(self.amount),
            charges: plain(self.bank_charges),
            free: plain(self.free),
            to_settle: plain(self.to_settle),
            id: self.id,
            number: self.number,
            customer: self.customer,
            customer_code: self.customer_code,
            customer_name: self.customer_name,
            received_on: self.received_on,
            payer: self.payer,
            account: self.account,
            bank_reference: self.bank_reference,
            message: self.message,
            evidence: self.evidence.map(FileId),
            recorded_at: self.recorded_at,
            version: self.version,
        })
    }
}

/// One receipt as this reader may see it: by an order or a customer of hers.
pub(in crate::finance) async fn find(
    db: &mut PgConnection,
    by: &By,
    number: &str,
) -> Result<Receipt> {
    let reach = reach::of_money(by);
    let row = sqlx::query_as!(
        Row,
        r#"select r.id, r.number, r.customer, coalesce(c.code, '') as "customer_code!",
               coalesce(c.name_en, '') as "customer_name!", r.received_on, r.currency::text as "currency!", r.amount,
               r.bank_charges, r.payer, coalesce(b.name, '') as "account!", r.bank_reference, r.message, r.evidence,
               r.recorded_at, receipt_free(r.id) as "free!", receipt_to_settle(r.id) as "to_settle!", r.version
           from receipt r left join customer c on c.id = r.customer left join bank_account b on b.id = r.account
           where r.number = $4 and ($1 or c.salesperson = $3 or exists (
               select from receipt_allocation a join export_order o on o.id = a.order_id
               where a.receipt = r.id and order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)))"#,
        reach.everything,
        &reach.departments,
        reach.person,
        number,
    )
    .fetch_optional(db)
    .await?;
    row.ok_or(Error::NotFound)?.receipt()
}

/// Holds the receipt until the act ends, after the orders: nobody else allocates, settles or gives back of it.
pub(in crate::finance) async fn lock(act: &mut Act, by: &By, number: &str) -> Result<Receipt> {
    sqlx::query_scalar!(
        "select r.id from receipt r where r.number = $1 for update",
        number
    )
    .fetch_optional(act.tx())
    .await?
    .ok_or(Error::NotFound)?;
    find(act.tx(), by, number).await
}

/// The next number of the year.
pub(in crate::finance) async fn next_number(
    act: &mut Act,
    kind: &str,
    letter: char,
    year: i32,
) -> Result<String> {
    let last = sqlx::query_scalar!(
        "insert into finance_counter (kind, year, last) values ($1, $2, 1)
         on conflict (kind, year) do update set last = finance_counter.last + 1 returning last",
        kind,
        year,
    )
    .fetch_one(act.tx())
    .await?;
    Ok(format!("{letter}{:02}-{last:04}", year.rem_euclid(100)))
}

/// A receipt as it is written.
#[derive(Clone, Debug)]
pub(super) struct Fresh {
    pub(super) customer: Option<Uuid>,
    pub(super) received_on: NaiveDate,
    pub(super) currency: Currency,
    pub(super) amount: Decimal,
    pub(super) charges: Decimal,
    pub(super) payer: String,
    pub(super) account: Uuid,
    pub(super) bank_reference: String,
    pub(super) message: String,
    pub(super) evidence: Option<FileId>,
    pub(super) imported: bool,
}

pub(super) async fn insert(
    act: &mut Act,
    number: &str,
    fresh: &Fresh,
) -> Result<crate::records::Thing> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    let id = crate::base::fresh(at);
    sqlx::query!(
        "insert into receipt (id, number, customer, received_on, currency, amount, bank_charges, payer, account,
             bank_reference, message, evidence, imported, recorded_at, recorded_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        id,
        number,
        fresh.customer,
        fresh.received_on,
        fresh.currency.as_str(),
        fresh.amount,
        fresh.charges,
        fresh.payer,
        fresh.account,
        fresh.bank_reference,
        fresh.message,
        fresh.evidence.map(|id| id.0),
        fresh.imported,
        at,
        person.0,
    )
    .execute(act.tx())
    .await
    .map_err(|error| {
        on_constraint(
            error,
            &[("receipt_bank_reference_key", "bank_reference", |t| {
                t.receipt_recorded_before()
            })],
        )
    })?;
    Ok(thing(id))
}

/// Number of the receipt that holds this reference of this account.
pub(super) async fn by_reference(
    db: &mut PgConnection,
    account: Uuid,
    reference: &str,
) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "select number from receipt where account = $1 and bank_reference = $2",
        account,
        reference,
    )
    .fetch_optional(db)
    .await?)
}

/// Our accounts in use: id, name, currency.
pub(super) async fn accounts(db: &mut PgConnection) -> Result<Vec<(Uuid, String, String)>> {
    let rows = sqlx::query!(
        r#"select id, name, currency::text as "currency!" from bank_account where archived_at is null
           order by name limit 100"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, row.name, row.currency))
        .collect())
}

/// A customer by code, or by the name it goes by; by a name it has paid under, where only one has.
pub(super) async fn customer_named(
    db: &mut PgConnection,
    code_or_name: &str,
) -> Result<Option<Uuid>> {
    let found = sqlx::query_scalar!(
        "select id from customer where archived_at is null and (code = $1 or lower(name_en) = lower($1)
             or lower($1) = any(select lower(a) from unnest(payer_aliases) a)) limit 2",
        code_or_name,
    )
    .fetch_all(db)
    .await?;
    Ok(match found.as_slice() {
        [one] => Some(*one),
        _ => None,
    })
}

/// Customers a receipt may be of, for a choice: code and name.
pub(super) async fn customers(db: &mut PgConnection) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        "select code, name_en from customer where archived_at is null order by lower(name_en), id limit 500"
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.code, row.name_en))
        .collect())
}
