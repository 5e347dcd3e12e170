//! The short list of currencies at a glance; and the way to the cards: ports, products, couriers, units, currencies, rates.

use super::currency;
use crate::base::{T, pinyin};
use crate::records::Panel;
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "catalog/basics.html")]
pub(super) struct BasicsPage {
    pub page: Page,
    pub panels: Vec<Panel>,
    pub q: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
}

pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Html<String>> {
    let t = page.t;
    let mut db = app.db.acquire().await?;
    let mut panels = vec![Panel::plain(
        ("currencies", t.catalog_currencies()),
        heads(t, &[t.catalog_decimals(), t.catalog_tolerance()]),
        currencies(currency::list(&mut db).await?, &page),
    )];
    let q: String = asked.q.trim().chars().take(100).collect();
    for panel in &mut panels {
        panel.rows.retain(|row| found(&row.cells, &q));
        panel.never = t.catalog_short_none();
    }
    Ok(Html(BasicsPage { page, panels, q }.render()?))
}

/// The lists are short: what is asked for is looked up among what is shown, by the rules of every other list.
fn found(cells: &[String], q: &str) -> bool {
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    let text = pinyin::search_text(&cells);
    pinyin::patterns(q)
        .iter()
        .all(|pattern| text.contains(pattern.trim_matches('%')))
}

fn heads(t: T, more: &[&'static str]) -> Vec<&'static str> {
    let mut heads = vec![t.catalog_code(), t.catalog_word_zh(), t.catalog_word_en()];
    heads.extend(more);
    heads
}

fn currencies(all: Vec<currency::TradeCurrency>, page: &Page) -> Vec<Vec<String>> {
    all.into_iter()
        .map(|one| {
            let tolerance = one.tolerance.map(|figure| page.number(figure));
            let decimals = one.decimals.to_string();
            let tolerance = tolerance.unwrap_or_default();
            vec![one.code, one.name_zh, one.name_en, decimals, tolerance]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_found_by_its_character_its_code_and_its_initials() {
        let yen = ["JPY", "日元", "Japanese yen", "0"].map(str::to_owned);
        for q in ["", "日", "jpy", "ry", "japanese", "riyuan"] {
            assert!(found(&yen, q), "{q}");
        }
        for q in ["美", "usd", "jy"] {
            assert!(!found(&yen, q), "{q}");
        }
    }
}
