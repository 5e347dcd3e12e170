//! Statements on payments out, and on the accounts they go to.

use super::record::{Account, Payable};
use crate::base::{Currency, Money, OrderId};
use crate::history::Act;
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

/// What was paid, as the page shows it.
#[derive(Clone, Debug)]
#[expect(clippy::struct_field_names, reason = "the column's own name")]
pub(super) struct Paid {
    pub(super) id: Uuid,
    pub(super) amount: Decimal,
    pub(super) paid_on: NaiveDate,
    pub(super) bank: String,
    pub(super) bank_reference: String,
    /// The payee's account; for who may read it.
    pub(super) paid_to: String,
    pub(super) words: String,
    pub(super) undone: bool,
}

pub(super) async fn paid(db: &mut PgConnection, payable: Uuid) -> Result<Vec<Paid>> {
    Ok(sqlx::query_as!(
        Paid,
        r#"select m.id, m.amount, m.paid_on, m.bank, m.bank_reference, m.paid_to, coalesce(u.words, m.words) as "words!",
               u.id is not null as "undone!"
           from payment m left join payment u on u.undoes = m.id
           where m.payable = $1 and m.undoes is null order by m.at, m.id"#,
        payable,
    )
    .fetch_all(db)
    .await?)
}

/// What else the same payee has had and asks for on the same order, in one currency.
#[derive(Clone, Debug)]
pub(super) struct Beside {
    pub(super) paid: Money,
    pub(super) open: Money,
}

pub(super) async fn beside(
    db: &mut PgConnection,
    order: OrderId,
    payable: &Payable,
) -> Result<Vec<Beside>> {
    let claim = &payable.claim;
    let rows = sqlx::query!(
        r#"select p.currency::text as "currency!",
               coalesce(sum(p.amount) filter (where p.stage = 'paid'), 0) as "paid!",
               coalesce(sum(p.amount) filter (where p.stage <> 'paid'), 0) as "open!"
           from payable p
           where p.order_id = $1 and p.id <> $2 and p.stage in ('draft', 'asked', 'returned', 'approved', 'paid')
               and p.kind = $3 and p.factory is not distinct from $4 and p.forwarder is not distinct from $5
               and (p.kind <> 'other' or p.payee = $6)
           group by p.currency order by p.currency"#,
        order.0,
        payable.id,
        claim.kind,
        claim.factory,
        claim.forwarder,
        claim.payee,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let currency = Currency::parse(&row.currency)
                .ok_or_else(|| Error::Broken(anyhow!("payable: currency {}", row.currency)))?;
            Ok(Beside {
                paid: Money::new(currency.round(row.paid), currency),
                open: Money::new(currency.round(row.open), currency),
            })
        })
        .collect()
}

/// Accounts of the payee in the payable's currency.
pub(super) async fn accounts(db: &mut PgConnection, payable: &Payable) -> Result<Vec<Account>> {
    Ok(sqlx::query_as!(
        Account,
        "select id, holder, bank, bic, account from payee_account
         where (factory = $1 or forwarder = $2) and currency = $3 and archived_at is null order by id limit 50",
        payable.claim.factory,
        payable.claim.forwarder,
        payable.claim.currency.as_str(),
    )
    .fetch_all(db)
    .await?)
}

/// The same inside an act: none of them changes before it has ended.
pub(super) async fn hold_accounts(act: &mut Act, payable: &Payable) -> Result<Vec<Account>> {
    sqlx::query!(
        "select id from payee_account where factory = $1 or forwarder = $2 order by id for share",
        payable.claim.factory,
        payable.claim.forwarder,
    )
    .fetch_all(act.tx())
    .await?;
    accounts(act.tx(), payable).await
}

/// What the bank's slip says of a payment out.
pub(super) struct Fresh {
    pub(super) paid_on: NaiveDate,
    pub(super) bank: String,
    pub(super) bank_reference: String,
    pub(super) account: Option<Account>,
}

pub(super) async fn insert(act: &mut Act, payable: &Payable, fresh: &Fresh) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "insert into payment (id, payable, amount, paid_on, bank, bank_reference, at, person, paid_to)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        crate::base::fresh(at),
        payable.id,
        payable.claim.amount,
        fresh.paid_on,
        fresh.bank,
        fresh.bank_reference,
        at,
        person.0,
        fresh.account.as_ref().map(Account::line).unwrap_or_default(),
    )
    .execute(act.tx())
    .await?;
    sqlx::query!(
        "update payable set account = $2 where id = $1",
        payable.id,
        fresh.account.as_ref().map(|account| account.id),
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// The row that undoes the payment.
pub(super) async fn undo(act: &mut Act, payable: Uuid, words: &str) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "insert into payment (id, payable, amount, paid_on, bank, bank_reference, undoes, words, at, person, paid_to)
         select $2, m.payable, -m.amount, m.paid_on, m.bank, m.bank_reference, m.id, $3, $4, $5, m.paid_to
         from payment m where m.payable = $1 and m.undoes is null
             and not exists (select from payment u where u.undoes = m.id)",
        payable,
        crate::base::fresh(at),
        words,
        at,
        person.0,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}
