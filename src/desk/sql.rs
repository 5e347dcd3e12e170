//! Statements of home and search: read across desks, inside the reader's reach.

use crate::base::By;
use crate::people::relation::InReach;
use crate::web::Result;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// One open item with what its row shows.
#[derive(Clone, Debug)]
pub(super) struct ItemRow {
    pub number: String,
    pub title: String,
    pub customer: String,
    pub department: Uuid,
    pub kind: String,
    pub subject: String,
    pub waiting: String,
    pub owner: Uuid,
    pub quoted: Option<String>,
    pub due_at: DateTime<Utc>,
    pub problem: bool,
    pub words: Option<String>,
    pub words_lang: Option<String>,
    pub from_side: Option<String>,
    /// The addressee who has not been told yet.
    pub to_side: Option<String>,
}

/// Rows of one worklist.
pub(super) const MOST: i64 = 300;

/// What this reader has to do or to chase: her own, what waits for the manager of a department she leads, and what
/// waits for finance where she is finance.
pub(super) async fn mine(
    db: &mut PgConnection,
    by: &By,
    led: &[Uuid],
    finance: bool,
) -> Result<Vec<ItemRow>> {
    let reach = InReach::of(by);
    Ok(sqlx::query_as!(
        ItemRow,
        r#"select o.number, o.title, c.name_en as customer, o.department, i.kind as "kind!", i.subject as "subject!",
               i.waiting as "waiting!", i.owner as "owner!", i.args ->> 'quoted' as quoted, i.due_at as "due_at!",
               i.problem as "problem!", r.words as "words?", r.words_lang as "words_lang?",
               r.from_side as "from_side?",
               (select t.to_side from relay_receipt t where t.relay = r.id and t.passed_at is null
                   order by t.to_side limit 1) as to_side
           from (select i.* from open_item i where i.owner = $4
                 union
                 select i.* from open_item i join export_order m on m.id = i.order_id
                     where i.waiting = 'manager' and m.department = any($5)
                 union
                 select i.* from open_item i where i.waiting = 'finance' and $6) i
           join export_order o on o.id = i.order_id join customer c on c.id = o.customer
           left join relay r on i.kind in ('pass_on', 'acknowledge') and r.order_id = o.id
               and r.number::text = i.subject
           where order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)
           order by i.due_at, o.number, i.kind limit $7"#,
        reach.everything,
        &reach.departments,
        reach.person,
        by.person().map(|person| person.0),
        led,
        finance,
        MOST,
    )
    .fetch_all(db)
    .await?)
}

/// Everything that stands open within her reach.
pub(super) async fn team(db: &mut PgConnection, by: &By) -> Result<Vec<ItemRow>> {
    let reach = InReach::of(by);
    Ok(sqlx::query_as!(
        ItemRow,
        r#"select o.number, o.title, c.name_en as customer, o.department, i.kind, i.subject, i.waiting, i.owner,
               i.args ->> 'quoted' as quoted, i.due_at, i.problem, r.words as "words?",
               r.words_lang as "words_lang?", r.from_side as "from_side?",
               (select t.to_side from relay_receipt t where t.relay = r.id and t.passed_at is null
                   order by t.to_side limit 1) as to_side
           from open_item i join export_order o on o.id = i.order_id join customer c on c.id = o.customer
           left join relay r on i.kind in ('pass_on', 'acknowledge') and r.order_id = o.id
               and r.number::text = i.subject
           where order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)
           order by i.due_at, o.number, i.kind limit $4"#,
        reach.everything,
        &reach.departments,
        reach.person,
        MOST,
    )
    .fetch_all(db)
    .await?)
}

/// What a manager watches, and whether anything has been begun at all.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Watch {
    pub problem: i64,
    pub late: i64,
    pub waiting_customer: i64,
    pub on_hold: i64,
    pub any_order: bool,
    pub any_customer: bool,
    pub any_factory: bool,
}

pub(super) async fn watch(db: &mut PgConnection, by: &By) -> Result<Watch> {
    let reach = InReach::of(by);
    Ok(sqlx::query_as!(
        Watch,
        r#"with open as (
               select o.problem, o.next_due, o.waiting, o.condition from export_order o
               where o.condition in ('open', 'on_hold', 'cancelling')
                   and order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator) limit 20000
           )
           select count(*) filter (where problem) as "problem!",
               count(*) filter (where next_due < $4) as "late!",
               count(*) filter (where waiting = 'customer') as "waiting_customer!",
               count(*) filter (where condition = 'on_hold') as "on_hold!",
               exists (select from export_order o
                   where order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)) as "any_order!",
               exists (select from customer) as "any_customer!", exists (select from factory) as "any_factory!"
           from open"#,
        reach.everything,
        &reach.departments,
        reach.person,
        by.at,
    )
    .fetch_one(db)
    .await?)
}

/// A customer or factory that is found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub code: String,
    pub name: String,
    pub other: String,
}

pub(super) async fn customers(db: &mut PgConnection, pattern: &str) -> Result<Vec<Found>> {
    Ok(sqlx::query_as!(
        Found,
        "select code, name_en as name, name_zh as other from customer
         where (search like $1 or pinyin like $1 or code like $1) and archived_at is null
         order by lower(name_en), id limit 20",
        pattern,
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn factories(db: &mut PgConnection, pattern: &str) -> Result<Vec<Found>> {
    Ok(sqlx::query_as!(
        Found,
        "select code, name_zh as name, name_en as other from factory
         where (search like $1 or pinyin like $1 or code like $1) and archived_at is null
         order by name_zh, id limit 20",
        pattern,
    )
    .fetch_all(db)
    .await?)
}
