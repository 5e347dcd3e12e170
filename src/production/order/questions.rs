//! Small forms before something that cannot be taken back: issuing, opening the gate, declining, closing, voiding.

use super::paper::ProductionOrder;
use crate::approvals::exception::Beside;
use crate::base::{Channel, T};
use crate::orders::Order;
use crate::web::{Faults, Fields, Page, Result};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

/// What is asked before the act.
#[expect(clippy::struct_field_names, reason = "the column's own name")]
pub(super) struct Question {
    pub question: String,
    pub sentence: String,
    pub verb: &'static str,
    /// Last part of the address it is sent to.
    pub path: &'static str,
    pub danger: bool,
    /// Label of the words that are asked; none where no words are.
    pub words: Option<&'static str>,
    /// Whom it goes to and how is asked too; these we know at the factory.
    pub sending: Option<Vec<String>>,
    /// Kind and sentence of what was checked.
    pub checks: Vec<(&'static str, String)>,
    /// The way to the manager, where the gate is shut.
    pub beside: Option<Beside>,
}

#[derive(Template)]
#[template(path = "production/question.html")]
struct QuestionPage {
    page: Page,
    order: Order,
    paper: ProductionOrder,
    asked: Question,
    channels: Vec<(String, String)>,
    fields: Fields,
    faults: Faults,
}

impl QuestionPage {
    fn url(&self) -> String {
        format!("{}/production/{}", self.order.url(), self.paper.key)
    }

    fn action(&self) -> String {
        format!("{}/{}", self.url(), self.asked.path)
    }
}

pub(in crate::production) fn channels(t: T) -> Vec<(String, String)> {
    Channel::ALL
        .iter()
        .map(|channel| (channel.code().to_owned(), channel.label(t).to_owned()))
        .collect()
}

pub(super) fn draw(
    page: Page,
    order: &Order,
    paper: &ProductionOrder,
    asked: Question,
    (fields, faults): (Fields, Faults),
) -> Result<Html<String>> {
    let page = QuestionPage {
        channels: channels(page.t),
        order: order.clone(),
        paper: paper.clone(),
        asked,
        fields,
        faults,
        page,
    };
    Ok(Html(page.render()?))
}

/// The same form with what was typed and what is missing of it.
pub(super) fn again(
    page: Page,
    order: &Order,
    paper: &ProductionOrder,
    asked: Question,
    typed: (Fields, Faults),
) -> Result<Response> {
    let html = draw(page, order, paper, asked, typed)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}
