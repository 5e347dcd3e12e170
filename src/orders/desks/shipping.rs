//! What the order reads of the desk shipping 船务: shipments, loading, transport documents, presentations.
//!
//! Every fact holds for all shipments of the order's goods, and only while nothing is left unshipped beyond the
//! tolerance.

use super::super::lifecycle::Step;
use super::super::open_items::{ItemKind, OpenItem, item};
use crate::base::calendar::Calendar;
use crate::base::terms::Terms;
use crate::base::{OrderId, Party};
use crate::orders::Facts;
use crate::web::Result;
use chrono::{DateTime, Days, NaiveDate, Utc};
use sqlx::PgConnection;

#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts of one desk, each asked on its own"
)]
pub struct ShippingFacts {
    pub planned: bool,
    pub booked: bool,
    pub documents_sent: bool,
    pub released: bool,
    pub loaded: bool,
    pub transport_document_confirmed: bool,
    pub settled_by_terms: bool,
    /// Not cancelled, by number.
    pub shipments: Vec<ShipmentFact>,
    /// Something ordered is in no shipment yet.
    pub unplanned: bool,
}

/// One shipment as the order sees it.
#[derive(Clone, Debug, serde::Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts, each asked on its own"
)]
pub struct ShipmentFact {
    pub number: String,
    pub mode: String,
    pub stage: String,
    pub since: DateTime<Utc>,
    pub ready_on: Option<NaiveDate>,
    pub wanted_on: Option<NaiveDate>,
    pub etd: Option<NaiveDate>,
    pub eta: Option<NaiveDate>,
    pub si_cutoff: Option<DateTime<Utc>>,
    pub vgm_cutoff: Option<DateTime<Utc>>,
    pub cy_cutoff: Option<DateTime<Utc>>,
    pub customs_cutoff: Option<DateTime<Utc>>,
    /// Packed, loaded, both the same; containers sealed and weighed.
    pub loaded: bool,
    pub advice_passed: bool,
    pub document: Option<String>,
    pub document_since: Option<DateTime<Utc>>,
    pub waybill_passed: bool,
    pub copy_passed: bool,
    pub presented: bool,
    /// When the goods were left behind, and numbers of declarations that still name that vessel.
    pub left_behind_at: Option<DateTime<Utc>>,
    pub stale: Vec<String>,
}

impl ShipmentFact {
    fn is_booked(&self) -> bool {
        !matches!(self.stage.as_str(), "planned" | "asked" | "warned")
    }

    fn documents_sent(&self) -> bool {
        self.is_released() || matches!(self.stage.as_str(), "documents_sent" | "gated_in")
    }

    fn is_released(&self) -> bool {
        matches!(
            self.stage.as_str(),
            "customs_released" | "departed" | "arrived"
        )
    }

    fn document_is(&self, stages: &[&str]) -> bool {
        self.document
            .as_deref()
            .is_some_and(|stage| stages.contains(&stage))
    }

    /// By courier there is no draft: the number passed on says it.
    fn confirmed(&self) -> bool {
        if self.mode == "courier" {
            self.document_is(&["issued", "released"]) && self.waybill_passed
        } else {
            self.document_is(&["confirmed", "issued", "released"])
        }
    }

