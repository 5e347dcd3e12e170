//! What the order reads of the desk finance 财务: receipts, their settlement, payables.

use super::super::item_kind::ItemKind;
use super::super::lifecycle::Step;
use super::super::open_items::{OpenItem, item};
use super::dues::{Call, Dues, Receivable, Shipped};
use crate::base::calendar::Calendar;
use crate::base::terms::{Crediting, Plan, Purse, Terms};
use crate::base::{Currency, OrderId, Party, PersonId, format};
use crate::orders::Facts;
use crate::web::Result;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use rust_decimal::Decimal;
use sqlx::PgConnection;

#[derive(Clone, Debug, Default)]
pub struct FinanceFacts {
    /// Everything invoiced is in, less what banks kept or may keep, and nothing of it waits to be settled or retained.
    pub matched: bool,
    /// Since when what is due before production has been owed; nothing once it is in.
    pub deposit_owed_since: Option<DateTime<Utc>>,
    /// Its day, where the terms name one.
    pub deposit_due_on: Option<NaiveDate>,
    /// Day until which the customer was asked to pay, where that much has not come.
    pub asked_until: Option<NaiveDate>,
    pub asked_at: Option<DateTime<Utc>>,
    /// He was asked for what is due before production, and for no more.
    pub asked_ahead: bool,
    /// Called for by goods on their way, and neither in nor asked for.
    pub unasked: Option<Call>,
    /// The first part on trust of goods that have left that is not paid.
    pub receivable: Option<Receivable>,
    /// Shipments whose transport document would not be let go.
    pub held: Vec<String>,
    /// Goods of the order have left.
    pub gone: bool,
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

/// What the statement reads, before it is weighed.
struct Row {
    matched: bool,
    payment: String,
    total: Decimal,
    given_up: Decimal,
    owed: Decimal,
    instalments: Vec<Decimal>,
    on_last: bool,
    currency: String,
    confirmed_at: Option<DateTime<Utc>>,
    money: Decimal,
    tolerance: Decimal,
    allowance: Decimal,
    asked_until: Option<NaiveDate>,
    asked_at: Option<DateTime<Utc>>,
    asked_target: Option<Decimal>,
    asked_for: Option<Decimal>,
    shipments: serde_json::Value,
    waiting: serde_json::Value,
    payables: serde_json::Value,
}

pub(in crate::orders) async fn load(
    db: &mut PgConnection,
    order: OrderId,
    zone: Tz,
) -> Result<FinanceFacts> {
    read(db, order).await?.weighed(zone)
}

async fn read(db: &mut PgConnection, order: OrderId) -> Result<Row> {
    Ok(sqlx::query_as!(
        Row,
        r#"select m.invoiced > 0 and m.money + m.allowance >= m.invoiced and s.waiting = '[]' as "matched!",
               coalesce(p.content ->> 'payment', '') as "payment!", coalesce(p.total, 0) as "total!",
               coalesce(order_given_up(o.id), 0) as "given_up!", coalesce(order_owed(o.id), 0) as "owed!",
               order_instalments(o.id) as "instalments!: Vec<Decimal>", deposit_on_last() as "on_last!",
               o.currency::text as "currency!", p.answered_at as "confirmed_at?", m.money as "money!",
               m.tolerance as "tolerance!", m.allowance as "allowance!", k.due_on as "asked_until?", k.at as "asked_at?",
               k.target as "asked_target?",
               (select max(q.target) from payment_asking q where q.order_id = o.id) as "asked_for?",
               h.shipments as "shipments!", s.waiting as "waiting!", x.payables as "payables!"
           from export_order o
           left join proforma_invoice p on p.order_id = o.id and p.stage = 'confirmed'
           cross join lateral (select order_money_in(o.id) as money, order_invoiced(o.id) as invoiced,
               bank_charge_tolerance(o.currency::text) as tolerance, bank_charge_allowance(o.id) as allowance) m
           cross join lateral (select coalesce(jsonb_agg(jsonb_build_object('number', v.number, 'mode', v.mode,
                   'stage', v.stage, 'since', coalesce(v.stage_since, v.created_at), 'on_board_on', v.on_board_on,
                   'value', order_shipped_value(o.id, v.id)::text, 'last', order_shipped_out(o.id, v.id), 'document', t.stage,
                   'document_since', t.stage_since) order by v.on_board_on nulls last, v.number), '[]') as shipments
               from shipment v left join transport_document t on t.shipment = v.id
               where p.id is not null and v.stage <> 'cancelled' and exists (select from shipment_line i
                   join order_line l on l.id = i.order_line where i.shipment = v.id and l.order_id = o.id)) h
           cross join lateral (select coalesce(jsonb_agg(jsonb_build_object('number', r.number,
                   'since', coalesce(r.recorded_at, r.received_on::timestamptz)) order by r.number), '[]') as waiting
               from (select a.receipt from receipt_allocation a where a.order_id = o.id
                   group by a.receipt having sum(a.amount) > 0) own
               join receipt r on r.id = own.receipt where receipt_to_settle(r.id) > 0) s
           cross join lateral (select coalesce(jsonb_agg(jsonb_build_object('number', y.number, 'stage', y.stage,
                   'since', y.stage_at, 'due_on', y.due_on, 'author', y.created_by) order by y.number), '[]') as payables
               from payable y where y.order_id = o.id and y.stage in ('draft', 'asked', 'returned', 'approved')) x
           left join lateral (select q.due_on, q.at, q.target from payment_asking q
               where q.order_id = o.id and q.target > m.money order by q.at desc limit 1) k on true
           where o.id = $1"#,
        order.0,
    )
    .fetch_one(db)
    .await?)
}

impl Row {
    /// The instalments in force; none before the customer confirmed.
    fn plan(&self) -> Plan {
        let terms = Terms::from_code(&self.payment).ok();
        let sums = (self.total, self.given_up);
        let crediting = Crediting::of(self.on_last);
        terms
            .zip(Currency::parse(&self.currency))
            .map(|(terms, currency)| terms.agreed(&self.instalments, sums, currency, crediting))
            .unwrap_or_default()
    }

