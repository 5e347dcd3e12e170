//! `Shipment`: one shipment as it stands, and why the rules say no.

use super::mode::Mode;
use super::stage::{Move, Stage};
use crate::base::{Currency, Lang, T, format};
use crate::history::Stream;
use crate::people::rights::Hands;
use crate::web::Tell;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use std::ops::{Deref, DerefMut};
use uuid::Uuid;

/// The columns as they are stored.
#[derive(Clone, Debug)]
pub struct Stored {
    pub id: Uuid,
    pub number: String,
    pub customer: Uuid,
    pub department: Uuid,
    pub mode: String,
    pub stage: String,
    pub stage_since: DateTime<Utc>,
    pub currency: String,
    pub forwarder: Option<Uuid>,
    pub forwarder_name: String,
    pub equipment: String,
    pub ready_on: Option<NaiveDate>,
    pub wanted_on: Option<NaiveDate>,
    pub loading_port: String,
    pub discharge_port: String,
    /// UN/LOCODE where the catalog knows the port; empty where it does not.
    pub loading_code: String,
    pub discharge_code: String,
    pub loading_zh: String,
    pub discharge_zh: String,
    pub loading_zone: String,
    pub destination: String,
    pub booking_no: String,
    pub carrier: String,
    pub vessel: String,
    pub voyage: String,
    /// IMO number of the vessel.
    pub imo: String,
    pub etd: Option<NaiveDate>,
    pub eta: Option<NaiveDate>,
    pub si_cutoff: Option<DateTime<Utc>>,
    pub vgm_cutoff: Option<DateTime<Utc>>,
    pub cy_cutoff: Option<DateTime<Utc>>,
    pub customs_cutoff: Option<DateTime<Utc>>,
    pub old_cutoffs: serde_json::Value,
    pub customs_set: Vec<String>,
    pub documents_sent_at: Option<DateTime<Utc>>,
    pub documents_sent_to: String,
    pub documents_late: bool,
    pub gated_in_on: Option<NaiveDate>,
    pub gated_in_early: String,
    /// Why the customs let it go without a declaration.
    pub undeclared: String,
    /// What was declared before this moment names a vessel that left without the goods.
    pub left_behind_at: Option<DateTime<Utc>>,
    /// Whose clock the cut-offs were typed by.
    pub cutoff_zone: String,
    pub released_on: Option<NaiveDate>,
    pub on_board_on: Option<NaiveDate>,
    pub arrived_on: Option<NaiveDate>,
    pub reason: String,
    pub rolled: i32,
    pub created_by: Option<Uuid>,
    pub version: i32,
}

#[derive(Clone, Debug)]
pub struct Shipment {
    pub mode: Mode,
    pub stage: Stage,
    pub currency: Currency,
    pub stored: Stored,
}

impl Deref for Shipment {
    type Target = Stored;
    fn deref(&self) -> &Stored {
        &self.stored
    }
}

impl DerefMut for Shipment {
    fn deref_mut(&mut self) -> &mut Stored {
        &mut self.stored
    }
}

impl Stream for Shipment {
    fn stream(&self) -> String {
        format!("shipment:{}", self.stored.id)
    }
}

/// What of the customs set 报关资料 has to be checked before it is sent; the power of attorney may be a yearly one.
pub const CUSTOMS_SET: [&str; 5] = [
    "invoice",
    "packing_list",
    "elements",
    "contract",
    "power_of_attorney",
];

/// A cut-off of the mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cutoff {
    Si,
    Vgm,
    Cy,
    Customs,
}

