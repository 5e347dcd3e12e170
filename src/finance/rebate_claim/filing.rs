//! The filing set 备案单证: for each class where it lies, or why it need not be there; and why money need not be matched.

use super::claim::{Claim, Class, Filed};
use super::stage::Move;
use super::{show, sql, url};
use crate::base::{By, T};
use crate::finance::Meanwhile;
use crate::finance::export::Shipment;
use crate::history::Event;
use crate::history::rebate_event::RebateEvent;
use crate::orders::{self, JointAct};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};

pub(super) async fn save(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment, sequence)): Path<(String, String, i32)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&["place[]", "reason[]", "receipts_reason"])?;
    let (mut act, _, shipment, claim) =
        show::begin(&app, by, (&number, &shipment, sequence), &form.key).await?;
    act.must(Deed::CollectRebate)?;
    claim.after(Move::Collect)?;
    if form.rev()? != claim.version {
        return Err(Error::refused(Meanwhile));
    }
    write(&mut act, (&shipment, &claim), &form.fields).await?;
    let answer = Answer::to(url(&number, &shipment.number, sequence));
    act.finish(answer.tell(page.t, T::web_saved)).await
}

/// The act: where the papers of the set lie, class by class.
pub(super) async fn write(
    act: &mut JointAct,
    (shipment, claim): (&Shipment, &Claim),
    fields: &Fields,
) -> Result<()> {
    orders::recorded(act, false).await?;
    let filed: Vec<Filed> = Class::ALL
        .into_iter()
        .filter_map(|class| read(fields, class))
        .collect();
    let reason: String = fields.get("receipts_reason").chars().take(1_000).collect();
    sql::save_filing(act, claim.id, &filed, &reason).await?;
    act.happened(&Event::Rebate(RebateEvent::RebateFilingSet {
        claim: claim.name(&shipment.number),
    }))
    .await
}

fn read(fields: &Fields, class: Class) -> Option<Filed> {
    let text = |name: &str| -> String {
        let field = format!("{name}[{}]", class.code());
        fields.get(&field).chars().take(200).collect()
    };
    let (place, reason) = (text("place"), text("reason"));
    (!place.is_empty() || !reason.is_empty()).then_some(Filed {
        class,
        place,
        reason,
    })
}
