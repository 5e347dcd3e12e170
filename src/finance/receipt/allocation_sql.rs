//! Statements on allocations: who holds what of a receipt, who might be owed it, and the rows that allocate and undo.

use super::record::{Allocation, Receipt, Repaid, Yes};
use super::stage::AllocationStage;
use crate::base::{By, Currency, FileId, OrderId, OrderNumber, PersonId};
use crate::finance::reach;
use crate::history::Act;
use crate::web::{Error, Result};
use anyhow::anyhow;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

/// Allocations of a receipt to orders whose figures this reader may see, in the order they were made.
#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub(in crate::finance) async fn of_receipt(
    db: &mut PgConnection,
    by: &By,
    receipt: &Receipt,
) -> Result<Vec<Allocation>> {
    let reach = reach::of_money(by);
    let rows = sqlx::query!(
        r#"select a.id, o.number, c.name_en as customer, h.number as "shipment?", a.kind, a.amount, a.at,
               u.id as "undone?", u.outcome as "outcome?", coalesce(u.words, a.words) as "words!",
               u.repaid as "repaid?", u.repaid_cny as "repaid_cny?", u.repaid_on as "repaid_on?",
               u.repaid_reference as "repaid_reference?", u.repaid_slip as "repaid_slip?", p.name_zh as who_zh, p.name_en as who_en
           from receipt_allocation a join export_order o on o.id = a.order_id join customer c on c.id = o.customer
           join person p on p.id = a.person left join shipment h on h.id = a.shipment
           left join receipt_allocation u on u.undoes = a.id
           where a.receipt = $4 and a.undoes is null
               and order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)
           order by a.at, a.id limit 200"#,
        reach.everything,
        &reach.departments,
        reach.person,
        receipt.id,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let bad = || Error::Broken(anyhow!("allocation {}: unreadable", row.id));
            let outcome = row.outcome.as_deref().unwrap_or("reversed");
            let repaid = row.repaid.filter(|amount| !amount.is_zero());
            Ok(Allocation {
                stage: match row.undone {
                    None => AllocationStage::Allocated,
                    Some(_) => AllocationStage::parse(outcome).ok_or_else(bad)?,
                },
                order: OrderNumber::parse(&row.number).ok_or_else(bad)?,
                id: row.id,
                customer: row.customer,
                shipment: row.shipment,
                part: row.kind,
                amount: receipt.currency.round(row.amount),
                words: row.words,
                at: row.at,
                who_zh: row.who_zh,
                who_en: row.who_en,
                repaid: repaid.zip(row.repaid_on).map(|(amount, day)| Repaid {
                    amount: receipt.currency.round(amount),
                    cny: row.repaid_cny,
                    day,
                    reference: row.repaid_reference.unwrap_or_default(),
                    slip: row.repaid_slip.map(FileId),
                }),
            })
        })
        .collect()
}

/// Orders that hold something of a receipt now.
pub(in crate::finance) async fn holders(
    db: &mut PgConnection,
    receipt: Uuid,
) -> Result<Vec<OrderId>> {
    let rows = sqlx::query_scalar!(
        "select order_id from receipt_allocation where receipt = $1 group by order_id having sum(amount) <> 0
         order by order_id",
        receipt,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(OrderId).collect())
}

/// An order that this receipt may be for.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) number: String,
    pub(super) customer: String,
    pub(super) title: String,
    pub(super) total: Decimal,
    /// Of the total, what is due before production.
    pub(super) deposit: Decimal,
    pub(super) money_in: Decimal,
    /// Of that, what came as deposit, and what came for goods without naming their shipment.
    pub(super) deposit_in: Decimal,
    pub(super) unnamed: Decimal,
    /// Of the confirmed revision, less what was short-closed.
    pub(super) agreed: Decimal,
    pub(super) shipped_out: bool,
    /// The company's rule: the deposit pays for the last goods.
    pub(super) on_last: bool,
    /// Those that carry its goods, in the order they leave: [{"number", "value", "received"}].
    pub(super) shipments: serde_json::Value,
    pub(super) tolerance: Decimal,
    pub(super) named: bool,
}

