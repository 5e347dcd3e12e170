//! Pages and acts of a contact: entered, changed, put away; its events stand in the chain of its party.

use super::contact::{self, Card};
use super::owner::Owner;
use super::sql;
use crate::base::{By, ContactId};
use crate::history::event::Change;
use crate::history::{self, Event};
use crate::records::{FormPage, Section, differences, stale};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

const FIELDS: [&str; 7] = [
    "name", "position", "email", "phone", "channel", "handle", "lang",
];

#[derive(Deserialize)]
pub(super) struct Of {
    #[serde(default)]
    of: String,
}

pub(super) async fn blank(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Of>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let owner = Owner::named(&mut db, &asked.of).await?;
    owner.must_edit(&by)?;
    let mut fields = Fields::default();
    Card::blank(owner.side).put(&mut fields);
    draw(page, &owner, None, fields, Faults::default())
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Of>,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    let owner = Owner::named(act.tx(), &asked.of).await?;
    owner.must_edit(&by)?;
    let mut faults = Faults::default();
    let card = Card::read(&form.fields, &mut faults);
    if !faults.is_empty() {
        let html = draw(page, &owner, None, form.fields, faults)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    contact::add(&mut act, &owner, &card).await?;
    let answer = Answer::to(format!("{}#contacts", owner.url())).tell(page.t, |t| t.web_saved());
    Ok(act.finish(answer).await?.into_response())
}

pub(super) async fn edit(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let held = sql::find_contact(&mut db, parse(&id)?)
        .await?
        .ok_or(Error::NotFound)?;
    held.owner.must_edit(&by)?;
    let mut fields = Fields::default();
    held.card.put(&mut fields);
    let of = (parse(&id)?, held.version, held.archived);
    draw(page, &held.owner, Some(of), fields, Faults::default())
}

pub(super) async fn save(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let (id, rev) = (parse(&id)?, form.rev()?);
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    let held = sql::find_contact(act.tx(), id)
        .await?
        .ok_or(Error::NotFound)?;
    held.owner.must_edit(&by)?;
    let mut faults = Faults::default();
    let card = Card::read(&form.fields, &mut faults);
    if !faults.is_empty() {
        let of = (id, rev, held.archived);
        let html = draw(page, &held.owner, Some(of), form.fields, faults)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    let (mut before, mut after) = (Fields::default(), Fields::default());
    held.card.put(&mut before);
    card.put(&mut after);
    let thing = held.owner.thing();
    if !sql::update_contact(&mut act, id, rev, &card).await? {
        let theirs = (before, held.version);
        return Err(stale(
            act.tx(),
            &by,
            &thing,
            &form.fields,
            theirs,
            format!("/contacts/{id}"),
        )
        .await?);
    }
    let changes: Vec<Change> = differences(FIELDS, &before, &after)
        .into_iter()
        .map(|change| Change {
            field: format!("contact {} {}", held.card.name, change.field),
            ..change
        })
        .collect();
    if !changes.is_empty() {
        act.record(&thing, &Event::EntryChanged { changes }).await?;
    }
    let answer =
        Answer::to(format!("{}#contacts", held.owner.url())).tell(page.t, |t| t.web_saved());
    Ok(act.finish(answer).await?.into_response())
}

pub(super) async fn archive(
    State(app): State<App>,
    by: By,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    put_away(&app, by, &id, &form, true).await
}

pub(super) async fn restore(
    State(app): State<App>,
    by: By,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    put_away(&app, by, &id, &form, false).await
}

async fn put_away(app: &App, by: By, id: &str, form: &Keyed, away: bool) -> Result<Answer> {
    form.only(&[])?;
    let (id, rev) = (parse(id)?, form.rev()?);
    let mut act = history::begin(app, by.clone(), &form.key).await?;
    let held = sql::find_contact(act.tx(), id)
        .await?
        .ok_or(Error::NotFound)?;
    held.owner.must_edit(&by)?;
    let answer = Answer::to(format!("{}#contacts", held.owner.url()));
    if held.archived == away {
        return act.finish(answer).await;
    }
    let at = away.then_some(by.at);
    let thing = held.owner.thing();
    if !sql::archive_contact(&mut act, id, rev, at).await? {
        let none = Fields::default();
        let action = format!(
            "/contacts/{id}/{}",
            if away { "archive" } else { "restoration" }
        );
        return Err(stale(
            act.tx(),
            &by,
            &thing,
            &none,
            (none.clone(), held.version),
            action,
        )
        .await?);
    }
    let name = held.card.name.as_str();
    let change = if away {
        Change::between("contact", name, "")
    } else {
        Change::between("contact", "", name)
    };
    act.record(
        &thing,
        &Event::EntryChanged {
            changes: change.into_iter().collect(),
        },
    )
    .await?;
    act.finish(answer).await
}

fn parse(id: &str) -> Result<ContactId> {
    id.parse().map_err(|_| Error::NotFound)
}

fn draw(
    page: Page,
    owner: &Owner,
    of: Option<(ContactId, i32, bool)>,
    fields: Fields,
    faults: Faults,
) -> Result<Html<String>> {
    let t = page.t;
    let html = FormPage {
        title: match of {
            Some(_) => t.records_edit(fields.get("name")),
            None => t.parties_contact_new().to_owned(),
        },
        crumbs: vec![(owner.url(), owner.name.clone())],
        action: match of {
            Some((id, _, _)) => format!("/contacts/{id}"),
            None => format!("/contacts?of={}", owner.key()),
        },
        rev: of.map(|(_, rev, _)| rev.to_string()).unwrap_or_default(),
        back: format!("{}#contacts", owner.url()),
        put_away: of.map(|(id, _, archived)| (format!("/contacts/{id}"), archived)),
        sections: vec![Section::new(t.parties_contact(), contact::fields(t))],
        alike: Vec::new(),
        fields,
        faults,
        page,
    };
    Ok(Html(html.render()?))
}
