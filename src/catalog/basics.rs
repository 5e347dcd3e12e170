//! The short lists that come with the house: currencies, units, couriers; and the way to ports, products, rates.

use super::{courier, currency, unit};
use crate::records::{Panel, PanelRow};
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::State;
use axum::response::Html;

#[derive(Template)]
#[template(path = "catalog/basics.html")]
pub struct BasicsPage {
    pub page: Page,
    pub panels: Vec<Panel>,
}

pub(super) async fn show(State(app): State<App>, page: Page) -> Result<Html<String>> {
    let t = page.t;
    let mut db = app.db.acquire().await?;
    let currencies = currency::list(&mut db).await?.into_iter().map(|one| {
        let tolerance = one
            .tolerance
            .map(|figure| page.number(figure))
            .unwrap_or_default();
        vec![
            one.code,
            one.name_zh,
            one.name_en,
            one.decimals.to_string(),
            tolerance,
        ]
    });
    let units = unit::list(&mut db)
        .await?
        .into_iter()
        .map(|one| vec![one.code, one.name_zh, one.name_en, one.customs]);
    let couriers = courier::list(&mut db)
        .await?
        .into_iter()
        .map(|one| vec![one.code, one.name_zh, one.name_en]);
    let panel = |id, title, heads, rows: Vec<Vec<String>>| Panel {
        id,
        title,
        heads,
        rows: rows
            .into_iter()
            .map(|cells| PanelRow {
                href: None,
                archived: false,
                cells,
            })
            .collect(),
        never: t.web_none(),
        add: None,
    };
    let names = [t.catalog_code(), t.catalog_word_zh(), t.catalog_word_en()];
    let with = |more: &[&'static str]| names.iter().chain(more).copied().collect::<Vec<_>>();
    let panels = vec![
        panel(
            "currencies",
            t.catalog_currencies(),
            with(&[t.catalog_decimals(), t.catalog_tolerance()]),
            currencies.collect(),
        ),
        panel(
            "units",
            t.catalog_units(),
            with(&[t.catalog_customs_unit()]),
            units.collect(),
        ),
        panel(
            "couriers",
            t.catalog_couriers(),
            with(&[]),
            couriers.collect(),
        ),
    ];
    Ok(Html(BasicsPage { panels, page }.render()?))
}
