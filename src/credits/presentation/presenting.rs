//! Presenting 交单: the complete set goes to the bank within its days; after them only a manager lets it go.

use super::held;
use super::set::{Presentation, Refusal};
use super::sql;
use super::stage::Move;
use crate::approvals::exception::{self, Basis, Kind as Gate};
use crate::base::{By, T};
use crate::credits::question::{self, Input, Kind, Question};
use crate::credits::sql::closed_days;
use crate::history::credit_event::CreditEvent;
use crate::orders::{Order, OrderAct};
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;
use sqlx::PgConnection;

/// In time; or late, by a manager or on what the manager granted.
async fn basis(
    db: &mut PgConnection,
    by: &By,
    order: &Order,
    (step, set): (Move, &Presentation),
) -> Result<Basis> {
    if step == Move::PresentLate {
        let orders = std::slice::from_ref(order);
        let asked = (Gate::LatePresenting, set.id);
        exception::basis(db, by, orders, asked, set.hands()).await
    } else {
        order.must(by, step.deed())?;
        Ok(Basis::Own)
    }
}

fn question(
    page: &Page,
    set: &Presentation,
    (step, last): (Move, Option<NaiveDate>),
    words: String,
) -> Question {
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
        inputs.push(Input::new("words", t.credits_late_reason(), Kind::Area).value(words));
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
    let basis = basis(&mut db, by, &order, (step, &set)).await?;
    set.after(step)?;
    let last = set.last_day(&closed_days(&mut db).await?);
    let words = basis.asked_words().to_owned();
    question(&page, &set, (step, last), words).draw(page)
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
    let deed = match basis(&mut db, &by, &order, (step, &shown)).await? {
        Basis::Own if step == Move::PresentLate => step.deed().of(shown.hands()),
        // On an exception the ordinary deed is asked; the act itself asks for the exception again.
        Basis::Own | Basis::Granted(_) => Move::Present.deed().into(),
    };
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
        let asked = question(&page, &shown, (step, last), String::new());
        return asked.again(page, &form.fields, faults);
    }
    let (mut act, set) = held::begin(app, by, named, (&form, deed)).await?;
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

/// The same without a page: today, in time, to the bank that is named in the set.
pub(in crate::credits) async fn bring(act: &mut OrderAct, named: held::Named<'_>) -> Result<()> {
    let papers = sql::lock(act, named.0, named.1)
        .await?
        .ok_or(Error::NotFound)?;
    let sent = Sent {
        bank: papers.bank.clone(),
        day: act.today(),
        words: String::new(),
    };
    present(act, &papers, Move::Present, &sent).await
}

/// The act: a set in time by who may present, a late one by a manager who says why.
#[expect(clippy::similar_names, reason = "both are the trade's words")]
async fn present(act: &mut OrderAct, set: &Presentation, step: Move, sent: &Sent) -> Result<()> {
    let (by, order) = (act.by.clone(), act.order.clone());
    let basis = basis(act.tx(), &by, &order, (step, set)).await?;
    act.must_move()?;
    let stage = set.after(step)?;
    let bank = closed_days(act.tx()).await?;
    let in_time = set.may_present(sent.day, &bank);
    match (step, in_time) {
        (Move::PresentLate, Ok(())) => return Err(Refusal::InTime.into()),
        (Move::PresentLate, Err(Refusal::Late { .. })) => {}
        (_, in_time) => in_time.map_err(|late| {
            let gate = (Gate::LatePresenting, set.name());
            exception::askable(late.into(), &by, &order, (gate.0, &gate.1))
        })?,
    }
    let last = set.last_day(&bank);
    let reason = if step == Move::PresentLate {
        exception::spend(act, &[order], &basis).await?;
        basis.reason(T(by.lang), &sent.words)
    } else {
        String::new()
    };
    let late = (reason.as_str(), basis.person(&by));
    sql::note_presenting(act, set, (&sent.bank, sent.day), last, late).await?;
    sql::save_stage(act, set, stage).await?;
    held::happened(act, sent_event(set, sent, (step, reason))).await
}

#[expect(clippy::similar_names, reason = "both are the trade's words")]
fn sent_event(set: &Presentation, sent: &Sent, (step, reason): (Move, String)) -> CreditEvent {
    let (set, bank, on) = (set.name(), sent.bank.clone(), sent.day.to_string());
    if step == Move::PresentLate {
        CreditEvent::PresentationSentLate {
            set,
            bank,
            on,
            reason,
        }
    } else {
        CreditEvent::PresentationSent { set, bank, on }
    }
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
