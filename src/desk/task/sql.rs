//! Statements of the tasks by hand, and what home shows of them.

use super::record::{HandTask, State};
use crate::base::{By, DepartmentId, OrderId, PersonId, TaskId};
use crate::people::relation::InReach;
use crate::web::Result;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

struct Row {
    id: Uuid,
    owner: Uuid,
    owner_zh: String,
    owner_en: String,
    department: Option<Uuid>,
    giver: Uuid,
    giver_zh: String,
    giver_en: String,
    order_id: Option<Uuid>,
    text: String,
    due_at: DateTime<Utc>,
    no_hour: bool,
    state: String,
    ended_at: Option<DateTime<Utc>>,
    version: i32,
}

impl From<Row> for HandTask {
    fn from(row: Row) -> Self {
        Self {
            id: TaskId(row.id),
            owner: PersonId(row.owner),
            owner_names: [row.owner_zh, row.owner_en],
            department: row.department.map(DepartmentId),
            giver: PersonId(row.giver),
            giver_names: [row.giver_zh, row.giver_en],
            order: row.order_id.map(OrderId),
            text: row.text,
            due_at: row.due_at,
            no_hour: row.no_hour,
            state: State::parse(&row.state),
            ended_at: row.ended_at,
            version: row.version,
        }
    }
}

pub(in crate::desk) async fn find(db: &mut PgConnection, id: TaskId) -> Result<Option<HandTask>> {
    let row = sqlx::query_as!(
        Row,
        "select t.id, t.owner, p.name_zh as owner_zh, p.name_en as owner_en, p.department, t.giver, g.name_zh as giver_zh,
             g.name_en as giver_en, t.order_id, t.text, t.due_at, t.no_hour, t.state, t.ended_at, t.version
         from hand_task t join person p on p.id = t.owner join person g on g.id = t.giver where t.id = $1",
        id.0,
    );
    Ok(row.fetch_optional(db).await?.map(HandTask::from))
}

/// Held until the act ends.
pub(super) async fn lock(db: &mut PgConnection, id: TaskId) -> Result<Option<HandTask>> {
    let row = sqlx::query_as!(
        Row,
        "select t.id, t.owner, p.name_zh as owner_zh, p.name_en as owner_en, p.department, t.giver, g.name_zh as giver_zh,
             g.name_en as giver_en, t.order_id, t.text, t.due_at, t.no_hour, t.state, t.ended_at, t.version
         from hand_task t join person p on p.id = t.owner join person g on g.id = t.giver where t.id = $1 for update of t",
        id.0,
    );
    Ok(row.fetch_optional(db).await?.map(HandTask::from))
}

/// The number of the order a task hangs on, whoever may know it: for holding it, and for what a reader of it shows.
pub(in crate::desk) async fn order_of(db: &mut PgConnection, id: TaskId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "select o.number from hand_task t join export_order o on o.id = t.order_id
             and order_in_reach(true, '{}', null, o.department, o.salesperson, o.operator)
         where t.id = $1",
        id.0,
    )
    .fetch_optional(db)
    .await?)
}

/// What is written or changed in one form.
#[derive(Clone, Debug)]
pub(super) struct Content {
    pub text: String,
    pub due_at: DateTime<Utc>,
    pub no_hour: bool,
}

