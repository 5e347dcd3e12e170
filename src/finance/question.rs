//! Question: a page that asks for what one act needs: a day, words, an amount, a file; drawn again with what was typed
//! and what is wrong with it.

use crate::base::{T, typed};
use crate::orders::Order;
use crate::web::{Faults, Fields, Page, Result};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// How a thing is asked for.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Text,
    Area,
    Day,
    /// An amount in this currency.
    Money(String),
    File,
}

#[derive(Clone, Debug)]
pub(super) struct Input {
    pub(super) kind: Kind,
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) hint: String,
    pub(super) optional: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Question {
    title: String,
    sentence: String,
    warning: String,
    verb: &'static str,
    action: String,
    back: String,
    rev: String,
    inputs: Vec<Input>,
}

#[derive(Template)]
#[template(path = "finance/question.html")]
struct QuestionPage {
    page: Page,
    order: Order,
    question: Question,
    fields: Fields,
    faults: Faults,
}

impl Question {
    pub(super) fn new(
        title: impl Into<String>,
        verb: &'static str,
        action: &str,
        back: &str,
    ) -> Self {
        Self {
            title: title.into(),
            sentence: String::new(),
            warning: String::new(),
            verb,
            action: action.to_owned(),
            back: back.to_owned(),
            rev: String::new(),
            inputs: Vec::new(),
        }
    }

    /// Only a form with a file is sent in parts; every other door refuses parts.
    fn takes_file(&self) -> bool {
        self.inputs
            .iter()
            .any(|input| matches!(input.kind, Kind::File))
    }

    #[must_use]
    pub(super) fn sentence(mut self, sentence: impl Into<String>) -> Self {
        self.sentence = sentence.into();
        self
    }

    #[must_use]
    pub(super) fn warning(mut self, warning: impl Into<String>) -> Self {
        self.warning = warning.into();
        self
    }

    /// The version of what the act changes.
    #[must_use]
    pub(super) fn rev(mut self, rev: i32) -> Self {
        self.rev = rev.to_string();
        self
    }

    #[must_use]
    pub(super) fn ask(mut self, kind: Kind, name: &'static str, label: &'static str) -> Self {
        self.inputs.push(Input {
            kind,
            name,
            label,
            hint: String::new(),
            optional: false,
        });
        self
    }

    /// The same for what may stay empty.
    #[must_use]
    pub(super) fn may(self, kind: Kind, name: &'static str, label: &'static str) -> Self {
        let mut question = self.ask(kind, name, label);
        if let Some(last) = question.inputs.last_mut() {
            last.optional = true;
        }
        question
    }

    /// A word of help under the last thing asked for.
    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        if let Some(last) = self.inputs.last_mut() {
            last.hint = hint.into();
        }
        self
    }

    pub(super) fn draw(self, page: Page, order: Order, fields: Fields) -> Result<Html<String>> {
        self.with(page, order, fields, Faults::default())
    }

    /// The page once more, with what was typed and what to change.
    pub(super) fn again(
        self,
        page: Page,
        order: Order,
        fields: Fields,
        faults: Faults,
    ) -> Result<Response> {
        let html = self.with(page, order, fields, faults)?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
    }

    fn with(
        self,
        page: Page,
        order: Order,
        fields: Fields,
        faults: Faults,
    ) -> Result<Html<String>> {
        let html = QuestionPage {
            page,
            order,
            question: self,
            fields,
            faults,
        };
        Ok(Html(html.render()?))
    }
}

/// A day that is not in the future.
pub(super) fn read_day(
    fields: &Fields,
    name: &str,
    today: NaiveDate,
    faults: &mut Faults,
) -> Option<NaiveDate> {
    let day = typed::day(fields.get(name)).filter(|day| *day <= today);
    if day.is_none() {
        faults.add(name, T::rebate_day_not_future);
    }
    day
}

/// An amount of money above nought, to the cent.
pub(super) fn read_amount(fields: &Fields, name: &str, faults: &mut Faults) -> Option<Decimal> {
    let most = Decimal::from(1_000_000_000_000_i64);
    let amount = typed::figure(fields.get(name)).filter(|amount| {
        *amount > Decimal::ZERO && *amount < most && amount.normalize().scale() <= 2
    });
    if amount.is_none() {
        faults.add(name, T::rebate_amount_missing);
    }
    amount
}

/// Words that must be there.
pub(super) fn read_words(fields: &Fields, name: &str, faults: &mut Faults) -> String {
    let words: String = fields.get(name).chars().take(2_000).collect();
    if words.is_empty() {
        faults.add(name, T::rebate_words_missing);
    }
    words
}
