//! What an outside party said, as a colleague records it: who, on which day, by which channel, in which words, with which
//! paper.

use crate::base::{Audience, Channel, FileId, T, typed};
use crate::orders::{self, OrderAct};
use crate::web::posted::Upload;
use crate::web::{App, Faults, Fields, Result};
use chrono::NaiveDate;

/// Fields of the form that `asking::recorded` draws.
pub const FIELDS: [&str; 4] = ["who", "channel", "day", "words"];

/// An answer with its evidence: a paper, or the party's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub who: String,
    pub channel: String,
    pub words: String,
    /// The day it was said; none is the day of the act.
    pub on: Option<NaiveDate>,
}

/// Reads who, channel, day and words; one of words and paper must be there.
pub fn read(fields: &Fields, files: &[Upload], today: NaiveDate, faults: &mut Faults) -> Said {
    let words = fields.get("words");
    if words.is_empty() && files.is_empty() {
        faults.add("words", T::issues_evidence_missing);
    }
    Said {
        words: words.chars().take(2_000).collect(),
        ..teller(fields, today, faults)
    }
}

/// Who said it, by which channel, on which day; the words are read by who knows how long they may be.
pub fn teller(fields: &Fields, today: NaiveDate, faults: &mut Faults) -> Said {
    let who = fields.get("who");
    if who.is_empty() {
        faults.add("who", T::issues_who_missing);
    }
    let channel = Channel::parse(fields.get("channel"));
    if channel.is_none() {
        faults.add("channel", T::issues_channel_missing);
    }
    Said {
        who: who.chars().take(120).collect(),
        channel: channel.map_or("", Channel::code).to_owned(),
        words: String::new(),
        on: day(fields, today, faults),
    }
}

/// The day it was said: today where nobody says otherwise, never a day to come.
fn day(fields: &Fields, today: NaiveDate, faults: &mut Faults) -> Option<NaiveDate> {
    let text = fields.get("day");
    if text.is_empty() {
        return Some(today);
    }
    let day = typed::day(text).filter(|day| *day <= today);
    if day.is_none() {
        faults.add("day", T::issues_day_not_past);
    }
    day
}

/// A text that must be there, at most so long.
pub fn text(
    fields: &Fields,
    name: &str,
    most: usize,
    faults: &mut Faults,
    missing: fn(T) -> &'static str,
) -> String {
    let text = fields.get(name);
    if text.is_empty() {
        faults.add(name, missing);
    } else if text.chars().count() > most {
        faults.add(name, T::orders_text_too_long);
    }
    text.chars().take(most).collect()
}

/// Keeps every file of the form in the order's file.
pub async fn keep(
    app: &App,
    act: &mut OrderAct,
    files: &[Upload],
    kind: &str,
    audience: Audience,
) -> Result<Vec<FileId>> {
    let mut kept = Vec::new();
    for file in files {
        kept.push(orders::keep_file(app, act, file, kind, audience).await?);
    }
    Ok(kept)
}
