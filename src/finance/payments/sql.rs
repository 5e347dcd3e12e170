//! Statements on what an order owes and has paid, and the counts of the queue. Bound by the order's id.

use crate::base::{By, Currency, FileId, OrderId};
use crate::finance::reach;
use crate::orders::{Order, OrderAct};
use crate::proforma::content::ScheduledPart;
use crate::proforma::terms::Crediting;
use crate::web::{Error, Result};
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

/// The confirmed proforma invoice as far as money is concerned.
#[derive(Clone, Debug)]
pub(super) struct Agreed {
    pub(super) total: Decimal,
    /// What the customer owes in all, as it was shipped within the tolerance.
    pub(super) owed: Decimal,
    /// Nothing is left to ship.
    pub(super) shipped_out: bool,
    pub(super) crediting: Crediting,
    pub(super) schedule: Vec<ScheduledPart>,
    pub(super) payment: String,
    pub(super) confirmed_at: Option<DateTime<Utc>>,
}

pub(super) async fn agreed(db: &mut PgConnection, order: &Order) -> Result<Option<Agreed>> {
    let row = sqlx::query!(
        r#"select total as "total!", content -> 'schedule' as "schedule!", content ->> 'payment' as "payment!", answered_at,
               order_given_up(order_id) as "given_up!", order_owed(order_id) as "owed!",
               order_shipped_out(order_id, null) as "shipped_out!", deposit_on_last() as "on_last!"
           from proforma_invoice where order_id = $1 and stage = 'confirmed'"#,
        order.id().0,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Agreed {
            total: order.terms.currency.round(row.total - row.given_up),
            owed: order.terms.currency.round(row.owed),
            shipped_out: row.shipped_out,
            crediting: Crediting::of(row.on_last),
            schedule: less(serde_json::from_value(row.schedule)?, row.given_up),
            payment: row.payment,
            confirmed_at: row.answered_at,
        })
    })
    .transpose()
}

/// What was short-closed is not asked for: it comes off the last instalment first.
fn less(mut schedule: Vec<ScheduledPart>, mut given_up: Decimal) -> Vec<ScheduledPart> {
    for part in schedule.iter_mut().rev() {
        let off = part.amount.min(given_up);
        part.amount -= off;
        given_up -= off;
    }
    schedule
}

/// Money an order has, and how far it may stay behind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Standing {
    pub(super) money_in: Decimal,
    /// Of that, what came as deposit.
    pub(super) deposit_in: Decimal,
    /// What came for goods without naming their shipment.
    pub(super) unnamed: Decimal,
    pub(super) tolerance: Decimal,
}

pub(super) async fn standing(db: &mut PgConnection, order: &Order) -> Result<Standing> {
    let currency = order.terms.currency;
    let row = sqlx::query!(
        r#"select order_money_in($1) as "money_in!", 
               bank_charge_tolerance($2) as "tolerance!",
               coalesce((select sum(a.amount) from receipt_allocation a where a.order_id = $1 and a.kind = 'deposit'), 0)
                   as "deposit_in!",
               coalesce((select sum(a.amount) from receipt_allocation a where a.order_id = $1 and a.kind = 'balance'
                   and a.shipment is null), 0) as "unnamed!""#,
        order.id().0,
        currency.as_str(),
    )
    .fetch_one(db)
    .await?;
    Ok(Standing {
        money_in: currency.round(row.money_in),
        deposit_in: currency.round(row.deposit_in),
        unnamed: currency.round(row.unnamed),
        tolerance: currency.round(row.tolerance),
    })
}

/// A shipment that carries goods of the order.
#[derive(Clone, Debug)]
pub(super) struct Shipped {
    pub(super) number: String,
    pub(super) value: Decimal,
    pub(super) on_board_on: Option<NaiveDate>,
    /// The day its transport document was issued.
    pub(super) issued_on: Option<NaiveDate>,
    /// What came for this shipment by name.
    pub(super) received: Decimal,
}

pub(super) async fn shipments(db: &mut PgConnection, order: &Order) -> Result<Vec<Shipped>> {
    let currency: Currency = order.terms.currency;
    let rows = sqlx::query!(
        r#"select h.number, h.on_board_on, order_shipped_value($1, h.id) as "value!",
               (select t.issued_on from transport_document t where t.shipment = h.id) as "issued_on?",
               coalesce((select sum(a.amount) from receipt_allocation a where a.order_id = $1 and a.shipment = h.id), 0)
                   as "received!"
           from shipment h where h.stage <> 'cancelled' and exists (select from shipment_line s
               join order_line l on l.id = s.order_line where s.shipment = h.id and l.order_id = $1)
           order by coalesce(h.on_board_on, h.etd) nulls last, h.number limit 100"#,
        order.id().0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Shipped {
            number: row.number,
            on_board_on: row.on_board_on,
            issued_on: row.issued_on,
            value: currency.round(row.value),
            received: currency.round(row.received),
        })
        .collect())
}

