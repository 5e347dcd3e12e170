//! What the order reads of the desk production 生产: production orders and their progress.

use super::super::open_items::OpenItem;
use crate::base::OrderId;
use crate::base::calendar::Calendar;
use crate::orders::Facts;
use crate::web::Result;
use sqlx::PgConnection;

#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts of one desk, each asked on its own"
)]
pub struct ProductionFacts {
    pub covered: bool,
    pub acknowledged: bool,
    pub set_complete: bool,
    pub ready: bool,
}

pub(in crate::orders) async fn load(
    _db: &mut PgConnection,
    _order: OrderId,
) -> Result<ProductionFacts> {
    Ok(ProductionFacts::default())
}

/// What stands open on this desk.
pub(in crate::orders) fn items(_facts: &Facts, _calendar: &Calendar, _items: &mut Vec<OpenItem>) {}
