//! The statements of presentations. A set is known by who knows an order whose goods its shipment carries.

use super::set::{Presentation, UnderCredit, Way};
use super::stage::Stage;
use crate::base::{By, OrderNumber, PersonId};
use crate::credits::stage::Stage as CreditStage;
use crate::orders::{Order, OrderAct};
use crate::people::relation::InReach;
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

struct Row {
    id: Uuid,
    shipment: Uuid,
    shipment_number: String,
    sequence: i32,
    stage: String,
    way: String,
    on_board_on: Option<NaiveDate>,
    credit_number: Option<String>,
    credit_stage: Option<String>,
    expiry_on: Option<NaiveDate>,
    period_days: Option<i32>,
    instruction: String,
    bank: String,
    created_by: Option<Uuid>,
    last_day_set: Option<NaiveDate>,
    presented_on: Option<NaiveDate>,
    last_day_on: Option<NaiveDate>,
    late_reason: String,
    due_on: Option<NaiveDate>,
    version: i32,
}

impl Row {
    fn set(self) -> Result<Presentation> {
        let bad =
            |what: &str| Error::Broken(anyhow!("presentation {}: unreadable {what}", self.id));
        let workable = self
            .credit_stage
            .as_deref()
            .and_then(CreditStage::parse)
            // A set may be presented under what was drawn in full before it.
            .is_some_and(|stage| stage.is_workable() || stage == CreditStage::Exhausted);
        Ok(Presentation {
            stage: Stage::parse(&self.stage).ok_or_else(|| bad("stage"))?,
            way: Way::parse(&self.way).ok_or_else(|| bad("way"))?,
            credit: self.credit_number.map(|number| UnderCredit {
                number,
                workable,
                expiry_on: self.expiry_on,
                period_days: self.period_days.and_then(|days| days.try_into().ok()),
            }),
            id: self.id,
            shipment: self.shipment,
            shipment_number: self.shipment_number,
            sequence: self.sequence,
            on_board_on: self.on_board_on,
            instruction: self.instruction,
            bank: self.bank,
            created_by: self.created_by.map(PersonId),
            last_day_set: self.last_day_set,
            presented_on: self.presented_on,
            last_day_on: self.last_day_on,
            late_reason: self.late_reason,
            due_on: self.due_on,
            version: self.version,
        })
    }
}

/// The order through which this reader knows a shipment: one she operates, else the first in her reach.
pub(super) async fn order_of(
    db: &mut PgConnection,
    by: &By,
    shipment: &str,
) -> Result<Option<OrderNumber>> {
    let reach = InReach::of(by);
    let found = sqlx::query_scalar!(
        "select o.number from shipment s join shipment_line i on i.shipment = s.id
             join order_line l on l.id = i.order_line join export_order o on o.id = l.order_id
         where s.number = $1 and order_in_reach($2, $3, $4, o.department, o.salesperson, o.operator)
         order by o.condition in ('cancelling', 'cancelled', 'dropped', 'closed'), o.operator is not distinct from $4 desc,
             o.id limit 1",
        shipment,
        reach.everything,
        &reach.departments,
        reach.person,
    )
    .fetch_optional(db)
    .await?;
    Ok(found.as_deref().and_then(OrderNumber::parse))
}

/// Orders whose goods the shipment carries, by id.
pub(super) async fn order_ids(db: &mut PgConnection, shipment: Uuid) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar!(
        "select distinct l.order_id from shipment_line i join order_line l on l.id = i.order_line
         where i.shipment = $1 order by l.order_id",
        shipment
    )
    .fetch_all(db)
    .await?)
}

