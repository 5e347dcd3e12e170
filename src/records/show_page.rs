//! The page of one card: its facts, what stands beside it, and what happened to it.

use super::acts::{may, must_see};
use super::card::{Card, Field, Panel, Section};
use super::happened::Happened;
use crate::base::By;
use crate::web::{App, Error, Fields, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;

/// One fact: its label, its value, whether it is a code.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub label: &'static str,
    pub value: String,
    pub code: bool,
    pub lang: &'static str,
}

#[derive(Template)]
#[template(path = "records/show.html")]
pub(super) struct ShowPage {
    pub page: Page,
    pub list: (&'static str, &'static str),
    pub name: String,
    pub other: String,
    pub url: String,
    pub rev: i32,
    pub archived: Option<String>,
    pub may_edit: bool,
    pub acts: Vec<(String, &'static str)>,
    pub groups: Vec<(&'static str, Vec<Fact>)>,
    pub panels: Vec<Panel>,
    pub picture: Option<String>,
    pub happened: Happened,
}

pub async fn show<C: Card>(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(code): Path<String>,
) -> Result<Html<String>> {
    must_see::<C>(&by)?;
    let mut db = app.db.acquire().await?;
    let stored = C::find(&mut db, &code).await?.ok_or(Error::NotFound)?;
    let sections = C::form(&mut db, page.t, false).await?;
    let beside = C::beside(&mut db, &by, &page, &stored).await?;
    let happened = Happened::read(&mut db, &stored.thing(), &page, &sections)
        .await?
        .named(beside.labels);
    let groups = groups(&page, &sections, &stored.fields(), beside.facts);
    let (name, other) = stored.card.names();
    let html = ShowPage {
        list: (C::PLACE, C::words(page.t).title),
        name: name.to_owned(),
        other: other.to_owned(),
        url: stored.url(),
        rev: stored.version,
        archived: stored.archived_at.map(|at| page.moment(at)),
        may_edit: may(&by, &stored.card),
        acts: beside.acts,
        groups,
        panels: beside.panels,
        picture: beside.picture,
        happened,
        page,
    };
    Ok(Html(html.render()?))
}

/// The facts in the groups of the form, empty ones left out; what a kind knows beside them joins the first group.
fn groups(
    page: &Page,
    sections: &[Section],
    fields: &Fields,
    beside: Vec<(&'static str, String)>,
) -> Vec<(&'static str, Vec<Fact>)> {
    let fact = |field: &Field| Fact {
        label: field.label,
        value: field.shown(fields.get(field.name), page.t),
        code: field.is_code(),
        lang: field.lang,
    };
    let mut groups: Vec<(&'static str, Vec<Fact>)> = sections
        .iter()
        .map(|section| {
            let told = |field: &&Field| !fields.get(field.name).is_empty();
            let facts = section.fields.iter().filter(told).map(fact).collect();
            (section.title, facts)
        })
        .filter(|(_, facts): &(_, Vec<Fact>)| !facts.is_empty())
        .collect();
    if let Some((_, facts)) = groups.first_mut() {
        facts.extend(beside.into_iter().map(|(label, value)| Fact {
            label,
            value,
            code: false,
            lang: "",
        }));
    }
    groups
}
