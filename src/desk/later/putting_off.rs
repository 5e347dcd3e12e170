//! Putting off 稍后提醒: a row of home leaves its group until a moment; it is hers alone, and hides nothing from others.

use super::row::RowName;
use super::sql::{self, Standing};
use super::until::{Against, Refusal, Until, check};
use crate::base::{By, T};
use crate::history::task_event::TaskEvent;
use crate::history::{self, Act, Event};
use crate::people::password::PersonStream;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State as Held};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::{DateTime, Utc};

/// A moment is picked.
#[derive(Template)]
#[template(path = "desk/later.html")]
struct LaterPage {
    page: Page,
    row: String,
    /// For a cut-off: the moment it cannot be put off past.
    closing: Option<DateTime<Utc>>,
    typed: Fields,
    faults: Faults,
}

impl LaterPage {
    fn action(&self) -> String {
        address(&self.row, "snooze")
    }
}

/// Where a row is put off or brought back.
pub(in crate::desk) fn address(row: &str, act: &str) -> String {
    format!("/home/rows/{}/{act}", crate::web::routes::percent(row))
}

fn parse(row: &str) -> Result<RowName> {
    RowName::parse(row).ok_or(Error::NotFound)
}

/// The moment after which there is nothing left to do, where the row is a cut-off.
fn closing(row: &RowName, standing: &Standing) -> Option<DateTime<Utc>> {
    match row {
        RowName::Item { kind, .. } if kind.is_cut_off() => Some(standing.due_at),
        RowName::Item { .. } | RowName::Task { .. } => None,
    }
}

pub(super) async fn ask(
    Held(app): Held<App>,
    by: By,
    page: Page,
    Path(row): Path<String>,
) -> Result<Html<String>> {
    draw(&app, page, &by, row, (Fields::default(), Faults::default())).await
}

async fn draw(
    app: &App,
    page: Page,
    by: &By,
    row: String,
    (typed, faults): (Fields, Faults),
) -> Result<Html<String>> {
    let name = parse(&row)?;
    let mut db = app.db.acquire().await?;
    let standing = sql::standing(&mut db, by, &name)
        .await?
        .ok_or(Error::NotFound)?;
    let html = LaterPage {
        closing: closing(&name, &standing),
        page,
        row,
        typed,
        faults,
    };
    Ok(Html(html.render()?))
}

pub(super) async fn create(
    Held(app): Held<App>,
    by: By,
    page: Page,
    Path(row): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["until", "moment"])?;
    let name = parse(&row)?;
    let Some(until) = Until::read(&form.fields, page.zone) else {
        let faults = Faults::one("moment", T::tasks_moment_wrong);
        let html = draw(&app, page, &by, row, (form.fields, faults)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    let moment = until.moment(by.at, page.zone);
    put_off(&mut act, &page, &name, moment).await?;
    let answer = Answer::to("/")
        .say(page.t.tasks_later_done(page.moment_near(moment)))
        .undo(format!("/home/snooze/{}/return", act.id()));
    Ok(act.finish(answer).await?.into_response())
}

/// The act on one row. A row that is not there any more, or not for her, is told as one that has gone.
pub(super) async fn put_off(
    act: &mut Act,
    page: &Page,
    row: &RowName,
    until: DateTime<Utc>,
) -> Result<()> {
    let (by, id) = (act.by.clone(), act.id().0);
    let standing = sql::standing(act.tx(), &by, row)
        .await?
        .ok_or(Error::NotFound)?;
    check(until, by.at, closing(row, &standing)).map_err(|against| match against {
        Against::Past => Refusal::Past,
        Against::TooFar => Refusal::TooFar,
        Against::CutOff(closing) => Refusal::PastCutOff(page.moment(closing)),
    })?;
    sql::put_off(act.tx(), &by, &standing, until, id).await?;
    let event = TaskEvent::RowPutOff {
        until: page.moment_iso(until),
        row: standing.row(),
    };
    happened(act, event).await
}

/// On her own stream: the row is put off for her alone.
async fn happened(act: &mut Act, event: TaskEvent) -> Result<()> {
    let person = act.by.person().ok_or(Error::SignIn)?;
    act.record(&PersonStream(person), &Event::Task(event)).await
}

/// The way back of one row.
pub(super) async fn bring_back(
    Held(app): Held<App>,
    by: By,
    page: Page,
    Path(row): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let name = parse(&row)?;
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    let standing = sql::standing(act.tx(), &by, &name)
        .await?
        .ok_or(Error::NotFound)?;
    if !sql::bring_back(act.tx(), &by, &standing).await? {
        return Err(Refusal::NotThere.into());
    }
    let row = standing.row();
    happened(&mut act, TaskEvent::RowBroughtBack { row }).await?;
    let answer = Answer::to("/").tell(page.t, T::tasks_later_back);
    act.finish(answer).await
}

/// Undo: all that went in one act comes back.
pub(super) async fn undo(
    Held(app): Held<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    let back = sql::undo(act.tx(), &by, id).await?;
    if back.is_empty() {
        return Err(Error::NotFound);
    }
    for row in back {
        happened(&mut act, TaskEvent::RowBroughtBack { row }).await?;
    }
    let answer = Answer::to("/").tell(page.t, T::tasks_later_back);
    act.finish(answer).await
}