    fn settled(&self, through_bank: bool) -> bool {
        if through_bank {
            return self.presented;
        }
        (self.copy_passed || self.waybill_passed) && self.document_is(&["released"])
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "mostly one statement and its columns"
)]
pub(in crate::orders) async fn load(
    db: &mut PgConnection,
    order: OrderId,
) -> Result<ShippingFacts> {
    let row = sqlx::query!(
        r#"select coalesce((select p.content ->> 'payment' from proforma_invoice p where p.order_id = o.id
                   and p.stage = 'confirmed'), o.terms) as "terms!", coalesce((select bool_or(x.planned < x.least) from (
                   select shipping_ordered(g.id) * (1 - o.tolerance / 100) as least,
                       coalesce((select sum(l.quantity) from shipment_line l join shipment s on s.id = l.shipment
                           where l.order_line = g.id and s.stage <> 'cancelled'), 0) as planned
                   from order_line g where g.order_id = o.id) x), true) as "unplanned!",
               coalesce((select jsonb_agg(jsonb_build_object('number', s.number, 'mode', s.mode, 'stage', s.stage,
                       'since', coalesce(s.stage_since, s.created_at), 'ready_on', s.ready_on, 'wanted_on', s.wanted_on,
                       'etd', s.etd, 'eta', s.eta, 'si_cutoff', s.si_cutoff, 'vgm_cutoff', s.vgm_cutoff,
                       'cy_cutoff', s.cy_cutoff, 'customs_cutoff', s.customs_cutoff,
                       'loaded', p.packed and p.cartons = k.cartons and p.gross = k.gross and p.cbm = k.cbm
                           and (s.mode <> 'sea_fcl' or k.verified),
                       'advice_passed', relay_passed(o.id, 'shipping_advice', s.number),
                       'waybill_passed', relay_passed(o.id, 'waybill_number', s.number),
                       'document', d.stage, 'document_since', coalesce(d.stage_since, s.created_at),
                       'copy_passed', relay_passed(o.id, 'transport_copy', s.number),
                       'presented', exists (select from presentation r where r.shipment = s.id
                           and (r.stage = 'paid' or r.stage = 'accepted' and r.way <> 'against_payment'
                               or r.stage = 'honoured' and r.way = 'credit')),
                       'left_behind_at', s.left_behind_at,
                       'stale', coalesce((select jsonb_agg(y.number order by y.sequence) from customs_declaration y
                           where y.shipment = s.id and y.stage in ('declared', 'inspected', 'released', 'amended')
                               and y.stage_since < s.left_behind_at), '[]')) order by s.number)
                   from shipment s left join transport_document d on d.shipment = s.id
                   cross join lateral (select bool_and(l.cartons is not null and l.gross_kg is not null
                               and l.net_kg is not null and l.cbm is not null) as packed, sum(l.cartons) as cartons,
                           sum(l.gross_kg) as gross, sum(l.cbm) as cbm
                       from shipment_line l where l.shipment = s.id) p
                   cross join lateral (select coalesce(sum(c.cartons), 0) as cartons, coalesce(sum(c.gross_kg), 0) as gross,
                           coalesce(sum(c.cbm), 0) as cbm, coalesce(bool_and(c.vgm_kg is not null and c.seal <> ''), false) as verified
                       from shipment_container c where c.shipment = s.id) k
                   where s.stage <> 'cancelled' and exists (select from shipment_line l
                       join order_line g on g.id = l.order_line where l.shipment = s.id and g.order_id = o.id)), '[]') as "shipments!"
           from export_order o where o.id = $1"#,
        order.0,
    )
    .fetch_one(db)
    .await?;
    let shipments: Vec<ShipmentFact> = serde_json::from_value(row.shipments)?;
    let whole = !row.unplanned && !shipments.is_empty();
    let through_bank = Terms::from_code(&row.terms).is_ok_and(|terms| terms.is_through_bank());
    let all = |of: &dyn Fn(&ShipmentFact) -> bool| whole && shipments.iter().all(of);
    Ok(ShippingFacts {
        planned: whole,
        booked: all(&ShipmentFact::is_booked),
        documents_sent: all(&ShipmentFact::documents_sent),
        released: all(&ShipmentFact::is_released),
        loaded: all(&|one| one.loaded && one.advice_passed),
        transport_document_confirmed: all(&ShipmentFact::confirmed),
        settled_by_terms: all(&|one| one.settled(through_bank)),
        unplanned: row.unplanned,
        shipments,
    })
}

/// What stands open on this desk. A step that is done leaves only what goes wrong and what still has a date.
pub(in crate::orders) fn items(facts: &Facts, calendar: &Calendar, items: &mut Vec<OpenItem>) {
    if facts.latches.step() == Step::Booking && facts.shipping.unplanned {
        let since = facts.order.step_since;
        let due = facts
            .order
            .delivery_on
            .and_then(|day| day.checked_sub_days(Days::new(14)))
            .map_or_else(
                || calendar.after_days(since, 1),
                |day| calendar.end_of(calendar.on_or_before(day)),
            );
        items.push(item(
            facts,
            Step::Booking,
            ItemKind::PlanShipment,
            Party::Us,
            (since, due),
        ));
    }
    for one in &facts.shipping.shipments {
        let open = List {
            facts,
            calendar,
            one,
        };
        items.extend(open.way());
        items.extend(open.cargo());
        items.extend(open.document());
        items.extend(open.slip());
        items.extend(open.stale());
    }
}

struct List<'a> {
    facts: &'a Facts,
    calendar: &'a Calendar,
    one: &'a ShipmentFact,
}

