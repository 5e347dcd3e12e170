//! Page: the issues of all orders in the reader's reach, newest first, walked by key.

use super::list_sql::{self, Asked, Row};
use super::stage::Stage;
use super::thing::Severity;
use crate::base::By;
use crate::people::relation::InReach;
use crate::web::paging::Slice;
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;
use uuid::Uuid;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    state: String,
    severity: String,
    after: String,
}

#[derive(Template)]
#[template(path = "issues/all.html")]
struct AllPage {
    page: Page,
    rows: Vec<Row>,
    state: String,
    severity: String,
    states: Vec<(String, String)>,
    severities: Vec<(String, String)>,
    first: String,
    next: String,
    filtered: bool,
}

impl AllPage {
    fn is_late(&self, row: &Row) -> bool {
        row.stage.is_open() && row.due_at < self.page.at
    }
}

const SIZE: usize = 50;

#[expect(clippy::too_many_lines, reason = "what one page shows, part by part")]
pub(super) async fn all(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(filter): Query<Filter>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let state = match filter.state.as_str() {
        "all" => "all",
        code => Stage::parse(code).map_or("open", Stage::code),
    };
    let severity = Severity::parse(&filter.severity).map_or("", Severity::code);
    let asked = Asked {
        state,
        severity,
        after: filter.after.parse::<Uuid>().ok(),
        limit: i64::try_from(SIZE + 1).unwrap_or(i64::MAX),
    };
    let rows = list_sql::all(&mut db, &InReach::of(&by), &asked).await?;
    let slice = Slice::cut(rows, SIZE, |row| row.id.to_string());
    let query = format!("/issues?state={state}&severity={severity}");
    let t = page.t;
    let pair = |code: &str, word: &str| (code.to_owned(), word.to_owned());
    let mut states = vec![
        pair("open", t.issues_state_open()),
        pair("all", t.issues_state_all()),
    ];
    states.extend(Stage::ALL.map(|stage| pair(stage.code(), stage.label(t))));
    let page = AllPage {
        next: slice
            .next
            .as_ref()
            .map(|after| format!("{query}&after={after}"))
            .unwrap_or_default(),
        first: if asked.after.is_some() {
            query
        } else {
            String::new()
        },
        filtered: state != "open" || !severity.is_empty(),
        rows: slice.rows,
        state: state.to_owned(),
        severity: severity.to_owned(),
        severities: Severity::ALL
            .map(|known| pair(known.code(), known.label(t)))
            .to_vec(),
        states,
        page,
    };
    Ok(Html(page.render()?))
}
