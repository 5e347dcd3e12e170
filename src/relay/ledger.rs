//! The ledger 传达台账: a relay and how far it has crossed: heard, passed on, seen, acknowledged per line, answered.

use super::addressee::{self, Addressee};
use super::stage::{Move, Stage};
use crate::base::calendar::Calendar;
use crate::base::{FileId, Party, RelayId, T};
use crate::web::Tell;
use chrono::{DateTime, NaiveDate, Utc};

#[derive(Clone, Debug)]
pub struct Relay {
    pub id: RelayId,
    pub number: i32,
    /// The rule that made it and the thing it speaks of; empty where somebody pasted it in.
    pub kind: String,
    pub key: String,
    pub from: Party,
    pub subject: String,
    /// The other side's own words, in their own language, never changed.
    pub words: String,
    pub words_lang: String,
    pub urgent: bool,
    pub answer_asked: bool,
    pub heard_at: DateTime<Utc>,
    pub heard_channel: String,
    pub due_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub withdrawn_reason: String,
    pub version: i32,
    pub lines: Vec<String>,
    pub receipts: Vec<Receipt>,
}

/// What one addressee has done with one line.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Receipt {
    pub line: i32,
    pub to_side: String,
    /// Which factory or forwarder, and its name in both languages.
    pub party: Option<uuid::Uuid>,
    pub name: String,
    pub passed_at: Option<DateTime<Utc>>,
    pub passed_channel: String,
    pub seen_at: Option<DateTime<Utc>>,
    pub acknowledged_at: Option<DateTime<Utc>>,
    pub acknowledged_by: String,
    pub acknowledged_on: Option<NaiveDate>,
    pub acknowledged_channel: String,
    pub acknowledged_words: String,
    pub acknowledgement: Option<FileId>,
    pub answered_at: Option<DateTime<Utc>>,
    pub answer: String,
    pub answered_on: Option<NaiveDate>,
    pub answered_channel: String,
    pub answer_evidence: Option<FileId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// This side is not addressed.
    NotAddressed,
    /// It stands where this cannot be done.
    NotFrom(Stage),
    /// This line is acknowledged already, or there is no such line.
    NoSuchLine,
    /// A step is done when it is passed on, and nothing would owe it again.
    HoldsStep,
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::NotAddressed => t.relay_not_addressed().to_owned(),
            Self::NotFrom(stage) => t.relay_not_from(stage.label(t)),
            Self::NoSuchLine => t.relay_no_such_line().to_owned(),
            Self::HoldsStep => t.relay_holds_step().to_owned(),
        }
    }
}

/// Hours of work until something heard has to be passed on.
const HOURS: i64 = 4;
const URGENT_HOURS: i64 = 1;

/// When something heard at this moment has to be passed on, where nobody says otherwise.
pub fn due(calendar: &Calendar, heard_at: DateTime<Utc>, urgent: bool) -> DateTime<Utc> {
    calendar.after_hours(heard_at, if urgent { URGENT_HOURS } else { HOURS })
}

/// What the house owes by a fact that stands, and a step is done by its passing: the number of a parcel and of a
/// waybill, the copy of the bill of lading, the shipping advice.
const HOLDING: [&str; 4] = [
    "tracking_number",
    "transport_copy",
    "waybill_number",
    "shipping_advice",
];

impl Relay {
    /// It is withdrawn with its fact, never by hand.
    pub fn holds_a_step(&self) -> bool {
        HOLDING.contains(&self.kind.as_str())
    }

