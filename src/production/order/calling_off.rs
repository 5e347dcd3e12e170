//! Calling off: the order is cancelled, so its production orders fall with it. A factory that holds one is told by the paper
//! and acknowledges that it has stopped.

use super::stage::Move;
use super::{sql, voiding};
use crate::base::{Lang, T};
use crate::orders::OrderAct;
use crate::web::Result;

/// This desk's part of a cancellation; closed papers stay what they are.
pub async fn call_off(act: &mut OrderAct, reason: &str) -> Result<()> {
    let order = act.order.clone();
    for paper in sql::list_for(act.tx(), &order).await? {
        if paper.stage.after(Move::Void).is_some() {
            let told = T(Lang::Zh).production_relay_called_off();
            voiding::void_telling(act, &paper, (reason, told)).await?;
        }
    }
    Ok(())
}
