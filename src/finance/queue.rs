//! Queue: a list of this desk across orders, oldest first, walked by key; the same rows as a page and as a workbook.

use crate::base::By;
use crate::web::excel::{self, Cell, Sheet};
use crate::web::paging::Slice;
use crate::web::routes::percent;
use crate::web::{Page, Result};
use askama::Template;
use axum::response::{Html, Response};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Rows of one page.
const SHOWN: usize = 50;

/// What the address asks for.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// A state by its code; `open` where nothing is said.
    pub(super) state: String,
    pub(super) q: String,
    pub(super) after: String,
}

impl Asked {
    /// States that mean nothing fall back to what is open.
    pub(super) fn read(query: &str, states: &[&str]) -> Self {
        let pairs: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
        let get = |name: &str| -> String {
            let found = pairs.iter().find(|(key, _)| key == name);
            found
                .map(|(_, value)| value.trim().chars().take(80).collect())
                .unwrap_or_default()
        };
        let state = get("state");
        Self {
            state: if states.contains(&state.as_str()) {
                state
            } else {
                "open".to_owned()
            },
            q: get("q"),
            after: get("after"),
        }
    }

    fn query(&self, state: &str, after: &str) -> String {
        let mut query = format!("state={state}");
        if !self.q.is_empty() {
            query.push_str("&q=");
            query.push_str(&percent(&self.q));
        }
        if !after.is_empty() {
            query.push_str("&after=");
            query.push_str(&percent(after));
        }
        query
    }

    /// How many rows to read: one more than is shown, so that it is known whether there is a next page.
    pub(super) fn limit(whole: bool) -> i64 {
        if whole {
            excel::MOST + 1
        } else {
            i64::try_from(SHOWN + 1).unwrap_or(excel::MOST)
        }
    }
}

/// One cell, as it is shown and as it is written into a workbook.
#[derive(Clone, Debug)]
pub(super) enum Shown {
    Text(String),
    Day(Option<NaiveDate>),
    Number(Option<Decimal>),
    /// Tone and word of a stage.
    Stage(&'static str, &'static str),
}

#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) href: String,
    pub(super) order: String,
    pub(super) cells: Vec<Shown>,
}

/// A list with the words around it.
pub(super) struct Queue {
    pub(super) place: &'static str,
    pub(super) title: &'static str,
    pub(super) sentence: &'static str,
    /// What is said where nothing was ever here.
    pub(super) never: &'static str,
    pub(super) name: &'static str,
    pub(super) states: Vec<(&'static str, &'static str)>,
    pub(super) heads: Vec<&'static str>,
    pub(super) lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "finance/queue.html")]
struct QueuePage {
    page: Page,
    queue: Queue,
    asked: Asked,
    next: String,
}

impl QueuePage {
    fn tab(&self, state: &str) -> String {
        format!("{}?{}", self.queue.place, self.asked.query(state, ""))
    }

    /// The word above a column; on a phone it stands beside each cell.
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the template hands its fields over by reference"
    )]
    fn head(&self, place: &usize) -> &'static str {
        self.queue.heads.get(*place).copied().unwrap_or_default()
    }

    fn excel(&self) -> String {
        let query = self.asked.query(&self.asked.state, "");
        format!("{}.xlsx?{query}", self.queue.place)
    }

    fn said(&self) -> String {
        self.page.t.rebate_rows_shown(self.queue.lines.len())
    }
}

impl Queue {
    pub(super) fn draw(mut self, page: Page, asked: Asked) -> Result<Html<String>> {
        let slice = Slice::cut(self.lines, SHOWN, |line| line.key.clone());
        let next = slice.next.as_deref().map(|key| {
            let query = asked.query(&asked.state, key);
            format!("{}?{query}", self.place)
        });
        self.lines = slice.rows;
        let html = QueuePage {
            next: next.unwrap_or_default(),
            queue: self,
            asked,
            page,
        };
        Ok(Html(html.render()?))
    }

    pub(super) fn download(self, page: &Page, by: &By, asked: &Asked) -> Result<Response> {
        let t = page.t;
        let mut heads = vec![self.name.to_owned(), t.rebate_column_order().to_owned()];
        heads.extend(self.heads.iter().map(|head| (*head).to_owned()));
        let cell = |shown: &Shown| match shown {
            Shown::Text(text) => Cell::text(text.clone()),
            Shown::Day(day) => Cell::day(*day),
            Shown::Number(figure) => figure.map_or(Cell::Empty, Cell::Number),
            Shown::Stage(_, word) => Cell::text(*word),
        };
        let rows = self.lines.iter().map(|line| {
            let mut row = vec![
                Cell::text(line.name.clone()),
                Cell::text(line.order.clone()),
            ];
            row.extend(line.cells.iter().map(cell));
            row
        });
        let sheet = Sheet {
            name: self.title.to_owned(),
            rows: rows.collect(),
            most: excel::MOST,
            heads,
        };
        let word = self.states.iter().find(|(code, _)| *code == asked.state);
        let who = by.staff().map(|staff| staff.name(page.lang).to_owned());
        let about = [
            (t.rebate_excel_who().to_owned(), who.unwrap_or_default()),
            (t.rebate_excel_when().to_owned(), page.moment_iso(page.at)),
            (
                t.rebate_excel_state().to_owned(),
                word.map_or("", |(_, word)| word).to_owned(),
            ),
            (t.rebate_excel_search().to_owned(), asked.q.clone()),
        ];
        let file = format!(
            "{}_{}.xlsx",
            self.place.trim_start_matches('/'),
            page.today()
        );
        excel::download(&file, &sheet, &about, t)
    }
}
