//! The statements that every act on an order uses: the key, the lock, the facts.
//!
//! What belongs to one noun stands beside: `latches_sql`, `items_sql`, `keepers_sql`,
//! `opening_sql`, `intake_sql`.

use super::desks;
use super::facts::{Facts, OrderFacts, OwedRelay, Paper, PaperStage, ProformaFacts};
use super::lifecycle::{Condition, Outcome, Step};
use super::order::{Order, TradeTerms};
use crate::base::{By, Currency, CustomerId, DepartmentId, OrderId, OrderNumber, Party, PersonId};
use crate::people::relation::{InReach, Keepers, Relation};
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

struct Head {
    id: Uuid,
    number: String,
    department: Uuid,
    salesperson: Uuid,
    operator: Uuid,
    customer: Uuid,
    customer_code: String,
    customer_name: String,
    customer_country: String,
    title: String,
    customer_reference: String,
    currency: String,
    incoterm: String,
    place: String,
    terms: String,
    tolerance: Decimal,
    delivery_on: Option<NaiveDate>,
    packing: String,
    marks: String,
    step: i16,
    condition: String,
    version: i32,
    lines_version: i32,
}

impl Head {
    /// A word in the row that we do not know is an error with the row's id in it, never a guess.
    fn order(self, by: &By) -> Result<Order> {
        let bad = |what: &str| Error::Broken(anyhow!("order {}: unreadable {what}", self.id));
        let keepers = Keepers {
            department: DepartmentId(self.department),
            salesperson: PersonId(self.salesperson),
            operator: PersonId(self.operator),
        };
        Ok(Order {
            relation: Relation::to(by, &keepers),
            asked_by: by.clone(),
            step: Step::from_number(self.step).ok_or_else(|| bad("step"))?,
            condition: Condition::parse(&self.condition).ok_or_else(|| bad("condition"))?,
            number: OrderNumber::parse(&self.number).ok_or_else(|| bad("number"))?,
            terms: TradeTerms {
                currency: Currency::parse(&self.currency).ok_or_else(|| bad("currency"))?,
                incoterm: self.incoterm.trim().to_owned(),
                place: self.place,
                payment: self.terms,
                tolerance: self.tolerance,
                delivery_on: self.delivery_on,
                packing: self.packing,
                marks: self.marks,
            },
            id: OrderId(self.id),
            keepers,
            customer: CustomerId(self.customer),
            customer_code: self.customer_code,
            customer_name: self.customer_name,
            customer_country: self.customer_country,
            title: self.title,
            customer_reference: self.customer_reference,
            version: self.version,
            lines_version: self.lines_version,
        })
    }
}

pub(super) async fn find(
    db: &mut PgConnection,
    by: &By,
    reach: &InReach,
    number: &OrderNumber,
) -> Result<Option<Order>> {
    sqlx::query_as!(
        Head,
        r#"select o.id, o.number, o.department, o.salesperson, o.operator, o.customer, c.code as customer_code,
               c.name_en as customer_name, c.country::text as "customer_country!", o.title, o.customer_reference,
               o.currency::text as "currency!", o.incoterm::text as "incoterm!", o.place, o.terms, o.tolerance,
               o.delivery_on, o.packing, o.marks, o.step, o.condition, o.version, o.lines_version
           from export_order o join customer c on c.id = o.customer
           where o.number = $1 and order_in_reach($2, $3, $4, o.department, o.salesperson, o.operator)"#,
        number.as_str(),
        reach.everything,
        &reach.departments,
        reach.person,
    )
    .fetch_optional(db)
    .await?
    .map(|head| head.order(by))
    .transpose()
}

/// Locks the order's row until the act ends; one writer an order.
pub(super) async fn lock(
    db: &mut PgConnection,
    by: &By,
    reach: &InReach,
    number: &OrderNumber,
) -> Result<Option<Order>> {
    sqlx::query_as!(
        Head,
        r#"select o.id, o.number, o.department, o.salesperson, o.operator, o.customer, c.code as customer_code,
               c.name_en as customer_name, c.country::text as "customer_country!", o.title, o.customer_reference,
               o.currency::text as "currency!", o.incoterm::text as "incoterm!", o.place, o.terms, o.tolerance,
               o.delivery_on, o.packing, o.marks, o.step, o.condition, o.version, o.lines_version
           from export_order o join customer c on c.id = o.customer
           where o.number = $1 and order_in_reach($2, $3, $4, o.department, o.salesperson, o.operator) for update of o"#,
        number.as_str(),
        reach.everything,
        &reach.departments,
        reach.person,
    )
    .fetch_optional(db)
    .await?
    .map(|head| head.order(by))
    .transpose()
}

