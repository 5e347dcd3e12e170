//! Page: the board 看板: the same result as the list, in nine lanes. Steps move by facts, so a card is never dragged.

use super::bar::Bar;
use super::filter::{Filter, Key, Sort, trades};
use super::item::{Item, Totals};
use super::sql::{self, Figure, Walk};
use crate::base::By;
use crate::orders::Step;
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Html;
use sqlx::PgConnection;

/// Cards one lane shows; what is due first comes first, the rest is a link to the list.
const CARDS: Walk = Walk {
    limit: 30,
    back: false,
};

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
        let lane = lane(&mut db, &by, &page, (&filter, &figures), step).await?;
        lanes.push(Lane {
            here: step == here,
            ..lane
        });
    }
    Ok(Html(
        BoardPage {
            totals: Totals::of(&figures, &by, page.lang),
            may_open: trades(&by),
            bar: Bar::load(&mut db, &by, (filter, "/orders/board"), &page).await?,
            lanes,
            page,
        }
        .render()?,
    ))
}

async fn lane(
    db: &mut PgConnection,
    by: &By,
    page: &Page,
    (filter, figures): (&Filter, &[Figure]),
    step: Step,
) -> Result<Lane> {
    let shown = filter.steps.is_empty() || filter.steps.contains(&step);
    let of_step = figures.iter().filter(|figure| figure.step == step.number());
    let totals = Totals::of(of_step, by, page.lang);
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
    // A lane without a figure has no card; past a thousand orders nobody knows until asked.
    let rows = if shown && (totals.count > 0 || figures.len() > sql::COUNTED) {
        sql::rows(db, by, &narrow, CARDS).await?
    } else {
        Vec::new()
    };
    Ok(Lane {
        number: step.number(),
        name: step.label(page.t),
        cards: rows.iter().map(|row| Item::of(row, page)).collect(),
        list: format!("/orders?{}", narrow.query()),
        here: false,
        pick: format!("/orders/board?{}&lane={}", filter.query(), step.number()),
        totals,
    })
}

fn asked_lane(query: &str) -> Option<Step> {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).ok()?;
    let (_, value) = pairs.iter().find(|(name, _)| name == "lane")?;
    Step::from_number(value.parse().ok()?)
}
