//! The form of each act on a shipment: its fields, and what they hold before anybody typed.

use super::record::{Cutoff, Shipment};
use super::stage::{Move, Stage};
use crate::base::{T, format};
use crate::orders::Order;
use crate::shipping::asked::{Field, Kind, Question, may, must, typed_moment};
use crate::shipping::money;
use crate::web::{Fields, Page};

/// Moves that have a form, with the last part of their address.
pub const ASKED: [(Move, &str); 14] = [
    (Move::Ask, "booking-request"),
    (Move::Cancel, "cancellation"),
    (Move::Confirm, "booking"),
    (Move::SendDocuments, "customs-documents"),
    (Move::Warn, "warning"),
    (Move::Roll, "roll"),
    (Move::GateIn, "gate-in"),
    (Move::GateInEarly, "early-gate-in"),
    (Move::Rebook, "rebooking"),
    (Move::ReleaseCustoms, "customs-release"),
    (Move::ShutOut, "shut-out"),
    (Move::Depart, "departure"),
    (Move::Arrive, "arrival"),
    (Move::CorrectDate, "dates"),
];

/// The last part of a move's address.
pub fn path(step: Move) -> &'static str {
    ASKED
        .iter()
        .find(|(own, _)| *own == step)
        .map_or("edit", |(_, path)| path)
}

/// What the button of a move says, and the head of its form.
pub fn title(step: Move) -> fn(T) -> &'static str {
    match step {
        Move::Plan => T::shipping_plan,
        Move::Edit => T::shipping_edit,
        Move::Ask => T::shipping_act_ask,
        Move::Cancel => T::shipping_act_cancel,
        Move::Confirm => T::shipping_act_confirm,
        Move::SendDocuments => T::shipping_act_send_documents,
        Move::Warn => T::shipping_act_warn,
        Move::Roll => T::shipping_act_roll,
        Move::GateIn => T::shipping_act_gate_in,
        Move::GateInEarly => T::shipping_act_gate_in_early,
        Move::Rebook => T::shipping_act_rebook,
        Move::ReleaseCustoms => T::shipping_act_release_customs,
        Move::ShutOut => T::shipping_act_shut_out,
        Move::Depart => T::shipping_act_depart,
        Move::Arrive => T::shipping_act_arrive,
        Move::CorrectDate => T::shipping_act_correct_date,
    }
}

const REASON: Field = must("reason", Kind::Area, T::shipping_reason);
const DAY: Field = must("day", Kind::PastDay, T::shipping_day);

fn sentence(step: Move) -> fn(T) -> &'static str {
    match step {
        Move::Ask => T::shipping_sentence_ask,
        Move::Confirm | Move::Rebook => T::shipping_sentence_confirm,
        Move::SendDocuments => T::shipping_sentence_send_documents,
        Move::Warn => T::shipping_sentence_warn,
        Move::Roll => T::shipping_sentence_roll,
        Move::GateIn => T::shipping_sentence_gate_in,
        Move::GateInEarly => T::shipping_sentence_gate_in_early,
        Move::ShutOut => T::shipping_sentence_shut_out,
        Move::Depart => T::shipping_sentence_depart,
        Move::Cancel => T::shipping_sentence_cancel,
        Move::CorrectDate => T::shipping_sentence_correct_date,
        Move::ReleaseCustoms => T::shipping_sentence_release_customs,
        Move::Plan | Move::Edit | Move::Arrive => T::shipping_sentence_none,
    }
}

