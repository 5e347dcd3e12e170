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
    fn wanted(&self) -> Wanted {
        Wanted {
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
pub struct Line {
    pub href: String,
    pub name: String,
    pub under: String,
    pub cells: Vec<String>,
}

#[derive(Template)]
#[template(path = "records/list.html")]
pub struct ListPage {
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
    let wanted = asked.wanted();
    let (source, mut db) = (C::source(), app.db.acquire().await?);
    let mut rows = sql::list(&mut db, &source, &wanted).await?;
    let total = sql::count(&mut db, &source, &wanted).await?;
    let plain = wanted.q.is_empty() && !wanted.archived;
    let size = usize::try_from(wanted.size).unwrap_or(50);
    let back = wanted.after.is_none() && wanted.before.is_some();
    let more = rows.len() > size;
    if more && back {
        rows.remove(0);
    }
    rows.truncate(size);
    let has_next = if back { true } else { more };
    let has_prev = if back { more } else { wanted.after.is_some() };
    let key = |row: Option<&sql::Row>| row.map(|row| row.id.to_string()).unwrap_or_default();
    let (first, last) = (key(rows.first()), key(rows.last()));
    let link = |there: bool, name: &str, key: &str| {
        if there && !key.is_empty() {
            asked.with(C::PLACE, (name, key))
        } else {
            String::new()
        }
    };
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
        never: plain && total == 0 && wanted.after.is_none(),
        sort_href: asked.with(
            C::PLACE,
            ("sort", if wanted.descending { "" } else { "-name" }),
        ),
        excel_href: asked.with(&format!("{}.xlsx", C::PLACE), ("after", "")),
        archived_href: asked.with(
            C::PLACE,
            ("archived", if wanted.archived { "" } else { "yes" }),
        ),
        clear_href: C::PLACE,
        prev: link(has_prev, "before", &first),
        next: link(has_next, "after", &last),
        lines: rows.into_iter().map(|row| line::<C>(&page, row)).collect(),
        q: wanted.q,
        archived: wanted.archived,
        total,
        page,
    };
    Ok(Html(html.render()?))
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
        size: 5_000,
        after: None,
        before: None,
        ..asked.wanted()
    };
    let mut db = app.db.acquire().await?;
    let rows = sql::list(&mut db, &C::source(), &wanted).await?;
    let (t, words) = (page.t, C::words(page.t));
    let mut heads = vec![
        t.records_name().to_owned(),
        t.records_other_name().to_owned(),
    ];
    heads.extend(C::heads(t).into_iter().map(str::to_owned));
    let sheet = Sheet {
        name: words.title.to_owned(),
        heads,
        rows: rows
            .into_iter()
            .map(|row| {
                let Line {
                    name, under, cells, ..
                } = line::<C>(&page, row);
                [name, under]
                    .into_iter()
                    .chain(cells)
                    .map(Cell::text)
                    .collect()
            })
            .collect(),
    };
    let who = by
        .staff()
        .map(|staff| staff.name(by.lang).to_owned())
        .unwrap_or_default();
    let about = [
        (t.web_search().to_owned(), wanted.q),
        (
            t.records_archived().to_owned(),
            yes_no(wanted.archived, &page).to_owned(),
        ),
        (t.records_taken_by().to_owned(), who),
        (t.records_taken_at().to_owned(), page.moment_iso(page.at)),
    ];
    let file = format!(
        "{}-{}.xlsx",
        C::PLACE.trim_start_matches('/').replace('/', "-"),
        page.today()
    );
    workbook::download(&file, &sheet, &about, t)
}

fn yes_no(yes: bool, page: &Page) -> &'static str {
    if yes {
        page.t.records_yes()
    } else {
        page.t.records_no()
    }
}
