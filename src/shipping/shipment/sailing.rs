//! Sailing 开船: what leaves against what was loaded, the arrival, and days that were written down wrongly.

use super::goods_sql;
use super::reading::changes;
use super::record::{Refusal, Shipment, Stored};
use super::stage::Stage;
use crate::base::T;
use crate::history::event::Change;
use crate::orders::JointAct;
use crate::people::relation::InReach;
use crate::shipping::asked::Typed;
use crate::shipping::loading::{self, Sums};
use crate::web::{Error, Faults, Result, Tell};

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

/// Into the port, released by the customs, on board: each not before the one ahead of it.
pub(super) fn days_in_order(s: &Stored) -> Result<(), Refusal> {
    if let (Some(gate), Some(released)) = (s.gated_in_on, s.released_on)
        && released < gate
    {
        return Err(Refusal::GateInAfterRelease { day: released });
    }
    let Some(board) = s.on_board_on else {
        return Ok(());
    };
    match (s.gated_in_on, s.released_on) {
        (Some(day), _) if board < day => Err(Refusal::OnBoardBeforeGateIn { day }),
        (_, Some(day)) if board < day => Err(Refusal::OnBoardBeforeRelease { day }),
        _ => Ok(()),
    }
}

/// Said where the days are typed, so that they stay.
fn at_its_day(refusal: Refusal) -> Error {
    let field = match refusal {
        Refusal::GateInAfterRelease { .. } => "gated_in_on",
        _ => "on_board_on",
    };
    let mut faults = Faults::default();
    faults.say(field, move |t| refusal.tell(t));
    Error::Invalid(faults)
}

pub(super) fn correct(shipment: &mut Shipment, typed: &Typed) -> Result<Vec<Change>> {
    let before = shipment.stored.clone();
    let s = &mut shipment.stored;
    s.etd = typed.day("etd").or(before.etd);
    s.eta = typed.day("eta").or(before.eta);
    // A day that has not come yet is written down by its own act, never here.
    for (day, name) in [
        (&mut s.gated_in_on, "gated_in_on"),
        (&mut s.released_on, "released_on"),
        (&mut s.on_board_on, "on_board_on"),
    ] {
        if day.is_some() {
            *day = typed.day(name).or(*day);
        }
    }
    days_in_order(s).map_err(at_its_day)?;
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
        ("gated_in_on", text(before.gated_in_on), text(s.gated_in_on)),
        ("released_on", text(before.released_on), text(s.released_on)),
        ("on_board_on", text(before.on_board_on), text(s.on_board_on)),
        ("arrived_on", text(before.arrived_on), text(s.arrived_on)),
    ]))
}
