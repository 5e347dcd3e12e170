//! Sailing 开船: what leaves against what was loaded, the arrival, and days that were written down wrongly.

use super::goods_sql;
use super::reading::changes;
use super::record::{Refusal, Shipment};
use super::stage::Stage;
use crate::base::T;
use crate::history::event::Change;
use crate::orders::JointAct;
use crate::people::relation::InReach;
use crate::shipping::asked::Typed;
use crate::shipping::loading::{self, Sums};
use crate::web::{Error, Faults, Result};

/// What was loaded is what the packing list says, unless somebody says that it will be corrected.
pub(super) async fn loaded_as_packed(
    act: &mut JointAct,
    shipment: &Shipment,
    typed: &Typed,
) -> Result<()> {
    let reach = InReach::of(&act.by);
    let goods = goods_sql::goods(act.tx(), &reach, shipment.id).await?;
    let units = loading::sql::containers(act.tx(), shipment.id).await?;
    if units.is_empty() || typed.on("differs") || Sums::of(&goods, &units).agree() {
        return Ok(());
    }
    Err(Error::Invalid(Faults::one(
        "differs",
        T::shipping_departs_otherwise,
    )))
}

pub(super) fn arrived(
    shipment: &mut Shipment,
    day: Option<chrono::NaiveDate>,
) -> Result<(), Refusal> {
    if let (Some(day), Some(board)) = (day, shipment.on_board_on)
        && day < board
    {
        return Err(Refusal::ArrivedBeforeOnBoard { day: board });
    }
    shipment.stored.arrived_on = day;
    Ok(())
}

pub(super) fn correct(shipment: &mut Shipment, typed: &Typed) -> Result<Vec<Change>> {
    let before = shipment.stored.clone();
    let board = typed.day("on_board_on");
    if let (Some(day), Some(gate)) = (board, before.gated_in_on)
        && day < gate
    {
        return Err(Refusal::OnBoardBeforeGateIn { day: gate }.into());
    }
    let left = shipment.has_left();
    let s = &mut shipment.stored;
    s.etd = typed.day("etd").or(before.etd);
    s.eta = typed.day("eta").or(before.eta);
    if left {
        s.on_board_on = board.or(before.on_board_on);
    }
    if s.on_board_on.or(s.etd) > s.eta && s.eta.is_some() {
        return Err(Error::Invalid(Faults::one(
            "eta",
            T::shipping_eta_before_etd,
        )));
    }
    if shipment.stage == Stage::Arrived {
        arrived(shipment, typed.day("arrived_on").or(before.arrived_on))?;
    }
    let text = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let s = &shipment.stored;
    Ok(changes(&[
        ("etd", text(before.etd), text(s.etd)),
        ("eta", text(before.eta), text(s.eta)),
        ("on_board_on", text(before.on_board_on), text(s.on_board_on)),
        ("arrived_on", text(before.arrived_on), text(s.arrived_on)),
    ]))
}
