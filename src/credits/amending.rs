//! Amending 改证: the customer is asked to have the credit amended, point by point; the bank's amendments are recorded
//! and accepted or refused whole.

use super::amendment::{self, Amendment, Changed};
use super::amendment_sql;
use super::amendment_stage::{AmendmentMove, AmendmentStage};
use super::credit::{LetterOfCredit, Refusal};
use super::examination_sql as findings;
use super::field::{self, AMENDMENT};
use super::finding::Finding;
use super::held;
use super::question::{self, Input, Kind, Question};
use super::receiving::{self, Control};
use super::sql;
use super::stage::{Move, Stage};
use super::terms::Terms;
use crate::base::calendar::Calendar;
use crate::base::{By, Party, T};
use crate::history::credit_event::CreditEvent;
use crate::history::event::Change;
use crate::orders::OrderAct;
use crate::people::Deed;
use crate::relay::{self, Heard};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

fn asking(page: &Page, credit: &LetterOfCredit, all: &[Finding]) -> Question {
    let t = page.t;
    Question {
        title: t.credits_ask_amendment().to_owned(),
        sentence: t.credits_ask_amendment_sentence(&credit.customer_name),
        verb: t.credits_ask_amendment_verb(),
        action: format!("{}/amendment-request", credit.url()),
        back: (credit.number.clone(), credit.url()),
        rev: credit.version,
        danger: false,
        points: all
            .iter()
            .filter(|one| one.is_open())
            .map(|one| format!("{}: {}", one.tag, one.ask))
            .collect(),
        file: None,
        inputs: Vec::new(),
    }
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, credit) = held::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::AskCreditAmendment)?;
    credit.after(Move::AskAmendment)?;
    let all = findings::findings(&mut db, credit.id).await?;
    asking(&page, &credit, &all).draw(page)
}

/// The open findings go to the customer as one relay, a line a point.
pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, credit) = held::begin(&app, by, &number, &form.key).await?;
    act.must(Deed::AskCreditAmendment)?;
    act.must_move()?;
    let stage = credit.after(Move::AskAmendment)?;
    let all = findings::findings(act.tx(), credit.id).await?;
    let open: Vec<&Finding> = all.iter().filter(|one| one.is_open()).collect();
    if open.is_empty() {
        return Err(Refusal::NothingToAsk.into());
    }
    let lines: Vec<String> = open
        .iter()
        .map(|one| format!("{}: {}", one.tag, one.ask).chars().take(500).collect())
        .collect();
    let tags = open.iter().map(|one| one.tag.clone()).collect();
    findings::ask(&mut act, credit.id).await?;
    sql::save_stage(&mut act, &credit, stage).await?;
    let subject = format!("Amendment of letter of credit {}", credit.bank_number);
    owe(&mut act, subject, lines, true).await?;
    let event = CreditEvent::CreditAmendmentAsked {
        credit: credit.number.clone(),
        tags,
    };
    held::happened(&mut act, &credit, event).await?;
    let answer = Answer::to(credit.url()).tell(page.t, T::credits_amendment_asked_done);
    held::finish(&app, act, credit.id, answer).await
}

/// What we owe the customer: a relay that waits until somebody passes it on.
pub(super) async fn owe(
    act: &mut OrderAct,
    subject: String,
    lines: Vec<String>,
    answer_asked: bool,
) -> Result<()> {
    let (order, at, person) = (act.order.id(), act.by.at, act.by.person());
    let days = relay::sql::calendar_days(act.tx()).await?;
    let calendar = Calendar::new(act.zone(), days);
    let heard = Heard {
        from: Party::Us,
        to: vec![Party::Customer],
        words: lines.join("\n").chars().take(4_000).collect(),
        words_lang: "en".to_owned(),
        urgent: false,
        answer_asked,
        channel: String::new(),
        due_at: relay::due(&calendar, at, false),
        step: act.order.step.number(),
        subject,
        lines,
    };
    relay::sql::insert(act.tx(), order, &heard, person, at).await?;
    Ok(())
}

fn denial(page: &Page, credit: &LetterOfCredit) -> Question {
    let t = page.t;
    Question {
        title: t.credits_denied().to_owned(),
        sentence: t.credits_denied_sentence().to_owned(),
        verb: t.credits_denied_verb(),
        action: format!("{}/amendment-refusal", credit.url()),
        back: (credit.number.clone(), credit.url()),
        rev: credit.version,
        danger: false,
        points: Vec::new(),
        file: None,
        inputs: vec![Input::new("words", t.credits_their_words(), Kind::Area)],
    }
}

pub(super) async fn ask_denial(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, credit) = held::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::RecordCreditAmendmentRefused)?;
    credit.after(Move::Refuse)?;
    denial(&page, &credit).draw(page)
}

