//! The form of a card: empty, as stored, or as it came back with its faults.

use super::acts::{must, must_see};
use super::card::{Alike, Card, Section, Shape, Stored, Words};
use crate::base::By;
use crate::web::{App, Error, Faults, Fields, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

#[derive(Template)]
#[template(path = "records/form.html")]
pub struct FormPage {
    pub page: Page,
    pub title: String,
    /// Where the list is, and its name; then the card itself, where there is one.
    pub crumbs: Vec<(String, String)>,
    pub action: String,
    pub rev: String,
    pub back: String,
    /// Address of a row that is archived from its own form, and whether it is.
    pub put_away: Option<(String, bool)>,
    pub sections: Vec<Section>,
    pub fields: Fields,
    pub faults: Faults,
    pub alike: Vec<Alike>,
}

impl FormPage {
    /// Whether a section has nothing to show: no value, no fault, and no field that must be filled.
    fn is_closed(&self, section: &Section) -> bool {
        section.alike
            && section.fields.iter().all(|field| {
                field.optional
                    && self.fields.get(field.name).is_empty()
                    && self.faults.of(field.name).is_none()
            })
    }
}

/// What was typed, and what is wrong with it.
pub(super) struct Draft {
    pub fields: Fields,
    pub faults: Faults,
    pub alike: Vec<Alike>,
}

pub async fn blank<C: Card>(State(app): State<App>, by: By, page: Page) -> Result<Html<String>> {
    must_see::<C>(&by)?;
    let card = C::blank(&by);
    must(&by, &card)?;
    let mut db = app.db.acquire().await?;
    let sections = C::form(&mut db, page.t, true).await?;
    let mut fields = Fields::default();
    card.put(&mut fields);
    let draft = Draft {
        fields,
        faults: Faults::default(),
        alike: Vec::new(),
    };
    draw::<C>(page, sections, draft, None)
}

pub async fn edit<C: Card>(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(code): Path<String>,
) -> Result<Html<String>> {
    must_see::<C>(&by)?;
    let mut db = app.db.acquire().await?;
    let stored = C::find(&mut db, &code).await?.ok_or(Error::NotFound)?;
    must(&by, &stored.card)?;
    let sections = C::form(&mut db, page.t, false).await?;
    let draft = Draft {
        fields: stored.fields(),
        faults: Faults::default(),
        alike: Vec::new(),
    };
    let rev = stored.version;
    draw::<C>(page, sections, draft, Some((&stored, rev)))
}

/// The same form again with its faults, or with the cards it may repeat.
pub(super) fn again<C: Card>(
    page: Page,
    sections: Vec<Section>,
    draft: Draft,
    of: Option<(&Stored<C>, i32)>,
) -> Result<Response> {
    let html = draw(page, sections, draft, of)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

/// `of`: the card being changed, with the version the form was drawn from.
fn draw<C: Card>(
    page: Page,
    sections: Vec<Section>,
    draft: Draft,
    of: Option<(&Stored<C>, i32)>,
) -> Result<Html<String>> {
    let Words { title, new, .. } = C::words(page.t);
    let mut crumbs = vec![(C::PLACE.to_owned(), title.to_owned())];
    let (title, action, rev, back) = match of {
        Some((stored, rev)) => {
            let name = stored.card.names().0;
            crumbs.push((stored.url(), name.to_owned()));
            (
                page.t.records_edit(name),
                stored.url(),
                rev.to_string(),
                stored.url(),
            )
        }
        None => (
            new.to_owned(),
            C::PLACE.to_owned(),
            String::new(),
            C::PLACE.to_owned(),
        ),
    };
    let page = FormPage {
        page,
        title,
        crumbs,
        action,
        rev,
        back,
        put_away: None,
        sections,
        fields: draft.fields,
        faults: draft.faults,
        alike: draft.alike,
    };
    Ok(Html(page.render()?))
}
