//! Approval 审批: the manager says yes to a proforma invoice, or sends it back with words. The difference against the
//! last approved revision comes first, the whole paper second.

use super::invoice::ProformaInvoice;
use super::stage::Move;
use super::submission;
use super::{decision_page, show, sources_sql, sql};
use crate::approvals::{self, Decision, Outcome};
use crate::base::By;
use crate::history::Event;
use crate::orders::OrderAct;
use crate::people::Deed;
use crate::web::{Answer, App, Error, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, revision)): Path<(String, i32)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, paper) = show::find(&mut db, &by, &number, revision).await?;
    decision_page::draw(&mut db, page, &by, order, paper, None).await
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, revision)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Response> {
    let decision = match approvals::answer_form(&form) {
        Ok(decision) => decision,
        Err(Error::Invalid(faults)) => {
            let mut db = app.db.acquire().await?;
            let (order, paper) = show::find(&mut db, &by, &number, revision).await?;
            order.must(&by, Deed::ApproveProforma.of(paper.hands()))?;
            let html = decision_page::draw(
                &mut db,
                page,
                &by,
                order,
                paper,
                Some((form.fields, faults)),
            )
            .await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
        Err(error) => return Err(error),
    };
    let (mut act, paper) = show::begin(&app, by, &number, revision, &form.key).await?;
    let outcome = decide(&mut act, &paper, &decision).await?;
    let answer = Answer::to(format!("{}/proforma/{revision}/approval", act.order.url()));
    let answer = match outcome {
        Outcome::Approved { .. } => answer.tell(page.t, crate::base::T::proforma_approved),
        Outcome::Waiting { .. } => answer.tell(page.t, crate::base::T::proforma_waits_for_level_2),
        Outcome::Returned { .. } => answer.tell(page.t, crate::base::T::proforma_returned),
    };
    Ok(act.finish(answer).await?.into_response())
}

/// Records the verdict on the content that was shown; a yes at the last level opens the way to sending.
#[expect(
    clippy::too_many_lines,
    reason = "the gates of one decision in the order they are asked"
)]
pub async fn decide(
    act: &mut OrderAct,
    paper: &ProformaInvoice,
    decision: &Decision,
) -> Result<Outcome> {
    act.must(Deed::ApproveProforma.of(paper.hands()))?;
    act.must_move()?;
    let stage = paper
        .after(Move::Approve)
        .map_err(|_| approvals::Refusal::NotAsked)?;
    let (content, goods) = submission::gather(act, paper).await?;
    let hash = content.hash()?;
    let rule = sources_sql::level_rule(act.tx(), content.currency).await?;
    let levels = submission::levels(&rule, &content, &goods);
    let asked = submission::asked(act, paper, &content, &goods, hash).await?;
    let outcome = approvals::answer(act, Deed::ApproveProforma, &asked, levels, decision).await?;
    let revision = paper.revision();
    match &outcome {
        Outcome::Approved { level } => {
            sql::note_approval(act, paper.id).await?;
            sql::save_stage(act, paper, stage).await?;
            act.happened(&Event::ProformaApproved {
                revision,
                level: *level,
            })
            .await?;
        }
        Outcome::Waiting { level } => {
            act.happened(&Event::ProformaApproved {
                revision,
                level: level - 1,
            })
            .await?;
        }
        Outcome::Returned { words } => {
            sql::note_return(act, paper.id, words).await?;
            sql::save_stage(act, paper, paper.after(Move::Return)?).await?;
            act.happened(&Event::ProformaReturned {
                revision,
                words: words.clone(),
            })
            .await?;
        }
    }
    Ok(outcome)
}