impl List<'_> {
    fn item(
        &self,
        step: Step,
        kind: ItemKind,
        waiting: Party,
        (since, due): (DateTime<Utc>, DateTime<Utc>),
    ) -> OpenItem {
        OpenItem {
            subject: self.one.number.clone(),
            ..item(self.facts, step, kind, waiting, (since, due))
        }
    }

    fn end_of(&self, day: Option<NaiveDate>, days: u32) -> DateTime<Utc> {
        day.map_or_else(
            || self.calendar.after_days(self.one.since, days),
            |day| self.calendar.end_of(day),
        )
    }

    /// The next move on the way from the plan to the arrival.
    #[expect(clippy::too_many_lines, reason = "one arm a stage")]
    fn way(&self) -> Option<OpenItem> {
        use ItemKind as K;
        let one = self.one;
        let soon = self.calendar.after_days(one.since, 1);
        let sail = self.end_of(one.etd, 2);
        // Space is asked fourteen days before it is wanted (rules 9), never before tomorrow.
        let ask = one
            .wanted_on
            .and_then(|day| day.checked_sub_days(Days::new(14)))
            .map_or(soon, |day| {
                self.calendar
                    .end_of(self.calendar.on_or_before(day))
                    .max(soon)
            });
        let (kind, waiting, due) = match one.stage.as_str() {
            "planned" => (K::AskBooking, Party::Us, ask),
            "asked" => (
                K::ConfirmBooking,
                Party::Forwarder,
                self.calendar.after_days(one.since, 2),
            ),
            "booked" | "rebooked" => (
                K::SendCustomsSet,
                Party::Us,
                one.customs_cutoff.or(one.cy_cutoff).unwrap_or(sail),
            ),
            "documents_sent" => (K::GateIn, Party::Forwarder, one.cy_cutoff.unwrap_or(sail)),
            "gated_in" => (
                K::GetRelease,
                Party::Forwarder,
                one.customs_cutoff.unwrap_or(sail),
            ),
            "customs_released" => (K::GetDeparture, Party::Forwarder, sail),
            "departed" => (K::GetArrival, Party::Forwarder, self.end_of(one.eta, 30)),
            "warned" => (K::GetRebooking, Party::Forwarder, soon),
            _ => return None,
        };
        let step = if one.stage == "departed" {
            Step::ShippingDocuments
        } else {
            Step::Booking
        };
        Some(OpenItem {
            problem: one.stage == "warned",
            ..self.item(step, kind, waiting, (one.since, due))
        })
    }

    /// The loading, until it agrees with the packing list.
    fn cargo(&self) -> Option<OpenItem> {
        let one = self.one;
        if !one.is_booked() || one.loaded {
            return None;
        }
        let due = one
            .vgm_cutoff
            .or(one.cy_cutoff)
            .unwrap_or_else(|| self.end_of(one.etd, 2));
        let times = (one.since, due);
        Some(self.item(
            Step::ShippingDocuments,
            ItemKind::RecordLoading,
            Party::Us,
            times,
        ))
    }

    /// The next move on the transport document.
    #[expect(clippy::too_many_lines, reason = "one arm a stage")]
    fn document(&self) -> Option<OpenItem> {
        use ItemKind as K;
        let one = self.one;
        if !one.is_booked() {
            return None;
        }
        let since = one.document_since.unwrap_or(one.since);
        let (day, hours) = (
            self.calendar.after_days(since, 1),
            self.calendar.after_hours(since, 4),
        );
        let issue = one
            .etd
            .and_then(|etd| etd.checked_add_days(Days::new(3)))
            .map_or(day, |day| self.calendar.end_of(day).max(since));
        // Letting it go would be refused: a bank has it, or the desk finance asks for the money and waits for it.
        let held = self.facts.finance.held.contains(&one.number);
        let (kind, waiting, due) = match one.document.as_deref() {
            None if one.mode == "courier" => {
                if one.stage != "departed" && one.stage != "arrived" {
                    return None;
                }
                (K::GetDocument, Party::Forwarder, day)
            }
            None => (
                K::SendInstructions,
                Party::Us,
                one.si_cutoff.unwrap_or_else(|| self.end_of(one.etd, 1)),
            ),
            Some("instructions_sent" | "correction_asked") => (K::GetDraft, Party::Forwarder, day),
            Some("draft_received") => (K::CheckDraft, Party::Us, hours),
            Some("checked") => (K::SendDraft, Party::Us, hours),
            Some("sent_to_customer") => (
                K::ConfirmDraft,
                Party::Customer,
                self.calendar.after_days(since, 2),
            ),
            Some("confirmed") => (K::GetDocument, Party::Forwarder, issue),
            Some("issued") if !held => (K::ReleaseDocument, Party::Us, day),
            Some(_) => return None,
        };
        Some(OpenItem {
            problem: one.document_is(&["correction_asked"]),
            ..self.item(Step::ShippingDocuments, kind, waiting, (since, due))
        })
    }

    /// Left behind, and the customs still hold declarations for that vessel: each is changed, revoked or shut out.
    fn stale(&self) -> Option<OpenItem> {
        let since = self.one.left_behind_at?;
        if self.one.stale.is_empty() {
            return None;
        }
        let times = (since, self.calendar.after_days(since, 1));
        Some(OpenItem {
            problem: true,
            quoted: self.one.stale.join(", "),
            ..self.item(
                Step::Booking,
                ItemKind::EndDeclaration,
                Party::Forwarder,
                times,
            )
        })
    }

    /// The goods will be ready after the port has closed: whoever is not warned loses the space.
    fn slip(&self) -> Option<OpenItem> {
        let one = self.one;
        if !matches!(one.stage.as_str(), "booked" | "rebooked" | "documents_sent") {
            return None;
        }
        let ready = self.calendar.end_of(one.ready_on?);
        let closing = one.cy_cutoff.unwrap_or_else(|| self.end_of(one.etd, 30));
        if ready <= closing {
            return None;
        }
        Some(OpenItem {
            problem: true,
            ..self.item(
                Step::Booking,
                ItemKind::WarnForwarder,
                Party::Us,
                (one.since, closing),
            )
        })
    }
}
