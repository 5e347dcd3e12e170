//! The steps of a claim after collecting: complete, declared, queried, approved, received, or ended otherwise. One
//! question page; what it asks follows from the step.

use super::claim::Claim;
use super::sql::{self, Noted};
use super::stage::Move;
use super::{Refusal, show, url};
use crate::base::{By, T};
use crate::finance::Meanwhile;
use crate::finance::export::Shipment;
use crate::finance::question::{Kind as Ask, Question, read_amount, read_day, read_words};
use crate::history::Event;
use crate::history::rebate_event::RebateEvent;
use crate::orders::{self, JointAct, Order};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;
use rust_decimal::Decimal;

type Address = Path<(String, String, i32, String)>;

/// Steps with a page of their own; collecting happens on the claim's.
fn step_of(code: &str) -> Result<Move> {
    Move::parse(code)
        .filter(|step| *step != Move::Collect)
        .ok_or(Error::NotFound)
}

fn question(
    page: &Page,
    order: &Order,
    (shipment, claim): (&Shipment, &Claim),
    step: Move,
) -> Question {
    let t = page.t;
    let at = url(order.number.as_str(), &shipment.number, claim.sequence);
    let cny = || Ask::Money("CNY".to_owned());
    let question = Question::new(
        t.rebate_step_question(step.verb(t), claim.name(&shipment.number)),
        step.verb(t),
        &format!("{at}/steps/{}", step.code()),
        &at,
    )
    .rev(claim.version);
    match step {
        Move::Collect | Move::Complete => question.sentence(t.rebate_complete_sentence()),
        Move::Declare => question
            .ask(Ask::Text, "batch", t.rebate_field_batch())
            .ask(Ask::Day, "on", t.rebate_field_declared_on()),
        Move::Query => question
            .ask(Ask::Day, "on", t.rebate_field_queried_on())
            .ask(Ask::Area, "words", t.rebate_field_query_words()),
        Move::Approve => question
            .sentence(t.rebate_expected_of(page.number(claim.total().refund)))
            .ask(cny(), "amount", t.rebate_field_approved_amount())
            .ask(Ask::Day, "on", t.rebate_field_approved_on()),
        Move::Receive => question
            .ask(cny(), "amount", t.rebate_field_received_amount())
            .ask(Ask::Day, "on", t.rebate_field_received_on()),
        Move::Reject | Move::TurnExempt | Move::Tax | Move::DeclareNotApplicable => question
            .sentence(t.rebate_end_sentence())
            .ask(Ask::Area, "words", t.rebate_field_end_reason()),
    }
}

fn prefilled(claim: &Claim, step: Move, today: NaiveDate) -> Fields {
    let mut fields = Fields::default();
    fields.set("on", today.to_string());
    let amount = match step {
        Move::Approve => Some(claim.total().refund),
        Move::Receive => claim.approved_amount,
        _ => None,
    };
    if let Some(amount) = amount {
        fields.set("amount", amount.to_string());
    }
    fields
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment, sequence, step)): Address,
) -> Result<Html<String>> {
    let step = step_of(&step)?;
    let mut db = app.db.acquire().await?;
    let (order, shipment, claim) = show::find(&mut db, &by, (&number, &shipment, sequence)).await?;
    order.must(&by, step.deed())?;
    claim.after(step)?;
    let fields = prefilled(&claim, step, page.today());
    question(&page, &order, (&shipment, &claim), step).draw(page, order, fields)
}

/// What a step was given.
#[derive(Debug)]
struct Given {
    on: NaiveDate,
    amount: Decimal,
    words: String,
    batch: String,
}