/// A latch as it is stored, for the facts and the step bar.
#[derive(serde::Deserialize)]
struct LatchRow {
    step: i16,
    outcome: String,
}

#[derive(serde::Deserialize)]
struct RelayRow {
    number: i32,
    step: i16,
    from: String,
    to: String,
    passed_on: bool,
    subject: String,
    since: DateTime<Utc>,
    due_at: DateTime<Utc>,
}

/// What the order's documents say, and the days that differ from the week's rule: one query.
#[expect(
    clippy::too_many_lines,
    reason = "mostly one statement and its columns"
)]
pub(super) async fn facts(
    db: &mut PgConnection,
    order: OrderId,
    zone: Tz,
) -> Result<(Facts, Vec<(NaiveDate, bool)>)> {
    let row = sqlx::query!(
        r#"select o.condition, o.salesperson, o.operator, o.customer_reference <> '' as "customer_reference!",
               o.opened_at, o.delivery_on, o.held_until, o.place <> '' as "place!",
               order_money_in(o.id) <> 0 as "money_held!",
               coalesce((select max(s.at) from order_step s where s.order_id = o.id), o.opened_at) as "step_since!",
               (select count(*) from order_line l where l.order_id = o.id) as "lines!",
               exists (select from order_line l where l.order_id = o.id and l.unit_price is null) as "unpriced!",
               coalesce((select jsonb_agg(jsonb_build_object('step', k.step, 'outcome', k.outcome))
                   from order_latch k where k.order_id = o.id), '[]') as "latches!",
               exists (select from approval a where a.order_id = o.id and a.subject like 'exception\_%') as "excepted!",
               exists (select from approval a join approval_opinion n on n.approval = a.id
                   where a.order_id = o.id and a.state = 'open' and n.answered_at is null) as "asked!",
               exists (select from order_line l join shipment_line s on s.order_line = l.id
                   where l.order_id = o.id) as "carried!",
               p.revision as "revision?", p.stage as "stage?", p.valid_until as "valid_until?", p.created_by as "author?",
               coalesce(p.answered_at, p.sent_at, p.approved_at, p.submitted_at, p.created_at) as "paper_since?",
               c.revision as "confirmed?", c.answered_at as "confirmed_at?",
               coalesce((select jsonb_agg(jsonb_build_object('number', r.number, 'step', r.step, 'from', r.from_side,
                       'to', x.to_side, 'passed_on', x.passed, 'subject', r.subject,
                       'since', coalesce(x.passed_at, r.heard_at), 'due_at', r.due_at) order by r.number)
                   from relay r cross join lateral (
                       select t.to_side, bool_and(t.passed_at is not null) as passed, max(t.passed_at) as passed_at
                       from relay_receipt t where t.relay = r.id
                       group by t.to_side, t.party
                       having not bool_and(t.acknowledged_at is not null and (not r.answer_asked or t.answered_at is not null))
                       order by bool_and(t.passed_at is not null), t.to_side, t.party limit 1
                   ) x where r.order_id = o.id and r.withdrawn_at is null
                       -- The paper that this one brought waits for the factory itself.
                       and not exists (select from production_order w where w.relay = r.id and w.stage = 'issued')
                   ), '[]') as "relays!",
               coalesce((select jsonb_object_agg(d.day, d.working) from calendar_day d), '{}') as "differs!"
           from export_order o
           left join lateral (
               select p.* from proforma_invoice p where p.order_id = o.id
                   and p.stage in ('draft', 'submitted', 'returned', 'approved', 'sent', 'change_requested', 'lapsed')
               order by p.revision desc limit 1
           ) p on true
           left join proforma_invoice c on c.order_id = o.id and c.stage = 'confirmed'
           where o.id = $1"#,
        order.0,
    )
    .fetch_one(&mut *db)
    .await?;
    let bad = |what: &str| Error::Broken(anyhow!("order {order}: unreadable {what}"));
    let mut facts = Facts {
        order: OrderFacts {
            condition: Condition::parse(&row.condition).ok_or_else(|| bad("condition"))?,
            salesperson: PersonId(row.salesperson),
            operator: PersonId(row.operator),
            customer_reference: row.customer_reference,
            details_settled: row.lines > 0
                && !row.unpriced
                && row.place
                && row.delivery_on.is_some(),
            opened_at: row.opened_at,
            delivery_on: row.delivery_on,
            held_until: row.held_until,
            money_held: row.money_held,
            step_since: row.step_since,
        },
        ..Facts::default()
    };
    for latch in serde_json::from_value::<Vec<LatchRow>>(row.latches)? {
        let step = Step::from_number(latch.step).ok_or_else(|| bad("latch"))?;
        let outcome = if latch.outcome == "done" {
            Outcome::Done
        } else {
            Outcome::Skipped
        };
        facts.latches.set(step, Some(outcome));
    }
    facts.proforma = ProformaFacts {
        open: match (
            row.revision,
            row.stage.as_deref(),
            row.paper_since,
            row.author,
        ) {
            (Some(revision), Some(stage), Some(since), Some(author)) => Some(Paper {
                revision,
                stage: paper_stage(stage).ok_or_else(|| bad("proforma stage"))?,
                since,
                author: PersonId(author),
                valid_until: row.valid_until,
            }),
            _ => None,
        },
        confirmed: row.confirmed,
        confirmed_at: row.confirmed_at,
    };
    for relay in serde_json::from_value::<Vec<RelayRow>>(row.relays)? {
        facts.relays.push(OwedRelay {
            number: relay.number,
            step: Step::from_number(relay.step).ok_or_else(|| bad("relay step"))?,
            from: Party::parse(&relay.from).ok_or_else(|| bad("relay side"))?,
            to: Party::parse(&relay.to).ok_or_else(|| bad("relay side"))?,
            passed_on: relay.passed_on,
            subject: relay.subject,
            since: relay.since,
            due_at: relay.due_at,
        });
    }
    facts.samples = desks::samples::load(db, order).await?;
    facts.production = desks::production::load(db, order).await?;
    facts.shipping = desks::shipping::load(db, order).await?;
    facts.finance = desks::finance::load(db, order, zone).await?;
    // Most orders have none of these: a desk with nothing of this order is not asked.
    if row.excepted {
        facts.exceptions = desks::exceptions::load(db, order).await?;
    }
    if row.asked {
        facts.opinions = desks::opinions::load(db, order).await?;
    }
    facts.issues = desks::issues::load(db, order).await?;
    facts.credits = desks::credits::load(db, order).await?;
    if row.carried {
        facts.rebate = desks::rebate::load(db, order).await?;
    }
    let differs: std::collections::BTreeMap<NaiveDate, bool> = serde_json::from_value(row.differs)?;
    Ok((facts, differs.into_iter().collect()))
}

