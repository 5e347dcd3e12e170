//! Condition: hold 暂停 and resume, drop 未成交, reopen. Nothing here moves the line forward.

mod moves;

pub use moves::Move;

use super::act::{self, OrderAct};
use super::cancelling;
use super::lifecycle::{Condition, Step};
use super::order::{self, Order};
use super::skipping::QuestionPage;
use super::{latches_sql, sql};
use crate::base::{By, OrderNumber, T, typed};
use crate::history::Event;
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result, Tell};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    NotOnHold,
    /// A proforma invoice is confirmed: from then on an order is cancelled, not dropped.
    Confirmed,
    NotReached(i16),
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::NotOnHold => t.orders_not_on_hold().into(),
            Self::Confirmed => t.orders_confirmed_not_dropped().into(),
            Self::NotReached(step) => t.orders_step_not_reached(step),
        }
    }
}

/// Which of the three questions is asked.
#[derive(Clone, Copy)]
enum Asked {
    Hold,
    Drop,
    Reopen,
}

impl Asked {
    const fn deed(self) -> Deed {
        match self {
            Self::Hold => Deed::HoldOrder,
            Self::Drop => Deed::DropOrder,
            Self::Reopen => Deed::ReopenOrder,
        }
    }
}

#[expect(clippy::too_many_lines, reason = "one arm for each question")]
fn question(
    page: Page,
    order: Order,
    asked: Asked,
    typed: (String, String, String),
    faults: Faults,
) -> QuestionPage {
    let t = page.t;
    let (reason, day, step) = typed;
    let (question, sentence, verb, path) = match asked {
        Asked::Hold => (
            t.orders_hold_question(&order.number),
            t.orders_hold_sentence(),
            t.orders_hold_verb(),
            "hold",
        ),
        Asked::Drop => (
            t.orders_drop_question(&order.number),
            t.orders_drop_sentence(),
            t.orders_drop_verb(),
            "drop",
        ),
        Asked::Reopen => (
            t.orders_reopen_question(&order.number),
            t.orders_reopen_sentence(),
            t.orders_reopen_verb(),
            "reopening",
        ),
    };
    QuestionPage {
        question,
        sentence,
        verb,
        action: format!("{}/{path}", order.url()),
        danger: matches!(asked, Asked::Drop),
        day: matches!(asked, Asked::Hold).then_some(day),
        steps: if matches!(asked, Asked::Reopen) {
            Step::ALL
                .iter()
                .map(|step| {
                    (
                        step.number().to_string(),
                        format!("{} {}", step.number(), step.label(t)),
                    )
                })
                .collect()
        } else {
            Vec::new()
        },
        step,
        page,
        order,
        reason,
        faults,
    }
}

async fn ask(app: App, by: By, page: Page, number: String, asked: Asked) -> Result<Html<String>> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = order::find(&mut db, &by, &number).await?;
    order.must(&by, asked.deed())?;
    let typed = (
        String::new(),
        String::new(),
        order.step.number().to_string(),
    );
    Ok(Html(
        question(page, order, asked, typed, Faults::default()).render()?,
    ))
}

pub(super) async fn ask_hold(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    ask(app, by, page, number, Asked::Hold).await
}

pub(super) async fn ask_drop(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    ask(app, by, page, number, Asked::Drop).await
}

pub(super) async fn ask_reopen(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    ask(app, by, page, number, Asked::Reopen).await
}

/// What was typed into the question; faults draw it again.
struct Typed {
    reason: String,
    day: Option<NaiveDate>,
    step: Option<Step>,
}

