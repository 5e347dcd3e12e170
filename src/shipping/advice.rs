//! Advice 通知: the words of what a shipment makes owed by itself. To the customer in the language
//! of his papers, to factory and forwarder in Chinese; its subject is for the reader.

use super::loading;
use super::owed::{self, Owed, words_to};
use super::shipment::goods_sql;
use super::shipment::record::{Cutoff, Shipment};
use super::shipment::stage::Move;
use crate::base::tongues::both;
use crate::base::{Party, T, format};
use crate::orders::JointAct;
use crate::people::relation::InReach;
use crate::web::Result;
use chrono::NaiveDate;

fn day(value: Option<NaiveDate>) -> String {
    value.map(|day| day.to_string()).unwrap_or_default()
}

fn owed(shipment: &Shipment, kind: &'static str, to: Party) -> Owed {
    Owed {
        kind,
        key: format!("{}/{}", shipment.number, shipment.version),
        step: 7,
        from: Party::Us,
        to,
        subject: String::new(),
        lines: Vec::new(),
        answer_asked: false,
        passed: None,
        before: None,
    }
}

/// Vessel and dates, to the customer; dates told before and not closed stand no more.
pub(super) async fn dates(act: &mut JointAct, shipment: &Shipment) -> Result<()> {
    let t = words_to(act, Party::Customer).await?;
    let reason = T(act.by.lang).shipping_newer_stands();
    owed::withdraw(act, "shipment_dates", &shipment.number, reason).await?;
    let mut news = owed(shipment, "shipment_dates", Party::Customer);
    news.from = Party::Forwarder;
    news.subject = both(|t| t.shipping_tell_dates(shipment.number.clone()));
    news.lines = vec![t.shipping_tell_dates_line(
        shipment.conveyance(),
        shipment.loading_port.clone(),
        shipment.discharge_port.clone(),
        day(shipment.on_board_on.or(shipment.etd)),
        day(shipment.arrived_on.or(shipment.eta)),
    )];
    owed::owe(act, &news).await
}

/// Cut-offs, to the factory: until when the goods must be where.
pub(super) async fn cutoffs(act: &mut JointAct, shipment: &Shipment) -> Result<()> {
    let t = words_to(act, Party::Factory).await?;
    let reason = T(act.by.lang).shipping_newer_stands();
    owed::withdraw(act, "cut_offs", &shipment.number, reason).await?;
    let zone = shipment.zone(act.zone());
    let lines: Vec<String> = Cutoff::ALL
        .into_iter()
        .filter_map(|which| {
            let moment = format::moment_iso(shipment.cutoff(which)?, zone);
            Some(format!("{} {moment} ({})", which.label(t), zone.name()))
        })
        .collect();
    if lines.is_empty() {
        return Ok(());
    }
    let mut news = owed(shipment, "cut_offs", Party::Factory);
    news.from = Party::Forwarder;
    news.subject = both(|t| t.shipping_tell_cutoffs(shipment.number.clone()));
    news.lines = lines;
    owed::owe(act, &news).await
}

/// The cargo slips: the forwarder must know before the next cut-off, and is told in this act.
pub(super) async fn slip(act: &mut JointAct, shipment: &Shipment, channel: &str) -> Result<()> {
    let t = words_to(act, Party::Forwarder).await?;
    let at = act.by.at;
    let mut news = owed(shipment, "slip", Party::Forwarder);
    news.subject = both(|t| t.shipping_tell_slip(shipment.number.clone()));
    news.lines = vec![t.shipping_tell_slip_line(
        shipment.booking_no.clone(),
        day(shipment.ready_on),
        shipment.reason.clone(),
    )];
    news.passed = Some(channel.to_owned());
    news.answer_asked = true;
    news.before = Cutoff::ALL
        .into_iter()
        .filter_map(|which| shipment.cutoff(which))
        .filter(|cutoff| *cutoff > at)
        .min();
    owed::owe(act, &news).await
}

/// The forwarder has space again: whoever was told of the slip has heard it.
pub(super) async fn space_found(act: &mut JointAct, shipment: &Shipment, who: &str) -> Result<()> {
    let news = ("slip", shipment.number.as_str());
    let vessel = shipment.conveyance();
    owed::answered(act, news, (Party::Forwarder, who, &vessel)).await
}

/// Rolled or shut out: the customer waits longer.
pub(super) async fn trouble(act: &mut JointAct, shipment: &Shipment, step: Move) -> Result<()> {
    let mut news = owed(shipment, "shipment_trouble", Party::Customer);
    news.from = Party::Forwarder;
    news.subject = both(|t| {
        if step == Move::Roll {
            t.shipping_tell_rolled(shipment.number.clone())
        } else {
            t.shipping_tell_shut_out(shipment.number.clone())
        }
    });
    news.lines = vec![shipment.reason.clone()];
    owed::owe(act, &news).await
}

pub(super) async fn cancelled(act: &mut JointAct, shipment: &Shipment) -> Result<()> {
    let t = words_to(act, Party::Forwarder).await?;
    let mut news = owed(shipment, "booking_cancelled", Party::Forwarder);
    news.subject = both(|t| t.shipping_tell_cancelled(shipment.number.clone()));
    news.lines =
        vec![t.shipping_tell_cancelled_line(shipment.booking_no.clone(), shipment.reason.clone())];
    owed::owe(act, &news).await
}

/// The shipping advice 装船通知 with the loading data, due the day after the on-board date: made once, when the goods
/// are on board and the loading is complete.
pub(super) async fn sailed(act: &mut JointAct, shipment: &Shipment) -> Result<()> {
    let reach = InReach::of(&act.by);
    let goods = goods_sql::goods(act.tx(), &reach, shipment.id).await?;
    let units = loading::sql::containers(act.tx(), shipment.id).await?;
    let sums = loading::Sums::of(&goods, &units);
    if !shipment.has_left() || !sums.is_complete(shipment.mode, &units) {
        return Ok(());
    }
    let t = words_to(act, Party::Customer).await?;
    let mut news = owed(shipment, "shipping_advice", Party::Customer);
    news.key.clone_from(&shipment.number);
    news.step = 8;
    news.subject = both(|t| t.shipping_tell_advice(shipment.number.clone()));
    news.lines = vec![t.shipping_tell_dates_line(
        shipment.conveyance(),
        shipment.loading_port.clone(),
        shipment.discharge_port.clone(),
        day(shipment.on_board_on),
        day(shipment.eta),
    )];
    for unit in &units {
        news.lines.push(t.shipping_tell_advice_line(
            unit.number.clone(),
            unit.seal.clone(),
            unit.cartons,
            format::quantity(unit.gross_kg),
            format::quantity(unit.cbm),
        ));
    }
    for good in &goods {
        news.lines.push(format!(
            "{} × {} {}",
            good.name(),
            format::quantity(good.quantity),
            good.unit
        ));
    }
    owed::owe(act, &news).await
}