/// The same by the shipment's number; none where it is unknown.
pub(super) async fn orders_with(db: &mut PgConnection, shipment: &str) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar!(
        "select distinct l.order_id from shipment s join shipment_line i on i.shipment = s.id
             join order_line l on l.id = i.order_line where s.number = $1",
        shipment
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn read(
    db: &mut PgConnection,
    shipment: &str,
    sequence: i32,
) -> Result<Option<Presentation>> {
    sqlx::query_as!(
        Row,
        r#"select p.id, p.shipment, s.number as shipment_number, p.sequence, p.stage, p.way, s.on_board_on,
               l.number as "credit_number?", l.stage as "credit_stage?", l.expiry_on as "expiry_on?",
               l.period_days as "period_days?", p.instruction, p.bank, p.created_by, p.last_day_set, p.presented_on,
               p.last_day_on, p.late_reason, p.due_on, p.version
           from presentation p join shipment s on s.id = p.shipment
           left join letter_of_credit l on l.id = p.letter_of_credit
           where s.number = $1 and p.sequence = $2"#,
        shipment,
        sequence,
    )
    .fetch_optional(db)
    .await?
    .map(Row::set)
    .transpose()
}

/// The same under the act's lock.
pub(super) async fn lock(
    act: &mut OrderAct,
    shipment: &str,
    sequence: i32,
) -> Result<Option<Presentation>> {
    sqlx::query!(
        "select p.id from presentation p join shipment s on s.id = p.shipment
         where s.number = $1 and p.sequence = $2 for update of p",
        shipment,
        sequence,
    )
    .fetch_optional(act.tx())
    .await?;
    read(act.tx(), shipment, sequence).await
}

/// Sets of the shipments that carry goods of this order, newest first.
pub(super) async fn list_for(db: &mut PgConnection, order: &Order) -> Result<Vec<Presentation>> {
    sqlx::query_as!(
        Row,
        r#"select p.id, p.shipment, s.number as shipment_number, p.sequence, p.stage, p.way, s.on_board_on,
               l.number as "credit_number?", l.stage as "credit_stage?", l.expiry_on as "expiry_on?",
               l.period_days as "period_days?", p.instruction, p.bank, p.created_by, p.last_day_set, p.presented_on,
               p.last_day_on, p.late_reason, p.due_on, p.version
           from presentation p join shipment s on s.id = p.shipment
           left join letter_of_credit l on l.id = p.letter_of_credit
           where exists (select from shipment_line i join order_line o on o.id = i.order_line
               where i.shipment = s.id and o.order_id = $1)
           order by s.number desc, p.sequence desc limit 100"#,
        order.id().0,
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(Row::set)
    .collect()
}

/// Sets presented under one credit.
pub(super) async fn list_under(db: &mut PgConnection, credit: Uuid) -> Result<Vec<Presentation>> {
    sqlx::query_as!(
        Row,
        r#"select p.id, p.shipment, s.number as shipment_number, p.sequence, p.stage, p.way, s.on_board_on,
               l.number as "credit_number?", l.stage as "credit_stage?", l.expiry_on as "expiry_on?",
               l.period_days as "period_days?", p.instruction, p.bank, p.created_by, p.last_day_set, p.presented_on,
               p.last_day_on, p.late_reason, p.due_on, p.version
           from presentation p join shipment s on s.id = p.shipment
           left join letter_of_credit l on l.id = p.letter_of_credit
           where p.letter_of_credit = $1 order by s.number desc, p.sequence desc limit 100"#,
        credit,
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(Row::set)
    .collect()
}

/// The terms of payment of the confirmed revision; before it, those of the order.
pub(super) async fn payment(db: &mut PgConnection, order: &Order) -> Result<String> {
    let confirmed = sqlx::query_scalar!(
        r#"select p.content ->> 'payment' as "payment?" from proforma_invoice p
           where p.order_id = $1 and p.stage = 'confirmed'"#,
        order.id().0
    )
    .fetch_optional(db)
    .await?;
    Ok(confirmed
        .flatten()
        .unwrap_or_else(|| order.terms.payment.clone()))
}

/// A shipment of the order for which no set is on its way.
pub(super) struct Free {
    pub id: Uuid,
    pub number: String,
    pub on_board_on: Option<NaiveDate>,
    /// Sets it had before: refused ones.
    pub sets: i32,
}

pub(super) async fn free_shipments(db: &mut PgConnection, order: &Order) -> Result<Vec<Free>> {
    Ok(sqlx::query_as!(
        Free,
        r#"select s.id, s.number, s.on_board_on,
               (select coalesce(max(p.sequence), 0) from presentation p where p.shipment = s.id) as "sets!"
           from shipment s where s.stage <> 'cancelled'
               and exists (select from shipment_line i join order_line l on l.id = i.order_line
                   where i.shipment = s.id and l.order_id = $1)
               and not exists (select from presentation p where p.shipment = s.id and p.stage <> 'refused')
           order by s.number limit 100"#,
        order.id().0,
    )
    .fetch_all(db)
    .await?)
}

/// The credit of the order that may be presented under, with its 46A.
pub(super) async fn workable_credit(
    db: &mut PgConnection,
    order: &Order,
) -> Result<Option<(Uuid, String)>> {
    let row = sqlx::query!(
        r#"select l.id, coalesce(l.terms ->> '46A', '') as "documents!"
           from letter_of_credit_order x join letter_of_credit l on l.id = x.letter_of_credit
           where x.order_id = $1 and l.stage in ('workable', 'drawn', 'exhausted')
           order by l.stage = 'exhausted', l.id desc limit 1"#,
        order.id().0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.id, row.documents)))
}

/// A set before it is written.
pub(super) struct Begun {
    pub shipment: Uuid,
    pub sequence: i32,
    pub credit: Option<Uuid>,
    pub way: Way,
}

pub(super) async fn insert(act: &mut OrderAct, begun: &Begun) -> Result<Uuid> {
    let (at, person) = (act.by.at, act.by.person().ok_or(Error::SignIn)?);
    let id = crate::base::fresh(at);
    sqlx::query!(
        "insert into presentation (id, shipment, letter_of_credit, stage, sequence, way, created_by, created_at, since)
         values ($1, $2, $3, 'preparing', $4, $5, $6, $7, $7)",
        id,
        begun.shipment,
        begun.credit,
        begun.sequence,
        begun.way.code(),
        person.0,
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(id)
}

/// What beside the documents is typed while the set is prepared.
pub(super) async fn save_head(
    act: &mut OrderAct,
    set: &Presentation,
    bank: &str,
    instruction: &str,
    last_day_set: Option<NaiveDate>,
) -> Result<()> {
    let saved = sqlx::query!(
        "update presentation set bank = $3, instruction = $4, last_day_set = $5, version = version + 1
         where id = $1 and version = $2",
        set.id,
        set.version,
        bank,
        instruction,
        last_day_set,
    )
    .execute(act.tx())
    .await?;
    written(saved.rows_affected())
}

pub(super) async fn save_stage(act: &mut OrderAct, set: &Presentation, stage: Stage) -> Result<()> {
    let at = act.by.at;
    let saved = sqlx::query!(
        "update presentation set stage = $3, since = $4, version = version + 1 where id = $1 and version = $2",
        set.id,
        set.version,
        stage.code(),
        at,
    )
    .execute(act.tx())
    .await?;
    written(saved.rows_affected())
}

fn written(rows: u64) -> Result<()> {
    if rows == 1 {
        Ok(())
    } else {
        Err(Error::Stale(Box::default()))
    }
}

/// Presented: when, where, and until when it had time; a late one with who answers for it.
pub(super) async fn note_presenting(
    act: &mut OrderAct,
    set: &Presentation,
    (bank, on): (&str, NaiveDate),
    last: Option<NaiveDate>,
    (late_reason, late_by): (&str, Option<PersonId>),
) -> Result<()> {
    let late_by = late_by.filter(|_| !late_reason.is_empty());
    sqlx::query!(
        "update presentation set bank = $2, presented_on = $3, last_day_on = $4, late_reason = $5, late_by = $6
         where id = $1",
        set.id,
        bank,
        on,
        last,
        late_reason,
        late_by.map(|id| id.0),
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_due(act: &mut OrderAct, set: Uuid, due: NaiveDate) -> Result<()> {
    sqlx::query!(
        "update presentation set due_on = $2 where id = $1",
        set,
        due
    )
    .execute(act.tx())
    .await?;
    Ok(())
}
