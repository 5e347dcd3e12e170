//! Presentation 交单: the documents of one shipment, to the bank of a credit or to a remitting bank (D/P, D/A).
//!
//! Read `stage.rs` first, then `set.rs`: what makes a set complete and until when it may go.

pub(in crate::credits) mod answering;
pub mod checklist;
pub(in crate::credits) mod held;
mod papers_sql;
pub(in crate::credits) mod preparing;
pub(in crate::credits) mod presenting;
pub mod set;
mod show;
mod sql;
pub mod stage;

pub(in crate::credits) use show::Listed;

use crate::credits::sql::closed_days;
use crate::orders::Order;
use crate::web::{Door, Result, Routes};
use sqlx::PgConnection;
use uuid::Uuid;

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub(super) fn routes() -> Routes {
    Routes::new()
        .post(
            "/orders/{number}/presentations",
            Door::Staff,
            preparing::create,
        )
        .get(
            "/presentations/{shipment}/{sequence}",
            Door::Staff,
            show::one,
        )
        .get(
            "/presentations/{shipment}/{sequence}/edit",
            Door::Staff,
            preparing::edit,
        )
        .post(
            "/presentations/{shipment}/{sequence}",
            Door::Staff,
            preparing::save,
        )
        .post(
            "/presentations/{shipment}/{sequence}/completion",
            Door::Staff,
            preparing::complete,
        )
        .get(
            "/presentations/{shipment}/{sequence}/presenting",
            Door::Staff,
            presenting::ask,
        )
        .post(
            "/presentations/{shipment}/{sequence}/presenting",
            Door::Staff,
            presenting::create,
        )
        .get(
            "/presentations/{shipment}/{sequence}/late-presenting",
            Door::Staff,
            presenting::ask_late,
        )
        .post(
            "/presentations/{shipment}/{sequence}/late-presenting",
            Door::Staff,
            presenting::create_late,
        )
        .and(answering::routes())
}

pub(super) async fn of_order(db: &mut PgConnection, order: &Order) -> Result<Vec<Listed>> {
    let bank = closed_days(db).await?;
    let sets = sql::list_for(db, order).await?;
    Ok(sets.iter().map(|set| Listed::of(set, &bank)).collect())
}

pub(super) async fn of_credit(db: &mut PgConnection, credit: Uuid) -> Result<Vec<Listed>> {
    let bank = closed_days(db).await?;
    let sets = sql::list_under(db, credit).await?;
    Ok(sets.iter().map(|set| Listed::of(set, &bank)).collect())
}

/// Shipments of the order for which no set is on its way; none where its terms bring no documents to a bank.
pub(super) async fn shipments_without(
    db: &mut PgConnection,
    order: &Order,
) -> Result<Vec<(String, String)>> {
    let payment = sql::payment(db, order).await?;
    if preparing::way_of(&payment).is_none() {
        return Ok(Vec::new());
    }
    let free = sql::free_shipments(db, order).await?;
    Ok(free
        .into_iter()
        .map(|one| {
            let day = one
                .on_board_on
                .map(|day| day.to_string())
                .unwrap_or_default();
            (
                one.number.clone(),
                format!("{} {day}", one.number).trim().to_owned(),
            )
        })
        .collect())
}
