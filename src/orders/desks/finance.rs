//! What the order reads of the desk finance 财务: receipts, their settlement, payables.

use super::super::item_kind::ItemKind;
use super::super::lifecycle::Step;
use super::super::open_items::{OpenItem, item};
use crate::base::calendar::Calendar;
use crate::base::{OrderId, Party, PersonId};
use crate::orders::Facts;
use crate::web::Result;
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;

#[derive(Clone, Debug, Default)]
pub struct FinanceFacts {
    /// Everything invoiced is in, less what banks may keep, and nothing of it waits to be settled or retained.
    pub matched: bool,
    /// Since when what is due before production has been owed; nothing once it is in.
    pub deposit_owed_since: Option<DateTime<Utc>>,
    /// Day until which the customer was asked to pay, where that much has not come.
    pub asked_until: Option<NaiveDate>,
    pub asked_at: Option<DateTime<Utc>>,
    /// Since when the copy is out and the balance against it neither in nor asked for.
    pub unasked_since: Option<DateTime<Utc>>,
    /// Open account: the day the first shipment that is not paid falls due, and since when it is owed.
    pub receivable_on: Option<NaiveDate>,
    pub receivable_since: Option<DateTime<Utc>>,
    /// Receipts that wait to be settled or retained, oldest first.
    pub to_settle: Vec<Waiting>,
    pub payables: Vec<Owed>,
}

#[derive(Clone, Debug, serde::Deserialize)]
pub struct Waiting {
    pub number: String,
    pub since: DateTime<Utc>,
}

/// A payable that wants something of somebody.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Owed {
    pub number: String,
    pub stage: String,
    pub since: DateTime<Utc>,
    pub due_on: NaiveDate,
    pub author: PersonId,
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub(in crate::orders) async fn load(db: &mut PgConnection, order: OrderId) -> Result<FinanceFacts> {
    let row = sqlx::query!(
        r#"select m.invoiced > 0 and m.money + m.tolerance >= m.invoiced and s.waiting = '[]' as "matched!",
               case when d.due > 0 and m.money + m.tolerance < d.due then p.answered_at end as "deposit_owed_since?",
               k.due_on as "asked_until?", k.at as "asked_at?",
               case when d.against_copy and b.needed > m.money + m.tolerance and not exists (select from payment_asking q
                   where q.order_id = o.id and q.target + m.tolerance >= b.needed) then b.since end as "unasked_since?",
               c.due_on as "receivable_on?", c.since as "receivable_since?", s.waiting as "waiting!", x.payables as "payables!"
           from export_order o
           left join proforma_invoice p on p.order_id = o.id and p.stage = 'confirmed'
           cross join lateral (select order_money_in(o.id) as money, order_invoiced(o.id) as invoiced,
               bank_charge_tolerance(o.currency::text) as tolerance) m
           cross join lateral (select
                   coalesce(sum((i.value ->> 'amount')::numeric) filter (where i.value ->> 'trigger' = 'before_production'), 0)
                       as due,
                   coalesce(bool_or(i.value ->> 'trigger' = 'against_bl_copy'), false) as against_copy,
                   substring(p.content ->> 'payment' from '^OA_([0-9]{1,3})$')::int as credit_days
               from jsonb_array_elements(coalesce(p.content -> 'schedule', '[]')) i) d
           -- Goods whose document is out, and of the deposit what belongs to goods that are not.
           cross join lateral (select sum(v.value) + case when order_shipped_out(o.id, null) then 0
                       else d.due * (1 - least(1, sum(v.value) / nullif(p.total - order_given_up(o.id), 0))) end as needed,
                   max(v.since) as since
               from (select order_shipped_value(o.id, h.id) as value, t.stage_since as since
                   from shipment h join transport_document t on t.shipment = h.id and t.stage in ('issued', 'released')
                   where h.stage in ('departed', 'arrived') and exists (select from shipment_line x
                       join order_line l on l.id = x.order_line where x.shipment = h.id and l.order_id = o.id)) v) b
           left join lateral (select v.due_on, v.since from (
                   select h.on_board_on + d.credit_days as due_on, h.stage_since as since,
                       sum(order_shipped_value(o.id, h.id)) over (order by h.on_board_on, h.number) as running
                   from shipment h where d.credit_days is not null and h.stage in ('departed', 'arrived')
                       and exists (select from shipment_line x join order_line l on l.id = x.order_line
                           where x.shipment = h.id and l.order_id = o.id)) v
               where v.running > m.money + m.tolerance order by v.running limit 1) c on true
           cross join lateral (select coalesce(jsonb_agg(jsonb_build_object('number', r.number,
                   'since', coalesce(r.recorded_at, r.received_on::timestamptz)) order by r.number), '[]') as waiting
               from receipt r where receipt_to_settle(r.id) > 0 and (select sum(a.amount) from receipt_allocation a
                   where a.receipt = r.id and a.order_id = o.id) > 0) s
           cross join lateral (select coalesce(jsonb_agg(jsonb_build_object('number', y.number, 'stage', y.stage,
                   'since', y.stage_at, 'due_on', y.due_on, 'author', y.created_by) order by y.number), '[]') as payables
               from payable y where y.order_id = o.id and y.stage in ('draft', 'asked', 'returned', 'approved')) x
           left join lateral (select q.due_on, q.at from payment_asking q
               where q.order_id = o.id and q.target > m.money order by q.at desc limit 1) k on true
           where o.id = $1"#,
        order.0,
    )
    .fetch_one(db)
    .await?;
    Ok(FinanceFacts {
        matched: row.matched,
        deposit_owed_since: row.deposit_owed_since,
        asked_until: row.asked_until,
        asked_at: row.asked_at,
        unasked_since: row.unasked_since,
        receivable_on: row.receivable_on,
        receivable_since: row.receivable_since,
        to_settle: serde_json::from_value(row.waiting)?,
        payables: serde_json::from_value(row.payables)?,
    })
}

