//! Receiving 收证: the credit is here; every field is recorded as it stands, typed or cut out of a pasted message.

use super::credit::{LetterOfCredit, Refusal};
use super::field::{Field, ISSUE};
use super::held;
use super::stage::Move;
use super::terms::{self, Terms};
use super::{question, sql};
use crate::base::{Audience, By, T};
use crate::history::credit_event::CreditEvent;
use crate::jobs::{self, Job};
use crate::orders::{self, OrderAct};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

/// One field of the paper's form.
pub(super) struct Control {
    pub name: String,
    pub label: String,
    pub value: String,
    pub error: String,
    pub rows: usize,
}

/// The controls of a form with what was typed.
pub(super) fn controls(
    page: &Page,
    of: &[Field],
    fields: &Fields,
    faults: &Faults,
) -> Vec<Control> {
    of.iter()
        .map(|field| {
            let name = field.name();
            let word = (field.label)(page.t);
            Control {
                label: if field.tag == "rest" {
                    word.to_owned()
                } else {
                    format!("{} {word}", field.tag)
                },
                value: fields.get(&name).to_owned(),
                error: page.fault(faults, &name),
                rows: field.rows,
                name,
            }
        })
        .collect()
}

/// Takes the fields out of the pasted message; what was typed stays where the message says nothing.
pub(super) fn cut(fields: &mut Fields, of: &[Field]) {
    let found = terms::split(fields.get("pasted"), of);
    found.put(fields);
    fields.set("pasted", "");
}

/// Names a form of these fields may carry.
pub(super) fn names(of: &[Field]) -> Vec<String> {
    let own = ["day", "act", "pasted"].map(str::to_owned);
    of.iter().map(Field::name).chain(own).collect()
}

#[derive(Template)]
#[template(path = "credits/receipt.html")]
struct ReceiptPage {
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
    let page = ReceiptPage {
        controls: controls(&page, &ISSUE, fields, &faults),
        pasted: fields.get("pasted").to_owned(),
        day: fields.get("day").to_owned(),
        credit,
        faults,
        page,
    };
    Ok(Html(page.render()?))
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, credit) = held::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::RecordCreditReceipt)?;
    credit.after(Move::Receive)?;
    let mut fields = Fields::default();
    fields.set("day", page.today().to_string());
    fields.set("f_52a", credit.issuing_bank.clone());
    draw(page, credit, &fields, Faults::default())
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    let known = names(&ISSUE);
    form.only(&known.iter().map(String::as_str).collect::<Vec<_>>())?;
    let mut db = app.db.acquire().await?;
    let (order, credit) = held::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::RecordCreditReceipt)?;
    drop(db);
    let mut fields = form.fields.clone();
    if fields.get("act") == "split" {
        credit.after(Move::Receive)?;
        cut(&mut fields, &ISSUE);
        return Ok(draw(page, credit, &fields, Faults::default())?.into_response());
    }
    let mut faults = Faults::default();
    let terms = Terms::typed(&fields, &ISSUE, &mut faults);
    terms.known(&mut faults);
    if terms.get("20").is_empty() {
        faults.add("f_20", T::credits_fault_number);
    }
    let day = question::past_day(&fields, "day", page.today(), &mut faults);
    if !faults.is_empty() {
        credit.after(Move::Receive)?;
        let html = draw(page, credit, &fields, faults)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    let (mut act, credit) =
        held::begin(&app, by, &number, (&form, Deed::RecordCreditReceipt)).await?;
    receive(&mut act, &credit, &terms, day).await?;
    if let Some(file) = form.files.first() {
        orders::keep_file(&app, &mut act, file, "letter_of_credit", Audience::Internal).await?;
    }
    let answer = Answer::to(credit.url()).tell(page.t, T::credits_received_done);
    Ok(act.finish(answer).await?.into_response())
}

/// The act: the paper's terms are the credit's; its calendar begins to run.
pub(super) async fn receive(
    act: &mut OrderAct,
    credit: &LetterOfCredit,
    terms: &Terms,
    day: chrono::NaiveDate,
) -> Result<()> {
    act.must(Deed::RecordCreditReceipt)?;
    act.must_move()?;
    let stage = credit.after(Move::Receive)?;
    let mut faults = Faults::default();
    let known = terms.known(&mut faults);
    faults.check()?;
    sql::save_terms(act, credit.id, terms, &known).await?;
    sql::note_receipt(act, credit.id, day).await?;
    sql::save_stage(act, credit, stage).await?;
    watch_expiry(act, credit, known.expiry_on).await?;
    let event = CreditEvent::CreditReceived {
        credit: credit.number.clone(),
        bank_number: terms.get("20").to_owned(),
    };
    held::happened(act, credit, event).await
}

/// The house ends the credit after the last banking day of its life (UCP 600 article 29 a).
pub(super) async fn watch_expiry(
    act: &mut OrderAct,
    credit: &LetterOfCredit,
    expiry: Option<chrono::NaiveDate>,
) -> Result<()> {
    let Some(expiry) = expiry else {
        return Err(Error::Garbled("expiry"));
    };
    let last = sql::closed_days(act.tx()).await?.from(expiry);
    if last < act.today() {
        return Err(Refusal::Past { expiry_on: expiry }.into());
    }
    let (at, due) = (act.by.at, act.end_of_day(last));
    let job = Job::ExpireCredit {
        credit: credit.number.clone(),
    };
    jobs::enqueue(act.tx(), &job, at, due).await
}
