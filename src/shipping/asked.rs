//! Asked 填报: the small forms of this desk. An act names its fields once; the form is drawn, read and drawn again with
//! its faults from that one list.

use crate::base::{Channel, T, typed};
use crate::web::posted::Upload;
use crate::web::{Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone, Utc};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

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
}

impl Question {
    pub fn new(title: fn(T) -> &'static str, sentence: fn(T) -> &'static str) -> Self {
        Self {
            title,
            sentence,
            fields: Vec::new(),
            danger: false,
            evidence: false,
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

    #[must_use]
    pub fn dangerous(mut self) -> Self {
        self.danger = true;
        self
    }

    /// Reads what was typed; 422 where a field of the form is not on the list.
    pub fn read(&self, form: &Keyed, at: DateTime<Utc>, zone: chrono_tz::Tz) -> Result<Typed> {
        let names: Vec<&str> = self.fields.iter().map(|field| field.name).collect();
        form.only(&names)?;
        let mut faults = Faults::default();
        let mut read = Typed {
            files: form.files.clone(),
            ..Typed::default()
        };
        for field in &self.fields {
            read.take(*field, &form.fields, (at, zone), &mut faults);
        }
        faults.check()?;
        Ok(read)
    }
}

/// What was typed, read.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    texts: BTreeMap<&'static str, String>,
    days: BTreeMap<&'static str, NaiveDate>,
    moments: BTreeMap<&'static str, DateTime<Utc>>,
    figures: BTreeMap<&'static str, Decimal>,
    pub files: Vec<Upload>,
}

impl Typed {
    fn take(
        &mut self,
        field: Field,
        fields: &Fields,
        (at, zone): (DateTime<Utc>, chrono_tz::Tz),
        faults: &mut Faults,
    ) {
        let (name, label) = (field.name, field.label);
        let text = fields.get(name);
        if text.is_empty() {
            if field.must {
                faults.say(name, move |t| t.shipping_field_missing(label(t)));
            }
            return;
        }
        let today = at.with_timezone(&zone).date_naive();
        let fits = match field.kind {
            Kind::Line => self.keep(name, text, 200),
            Kind::Area => self.keep(name, text, 2_000),
            Kind::Check => self.keep(name, text, 3) && text == "yes",
            Kind::Pick => self.keep(name, text, 60),
            Kind::Day | Kind::PastDay => typed::day(text)
                .filter(|day| field.kind == Kind::Day || *day <= today)
                .map(|day| self.days.insert(name, day))
                .is_some(),
            Kind::Moment => moment(text, zone)
                .map(|moment| self.moments.insert(name, moment))
                .is_some(),
            Kind::Figure | Kind::Whole => typed::figure(text)
                .filter(|figure| *figure >= Decimal::ZERO && *figure <= Decimal::from(99_999_999))
                .filter(|figure| field.kind == Kind::Figure || figure.fract().is_zero())
                .filter(|figure| figure.normalize().scale() <= 3)
                .map(|figure| self.figures.insert(name, figure))
                .is_some(),
        };
        let known_channel = name != "channel" || Channel::parse(text).is_some();
        if !fits || !known_channel {
            let past = field.kind == Kind::PastDay;
            faults.say(name, move |t| {
                if past {
                    t.shipping_field_not_past(label(t))
                } else {
                    t.shipping_field_unread(label(t))
                }
            });
        }
    }

    fn keep(&mut self, name: &'static str, text: &str, most: usize) -> bool {
        self.texts.insert(name, text.to_owned());
        text.chars().count() <= most
    }

    pub fn text(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", String::as_str)
    }

    pub fn on(&self, name: &str) -> bool {
        self.text(name) == "yes"
    }

    pub fn day(&self, name: &str) -> Option<NaiveDate> {
        self.days.get(name).copied()
    }

    pub fn moment(&self, name: &str) -> Option<DateTime<Utc>> {
        self.moments.get(name).copied()
    }

    pub fn figure(&self, name: &str) -> Option<Decimal> {
        self.figures.get(name).copied()
    }

    pub fn whole(&self, name: &str) -> Option<i32> {
        self.figure(name).and_then(|figure| figure.try_into().ok())
    }

    /// `Anna Lind (email)`, of who told it.
    pub fn told(&self) -> String {
        let (who, channel) = (self.text("who"), self.text("channel"));
        match (who.is_empty(), channel.is_empty()) {
            (true, _) => String::new(),
            (false, true) => who.to_owned(),
            (false, false) => format!("{who} ({channel})"),
        }
    }
}

/// `2026-11-23T16:00` where the company is.
pub fn moment(text: &str, zone: chrono_tz::Tz) -> Option<DateTime<Utc>> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok()?;
    let moment = zone.from_local_datetime(&local).earliest()?;
    Some(moment.with_timezone(&Utc))
}

/// A moment as the field shows it.
pub fn typed_moment(at: Option<DateTime<Utc>>, zone: chrono_tz::Tz) -> String {
    at.map(|at| at.with_timezone(&zone).format("%Y-%m-%dT%H:%M").to_string())
        .unwrap_or_default()
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