impl Cutoff {
    pub const ALL: [Self; 4] = [Self::Si, Self::Vgm, Self::Cy, Self::Customs];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Si => "si_cutoff",
            Self::Vgm => "vgm_cutoff",
            Self::Cy => "cy_cutoff",
            Self::Customs => "customs_cutoff",
        }
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Si => t.shipping_cutoff_si(),
            Self::Vgm => t.shipping_cutoff_vgm(),
            Self::Cy => t.shipping_cutoff_cy(),
            Self::Customs => t.shipping_cutoff_customs(),
        }
    }

    /// Whether the mode has it: VGM is for containers only, instructions where there is a draft.
    pub const fn is_of(self, mode: Mode) -> bool {
        match self {
            Self::Vgm => mode.has_containers(),
            Self::Si => mode.has_draft(),
            Self::Cy | Self::Customs => true,
        }
    }
}

impl Shipment {
    pub fn url(&self) -> String {
        format!("/shipments/{}", self.stored.number)
    }

    pub fn cutoff(&self, which: Cutoff) -> Option<DateTime<Utc>> {
        match which {
            Cutoff::Si => self.stored.si_cutoff,
            Cutoff::Vgm => self.stored.vgm_cutoff,
            Cutoff::Cy => self.stored.cy_cutoff,
            Cutoff::Customs => self.stored.customs_cutoff,
        }
    }

    /// What it was before the forwarder changed it last.
    pub fn old_cutoff(&self, which: Cutoff) -> Option<DateTime<Utc>> {
        let text = self.stored.old_cutoffs.get(which.code())?.as_str()?;
        Some(DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&Utc))
    }

    /// Where its cut-offs are said: by the clock they were typed by, else that of the port of loading.
    pub fn zone(&self, company: chrono_tz::Tz) -> chrono_tz::Tz {
        let kept = self.stored.cutoff_zone.parse();
        kept.unwrap_or_else(|_| self.typing_zone(company))
    }

    /// Whose clock a cut-off is typed by now: the port of loading, or the company where that is not known.
    pub fn typing_zone(&self, company: chrono_tz::Tz) -> chrono_tz::Tz {
        self.stored.loading_zone.parse().unwrap_or(company)
    }

    /// The port of loading as this reader calls it.
    pub fn loading_name(&self, lang: Lang) -> String {
        let s = &self.stored;
        named(lang, &s.loading_port, &s.loading_zh, &s.loading_code)
    }

    pub fn discharge_name(&self, lang: Lang) -> String {
        let s = &self.stored;
        named(lang, &s.discharge_port, &s.discharge_zh, &s.discharge_code)
    }

    /// `Cedar Bridge 041W`
    pub fn conveyance(&self) -> String {
        format!("{} {}", self.stored.vessel, self.stored.voyage)
            .trim()
            .to_owned()
    }

    /// Whose hands were on it; a manager who planned it does not decide on it.
    pub fn hands(&self) -> Hands {
        Hands {
            authors: self
                .stored
                .created_by
                .map(crate::base::PersonId)
                .into_iter()
                .collect(),
            requester: None,
            approver: None,
        }
    }

    /// The stage after a move, or why not.
    pub fn after(&self, step: Move) -> Result<Stage, Refusal> {
        self.stage.after(step).ok_or_else(|| Refusal::NotFromHere {
            shipment: self.stored.number.clone(),
            stage: self.stage,
        })
    }

    /// The carrier has the goods' place: loading, declarations and the transport document have something to stand on.
    pub fn is_booked(&self) -> bool {
        !matches!(self.stage, Stage::Planned | Stage::Asked | Stage::Cancelled)
    }

    pub fn has_left(&self) -> bool {
        matches!(self.stage, Stage::Departed | Stage::Arrived)
    }
}

/// `宁波 CNNGB`, `Ningbo CNNGB`, or what was typed.
fn named(lang: Lang, typed: &str, zh: &str, code: &str) -> String {
    let name = if lang == Lang::Zh && !zh.is_empty() {
        zh
    } else {
        typed
    };
    format!("{name} {code}").trim().to_owned()
}

