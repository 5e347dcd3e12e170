//! Deciding 对工厂条件的答复: what the factory proposes is accepted or declined. The operator accepts what costs no more
//! and comes no later than the proforma invoice needs; anything else is the manager's yes.

use super::counter::{Asks, Counter};
use super::decision_page;
use super::find;
use super::paper::{ProductionOrder, Refusal};
use super::questions::{self, Question};
use super::sources_sql;
use super::stage::{Move, Stage};
use super::{coverage, revising, sql, stage_sql};
use crate::approvals::{self, Decision, Outcome};
use crate::base::tongues::both;
use crate::base::{By, Lang, Money, Party, T};
use crate::history::Event;
use crate::history::production_event::ProductionEvent;
use crate::orders::{OrderAct, Step};
use crate::people::Deed;
use crate::production::owed::{self, Owed};
use crate::production::slips;
use crate::proforma::content::Content as Ordered;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use rust_decimal::Decimal;

pub(super) const SUBJECT: &str = "production_counter";

fn asked(paper: &ProductionOrder, counter: &Counter) -> Result<approvals::Content> {
    let total: Decimal = counter
        .lines
        .iter()
        .filter_map(|line| Some(line.quantity * line.unit_price?))
        .sum();
    let total = Money::new(total, crate::base::Currency::CNY);
    Ok(approvals::Content {
        subject: SUBJECT,
        id: paper.id.0,
        revision: paper.key.number,
        hash: counter.hash()?,
        authors: Vec::new(),
        summary: serde_json::json!({
            "currency": total.currency, "total": total.currency.round(total.amount),
        }),
    })
}

/// Whom the proposal asks, measured by the day the confirmed proforma invoice needs.
pub(super) fn asks(paper: &ProductionOrder, counter: &Counter, ordered: Option<&Ordered>) -> Asks {
    counter.asks(paper, ordered.and_then(|ordered| ordered.delivery_on))
}

/// Asks the manager in the act that records the proposal.
pub(super) async fn ask_where_needed(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    counter: &Counter,
    ordered: Option<&Ordered>,
) -> Result<()> {
    if asks(paper, counter, ordered).manager() {
        approvals::ask(act, &asked(paper, counter)?, 1).await?;
    }
    Ok(())
}

fn proposal(paper: &ProductionOrder) -> std::result::Result<&Counter, Refusal> {
    paper.counter.as_ref().ok_or_else(|| Refusal::NotFromHere {
        paper: paper.name(),
        stage: paper.stage,
    })
}

pub(super) async fn accept(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, paper) = find::begin(&app, by, &number, &paper, &form.key).await?;
    accept_alone(&mut act, &paper).await?;
    let url = format!("{}/production/{}", act.order.url(), paper.key);
    act.finish(Answer::to(url).tell(page.t, T::production_counter_accepted))
        .await
}

/// The act of the operator, who alone may say yes only to what asks no manager.
pub async fn accept_alone(act: &mut OrderAct, paper: &ProductionOrder) -> Result<()> {
    act.must(Deed::AcceptCounterProposal)?;
    act.must_move()?;
    paper.after(Move::Accept)?;
    let counter = proposal(paper)?;
    let order = act.order.clone();
    let in_force = sources_sql::in_force(act.tx(), &order).await?;
    let ordered = in_force.as_ref().map(|found| &found.ordered);
    if asks(paper, counter, ordered).manager() {
        return Err(Refusal::AsksManager.into());
    }
    take(act, paper, counter, ordered).await
}

/// What was proposed is now what is ordered: day, quantities and prices; the paper as it was issued stays as it is.
async fn take(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    counter: &Counter,
    ordered: Option<&Ordered>,
) -> Result<()> {
    let stage = paper.after(Move::Accept)?;
    let papers = find::in_act(act).await?;
    let mut agreed = paper.clone();
    agreed.lines = counter.accepted();
    let over = ordered.map(|ordered| coverage::too_much(ordered, &agreed, &papers));
    let over = over.unwrap_or_default();
    if paper.overridden.is_none() && !over.is_empty() {
        return Err(Refusal::TooMuch(over).into());
    }
    sql::save_lines(act, paper.id, &agreed.lines).await?;
    stage_sql::note_day(act, paper, counter.delivery_on).await?;
    stage_sql::save_stage(act, paper, stage).await?;
    let t = T(Lang::Zh);
    let mut lines = vec![t.production_relay_accepted().to_owned()];
    lines.extend(counter.delivery_on.map(|day| t.production_relay_day(day)));
    tell(act, paper, lines).await?;
    let needed = ordered.and_then(|ordered| ordered.delivery_on);
    if let (Some(day), Some(needed)) = (counter.delivery_on, needed) {
        let channel = paper.answered.as_ref().map(|answer| answer.channel.clone());
        let said = (channel.unwrap_or_default(), String::new());
        slips::told(act, paper.key.number, (day, needed), &said).await?;
    }
    let event = ProductionEvent::ProductionCounterAccepted {
        paper: paper.name(),
    };
    act.happened(&Event::Production(event)).await
}

