//! Questions: one small form for all acts that need a day, a figure or some words.

use crate::base::T;
use crate::web::{Faults, Fields, Page, Result};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use rust_decimal::Decimal;

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Line,
    Area,
    Day,
    /// A figure of this currency.
    Money(String),
    Choice(Vec<(String, String)>),
    /// Any of a few.
    Choices(Vec<(String, String)>),
}

#[derive(Clone, Debug)]
pub(super) struct Input {
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub kind: Kind,
    pub optional: bool,
    pub value: String,
    /// What is ticked, where it asks for any of a few.
    pub picked: Vec<String>,
}

impl Input {
    pub(super) fn new(name: &'static str, label: &'static str, kind: Kind) -> Self {
        Self {
            name,
            label,
            hint: "",
            kind,
            optional: false,
            value: String::new(),
            picked: Vec::new(),
        }
    }

    pub(super) fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    pub(super) fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    pub(super) fn optional(mut self) -> Self {
        self.optional = true;
        self
    }
}

/// Where the form stands and what it asks.
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub title: String,
    pub sentence: String,
    pub verb: &'static str,
    pub action: String,
    /// Where it came from: name and address.
    pub back: (String, String),
    pub rev: i32,
    pub danger: bool,
    /// Points the sentence lists.
    pub points: Vec<String>,
    /// The word of a paper that may be attached.
    pub file: Option<&'static str>,
    pub inputs: Vec<Input>,
}

#[derive(Template)]
#[template(path = "credits/question.html")]
struct QuestionPage {
    page: Page,
    question: Question,
    faults: Faults,
}

impl Question {
    pub(super) fn draw(self, page: Page) -> Result<Html<String>> {
        self.page(page, Faults::default())
    }

    fn page(self, page: Page, faults: Faults) -> Result<Html<String>> {
        let page = QuestionPage {
            page,
            question: self,
            faults,
        };
        Ok(Html(page.render()?))
    }

    /// The form again with what was typed, each fault at its field.
    pub(super) fn again(mut self, page: Page, fields: &Fields, faults: Faults) -> Result<Response> {
        for input in &mut self.inputs {
            fields.get(input.name).clone_into(&mut input.value);
            input.picked = fields.all(input.name).map(str::to_owned).collect();
        }
        let html = self.page(page, faults)?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
    }
}

/// Words that must be there; a fault where they are not.
pub(super) fn words(
    fields: &Fields,
    name: &str,
    missing: fn(T) -> &'static str,
    faults: &mut Faults,
) -> String {
    let words: String = fields.get(name).chars().take(2_000).collect();
    if words.is_empty() {
        faults.add(name, missing);
    }
    words
}

/// A day that is not after today.
pub(super) fn past_day(
    fields: &Fields,
    name: &str,
    today: chrono::NaiveDate,
    faults: &mut Faults,
) -> chrono::NaiveDate {
    let day = crate::base::typed::day(fields.get(name)).filter(|day| *day <= today);
    if day.is_none() {
        faults.add(name, T::proforma_day_not_past);
    }
    day.unwrap_or(today)
}

/// A figure above nought with no more decimals than its currency has.
pub(super) fn figure(
    fields: &Fields,
    name: &str,
    currency: crate::base::Currency,
    faults: &mut Faults,
) -> Decimal {
    let figure = crate::base::typed::figure(fields.get(name)).filter(|figure| {
        *figure > Decimal::ZERO
            && *figure < Decimal::from(10_000_000_000_i64)
            && figure.normalize().scale() <= currency.decimals()
    });
    if figure.is_none() {
        faults.add(name, T::credits_fault_figure);
    }
    figure.unwrap_or_default()
}