fn paper_stage(stage: &str) -> Option<PaperStage> {
    Some(match stage {
        "draft" => PaperStage::Draft,
        "submitted" => PaperStage::Submitted,
        "returned" => PaperStage::Returned,
        "approved" => PaperStage::Approved,
        "sent" => PaperStage::Sent,
        "change_requested" => PaperStage::ChangeRequested,
        "lapsed" => PaperStage::Lapsed,
        _ => return None,
    })
}

/// The file's own fields; their version is moved by the terms, which are saved in the same act.
pub(super) async fn save_head(
    db: &mut PgConnection,
    order: OrderId,
    title: &str,
    reference: &str,
) -> Result<()> {
    sqlx::query!(
        "update export_order set title = $2, customer_reference = $3 where id = $1",
        order.0,
        title,
        reference,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn bump(db: &mut PgConnection, order: OrderId) -> Result<()> {
    sqlx::query!(
        "update export_order set version = version + 1 where id = $1",
        order.0
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn save_condition(
    db: &mut PgConnection,
    order: OrderId,
    condition: Condition,
    held_until: Option<NaiveDate>,
    reason: &str,
) -> Result<()> {
    sqlx::query!(
        "update export_order set condition = $2, held_until = $3, condition_reason = $4, version = version + 1 where id = $1",
        order.0,
        condition.code(),
        held_until,
        reason,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The reason stays what the manager gave.
pub(super) async fn end_cancelling(db: &mut PgConnection, order: OrderId) -> Result<()> {
    sqlx::query!(
        "update export_order set condition = 'cancelled', version = version + 1 where id = $1 and condition = 'cancelling'",
        order.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Every order with its pointer, for `verify`.
pub(super) async fn all(db: &mut PgConnection) -> Result<Vec<(OrderId, String, i16)>> {
    let rows = sqlx::query!("select id, number, step from export_order order by id")
        .fetch_all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (OrderId(row.id), row.number, row.step))
        .collect())
}
