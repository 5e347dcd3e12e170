//! Which desk describes which gate.

use crate::approvals::exception::{Kind, Stake};
use crate::base::By;
use crate::orders::Order;
use crate::web::Result;
use crate::{credits, production, shipping};
use chrono::NaiveDate;
use sqlx::PgConnection;

/// The gate as it stands now; refused where nothing is held there.
pub(super) async fn stake(
    db: &mut PgConnection,
    (by, today): (&By, NaiveDate),
    order: &Order,
    (kind, thing): (Kind, &str),
) -> Result<Stake> {
    match kind {
        Kind::ProductionGate => production::stakes::production_gate(db, by, order, thing).await,
        Kind::StalePaper => production::stakes::stale_paper(db, order, thing).await,
        Kind::Inspection => production::stakes::inspection(db, by, order, thing).await,
        Kind::EarlyGateIn | Kind::EarlyRelease => {
            shipping::stakes::before_payment(db, by, order, (kind, thing)).await
        }
        Kind::LatePresenting => {
            credits::stakes::late_presenting(db, by, order, (thing, today)).await
        }
    }
}
