//! Signature 经理签字: the manager signs a sample note, or sends it back with words. The difference against the last signed
//! round comes first, the whole note second.

use super::content::{Attached, Content, in_words};
use super::difference::{self, Row};
use super::edit_page::last_signed;
use super::note::SampleNote;
use super::stage::Move;
use super::{show, sql, submission};
use crate::approvals::{self, Decision, History, Open, Outcome};
use crate::base::By;
use crate::history::Event;
use crate::history::sample_event::SampleEvent;
use crate::orders::{Head, Order, OrderAct};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "samples/signature.html")]
pub(super) struct SignaturePage {
    pub page: Page,
    pub head: Head,
    pub note: SampleNote,
    pub content: Option<Content>,
    /// Label of the round compared with; none when this is the first.
    pub against: Option<String>,
    pub difference: Vec<Row>,
    pub open: Option<Open>,
    pub history: Vec<History>,
    pub may_decide: bool,
    /// The hash of what is shown, to travel with the decision.
    pub shown: String,
    pub words: String,
    pub faults: Faults,
}

impl SignaturePage {
    pub(super) fn url(&self) -> String {
        format!("{}/samples/{}", self.head.order.url(), self.note.name)
    }

    pub(super) fn files(&self) -> &[Attached] {
        let content = self.content.as_ref();
        content.map_or(&[], |content| &content.files)
    }

    pub(super) fn printed(&self) -> Vec<(&'static str, String)> {
        let content = self.content.as_ref();
        content.map_or_else(Vec::new, |content| in_words(self.page.t, content))
    }
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, note)): Path<(String, String)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, note) = show::find(&mut db, &by, &number, &note).await?;
    draw(&mut db, page, &by, order, note, None).await
}

async fn draw(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    order: Order,
    note: SampleNote,
    typed: Option<(Fields, Faults)>,
) -> Result<Html<String>> {
    let open = approvals::open_for(db, submission::SUBJECT, note.id.0).await?;
    let all = sql::list_for(db, &order).await?;
    let last = last_signed(&all, &note);
    let content = note.content.clone();
    let difference = match (&content, last.and_then(|last| last.content.as_ref())) {
        (Some(now), Some(before)) => difference::rows(page.t, before, now),
        _ => Vec::new(),
    };
    let (words, faults) = typed
        .map(|(fields, faults)| (fields.get("words").to_owned(), faults))
        .unwrap_or_default();
    let page = SignaturePage {
        head: Head::load(db, &order, "samples", &page).await?,
        may_decide: open
            .as_ref()
            .is_some_and(|open| order.may(by, Deed::SignSampleNote.of(open.hands()))),
        shown: open
            .as_ref()
            .map(|open| BASE64_URL_SAFE_NO_PAD.encode(&open.content_hash))
            .unwrap_or_default(),
        history: approvals::history(db, submission::SUBJECT, order.id())
            .await?
            .into_iter()
            .filter(|one| one.subject_id == note.id.0)
            .collect(),
        against: last.map(|last| last.name.label()),
        open,
        difference,
        content,
        words,
        faults,
        note,
        page,
    };
    Ok(Html(page.render()?))
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, name)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    let decision = match approvals::answer_form(&form) {
        Ok(decision) => decision,
        Err(Error::Invalid(faults)) => {
            let mut db = app.db.acquire().await?;
            let (order, note) = show::find(&mut db, &by, &number, &name).await?;
            order.must(&by, Deed::SignSampleNote.of(note.hands()))?;
            let typed = Some((form.fields, faults));
            let html = draw(&mut db, page, &by, order, note, typed).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
        Err(error) => return Err(error),
    };
    let (mut act, note) = show::begin(&app, by, &number, &name, &form.key).await?;
    let outcome = decide(&mut act, &note, &decision).await?;
    let answer = Answer::to(format!("{}/samples/{}", act.order.url(), note.name));
    let answer = match outcome {
        Outcome::Returned { .. } => answer.tell(page.t, crate::base::T::samples_returned),
        Outcome::Approved { .. } | Outcome::Waiting { .. } => {
            answer.tell(page.t, crate::base::T::samples_signed)
        }
    };
    Ok(act.finish(answer).await?.into_response())
}

/// Records the verdict on the content that was shown; one signature is enough.
pub async fn decide(act: &mut OrderAct, note: &SampleNote, decision: &Decision) -> Result<Outcome> {
    act.must(Deed::SignSampleNote.of(note.hands()))?;
    act.must_move()?;
    let stage = note
        .after(Move::Sign)
        .map_err(|_| approvals::Refusal::NotAsked)?;
    let (content, hash) = note.frozen()?;
    let asked = submission::asked(note, &content, hash);
    let outcome = approvals::answer(act, Deed::SignSampleNote, &asked, 1, decision).await?;
    let label = note.name.label();
    let event = if let Outcome::Returned { words } = &outcome {
        sql::note_return(act, note.id, words).await?;
        sql::save_stage(act, note, note.after(Move::Return)?).await?;
        SampleEvent::SampleNoteReturned {
            note: label,
            words: words.clone(),
        }
    } else {
        sql::note_signature(act, note.id).await?;
        sql::save_stage(act, note, stage).await?;
        SampleEvent::SampleNoteSigned { note: label }
    };
    act.happened(&Event::Sample(event)).await?;
    Ok(outcome)
}
