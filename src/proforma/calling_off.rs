//! Calling off: the order is cancelled, so what of its proforma invoices is not with the customer yet falls with it. What he
//! holds stays what it is; he is told by the cancellation itself.

use super::sql;
use super::stage::Stage;
use crate::history::Event;
use crate::orders::OrderAct;
use crate::web::Result;

/// This desk's part of a cancellation; the right was asked where the order was cancelled.
pub async fn call_off(act: &mut OrderAct, reason: &str) -> Result<()> {
    let order = act.order.clone();
    for paper in sql::list_for(act.tx(), &order).await? {
        let here = matches!(
            paper.stage,
            Stage::Draft | Stage::Submitted | Stage::Returned | Stage::Approved
        );
        if here {
            sql::save_stage(act, &paper, Stage::Void).await?;
            act.happened(&Event::ProformaVoided {
                revision: paper.revision(),
                reason: reason.to_owned(),
            })
            .await?;
        }
    }
    Ok(())
}
