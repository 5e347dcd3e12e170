//! What the order reads of the desk samples 样品: the newest rounds of the sample notes and their parcels.

use super::super::open_items::OpenItem;
use crate::base::OrderId;
use crate::base::calendar::Calendar;
use crate::orders::Facts;
use crate::web::Result;
use sqlx::PgConnection;

/// Newest round of every sample note that is not void.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts of one desk, each asked on its own"
)]
pub struct SampleFacts {
    pub rounds: i64,
    pub all_signed: bool,
    pub all_sent: bool,
    pub all_acknowledged: bool,
    pub all_received: bool,
    pub all_dispatched: bool,
    pub all_numbers_passed_on: bool,
    pub all_approved: bool,
    pub comments_carried_over: bool,
}

pub(in crate::orders) async fn load(
    _db: &mut PgConnection,
    _order: OrderId,
) -> Result<SampleFacts> {
    Ok(SampleFacts::default())
}

/// What stands open on this desk.
pub(in crate::orders) fn items(_facts: &Facts, _calendar: &Calendar, _items: &mut Vec<OpenItem>) {}
