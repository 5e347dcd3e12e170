//! Calling off: the order is cancelled, so a credit that was opened for it alone is not waited for any more. A credit over
//! several orders serves the others.

use super::stage::Move;
use super::{ending, sql};
use crate::orders::OrderAct;
use crate::web::Result;

/// This desk's part of a cancellation; the right was asked where the order was cancelled.
pub async fn call_off(act: &mut OrderAct, reason: &str) -> Result<()> {
    let order = act.order.clone();
    for listed in sql::list_for(act.tx(), &order).await? {
        let alone = sql::order_ids(act.tx(), listed.id).await?.len() == 1;
        let Some(credit) = sql::lock(act, &listed.number).await?.filter(|_| alone) else {
            continue;
        };
        if credit.stage.after(Move::Cancel).is_some() {
            ending::end(act, &credit, reason).await?;
        }
    }
    Ok(())
}
