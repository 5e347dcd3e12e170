//! What stands over the list, in one statement: the figures of its tabs, the views that are kept, the choices of its
//! filters.

use super::views_sql::View;
use crate::base::{By, Lang, Role};
use crate::people::relation::InReach;
use crate::web::Result;
use serde::Deserialize;
use sqlx::PgConnection;

/// Figures of the tabs over the list; none is counted past a thousand.
#[derive(Debug, Default, Deserialize)]
pub(in crate::desk) struct Tabs {
    pub mine: i64,
    pub late: i64,
    pub waiting_customer: i64,
    pub any: bool,
}

/// Somebody a filter can name.
#[derive(Debug, Deserialize)]
pub(in crate::desk) struct Keeper {
    pub email: String,
    pub zh: String,
    pub en: String,
    pub roles: Vec<String>,
}

impl Keeper {
    pub(in crate::desk) fn name(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh.clone(),
            Lang::En => self.en.clone(),
        }
    }

    pub(in crate::desk) fn holds(&self, role: Role) -> bool {
        self.roles.iter().any(|held| held == role.code())
    }
}

/// A code and what stands beside it.
pub(in crate::desk) type Choices = Vec<(String, String)>;

#[derive(Debug)]
pub(in crate::desk) struct Around {
    pub tabs: Tabs,
    pub views: Vec<View>,
    pub customers: Choices,
    pub factories: Choices,
    pub staff: Vec<Keeper>,
}

/// `counted`: with the figures of the tabs and the views, which only the list shows.
#[expect(clippy::too_many_lines, reason = "one statement")]
pub(in crate::desk) async fn around(
    db: &mut PgConnection,
    by: &By,
    counted: bool,
) -> Result<Around> {
    let reach = InReach::of(by);
    let department = by.staff().and_then(|staff| staff.department);
    let row = sqlx::query!(
        r#"select
               case when $6 then (
                   select jsonb_build_object('mine', count(*) filter (where salesperson = $4 or operator = $4),
                       'late', count(*) filter (where next_due < $5),
                       'waiting_customer', count(*) filter (where waiting = 'customer'),
                       'any', exists (select from export_order o
                           where order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)))
                   from (select o.salesperson, o.operator, o.next_due, o.waiting from export_order o
                       where o.condition in ('open', 'on_hold', 'cancelling')
                           and order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)
                       limit 20000) o
               ) end as tabs,
               coalesce((select jsonb_agg(to_jsonb(v)) from (
                   -- Her own views and those shared within her department.
                   select v.id, v.name, v.query, v.shared, v.person = $4 as own from saved_view v
                   join person p on p.id = v.person
                   where $6 and (v.person = $4 or (v.shared and p.department = $7))
                   order by v.person = $4 desc, v.at, v.id limit 40) v), '[]') as "views!",
               coalesce((select jsonb_agg(jsonb_build_array(c.code, c.name_en)) from (
                   select code, name_en from customer order by lower(name_en), id limit 500) c), '[]') as "customers!",
               coalesce((select jsonb_agg(jsonb_build_array(f.code, f.name_zh)) from (
                   select code, name_zh from factory order by name_zh, id limit 500) f), '[]') as "factories!",
               coalesce((select jsonb_agg(to_jsonb(p)) from (
                   select email, name_zh as zh, name_en as en, roles from person
                   where status = 'active' order by created_at, id limit 500) p), '[]') as "staff!"
           "#,
        reach.everything,
        &reach.departments,
        reach.person,
        by.person().map(|person| person.0),
        by.at,
        counted,
        department.map(|department| department.0),
    )
    .fetch_one(db)
    .await?;
    Ok(Around {
        tabs: row
            .tabs
            .map(serde_json::from_value)
            .transpose()?
            .unwrap_or_default(),
        views: serde_json::from_value(row.views)?,
        customers: serde_json::from_value(row.customers)?,
        factories: serde_json::from_value(row.factories)?,
        staff: serde_json::from_value(row.staff)?,
    })
}
