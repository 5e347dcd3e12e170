//! What can happen to samples and parcels; part of the one list of events.

use super::event::Change;
use crate::base::T;
use serde::{Deserialize, Serialize};

/// `note` is the round as people call it: `S2 r1`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum SampleEvent {
    SampleNoteDrafted {
        note: String,
    },
    SampleNoteChanged {
        note: String,
        changes: Vec<Change>,
    },
    SampleNoteSubmitted {
        note: String,
    },
    SampleNoteWithdrawn {
        note: String,
    },
    SampleNoteSigned {
        note: String,
    },
    SampleNoteReturned {
        note: String,
        words: String,
    },
    SampleNoteRevised {
        note: String,
    },
    SampleNoteSent {
        note: String,
        to: String,
        channel: String,
    },
    SampleNoteAcknowledged {
        note: String,
        who: String,
        channel: String,
    },
    SampleReceived {
        note: String,
        quantity: i32,
    },
    SampleNoteVoided {
        note: String,
        reason: String,
    },
    SampleVerdictGiven {
        note: String,
        verdict: String,
        who: String,
        words: String,
    },
    ParcelPacked {
        number: i32,
    },
    ParcelChanged {
        number: i32,
    },
    ParcelDispatched {
        number: i32,
        courier: String,
        waybill: String,
    },
    TrackingNumberPassedOn {
        number: i32,
        to: String,
        channel: String,
    },
    ParcelDelivered {
        number: i32,
        on: String,
    },
    ParcelLost {
        number: i32,
        words: String,
    },
    ParcelReturned {
        number: i32,
        words: String,
    },
    ParcelCalledOff {
        number: i32,
        reason: String,
    },
}

impl SampleEvent {
    pub fn changes(&self) -> &[Change] {
        match self {
            Self::SampleNoteChanged { changes, .. } => changes,
            _ => &[],
        }
    }

    /// The sentence of the timeline, without who and when.
    pub fn tell(&self, t: T) -> String {
        match self {
            Self::SampleNoteDrafted { note } => t.history_sample_note_drafted(note),
            Self::SampleNoteChanged { note, changes } => {
                t.history_sample_note_changed(note, changes.len())
            }
            Self::SampleNoteSubmitted { note } => t.history_sample_note_submitted(note),
            Self::SampleNoteWithdrawn { note } => t.history_sample_note_withdrawn(note),
            Self::SampleNoteSigned { note } => t.history_sample_note_signed(note),
            Self::SampleNoteRevised { note } => t.history_sample_note_revised(note),
            Self::SampleNoteReturned { note, words } => t.history_sample_note_returned(note, words),
            Self::SampleNoteSent { note, to, .. } => t.history_sample_note_sent(note, to),
            Self::SampleNoteAcknowledged { note, who, .. } => {
                t.history_sample_note_acknowledged(who, note)
            }
            Self::SampleReceived { note, quantity } => t.history_sample_received(note, quantity),
            Self::SampleNoteVoided { note, reason } => t.history_sample_note_voided(note, reason),
            Self::SampleVerdictGiven {
                note, verdict, who, ..
            } => match verdict.as_str() {
                "approved" => t.history_sample_approved(who, note),
                "rejected" => t.history_sample_rejected(who, note),
                _ => t.history_sample_approved_with_comments(who, note),
            },
            Self::ParcelPacked { number } => t.history_parcel_packed(number),
            Self::ParcelChanged { number } => t.history_parcel_changed(number),
            Self::ParcelDispatched {
                number,
                courier,
                waybill,
            } => t.history_parcel_dispatched(number, courier, waybill),
            Self::TrackingNumberPassedOn { number, to, .. } => {
                t.history_tracking_number_passed_on(number, to)
            }
            Self::ParcelDelivered { number, on } => t.history_parcel_delivered(number, on),
            Self::ParcelLost { number, words } => t.history_parcel_lost(number, words),
            Self::ParcelReturned { number, words } => t.history_parcel_returned(number, words),
            Self::ParcelCalledOff { number, reason } => t.history_parcel_called_off(number, reason),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Lang;

    #[test]
    fn who_said_it_and_what_of_stand_in_their_places() {
        let said = SampleEvent::SampleVerdictGiven {
            note: "S1 r2".into(),
            verdict: "rejected".into(),
            who: "Anna".into(),
            words: String::new(),
        };
        assert_eq!(
            said.tell(T(Lang::En)),
            "Anna of the customer did not approve sample S1 r2"
        );
        let has = SampleEvent::SampleNoteAcknowledged {
            note: "S1 r2".into(),
            who: "王师傅".into(),
            channel: "wechat".into(),
        };
        assert_eq!(has.tell(T(Lang::Zh)), "工厂 王师傅 签收样板单 S1 r2");
    }
}
