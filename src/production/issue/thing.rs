//! `Issue`: one thing that went wrong, and the pure rules of its life.

use super::stage::{Move, Stage};
use crate::base::calendar::Calendar;
use crate::base::{LineId, Money, Party, RelayId, T};
use crate::web::Tell;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;

/// What went wrong; a claim 索赔 comes after the goods have sailed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Shade,
    Size,
    Material,
    Quality,
    Quantity,
    Packing,
    Delivery,
    Other,
    Claim,
}

impl Kind {
    pub const ALL: [Self; 9] = [
        Self::Shade,
        Self::Size,
        Self::Material,
        Self::Quality,
        Self::Quantity,
        Self::Packing,
        Self::Delivery,
        Self::Other,
        Self::Claim,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Shade => "shade",
            Self::Size => "size",
            Self::Material => "material",
            Self::Quality => "quality",
            Self::Quantity => "quantity",
            Self::Packing => "packing",
            Self::Delivery => "delivery",
            Self::Other => "other",
            Self::Claim => "claim",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Shade => t.issues_kind_shade(),
            Self::Size => t.issues_kind_size(),
            Self::Material => t.issues_kind_material(),
            Self::Quality => t.issues_kind_quality(),
            Self::Quantity => t.issues_kind_quantity(),
            Self::Packing => t.issues_kind_packing(),
            Self::Delivery => t.issues_kind_delivery(),
            Self::Other => t.issues_kind_other(),
            Self::Claim => t.issues_kind_claim(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    Minor,
    Major,
    /// The line stands still: the manager hears of it at once.
    LineStop,
}

impl Severity {
    pub const ALL: [Self; 3] = [Self::Minor, Self::Major, Self::LineStop];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Minor => "minor",
            Self::Major => "major",
            Self::LineStop => "line_stop",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Minor => t.issues_severity_minor(),
            Self::Major => t.issues_severity_major(),
            Self::LineStop => t.issues_severity_line_stop(),
        }
    }

    /// Until when a result is wanted where nobody says otherwise: a stopped line within the half day.
    pub fn due(self, calendar: &Calendar, at: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Self::LineStop => calendar.after_hours(at, 4),
            Self::Major => calendar.after_days(at, 1),
            Self::Minor => calendar.after_days(at, 3),
        }
    }
}

/// Who pays for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearer {
    Nobody,
    Us,
    Factory,
    Customer,
    Forwarder,
}

impl Bearer {
    pub const ALL: [Self; 5] = [
        Self::Nobody,
        Self::Us,
        Self::Factory,
        Self::Customer,
        Self::Forwarder,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Us => "us",
            Self::Factory => "factory",
            Self::Customer => "customer",
            Self::Forwarder => "forwarder",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Nobody => t.issues_bearer_nobody(),
            Self::Us => t.base_party_us(),
            Self::Factory => t.base_party_factory(),
            Self::Customer => t.base_party_customer(),
            Self::Forwarder => t.base_party_forwarder(),
        }
    }
}

/// What both sides agreed: the result, who bears it, and how the customer said yes or why he was not asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    pub result: String,
    pub bearer: Bearer,
    pub amount: Option<Money>,
    pub customer_concerned: bool,
    pub who: String,
    pub channel: String,
    /// The customer's words, or the reason why he is not concerned.
    pub words: String,
    /// The day it was said.
    pub on: NaiveDate,
    pub at: DateTime<Utc>,
}

#[derive(Clone, Debug)]
pub struct Issue {
    pub id: Uuid,
    pub number: i32,
    pub kind: Kind,
    pub severity: Severity,
    pub stage: Stage,
    pub title: String,
    pub impact: String,
    pub from: Party,
    pub from_who: String,
    pub reported_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub question: Option<RelayId>,
    pub conveyance: Option<RelayId>,
    pub agreed: Option<Agreed>,
    pub acknowledged_who: String,
    pub acknowledged_words: String,
    pub resolution: String,
    pub drop_reason: String,
    pub since: DateTime<Utc>,
    pub version: i32,
    pub lines: Vec<Affected>,
}

