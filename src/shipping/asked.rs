//! Asked 填报: the small forms of this desk. An act names its fields once; the form is drawn, read and drawn again with
//! its faults from that one list.

use crate::base::{Channel, T};
use crate::web::{Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::{DateTime, Utc};

pub use super::typed::{Typed, typed_moment};

/// What is typed into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Line,
    Area,
    Day,
    /// A day that is not after today.
    PastDay,
    /// A moment where the company is.
    Moment,
    /// A figure of nought or more.
    Figure,
    /// A count.
    Whole,
    /// One of a list that the page brings.
    Pick,
    Port,
    Check,
}

impl Kind {
    const fn code(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Area => "area",
            Self::Day | Self::PastDay => "day",
            Self::Moment => "moment",
            Self::Figure | Self::Whole => "figure",
            Self::Pick => "pick",
            Self::Port => "port",
            Self::Check => "check",
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub name: &'static str,
    pub kind: Kind,
    pub must: bool,
    pub label: fn(T) -> &'static str,
}

pub const fn must(name: &'static str, kind: Kind, label: fn(T) -> &'static str) -> Field {
    Field {
        name,
        kind,
        must: true,
        label,
    }
}

pub const fn may(name: &'static str, kind: Kind, label: fn(T) -> &'static str) -> Field {
    Field {
        name,
        kind,
        must: false,
        label,
    }
}

/// An outside party's word, recorded: who said it and how.
pub const TOLD: [Field; 2] = [
    must("who", Kind::Line, T::shipping_who),
    must("channel", Kind::Pick, T::shipping_channel),
];

/// One question: its words and its fields.
#[derive(Clone, Debug)]
pub struct Question {
    pub title: fn(T) -> &'static str,
    pub sentence: fn(T) -> &'static str,
    pub fields: Vec<Field>,
    pub danger: bool,
    /// A file can come with it.
    pub evidence: bool,
    /// Another side's word alone: it needs their words or their paper.
    pub proof: bool,
    /// Where clocks are read: the place as the reader calls it, and its zone; none is the company's.
    pub clock: Option<(String, chrono_tz::Tz)>,
}

impl Question {
    pub fn new(title: fn(T) -> &'static str, sentence: fn(T) -> &'static str) -> Self {
        Self {
            title,
            sentence,
            fields: Vec::new(),
            danger: false,
            evidence: false,
            proof: false,
            clock: None,
        }
    }

    #[must_use]
    pub fn with(mut self, fields: &[Field]) -> Self {
        self.fields.extend_from_slice(fields);
        self
    }

    /// Recorded for an outside party.
    #[must_use]
    pub fn told(mut self) -> Self {
        self.fields.extend_from_slice(&TOLD);
        self.evidence = true;
        self
    }

    /// An act that is their word alone: their words, or the paper that says so, are kept with the day it was heard.
    #[must_use]
    pub fn their_word(mut self) -> Self {
        if !self.fields.iter().any(|field| field.name == "day") {
            self.fields
                .push(may("heard_on", Kind::PastDay, T::shipping_heard_on));
        }
        self.fields
            .push(may("said", Kind::Area, T::shipping_their_words));
        self.proof = true;
        self.told()
    }

    /// Clocks are read in this place.
    #[must_use]
    pub fn clock(mut self, place: String, zone: chrono_tz::Tz) -> Self {
        self.clock = Some((place, zone));
        self
    }

    #[must_use]
    pub fn dangerous(mut self) -> Self {
        self.danger = true;
        self
    }

    /// Reads what was typed; 422 where a field of the form is not on the list.
    pub fn read(&self, form: &Keyed, at: DateTime<Utc>, zone: chrono_tz::Tz) -> Result<Typed> {
        let (read, faults) = self.gather(form, at, zone)?;
        faults.check()?;
        Ok(read)
    }