/// What stands open on this desk.
#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub(in crate::orders) fn items(facts: &Facts, calendar: &Calendar, items: &mut Vec<OpenItem>) {
    let finance = &facts.finance;
    if let Some(since) = finance.deposit_owed_since {
        let times = (since, calendar.after_days(since, 5));
        items.push(item(
            facts,
            Step::ProductionOrder,
            ItemKind::GetDeposit,
            Party::Customer,
            times,
        ));
    }
    if let Some(since) = finance.unasked_since {
        let times = (since, calendar.after_days(since, 1));
        items.push(item(
            facts,
            Step::ShippingDocuments,
            ItemKind::AskBalance,
            Party::Us,
            times,
        ));
    }
    let asked = (finance.asked_until, finance.asked_at);
    let owed = (finance.receivable_on, finance.receivable_since);
    if let (Some(day), Some(since)) = if asked.0.is_some() { asked } else { owed } {
        items.push(item(
            facts,
            Step::ShippingDocuments,
            ItemKind::GetBalance,
            Party::Customer,
            (since, calendar.end_of(day)),
        ));
    }
    for waiting in &finance.to_settle {
        let times = (waiting.since, calendar.after_days(waiting.since, 3));
        items.push(OpenItem {
            subject: waiting.number.clone(),
            ..item(
                facts,
                Step::Settlement,
                ItemKind::SettleReceipt,
                Party::Finance,
                times,
            )
        });
    }
    for owed in &finance.payables {
        items.push(payable(facts, calendar, owed));
    }
}

fn payable(facts: &Facts, calendar: &Calendar, owed: &Owed) -> OpenItem {
    let day = calendar.after_days(owed.since, 1);
    let (kind, waiting, due, problem) = match owed.stage.as_str() {
        "asked" => (
            ItemKind::DecidePayable,
            Party::Manager,
            calendar.after_hours(owed.since, 4),
            false,
        ),
        "approved" => (
            ItemKind::PayPayable,
            Party::Finance,
            calendar.end_of(owed.due_on),
            false,
        ),
        "returned" => (ItemKind::RevisePayable, Party::Us, day, true),
        _ => (ItemKind::FinishPayable, Party::Us, day, false),
    };
    OpenItem {
        subject: owed.number.clone(),
        problem,
        ..item(facts, Step::Settlement, kind, waiting, (owed.since, due))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stage_of_a_payable_waits_for_its_own_hand() {
        let calendar = Calendar::new(chrono_tz::Asia::Shanghai, []);
        let mut facts = Facts::default();
        let owed = |stage: &str| Owed {
            number: "P26-0001".into(),
            stage: stage.into(),
            since: DateTime::UNIX_EPOCH,
            due_on: NaiveDate::default(),
            author: PersonId(uuid::Uuid::nil()),
        };
        facts.finance.payables = ["draft", "asked", "returned", "approved"]
            .into_iter()
            .map(owed)
            .collect();
        let mut found = Vec::new();
        items(&facts, &calendar, &mut found);
        let told: Vec<_> = found
            .iter()
            .map(|item| (item.kind, item.waiting, item.problem))
            .collect();
        assert_eq!(
            told,
            [
                (ItemKind::FinishPayable, Party::Us, false),
                (ItemKind::DecidePayable, Party::Manager, false),
                (ItemKind::RevisePayable, Party::Us, true),
                (ItemKind::PayPayable, Party::Finance, false),
            ]
        );
    }
}
