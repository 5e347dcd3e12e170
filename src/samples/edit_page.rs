//! The editor of a draft: its fields, what it still lacks, and the difference from the last signed round.

use super::content::{Content, Lacking, lacking};
use super::difference::{self, Row};
use super::draft::PAYERS;
use super::note::{KINDS, SampleNote, kind_word, payer_word};
use super::questions::choices;
use super::sql;
use crate::orders::{Head, Order, terms};
use crate::web::{Faults, Fields, Page, Result};
use askama::Template;
use axum::response::Html;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "samples/edit.html")]
pub(super) struct EditPage {
    pub page: Page,
    pub head: Head,
    pub note: SampleNote,
    pub fields: Fields,
    pub faults: Faults,
    pub kinds: Vec<(String, String)>,
    pub payers: Vec<(String, String)>,
    pub factories: Vec<(String, String)>,
    pub lacks: Vec<Lacking>,
    /// Label of the round compared with.
    pub against: Option<String>,
    pub difference: Vec<Row>,
}

impl EditPage {
    pub(super) fn url(&self) -> String {
        format!("{}/samples/{}", self.head.order.url(), self.note.name)
    }
}

/// The last signed round before this one, with what it said.
pub(super) fn last_signed<'a>(all: &'a [SampleNote], note: &SampleNote) -> Option<&'a SampleNote> {
    all.iter().find(|other| {
        other.name.sample == note.name.sample
            && other.name.round < note.name.round
            && other.was_signed()
    })
}

pub(super) async fn draw(
    db: &mut PgConnection,
    page: Page,
    order: Order,
    note: SampleNote,
    fields: Fields,
    faults: Faults,
) -> Result<Html<String>> {
    let all = sql::list_for(db, &order).await?;
    let last = last_signed(&all, &note);
    let difference = match last.and_then(|last| last.content.as_ref()) {
        Some(before) => difference::rows(page.t, before, &Content::of(&order, &note)),
        None => Vec::new(),
    };
    let page = EditPage {
        kinds: choices(&KINDS, page.t, kind_word),
        payers: choices(&PAYERS, page.t, payer_word),
        factories: terms::factories(db).await?,
        lacks: lacking(&note.draft, page.today()),
        against: last.map(|last| last.name.label()),
        difference,
        head: Head::load(db, &order, "samples", &page).await?,
        page,
        note,
        fields,
        faults,
    };
    Ok(Html(page.render()?))
}
