//! Presenting 交单: the complete set goes to the bank within its days; after them only a manager lets it go.

use super::held;
use super::set::{Presentation, Refusal};
use super::sql;
use super::stage::Move;
use crate::base::{By, T};
use crate::credits::question::{self, Input, Kind, Question};
use crate::credits::sql::closed_days;
use crate::history::credit_event::CreditEvent;
use crate::orders::OrderAct;
use crate::people::rights::Asked;
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;

/// In time, or late by a manager.
fn deed(step: Move, set: &Presentation) -> Asked {
    if step == Move::PresentLate {
        step.deed().of(set.hands())
    } else {
        step.deed().into()
    }
}

fn question(page: &Page, set: &Presentation, step: Move, last: Option<NaiveDate>) -> Question {
    let t = page.t;
    let sentence = match last {
        Some(last) => t.credits_present_sentence(page.day_full(last), page.due_day(last)),
        None => t.credits_present_collection().to_owned(),
    };
    let mut inputs = vec![
        Input::new("bank", t.credits_bank(), Kind::Line).value(set.bank.clone()),
        Input::new("day", t.credits_presented_on(), Kind::Day).value(page.today().to_string()),
    ];
    if step == Move::PresentLate {
        inputs.push(Input::new("words", t.credits_late_reason(), Kind::Area));
    }
    Question {
        title: step.label(t).to_owned(),
        sentence,
        verb: step.label(t),
        action: format!("{}/{}", set.url(), step.path()),
        back: (set.name(), set.url()),
        rev: set.version,
        danger: step == Move::PresentLate,
        points: Vec::new(),
        file: None,
        inputs,
    }
}

async fn asked(
    app: &App,
    by: &By,
    page: Page,
    named: held::Named<'_>,
    step: Move,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, set) = held::find(&mut db, by, named).await?;
    order.must(by, deed(step, &set))?;
    set.after(step)?;
    let last = set.last_day(&closed_days(&mut db).await?);
    question(&page, &set, step, last).draw(page)
}

#[expect(clippy::similar_names, reason = "both are the trade's words")]
async fn done(
    app: &App,
    by: By,
    page: Page,
    named: held::Named<'_>,
    (step, form): (Move, Keyed),
) -> Result<Response> {
    form.only(&["bank", "day", "words"])?;
    let mut db = app.db.acquire().await?;
    let (order, shown) = held::find(&mut db, &by, named).await?;
    order.must(&by, deed(step, &shown))?;
    let last = shown.last_day(&closed_days(&mut db).await?);
    drop(db);
    let mut faults = Faults::default();
    let bank = question::words(&form.fields, "bank", T::credits_fault_bank, &mut faults);
    let day = question::past_day(&form.fields, "day", page.today(), &mut faults);
    let words = if step == Move::PresentLate {
        question::words(&form.fields, "words", T::orders_reason_missing, &mut faults)
    } else {
        String::new()
    };
    if !faults.is_empty() {
        return question(&page, &shown, step, last).again(page, &form.fields, faults);
    }
    let (mut act, set) = held::begin(app, by, named, (&form, deed(step, &shown))).await?;
    let sent = Sent { bank, day, words };
    present(&mut act, &set, step, &sent).await?;
    let answer = Answer::to(set.url()).tell(page.t, T::credits_presented_done);
    Ok(act.finish(answer).await?.into_response())
}

struct Sent {
    bank: String,
    day: NaiveDate,
    /// Why it is late; empty where it is not.
    words: String,
}

/// The act: a set in time by who may present, a late one by a manager who says why.
#[expect(clippy::similar_names, reason = "both are the trade's words")]
async fn present(act: &mut OrderAct, set: &Presentation, step: Move, sent: &Sent) -> Result<()> {
    act.must(deed(step, set))?;
    act.must_move()?;
    let stage = set.after(step)?;
    let bank = closed_days(act.tx()).await?;
    let in_time = set.may_present(sent.day, &bank);
    match (step, in_time) {
        (Move::PresentLate, Ok(())) => return Err(Refusal::InTime.into()),
        (Move::PresentLate, Err(Refusal::Late { .. })) => {}
        (_, in_time) => in_time?,
    }
    let last = set.last_day(&bank);
    sql::note_presenting(act, set, (&sent.bank, sent.day), last, &sent.words).await?;
    sql::save_stage(act, set, stage).await?;
    let (name, bank, on) = (set.name(), sent.bank.clone(), sent.day.to_string());
    let event = if step == Move::PresentLate {
        CreditEvent::PresentationSentLate {
            set: name,
            bank,
            on,
            reason: sent.words.clone(),
        }
    } else {
        CreditEvent::PresentationSent {
            set: name,
            bank,
            on,
        }
    };
    held::happened(act, event).await
}

pub(in crate::credits) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((shipment, sequence)): Path<(String, i32)>,
) -> Result<Html<String>> {
    asked(&app, &by, page, (&shipment, sequence), Move::Present).await
}

pub(in crate::credits) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((shipment, sequence)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Response, Error> {
    done(&app, by, page, (&shipment, sequence), (Move::Present, form)).await
}

pub(in crate::credits) async fn ask_late(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((shipment, sequence)): Path<(String, i32)>,
) -> Result<Html<String>> {
    asked(&app, &by, page, (&shipment, sequence), Move::PresentLate).await
}

pub(in crate::credits) async fn create_late(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((shipment, sequence)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Response, Error> {
    done(
        &app,
        by,
        page,
        (&shipment, sequence),
        (Move::PresentLate, form),
    )
    .await
}