    pub fn addressees(&self) -> Vec<Addressee> {
        let mut all: Vec<Addressee> = self
            .receipts
            .iter()
            .filter_map(|receipt| {
                let side = Party::parse(&receipt.to_side)?;
                let party = receipt.party;
                Some(Addressee { side, party })
            })
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    pub fn receipts_of(&self, to: impl Into<Addressee>) -> impl Iterator<Item = &Receipt> {
        let to = to.into();
        self.receipts
            .iter()
            .filter(move |receipt| to.holds(receipt))
    }

    /// His name in both languages; a side as a whole has none.
    pub fn name_of(&self, to: Addressee) -> String {
        let named = to.party.and_then(|_| self.receipts_of(to).next());
        named
            .map(|receipt| receipt.name.clone())
            .unwrap_or_default()
    }

    /// `工厂 启明制衣`
    pub fn label_of(&self, to: Addressee, t: T) -> String {
        addressee::label(t, to.side, &self.name_of(to))
    }

    /// Whose this line is, on this side: one factory of several, or the side where all have it.
    pub fn addressee_of(&self, side: Party, line: i32) -> Addressee {
        let mut those = self
            .receipts_of(side)
            .filter(|receipt| receipt.line == line)
            .map(|receipt| receipt.party);
        match (those.next(), those.next()) {
            (Some(party), None) => Addressee { side, party },
            _ => side.into(),
        }
    }

    /// The stage that all lines have reached with this addressee.
    pub fn stage_of(&self, to: impl Into<Addressee>) -> Stage {
        let to = to.into();
        let all = |of: fn(&Receipt) -> bool| self.receipts_of(to).all(of);
        if self.withdrawn_at.is_some() {
            Stage::Withdrawn
        } else if !all(|receipt| receipt.passed_at.is_some()) {
            Stage::Heard
        } else if all(|receipt| receipt.acknowledged_at.is_some()) {
            // Closing is the house's move and takes no time: what can be closed is.
            if !self.answer_asked || all(|receipt| receipt.answered_at.is_some()) {
                Stage::Closed
            } else {
                Stage::Acknowledged
            }
        } else if all(|receipt| receipt.seen_at.is_some() || receipt.acknowledged_at.is_some()) {
            Stage::Seen
        } else {
            Stage::PassedOn
        }
    }

    /// The stage that all addressees have reached.
    pub fn stage(&self) -> Stage {
        self.addressees()
            .into_iter()
            .map(|to| self.stage_of(to))
            .min()
            .unwrap_or(Stage::Heard)
    }

    /// Closed: every line acknowledged by every addressee, and answered where an answer is asked; or withdrawn.
    pub fn is_closed(&self) -> bool {
        self.stage() >= Stage::Closed
    }

    /// Whether this can be done with this addressee now.
    pub fn check(&self, to: impl Into<Addressee>, step: Move) -> Result<(), Refusal> {
        let to = to.into();
        if self.receipts_of(to).next().is_none() {
            return Err(Refusal::NotAddressed);
        }
        let stage = self.stage_of(to);
        stage.after(step).map(|_| ()).ok_or(Refusal::NotFrom(stage))
    }

    /// Lines this addressee has not acknowledged yet; all of them, or the one that is named.
    pub fn open_lines(
        &self,
        to: impl Into<Addressee>,
        line: Option<i32>,
    ) -> Result<Vec<i32>, Refusal> {
        let open: Vec<i32> = self
            .receipts_of(to)
            .filter(|receipt| receipt.acknowledged_at.is_none())
            .map(|receipt| receipt.line)
            .filter(|open| line.is_none_or(|line| line == *open))
            .collect();
        if open.is_empty() {
            Err(Refusal::NoSuchLine)
        } else {
            Ok(open)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    fn receipt(line: i32, to: &str, passed: bool, acknowledged: bool) -> Receipt {
        Receipt {
            line,
            to_side: to.split_once(':').map_or(to, |(side, _)| side).into(),
            party: Addressee::parse(to).and_then(|to| to.party),
            name: String::new(),
            passed_at: passed.then(at),
            passed_channel: String::new(),
            seen_at: None,
            acknowledged_at: acknowledged.then(at),
            acknowledged_by: String::new(),
            acknowledged_on: None,
            acknowledged_channel: String::new(),
            acknowledged_words: String::new(),
            acknowledgement: None,
            answered_at: None,
            answer: String::new(),
            answered_on: None,
            answered_channel: String::new(),
            answer_evidence: None,
        }
    }

    fn relay(receipts: Vec<Receipt>, answer_asked: bool) -> Relay {
        Relay {
            id: RelayId(uuid::Uuid::nil()),
            number: 1,
            kind: String::new(),
            key: String::new(),
            from: Party::Customer,
            subject: "shade".into(),
            words: "Please show us the shade".into(),
            words_lang: "en".into(),
            urgent: false,
            answer_asked,
            heard_at: at(),
            heard_channel: "email".into(),
            due_at: at(),
            withdrawn_at: None,
            withdrawn_reason: String::new(),
            version: 1,
            lines: vec!["shade".into()],
            receipts,
        }
    }

    #[test]
    fn a_relay_is_only_as_far_as_its_slowest_line_and_addressee() {
        let two = [
            receipt(1, "factory", true, true),
            receipt(2, "factory", false, false),
        ];
        assert_eq!(relay(two.to_vec(), false).stage(), Stage::Heard);
        let two = [
            receipt(1, "factory", true, true),
            receipt(2, "factory", true, false),
        ];
        assert_eq!(relay(two.to_vec(), false).stage(), Stage::PassedOn);
        let two = [
            receipt(1, "factory", true, true),
            receipt(1, "forwarder", false, false),
        ];
        let relay = relay(two.to_vec(), false);
        assert_eq!(
            (relay.stage_of(Party::Factory), relay.stage()),
            (Stage::Closed, Stage::Heard)
        );
    }

    #[test]
    fn each_factory_has_receipts_of_its_own_and_the_side_is_as_far_as_its_slowest() {
        let [first, second] = [1, 2].map(uuid::Uuid::from_u128);
        let of = |party| Addressee {
            side: Party::Factory,
            party: Some(party),
        };
        let receipts = vec![
            receipt(1, &of(first).code(), true, true),
            receipt(2, &of(first).code(), true, true),
            receipt(1, &of(second).code(), false, false),
        ];
        let relay = relay(receipts, false);
        assert_eq!(relay.addressees(), [of(first), of(second)]);
        assert_eq!(relay.stage_of(of(first)), Stage::Closed);
        assert_eq!(relay.stage_of(of(second)), Stage::Heard);
        assert_eq!(relay.stage_of(Party::Factory), Stage::Heard);
        assert_eq!(relay.addressee_of(Party::Factory, 2), of(first));
        assert_eq!(relay.addressee_of(Party::Factory, 1), Party::Factory.into());
        let stranger = of(uuid::Uuid::from_u128(3));
        assert_eq!(
            relay.check(stranger, Move::PassOn),
            Err(Refusal::NotAddressed)
        );
    }

    #[test]
    fn a_question_is_closed_by_its_answer_only() {
        let mut told = vec![receipt(1, "factory", true, true)];
        assert!(relay(told.clone(), false).is_closed());
        assert_eq!(relay(told.clone(), true).stage(), Stage::Acknowledged);
        told[0].answered_at = Some(at());
        assert!(relay(told, true).is_closed());
    }

    #[test]
    fn what_cannot_be_done_says_why() {
        let relay = relay(vec![receipt(1, "factory", false, false)], false);
        assert_eq!(relay.check(Party::Factory, Move::PassOn), Ok(()));
        assert_eq!(
            relay.check(Party::Customer, Move::PassOn),
            Err(Refusal::NotAddressed)
        );
        let early = relay.check(Party::Factory, Move::AcknowledgeLine);
        assert_eq!(early, Err(Refusal::NotFrom(Stage::Heard)));
        assert_eq!(
            relay.open_lines(Party::Factory, Some(7)),
            Err(Refusal::NoSuchLine)
        );
    }

    #[test]
    fn what_is_urgent_is_due_within_the_hour() {
        let calendar = Calendar::new(chrono_tz::Asia::Shanghai, []);
        let heard: DateTime<Utc> = "2026-11-23T02:00:00Z".parse().unwrap();
        assert_eq!(
            due(&calendar, heard, true).to_rfc3339(),
            "2026-11-23T03:00:00+00:00"
        );
        assert_eq!(
            due(&calendar, heard, false).to_rfc3339(),
            "2026-11-23T06:00:00+00:00"
        );
    }
}
