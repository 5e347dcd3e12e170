//! The acts on a shipment, without HTTP: guards first, then what changes, then what others must be told.

use super::booking::{book, come_back, leave_behind, request};
use super::goods_sql;
use super::papers;
use super::reading::{said, told};
use super::record::{CUSTOMS_SET, Refusal, Shipment};
use super::release;
use super::sailing::{arrived, correct, days_in_order, loaded_as_packed};
use super::sql;
use super::stage::{Move, Stage};
use crate::approvals::exception::{self, Kind};
use crate::base::T;
use crate::history::shipping_event::ShippingEvent;
use crate::orders::JointAct;
use crate::people::relation::InReach;
use crate::shipping::asked::Typed;
use crate::shipping::{advice, money, owed, stakes, transport};
use crate::web::{Error, Result};

/// Guards the act, does it and tells it. The orders are held; the shipment was read under their locks.
pub async fn apply(
    act: &mut JointAct,
    shipment: &mut Shipment,
    step: Move,
    typed: &Typed,
) -> Result<()> {
    let (by, orders) = (act.by.clone(), act.orders.clone());
    let basis = stakes::handing_over(act.tx(), &by, &orders, (shipment, step)).await?;
    if step == Move::CorrectDate {
        crate::orders::recorded(act, false).await?;
    } else {
        act.must_move()?;
    }
    let stage = shipment.after(step)?;
    guard(act, shipment, step).await?;
    match step {
        Move::ReleaseCustoms => release::may_leave(act, shipment, typed).await?,
        Move::Cancel => release::nothing_declared(act, shipment).await?,
        _ => {}
    }
    let early = (step == Move::GateInEarly, typed.text("reason"));
    let leave = stakes::leave(act, &basis, early).await?;
    let event = change(act, shipment, (step, &leave), typed).await?;
    sql::save(act, shipment, stage).await?;
    shipment.stage = stage;
    shipment.stored.version += 1;
    told(act, shipment, event).await?;
    tell_others(act, shipment, step, typed).await
}

/// The house's own cancellation, where the order itself is cancelled: what `apply` does after its guards.
pub(super) async fn cancel(
    act: &mut JointAct,
    shipment: &mut Shipment,
    stage: Stage,
) -> Result<()> {
    release::nothing_declared(act, shipment).await?;
    let reason = shipment.reason.clone();
    let event = said!(shipment, ShipmentCancelled, reason);
    sql::save(act, shipment, stage).await?;
    shipment.stage = stage;
    shipment.stored.version += 1;
    told(act, shipment, event).await?;
    tell_cancelled(act, shipment).await
}

#[expect(clippy::too_many_lines, reason = "one arm an act")]
async fn guard(act: &mut JointAct, shipment: &Shipment, step: Move) -> Result<()> {
    match step {
        Move::SendDocuments => set_is_checked(act, shipment).await,
        Move::Ask | Move::GateIn | Move::GateInEarly => {
            for order in act.orders.clone() {
                let standing = goods_sql::standing(act.tx(), &order, shipment.id).await?;
                let number = order.number.to_string();
                if step == Move::Ask {
                    if !standing.confirmed {
                        return Err(Refusal::ProformaNotConfirmed { order: number }.into());
                    }
                    continue;
                }
                if !standing.inspected {
                    return Err(Refusal::InspectionNotPassed { order: number }.into());
                }
                // A waybill gives no hold on the goods: once handed over they are gone.
                let held = !shipment.mode.holds_goods() && !money::through_bank(&standing);
                if step == Move::GateIn
                    && held
                    && let Some(hold) = money::hold_at_release(&order, &standing)
                {
                    let missing = money::missing(T(act.by.lang), &order, hold);
                    let refusal = Refusal::BalanceNotIn {
                        order: number,
                        missing,
                    };
                    let gate = (Kind::EarlyGateIn, shipment.number.as_str());
                    return Err(exception::askable(refusal.into(), &act.by, &order, gate));
                }
            }
            Ok(())
        }
        Move::Plan
        | Move::Edit
        | Move::Cancel
        | Move::Confirm
        | Move::Warn
        | Move::Roll
        | Move::Rebook
        | Move::ReleaseCustoms
        | Move::ShutOut
        | Move::Depart
        | Move::Arrive
        | Move::CorrectDate => Ok(()),
    }
}

/// Invoice, packing list, elements and contract are checked; the power of attorney may be one of the whole year.
async fn set_is_checked(act: &mut JointAct, shipment: &Shipment) -> Result<()> {
    let reach = InReach::of(&act.by);
    let goods = goods_sql::goods(act.tx(), &reach, shipment.id).await?;
    if !goods.iter().all(goods_sql::Good::is_packed) {
        return Err(Refusal::PackingListIncomplete.into());
    }
    let missing: Vec<&'static str> = CUSTOMS_SET
        .into_iter()
        .filter(|piece| *piece != "power_of_attorney")
        .filter(|piece| !shipment.customs_set.iter().any(|own| own == piece))
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(Refusal::SetNotChecked(missing).into())
    }
}

