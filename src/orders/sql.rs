//! The statements that every act on an order uses: the key, the lock, the facts, the latches, the open items.

use super::facts::{Facts, OrderFacts, OwedRelay, Paper, PaperStage, ProformaFacts};
use super::lifecycle::{Condition, Outcome, Step};
use super::open_items::OpenItem;
use super::order::{Order, TradeTerms};
use crate::base::{
    ActId, By, Currency, CustomerId, DepartmentId, OrderId, OrderNumber, Party, PersonId,
};
use crate::people::relation::{InReach, Keepers, Relation};
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::{DateTime, NaiveDate, Utc};
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
pub(super) async fn facts(
    db: &mut PgConnection,
    order: OrderId,
) -> Result<(Facts, Vec<(NaiveDate, bool)>)> {
    let row = sqlx::query!(
        r#"select o.condition, o.salesperson, o.operator, o.customer_reference <> '' as "customer_reference!",
               o.opened_at, o.delivery_on, o.held_until, o.place <> '' as "place!",
               coalesce((select max(s.at) from order_step s where s.order_id = o.id), o.opened_at) as "step_since!",
               (select count(*) from order_line l where l.order_id = o.id) as "lines!",
               exists (select from order_line l where l.order_id = o.id and l.unit_price is null) as "unpriced!",
               coalesce((select jsonb_agg(jsonb_build_object('step', k.step, 'outcome', k.outcome))
                   from order_latch k where k.order_id = o.id), '[]') as "latches!",
               p.revision as "revision?", p.stage as "stage?", p.valid_until as "valid_until?", p.created_by as "author?",
               coalesce(p.answered_at, p.sent_at, p.approved_at, p.submitted_at, p.created_at) as "paper_since?",
               c.revision as "confirmed?", c.answered_at as "confirmed_at?",
               coalesce((select jsonb_agg(jsonb_build_object('number', r.number, 'step', r.step, 'from', r.from_side,
                       'to', x.to_side, 'passed_on', x.passed, 'subject', r.subject,
                       'since', coalesce(x.passed_at, r.heard_at), 'due_at', r.due_at) order by r.number)
                   from relay r cross join lateral (
                       select t.to_side, bool_and(t.passed_at is not null) as passed, max(t.passed_at) as passed_at
                       from relay_receipt t where t.relay = r.id
                       group by t.to_side
                       having not bool_and(t.acknowledged_at is not null and (not r.answer_asked or t.answered_at is not null))
                       order by bool_and(t.passed_at is not null), t.to_side limit 1
                   ) x where r.order_id = o.id and r.withdrawn_at is null), '[]') as "relays!",
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
    .fetch_one(db)
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

pub(super) async fn latch(
    db: &mut PgConnection,
    order: OrderId,
    step: Step,
    outcome: Outcome,
    (at, person): (DateTime<Utc>, Option<PersonId>),
    reason: &str,
) -> Result<()> {
    sqlx::query!(
        "insert into order_latch (order_id, step, outcome, at, person, reason) values ($1, $2, $3, $4, $5, $6)",
        order.0,
        step.number(),
        match outcome {
            Outcome::Done => "done",
            Outcome::Skipped => "skipped",
        },
        at,
        person.map(|id| id.0),
        reason,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes the latches of this and every later step away; only a reopening does.
pub(super) async fn unlatch_from(db: &mut PgConnection, order: OrderId, step: Step) -> Result<()> {
    sqlx::query!(
        "delete from order_latch where order_id = $1 and step >= $2",
        order.0,
        step.number()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The one place where the pointer is written, with its row in the log of moves.
pub(super) async fn move_step(
    db: &mut PgConnection,
    order: OrderId,
    (from, to): (Step, Step),
    at: DateTime<Utc>,
    person: Option<PersonId>,
    act: ActId,
) -> Result<()> {
    sqlx::query!(
        "update export_order set step = $2 where id = $1",
        order.0,
        to.number()
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into order_step (order_id, at, from_step, to_step, act, person) values ($1, $2, $3, $4, $5, $6)",
        order.0,
        at,
        from.number(),
        to.number(),
        act.0,
        person.map(|id| id.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Replaces the order's open items, and carries the first of them on the order for lists.
pub(super) async fn replace_items(
    db: &mut PgConnection,
    order: OrderId,
    items: &[OpenItem],
) -> Result<()> {
    sqlx::query!("delete from open_item where order_id = $1", order.0)
        .execute(&mut *db)
        .await?;
    let column = |of: fn(&OpenItem) -> String| -> Vec<String> { items.iter().map(of).collect() };
    sqlx::query!(
        "insert into open_item (order_id, step, kind, subject, waiting, owner, args, since, due_at, problem)
         select $1, i.step, i.kind, i.subject, i.waiting, i.owner, jsonb_build_object('quoted', i.quoted), i.since,
             i.due_at, i.problem
         from unnest($2::smallint[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::timestamptz[],
             $9::timestamptz[], $10::boolean[]) as i (step, kind, subject, waiting, owner, quoted, since, due_at, problem)",
        order.0,
        &items.iter().map(|item| item.step.number()).collect::<Vec<_>>(),
        &column(|item| item.kind.code().to_owned()),
        &column(|item| item.subject.clone()),
        &column(|item| item.waiting.code().to_owned()),
        &items.iter().map(|item| item.owner.0).collect::<Vec<_>>(),
        &column(|item| item.quoted.clone()),
        &items.iter().map(|item| item.since).collect::<Vec<_>>(),
        &items.iter().map(|item| item.due_at).collect::<Vec<_>>(),
        &items.iter().map(|item| item.problem).collect::<Vec<_>>(),
    )
    .execute(&mut *db)
    .await?;
    let first = super::open_items::first(items);
    sqlx::query!(
        "update export_order set waiting = $2, next_kind = $3, next_due = $4, problem = $5 where id = $1",
        order.0,
        first.map(|item| item.waiting.code()),
        first.map(|item| item.kind.code()),
        first.map(|item| item.due_at),
        items.iter().any(|item| item.problem),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The open items as they are stored.
pub async fn items(db: &mut PgConnection, order: &Order) -> Result<Vec<OpenItem>> {
    items_of(db, order.id()).await
}

pub(super) async fn items_of(db: &mut PgConnection, order: OrderId) -> Result<Vec<OpenItem>> {
    let rows = sqlx::query!(
        "select step, kind, subject, waiting, owner, args ->> 'quoted' as quoted, since, due_at, problem
         from open_item where order_id = $1 order by due_at, waiting <> 'us', kind",
        order.0,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let bad = || {
                Error::Broken(anyhow!(
                    "order {}: unreadable open item {}",
                    order,
                    row.kind
                ))
            };
            Ok(OpenItem {
                step: Step::from_number(row.step).ok_or_else(bad)?,
                kind: super::open_items::ItemKind::parse(&row.kind).ok_or_else(bad)?,
                waiting: Party::parse(&row.waiting).ok_or_else(bad)?,
                subject: row.subject,
                owner: PersonId(row.owner),
                quoted: row.quoted.unwrap_or_default(),
                since: row.since,
                due_at: row.due_at,
                problem: row.problem,
            })
        })
        .collect()
}

/// One latch with its moment, for the step bar.
pub struct Latched {
    pub step: Step,
    pub outcome: Outcome,
    pub at: DateTime<Utc>,
}

pub async fn latches(db: &mut PgConnection, order: &Order) -> Result<Vec<Latched>> {
    let rows = sqlx::query!(
        "select step, outcome, at from order_latch where order_id = $1 order by step",
        order.id().0
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Latched {
                step: Step::from_number(row.step).ok_or_else(|| {
                    Error::Broken(anyhow!("order {}: unreadable latch", order.id()))
                })?,
                outcome: if row.outcome == "done" {
                    Outcome::Done
                } else {
                    Outcome::Skipped
                },
                at: row.at,
            })
        })
        .collect()
}

/// Names of salesperson and operator in the reader's language.
pub(super) async fn keepers(
    db: &mut PgConnection,
    order: &Order,
    lang: crate::base::Lang,
) -> Result<(String, String)> {
    let row = sqlx::query!(
        "select s.name_zh as s_zh, s.name_en as s_en, p.name_zh as p_zh, p.name_en as p_en
         from person s, person p where s.id = $1 and p.id = $2",
        order.keepers.salesperson.0,
        order.keepers.operator.0,
    )
    .fetch_one(db)
    .await?;
    Ok(match lang {
        crate::base::Lang::Zh => (row.s_zh, row.p_zh),
        crate::base::Lang::En => (row.s_en, row.p_en),
    })
}

/// What opening asks of the people and the customer named in the form.
pub(super) struct KeepersFound {
    pub department: Option<DepartmentId>,
    pub sells: bool,
    pub operates: bool,
    pub customer_archived: bool,
}

pub(super) async fn keepers_for(
    db: &mut PgConnection,
    opening: &super::opening::Opening,
) -> Result<KeepersFound> {
    let row = sqlx::query!(
        r#"select
               (select department from person where id = $1) as department,
               exists (select from person where id = $1 and status = 'active' and 'salesperson' = any(roles)) as "sells!",
               exists (select from person where id = $2 and status = 'active' and 'order_operator' = any(roles)) as "operates!",
               exists (select from customer where id = $3 and archived_at is not null) as "archived!""#,
        opening.salesperson.0,
        opening.operator.0,
        opening.customer.0,
    )
    .fetch_one(db)
    .await?;
    Ok(KeepersFound {
        department: row.department.map(DepartmentId),
        sells: row.sells,
        operates: row.operates,
        customer_archived: row.archived,
    })
}

/// Draws the next number of this entity and year; the row lock makes two openings wait for each other.
pub(super) async fn draw_number(
    db: &mut PgConnection,
    entity: crate::base::EntityId,
    year: i32,
) -> Result<OrderNumber> {
    let row = sqlx::query!(
        r#"with drawn as (
               insert into order_counter (entity, year, last) values ($1, $2, 1)
               on conflict (entity, year) do update set last = order_counter.last + 1 returning last
           ) select drawn.last as "last!", e.prefix from drawn, legal_entity e where e.id = $1"#,
        entity.0,
        year,
    )
    .fetch_optional(db)
    .await?;
    let row = row.ok_or(Error::NotFound)?;
    Ok(OrderNumber::new(&row.prefix, year, row.last))
}

pub(super) async fn insert(
    db: &mut PgConnection,
    id: OrderId,
    number: &OrderNumber,
    keepers: &Keepers,
    opening: &super::opening::Opening,
    at: DateTime<Utc>,
) -> Result<()> {
    let terms = &opening.terms;
    sqlx::query!(
        "insert into export_order (id, number, entity, department, salesperson, operator, customer, title,
             customer_reference, currency, incoterm, place, terms, tolerance, delivery_on, packing, marks, repeat_of,
             opened_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        id.0,
        number.as_str(),
        opening.entity.0,
        keepers.department.0,
        keepers.salesperson.0,
        keepers.operator.0,
        opening.customer.0,
        opening.title,
        opening.customer_reference,
        terms.currency.as_str(),
        terms.incoterm,
        terms.place,
        terms.payment,
        terms.tolerance,
        terms.delivery_on,
        terms.packing,
        terms.marks,
        opening.repeat_of.map(|id| id.0),
        at,
    )
    .execute(db)
    .await?;
    Ok(())
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

/// What reassigning asks of the new keepers.
pub(super) async fn keepers_of(
    db: &mut PgConnection,
    salesperson: PersonId,
    operator: PersonId,
) -> Result<KeepersFound> {
    let row = sqlx::query!(
        r#"select
               (select department from person where id = $1) as department,
               exists (select from person where id = $1 and status = 'active' and 'salesperson' = any(roles)) as "sells!",
               exists (select from person where id = $2 and status = 'active' and 'order_operator' = any(roles)) as "operates!""#,
        salesperson.0,
        operator.0,
    )
    .fetch_one(db)
    .await?;
    Ok(KeepersFound {
        department: row.department.map(DepartmentId),
        sells: row.sells,
        operates: row.operates,
        customer_archived: false,
    })
}

/// Chinese names of four people, in their order, for the event.
pub(super) async fn names(db: &mut PgConnection, people: [PersonId; 4]) -> Result<[String; 4]> {
    let mut names: [String; 4] = std::array::from_fn(|_| String::new());
    let ids: Vec<Uuid> = people.iter().map(|id| id.0).collect();
    let rows = sqlx::query!("select id, name_zh from person where id = any($1)", &ids)
        .fetch_all(db)
        .await?;
    for (name, id) in names.iter_mut().zip(people) {
        if let Some(row) = rows.iter().find(|row| row.id == id.0) {
            name.clone_from(&row.name_zh);
        }
    }
    Ok(names)
}

pub(super) async fn save_keepers(
    db: &mut PgConnection,
    order: OrderId,
    (department, salesperson, operator): (DepartmentId, PersonId, PersonId),
) -> Result<()> {
    sqlx::query!(
        "update export_order set department = $2, salesperson = $3, operator = $4, version = version + 1 where id = $1",
        order.0,
        department.0,
        salesperson.0,
        operator.0,
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

/// What is usual with a customer, for the form of a new order.
#[derive(Clone, Debug)]
pub(super) struct CustomerDefaults {
    pub id: Uuid,
    pub code: String,
    pub name_en: String,
    pub country: String,
    pub currency: String,
    pub incoterm: String,
    pub place: String,
    pub terms: String,
    pub marks: String,
    pub requirements: String,
    pub salesperson: Option<String>,
}

pub(super) async fn customer_defaults(
    db: &mut PgConnection,
    code: &str,
) -> Result<Option<CustomerDefaults>> {
    let row = sqlx::query!(
        r#"select id, code, name_en, country::text as "country!", currency::text as "currency!", incoterm::text as "incoterm!",
               place, terms, marks, requirements, salesperson
           from customer where code = $1 and archived_at is null"#,
        code,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| CustomerDefaults {
        id: row.id,
        code: row.code,
        name_en: row.name_en,
        country: row.country,
        currency: row.currency,
        incoterm: row.incoterm.trim().to_owned(),
        place: row.place,
        terms: row.terms,
        marks: row.marks,
        requirements: row.requirements,
        salesperson: row.salesperson.map(|id| id.to_string()),
    }))
}

/// Customers in use, by name.
pub(super) async fn customer_choices(db: &mut PgConnection) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!("select code, name_en from customer where archived_at is null order by lower(name_en), id limit 500")
        .fetch_all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.code, row.name_en))
        .collect())
}

pub(super) async fn entities(
    db: &mut PgConnection,
    lang: crate::base::Lang,
) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!("select id, name_zh, name_en from legal_entity where archived_at is null order by id limit 50")
        .fetch_all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            (
                row.id.to_string(),
                if lang == crate::base::Lang::Zh {
                    row.name_zh
                } else {
                    row.name_en
                },
            )
        })
        .collect())
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

pub(super) async fn insert_intake(
    db: &mut PgConnection,
    (id, person, customer): (crate::base::IntakeId, PersonId, Uuid),
    file: crate::base::FileId,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into order_intake (id, person, customer, file, at) values ($1, $2, $3, $4, $5)",
        id.0,
        person.0,
        customer,
        file.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A sheet of this person that has not become an order.
pub(super) async fn find_intake(
    db: &mut PgConnection,
    id: crate::base::IntakeId,
    person: PersonId,
) -> Result<Option<super::sheet_import::Intake>> {
    let row = sqlx::query!(
        "select i.id, i.file, f.name, i.mapping, i.answers, i.version, c.code
         from order_intake i join stored_file f on f.id = i.file join customer c on c.id = i.customer
         where i.id = $1 and i.person = $2 and i.order_id is null",
        id.0,
        person.0,
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let Some(customer) = customer_defaults(db, &row.code).await? else {
        return Ok(None);
    };
    Ok(Some(super::sheet_import::Intake {
        id: crate::base::IntakeId(row.id),
        customer,
        file: crate::base::FileId(row.file),
        file_name: row.name,
        mapping: row.mapping.map(serde_json::from_value).transpose()?,
        answers: serde_json::from_value(row.answers)?,
        version: row.version,
    }))
}

/// The stored bytes of a sheet, before any order holds them.
pub(super) async fn intake_file(
    db: &mut PgConnection,
    file: crate::base::FileId,
) -> Result<Option<crate::documents::StoredFile>> {
    crate::documents::files::find_loose(db, file).await
}

pub(super) async fn save_intake(
    db: &mut PgConnection,
    id: crate::base::IntakeId,
    mapping: Option<&crate::intake::columns::Mapping>,
    answers: &std::collections::BTreeMap<String, String>,
) -> Result<()> {
    sqlx::query!(
        "update order_intake set mapping = $2, answers = $3, version = version + 1 where id = $1",
        id.0,
        mapping.map(serde_json::to_value).transpose()?,
        serde_json::to_value(answers)?,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The sheet has become this order; the way its columns were read is remembered for the customer's next one.
pub(super) async fn close_intake(
    db: &mut PgConnection,
    id: crate::base::IntakeId,
    order: OrderId,
    (customer, mapping, at): (Uuid, &crate::intake::columns::Mapping, DateTime<Utc>),
) -> Result<()> {
    sqlx::query!(
        "update order_intake set order_id = $2 where id = $1",
        id.0,
        order.0
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into customer_mapping (customer, mapping, at) values ($1, $2, $3)
         on conflict (customer) do update set mapping = excluded.mapping, at = excluded.at",
        customer,
        serde_json::to_value(mapping)?,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn remembered_mapping(
    db: &mut PgConnection,
    customer: Uuid,
) -> Result<Option<crate::intake::columns::Mapping>> {
    let value = sqlx::query_scalar!(
        "select mapping from customer_mapping where customer = $1",
        customer
    )
    .fetch_optional(db)
    .await?;
    Ok(value.map(serde_json::from_value).transpose()?)
}

/// How our own company may be called on a customer's sheet.
pub(super) async fn our_names(db: &mut PgConnection) -> Result<Vec<String>> {
    let rows = sqlx::query!("select name_en, name_zh from legal_entity limit 50")
        .fetch_all(db)
        .await?;
    Ok(rows
        .into_iter()
        .flat_map(|row| [row.name_en, row.name_zh])
        .collect())
}
