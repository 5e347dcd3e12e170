//! The statement of settling.

use crate::web::Result;
use sqlx::PgConnection;

/// Numbers of the orders that are not over.
pub(super) async fn underway(db: &mut PgConnection) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!(
        "select number from export_order where condition in ('open', 'on_hold', 'cancelling') order by id",
    )
    .fetch_all(db)
    .await?)
}