/// Writes what was typed into the shipment, and says it.
#[expect(clippy::too_many_lines, reason = "one arm an act")]
async fn change(
    act: &mut JointAct,
    shipment: &mut Shipment,
    (step, leave): (Move, &str),
    typed: &Typed,
) -> Result<ShippingEvent> {
    let (at, reason, teller) = (act.by.at, typed.text("reason").to_owned(), typed.told());
    let day = typed.day("day");
    let on = day.map(|day| day.to_string()).unwrap_or_default();
    let with_teller = |words: &str| {
        if teller.is_empty() {
            words.to_owned()
        } else {
            format!("{words} · {teller}")
        }
    };
    Ok(match step {
        Move::Ask => {
            let name = request(act, shipment, typed).await?;
            said!(shipment, BookingAsked, name)
        }
        Move::Confirm | Move::Rebook => {
            let changed = book(shipment, typed, (at, act.zone()))?;
            let words = format!("{} {}", shipment.conveyance(), shipment.booking_no);
            if step == Move::Confirm {
                said!(shipment, BookingConfirmed, with_teller(&words), changed)
            } else {
                said!(shipment, ShipmentRebooked, with_teller(&words), changed)
            }
        }
        Move::SendDocuments => {
            let cutoff = shipment.customs_cutoff.or(shipment.cy_cutoff);
            let late = cutoff.is_some_and(|cutoff| cutoff < at);
            let s = &mut shipment.stored;
            s.documents_sent_at = Some(at);
            typed.text("to").clone_into(&mut s.documents_sent_to);
            s.documents_late |= late;
            let to = s.documents_sent_to.clone();
            if late {
                said!(shipment, CustomsSetSentLate, to)
            } else {
                said!(shipment, CustomsSetSent, to)
            }
        }
        Move::Warn => {
            shipment.stored.ready_on = typed.day("ready_on");
            shipment.stored.reason.clone_from(&reason);
            said!(shipment, ForwarderWarned, reason)
        }
        Move::Roll => {
            shipment.stored.rolled += 1;
            shipment.stored.reason.clone_from(&reason);
            leave_behind(shipment, at);
            said!(shipment, CargoRolled, with_teller(&reason))
        }
        Move::GateIn => {
            shipment.stored.gated_in_on = day;
            said!(shipment, CargoGatedIn, with_teller(&on))
        }
        Move::GateInEarly => {
            shipment.stored.gated_in_on = day;
            leave.clone_into(&mut shipment.stored.gated_in_early);
            said!(shipment, CargoGatedInEarly, leave)
        }
        Move::ReleaseCustoms => {
            let reason = typed.text("undeclared");
            shipment.stored.released_on = day;
            days_in_order(&shipment.stored)?;
            reason.clone_into(&mut shipment.stored.undeclared);
            let words = format!("{on} {reason}");
            said!(shipment, CustomsReleased, with_teller(words.trim()))
        }
        Move::ShutOut => {
            come_back(shipment, at);
            shipment.stored.reason.clone_from(&reason);
            said!(shipment, CargoShutOut, with_teller(&reason))
        }
        Move::Depart => {
            shipment.stored.on_board_on = day;
            days_in_order(&shipment.stored)?;
            loaded_as_packed(act, shipment, typed).await?;
            shipment.stored.eta = typed.day("eta").or(shipment.eta);
            said!(shipment, ShipmentDeparted, with_teller(&on))
        }
        Move::Arrive => {
            arrived(shipment, day)?;
            said!(shipment, ShipmentArrived, with_teller(&on))
        }
        Move::CorrectDate => {
            let changed = correct(shipment, typed)?;
            said!(shipment, ShipmentDateCorrected, reason, changed)
        }
        Move::Cancel => {
            shipment.stored.reason.clone_from(&reason);
            said!(shipment, ShipmentCancelled, reason)
        }
        Move::Plan | Move::Edit => return Err(Error::NotFound),
    })
}

/// Dates, cut-offs, a slip, a roll, a shut-out: whoever they concern is owed the news.
async fn tell_others(
    act: &mut JointAct,
    shipment: &Shipment,
    step: Move,
    typed: &Typed,
) -> Result<()> {
    match step {
        Move::Confirm | Move::Rebook => {
            advice::space_found(act, shipment, typed.text("who")).await?;
            advice::dates(act, shipment).await?;
            advice::cutoffs(act, shipment).await
        }
        Move::CorrectDate => advice::dates(act, shipment).await,
        Move::Warn => advice::slip(act, shipment, typed.text("channel")).await,
        Move::Roll | Move::ShutOut => {
            transport::reset(act, shipment, &shipment.reason).await?;
            advice::trouble(act, shipment, step).await
        }
        Move::Depart => advice::sailed(act, shipment).await,
        Move::SendDocuments => papers::issue(act, shipment).await,
        Move::Cancel => tell_cancelled(act, shipment).await,
        Move::Plan
        | Move::Edit
        | Move::Ask
        | Move::GateIn
        | Move::GateInEarly
        | Move::ReleaseCustoms
        | Move::Arrive => Ok(()),
    }
}

async fn tell_cancelled(act: &mut JointAct, shipment: &Shipment) -> Result<()> {
    for kind in ["shipment_dates", "cut_offs", "slip"] {
        let key = shipment.number.clone();
        owed::withdraw(act, kind, &key, &shipment.reason).await?;
    }
    papers::fall(act, shipment).await?;
    if shipment.forwarder.is_some() {
        advice::cancelled(act, shipment).await?;
    }
    Ok(())
}
