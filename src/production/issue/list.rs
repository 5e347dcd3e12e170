//! Page: the issues of all orders in the reader's reach, newest first, walked by key.

use super::list_sql::{self, Asked, Row};
use super::stage::Stage;
use super::thing::Severity;
use crate::base::{By, Lang, T};
use crate::people::relation::InReach;
use crate::web::excel::{self, Cell, Sheet};
use crate::web::paging::Slice;
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, Response};
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
    fn excel(&self) -> String {
        format!(
            "/issues.xlsx?state={}&severity={}",
            self.state, self.severity
        )
    }

    fn is_late(&self, row: &Row) -> bool {
        row.stage.is_open() && row.due_at < self.page.at
    }
}

const SIZE: usize = 50;

impl Filter {
    /// What of it means anything.
    fn asked(&self, limit: i64) -> Asked {
        Asked {
            state: match self.state.as_str() {
                "all" => "all",
                code => Stage::parse(code).map_or("open", Stage::code),
            },
            severity: Severity::parse(&self.severity).map_or("", Severity::code),
            after: self.after.parse::<Uuid>().ok(),
            limit,
        }
    }
}

fn pair(code: &str, word: &str) -> (String, String) {
    (code.to_owned(), word.to_owned())
}

/// Open ones, all, or one stage.
fn states(t: T) -> Vec<(String, String)> {
    let mut states = vec![
        pair("open", t.issues_state_open()),
        pair("all", t.issues_state_all()),
    ];
    states.extend(Stage::ALL.map(|stage| pair(stage.code(), stage.label(t))));
    states
}

/// The same list as a workbook.
pub(super) async fn workbook(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(filter): Query<Filter>,
) -> Result<Response> {
    let asked = Asked {
        after: None,
        ..filter.asked(excel::MOST + 1)
    };
    let mut db = app.db.acquire().await?;
    let rows = list_sql::all(&mut db, &InReach::of(&by), &asked).await?;
    let t = page.t;
    let heads = [
        t.web_nav_orders(),
        t.issues_what(),
        t.desk_column_customer(),
        t.desk_column_title(),
        t.issues_kind(),
        t.issues_severity(),
        t.issues_column_state(),
        t.issues_due(),
        t.issues_column_reported(),
        t.orders_head_operator(),
    ];
    let sheet = Sheet {
        name: t.issues_title().to_owned(),
        heads: heads.map(str::to_owned).into(),
        rows: rows.into_iter().map(|row| cells(row, &page)).collect(),
        most: excel::MOST,
    };
    let states = states(t);
    let state = states.iter().find(|(code, _)| code == asked.state);
    let severity = Severity::parse(asked.severity).map_or("", |severity| severity.label(t));
    let about = [
        (t.issues_column_state(), state.map_or("", |(_, word)| word)),
        (t.issues_severity(), severity),
    ];
    let file = format!("issues_{}.xlsx", page.today());
    excel::download(&file, &sheet, &excel::taken(&by, &page, &about), t)
}

fn cells(row: Row, page: &Page) -> Vec<Cell> {
    let t = page.t;
    let due = row.stage.is_open().then(|| page.moment_iso(row.due_at));
    vec![
        Cell::text(row.order),
        Cell::text(format!("{} · {}", row.number, row.title)),
        Cell::text(row.customer),
        Cell::text(row.goods),
        Cell::text(row.kind.label(t)),
        Cell::text(row.severity.label(t)),
        Cell::text(row.stage.label(t)),
        Cell::text(due.unwrap_or_default()),
        Cell::text(page.moment_iso(row.reported_at)),
        Cell::text(match page.lang {
            Lang::Zh => row.operator_zh,
            Lang::En => row.operator_en,
        }),
    ]
}

pub(super) async fn all(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(filter): Query<Filter>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let asked = filter.asked(i64::try_from(SIZE + 1).unwrap_or(i64::MAX));
    let Asked {
        state, severity, ..
    } = asked;
    let rows = list_sql::all(&mut db, &InReach::of(&by), &asked).await?;
    let slice = Slice::cut(rows, SIZE, |row| row.id.to_string());
    let query = format!("/issues?state={state}&severity={severity}");
    let t = page.t;
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
        states: states(t),
        page,
    };
    Ok(Html(page.render()?))
}
