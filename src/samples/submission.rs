//! Submission: handed in for the manager's signature, taken back, or made void. Handing in freezes the content.

use super::content::{Content, lacking};
use super::note::{Refusal, SampleNote};
use super::questions::{Entry, FormPage, text};
use super::stage::Move;
use super::{show, sql};
use crate::approvals;
use crate::base::By;
use crate::history::Event;
use crate::history::sample_event::SampleEvent;
use crate::orders::{Order, OrderAct};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

pub(super) const SUBJECT: &str = "sample_note";

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, note)): Path<(String, String)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, note) = show::begin(&app, by, &number, &note, &form.key).await?;
    act.must(Deed::SubmitSampleNote)?;
    if form.rev.is_some_and(|rev| rev != note.version) {
        return Err(approvals::Refusal::ContentChanged.into());
    }
    submit(&mut act, &note).await?;
    let url = format!("{}/samples/{}", act.order.url(), note.name);
    act.finish(Answer::to(url).tell(page.t, crate::base::T::samples_submitted))
        .await
}

/// The act: freezes the content and asks for the manager's signature.
pub async fn submit(act: &mut OrderAct, note: &SampleNote) -> Result<()> {
    act.must(Deed::SubmitSampleNote)?;
    act.must_move()?;
    let stage = note.after(Move::Submit)?;
    let lacks = lacking(&note.draft, act.today());
    if !lacks.is_empty() {
        return Err(Refusal::NotComplete(lacks).into());
    }
    let content = Content::of(&act.order, note);
    let hash = content.hash()?;
    sql::freeze(act, note, &hash, &content).await?;
    sql::save_stage(act, note, stage).await?;
    approvals::ask(act, &asked(note, &content, hash), 1).await?;
    let note = note.name.label();
    act.happened(&Event::Sample(SampleEvent::SampleNoteSubmitted { note }))
        .await
}

/// What the signature belongs to, with the facts its card shows.
pub(super) fn asked(note: &SampleNote, content: &Content, hash: Vec<u8>) -> approvals::Content {
    approvals::Content {
        subject: SUBJECT,
        id: note.id.0,
        revision: note.name.round,
        hash,
        authors: note.authors(),
        summary: serde_json::json!({
            "note": note.name.label(),
            "styles": content.styles,
            "factory": content.factory,
        }),
    }
}

pub(super) async fn withdraw(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, note)): Path<(String, String)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, note) = show::begin(&app, by, &number, &note, &form.key).await?;
    act.must(Deed::WithdrawSubmission.of(note.hands()))?;
    let stage = note.after(Move::Withdraw)?;
    approvals::withdraw(&mut act, SUBJECT, note.id.0).await?;
    sql::save_stage(&mut act, &note, stage).await?;
    let event = SampleEvent::SampleNoteWithdrawn {
        note: note.name.label(),
    };
    act.happened(&Event::Sample(event)).await?;
    let url = format!("{}/samples/{}/edit", act.order.url(), note.name);
    act.finish(Answer::to(url).tell(page.t, crate::base::T::samples_withdrawn))
        .await
}

fn question(
    page: Page,
    order: &Order,
    note: &SampleNote,
    fields: &Fields,
    faults: Faults,
) -> FormPage {
    let t = page.t;
    let url = format!("{}/samples/{}", order.url(), note.name);
    FormPage {
        title: t.samples_void_question(note.name.label()),
        sentence: t.samples_void_sentence().to_owned(),
        verb: t.samples_void().to_owned(),
        action: format!("{url}/void"),
        back: url,
        rev: note.version.to_string(),
        danger: true,
        entries: vec![Entry::new("area", "reason", t.orders_reason(), fields)],
        order: order.clone(),
        page,
        faults,
    }
}

pub(super) async fn ask_void(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, note)): Path<(String, String)>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let (order, note) = show::find(&mut db, &by, &number, &note).await?;
    order.must(&by, Deed::VoidDocument)?;
    note.after(Move::Void)?;
    question(page, &order, &note, &Fields::default(), Faults::default()).answer()
}

pub(super) async fn void(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, note)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["reason"])?;
    let (mut act, note) = show::begin(&app, by, &number, &note, &form.key).await?;
    act.must(Deed::VoidDocument)?;
    let stage = note.after(Move::Void)?;
    let mut faults = Faults::default();
    let reason = text(&form.fields, "reason", 1_000, &mut faults);
    if reason.is_empty() {
        faults.add("reason", crate::base::T::orders_reason_missing);
    }
    if !faults.is_empty() {
        return question(page, &act.order, &note, &form.fields, faults).answer();
    }
    if form.rev()? != note.version {
        return Err(Error::refused(approvals::Refusal::ContentChanged));
    }
    sql::save_stage(&mut act, &note, stage).await?;
    let event = SampleEvent::SampleNoteVoided {
        note: note.name.label(),
        reason,
    };
    act.happened(&Event::Sample(event)).await?;
    let url = format!("{}/samples/{}", act.order.url(), note.name);
    let answer = Answer::to(url).tell(page.t, crate::base::T::samples_voided);
    Ok(act.finish(answer).await?.into_response())
}
