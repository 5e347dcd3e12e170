//! Amendments 修改书: recorded as the bank sends them, and accepted or refused whole (UCP 600 article 10).

use super::asking;
use super::record::{self, Amendment, Changed};
use super::sql as amendment_sql;
use super::stage::{AmendmentMove, AmendmentStage};
use crate::base::{By, T};
use crate::credits::credit::{LetterOfCredit, Refusal};
use crate::credits::examination_sql as findings;
use crate::credits::field::{self, AMENDMENT};
use crate::credits::held;
use crate::credits::question::{self, Input, Kind, Question};
use crate::credits::receiving::{self, Control};
use crate::credits::sql;
use crate::credits::stage::Move;
use crate::credits::terms::Terms;
use crate::history::credit_event::CreditEvent;
use crate::history::event::Change;
use crate::orders::OrderAct;
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

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

fn draw(
    page: Page,
    credit: LetterOfCredit,
    fields: &Fields,
    faults: Faults,
) -> Result<Html<String>> {
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

/// An amendment may come for any credit whose days run, or ran out: the bank may extend it.
fn must_run(credit: &LetterOfCredit) -> Result<()> {
    if credit.stage.takes_amendments() {
        Ok(())
    } else {
        Err(Refusal::NotFromHere {
            number: credit.number.clone(),
            stage: credit.stage,
        }
        .into())
    }
}

pub(in crate::credits) async fn blank(
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

#[expect(
    clippy::too_many_lines,
    reason = "the form is read, checked and kept in one act"
)]
pub(in crate::credits) async fn receive(
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
    let (mut act, credit) =
        held::begin(&app, by, &number, (&form, Deed::RecordAmendmentReceipt)).await?;
    must_run(&credit)?;
    let all = amendment_sql::list(act.tx(), credit.id).await?;
    if let Some(waits) = all.iter().find(|one| one.stage == AmendmentStage::Received) {
        return Err(Refusal::AmendmentWaits {
            sequence: waits.sequence,
        }
        .into());
    }
    let sequence = amendment_sql::insert(&mut act, credit.id, (&typed, &changes), day).await?;
    sql::touch(&mut act, &credit).await?;
    let words = format!("Amendment {sequence} received from the bank");
    asking::answered(&mut act, &credit, &words).await?;
    let event = CreditEvent::CreditAmendmentReceived {
        credit: credit.number.clone(),
        amendment: sequence,
        changes: told(&changes),
    };
    held::happened(&mut act, &credit, event).await?;
    let answer = Answer::to(format!("{}#amendments", credit.url()));
    let answer = answer.tell(page.t, T::credits_amendment_received_done);
    Ok(act.finish(answer).await?.into_response())
}

/// What the amendment would change; a field that cannot be read afterwards is a fault at its place.
fn changed(credit: &LetterOfCredit, typed: &Terms, faults: &mut Faults) -> Vec<Changed> {
    let after = record::applied(&credit.terms, typed, faults);
    after.known(faults);
    let changes = record::changes(&credit.terms, &after);
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

pub(in crate::credits) async fn accept(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, sequence)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, credit) = held::begin(&app, by, &number, (&form, Deed::AcceptAmendment)).await?;
    let amendment = find_amendment(&mut act, &credit, sequence).await?;
    apply(&mut act, &credit, &amendment).await?;
    let answer = Answer::to(credit.url()).tell(page.t, T::credits_amendment_accepted_done);
    act.finish(answer).await
}

/// The act: the terms are the amended ones from here on, and are examined like those of the credit itself.
async fn apply(act: &mut OrderAct, credit: &LetterOfCredit, amendment: &Amendment) -> Result<()> {
    act.must(AmendmentMove::Accept.deed())?;
    act.must_move()?;
    must_run(credit)?;
    let stage = after(amendment, AmendmentMove::Accept)?;
    let mut faults = Faults::default();
    let terms = record::applied(&credit.terms, &amendment.fields, &mut faults);
    let known = terms.known(&mut faults);
    faults.check()?;
    amendment_sql::answer(act, amendment, stage, "").await?;
    sql::save_terms(act, credit.id, &terms, &known).await?;
    match credit.stage.after(Move::Amend) {
        Some(stage) => {
            findings::reopen(act, credit.id).await?;
            sql::save_stage(act, credit, stage).await?;
        }
        // It was not examined yet; whoever does it finds the amended terms.
        None => sql::touch(act, credit).await?,
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

pub(in crate::credits) async fn ask_refusal(
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

pub(in crate::credits) async fn refuse(
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
    let (mut act, credit) = held::begin(&app, by, &number, (&form, Deed::RefuseAmendment)).await?;
    act.must_move()?;
    let amendment = find_amendment(&mut act, &credit, sequence).await?;
    let stage = after(&amendment, AmendmentMove::Refuse)?;
    amendment_sql::answer(&mut act, &amendment, stage, &words).await?;
    sql::touch(&mut act, &credit).await?;
    let event = CreditEvent::CreditAmendmentRefused {
        credit: credit.number.clone(),
        amendment: sequence,
        words,
    };
    held::happened(&mut act, &credit, event).await?;
    let answer = Answer::to(credit.url()).tell(page.t, T::web_saved);
    Ok(act.finish(answer).await?.into_response())
}