fn read(step: Move, fields: &Fields, today: NaiveDate) -> std::result::Result<Given, Faults> {
    let mut faults = Faults::default();
    let mut given = Given {
        on: today,
        amount: Decimal::ZERO,
        words: String::new(),
        batch: String::new(),
    };
    if matches!(
        step,
        Move::Declare | Move::Query | Move::Approve | Move::Receive
    ) {
        given.on = read_day(fields, "on", today, &mut faults).unwrap_or(today);
    }
    if matches!(step, Move::Approve | Move::Receive) {
        given.amount = read_amount(fields, "amount", &mut faults).unwrap_or_default();
    }
    if step == Move::Declare {
        given.batch = fields.get("batch").chars().take(60).collect();
        if given.batch.is_empty() {
            faults.add("batch", T::rebate_batch_missing);
        }
    }
    let words = [
        Move::Query,
        Move::Reject,
        Move::TurnExempt,
        Move::Tax,
        Move::DeclareNotApplicable,
    ];
    if words.contains(&step) {
        given.words = read_words(fields, "words", &mut faults);
    }
    if faults.is_empty() {
        Ok(given)
    } else {
        Err(faults)
    }
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment, sequence, step)): Address,
    form: Keyed,
) -> Result<Response> {
    form.only(&["batch", "on", "amount", "words"])?;
    let step = step_of(&step)?;
    let (mut act, order, shipment, claim) =
        show::begin(&app, by, (&number, &shipment, sequence), &form.key).await?;
    act.must(step.deed())?;
    claim.after(step)?;
    if form.rev()? != claim.version {
        return Err(Error::refused(Meanwhile));
    }
    let given = match read(step, &form.fields, act.today()) {
        Ok(given) => given,
        Err(faults) => {
            return question(&page, &order, (&shipment, &claim), step).again(
                page,
                order,
                form.fields,
                faults,
            );
        }
    };
    go(&mut act, (&shipment, &claim), step, given).await?;
    let answer = Answer::to(url(&number, &shipment.number, sequence));
    Ok(act
        .finish(answer.tell(page.t, T::web_saved))
        .await?
        .into_response())
}

/// The same without a page: what is typed is read by the same rules.
pub(in crate::finance) async fn typed(
    act: &mut JointAct,
    (shipment, sequence): (&Shipment, i32),
    step: Move,
    fields: &Fields,
) -> Result<()> {
    act.must(step.deed())?;
    let claim = show::pick(sql::claims(act.tx(), shipment.id).await?, sequence)?;
    let given = read(step, fields, act.today())?;
    go(act, (shipment, &claim), step, given).await
}

/// The act of one step. Complete is refused with everything that is missing; money that came in is always recorded.
#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
async fn go(
    act: &mut JointAct,
    (shipment, claim): (&Shipment, &Claim),
    step: Move,
    given: Given,
) -> Result<()> {
    orders::recorded(act, step == Move::Receive).await?;
    let stage = claim.after(step)?;
    if matches!(step, Move::Complete | Move::Declare) {
        let lacks = claim.lacks(&shipment.declarations);
        if !lacks.is_empty() {
            return Err(Refusal::NotComplete(lacks).into());
        }
    }
    let name = claim.name(&shipment.number);
    let (on, words) = (given.on.to_string(), given.words.clone());
    let mut noted = Noted::default();
    let event = match step {
        Move::Collect | Move::Complete => RebateEvent::RebateComplete { claim: name },
        Move::Declare => {
            noted.batch = Some(given.batch.clone());
            noted.declared_on = Some(given.on);
            RebateEvent::RebateDeclared {
                claim: name,
                batch: given.batch,
                on,
            }
        }
        Move::Query => {
            noted.query = Some((given.words, given.on));
            RebateEvent::RebateQueried { claim: name, words }
        }
        Move::Approve => {
            noted.approved = Some((given.amount, given.on));
            RebateEvent::RebateApproved { claim: name, on }
        }
        Move::Receive => {
            noted.received = Some((given.amount, given.on));
            RebateEvent::RebateReceived { claim: name, on }
        }
        Move::Reject | Move::TurnExempt | Move::Tax | Move::DeclareNotApplicable => {
            noted.end_reason = Some(given.words);
            RebateEvent::RebateEnded {
                claim: name,
                how: stage.code().to_owned(),
                words,
            }
        }
    };
    sql::save_stage(act, claim.id, stage, &noted).await?;
    act.happened(&Event::Rebate(event)).await
}
