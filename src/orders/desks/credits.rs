//! What the order reads of letters of credit 信用证 and presentations 交单.

use super::super::open_items::OpenItem;
use crate::base::OrderId;
use crate::base::calendar::Calendar;
use crate::orders::Facts;
use crate::web::Result;
use sqlx::PgConnection;

#[derive(Clone, Debug, Default)]
pub struct CreditFacts {
    /// A credit for the order is workable, or further.
    pub workable: bool,
}

pub(in crate::orders) async fn load(
    _db: &mut PgConnection,
    _order: OrderId,
) -> Result<CreditFacts> {
    Ok(CreditFacts::default())
}

/// What stands open on this desk.
pub(in crate::orders) fn items(_facts: &Facts, _calendar: &Calendar, _items: &mut Vec<OpenItem>) {}
