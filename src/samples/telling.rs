//! Telling 传达: what the desk of samples owes the other sides by itself. A parcel's number and its mishaps are owed to the
//! customer, the customer's verdict to the factory; each relay is written by the act that made the fact.

use super::note::SampleNote;
use super::parcel::Parcel;
use super::verdict::Given;
use super::verdict::rule::Verdict;
use crate::base::tongues::{self, both};
use crate::base::{Channel, Lang, Party, T};
use crate::orders::owing::{self, Owed};
use crate::orders::{OrderAct, Step};
use crate::relay::Addressee;
use crate::web::Result;

/// The relay that a dispatched parcel makes; its key is the parcel's number.
pub const TRACKING: &str = "tracking_number";
const MISHAP: &str = "parcel_mishap";
const VERDICT: &str = "sample_verdict";

/// The step that the parcel's number holds until it is passed on.
fn step(parcel: &Parcel) -> Step {
    if parcel.packing.kind == "samples" {
        Step::SampleShipment
    } else {
        Step::ShippingDocuments
    }
}

/// The parcel has left: the customer waits for its number.
pub(super) async fn number_owed(act: &mut OrderAct, parcel: &Parcel) -> Result<()> {
    let courier = parcel.courier_word(T(Lang::En));
    let named = |t: T| format!("{} {}", parcel.courier_word(t), parcel.waybill);
    let owed = Owed {
        kind: TRACKING,
        key: parcel.number.to_string(),
        from: Party::Us,
        to: vec![Party::Customer.into()],
        step: step(parcel),
        subject: both(named),
        lines: Vec::new(),
        words: T(Lang::En).samples_number_words(courier, &parcel.waybill, &parcel.packing.contents),
        lang: Lang::En,
        channel: String::new(),
    };
    owing::owe(act, owed).await?;
    Ok(())
}

/// The number was told on the parcel's own page: its relay is passed on with it.
pub(super) async fn number_told(act: &mut OrderAct, parcel: &Parcel, channel: &str) -> Result<()> {
    let channel = Channel::parse(channel).unwrap_or(Channel::Email);
    let key = parcel.number.to_string();
    owing::told(act, (TRACKING, &key), Party::Customer, channel).await
}

/// Who has signed for the parcel has its number.
pub(super) async fn number_received(act: &mut OrderAct, parcel: &Parcel, who: &str) -> Result<()> {
    let key = parcel.number.to_string();
    let who = if who.is_empty() {
        act.order.customer_name.clone()
    } else {
        who.to_owned()
    };
    owing::received(act, (TRACKING, &key), Party::Customer, &who).await
}

/// Lost or come back: the customer hears it from us, and nobody waits for an answer to the number any more.
pub(super) async fn mishap(act: &mut OrderAct, parcel: &Parcel, words: &str) -> Result<()> {
    owing::over(act, (TRACKING, &parcel.number.to_string()), words).await?;
    let named = |t: T| {
        let courier = parcel.courier_word(t);
        format!("{courier} {}: {words}", parcel.waybill)
    };
    let owed = Owed {
        kind: MISHAP,
        key: parcel.number.to_string(),
        from: Party::Us,
        to: vec![Party::Customer.into()],
        step: step(parcel),
        subject: both(named),
        lines: Vec::new(),
        words: words.to_owned(),
        lang: tongues::written(words),
        channel: String::new(),
    };
    owing::owe(act, owed).await?;
    Ok(())
}

fn made_by(note: &SampleNote) -> Addressee {
    Addressee {
        side: Party::Factory,
        party: note.draft.factory,
    }
}

/// What the customer said of a round: the factory hears it, point by point.
pub(super) async fn verdict(
    act: &mut OrderAct,
    note: &SampleNote,
    (whole, given): (Verdict, &Given),
    words: &str,
) -> Result<()> {
    let t = T(Lang::Zh);
    let label = note.name.label();
    let lines = given
        .points
        .iter()
        .map(|(point, verdict, words)| match words.as_str() {
            "" => format!("{} {}", point.label(t), verdict.label(t)),
            words => format!("{} {}: {words}", point.label(t), verdict.label(t)),
        })
        .collect();
    let owed = Owed {
        kind: VERDICT,
        key: note.name.to_string(),
        from: Party::Customer,
        to: vec![made_by(note)],
        step: Step::SampleConfirmation,
        subject: both(|t| format!("{label} {}", whole.label(t))),
        lines,
        words: if words.is_empty() {
            whole.label(T(Lang::En)).to_owned()
        } else {
            words.to_owned()
        },
        lang: tongues::written(words),
        channel: given.channel.clone(),
    };
    owing::owe(act, owed).await?;
    Ok(())
}
