//! The paper form 核销单: issued before the export, back from the customs, verified at the exchange office. One question
//! page; which of the three it asks follows from where the form stands.

use super::stage::FormMove;
use super::{Refusal, VerificationForm, must_be, next_of, show, sql};
use crate::base::{By, T};
use crate::finance::Meanwhile;
use crate::finance::export::{self, Declaration, Regime, Shipment};
use crate::finance::question::{Kind as Ask, Question, read_day};
use crate::history::Event;
use crate::history::rebate_event::RebateEvent;
use crate::orders::{self, JointAct, Order};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;

type Address = Path<(String, String, i32)>;

/// The next act on the form; a refusal where it is verified.
fn next(form: Option<&VerificationForm>) -> Result<FormMove> {
    let stage = form.map(|form| form.stage);
    next_of(form).ok_or_else(|| Error::refused(Refusal::FormNotFromHere(stage)))
}

fn question(
    page: &Page,
    order: &Order,
    (shipment, declaration): (&Shipment, &Declaration),
    (form, step): (Option<&VerificationForm>, FormMove),
) -> Question {
    let t = page.t;
    let at = show::url(
        order.number.as_str(),
        &shipment.number,
        declaration.sequence,
    );
    let (title, verb) = match step {
        FormMove::Issue => (t.rebate_form_issue_question(), t.rebate_form_issue()),
        FormMove::RecordReturn => (t.rebate_form_return_question(), t.rebate_form_return()),
        FormMove::Verify => (t.rebate_form_verify_question(), t.rebate_form_verify()),
    };
    let question = Question::new(title, verb, &format!("{at}/form"), &at)
        .sentence(t.rebate_declaration_of(declaration.name(), &shipment.number))
        .rev(form.map_or(0, |form| form.version));
    match step {
        FormMove::Issue => question
            .ask(Ask::Text, "number", t.rebate_field_form_number())
            .ask(Ask::Day, "on", t.rebate_field_issued_on()),
        FormMove::RecordReturn => question
            .ask(Ask::Day, "on", t.rebate_field_returned_on())
            .ask(Ask::Text, "from", t.rebate_field_returned_from()),
        FormMove::Verify => question.ask(Ask::Day, "on", t.rebate_field_verified_on()),
    }
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment, sequence)): Address,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, shipment) = export::find(&mut db, &by, (&number, &shipment)).await?;
    let declaration = shipment.declaration(sequence)?.clone();
    let form = sql::form(&mut db, declaration.id).await?;
    // Who may neither issue nor verify is told so before anything else of the form.
    let step = next_of(form.as_ref()).unwrap_or(FormMove::Verify);
    order.must(&by, step.deed())?;
    must_be(&declaration, Regime::PaperForm)?;
    let step = next(form.as_ref())?;
    let mut fields = Fields::default();
    fields.set("on", page.today().to_string());
    question(
        &page,
        &order,
        (&shipment, &declaration),
        (form.as_ref(), step),
    )
    .draw(page, order, fields)
}

/// The act's fields, read.
struct Given {
    number: String,
    from: String,
    on: NaiveDate,
}

fn read(step: FormMove, fields: &Fields, today: NaiveDate) -> std::result::Result<Given, Faults> {
    let mut faults = Faults::default();
    let on = read_day(fields, "on", today, &mut faults);
    let number: String = fields.get("number").chars().take(20).collect();
    let from: String = fields.get("from").chars().take(200).collect();
    if step == FormMove::Issue && number.is_empty() {
        faults.add("number", T::rebate_form_number_missing);
    }
    if step == FormMove::RecordReturn && from.is_empty() {
        faults.add("from", T::rebate_from_whom_missing);
    }
    match on {
        Some(on) if faults.is_empty() => Ok(Given { number, from, on }),
        _ => Err(faults),
    }
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment, sequence)): Address,
    form: Keyed,
) -> Result<Response> {
    form.only(&["number", "on", "from"])?;
    let (mut act, order, shipment) =
        export::begin(&app, by, (&number, &shipment), &form.key).await?;
    let declaration = shipment.declaration(sequence)?.clone();
    let held = sql::form(act.tx(), declaration.id).await?;
    let step = next_of(held.as_ref()).unwrap_or(FormMove::Verify);
    act.must(step.deed())?;
    must_be(&declaration, Regime::PaperForm)?;
    let step = next(held.as_ref())?;
    if form.rev()? != held.as_ref().map_or(0, |form| form.version) {
        return Err(Error::refused(Meanwhile));
    }
    let given = match read(step, &form.fields, act.today()) {
        Ok(given) => given,
        Err(faults) => {
            return question(
                &page,
                &order,
                (&shipment, &declaration),
                (held.as_ref(), step),
            )
            .again(page, order, form.fields, faults);
        }
    };
    go(&mut act, (&declaration, held.as_ref()), step, &given).await?;
    let answer = Answer::to(show::url(&number, &shipment.number, sequence));
    Ok(act
        .finish(answer.tell(page.t, T::web_saved))
        .await?
        .into_response())
}

async fn go(
    act: &mut JointAct,
    (declaration, held): (&Declaration, Option<&VerificationForm>),
    step: FormMove,
    given: &Given,
) -> Result<()> {
    orders::recorded(act, false).await?;
    let name = declaration.name();
    let event = match (step, held) {
        (FormMove::Issue, _) => {
            sql::insert_form(act, declaration.id, &given.number, given.on).await?;
            RebateEvent::VerificationFormIssued {
                declaration: name,
                form: given.number.clone(),
            }
        }
        (FormMove::RecordReturn, Some(form)) => {
            sql::form_returned(act, form.id, given.on, &given.from).await?;
            RebateEvent::VerificationFormReturned {
                declaration: name,
                from: given.from.clone(),
            }
        }
        (FormMove::Verify, Some(form)) => {
            sql::form_verified(act, form.id, given.on).await?;
            RebateEvent::VerificationFormVerified {
                declaration: name,
                on: given.on.to_string(),
            }
        }
        (_, None) => return Err(Error::refused(Refusal::FormNotFromHere(None))),
    };
    act.happened(&Event::Rebate(event)).await
}