/// Orders of its currency that are owed money and belong to its customer, its payer, or are named by its message.
#[expect(clippy::too_many_lines, reason = "one statement and its parameters")]
pub(super) async fn candidates(
    db: &mut PgConnection,
    by: &By,
    receipt: &Receipt,
) -> Result<Vec<Candidate>> {
    let reach = reach::of_money(by);
    Ok(sqlx::query_as!(
        Candidate,
        r#"select o.number, c.name_en as customer, o.title, order_owed(o.id) as "total!", d.deposit as "deposit!",
               order_money_in(o.id) as "money_in!", bank_charge_tolerance(o.currency::text) as "tolerance!",
               strpos($6, o.number) > 0 as "named!", a.deposit_in as "deposit_in!", a.unnamed as "unnamed!",
               p.total - order_given_up(o.id) as "agreed!", order_shipped_out(o.id, null) as "shipped_out!",
               deposit_on_last() as "on_last!", h.shipments as "shipments!"
           from export_order o join customer c on c.id = o.customer
           join proforma_invoice p on p.order_id = o.id and p.stage = 'confirmed'
           cross join lateral (
               select coalesce(sum((s.value ->> 'amount')::numeric), 0) as deposit
               from jsonb_array_elements(p.content -> 'schedule') s where s.value ->> 'trigger' = 'before_production') d
           cross join lateral (
               select coalesce(sum(a.amount) filter (where a.kind = 'deposit'), 0) as deposit_in,
                   coalesce(sum(a.amount) filter (where a.kind = 'balance' and a.shipment is null), 0) as unnamed
               from receipt_allocation a where a.order_id = o.id) a
           cross join lateral (
               select coalesce(jsonb_agg(jsonb_build_object('number', s.number, 'value', order_shipped_value(o.id, s.id)::text,
                   'received', coalesce((select sum(a.amount) from receipt_allocation a
                       where a.order_id = o.id and a.shipment = s.id), 0)::text)
                   order by coalesce(s.on_board_on, s.etd) nulls last, s.number), '[]') as shipments
               from shipment s where s.stage <> 'cancelled' and exists (select from shipment_line i
                   join order_line l on l.id = i.order_line where i.shipment = s.id and l.order_id = o.id)) h
           where order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)
               and o.condition in ('open', 'on_hold', 'closed') and o.currency::text = $7
               and order_owed(o.id) > order_money_in(o.id)
               and (c.id = $4 or lower(c.name_en) = lower($5) or strpos($6, o.number) > 0
                   or lower($5) = any(select lower(a) from unnest(c.payer_aliases) a))
           order by strpos($6, o.number) > 0 desc, o.number limit 40"#,
        reach.everything,
        &reach.departments,
        reach.person,
        receipt.customer,
        receipt.payer,
        receipt.message,
        receipt.currency.as_str(),
    )
    .fetch_all(db)
    .await?)
}

/// What the customer still owes of the order; none where there is none.
pub(super) async fn owed(
    db: &mut PgConnection,
    order: OrderId,
    currency: Currency,
) -> Result<Option<Decimal>> {
    let open = sqlx::query_scalar!(
        r#"select order_owed(p.order_id) - order_money_in(p.order_id) as "open?" from proforma_invoice p
           where p.order_id = $1 and p.stage = 'confirmed'"#,
        order.0,
    )
    .fetch_optional(db)
    .await?
    .flatten();
    Ok(open.map(|open| currency.round(open)))
}

/// A shipment that carries goods of this order, by its number.
pub(in crate::finance) async fn shipment_named(
    db: &mut PgConnection,
    order: OrderId,
    number: &str,
) -> Result<Option<Uuid>> {
    Ok(sqlx::query_scalar!(
        "select h.id from shipment h where h.number = $2 and exists (select from shipment_line s
             join order_line l on l.id = s.order_line where s.shipment = h.id and l.order_id = $1)",
        order.0,
        number,
    )
    .fetch_optional(db)
    .await?)
}

/// What goes where.
pub(super) struct Piece {
    pub(super) receipt: Uuid,
    pub(super) order: OrderId,
    pub(super) shipment: Option<Uuid>,
    pub(super) part: &'static str,
    pub(super) amount: Decimal,
}

pub(super) async fn allocate(act: &mut Act, piece: &Piece) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "insert into receipt_allocation (id, receipt, order_id, shipment, kind, amount, at, person)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        crate::base::fresh(at),
        piece.receipt,
        piece.order.0,
        piece.shipment,
        piece.part,
        piece.amount,
        at,
        person.0,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// The row that undoes another, with what became of the money.
pub(super) async fn undo(
    act: &mut Act,
    allocation: Uuid,
    outcome: AllocationStage,
    (words, repaid): (&str, Option<&Repaid>),
) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    sqlx::query!(
        "insert into receipt_allocation (id, receipt, order_id, shipment, kind, amount, undoes, outcome, words, at, person,
             repaid, repaid_cny, repaid_on, repaid_reference, repaid_slip)
         select $2, a.receipt, a.order_id, a.shipment, a.kind, -a.amount, a.id, $3, $4, $5, $6, $7, $8, $9, $10, $11
         from receipt_allocation a where a.id = $1",
        allocation,
        crate::base::fresh(at),
        outcome.code(),
        words,
        at,
        person.0,
        repaid.map_or(Decimal::ZERO, |repaid| repaid.amount),
        repaid.and_then(|repaid| repaid.cny),
        repaid.map(|repaid| repaid.day),
        repaid.map_or("", |repaid| repaid.reference.as_str()),
        repaid.and_then(|repaid| repaid.slip).map(|slip| slip.0),
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// The manager's yes for the money of a cancelled order, with its plan.
pub(super) async fn yes_for(db: &mut PgConnection, allocation: Uuid) -> Result<Option<Yes>> {
    let row = sqlx::query!(
        r#"select coalesce(summary ->> 'plan', '') as "plan!", decided_by as "by!" from approval
           where subject = 'cancelled_money' and subject_id = $1 and state = 'approved'
           order by decided_at desc limit 1"#,
        allocation,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Yes {
        plan: row.plan,
        by: PersonId(row.by),
    }))
}
