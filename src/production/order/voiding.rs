//! Voiding 作废: by the manager, with a reason. What a factory holds is taken back by a relay it has to acknowledge.

use super::find;
use super::paper::ProductionOrder;
use super::questions::{self, Question};
use super::stage::{Move, Stage};
use super::{deciding, issuing, revising, stage_sql, terms};
use crate::approvals;
use crate::base::tongues::both;
use crate::base::{By, Lang, Party, T};
use crate::history::Event;
use crate::history::production_event::ProductionEvent;
use crate::orders::{OrderAct, Step};
use crate::people::Deed;
use crate::production::owed::{self, Owed};
use crate::production::owing;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let found = find::find(&mut db, &by, &number, &paper).await?;
    found.order.must(&by, Deed::VoidDocument)?;
    found.paper.after(Move::Void)?;
    let asked = question(page.t, &found.paper);
    let typed = (Fields::default(), Faults::default());
    questions::draw(page, &found.order, &found.paper, asked, typed)
}

fn question(t: T, paper: &ProductionOrder) -> Question {
    Question {
        question: t.production_void_question(paper.name()),
        sentence: if paper.stage == Stage::Draft {
            t.production_void_sentence().into()
        } else {
            t.production_void_sentence_issued(&paper.factory_name)
        },
        verb: t.production_void(),
        path: "void",
        danger: true,
        words: Some(t.orders_reason()),
        sending: None,
        checks: Vec::new(),
        beside: None,
    }
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["words"])?;
    let (mut act, paper) = find::begin(&app, by, &number, &paper, &form.key).await?;
    act.must(Deed::VoidDocument)?;
    paper.after(Move::Void)?;
    let reason: String = form.fields.get("words").chars().take(500).collect();
    if reason.is_empty() {
        let asked = question(page.t, &paper);
        let faults = Faults::one("words", T::orders_reason_missing);
        return questions::again(page, &act.order, &paper, asked, (form.fields, faults));
    }
    if form.rev()? != paper.version {
        return Err(Error::refused(approvals::Refusal::ContentChanged));
    }
    void(&mut act, &paper, &reason).await?;
    let url = format!("{}/production", act.order.url());
    let answer = Answer::to(url).tell(page.t, T::production_voided);
    Ok(act.finish(answer).await?.into_response())
}

/// The act: the paper is void; where the factory holds it, its acknowledgement is owed.
pub async fn void(act: &mut OrderAct, paper: &ProductionOrder, reason: &str) -> Result<()> {
    act.must(Deed::VoidDocument)?;
    void_telling(act, paper, (reason, reason)).await
}

/// The same, with words of their own for the factory: why we do it may be no business of others. The right was asked.
pub(super) async fn void_telling(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    (reason, told): (&str, &str),
) -> Result<()> {
    let stage = paper.after(Move::Void)?;
    approvals::set_aside(act, terms::SUBJECT, paper.id.0).await?;
    approvals::set_aside(act, deciding::SUBJECT, paper.id.0).await?;
    approvals::set_aside(act, revising::SUBJECT, paper.id.0).await?;
    stage_sql::note_void(act, paper, reason).await?;
    stage_sql::save_stage(act, paper, stage).await?;
    if paper.stage.in_force() {
        issuing::take_from_register(act, paper).await?;
        owing::fall(act, paper.relay, reason).await?;
        let t = T(Lang::Zh);
        let subject = |t: T| t.production_relay_void(&paper.factory_name, paper.name());
        let owed = Owed {
            from: Party::Us,
            to: paper.factory.into(),
            lines: vec![subject(t), told.to_owned()],
            subject: both(subject),
            said: "",
            heard: "",
            urgent: true,
            step: Step::ProductionOrder,
            fact: None,
        };
        owed::owe(act, owed).await?;
    }
    let event = ProductionEvent::ProductionOrderVoided {
        paper: paper.name(),
        reason: reason.to_owned(),
    };
    act.happened(&Event::Production(event)).await
}