/// The form of one act on this shipment.
pub(super) fn question(step: Move, shipment: &Shipment) -> Question {
    let asked = Question::new(title(step), sentence(step));
    match step {
        Move::Ask => asked.with(&request()),
        Move::Confirm | Move::Rebook => booking(asked, shipment).their_word(),
        Move::SendDocuments => asked.with(&[
            must("to", Kind::Line, T::shipping_to_whom),
            must("channel", Kind::Pick, T::shipping_channel),
        ]),
        Move::Warn => asked.with(&[
            must("ready_on", Kind::Day, T::shipping_ready_on),
            REASON,
            must("channel", Kind::Pick, T::shipping_channel),
        ]),
        Move::Roll => asked.with(&[REASON]).told(),
        Move::GateIn | Move::Arrive => asked.with(&[DAY]).told(),
        Move::ReleaseCustoms => asked
            .with(&[DAY, may("undeclared", Kind::Area, T::shipping_undeclared)])
            .told(),
        Move::Depart => asked
            .with(&[
                must("day", Kind::PastDay, T::shipping_on_board_on),
                may("eta", Kind::Day, T::shipping_eta),
                may("differs", Kind::Check, T::shipping_departs_anyway),
            ])
            .told(),
        Move::GateInEarly => asked.with(&[DAY, REASON]).dangerous(),
        Move::ShutOut => asked.with(&[REASON]).told().dangerous(),
        Move::Cancel => asked.with(&[REASON]).dangerous(),
        Move::CorrectDate => dates(asked, shipment),
        Move::Plan | Move::Edit => asked,
    }
}

/// What can have been written down wrongly by now.
fn dates(asked: Question, shipment: &Shipment) -> Question {
    let mut fields = vec![
        may("etd", Kind::Day, T::shipping_etd),
        may("eta", Kind::Day, T::shipping_eta),
    ];
    if shipment.gated_in_on.is_some() {
        fields.push(may("gated_in_on", Kind::PastDay, T::shipping_gated_in_on));
    }
    if shipment.released_on.is_some() {
        let label = T::shipping_customs_released_on;
        fields.push(may("released_on", Kind::PastDay, label));
    }
    if shipment.has_left() {
        fields.push(must("on_board_on", Kind::PastDay, T::shipping_on_board_on));
    }
    if shipment.stage == Stage::Arrived {
        fields.push(may("arrived_on", Kind::PastDay, T::shipping_arrived_on));
    }
    fields.push(REASON);
    asked.with(&fields)
}

fn request() -> [Field; 8] {
    [
        must("forwarder", Kind::Pick, T::shipping_forwarder),
        must("equipment", Kind::Line, T::shipping_equipment),
        must("ready_on", Kind::Day, T::shipping_ready_on),
        must("wanted_on", Kind::Day, T::shipping_wanted_on),
        must("loading_port", Kind::Port, T::shipping_loading_port),
        must("discharge_port", Kind::Port, T::shipping_discharge_port),
        may("destination", Kind::Line, T::shipping_destination),
        must("channel", Kind::Pick, T::shipping_channel),
    ]
}

/// Vessel, dates and the cut-offs of the mode; a full container cannot do without any of them.
fn booking(asked: Question, shipment: &Shipment) -> Question {
    let mut fields = vec![
        must("booking_no", Kind::Line, T::shipping_booking_no),
        may("carrier", Kind::Line, T::shipping_carrier),
        must("vessel", Kind::Line, T::shipping_vessel),
        may("voyage", Kind::Line, T::shipping_voyage),
        must("etd", Kind::Day, T::shipping_etd),
        must("eta", Kind::Day, T::shipping_eta),
    ];
    if shipment.mode.holds_goods() {
        fields.insert(4, may("imo", Kind::Line, T::shipping_imo));
    }
    for which in Cutoff::ALL {
        if !which.is_of(shipment.mode) {
            continue;
        }
        let label = match which {
            Cutoff::Si => T::shipping_cutoff_si,
            Cutoff::Vgm => T::shipping_cutoff_vgm,
            Cutoff::Cy => T::shipping_cutoff_cy,
            Cutoff::Customs => T::shipping_cutoff_customs,
        };
        let field = if shipment.mode.has_containers() {
            must(which.code(), Kind::Moment, label)
        } else {
            may(which.code(), Kind::Moment, label)
        };
        fields.push(field);
    }
    asked.with(&fields)
}

fn day(value: Option<chrono::NaiveDate>) -> String {
    value.map(|day| day.to_string()).unwrap_or_default()
}

