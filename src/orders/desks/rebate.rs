//! What the order reads of hand-over 交接单, verification 核销 and rebate 退税.

use super::super::open_items::OpenItem;
use crate::base::OrderId;
use crate::base::calendar::Calendar;
use crate::orders::Facts;
use crate::web::Result;
use sqlx::PgConnection;

#[derive(Clone, Debug, Default)]
pub struct RebateFacts {
    pub handed_over: bool,
    pub verified: bool,
    pub rebate_closed: bool,
}

pub(in crate::orders) async fn load(
    _db: &mut PgConnection,
    _order: OrderId,
) -> Result<RebateFacts> {
    Ok(RebateFacts::default())
}

/// What stands open on this desk.
pub(in crate::orders) fn items(_facts: &Facts, _calendar: &Calendar, _items: &mut Vec<OpenItem>) {}
