//! The short lists that come with the house: currencies, units, couriers; and the way to ports, products, rates.

use super::{courier, currency, unit};
use crate::base::T;
use crate::records::Panel;
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::State;
use axum::response::Html;

#[derive(Template)]
#[template(path = "catalog/basics.html")]
pub(super) struct BasicsPage {
    pub page: Page,
    pub panels: Vec<Panel>,
}

pub(super) async fn show(State(app): State<App>, page: Page) -> Result<Html<String>> {
    let t = page.t;
    let mut db = app.db.acquire().await?;
    let panels = vec![
        Panel::plain(
            ("currencies", t.catalog_currencies()),
            heads(t, &[t.catalog_decimals(), t.catalog_tolerance()]),
            currencies(currency::list(&mut db).await?, &page),
        ),
        Panel::plain(
            ("units", t.catalog_units()),
            heads(t, &[t.catalog_customs_unit()]),
            unit::list(&mut db)
                .await?
                .into_iter()
                .map(|one| vec![one.code, one.name_zh, one.name_en, one.customs])
                .collect(),
        ),
        Panel::plain(
            ("couriers", t.catalog_couriers()),
            heads(t, &[]),
            courier::list(&mut db)
                .await?
                .into_iter()
                .map(|one| vec![one.code, one.name_zh, one.name_en])
                .collect(),
        ),
    ];
    Ok(Html(BasicsPage { page, panels }.render()?))
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
