//! Changing 改待办: the page of one task, and its words and due moment put in order.

use super::act;
use super::giving::choices;
use super::record::{HandTask, State};
use super::{form, sql};
use crate::base::{By, Lang, TaskId};
use crate::history::event::Change;
use crate::history::task_event::TaskEvent;
use crate::people;
use crate::people::rights::Deed;
use crate::web::stale::{Stale, Theirs};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State as Held};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "desk/task.html")]
struct TaskPage {
    page: Page,
    task: HandTask,
    /// The order it hangs on, where she may know it.
    order: Option<String>,
    people: Vec<(String, String)>,
    keeps: bool,
    hands_on: bool,
    typed: Fields,
    faults: Faults,
}

impl TaskPage {
    fn open(&self) -> bool {
        self.task.state == State::Open
    }

    fn gone(&self) -> bool {
        self.task.state == State::Gone
    }

    fn at(&self, act: &str) -> String {
        format!("{}/{act}", self.task.url())
    }

    fn rev(&self) -> String {
        self.task.version.to_string()
    }
}

pub(super) fn parse(id: &str) -> Result<TaskId> {
    id.parse().map_err(|_| Error::NotFound)
}

pub(super) async fn show(
    Held(app): Held<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let task = sql::find(&mut db, parse(&id)?)
        .await?
        .ok_or(Error::NotFound)?;
    task.known_to(&by)?;
    let typed = stored(&task, &page);
    draw(&mut db, (page, &by), task, (typed, Faults::default())).await
}

fn stored(task: &HandTask, page: &Page) -> Fields {
    let mut fields = Fields::default();
    let (day, time) = form::shown(task.due_at, task.no_hour, page);
    fields.set("text", task.text.clone());
    fields.set("day", day);
    fields.set("time", time);
    fields
}

async fn draw(
    db: &mut PgConnection,
    (page, by): (Page, &By),
    task: HandTask,
    (typed, faults): (Fields, Faults),
) -> Result<Html<String>> {
    let staff = people::list_active(db).await?;
    let html = TaskPage {
        order: seen_order(db, by, &task).await?,
        people: choices(&staff, by, &page),
        keeps: task.may(by, Deed::KeepTask),
        hands_on: task.may(by, Deed::HandOnTask),
        page,
        task,
        typed,
        faults,
    };
    Ok(Html(html.render()?))
}

async fn seen_order(db: &mut PgConnection, by: &By, task: &HandTask) -> Result<Option<String>> {
    let number = sql::order_of(db, task.id).await?;
    let Some(parsed) = number.as_deref().and_then(crate::base::OrderNumber::parse) else {
        return Ok(None);
    };
    match crate::orders::find(db, by, &parsed).await {
        Ok(_) => Ok(number),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(super) async fn save(
    Held(app): Held<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["text", "day", "time"])?;
    let (id, rev) = (parse(&id)?, form.rev()?);
    let mut act = act::begin(&app, &by, id, &form.key).await?;
    act.task.must(&by, Deed::KeepTask)?;
    if act.task.state == State::Open && act.task.version != rev {
        return Err(stale(&act.task, &form.fields, &page));
    }
    act.task.must_stand(rev)?;
    let mut faults = Faults::default();
    let content = form::read(&form.fields, page.zone, &mut faults);
    let Some(content) = content.filter(|_| faults.is_empty()) else {
        let task = act.task.clone();
        let html = draw(act.tx(), (page, &by), task, (form.fields, faults)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    let changes = changes(&act.task, &content, &page);
    if !changes.is_empty() {
        sql::save(act.tx(), id, &content).await?;
        let text = act.words();
        // Words that are not told are not told as a change either.
        let changes = if text.is_empty() { Vec::new() } else { changes };
        act.happened(TaskEvent::TaskChanged { text, changes })
            .await?;
    }
    let answer = Answer::to("/").tell(page.t, crate::base::T::tasks_saved);
    Ok(act.finish(answer).await?.into_response())
}

fn changes(task: &HandTask, content: &sql::Content, page: &Page) -> Vec<Change> {
    let due = |at, no_hour| {
        let (day, time) = form::shown(at, no_hour, page);
        format!("{day} {time}").trim_end().to_owned()
    };
    let text = Change::between("task.text", &task.text, &content.text);
    let before = due(task.due_at, task.no_hour);
    let moved = Change::between("task.due", &before, &due(content.due_at, content.no_hour));
    text.into_iter().chain(moved).collect()
}

/// Both versions side by side.
fn stale(task: &HandTask, mine: &Fields, page: &Page) -> Error {
    let theirs = Theirs {
        fields: stored(task, page),
        rev: task.version,
        who: String::new(),
        at: None,
    };
    let words = [
        ("text", page.t.tasks_text()),
        ("day", page.t.tasks_day()),
        ("time", page.t.tasks_time()),
    ];
    let words = words.map(|(name, word)| (name.to_owned(), word.to_owned()));
    let stale = Stale::between(mine, theirs, task.url());
    Error::Stale(Box::new(stale.in_words(words.to_vec())))
}

/// Who gave it to whom, in one line.
pub(in crate::desk) fn hands(task: &HandTask, page: &Page) -> String {
    let lang: Lang = page.lang;
    if task.owner == task.giver {
        return task.owner_name(lang).to_owned();
    }
    page.t
        .tasks_hands(task.giver_name(lang), task.owner_name(lang))
}
