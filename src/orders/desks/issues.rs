//! What the order reads of production issues 生产异常, change orders 变更单 and inspections 验货.

use super::super::open_items::OpenItem;
use crate::base::OrderId;
use crate::base::calendar::Calendar;
use crate::orders::Facts;
use crate::web::Result;
use sqlx::PgConnection;

#[derive(Clone, Debug, Default)]
pub struct IssueFacts {
    pub open_issues: i64,
    pub inspected: bool,
}

pub(in crate::orders) async fn load(_db: &mut PgConnection, _order: OrderId) -> Result<IssueFacts> {
    Ok(IssueFacts::default())
}

/// What stands open on this desk.
pub(in crate::orders) fn items(_facts: &Facts, _calendar: &Calendar, _items: &mut Vec<OpenItem>) {}