/// What the form holds before anybody typed.
#[expect(clippy::too_many_lines, reason = "one arm an act")]
pub(super) fn prefilled(step: Move, shipment: &Shipment, orders: &[Order], page: &Page) -> Fields {
    let mut fields = Fields::default();
    let today = page.today().to_string();
    match step {
        Move::Ask => {
            let first = orders.first();
            let place = first.map(|order| order.terms.place.clone());
            let by_loading = first.is_some_and(|order| order.terms.incoterm.starts_with('F'));
            let or = |stored: &str, own: bool| {
                if stored.is_empty() && own {
                    place.clone().unwrap_or_default()
                } else {
                    stored.to_owned()
                }
            };
            fields.set(
                "forwarder",
                shipment
                    .forwarder
                    .map(|id| id.to_string())
                    .unwrap_or_default(),
            );
            fields.set("equipment", shipment.equipment.clone());
            fields.set("ready_on", day(shipment.ready_on));
            fields.set("wanted_on", day(shipment.wanted_on));
            fields.set("loading_port", or(&shipment.loading_port, by_loading));
            fields.set("discharge_port", or(&shipment.discharge_port, !by_loading));
            fields.set("destination", shipment.destination.clone());
            fields.set("channel", "email");
        }
        // The days of the voyage that was missed are not those of the next one.
        Move::Rebook => {
            fields.set("carrier", shipment.carrier.clone());
            fields.set("who", shipment.forwarder_name.clone());
            fields.set("heard_on", today);
        }
        Move::Confirm => {
            fields.set("carrier", shipment.carrier.clone());
            fields.set("etd", day(shipment.etd.or(shipment.wanted_on)));
            fields.set("eta", day(shipment.eta));
            fields.set("who", shipment.forwarder_name.clone());
            fields.set("heard_on", today);
            for which in Cutoff::ALL {
                fields.set(
                    which.code(),
                    typed_moment(shipment.cutoff(which), shipment.typing_zone(page.zone)),
                );
            }
        }
        Move::SendDocuments => {
            fields.set("to", shipment.forwarder_name.clone());
            fields.set("channel", "email");
        }
        Move::Warn => fields.set("ready_on", day(shipment.ready_on)),
        Move::CorrectDate => {
            fields.set("etd", day(shipment.etd));
            fields.set("eta", day(shipment.eta));
            fields.set("gated_in_on", day(shipment.gated_in_on));
            fields.set("released_on", day(shipment.released_on));
            fields.set("on_board_on", day(shipment.on_board_on));
            fields.set("arrived_on", day(shipment.arrived_on));
        }
        Move::GateIn | Move::GateInEarly | Move::ReleaseCustoms | Move::Arrive | Move::Depart => {
            fields.set("day", today);
            fields.set("who", shipment.forwarder_name.clone());
            fields.set("eta", day(shipment.eta));
        }
        Move::Roll | Move::ShutOut => fields.set("who", shipment.forwarder_name.clone()),
        Move::Cancel | Move::Plan | Move::Edit => {}
    }
    fields
}

/// What deserves a second look before the act; it does not refuse.
pub(super) fn warnings(
    step: Move,
    shipment: &Shipment,
    orders: &[(Order, super::goods_sql::Standing)],
    page: &Page,
) -> Vec<String> {
    let mut found = Vec::new();
    if step == Move::GateIn && shipment.mode.holds_goods() {
        for (order, standing) in orders {
            if let Some(hold) = money::hold_at_gate(order, standing) {
                let missing = money::missing(page.t, order, hold);
                found.push(
                    page.t
                        .shipping_warn_money(order.number.to_string(), missing),
                );
            }
        }
    }
    let cutoff = match step {
        Move::SendDocuments => shipment.customs_cutoff.or(shipment.cy_cutoff),
        Move::GateIn => shipment.cy_cutoff,
        _ => None,
    };
    if let Some(cutoff) = cutoff.filter(|cutoff| *cutoff < page.at) {
        found.push(
            page.t
                .shipping_warn_late(format::moment_iso(cutoff, shipment.zone(page.zone))),
        );
    }
    found
}
