//! Skipping steps 1 to 3 together: a repeat order 翻单, or a customer who waives samples. A manager's decision, with
//! its reason.

use super::act::{self, OrderAct};
use super::condition::Move;
use super::latches_sql;
use super::lifecycle::{Outcome, Step};
use super::order::{self, Order};
use crate::base::{By, OrderNumber, T};
use crate::history::Event;
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result, Tell};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

/// Samples have been begun, or their steps are over.
#[derive(Debug)]
pub(super) struct SamplesBegun;

impl Tell for SamplesBegun {
    fn tell(&self, t: T) -> String {
        t.orders_samples_begun().into()
    }
}

/// A question with a reason, as a page of its own: skipping, dropping, reopening.
#[derive(Template)]
#[template(path = "orders/question.html")]
pub(super) struct QuestionPage {
    pub(super) page: Page,
    pub(super) order: Order,
    pub(super) question: String,
    pub(super) sentence: &'static str,
    pub(super) verb: &'static str,
    pub(super) action: String,
    pub(super) danger: bool,
    /// Shown when a review day is asked too.
    pub(super) day: Option<String>,
    /// Shown when a step is asked too.
    pub(super) steps: Vec<(String, String)>,
    pub(super) step: String,
    pub(super) reason: String,
    pub(super) faults: Faults,
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = order::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::SkipSamples)?;
    Ok(Html(
        question(page, order, String::new(), Faults::default()).render()?,
    ))
}

fn question(page: Page, order: Order, reason: String, faults: Faults) -> QuestionPage {
    QuestionPage {
        question: page.t.orders_skip_question(&order.number),
        sentence: page.t.orders_skip_sentence(),
        verb: page.t.orders_skip_verb(),
        action: format!("{}/skipping", order.url()),
        danger: false,
        day: None,
        steps: Vec::new(),
        step: String::new(),
        page,
        order,
        reason,
        faults,
    }
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["reason"])?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut act = act::begin(&app, by, &number, &form.key).await?;
    act.must(Deed::SkipSamples)?;
    let reason = form.fields.get("reason").to_owned();
    if reason.is_empty() {
        let faults = Faults::one("reason", T::orders_reason_missing);
        let html = question(page, act.order.clone(), reason, faults).render()?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response());
    }
    skip(&mut act, &reason).await?;
    let answer = Answer::to(act.order.url()).tell(page.t, T::orders_skipped);
    Ok(act.finish(answer).await?.into_response())
}

/// The act: the three sample steps are skipped together.
pub async fn skip(act: &mut OrderAct, reason: &str) -> Result<()> {
    act.must(Deed::SkipSamples)?;
    act.take(Move::SkipSamples)?;
    let facts = act.facts().await?;
    let untouched = facts.latches.get(Step::SampleNote).is_none() && facts.samples.rounds == 0;
    if !untouched {
        return Err(SamplesBegun.into());
    }
    let (order, at, person) = (act.order.id(), act.by.at, act.by.person());
    for step in [
        Step::SampleNote,
        Step::SampleShipment,
        Step::SampleConfirmation,
    ] {
        latches_sql::latch(
            act.tx(),
            order,
            step,
            Outcome::Skipped,
            (at, person),
            reason,
        )
        .await?;
    }
    act.happened(&Event::StepsSkipped {
        reason: reason.to_owned(),
    })
    .await
}
