//! Only table transitions (P5) over HTTP for a parcel: what the table does not know is refused and writes nothing.

use crate::support::World;
use gendan::samples::{ParcelMove, ParcelStage, Stage};

/// The acts as they are sent, and the move each is.
const ACTS: [(&str, ParcelMove); 5] = [
    ("dispatch", ParcelMove::Dispatch),
    ("passing-on", ParcelMove::PassOnNumber),
    ("delivery", ParcelMove::Deliver),
    ("loss", ParcelMove::Lose),
    ("return", ParcelMove::Return),
];

#[tokio::test]
async fn acts_on_a_parcel_that_do_not_exist_are_refused_and_write_nothing() {
    let alone = |stage: &ParcelStage| *stage != ParcelStage::CalledOff;
    for stage in ParcelStage::ALL.into_iter().filter(alone) {
        let w = World::new().await;
        let order = w.order().await;
        let note = w.sample_at(&order, Stage::Received).await;
        let parcel = w.parcel_at(&order, &note, stage).await;
        let at: String = w.ask("select stage from parcel").await;
        assert_eq!(at, stage.code());
        for (act, step) in ACTS {
            if stage.after(step).is_some() {
                continue;
            }
            let before = w.everything().await;
            let reply = w.act_on_parcel(&order, parcel, act).await;
            assert_eq!(reply.status, 409, "{stage:?} {act}");
            assert_eq!(w.everything().await, before, "{stage:?} {act}");
        }
    }
}
