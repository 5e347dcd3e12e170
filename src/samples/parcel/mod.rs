//! Parcel 快递: what leaves by courier, with its number, and to whom the number was passed on.

pub mod packing;
pub mod sql;
pub mod stage;
pub mod ways;

use super::note::{Name, Refusal};
use crate::base::codes::{Carrier, Waybill};
use crate::base::{ParcelId, T};
use crate::catalog::courier::Courier;
use chrono::{DateTime, NaiveDate, Utc};
use stage::{ParcelMove, ParcelStage};

/// What can be edited until it leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packing {
    pub kind: String,
    pub recipient: String,
    pub contents: String,
    pub cost_payer: String,
    pub freight_account: String,
    pub notes: Vec<uuid::Uuid>,
}

#[derive(Clone, Debug)]
pub struct Parcel {
    pub id: ParcelId,
    pub number: i32,
    pub stage: ParcelStage,
    pub packing: Packing,
    /// The rounds in it, in the order of their names.
    pub names: Vec<Name>,
    /// Who carries it, once it has left.
    pub courier: Option<Courier>,
    pub waybill: String,
    pub dispatched_on: Option<NaiveDate>,
    pub passed: Option<Passed>,
    pub ended_on: Option<NaiveDate>,
    pub ended_words: String,
    pub version: i32,
}

/// The number passed on: when, to whom, by which channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    pub at: DateTime<Utc>,
    pub to: String,
    pub channel: String,
}

pub const KINDS: [&str; 3] = ["samples", "documents", "originals"];
pub const PAYERS: [&str; 3] = ["us", "customer", "factory"];

pub fn kind_word(t: T, kind: &str) -> &'static str {
    match kind {
        "documents" => t.samples_parcel_documents(),
        "originals" => t.samples_parcel_originals(),
        _ => t.samples_parcel_samples(),
    }
}

impl Parcel {
    pub fn after(&self, step: ParcelMove) -> Result<ParcelStage, Refusal> {
        self.stage.after(step).ok_or(Refusal::ParcelNotFromHere {
            number: self.number,
            stage: self.stage,
        })
    }

    /// Whether the number looks mistyped; kept all the same, because the parcel has left already.
    pub fn doubt(&self) -> bool {
        !self.waybill.is_empty()
            && self.courier.as_ref().is_some_and(|courier| {
                Waybill::parse(courier.carrier(), &self.waybill)
                    .map_or(true, |waybill| waybill.warning().is_some())
            })
    }

    pub fn courier_word(&self, t: T) -> &str {
        self.courier.as_ref().map_or("", |courier| courier.name(t))
    }

    /// Where the parcel is followed.
    pub fn track(&self) -> Option<String> {
        self.courier.as_ref()?.track(&self.waybill)
    }

    pub fn holds(&self, note: uuid::Uuid) -> bool {
        self.packing.notes.contains(&note)
    }

    pub fn names_text(&self) -> String {
        let names: Vec<String> = self.names.iter().map(Name::label).collect();
        names.join(" · ")
    }
}

/// The number as it is kept: without spaces and hyphens, in capitals. One that no form of the courier fits is kept as
/// typed; only an empty one, or one with signs that no number has, is none.
pub fn tidy_number(carrier: Carrier, typed: &str) -> Option<String> {
    if let Ok(waybill) = Waybill::parse(carrier, typed) {
        return Some(waybill.as_str().to_owned());
    }
    let kept: String = crate::base::typed::half_width(typed)
        .chars()
        .filter(|sign| !sign.is_whitespace() && *sign != '-')
        .collect::<String>()
        .to_ascii_uppercase();
    let plain = kept.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (plain && (4..=40).contains(&kept.len())).then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(courier: &str, waybill: &str) -> Parcel {
        Parcel {
            id: ParcelId(uuid::Uuid::nil()),
            number: 1,
            stage: ParcelStage::Dispatched,
            packing: Packing {
                kind: "samples".into(),
                recipient: "Anna Lind".into(),
                contents: "2 shirts".into(),
                cost_payer: "us".into(),
                freight_account: String::new(),
                notes: Vec::new(),
            },
            names: vec![
                Name {
                    sample: 1,
                    round: 1,
                },
                Name {
                    sample: 2,
                    round: 3,
                },
            ],
            courier: (!courier.is_empty()).then(|| Courier {
                code: courier.into(),
                form: courier.into(),
                ..Courier::default()
            }),
            waybill: waybill.into(),
            dispatched_on: None,
            passed: None,
            ended_on: None,
            ended_words: String::new(),
            version: 1,
        }
    }

    #[test]
    fn a_number_is_kept_without_its_spaces() {
        assert_eq!(
            tidy_number(Carrier::Other, "yt 77-0123"),
            Some("YT770123".into())
        );
        assert_eq!(tidy_number(Carrier::Dhl, "12 34-5"), Some("12345".into()));
        for none in ["", "  ", "12", "see mail: 4711"] {
            assert_eq!(tidy_number(Carrier::Dhl, none), None, "{none}");
        }
    }

    #[test]
    fn a_number_no_form_fits_is_doubted_and_kept() {
        assert!(with("DHL", "12345").doubt());
        assert!(!with("DHL", "73891051146").doubt());
        assert!(!with("OTHER", "YT7701").doubt());
        assert!(!with("", "").doubt());
    }

    #[test]
    fn a_number_is_passed_on_once_and_before_the_parcel_ends() {
        assert!(with("", "").after(ParcelMove::PassOnNumber).is_ok());
        assert!(with("", "").after(ParcelMove::Deliver).is_err());
        assert_eq!(with("", "").names_text(), "S1 r1 · S2 r3");
    }
}