/// What we have answered is owed to the factory.
async fn tell(act: &mut OrderAct, paper: &ProductionOrder, lines: Vec<String>) -> Result<()> {
    let owed = Owed {
        from: Party::Us,
        to: paper.factory.into(),
        subject: both(|t| t.production_relay_answered(&paper.factory_name, paper.name())),
        lines,
        said: "",
        heard: "",
        urgent: false,
        step: Step::ProductionOrder,
        fact: None,
    };
    owed::owe(act, owed).await?;
    Ok(())
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let found = find::find(&mut db, &by, &number, &paper).await?;
    decision_page::draw(&mut db, page, &by, found, None).await
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    let decision = match approvals::answer_form(&form) {
        Ok(decision) => decision,
        Err(Error::Invalid(faults)) => {
            let mut db = app.db.acquire().await?;
            let found = find::find(&mut db, &by, &number, &paper).await?;
            let deed = Deed::ApproveCounterProposal.of(found.paper.hands());
            found.order.must(&by, deed)?;
            let typed = Some((form.fields, faults));
            let html = decision_page::draw(&mut db, page, &by, found, typed).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
        Err(error) => return Err(error),
    };
    let (mut act, paper) = find::begin(&app, by, &number, &paper, &form.key).await?;
    let revision = paper.stage == Stage::Draft;
    let outcome = if revision {
        revising::decide(&mut act, &paper, &decision).await?
    } else {
        decide(&mut act, &paper, &decision).await?
    };
    let url = format!("{}/production/{}/decision", act.order.url(), paper.key);
    let answer = match outcome {
        Outcome::Returned { .. } => Answer::to(url).tell(page.t, T::approvals_state_returned),
        _ if revision => Answer::to(url).tell(page.t, T::production_revision_approved),
        _ => Answer::to(url).tell(page.t, T::production_counter_accepted),
    };
    Ok(act.finish(answer).await?.into_response())
}

/// The act of the manager: yes to what the factory proposes, or back with words, and the operator declines it.
pub async fn decide(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    decision: &Decision,
) -> Result<Outcome> {
    act.must(Deed::ApproveCounterProposal.of(paper.hands()))?;
    act.must_move()?;
    paper.after(Move::Accept)?;
    let counter = proposal(paper)?;
    let asked = asked(paper, counter)?;
    let deed = Deed::ApproveCounterProposal;
    let outcome = approvals::answer(act, deed, &asked, 1, decision).await?;
    match &outcome {
        Outcome::Returned { words } => {
            let event = ProductionEvent::ProductionCounterReturned {
                paper: paper.name(),
                words: words.clone(),
            };
            act.happened(&Event::Production(event)).await?;
        }
        Outcome::Approved { .. } | Outcome::Waiting { .. } => {
            let order = act.order.clone();
            let in_force = sources_sql::in_force(act.tx(), &order).await?;
            let ordered = in_force.as_ref().map(|found| &found.ordered);
            take(act, paper, counter, ordered).await?;
        }
    }
    Ok(outcome)
}

pub(super) async fn ask_decline(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let found = find::find(&mut db, &by, &number, &paper).await?;
    found.order.must(&by, Deed::DeclineCounterProposal)?;
    found.paper.after(Move::Decline)?;
    let asked = declining(page.t, &found.paper);
    let typed = (Fields::default(), Faults::default());
    questions::draw(page, &found.order, &found.paper, asked, typed)
}

fn declining(t: T, paper: &ProductionOrder) -> Question {
    Question {
        question: t.production_decline_question(paper.name()),
        sentence: t.production_decline_sentence().into(),
        verb: t.production_decline(),
        path: "decline",
        danger: false,
        words: Some(t.production_decline_words()),
        sending: None,
        checks: Vec::new(),
        beside: None,
    }
}

pub(super) async fn create_decline(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["words"])?;
    let words: String = form.fields.get("words").chars().take(500).collect();
    let (mut act, paper) = find::begin(&app, by, &number, &paper, &form.key).await?;
    act.must(Deed::DeclineCounterProposal)?;
    paper.after(Move::Decline)?;
    if words.is_empty() {
        let asked = declining(page.t, &paper);
        let faults = Faults::one("words", T::production_decline_words_missing);
        return questions::again(page, &act.order, &paper, asked, (form.fields, faults));
    }
    decline(&mut act, &paper, &words).await?;
    let url = format!("{}/production/{}", act.order.url(), paper.key);
    let answer = Answer::to(url).tell(page.t, T::production_declined);
    Ok(act.finish(answer).await?.into_response())
}

/// The act: our order stands as it was issued, and the factory answers again.
pub async fn decline(act: &mut OrderAct, paper: &ProductionOrder, words: &str) -> Result<()> {
    act.must(Deed::DeclineCounterProposal)?;
    act.must_move()?;
    let stage = paper.after(Move::Decline)?;
    approvals::set_aside(act, SUBJECT, paper.id.0).await?;
    stage_sql::save_stage(act, paper, stage).await?;
    tell(act, paper, vec![words.to_owned()]).await?;
    let event = ProductionEvent::ProductionCounterDeclined {
        paper: paper.name(),
        words: words.to_owned(),
    };
    act.happened(&Event::Production(event)).await
}