/// A line of the order that it concerns, and how much of it.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Affected {
    pub line: LineId,
    pub item_no: String,
    pub colour: String,
    pub unit: String,
    pub quantity: Option<Decimal>,
}

impl Affected {
    /// `AW-101 sand, 480 pcs`
    pub fn text(&self) -> String {
        let name = [self.item_no.as_str(), self.colour.as_str()].join(" ");
        let name = name.trim().to_owned();
        match self.quantity {
            Some(quantity) => format!(
                "{name} {} {}",
                crate::base::format::quantity(quantity),
                self.unit
            ),
            None => name,
        }
    }
}

/// Why the rules say no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotFromHere {
        number: i32,
        stage: Stage,
    },
    /// Somebody has changed it since the page was read.
    Meanwhile {
        number: i32,
    },
    /// A claim is possible only after goods of the order have sailed.
    NotSailed,
    /// A change order that came of it is still on its way.
    ChangeOpen {
        number: i32,
        change: i32,
    },
    /// Several factories were told: one that has not answered yet has to be named.
    WhichFactory,
    /// It is put to the other side already.
    PutAcross,
    /// What is internal stays internal.
    StaysInside,
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::NotFromHere { number, stage } => t.issues_not_from_here(number, stage.label(t)),
            Self::Meanwhile { number } => t.issues_meanwhile(number),
            Self::NotSailed => t.issues_not_sailed().to_owned(),
            Self::ChangeOpen { number, change } => t.issues_change_open(change, number),
            Self::WhichFactory => t.issues_which_factory().to_owned(),
            Self::PutAcross => t.issues_put_across().to_owned(),
            Self::StaysInside => t.issues_stays_inside().to_owned(),
        }
    }
}

impl Issue {
    /// The stage after a move, or why not.
    pub fn after(&self, step: Move) -> Result<Stage, Refusal> {
        self.stage.after(step).ok_or(Refusal::NotFromHere {
            number: self.number,
            stage: self.stage,
        })
    }

    pub fn is_claim(&self) -> bool {
        self.kind == Kind::Claim
    }

    /// Whose move it is.
    pub const fn waits_for(&self) -> Option<Party> {
        match self.stage {
            Stage::WithCustomer => Some(Party::Customer),
            Stage::Conveyed => Some(Party::Factory),
            Stage::Closed | Stage::Dropped => None,
            Stage::Reported
            | Stage::WithSales
            | Stage::Agreed
            | Stage::Acknowledged
            | Stage::Resolved => Some(Party::Us),
        }
    }

    pub fn lines_text(&self) -> String {
        let names: Vec<String> = self.lines.iter().map(Affected::text).collect();
        names.join(" · ")
    }
}

/// What was said about it.
#[derive(Clone, Debug)]
pub struct Message {
    pub id: Uuid,
    pub number: i32,
    /// In which stream it stands.
    pub audience: crate::base::Audience,
    pub from: Party,
    pub who: String,
    pub channel: String,
    /// The day a side said it, where it was noted.
    pub on: Option<NaiveDate>,
    pub words: String,
    pub lang: String,
    pub at: DateTime<Utc>,
    /// Which colleague wrote it down.
    pub noted_by: String,
    pub relay: Option<RelayId>,
    /// Number of the relay across and whether it has been passed on.
    pub crossed: Option<(i32, bool)>,
    pub files: Vec<(crate::base::FileId, String, String)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stopped_line_wants_its_result_within_the_half_day() {
        let calendar = Calendar::new(chrono_tz::Asia::Shanghai, []);
        let monday: DateTime<Utc> = "2026-11-23T01:00:00Z".parse().unwrap();
        let stop = Severity::LineStop.due(&calendar, monday);
        let major = Severity::Major.due(&calendar, monday);
        let minor = Severity::Minor.due(&calendar, monday);
        assert!(stop < major && major < minor);
        assert_eq!((stop - monday).num_hours(), 4);
    }
}
