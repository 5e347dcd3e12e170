//! Pages and acts of a payee's account, for finance only.

use super::owner::Owner;
use super::payee::{self, FIELDS, Payee};
use super::sql;
use crate::base::{By, T};
use crate::history::{self, Act, Event};
use crate::records::{FormPage, Section, differences, labels, moved, stale};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

#[derive(Deserialize)]
pub(super) struct Of {
    #[serde(default)]
    of: String,
}

fn must_edit(by: &By) -> Result<()> {
    payee::must_edit(by)
}

pub(super) async fn blank(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Of>,
) -> Result<Html<String>> {
    must_edit(&by)?;
    let mut db = app.db.acquire().await?;
    let owner = payer(Owner::named(&mut db, &asked.of).await?)?;
    let mut fields = Fields::default();
    Payee {
        holder: owner.name.clone(),
        currency: "CNY".into(),
        ..Payee::default()
    }
    .put(&mut fields);
    draw(page, &owner, None, fields, Faults::default())
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Of>,
    form: Keyed,
) -> Result<Response> {
    must_edit(&by)?;
    form.only(&FIELDS)?;
    let mut act = history::begin(&app, by, &form.key).await?;
    let owner = payer(Owner::named(act.tx(), &asked.of).await?)?;
    let mut faults = Faults::default();
    let card = Payee::read(&form.fields, &mut faults);
    if !faults.is_empty() {
        let html = draw(page, &owner, None, form.fields, faults)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    payee::add(&mut act, &owner, &card).await?;
    let answer = Answer::to(format!("{}#accounts", owner.url())).tell(page.t, T::web_saved);
    Ok(act.finish(answer).await?.into_response())
}

pub(super) async fn edit(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
) -> Result<Html<String>> {
    must_edit(&by)?;
    let mut db = app.db.acquire().await?;
    let id = parse(&id)?;
    let held = sql::find_payee(&mut db, id).await?.ok_or(Error::NotFound)?;
    let mut fields = Fields::default();
    held.card.put(&mut fields);
    draw(
        page,
        &held.owner,
        Some((id, held.version, held.archived)),
        fields,
        Faults::default(),
    )
}

pub(super) async fn save(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Response> {
    must_edit(&by)?;
    form.only(&FIELDS)?;
    let (id, rev) = (parse(&id)?, form.rev()?);
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    let held = sql::find_payee(act.tx(), id)
        .await?
        .ok_or(Error::NotFound)?;
    let mut faults = Faults::default();
    let card = Payee::read(&form.fields, &mut faults);
    if !faults.is_empty() {
        let html = draw(
            page,
            &held.owner,
            Some((id, rev, held.archived)),
            form.fields,
            faults,
        )?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    let (mut before, mut after) = (Fields::default(), Fields::default());
    held.card.put(&mut before);
    card.put(&mut after);
    if !sql::update_payee(&mut act, id, rev, &card).await? {
        let theirs = (before, held.version);
        return Err(stale(
            act.tx(),
            &by,
            &payee::thing(id),
            &after,
            theirs,
            (format!("/payees/{id}"), labels(&payee::fields(page.t))),
        )
        .await?);
    }
    record(&mut act, id, &before, &after).await?;
    let place = format!("{}#accounts", held.owner.url());
    let answer = Answer::to(place).tell(page.t, T::web_saved);
    Ok(act.finish(answer).await?.into_response())
}

async fn record(act: &mut Act, id: Uuid, before: &Fields, after: &Fields) -> Result<()> {
    let changes = differences(FIELDS, before, after);
    if changes.is_empty() {
        return Ok(());
    }
    act.record(&payee::thing(id), &Event::EntryChanged { changes })
        .await
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
    must_edit(&by)?;
    form.only(&[])?;
    let (id, rev) = (parse(id)?, form.rev()?);
    let mut act = history::begin(app, by.clone(), &form.key).await?;
    let held = sql::find_payee(act.tx(), id)
        .await?
        .ok_or(Error::NotFound)?;
    let answer = Answer::to(format!("{}#accounts", held.owner.url()));
    if held.archived == away {
        return act.finish(answer).await;
    }
    if !sql::archive_payee(&mut act, id, rev, away.then_some(by.at)).await? {
        let of = (held.version, format!("/payees/{id}"));
        return Err(moved(act.tx(), &by, &payee::thing(id), of, away).await?);
    }
    let event = if away {
        Event::EntryArchived
    } else {
        Event::EntryRestored
    };
    act.record(&payee::thing(id), &event).await?;
    act.finish(answer).await
}

/// A customer pays us and is never paid.
fn payer(owner: Owner) -> Result<Owner> {
    if owner.side == super::owner::Side::Customer {
        Err(Error::NotFound)
    } else {
        Ok(owner)
    }
}

fn parse(id: &str) -> Result<Uuid> {
    id.parse().map_err(|_| Error::NotFound)
}

fn draw(
    page: Page,
    owner: &Owner,
    of: Option<(Uuid, i32, bool)>,
    fields: Fields,
    faults: Faults,
) -> Result<Html<String>> {
    let t = page.t;
    let html = FormPage {
        title: match of {
            Some(_) => t.records_edit(fields.get("holder")),
            None => t.parties_payee_new().to_owned(),
        },
        crumbs: vec![(owner.url(), owner.name.clone())],
        action: match of {
            Some((id, _, _)) => format!("/payees/{id}"),
            None => format!("/payees?of={}", owner.key()),
        },
        rev: of.map(|(_, rev, _)| rev.to_string()).unwrap_or_default(),
        back: format!("{}#accounts", owner.url()),
        put_away: of.map(|(id, _, archived)| (format!("/payees/{id}"), archived)),
        sections: vec![Section::new(t.parties_payee(), payee::fields(t))],
        alike: Vec::new(),
        fields,
        faults,
        page,
    };
    Ok(Html(html.render()?))
}
