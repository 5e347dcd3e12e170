//! Answering: what the bank says of the set and what is answered it, each with its day, its words and its paper.

use super::held;
use super::papers_sql;
use super::set::Presentation;
use super::sql;
use super::stage::{Move, Stage};
use crate::base::{Audience, By, T, typed};
use crate::credits::amendment::asking::{answer_relays, owe};
use crate::credits::question::{self, Input, Kind, Question};
use crate::history::credit_event::CreditEvent;
use crate::orders::{self, OrderAct};
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result, Routes};
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;

/// Both addresses of one answer: the question and the act.
macro_rules! answers {
    ($($path:literal = $step:ident),+ $(,)?) => {
        pub(in crate::credits) fn routes() -> Routes {
            use crate::web::Door;
            Routes::new()$(
                .get(
                    concat!("/presentations/{shipment}/{sequence}/", $path),
                    Door::Staff,
                    |State(app): State<App>, by: By, page: Page, Path((shipment, sequence)): Path<(String, i32)>| async move {
                        asked(&app, &by, page, (&shipment, sequence), Move::$step).await
                    },
                )
                .upload(
                    concat!("/presentations/{shipment}/{sequence}/", $path),
                    Door::Staff,
                    |State(app): State<App>, by: By, page: Page, Path((shipment, sequence)): Path<(String, i32)>, form: Keyed| async move {
                        done(&app, by, page, (&shipment, sequence), (Move::$step, form)).await
                    },
                ))+
        }
    };
}

answers! {
    "discrepancy" = NoticeDiscrepancy,
    "waiver" = AskWaiver,
    "correction" = Correct,
    "honour" = Honour,
    "acceptance" = Accept,
    "refusal" = Refuse,
    "payment" = Pay,
}

/// What must be said in words; the rest may be.
const fn needs_words(step: Move) -> bool {
    matches!(
        step,
        Move::NoticeDiscrepancy | Move::AskWaiver | Move::Correct | Move::Refuse
    )
}

fn question(page: &Page, set: &Presentation, step: Move) -> Question {
    let t = page.t;
    let mut inputs =
        vec![Input::new("day", t.credits_answer_day(), Kind::Day).value(page.today().to_string())];
    if step == Move::Accept {
        inputs.push(Input::new("due_on", t.credits_due_on(), Kind::Day));
    }
    let words = Input::new("words", t.credits_answer_words(), Kind::Area);
    inputs.push(if needs_words(step) {
        words
    } else {
        words.optional()
    });
    Question {
        title: step.label(t).to_owned(),
        sentence: match step {
            Move::NoticeDiscrepancy => t.credits_notice_sentence(),
            Move::AskWaiver => t.credits_waiver_sentence(),
            Move::Accept => t.credits_accept_sentence(),
            _ => t.credits_answer_sentence(),
        }
        .to_owned(),
        verb: step.label(t),
        action: format!("{}/{}", set.url(), step.path()),
        back: (set.name(), set.url()),
        rev: set.version,
        danger: step == Move::Refuse,
        points: Vec::new(),
        file: Some(t.credits_bank_paper()),
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
    order.must(by, step.deed())?;
    set.after(step)?;
    question(&page, &set, step).draw(page)
}

/// Relays of what the customer is asked, and told.
const WAIVER: &str = "discrepancy_waiver";
const REFUSED: &str = "documents_refused";

struct Said {
    day: NaiveDate,
    due_on: Option<NaiveDate>,
    words: String,
}

fn read(form: &Keyed, step: Move, today: NaiveDate) -> Result<Said, Faults> {
    let mut faults = Faults::default();
    let day = question::past_day(&form.fields, "day", today, &mut faults);
    let words = if needs_words(step) {
        question::words(&form.fields, "words", T::credits_fault_words, &mut faults)
    } else {
        form.fields.get("words").chars().take(2_000).collect()
    };
    let due_on = (step == Move::Accept)
        .then(|| typed::day(form.fields.get("due_on")).filter(|due| *due > day))
        .flatten();
    if step == Move::Accept && due_on.is_none() {
        faults.add("due_on", T::credits_fault_due);
    }
    if faults.is_empty() {
        Ok(Said { day, due_on, words })
    } else {
        Err(faults)
    }
}

async fn done(
    app: &App,
    by: By,
    page: Page,
    named: held::Named<'_>,
    (step, form): (Move, Keyed),
) -> Result<Response> {
    form.only(&["day", "due_on", "words"])?;
    let mut db = app.db.acquire().await?;
    let (order, shown) = held::find(&mut db, &by, named).await?;
    order.must(&by, step.deed())?;
    drop(db);
    let said = match read(&form, step, page.today()) {
        Ok(said) => said,
        Err(faults) => return question(&page, &shown, step).again(page, &form.fields, faults),
    };
    let (mut act, set) = held::begin(app, by, named, (&form, step.deed().into())).await?;
    record(&mut act, &set, step, &said).await?;
    if let Some(file) = form.files.first() {
        orders::keep_file(app, &mut act, file, "bank_advice", Audience::Internal).await?;
    }
    let answer = Answer::to(set.url()).tell(page.t, T::web_saved);
    Ok(act.finish(answer).await?.into_response())
}

/// The customer hears what the bank said: a waiver is asked of him, a refusal told.
async fn tell(act: &mut OrderAct, set: &Presentation, step: Move, words: &str) -> Result<()> {
    let (subject, asks) = if step == Move::AskWaiver {
        ("Waiver of discrepancies asked", true)
    } else {
        ("Documents refused by the bank", false)
    };
    let lines = words
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| line.chars().take(500).collect())
        .take(40)
        .collect();
    let kind = if asks { WAIVER } else { REFUSED };
    let key = format!("{}/{}", set.name(), set.version);
    let subject = format!("{subject}: {}", set.name());
    owe(act, (kind, key), (subject, asks), lines).await
}

/// The same without a page: these words of today.
pub(in crate::credits) async fn said(
    act: &mut OrderAct,
    named: held::Named<'_>,
    (step, words): (Move, &str),
) -> Result<()> {
    let set = sql::lock(act, named.0, named.1)
        .await?
        .ok_or(Error::NotFound)?;
    let said = Said {
        day: act.today(),
        due_on: None,
        words: words.to_owned(),
    };
    record(act, &set, step, &said).await
}

/// The act. What the bank and the money say may be recorded on an order that stands still; a waiver is asked of the
/// customer and a refusal told him in the same act.
async fn record(act: &mut OrderAct, set: &Presentation, step: Move, said: &Said) -> Result<()> {
    act.must(step.deed())?;
    let stage = set.after(step)?;
    papers_sql::note_answer(act, set.id, step.code(), (said.day, &said.words)).await?;
    if let Some(due) = said.due_on {
        sql::note_due(act, set.id, due).await?;
    }
    sql::save_stage(act, set, stage).await?;
    if set.stage == Stage::WaiverAsked {
        let orders = sql::order_ids(act.tx(), set.shipment).await?;
        let key = format!("{}/{}", set.name(), set.version - 1);
        let words = if said.words.is_empty() {
            step.code()
        } else {
            &said.words
        };
        answer_relays(act, &orders, (WAIVER, &key), ("", words)).await?;
    }
    if matches!(step, Move::AskWaiver | Move::Refuse) {
        tell(act, set, step, &said.words).await?;
    }
    let event = CreditEvent::PresentationAnswered {
        set: set.name(),
        step: step.code().to_owned(),
        on: said.due_on.unwrap_or(said.day).to_string(),
        words: said.words.clone(),
    };
    held::happened(act, event).await
}