    /// The same with the faults of the fields alone, for a form whose fields are weighed against one another as well: all of
    /// them are told in one answer.
    pub fn gather(
        &self,
        form: &Keyed,
        at: DateTime<Utc>,
        zone: chrono_tz::Tz,
    ) -> Result<(Typed, Faults)> {
        let names: Vec<&str> = self.fields.iter().map(|field| field.name).collect();
        form.only(&names)?;
        let mut faults = Faults::default();
        let mut read = Typed::with(&form.files);
        for field in &self.fields {
            let zone = match (field.kind, &self.clock) {
                (Kind::Moment, Some((_, zone))) => *zone,
                _ => zone,
            };
            read.take(*field, &form.fields, (at, zone), &mut faults);
        }
        if self.proof && read.text("said").is_empty() && read.files.is_empty() {
            faults.add("evidence", T::shipping_evidence_missing);
        }
        Ok((read, faults))
    }
}

/// One field as it is drawn.
pub(super) struct Input {
    pub name: &'static str,
    pub kind: &'static str,
    pub label: &'static str,
    pub value: String,
    pub error: String,
    pub optional: bool,
    pub choices: Vec<(String, String)>,
    /// Where a clock is read.
    pub hint: String,
}

/// What the page knows beside the question.
pub(super) struct Setting {
    /// Pages above this one.
    pub crumbs: Vec<(String, String)>,
    pub action: String,
    pub back: String,
    pub rev: i32,
    pub fields: Fields,
    pub choices: Vec<(&'static str, Vec<(String, String)>)>,
    /// What deserves a second look before going on.
    pub warnings: Vec<String>,
}

#[derive(Template)]
#[template(path = "shipping/asked.html")]
struct AskedPage {
    page: Page,
    title: &'static str,
    sentence: &'static str,
    crumbs: Vec<(String, String)>,
    action: String,
    back: String,
    rev: String,
    inputs: Vec<Input>,
    faults: Faults,
    warnings: Vec<String>,
    danger: bool,
    evidence: bool,
    proof: bool,
}

impl Question {
    pub(super) fn inputs(
        &self,
        page: &Page,
        fields: &Fields,
        choices: &[(&'static str, Vec<(String, String)>)],
        faults: &Faults,
    ) -> Vec<Input> {
        let channels = || {
            Channel::ALL
                .iter()
                .map(|channel| (channel.code().to_owned(), channel.label(page.t).to_owned()))
                .collect()
        };
        self.fields
            .iter()
            .map(|field| Input {
                name: field.name,
                kind: field.kind.code(),
                label: (field.label)(page.t),
                value: fields.get(field.name).to_owned(),
                error: page.fault(faults, field.name),
                optional: !field.must,
                hint: match (field.kind, &self.clock) {
                    (Kind::Moment, Some((place, zone))) => {
                        page.t.shipping_local_time(place, zone.name())
                    }
                    _ => String::new(),
                },
                choices: choices
                    .iter()
                    .find(|(name, _)| *name == field.name)
                    .map_or_else(
                        || {
                            if field.name == "channel" {
                                channels()
                            } else {
                                Vec::new()
                            }
                        },
                        |(_, choices)| choices.clone(),
                    ),
            })
            .collect()
    }

    pub(super) fn draw(&self, page: Page, setting: Setting, faults: Faults) -> Result<Response> {
        let status = if faults.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        let drawn = AskedPage {
            inputs: self.inputs(&page, &setting.fields, &setting.choices, &faults),
            title: (self.title)(page.t),
            sentence: (self.sentence)(page.t),
            crumbs: setting.crumbs,
            action: setting.action,
            back: setting.back,
            rev: setting.rev.to_string(),
            warnings: setting.warnings,
            danger: self.danger,
            evidence: self.evidence,
            proof: self.proof,
            faults,
            page,
        };
        Ok((status, Html(drawn.render()?)).into_response())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: Kind, text: &str) -> (Typed, Faults) {
        let zone = chrono_tz::Asia::Shanghai;
        let at = "2026-11-23T01:00:00Z".parse().unwrap();
        let (mut typed, mut faults) = (Typed::default(), Faults::default());
        let fields = Fields::new(vec![("x".into(), text.into())]);
        typed.take(
            must("x", kind, T::shipping_who),
            &fields,
            (at, zone),
            &mut faults,
        );
        (typed, faults)
    }

    #[test]
    fn a_field_is_read_as_its_kind_says_or_named() {
        assert!(read(Kind::PastDay, "2026-11-24").1.of("x").is_some());
        assert!(read(Kind::Day, "2026-11-24").1.is_empty());
        assert!(read(Kind::Whole, "1.5").1.of("x").is_some());
        assert!(read(Kind::Figure, "-1").1.of("x").is_some());
        assert!(read(Kind::Line, "").1.of("x").is_some());
        let (typed, _) = read(Kind::Moment, "2026-11-23T16:00");
        assert_eq!(typed.moment("x"), "2026-11-23T08:00:00Z".parse().ok());
        assert_eq!(
            read(Kind::Figure, "1,200.5").0.figure("x"),
            "1200.5".parse().ok()
        );
    }
}
