//! A small form before an act of this desk, as a page of its own: what is asked, field by field, and the way back.

use crate::base::{Channel, T};
use crate::orders::Order;
use crate::web::{Faults, Fields, Page, Result};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

/// A field as the page draws it.
#[derive(Clone, Debug)]
pub struct Part {
    kind: Kind,
    name: &'static str,
    label: String,
    hint: String,
    optional: bool,
    choices: Vec<(String, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Area,
    Radios,
    Select,
    Date,
    Moment,
    Figure,
    Check,
    File,
}

impl Part {
    fn new(kind: Kind, name: &'static str, label: impl Into<String>) -> Self {
        Self {
            kind,
            name,
            label: label.into(),
            hint: String::new(),
            optional: false,
            choices: Vec::new(),
        }
    }

    pub fn text(name: &'static str, label: impl Into<String>) -> Self {
        Self::new(Kind::Text, name, label)
    }

    pub fn area(name: &'static str, label: impl Into<String>) -> Self {
        Self::new(Kind::Area, name, label)
    }

    pub fn date(name: &'static str, label: impl Into<String>) -> Self {
        Self::new(Kind::Date, name, label)
    }

    pub fn moment(name: &'static str, label: impl Into<String>) -> Self {
        Self::new(Kind::Moment, name, label)
    }

    pub fn figure(name: &'static str, label: impl Into<String>) -> Self {
        Self::new(Kind::Figure, name, label)
    }

    pub fn check(name: &'static str, label: impl Into<String>) -> Self {
        Self::new(Kind::Check, name, label)
    }

    pub fn file(name: &'static str, label: impl Into<String>) -> Self {
        Self::new(Kind::File, name, label).maybe()
    }

    pub fn radios(
        name: &'static str,
        label: impl Into<String>,
        choices: Vec<(String, String)>,
    ) -> Self {
        Self {
            choices,
            ..Self::new(Kind::Radios, name, label)
        }
    }

    pub fn select(
        name: &'static str,
        label: impl Into<String>,
        choices: Vec<(String, String)>,
    ) -> Self {
        Self {
            choices,
            ..Self::new(Kind::Select, name, label)
        }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    #[must_use]
    pub fn maybe(mut self) -> Self {
        self.optional = true;
        self
    }

    fn is(&self, kind: &str) -> bool {
        let own = match self.kind {
            Kind::Text => "text",
            Kind::Area => "area",
            Kind::Radios => "radios",
            Kind::Select => "select",
            Kind::Date => "date",
            Kind::Moment => "moment",
            Kind::Figure => "figure",
            Kind::Check => "check",
            Kind::File => "file",
        };
        own == kind
    }
}

/// Who answered on the other side, how, with which words and which paper; asked of every act recorded for somebody.
pub fn recorded(t: T) -> Vec<Part> {
    vec![
        Part::text("who", t.issues_who()),
        Part::radios("channel", t.issues_channel(), channels(t)),
        Part::date("day", t.issues_said_on()),
        Part::area("words", t.issues_their_words())
            .hint(t.issues_their_words_hint())
            .maybe(),
        Part::file("evidence", t.issues_evidence()).hint(t.documents_hint()),
    ]
}

/// What the form of `recorded` offers before anybody types.
pub fn said_today(page: &Page) -> Fields {
    let mut fields = Fields::default();
    fields.set("day", page.today().to_string());
    fields
}

pub fn channels(t: T) -> Vec<(String, String)> {
    Channel::ALL
        .iter()
        .map(|channel| (channel.code().to_owned(), channel.label(t).to_owned()))
        .collect()
}

/// The page: what is asked and why, the fields, one button.
#[derive(Template)]
#[template(path = "issues/form.html")]
pub struct Asking {
    pub page: Page,
    pub order: Order,
    pub title: String,
    pub sentence: String,
    pub verb: String,
    pub action: String,
    pub back: String,
    pub back_name: String,
    pub rev: String,
    pub danger: bool,
    pub upload: bool,
    pub parts: Vec<Part>,
    pub fields: Fields,
    pub faults: Faults,
}

impl Asking {
    pub fn draw(self) -> Result<Response> {
        let refused = !self.faults.is_empty();
        let html = Html(self.render()?);
        Ok(if refused {
            (StatusCode::UNPROCESSABLE_ENTITY, html).into_response()
        } else {
            html.into_response()
        })
    }
}
