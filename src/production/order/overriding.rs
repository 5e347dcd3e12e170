//! Override 放行: the manager opens the gate to issue, or lets more be produced than is ordered, with a reason. It is
//! shown red on the order from then on.

use super::find::{self, Found};
use super::paper::{ProductionOrder, Refusal};
use super::questions::{self, Question};
use super::stage::Move;
use super::stage_sql;
use crate::base::{By, T};
use crate::history::Event;
use crate::history::production_event::ProductionEvent;
use crate::orders::OrderAct;
use crate::people::Deed;
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
    let found = may(&mut db, &by, &number, &paper).await?;
    let asked = question(&mut db, page.t, &found).await?;
    let typed = (Fields::default(), Faults::default());
    questions::draw(page, &found.order, &found.paper, asked, typed)
}

async fn may(db: &mut PgConnection, by: &By, number: &str, paper: &str) -> Result<Found> {
    let found = find::find(db, by, number, paper).await?;
    let hands = found.paper.hands();
    found
        .order
        .must(by, Deed::OverrideProductionGate.of(hands))?;
    found.paper.after(Move::OverrideGate)?;
    Ok(found)
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
        let found = may(&mut db, &by, &number, &paper).await?;
        let asked = question(&mut db, page.t, &found).await?;
        let faults = Faults::one("words", T::orders_reason_missing);
        let typed = (form.fields, faults);
        return questions::again(page, &found.order, &found.paper, asked, typed);
    }
    let (mut act, paper) = find::begin(&app, by, &number, &paper, &form.key).await?;
    act.must(Deed::OverrideProductionGate.of(paper.hands()))?;
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
    act.must(Deed::OverrideProductionGate.of(paper.hands()))?;
    act.must_move()?;
    paper.after(Move::OverrideGate)?;
    let order = act.order.clone();
    let papers = find::in_act(act).await?;
    let checked = find::check(act.tx(), &order, paper, &papers).await?;
    if checked.held(paper, &papers).is_none() && checked.over(paper).is_empty() {
        return Err(Refusal::NothingHeld.into());
    }
    let department = act.order.keepers.department;
    let absent = act
        .by
        .staff()
        .and_then(|staff| staff.stands_in_for(department));
    if let Some(manager) = absent {
        act.stand_in_for(manager);
    }
    stage_sql::note_override(act, paper, reason).await?;
    let event = ProductionEvent::ProductionGateOverridden {
        paper: paper.name(),
        reason: reason.to_owned(),
    };
    act.happened(&Event::Production(event)).await
}