pub(super) async fn insert(
    db: &mut PgConnection,
    id: TaskId,
    (owner, giver): (PersonId, PersonId),
    order: Option<OrderId>,
    content: &Content,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into hand_task (id, owner, giver, order_id, text, due_at, no_hour, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id.0,
        owner.0,
        giver.0,
        order.map(|order| order.0),
        content.text,
        content.due_at,
        content.no_hour,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn save(db: &mut PgConnection, id: TaskId, content: &Content) -> Result<()> {
    sqlx::query!(
        "update hand_task set text = $2, due_at = $3, no_hour = $4, version = version + 1 where id = $1",
        id.0,
        content.text,
        content.due_at,
        content.no_hour,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn save_owner(db: &mut PgConnection, id: TaskId, owner: PersonId) -> Result<()> {
    sqlx::query!(
        "update hand_task set owner = $2, version = version + 1 where id = $1",
        id.0,
        owner.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ended by this person at this moment; open again without one.
pub(super) async fn save_state(
    db: &mut PgConnection,
    id: TaskId,
    state: State,
    ended: Option<(DateTime<Utc>, PersonId)>,
) -> Result<()> {
    sqlx::query!(
        "update hand_task set state = $2, ended_at = $3, ended_by = $4, version = version + 1 where id = $1",
        id.0,
        state.code(),
        ended.map(|(at, _)| at),
        ended.map(|(_, person)| person.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Tasks of one order, the open ones first due first.
pub(in crate::desk) async fn of_order(
    db: &mut PgConnection,
    order: OrderId,
) -> Result<Vec<HandTask>> {
    let rows = sqlx::query_as!(
        Row,
        "select t.id, t.owner, p.name_zh as owner_zh, p.name_en as owner_en, p.department, t.giver, g.name_zh as giver_zh,
             g.name_en as giver_en, t.order_id, t.text, t.due_at, t.no_hour, t.state, t.ended_at, t.version
         from hand_task t join person p on p.id = t.owner join person g on g.id = t.giver
         where t.order_id = $1 and t.state = 'open' order by t.due_at, t.id limit 100",
        order.0,
    );
    let rows = rows.fetch_all(db).await?;
    Ok(rows.into_iter().map(HandTask::from).collect())
}

/// What she did, gave or took away lately, newest first.
pub(super) async fn ended(db: &mut PgConnection, person: PersonId) -> Result<Vec<HandTask>> {
    let rows = sqlx::query_as!(
        Row,
        "select t.id, t.owner, p.name_zh as owner_zh, p.name_en as owner_en, p.department, t.giver, g.name_zh as giver_zh,
             g.name_en as giver_en, t.order_id, t.text, t.due_at, t.no_hour, t.state, t.ended_at, t.version
         from hand_task t join person p on p.id = t.owner join person g on g.id = t.giver
         where t.state <> 'open' and (t.owner = $1 or t.giver = $1) order by t.ended_at desc, t.id limit 100",
        person.0,
    );
    let rows = rows.fetch_all(db).await?;
    Ok(rows.into_iter().map(HandTask::from).collect())
}

/// An open task with what its row on home shows.
#[derive(Clone, Debug)]
pub(in crate::desk) struct TaskRow {
    pub id: Uuid,
    pub version: i32,
    pub text: String,
    pub due_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    pub no_hour: bool,
    pub owner: Uuid,
    pub owner_zh: String,
    pub owner_en: String,
    pub giver: Uuid,
    pub giver_zh: String,
    pub giver_en: String,
    /// Of the order, where she may know it.
    pub number: Option<String>,
    pub title: Option<String>,
    pub customer: Option<String>,
    /// Until when she has put it off.
    pub later: Option<DateTime<Utc>>,
}

/// Open tasks that are hers or that she gave; with departments also those of their members.
pub(in crate::desk) async fn open(
    db: &mut PgConnection,
    by: &By,
    departments: &[Uuid],
    most: i64,
) -> Result<Vec<TaskRow>> {
    let reach = InReach::of(by);
    Ok(sqlx::query_as!(
        TaskRow,
        r#"select t.id, t.version, t.text, t.due_at, t.created_at, t.no_hour, t.owner, p.name_zh as owner_zh,
               p.name_en as owner_en, t.giver, g.name_zh as giver_zh, g.name_en as giver_en, o.number as "number?",
               o.title as "title?", c.name_en as "customer?", z.until_at as "later?"
           from hand_task t join person p on p.id = t.owner join person g on g.id = t.giver
           left join export_order o on o.id = t.order_id
               and order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)
           left join customer c on c.id = o.customer
           left join snooze z on z.person = $4 and z.thing = t.id and z.kind = 'hand_task' and z.subject = ''
               and z.mark = t.version::text and z.until_at > $5
           where t.state = 'open' and (t.owner = $4 or t.giver = $4 or p.department = any($6))
           order by t.due_at, t.id limit $7"#,
        reach.everything,
        &reach.departments,
        reach.person,
        by.person().map(|person| person.0),
        by.at,
        departments,
        most,
    )
    .fetch_all(db)
    .await?)
}
