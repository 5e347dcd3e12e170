//! Sending: an approved revision goes to the customer. Recorded: when, to whom, by which channel; the paper enters the
//! register of issued papers, so that a later change knows it.

use super::stage::Move;
use super::{questions, show, sql, submission};
use crate::approvals;
use crate::base::{By, Channel};
use crate::documents::{self, Paper};
use crate::history::Event;
use crate::jobs::{self, Job};
use crate::orders::OrderAct;
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, revision)): Path<(String, i32)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, paper) = show::find(&mut db, &by, &number, revision).await?;
    order.must(&by, Deed::SendProforma)?;
    paper.after(Move::Send)?;
    questions::sending(&mut db, page, &order, &paper, None).await
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, revision)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["to", "channel"])?;
    let to: String = form.fields.get("to").chars().take(200).collect();
    let channel = Channel::parse(form.fields.get("channel"));
    let (Some(channel), false) = (channel, to.is_empty()) else {
        let mut faults = Faults::default();
        if to.is_empty() {
            faults.add("to", crate::base::T::proforma_send_to_whom);
        }
        if channel.is_none() {
            faults.add("channel", crate::base::T::proforma_send_how);
        }
        let mut db = app.db.acquire().await?;
        let (order, paper) = show::find(&mut db, &by, &number, revision).await?;
        order.must(&by, Deed::SendProforma)?;
        let html =
            questions::sending(&mut db, page, &order, &paper, Some((form.fields, faults))).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    let (mut act, _) = show::begin(&app, by, &number, revision, &form.key).await?;
    send(&mut act, revision, &to, channel).await?;
    let answer = Answer::to(format!("{}/proforma/{revision}", act.order.url()));
    Ok(act
        .finish(answer.tell(page.t, crate::base::T::proforma_sent))
        .await?
        .into_response())
}

/// The act: only what was approved leaves the house, while it is valid and unchanged.
pub async fn send(act: &mut OrderAct, revision: i32, to: &str, channel: Channel) -> Result<()> {
    act.must(Deed::SendProforma)?;
    act.must_move()?;
    let paper = show::in_act(act, revision).await?;
    let stage = paper.after(Move::Send)?;
    paper.still_valid(act.today())?;
    let (content, _) = submission::gather(act, &paper).await?;
    if paper.content_hash.as_deref() != Some(content.hash()?.as_slice()) {
        return Err(Error::refused(approvals::Refusal::ContentChanged));
    }
    let (order, by) = (act.order.id(), act.by.clone());
    let issued = Paper {
        kind: "proforma_invoice",
        number: content.number.clone(),
        revision,
        fields: content.printed(),
    };
    documents::issue(act.tx(), order, &by, &issued).await?;
    sql::note_sending(act, paper.id, to, channel.code()).await?;
    sql::save_stage(act, &paper, stage).await?;
    // The day after the last valid one, in the company's zone.
    let valid_until = paper.draft.wording.valid_until;
    let (at, due_at) = (act.by.at, act.end_of_day(valid_until));
    let job = Job::LapseProforma {
        order: act.order.number.to_string(),
        revision,
    };
    jobs::enqueue(act.tx(), &job, at, due_at).await?;
    act.happened(&Event::ProformaSent {
        revision,
        to: to.to_owned(),
        channel: channel.code().to_owned(),
    })
    .await
}
