//! The statements of the keepers: who sells and who operates an order, whether they can, and how they are called.

use super::opening::Opening;
use super::order::Order;
use crate::base::{DepartmentId, Lang, OrderId, PersonId};
use crate::web::Result;
use sqlx::PgConnection;
use uuid::Uuid;

/// Names of salesperson and operator in the reader's language.
pub(super) async fn keepers(
    db: &mut PgConnection,
    order: &Order,
    lang: Lang,
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
        Lang::Zh => (row.s_zh, row.p_zh),
        Lang::En => (row.s_en, row.p_en),
    })
}

/// What opening asks of the people and the customer named in the form.
pub(super) struct KeepersFound {
    pub department: Option<DepartmentId>,
    pub sells: bool,
    pub operates: bool,
    pub customer_archived: bool,
}

pub(super) async fn keepers_for(db: &mut PgConnection, opening: &Opening) -> Result<KeepersFound> {
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