    fn weighed(self, zone: Tz) -> Result<FinanceFacts> {
        let shipments: Vec<Shipped> = serde_json::from_value(self.shipments.clone())?;
        let plan = self.plan();
        let purse = Purse {
            received: self.money,
            tolerance: self.tolerance,
        };
        let dues = Dues {
            plan: &plan,
            shipments: &shipments,
            purse,
            confirmed_on: self.confirmed_at.map(|at| format::local_day(at, zone)),
        };
        let held = dues.held();
        // Where only what banks kept and said so is missing, and nothing waits for it, nobody is asked for it.
        let paid = held.is_empty()
            && self.owed > Decimal::ZERO
            && self.money + self.allowance >= self.owed;
        let asked = self.asked_for.unwrap_or_default().max(self.money) + self.tolerance;
        let short = plan.may_release_production(purse).is_err();
        let rule = plan.parts.iter().find(|part| part.instalment.is_ahead());
        let named = rule.map(|part| part.instalment.due);
        Ok(FinanceFacts {
            matched: self.matched,
            deposit_owed_since: self.confirmed_at.filter(|_| short),
            deposit_due_on: named
                .filter(|rule| rule.days > 0)
                .zip(dues.confirmed_on)
                .and_then(|(rule, day)| rule.due_on(day)),
            asked_until: self.asked_until.filter(|_| !paid),
            asked_at: self.asked_at.filter(|_| !paid),
            asked_ahead: self
                .asked_target
                .is_some_and(|target| target <= plan.ahead()),
            unasked: dues.called().filter(|call| !paid && call.needed > asked),
            receivable: dues.receivable(self.allowance),
            gone: shipments.iter().any(|one| one.on_board_on.is_some()),
            held,
            to_settle: serde_json::from_value(self.waiting)?,
            payables: serde_json::from_value(self.payables)?,
        })
    }
}

impl FinanceFacts {
    /// Until when the deposit is due, and where the day comes from: what the customer was told last, else his terms, else what
    /// is usual. One day, wherever it stands.
    pub(super) fn deposit_due(&self, calendar: &Calendar) -> Option<(DateTime<Utc>, &'static str)> {
        let since = self.deposit_owed_since?;
        Some(match (self.asked_until, self.deposit_due_on) {
            (Some(day), _) => (calendar.end_of(day), "asked"),
            (None, Some(day)) => (calendar.end_of(day), "terms"),
            (None, None) => (calendar.after_days(since, 5), "usual"),
        })
    }
}

/// What stands open on this desk.
#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub(in crate::orders) fn items(facts: &Facts, calendar: &Calendar, items: &mut Vec<OpenItem>) {
    let finance = &facts.finance;
    let deposit = finance.deposit_due(calendar);
    if let Some((since, (due, from))) = finance.deposit_owed_since.zip(deposit) {
        items.push(OpenItem {
            quoted: from.to_owned(),
            ..item(
                facts,
                Step::ProductionOrder,
                ItemKind::GetDeposit,
                Party::Customer,
                (since, due),
            )
        });
    }
    if let Some(call) = finance.unasked {
        let times = (call.since, calendar.after_days(call.since, 1));
        items.push(item(
            facts,
            call.step,
            ItemKind::AskBalance,
            Party::Us,
            times,
        ));
    }
    // Asked for the deposit alone, the customer owes the deposit, and no balance beside it.
    let asked = finance.asked_until.filter(|_| !finance.asked_ahead);
    let asked = asked.zip(finance.asked_at);
    let asked = asked.map(|(day, since)| (day, since, "asked"));
    let owed = finance.receivable;
    let owed = owed.map(|owed| (owed.due_on, owed.since, "terms"));
    if let Some((day, since, from)) = asked.or(owed) {
        let step = if finance.gone {
            Step::ShippingDocuments
        } else {
            Step::Booking
        };
        items.push(OpenItem {
            quoted: from.to_owned(),
            ..item(
                facts,
                step,
                ItemKind::GetBalance,
                Party::Customer,
                (since, calendar.end_of(day)),
            )
        });
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
    fn the_deposit_has_one_day_and_says_where_it_comes_from() {
        let calendar = Calendar::new(chrono_tz::Asia::Shanghai, []);
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let mut facts = Facts::default();
        assert_eq!(facts.finance.deposit_due(&calendar), None);
        facts.finance.deposit_owed_since = Some("2026-11-02T01:00:00Z".parse().unwrap());
        let due = |facts: &Facts| facts.finance.deposit_due(&calendar).unwrap();
        assert_eq!(due(&facts).1, "usual");
        facts.finance.deposit_due_on = Some(day(12));
        assert_eq!(due(&facts), (calendar.end_of(day(12)), "terms"));
        facts.finance.asked_until = Some(day(20));
        facts.finance.asked_at = Some(DateTime::UNIX_EPOCH);
        facts.finance.asked_ahead = true;
        assert_eq!(due(&facts), (calendar.end_of(day(20)), "asked"));
        let mut found = Vec::new();
        items(&facts, &calendar, &mut found);
        let kinds: Vec<_> = found.iter().map(|item| item.kind).collect();
        assert_eq!(kinds, [ItemKind::GetDeposit], "and no balance beside it");
        // Asked for more than the deposit, both are due on that one day.
        facts.finance.asked_ahead = false;
        let mut found = Vec::new();
        items(&facts, &calendar, &mut found);
        let days: Vec<_> = found.iter().map(|item| item.due_at).collect();
        assert_eq!(days, [calendar.end_of(day(20)); 2]);
    }

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
