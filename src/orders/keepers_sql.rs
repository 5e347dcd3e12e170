//! The statements of the keepers: who sells and who operates an order, whether they can, and how they are called.

use super::opening::Opening;
use crate::base::DepartmentId;
use crate::web::Result;
use sqlx::PgConnection;

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
