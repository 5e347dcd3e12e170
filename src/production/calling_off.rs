//! Calling off: the order has ended, so what was to be made, changed, answered or inspected is not any more.

use super::{change, inspection, issue, order};
use crate::orders::OrderAct;
use crate::web::Result;

/// This desk's part of an end; the right was asked where the order was ended. Changes and issues fall first: what a factory
/// was told of them is withdrawn before it is told that it stops.
pub async fn call_off(act: &mut OrderAct, reason: &str) -> Result<()> {
    change::acts::call_off(act, reason).await?;
    issue::acts::call_off(act, reason).await?;
    inspection::acts::call_off(act, reason).await?;
    order::call_off(act, reason).await
}