async fn read(
    app: &App,
    by: By,
    page: Page,
    number: &str,
    form: &Keyed,
    asked: Asked,
) -> Result<std::result::Result<(OrderAct, Typed), Response>> {
    form.only(&["reason", "day", "step"])?;
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let act = act::begin(app, by, &number, &form.key).await?;
    act.must(asked.deed())?;
    let text = |name: &str| form.fields.get(name).to_owned();
    let mut faults = Faults::default();
    let typed = Typed {
        reason: text("reason").chars().take(1_000).collect(),
        day: typed::day(&text("day")),
        step: text("step").parse().ok().and_then(Step::from_number),
    };
    if typed.reason.is_empty() {
        faults.add("reason", T::orders_reason_missing);
    }
    let today = act.today();
    if matches!(asked, Asked::Hold) && typed.day.is_none_or(|day| day <= today) {
        faults.add("day", T::orders_review_day);
    }
    if matches!(asked, Asked::Reopen) && typed.step.is_none() {
        faults.add("step", T::orders_choose_step);
    }
    if !faults.is_empty() {
        let typed = (text("reason"), text("day"), text("step"));
        let html = question(page, act.order.clone(), asked, typed, faults).render()?;
        return Ok(Err(
            (StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response()
        ));
    }
    Ok(Ok((act, typed)))
}

async fn saved(act: OrderAct, t: T) -> Result<Response> {
    let answer = Answer::to(act.order.url()).tell(t, T::web_saved);
    Ok(act.finish(answer).await?.into_response())
}

pub(super) async fn hold(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    let t = page.t;
    match read(&app, by, page, &number, &form, Asked::Hold).await? {
        Err(again) => Ok(again),
        Ok((mut act, typed)) => {
            let until = typed.day.unwrap_or(act.today());
            hold_until(&mut act, &typed.reason, until).await?;
            saved(act, t).await
        }
    }
}

/// The order's own part of a drop, from the form: the open act with its reason, or the question again. The desks' papers
/// fall where the desks are known.
pub async fn dropped(
    app: &App,
    by: By,
    page: Page,
    number: &str,
    form: &Keyed,
) -> Result<std::result::Result<(OrderAct, String), Response>> {
    match read(app, by, page, number, form, Asked::Drop).await? {
        Err(again) => Ok(Err(again)),
        Ok((mut act, typed)) => {
            drop_file(&mut act, &typed.reason).await?;
            Ok(Ok((act, typed.reason)))
        }
    }
}

pub(super) async fn reopen(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    let t = page.t;
    match read(&app, by, page, &number, &form, Asked::Reopen).await? {
        Err(again) => Ok(again),
        Ok((mut act, typed)) => {
            let step = typed.step.unwrap_or(Step::Settlement);
            reopen_from(&mut act, step, &typed.reason).await?;
            saved(act, t).await
        }
    }
}

pub(super) async fn resume(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut act = act::begin(&app, by, &number, &form.key).await?;
    act.must(Deed::HoldOrder)?;
    let after = act.order.condition.after(Move::Resume);
    set(&mut act, after.ok_or(Refusal::NotOnHold)?, None, "").await?;
    act.happened(&Event::OrderResumed).await?;
    let answer = Answer::to(act.order.url()).tell(page.t, T::orders_resumed);
    act.finish(answer).await
}

/// Forward acts freeze until it is resumed; notes, files, relays and money received do not.
pub(super) async fn hold_until(act: &mut OrderAct, reason: &str, until: NaiveDate) -> Result<()> {
    act.must(Deed::HoldOrder)?;
    let after = act.take(Move::Hold)?;
    set(act, after, Some(until), reason).await?;
    act.happened(&Event::OrderHeld {
        reason: reason.to_owned(),
        until: until.to_string(),
    })
    .await
}

/// Ends a file without an order: before a confirmed proforma invoice only.
pub(super) async fn drop_file(act: &mut OrderAct, reason: &str) -> Result<()> {
    act.must(Deed::DropOrder)?;
    let after = act.take(Move::Drop)?;
    if act.facts().await?.proforma.confirmed.is_some() {
        return Err(Refusal::Confirmed.into());
    }
    set(act, after, None, reason).await?;
    act.happened(&Event::OrderDropped {
        reason: reason.to_owned(),
    })
    .await?;
    cancelling::withdraw_relays(act, reason).await
}

/// Takes done away from this step and every later one; what still holds is set again at the end of the act.
pub(super) async fn reopen_from(act: &mut OrderAct, step: Step, reason: &str) -> Result<()> {
    act.must(Deed::ReopenOrder)?;
    let after = act.take(Move::Reopen)?;
    if step > act.order.step {
        return Err(Refusal::NotReached(step.number()).into());
    }
    if after != act.order.condition {
        set(act, after, None, "").await?;
    }
    reopen_within(act, step, reason).await
}

/// A reopening that another deed contains: a rejected sample takes done away from step 1. Its own deed was asked.
pub async fn reopen_within(act: &mut OrderAct, step: Step, reason: &str) -> Result<()> {
    let order = act.order.id();
    latches_sql::unlatch_from(act.tx(), order, step).await?;
    let event = Event::StepReopened {
        step: u8::try_from(step.number()).unwrap_or(0),
        reason: reason.to_owned(),
    };
    act.happened(&event).await
}

async fn set(
    act: &mut OrderAct,
    condition: Condition,
    until: Option<NaiveDate>,
    reason: &str,
) -> Result<()> {
    let order = act.order.id();
    sql::save_condition(act.tx(), order, condition, until, reason).await?;
    act.order.condition = condition;
    Ok(())
}
