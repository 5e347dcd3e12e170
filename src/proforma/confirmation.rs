//! Confirmation: what the customer answered, recorded by a colleague with date, channel and evidence: confirmed, or
//! changes asked. A confirmed revision is what was ordered; the one before it is superseded.

use super::invoice::Answered;
use super::stage::{Move, Stage};
use super::{questions, show, sql};
use crate::base::{Audience, By, Channel, typed};
use crate::documents;
use crate::history::Event;
use crate::orders::{self, OrderAct};
use crate::people::Deed;
use crate::web::posted::Upload;
use crate::web::{Answer, App, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::{DateTime, NaiveDate, TimeZone, Utc};

const FIELDS: [&str; 5] = ["answer", "who", "channel", "day", "words"];

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, revision)): Path<(String, i32)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, paper) = show::find(&mut db, &by, &number, revision).await?;
    order.must(&by, Deed::RecordProformaConfirmation)?;
    paper.after(Move::Confirm)?;
    questions::confirmation(page, &order, &paper, None)
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, revision)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let zone = app.config.zone;
    match read(&form.fields, &form.files, page.at, zone) {
        Ok(answer) => {
            let (mut act, _) = show::begin(&app, by, &number, revision, &form.key).await?;
            let evidence = match form.files.first() {
                Some(file) => {
                    let kept = orders::keep_file(
                        &app,
                        &mut act,
                        file,
                        "customer_confirmation",
                        Audience::Internal,
                    )
                    .await?;
                    Some(kept)
                }
                None => None,
            };
            record(&mut act, revision, &answer, evidence).await?;
            let url = Answer::to(format!("{}/proforma/{revision}", act.order.url()));
            let url = if answer.confirmed {
                url.tell(page.t, crate::base::T::proforma_confirmed_done)
            } else {
                url.tell(page.t, crate::base::T::web_saved)
            };
            Ok(act.finish(url).await?.into_response())
        }
        Err(faults) => {
            let mut db = app.db.acquire().await?;
            let (order, paper) = show::find(&mut db, &by, &number, revision).await?;
            order.must(&by, Deed::RecordProformaConfirmation)?;
            let html = questions::confirmation(page, &order, &paper, Some((form.fields, faults)))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

/// The customer's answer as typed.
#[derive(Clone, Debug)]
pub struct Given {
    pub confirmed: bool,
    pub answer: Answered,
}

/// A confirmation needs who, how, when and evidence (a file, or the customer's words); a wish needs the words.
#[expect(
    clippy::too_many_lines,
    reason = "one form, field by field, in the order of the page"
)]
fn read(
    fields: &Fields,
    files: &[Upload],
    at: DateTime<Utc>,
    zone: chrono_tz::Tz,
) -> Result<Given, Faults> {
    let mut faults = Faults::default();
    let confirmed = match fields.get("answer") {
        "confirmed" => true,
        "change_requested" => false,
        _ => {
            faults.add("answer", crate::base::T::proforma_answer_missing);
            false
        }
    };
    let (who, words) = (fields.get("who"), fields.get("words"));
    if who.is_empty() {
        faults.add("who", crate::base::T::proforma_who_missing);
    }
    let channel = Channel::parse(fields.get("channel"));
    if channel.is_none() {
        faults.add("channel", crate::base::T::proforma_send_how);
    }
    let today = at.with_timezone(&zone).date_naive();
    let day = typed::day(fields.get("day")).filter(|day| *day <= today);
    if day.is_none() {
        faults.add("day", crate::base::T::proforma_day_not_past);
    }
    if words.is_empty() && !confirmed {
        faults.add("words", crate::base::T::proforma_wish_missing);
    }
    if words.is_empty() && confirmed && files.is_empty() {
        faults.add("evidence", crate::base::T::proforma_evidence_missing);
    }
    if faults.is_empty() {
        let answered_at = moment_of(day.unwrap_or(today), at, zone);
        Ok(Given {
            confirmed,
            answer: Answered {
                at: answered_at,
                by: who.chars().take(120).collect(),
                channel: channel
                    .map(|channel| channel.code().to_owned())
                    .unwrap_or_default(),
                words: words.chars().take(2_000).collect(),
            },
        })
    } else {
        Err(faults)
    }
}

/// An answer of today is of this moment; one of an earlier day is of that day's noon.
fn moment_of(day: NaiveDate, at: DateTime<Utc>, zone: chrono_tz::Tz) -> DateTime<Utc> {
    if day == at.with_timezone(&zone).date_naive() {
        return at;
    }
    day.and_hms_opt(12, 0, 0)
        .and_then(|noon| zone.from_local_datetime(&noon).earliest())
        .map_or(at, |noon| noon.with_timezone(&Utc))
}

/// The act: confirmed, or changes asked.
pub async fn record(
    act: &mut OrderAct,
    revision: i32,
    given: &Given,
    evidence: Option<crate::base::FileId>,
) -> Result<()> {
    act.must_move()?;
    let paper = show::in_act(act, revision).await?;
    let (step, deed) = if given.confirmed {
        (Move::Confirm, Deed::RecordProformaConfirmation)
    } else {
        (Move::RequestChange, Deed::RecordProformaChangeRequest)
    };
    act.must(deed)?;
    let stage = paper.after(step)?;
    if given.confirmed {
        paper.still_valid(act.day_of(given.answer.at))?;
        supersede_the_last(act).await?;
    }
    sql::note_answer(act, paper.id, &given.answer, evidence.map(|id| id.0)).await?;
    sql::save_stage(act, &paper, stage).await?;
    let (who, words) = (given.answer.by.clone(), given.answer.words.clone());
    let event = if given.confirmed {
        Event::ProformaConfirmed {
            revision,
            who,
            channel: given.answer.channel.clone(),
        }
    } else {
        Event::ProformaChangeRequested { revision, words }
    };
    act.happened(&event).await
}

/// The revision in force until now gives way.
async fn supersede_the_last(act: &mut OrderAct) -> Result<()> {
    let order = act.order.clone();
    let all = sql::list_for(act.tx(), &order).await?;
    if let Some(last) = all.iter().find(|paper| paper.stage == Stage::Confirmed) {
        let stage = last.after(Move::Supersede)?;
        sql::save_stage(act, last, stage).await?;
        let (id, at) = (act.order.id(), act.by.at);
        documents::supersede(act.tx(), id, "proforma_invoice", last.revision(), at).await?;
    }
    Ok(())
}
