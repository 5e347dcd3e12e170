//! The scenery itself: a proforma invoice goes all its way.

use crate::support::World;
use gendan::proforma::Stage;

#[tokio::test]
async fn a_proforma_invoice_goes_from_draft_to_confirmed() {
    let w = World::new().await;
    let order = w.order().await;
    assert_eq!(order.number, "HY26-0001");
    let revision = w.proforma_at(&order, Stage::Confirmed).await;
    assert_eq!(w.stage_of(&order, revision).await, "confirmed");
}

#[tokio::test]
async fn every_stage_can_be_reached_by_its_acts() {
    let w = World::new().await;
    for stage in [
        Stage::Draft,
        Stage::Submitted,
        Stage::Returned,
        Stage::Approved,
        Stage::Sent,
        Stage::ChangeRequested,
        Stage::Void,
    ] {
        let order = w.order().await;
        let revision = w.proforma_at(&order, stage).await;
        assert_eq!(w.stage_of(&order, revision).await, stage.code());
    }
}
