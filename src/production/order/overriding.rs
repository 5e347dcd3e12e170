//! Override 放行: the manager opens the gate to issue, or lets more be produced than is ordered, with a reason. It is
//! shown red on the order from then on.

use super::find::{self, Found};
use super::paper::{ProductionOrder, Refusal};
use super::questions::{self, Question};
use super::stage::Move;
use super::stage_sql;
use crate::approvals::exception::{self, Basis, Kind};
use crate::base::{By, T};
use crate::history::Event;
use crate::history::production_event::ProductionEvent;
use crate::orders::{Order, OrderAct};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use sqlx::PgConnection;

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (found, basis) = may(&mut db, &by, &number, &paper).await?;
    let asked = question(&mut db, page.t, &found).await?;
    let mut fields = Fields::default();
    fields.set("words", basis.asked_words().to_owned());
    let typed = (fields, Faults::default());
    questions::draw(page, &found.order, &found.paper, asked, typed)
}

async fn may(db: &mut PgConnection, by: &By, number: &str, paper: &str) -> Result<(Found, Basis)> {
    let found = find::find(db, by, number, paper).await?;
    let basis = basis(db, by, &found.order, &found.paper).await?;
    found.paper.after(Move::OverrideGate)?;
    Ok((found, basis))
}

/// The manager's own, or on what the manager granted.
async fn basis(
    db: &mut PgConnection,
    by: &By,
    order: &Order,
    paper: &ProductionOrder,
) -> Result<Basis> {
    let asked = (Kind::ProductionGate, paper.id.0);
    let orders = std::slice::from_ref(order);
    exception::basis(db, by, orders, asked, paper.hands()).await
}

async fn question(db: &mut PgConnection, t: T, found: &Found) -> Result<Question> {
    let checked = find::check(db, &found.order, &found.paper, &found.papers).await?;
    let mut checks: Vec<(&'static str, String)> = checked
        .holds
        .iter()
        .map(|hold| ("no", hold.tell(t, true)))
        .collect();
    if !checked.too_much.is_empty() {
        let lines = checked.too_much.join(t.web_list_comma());
        checks.push(("no", t.production_too_much(lines)));
    }
    Ok(Question {
        question: t.production_override_question(found.paper.name()),
        sentence: t.production_override_sentence().into(),
        verb: t.production_override_verb(),
        path: "override",
        danger: true,
        words: Some(t.orders_reason()),
        sending: None,
        checks,
        beside: None,
    })
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["words"])?;
    let reason: String = form.fields.get("words").chars().take(500).collect();
    if reason.is_empty() {
        let mut db = app.db.acquire().await?;
        let (found, _) = may(&mut db, &by, &number, &paper).await?;
        let asked = question(&mut db, page.t, &found).await?;
        let faults = Faults::one("words", T::orders_reason_missing);
        let typed = (form.fields, faults);
        return questions::again(page, &found.order, &found.paper, asked, typed);
    }
    let (mut act, paper) = find::begin(&app, by, &number, &paper, &form.key).await?;
    let (by, order) = (act.by.clone(), act.order.clone());
    basis(act.tx(), &by, &order, &paper).await?;
    if form.rev()? != paper.version {
        return Err(Error::refused(crate::approvals::Refusal::ContentChanged));
    }
    open_gate(&mut act, &paper, &reason).await?;
    let url = format!("{}/production/{}", act.order.url(), paper.key);
    let answer = Answer::to(url).tell(page.t, T::production_overridden);
    Ok(act.finish(answer).await?.into_response())
}

/// The act: the gate is open for this paper as it stands.
pub async fn open_gate(act: &mut OrderAct, paper: &ProductionOrder, reason: &str) -> Result<()> {
    let (by, order) = (act.by.clone(), act.order.clone());
    let basis = basis(act.tx(), &by, &order, paper).await?;
    act.must_move()?;
    paper.after(Move::OverrideGate)?;
    let papers = find::in_act(act).await?;
    let checked = find::check(act.tx(), &order, paper, &papers).await?;
    if checked.held(paper, &papers).is_none() && checked.over(paper).is_empty() {
        return Err(Refusal::NothingHeld.into());
    }
    exception::spend(act, &[order], &basis).await?;
    let reason = &basis.reason(T(by.lang), reason);
    let person = basis.person(&by).ok_or(Error::SignIn)?;
    stage_sql::note_override(act, paper, (reason, person)).await?;
    let event = ProductionEvent::ProductionGateOverridden {
        paper: paper.name(),
        reason: reason.clone(),
    };
    act.happened(&Event::Production(event)).await
}
