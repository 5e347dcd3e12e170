//! Calling off: the order has ended, so its sample notes that are not with the factory fall with it, and a parcel that is
//! packed stays here. A note the factory
//! holds stays what it is; the factory is told by the cancellation itself.

use super::{ParcelMove, Stage, parcel, sql};
use crate::history::Event;
use crate::history::sample_event::SampleEvent;
use crate::orders::OrderAct;
use crate::web::Result;

/// This desk's part of a cancellation; the right was asked where the order was cancelled.
pub async fn call_off(act: &mut OrderAct, reason: &str) -> Result<()> {
    let order = act.order.clone();
    for note in sql::list_for(act.tx(), &order).await? {
        let here = matches!(
            note.stage,
            Stage::Draft | Stage::Submitted | Stage::Returned | Stage::Signed
        );
        if here {
            sql::save_stage(act, &note, Stage::Void).await?;
            act.happened(&Event::Sample(SampleEvent::SampleNoteVoided {
                note: note.name.label(),
                reason: reason.to_owned(),
            }))
            .await?;
        }
    }
    parcels(act, reason).await
}

async fn parcels(act: &mut OrderAct, reason: &str) -> Result<()> {
    let order = act.order.clone();
    for parcel in parcel::sql::parcels(act.tx(), &order).await? {
        if let Ok(stage) = parcel.after(ParcelMove::CallOff) {
            parcel::sql::call_off(act, &parcel, stage, reason).await?;
            act.happened(&Event::Sample(SampleEvent::ParcelCalledOff {
                number: parcel.number,
                reason: reason.to_owned(),
            }))
            .await?;
        }
    }
    Ok(())
}