/// Money of the order as the page shows it: newest first, what was undone left out.
#[derive(Clone, Debug)]
#[expect(clippy::struct_field_names, reason = "the column's own name")]
pub(super) struct Received {
    pub(super) receipt: String,
    pub(super) payer: String,
    pub(super) received_on: NaiveDate,
    pub(super) part: String,
    pub(super) amount: Decimal,
}

pub(super) async fn received(db: &mut PgConnection, order: &Order) -> Result<Vec<Received>> {
    Ok(sqlx::query_as!(
        Received,
        r#"select r.number as receipt, r.payer, r.received_on, a.kind as part, a.amount
           from receipt_allocation a join receipt r on r.id = a.receipt
           where a.order_id = $1 and a.undoes is null
               and not exists (select from receipt_allocation u where u.undoes = a.id)
           order by r.received_on desc, a.at desc limit 200"#,
        order.id().0,
    )
    .fetch_all(db)
    .await?)
}

/// When money was asked of the customer, newest first.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) amount: Decimal,
    /// What is in when all that was asked for up to here has come.
    pub(super) target: Decimal,
    pub(super) due_on: NaiveDate,
    pub(super) at: DateTime<Utc>,
    pub(super) answered: bool,
}

pub(super) async fn asked(db: &mut PgConnection, order: &Order) -> Result<Vec<Asked>> {
    Ok(sqlx::query_as!(
        Asked,
        r#"select amount, target, due_on, at, order_money_in($1) >= target as "answered!" from payment_asking
           where order_id = $1 order by at desc limit 50"#,
        order.id().0,
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn insert_asking(
    act: &mut OrderAct,
    (amount, target): (Decimal, Decimal),
    shipment: Option<Uuid>,
    due_on: NaiveDate,
) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    let order = act.order.id();
    sqlx::query!(
        "insert into payment_asking (id, order_id, shipment, amount, target, due_on, at, person)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        crate::base::fresh(at),
        order.0,
        shipment,
        amount,
        target,
        due_on,
        at,
        person.0,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// The newest copy of a transport document in the order's file that the customer may read.
pub(super) async fn transport_copy(
    db: &mut PgConnection,
    order: OrderId,
) -> Result<Option<FileId>> {
    let id = sqlx::query_scalar!(
        "select id from stored_file where order_id = $1 and audience = 'customer'
             and kind in ('transport_document', 'bill_of_lading', 'waybill') order by at desc limit 1",
        order.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(FileId))
}

/// What waits on this desk and on the next one, within reach. Each is counted along an index of what is open: what was
/// claimed, settled or paid long ago is not looked at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub to_claim: i64,
    pub to_settle: i64,
    pub to_pay: i64,
    pub asked: i64,
}

pub async fn counts(db: &mut PgConnection, by: &By) -> Result<Counts> {
    let money = reach::of_money(by);
    let costs = reach::of_costs(by);
    Ok(sqlx::query_as!(
        Counts,
        r#"with waiting as (
               select r.id, r.customer, true as free, false as waits from receipt r where r.unclaimed > 0
               union all select r.id, r.customer, false, true from receipt r where r.unsettled > 0),
           seen as (
               select w.free, w.waits from waiting w left join customer c on c.id = w.customer
               where $1 or c.salesperson = $3 or exists (
                   select from receipt_allocation a join export_order o on o.id = a.order_id
                   where a.receipt = w.id and order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)))
           select (select count(*) from seen where free) as "to_claim!",
               (select count(*) from seen where waits) as "to_settle!",
               (select count(*) from payable p join export_order o on o.id = p.order_id where p.stage = 'approved'
                   and order_in_reach($1, $2, $4, o.department, o.operator, o.operator)) as "to_pay!",
               (select count(*) from payable p join export_order o on o.id = p.order_id where p.stage = 'asked'
                   and order_in_reach($1, $2, $4, o.department, o.operator, o.operator)) as "asked!""#,
        money.everything,
        &money.departments,
        money.person,
        costs.person,
    )
    .fetch_one(db)
    .await?)
}
