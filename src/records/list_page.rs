//! The list of one kind: found by name, spelling or initials, walked by key, taken home as a workbook.

use super::acts::{may, must_see};
use super::card::{Card, Words};
use super::sql::{self, Wanted};
use crate::base::By;
use crate::web::excel::{self as workbook, Cell, Sheet};
use crate::web::routes::percent;
use crate::web::{App, Page, Result, paging};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, Response};
use chrono::NaiveDate;
use serde::Deserialize;

/// What the address asks for; what is not understood is not asked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    archived: String,
    sort: String,
    size: String,
    after: String,
    before: String,
}

impl Asked {
    fn wanted(&self, day: NaiveDate) -> Wanted {
        Wanted {
            day,
            q: self.q.trim().chars().take(100).collect(),
            archived: self.archived == "yes",
            descending: self.sort == "-name",
            after: self.after.parse().ok(),
            before: self.before.parse().ok(),
            size: i64::try_from(paging::size(&self.size)).unwrap_or(50),
        }
    }

    /// The same question with one part of it changed, from its first page on.
    fn with(&self, place: &str, change: (&str, &str)) -> String {
        let parts = [
            ("q", self.q.trim()),
            ("archived", self.archived.as_str()),
            ("sort", self.sort.as_str()),
            ("size", self.size.as_str()),
            ("after", ""),
            ("before", ""),
        ];
        let query: Vec<String> = parts
            .into_iter()
            .map(|(name, value)| {
                if name == change.0 {
                    change
                } else {
                    (name, value)
                }
            })
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", percent(value)))
            .collect();
        if query.is_empty() {
            place.to_owned()
        } else {
            format!("{place}?{}", query.join("&"))
        }
    }
}

/// One row as shown.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub href: String,
    pub name: String,
    pub under: String,
    pub cells: Vec<String>,
}

#[derive(Template)]
#[template(path = "records/list.html")]
pub(super) struct ListPage {
    pub page: Page,
    pub words: Words,
    pub place: &'static str,
    pub may_add: bool,
    pub q: String,
    pub archived: bool,
    pub sorted: &'static str,
    pub heads: Vec<&'static str>,
    pub lines: Vec<Line>,
    pub total: i64,
    /// Nothing was ever entered.
    pub never: bool,
    pub sort_href: String,
    pub excel_href: String,
    pub archived_href: String,
    pub clear_href: &'static str,
    pub prev: String,
    pub next: String,
}

pub async fn list<C: Card>(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Html<String>> {
    must_see::<C>(&by)?;
    let wanted = asked.wanted(page.today());
    let (source, mut db) = (C::source(), app.db.acquire().await?);
    let rows = sql::list(&mut db, &source, &wanted).await?;
    let total = sql::count(&mut db, &source, &wanted).await?;
    let (rows, prev, next) = cut::<C>(rows, &asked, &wanted);
    let turned = if wanted.descending { "" } else { "-name" };
    let other = if wanted.archived { "" } else { "yes" };
    let html = ListPage {
        words: C::words(page.t),
        place: C::PLACE,
        may_add: may(&by, &C::blank(&by)),
        sorted: if wanted.descending {
            "descending"
        } else {
            "ascending"
        },
        heads: C::heads(page.t),
        never: wanted.q.is_empty() && !wanted.archived && total == 0,
        sort_href: asked.with(C::PLACE, ("sort", turned)),
        excel_href: asked.with(&format!("{}.xlsx", C::PLACE), ("after", "")),
        archived_href: asked.with(C::PLACE, ("archived", other)),
        clear_href: C::PLACE,
        prev,
        next,
        lines: rows.into_iter().map(|row| line::<C>(&page, row)).collect(),
        q: wanted.q,
        archived: wanted.archived,
        total,
        page,
    };
    Ok(Html(html.render()?))
}

/// The rows of this page, and where the ones before and after it begin.
fn cut<C: Card>(
    mut rows: Vec<sql::Row>,
    asked: &Asked,
    wanted: &Wanted,
) -> (Vec<sql::Row>, String, String) {
    let size = usize::try_from(wanted.size).unwrap_or(50);
    let back = wanted.after.is_none() && wanted.before.is_some();
    let more = rows.len() > size;
    if more && back {
        // Walking back, the row too many is the first.
        rows.remove(0);
    }
    rows.truncate(size);
    let has_prev = if back { more } else { wanted.after.is_some() };
    let link = |there: bool, name: &str, row: Option<&sql::Row>| match row {
        Some(row) if there => asked.with(C::PLACE, (name, &row.id.to_string())),
        _ => String::new(),
    };
    let prev = link(has_prev, "before", rows.first());
    let next = link(back || more, "after", rows.last());
    (rows, prev, next)
}

fn line<C: Card>(page: &Page, row: sql::Row) -> Line {
    Line {
        href: format!("{}/{}", C::PLACE, percent(&row.code)),
        name: row.name,
        under: row.under,
        cells: C::cells(page.t, row.cells),
    }
}

/// The list as a workbook, up to five thousand rows, with what it was filtered by.
pub async fn excel<C: Card>(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    must_see::<C>(&by)?;
    let wanted = Wanted {
        size: workbook::SHORT,
        after: None,
        before: None,
        ..asked.wanted(page.today())
    };
    let mut db = app.db.acquire().await?;
    let rows = sql::list(&mut db, &C::source(), &wanted).await?;
    let t = page.t;
    let mut heads = vec![
        t.records_name().to_owned(),
        t.records_other_name().to_owned(),
    ];
    heads.extend(C::heads(t).into_iter().map(str::to_owned));
    let row = |row| {
        let line = line::<C>(&page, row);
        let cells = [line.name, line.under].into_iter().chain(line.cells);
        cells.map(Cell::text).collect()
    };
    let sheet = Sheet {
        name: C::words(t).title.to_owned(),
        heads,
        rows: rows.into_iter().map(row).collect(),
        most: workbook::SHORT,
    };
    let place = C::PLACE.trim_start_matches('/').replace('/', "-");
    let file = format!("{place}-{}.xlsx", page.today());
    workbook::download(&file, &sheet, &about(&by, &page, wanted), t)
}

/// What the workbook was filtered by, who took it and when.
fn about(by: &By, page: &Page, wanted: Wanted) -> [(String, String); 4] {
    let t = page.t;
    let who = by.staff().map(|staff| staff.name(by.lang).to_owned());
    [
        (t.web_search().to_owned(), wanted.q),
        (
            t.records_archived().to_owned(),
            yes_no(wanted.archived, page).to_owned(),
        ),
        (t.records_taken_by().to_owned(), who.unwrap_or_default()),
        (t.records_taken_at().to_owned(), page.moment_iso(page.at)),
    ]
}

fn yes_no(yes: bool, page: &Page) -> &'static str {
    if yes {
        page.t.records_yes()
    } else {
        page.t.records_no()
    }
}
