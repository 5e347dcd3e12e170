//! Page: what was done 已办: tasks by hand that ended lately, each with the way back.

use super::changing::hands;
use super::record::{HandTask, State};
use super::sql;
use crate::base::By;
use crate::web::{App, Error, Page, Result};
use askama::Template;
use axum::extract::State as Held;
use axum::response::Html;

#[derive(Template)]
#[template(path = "desk/tasks.html")]
struct ListPage {
    page: Page,
    ended: Vec<HandTask>,
}

impl ListPage {
    fn word(&self, task: &HandTask) -> &'static str {
        match task.state {
            State::Gone => self.page.t.tasks_state_gone(),
            State::Open | State::Done => self.page.t.tasks_state_done(),
        }
    }

    fn hands(&self, task: &HandTask) -> String {
        hands(task, &self.page)
    }

    fn when(&self, task: &HandTask) -> String {
        task.ended_at
            .map(|at| self.page.moment_near(at))
            .unwrap_or_default()
    }
}

pub(super) async fn show(Held(app): Held<App>, by: By, page: Page) -> Result<Html<String>> {
    let me = by.person().ok_or(Error::SignIn)?;
    let mut db = app.db.acquire().await?;
    let ended = sql::ended(&mut db, me).await?;
    Ok(Html(ListPage { page, ended }.render()?))
}
