//! Calling off: the order is cancelled, so what was asked of the manager falls back to who asked; what is owed in spite of
//! it is asked anew, what is not is made void.

use super::asking::both;
use super::sql;
use super::stage::Move;
use crate::history::finance_event::FinanceEvent;
use crate::orders::OrderAct;
use crate::web::Result;

/// This desk's part of a cancellation; its questions have fallen with all questions of the order.
pub async fn call_off(act: &mut OrderAct) -> Result<()> {
    let (by, order) = (act.by.clone(), act.order.id());
    for number in sql::asked_of(act.tx(), order).await? {
        let payable = sql::find(act.tx(), &by, &number).await?;
        let stage = payable.after(Move::Withdraw)?;
        sql::save_stage(act, &payable, stage).await?;
        let event = FinanceEvent::PayableWithdrawn {
            payable: payable.number.clone(),
        };
        both(act, &payable.thing(), event).await?;
    }
    Ok(())
}
