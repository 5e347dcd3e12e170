//! Booking 订舱: what is asked of the forwarder, the carrier's place that he confirms, and what of it falls when the
//! goods stay behind.

use super::reading::changes;
use super::record::{Cutoff, Shipment};
use crate::base::T;
use crate::base::codes::ImoNumber;
use crate::catalog::named_port;
use crate::history::event::Change;
use crate::orders::JointAct;
use crate::shipping::asked::Typed;
use crate::web::{Error, Faults, Result};
use chrono::{DateTime, Utc};

pub(super) async fn request(
    act: &mut JointAct,
    shipment: &mut Shipment,
    typed: &Typed,
) -> Result<String> {
    let known = crate::parties::forwarder::choices(act.tx(), "").await?;
    let chosen = known
        .into_iter()
        .find(|(id, _)| id.to_string() == typed.text("forwarder"));
    let Some((id, name)) = chosen else {
        return Err(Error::Invalid(Faults::one(
            "forwarder",
            T::shipping_forwarder_missing,
        )));
    };
    let s = &mut shipment.stored;
    s.forwarder = Some(id.0);
    s.forwarder_name.clone_from(&name);
    typed.text("equipment").clone_into(&mut s.equipment);
    s.ready_on = typed.day("ready_on");
    s.wanted_on = typed.day("wanted_on");
    let ports = named_port::known(act.tx()).await?;
    let code = |text: &str| named_port::meant(&ports, text).map(|port| port.code.clone());
    let (from, to) = (typed.text("loading_port"), typed.text("discharge_port"));
    s.loading_code = code(from).unwrap_or_default();
    s.discharge_code = code(to).unwrap_or_default();
    s.loading_port = named_port::printed(&ports, from);
    s.discharge_port = named_port::printed(&ports, to);
    typed.text("destination").clone_into(&mut s.destination);
    Ok(name)
}

/// The carrier's place: vessel, dates, cut-offs. A cut-off that has passed cannot be a new one.
#[expect(clippy::too_many_lines, reason = "one form, field by field")]
pub(super) fn book(
    shipment: &mut Shipment,
    typed: &Typed,
    (at, zone): (DateTime<Utc>, chrono_tz::Tz),
) -> Result<Vec<Change>> {
    let before = shipment.clone();
    let mode = shipment.mode;
    let mut faults = Faults::default();
    let mut old = serde_json::Map::new();
    for which in Cutoff::ALL.into_iter().filter(|which| which.is_of(mode)) {
        let moment = typed.moment(which.code());
        if moment.is_some_and(|moment| moment < at) {
            faults.add(which.code(), T::shipping_cutoff_past);
        }
        let was = shipment.cutoff(which);
        if let Some(was) = was.filter(|_| was != moment) {
            old.insert(which.code().to_owned(), was.to_rfc3339().into());
        }
        let place = match which {
            Cutoff::Si => &mut shipment.stored.si_cutoff,
            Cutoff::Vgm => &mut shipment.stored.vgm_cutoff,
            Cutoff::Cy => &mut shipment.stored.cy_cutoff,
            Cutoff::Customs => &mut shipment.stored.customs_cutoff,
        };
        *place = moment;
    }
    let (etd, eta) = (typed.day("etd"), typed.day("eta"));
    if eta < etd {
        faults.add("eta", T::shipping_eta_before_etd);
    }
    let imo = match typed.text("imo") {
        "" => String::new(),
        text => ImoNumber::parse(text).map_or_else(
            |_| {
                faults.add("imo", T::shipping_imo_unread);
                String::new()
            },
            |number| number.as_str().to_owned(),
        ),
    };
    faults.check()?;
    let zone = shipment.typing_zone(zone);
    let s = &mut shipment.stored;
    zone.name().clone_into(&mut s.cutoff_zone);
    s.imo = imo;
    s.old_cutoffs = old.into();
    for (place, name) in [
        (&mut s.booking_no, "booking_no"),
        (&mut s.carrier, "carrier"),
        (&mut s.vessel, "vessel"),
        (&mut s.voyage, "voyage"),
    ] {
        typed.text(name).clone_into(place);
    }
    (s.etd, s.eta) = (etd, eta);
    let text = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let moment = |at: Option<DateTime<Utc>>| at.map(|at| at.to_rfc3339()).unwrap_or_default();
    let mut pairs = vec![
        ("vessel", before.conveyance(), shipment.conveyance()),
        ("etd", text(before.etd), text(etd)),
        ("eta", text(before.eta), text(eta)),
    ];
    for which in Cutoff::ALL {
        pairs.push((
            which.code(),
            moment(before.cutoff(which)),
            moment(shipment.cutoff(which)),
        ));
    }
    Ok(changes(&pairs))
}

/// The carrier left without it: what was done for that vessel is done again for the next.
pub(super) fn leave_behind(shipment: &mut Shipment, at: DateTime<Utc>) {
    let s = &mut shipment.stored;
    s.left_behind_at = Some(at);
    s.undeclared.clear();
    s.documents_sent_at = None;
    s.gated_in_on = None;
    s.released_on = None;
}

/// The goods come out of the port again: nothing of the booking stands.
pub(super) fn come_back(shipment: &mut Shipment, at: DateTime<Utc>) {
    leave_behind(shipment, at);
    let s = &mut shipment.stored;
    for place in [&mut s.booking_no, &mut s.vessel, &mut s.voyage, &mut s.imo] {
        place.clear();
    }
    (s.etd, s.eta) = (None, None);
    (s.si_cutoff, s.vgm_cutoff, s.cy_cutoff, s.customs_cutoff) = (None, None, None, None);
    s.old_cutoffs = serde_json::json!({});
    s.cutoff_zone.clear();
}
