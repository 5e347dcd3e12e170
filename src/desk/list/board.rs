//! Page: the board 看板: the same result as the list, in nine lanes. Steps move by facts, so a card is never dragged.

use super::bar::Bar;
use super::filter::{Filter, Key, Sort, trades};
use super::item::{Item, Totals};
use super::sql::{self, Walk};
use crate::base::By;
use crate::orders::Step;
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Html;

/// Cards one lane shows; what is due first comes first, the rest is a link to the list.
const CARDS: usize = 30;

#[derive(Template)]
#[template(path = "desk/board.html")]
pub(super) struct BoardPage {
    page: Page,
    bar: Bar,
    lanes: Vec<Lane>,
    totals: Totals,
    may_open: bool,
}

struct Lane {
    number: i16,
    name: &'static str,
    totals: Totals,
    cards: Vec<Item>,
    /// The lane as a list.
    list: String,
    /// The one lane a phone shows.
    here: bool,
    /// Address of this lane for a phone.
    pick: String,
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    RawQuery(query): RawQuery,
) -> Result<Html<String>> {
    let query = query.unwrap_or_default();
    let filter = Filter::read(&query, &by);
    let mut db = app.db.acquire().await?;
    let figures = sql::figures(&mut db, &by, &filter).await?;
    let asked = asked_lane(&query);
    let busiest = Step::ALL.into_iter().max_by_key(|step| {
        figures
            .iter()
            .filter(|figure| figure.step == step.number())
            .count()
    });
    let here = asked.or(busiest).unwrap_or(Step::SampleNote);
    let mut lanes = Vec::new();
    for step in Step::ALL {
        let shown = filter.steps.is_empty() || filter.steps.contains(&step);
        let of_step = figures.iter().filter(|figure| figure.step == step.number());
        let totals = Totals::of(of_step, &by, page.lang);
        let narrow = Filter {
            steps: vec![step],
            sort: Sort {
                by: Key::Due,
                descending: false,
            },
            after: None,
            before: None,
            ..filter.clone()
        };
        let walk = Walk {
            limit: i64::try_from(CARDS).unwrap_or(30),
            back: false,
        };
        // A lane without a figure has no card; past a thousand orders nobody knows until asked.
        let rows = if shown && (totals.count > 0 || figures.len() > sql::COUNTED) {
            sql::rows(&mut db, &by, &narrow, walk).await?
        } else {
            Vec::new()
        };
        lanes.push(Lane {
            number: step.number(),
            name: step.label(page.t),
            cards: rows.iter().map(|row| Item::of(row, &by, &page)).collect(),
            list: format!("/orders?{}", narrow.query()),
            here: step == here,
            pick: format!("/orders/board?{}&lane={}", filter.query(), step.number()),
            totals,
        });
    }
    Ok(Html(
        BoardPage {
            totals: Totals::of(&figures, &by, page.lang),
            may_open: trades(&by),
            bar: Bar::load(&mut db, filter, "/orders/board", &page).await?,
            lanes,
            page,
        }
        .render()?,
    ))
}

fn asked_lane(query: &str) -> Option<Step> {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).ok()?;
    let (_, value) = pairs.iter().find(|(name, _)| name == "lane")?;
    Step::from_number(value.parse().ok()?)
}