pub(super) async fn deny(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["words"])?;
    let mut db = app.db.acquire().await?;
    let (order, shown) = held::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::RecordCreditAmendmentRefused)?;
    drop(db);
    let mut faults = Faults::default();
    let words = question::words(&form.fields, "words", T::credits_fault_words, &mut faults);
    if !faults.is_empty() {
        return denial(&page, &shown).again(page, &form.fields, faults);
    }
    let (mut act, credit) = held::begin(&app, by, &number, &form.key).await?;
    act.must(Deed::RecordCreditAmendmentRefused)?;
    act.must_move()?;
    let stage = credit.after(Move::Refuse)?;
    findings::reopen(&mut act, credit.id).await?;
    sql::note_reason(&mut act, credit.id, &words).await?;
    sql::save_stage(&mut act, &credit, stage).await?;
    let event = CreditEvent::CreditAmendmentDenied {
        credit: credit.number.clone(),
        words,
    };
    held::happened(&mut act, &credit, event).await?;
    let answer = Answer::to(credit.url()).tell(page.t, T::web_saved);
    Ok(held::finish(&app, act, credit.id, answer).await?.into_response())
}

#[derive(Template)]
#[template(path = "credits/amendment.html")]
struct AmendmentPage {
    page: Page,
    credit: LetterOfCredit,
    pasted: String,
    day: String,
    controls: Vec<Control>,
    faults: Faults,
}

fn draw(page: Page, credit: LetterOfCredit, fields: &Fields, faults: Faults) -> Result<Html<String>> {
    let page = AmendmentPage {
        controls: receiving::controls(&page, &AMENDMENT, fields, &faults),
        pasted: fields.get("pasted").to_owned(),
        day: fields.get("day").to_owned(),
        credit,
        faults,
        page,
    };
    Ok(Html(page.render()?))
}

/// An amendment may come for any credit whose days run.
fn must_run(credit: &LetterOfCredit) -> Result<()> {
    if credit.stage.runs() {
        Ok(())
    } else {
        Err(Refusal::NotFromHere {
            number: credit.number.clone(),
            stage: credit.stage,
        }
        .into())
    }
}

pub(super) async fn blank(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, credit) = held::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::RecordAmendmentReceipt)?;
    must_run(&credit)?;
    let mut fields = Fields::default();
    fields.set("day", page.today().to_string());
    draw(page, credit, &fields, Faults::default())
}

#[expect(clippy::too_many_lines, reason = "the form is read, checked and kept in one act")]
pub(super) async fn receive(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    let known = receiving::names(&AMENDMENT);
    form.only(&known.iter().map(String::as_str).collect::<Vec<_>>())?;
    let mut db = app.db.acquire().await?;
    let (order, shown) = held::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::RecordAmendmentReceipt)?;
    drop(db);
    let mut fields = form.fields.clone();
    if fields.get("act") == "split" {
        must_run(&shown)?;
        receiving::cut(&mut fields, &AMENDMENT);
        return Ok(draw(page, shown, &fields, Faults::default())?.into_response());
    }
    let mut faults = Faults::default();
    let typed = Terms::typed(&fields, &AMENDMENT, &mut faults);
    let day = question::past_day(&fields, "day", page.today(), &mut faults);
    let changes = changed(&shown, &typed, &mut faults);
    if !faults.is_empty() {
        must_run(&shown)?;
        let html = draw(page, shown, &fields, faults)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    let (mut act, credit) = held::begin(&app, by, &number, &form.key).await?;
    act.must(Deed::RecordAmendmentReceipt)?;
    must_run(&credit)?;
    let all = amendment_sql::list(act.tx(), credit.id).await?;
    if let Some(waits) = all.iter().find(|one| one.stage == AmendmentStage::Received) {
        return Err(Refusal::AmendmentWaits { sequence: waits.sequence }.into());
    }
    let sequence = amendment_sql::insert(&mut act, credit.id, (&typed, &changes), day).await?;
    let event = CreditEvent::CreditAmendmentReceived {
        credit: credit.number.clone(),
        amendment: sequence,
        changes: told(&changes),
    };
    held::happened(&mut act, &credit, event).await?;
    let answer = Answer::to(format!("{}#amendments", credit.url()));
    let answer = answer.tell(page.t, T::credits_amendment_received_done);
    Ok(held::finish(&app, act, credit.id, answer).await?.into_response())
}

/// What the amendment would change; a field that cannot be read afterwards is a fault at its place.
fn changed(credit: &LetterOfCredit, typed: &Terms, faults: &mut Faults) -> Vec<Changed> {
    let after = amendment::applied(&credit.terms, typed, faults);
    after.known(faults);
    let changes = amendment::changes(&credit.terms, &after);
    if changes.is_empty() && faults.is_empty() {
        faults.add("form", T::credits_fault_nothing_changed);
    }
    changes
}

