//! Open items of the samples: whose move a round or a parcel is, and until when.
//!
//! The manager signs within four working hours, a signed note leaves within four, the factory says within one working day
//! that it has it and brings the sample on the required day, a tracking number is passed on within four working hours, the
//! customer answers within three working days.

use super::super::open_items::{ItemKind, OpenItem};
use super::samples::{OwedParcel, Round, RoundStage, Way};
use crate::base::Party;
use crate::base::calendar::Calendar;
use crate::orders::{Facts, Step};
use chrono::{DateTime, Utc};

/// Rounds and parcels that want something of somebody.
pub(super) fn items(facts: &Facts, calendar: &Calendar) -> Vec<OpenItem> {
    let rounds = facts.samples.notes.iter().filter_map(|round| {
        let (step, kind, waiting, due_at, problem) = of_round(round, calendar)?;
        Some(OpenItem {
            step,
            kind,
            subject: round.name.clone(),
            waiting,
            owner: facts.order.operator,
            quoted: label(&round.name),
            since: match round.way {
                Way::PassedOn(at) => at,
                _ => round.since,
            },
            due_at,
            problem,
        })
    });
    let parcels = facts.samples.parcels.iter();
    rounds
        .chain(parcels.map(|parcel| of_parcel(facts, parcel, calendar)))
        .collect()
}

/// `2-1` as people say it.
fn label(name: &str) -> String {
    name.split_once('-').map_or_else(
        || name.to_owned(),
        |(sample, round)| format!("S{sample} r{round}"),
    )
}

type Open = (Step, ItemKind, Party, DateTime<Utc>, bool);

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
fn of_round(round: &Round, calendar: &Calendar) -> Option<Open> {
    use ItemKind as K;
    let note = Step::SampleNote;
    let (day, hours) = (
        calendar.after_days(round.since, 1),
        calendar.after_hours(round.since, 4),
    );
    Some(match round.stage {
        RoundStage::Draft => (note, K::FinishSampleNote, Party::Us, day, false),
        RoundStage::Returned => (note, K::ReviseSampleNote, Party::Us, day, true),
        RoundStage::Submitted => (note, K::SignSampleNote, Party::Manager, hours, false),
        RoundStage::Signed => (note, K::SendSampleNote, Party::Us, hours, false),
        RoundStage::Sent => (note, K::AcknowledgeSampleNote, Party::Factory, day, false),
        RoundStage::Acknowledged => {
            let due = round.required_on.map_or(day, |day| calendar.end_of(day));
            (
                Step::SampleShipment,
                K::ReceiveSample,
                Party::Factory,
                due,
                false,
            )
        }
        RoundStage::Received if round.approved => return None,
        RoundStage::Received => match round.way {
            Way::None => (
                Step::SampleShipment,
                K::DispatchSample,
                Party::Us,
                day,
                false,
            ),
            Way::Failed => (
                Step::SampleShipment,
                K::DispatchSample,
                Party::Us,
                day,
                true,
            ),
            // The parcel itself is the open item until its number is passed on.
            Way::Packed | Way::Dispatched => return None,
            Way::PassedOn(at) => {
                let due = calendar.after_days(at, 3);
                (
                    Step::SampleConfirmation,
                    K::JudgeSample,
                    Party::Customer,
                    due,
                    false,
                )
            }
        },
    })
}

fn of_parcel(facts: &Facts, parcel: &OwedParcel, calendar: &Calendar) -> OpenItem {
    let (kind, due_at) = if parcel.left {
        (
            ItemKind::PassNumberOn,
            calendar.after_hours(parcel.since, 4),
        )
    } else {
        (
            ItemKind::DispatchParcel,
            calendar.after_days(parcel.since, 1),
        )
    };
    OpenItem {
        step: if parcel.samples {
            Step::SampleShipment
        } else {
            Step::ShippingDocuments
        },
        kind,
        subject: parcel.number.to_string(),
        waiting: Party::Us,
        owner: facts.order.operator,
        quoted: String::new(),
        since: parcel.since,
        due_at,
        problem: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text)
            .unwrap()
            .with_timezone(&Utc)
    }

    fn one(stage: RoundStage, way: Way) -> Vec<OpenItem> {
        let mut facts = Facts::default();
        facts.samples.notes.push(Round {
            name: "1-2".to_owned(),
            stage,
            since: at("2026-11-20T16:00:00+08:00"),
            required_on: chrono::NaiveDate::from_ymd_opt(2026, 12, 4),
            way,
            approved: false,
        });
        items(&facts, &Calendar::new(chrono_tz::Asia::Shanghai, []))
    }

    #[test]
    fn a_manager_signs_within_four_working_hours() {
        let open = &one(RoundStage::Submitted, Way::None)[0];
        assert_eq!(
            (open.waiting, open.due_at),
            (Party::Manager, at("2026-11-23T11:00:00+08:00"))
        );
        assert_eq!(
            (open.subject.as_str(), open.quoted.as_str()),
            ("1-2", "S1 r2")
        );
    }

    #[test]
    fn the_factory_has_until_the_required_day() {
        let open = &one(RoundStage::Acknowledged, Way::None)[0];
        assert_eq!(
            (open.waiting, open.due_at),
            (Party::Factory, at("2026-12-04T18:00:00+08:00"))
        );
    }

    #[test]
    fn the_customer_has_three_working_days_from_the_number() {
        let passed = Way::PassedOn(at("2026-11-23T10:00:00+08:00"));
        let open = &one(RoundStage::Received, passed)[0];
        assert_eq!(
            (open.waiting, open.due_at),
            (Party::Customer, at("2026-11-26T18:00:00+08:00"))
        );
    }

    #[test]
    fn a_lost_parcel_is_a_problem_and_a_packed_one_speaks_for_itself() {
        assert!(one(RoundStage::Received, Way::Failed)[0].problem);
        assert!(one(RoundStage::Received, Way::Packed).is_empty());
    }
}
