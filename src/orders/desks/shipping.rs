//! What the order reads of the desk shipping 船务: shipments, loading, transport documents, presentations.

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
pub struct ShippingFacts {
    pub planned: bool,
    pub booked: bool,
    pub documents_sent: bool,
    pub released: bool,
    pub loaded: bool,
    pub transport_document_confirmed: bool,
    pub settled_by_terms: bool,
}

pub(in crate::orders) async fn load(
    _db: &mut PgConnection,
    _order: OrderId,
) -> Result<ShippingFacts> {
    Ok(ShippingFacts::default())
}

/// What stands open on this desk.
pub(in crate::orders) fn items(_facts: &Facts, _calendar: &Calendar, _items: &mut Vec<OpenItem>) {}