/// Why the rules say no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotFromHere {
        shipment: String,
        stage: Stage,
    },
    /// An order of it has no confirmed proforma invoice.
    ProformaNotConfirmed {
        order: String,
    },
    /// More of a line than ordered with the tolerance, less what is in other shipments.
    TooMuch {
        item: String,
        left: Decimal,
    },
    NothingToShip,
    /// Orders of one customer, department and currency only.
    NotTogether {
        order: String,
    },
    PackingListIncomplete,
    SetNotChecked(Vec<&'static str>),
    InspectionNotPassed {
        order: String,
    },
    BalanceNotIn {
        order: String,
        missing: String,
    },
    NotBooked,
    /// The customs have not let these declarations go.
    NotReleased {
        declarations: Vec<String>,
    },
    /// These name a vessel that left without the goods.
    OfVesselLeft {
        declarations: Vec<String>,
    },
    /// The customs still hold these.
    StillDeclared {
        declarations: Vec<String>,
    },
    /// The customs set needs a commodity code for every item.
    NoHsCode {
        items: Vec<String>,
    },
    GateInAfterRelease {
        day: NaiveDate,
    },
    OnBoardBeforeRelease {
        day: NaiveDate,
    },
    OnBoardBeforeGateIn {
        day: NaiveDate,
    },
    ArrivedBeforeOnBoard {
        day: NaiveDate,
    },
    /// The carrier has the goods: shut out before its order can be cancelled.
    HandedIn {
        shipment: String,
    },
    /// Not left, or noted as sold to somebody else already.
    NothingToResell {
        shipment: String,
    },
    /// It carries another order's goods too.
    TravelsTogether {
        shipment: String,
    },
}

/// The word of one piece of the customs set.
pub fn set_word(t: T, piece: &str) -> &'static str {
    match piece {
        "invoice" => t.shipping_set_invoice(),
        "packing_list" => t.shipping_set_packing_list(),
        "elements" => t.shipping_set_elements(),
        "contract" => t.shipping_set_contract(),
        _ => t.shipping_set_power_of_attorney(),
    }
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::NotFromHere { shipment, stage } => {
                t.shipping_not_from_here(shipment, stage.label(t))
            }
            Self::HandedIn { shipment } => t.shipping_handed_in(shipment),
            Self::NothingToResell { shipment } => t.shipping_resale_nothing(shipment),
            Self::TravelsTogether { shipment } => t.shipping_travels_together(shipment),
            Self::ProformaNotConfirmed { order } => t.shipping_proforma_not_confirmed(order),
            Self::TooMuch { item, left } => {
                t.shipping_too_much(item, format::quantity(left.normalize()))
            }
            Self::NothingToShip => t.shipping_nothing_to_ship().into(),
            Self::NotTogether { order } => t.shipping_not_together(order),
            Self::PackingListIncomplete => t.shipping_packing_incomplete().into(),
            Self::SetNotChecked(missing) => {
                let words: Vec<&str> = missing.iter().map(|piece| set_word(t, piece)).collect();
                t.shipping_set_not_checked(words.join(t.web_list_comma()))
            }
            Self::InspectionNotPassed { order } => t.shipping_inspection_not_passed(order),
            Self::BalanceNotIn { order, missing } => t.shipping_balance_not_in(order, missing),
            Self::NotBooked => t.shipping_not_booked().into(),
            Self::NotReleased { declarations } => {
                t.shipping_not_released(declarations.join(t.web_list_comma()))
            }
            Self::OfVesselLeft { declarations } => {
                t.shipping_of_vessel_left(declarations.join(t.web_list_comma()))
            }
            Self::StillDeclared { declarations } => {
                t.shipping_still_declared(declarations.join(t.web_list_comma()))
            }
            Self::NoHsCode { items } => t.shipping_no_hs_code(items.join(t.web_list_comma())),
            Self::GateInAfterRelease { day } => t.shipping_gate_in_after_release(day),
            Self::OnBoardBeforeRelease { day } => t.shipping_on_board_before_release(day),
            Self::OnBoardBeforeGateIn { day } => t.shipping_on_board_before_gate_in(day),
            Self::ArrivedBeforeOnBoard { day } => t.shipping_arrived_before_on_board(day),
        }
    }
}
