//! Reset 换船: the goods stay behind, and with the vessel goes what was drafted for it.

use super::sql;
use super::stage::Move;
use crate::orders::JointAct;
use crate::shipping::owed;
use crate::shipping::shipment::reading::{said, told};
use crate::shipping::shipment::record::Shipment;
use crate::web::Result;

/// The vessel is gone: the draft of its bill of lading, and what the customer said of it, stand no more. The instructions
/// do; the next draft names the next vessel.
pub(in crate::shipping) async fn reset(
    act: &mut JointAct,
    shipment: &Shipment,
    reason: &str,
) -> Result<()> {
    let Some(mut document) = sql::find(act.tx(), shipment.id).await? else {
        return Ok(());
    };
    let Ok(stage) = document.after(Move::Reset) else {
        return Ok(());
    };
    document.draft.clear();
    document.draft_file = None;
    document.waivers.clear();
    document.copy_sent_at = None;
    document.answered_on = None;
    document.answered_by.clear();
    document.answer_words.clear();
    sql::save(act, &document, stage).await?;
    for kind in ["transport_draft", "transport_correction"] {
        owed::withdraw(act, kind, &shipment.number, reason).await?;
    }
    let words = format!("r{}", document.draft_revision);
    told(act, shipment, said!(shipment, TransportDraftReset, words)).await
}
