//! Small forms of this desk: sending, the factory's answers, a parcel and its ways, voiding. One page draws them all from
//! a list of entries, so that every form of the desk looks and behaves alike.

use crate::base::{Channel, T, typed};
use crate::orders::Order;
use crate::web::{Error, Faults, Fields, Page, Result};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;

/// One control of the form. kind: text, area, date, number, radios, select, check, checks, file.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub kind: &'static str,
    pub name: &'static str,
    pub label: String,
    pub value: String,
    pub choices: Vec<(String, String)>,
    pub hint: String,
    pub optional: bool,
}

impl Entry {
    /// A control with what was typed, or what is proposed, in it.
    pub(super) fn new(
        kind: &'static str,
        name: &'static str,
        label: &str,
        fields: &Fields,
    ) -> Self {
        Self {
            kind,
            name,
            label: label.to_owned(),
            value: if kind == "checks" {
                fields.all(name).collect::<Vec<_>>().join(" ")
            } else {
                fields.get(name).to_owned()
            },
            ..Self::default()
        }
    }

    pub(super) fn of(mut self, choices: Vec<(String, String)>) -> Self {
        self.choices = choices;
        self
    }

    pub(super) fn hint(mut self, hint: &str) -> Self {
        hint.clone_into(&mut self.hint);
        self
    }

    pub(super) fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    pub(super) fn is(&self, kind: &str) -> bool {
        self.kind == kind
    }

    /// Whether this box of several is ticked.
    pub(super) fn ticked(&self, code: &str) -> bool {
        self.value.split(' ').any(|ticked| ticked == code)
    }
}

#[derive(Template)]
#[template(path = "samples/form.html")]
pub(super) struct FormPage {
    pub page: Page,
    pub order: Order,
    pub title: String,
    pub sentence: String,
    pub verb: String,
    pub action: String,
    pub back: String,
    pub rev: String,
    pub danger: bool,
    pub entries: Vec<Entry>,
    pub faults: Faults,
}

impl FormPage {
    pub(super) fn upload(&self) -> bool {
        self.entries.iter().any(|entry| entry.kind == "file")
    }

    /// 200 as a question, 422 when it comes back with faults.
    pub(super) fn answer(self) -> Result<Response> {
        let status = if self.faults.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        Ok((status, Html(self.render()?)).into_response())
    }
}

pub(super) fn channels(t: T) -> Vec<(String, String)> {
    Channel::ALL
        .iter()
        .map(|channel| (channel.code().to_owned(), channel.label(t).to_owned()))
        .collect()
}

/// Codes with their words, for a choice.
pub(super) fn choices(
    codes: &[&str],
    t: T,
    word: fn(T, &str) -> &'static str,
) -> Vec<(String, String)> {
    codes
        .iter()
        .map(|code| ((*code).to_owned(), word(t, code).to_owned()))
        .collect()
}

/// A text of the form, no longer than the paper holds.
pub(super) fn text(fields: &Fields, name: &str, most: usize, faults: &mut Faults) -> String {
    let value = fields.get(name);
    if value.chars().count() > most {
        faults.add(name, T::orders_text_too_long);
    }
    value.chars().take(most).collect()
}

/// One of the codes, or a fault.
pub(super) fn one_of(
    fields: &Fields,
    name: &'static str,
    codes: &[&str],
    faults: &mut Faults,
) -> String {
    let value = fields.get(name);
    if !codes.contains(&value) {
        faults.add(name, T::samples_choose);
    }
    value.to_owned()
}

pub(super) fn channel(fields: &Fields, faults: &mut Faults) -> String {
    let channel = Channel::parse(fields.get("channel"));
    if channel.is_none() {
        faults.add("channel", T::samples_channel_missing);
    }
    channel
        .map(|channel| channel.code().to_owned())
        .unwrap_or_default()
}

/// Who said or got something.
pub(super) fn who(fields: &Fields, name: &'static str, faults: &mut Faults) -> String {
    let who = text(fields, name, 200, faults);
    if who.is_empty() {
        faults.add(name, T::samples_who_missing);
    }
    who
}

/// A day that is over or today.
pub(super) fn past_day(
    fields: &Fields,
    name: &'static str,
    today: NaiveDate,
    faults: &mut Faults,
) -> NaiveDate {
    let day = typed::day(fields.get(name)).filter(|day| *day <= today);
    if day.is_none() {
        faults.add(name, T::samples_day_not_past);
    }
    day.unwrap_or(today)
}

/// A whole number within bounds.
pub(super) fn count(fields: &Fields, name: &'static str, least: i32, faults: &mut Faults) -> i32 {
    let read = typed::figure(fields.get(name))
        .and_then(|figure| figure.normalize().to_string().parse::<i32>().ok())
        .filter(|figure| (least..=10_000).contains(figure));
    if read.is_none() {
        faults.say(name, move |t| t.samples_not_a_count(least));
    }
    read.unwrap_or(least)
}

/// The faults of a form the handler draws again; other errors go on.
pub(super) fn again(error: Error) -> Result<Faults> {
    match error {
        Error::Invalid(faults) => Ok(faults),
        other => Err(other),
    }
}