/// The journal is read by who may see no amounts, so figures stay on the paper.
fn told(changes: &[Changed]) -> Vec<Change> {
    changes
        .iter()
        .filter(|one| !field::is_figure(&one.tag))
        .filter_map(|one| Change::between(&one.tag, &one.from, &one.to))
        .collect()
}

async fn find_amendment(
    act: &mut OrderAct,
    credit: &LetterOfCredit,
    sequence: i32,
) -> Result<Amendment> {
    let all = amendment_sql::list(act.tx(), credit.id).await?;
    all.into_iter()
        .find(|one| one.sequence == sequence)
        .ok_or(Error::NotFound)
}

pub(super) async fn accept(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, sequence)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, credit) = held::begin(&app, by, &number, &form.key).await?;
    let amendment = find_amendment(&mut act, &credit, sequence).await?;
    apply(&mut act, &credit, &amendment).await?;
    let answer = Answer::to(credit.url()).tell(page.t, T::credits_amendment_accepted_done);
    held::finish(&app, act, credit.id, answer).await
}

/// The act: the terms are the amended ones from here on; where an amendment was asked for, this is its answer.
async fn apply(act: &mut OrderAct, credit: &LetterOfCredit, amendment: &Amendment) -> Result<()> {
    act.must(AmendmentMove::Accept.deed())?;
    act.must_move()?;
    must_run(credit)?;
    let stage = after(amendment, AmendmentMove::Accept)?;
    let mut faults = Faults::default();
    let terms = amendment::applied(&credit.terms, &amendment.fields, &mut faults);
    let known = terms.known(&mut faults);
    faults.check()?;
    amendment_sql::answer(act, amendment, stage, "").await?;
    sql::save_terms(act, credit.id, &terms, &known).await?;
    if credit.stage == Stage::AmendmentAsked {
        findings::reopen(act, credit.id).await?;
        sql::save_stage(act, credit, credit.after(Move::Amend)?).await?;
    }
    receiving::watch_expiry(act, credit, known.expiry_on).await?;
    let event = CreditEvent::CreditAmendmentAccepted {
        credit: credit.number.clone(),
        amendment: amendment.sequence,
    };
    held::happened(act, credit, event).await
}

fn after(amendment: &Amendment, step: AmendmentMove) -> Result<AmendmentStage> {
    amendment
        .stage
        .after(step)
        .ok_or_else(|| Refusal::FindingSettled.into())
}

fn refusing(page: &Page, credit: &LetterOfCredit, sequence: i32) -> Question {
    let t = page.t;
    Question {
        title: t.credits_refuse_amendment(sequence),
        sentence: t.credits_refuse_amendment_sentence().to_owned(),
        verb: t.credits_refuse_amendment_verb(),
        action: format!("{}/amendments/{sequence}/refusal", credit.url()),
        back: (credit.number.clone(), credit.url()),
        rev: credit.version,
        danger: true,
        points: Vec::new(),
        file: None,
        inputs: vec![Input::new("words", t.orders_reason(), Kind::Area)],
    }
}

pub(super) async fn ask_refusal(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, sequence)): Path<(String, i32)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, credit) = held::find(&mut db, &by, &number).await?;
    let all = amendment_sql::list(&mut db, credit.id).await?;
    let amendment = all
        .iter()
        .find(|one| one.sequence == sequence)
        .ok_or(Error::NotFound)?;
    order.must(&by, Deed::RefuseAmendment)?;
    after(amendment, AmendmentMove::Refuse)?;
    refusing(&page, &credit, sequence).draw(page)
}

pub(super) async fn refuse(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, sequence)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["words"])?;
    let mut db = app.db.acquire().await?;
    let (order, shown) = held::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::RefuseAmendment)?;
    drop(db);
    let mut faults = Faults::default();
    let words = question::words(&form.fields, "words", T::orders_reason_missing, &mut faults);
    if !faults.is_empty() {
        return refusing(&page, &shown, sequence).again(page, &form.fields, faults);
    }
    let (mut act, credit) = held::begin(&app, by, &number, &form.key).await?;
    act.must(Deed::RefuseAmendment)?;
    act.must_move()?;
    let amendment = find_amendment(&mut act, &credit, sequence).await?;
    let stage = after(&amendment, AmendmentMove::Refuse)?;
    amendment_sql::answer(&mut act, &amendment, stage, &words).await?;
    let event = CreditEvent::CreditAmendmentRefused {
        credit: credit.number.clone(),
        amendment: sequence,
        words,
    };
    held::happened(&mut act, &credit, event).await?;
    let answer = Answer::to(credit.url()).tell(page.t, T::web_saved);
    Ok(held::finish(&app, act, credit.id, answer).await?.into_response())
}
