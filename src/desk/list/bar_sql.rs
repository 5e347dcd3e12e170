//! Statements of what stands over the list: the figures of its tabs, the choices of its filters.

use crate::base::By;
use crate::people::relation::InReach;
use crate::web::Result;
use sqlx::PgConnection;

/// Figures of the tabs over the list; none is counted past a thousand.
pub(in crate::desk) struct Tabs {
    pub mine: i64,
    pub late: i64,
    pub waiting_customer: i64,
    pub any: bool,
}

pub(in crate::desk) async fn tabs(db: &mut PgConnection, by: &By) -> Result<Tabs> {
    let reach = InReach::of(by);
    Ok(sqlx::query_as!(
        Tabs,
        r#"with open as (
               select o.salesperson, o.operator, o.next_due, o.waiting from export_order o
               where o.condition in ('open', 'on_hold', 'cancelling')
                   and order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)
               limit 20000
           )
           select count(*) filter (where salesperson = $4 or operator = $4) as "mine!",
               count(*) filter (where next_due < $5) as "late!",
               count(*) filter (where waiting = 'customer') as "waiting_customer!",
               exists (select from export_order o
                   where order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)) as "any!"
           from open"#,
        reach.everything,
        &reach.departments,
        reach.person,
        by.person().map(|person| person.0),
        by.at,
    )
    .fetch_one(db)
    .await?)
}

/// Factories a filter can name, with their code.
pub(in crate::desk) async fn factories(db: &mut PgConnection) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!("select code, name_zh from factory order by name_zh, id limit 500")
        .fetch_all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.code, row.name_zh))
        .collect())
}

/// Customers a filter can name, with their code.
pub(in crate::desk) async fn customers(db: &mut PgConnection) -> Result<Vec<(String, String)>> {
    let rows =
        sqlx::query!("select code, name_en from customer order by lower(name_en), id limit 500")
            .fetch_all(db)
            .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.code, row.name_en))
        .collect())
}
