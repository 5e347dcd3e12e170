//! Invitation 邀请: a new person, and the one-time link that is handed over by the administrator.

use super::department::Department;
use super::draft::{Draft, FIELDS, FormView, form_view, read};
use super::password::PersonStream;
use super::rights::{self, Deed};
use super::user::{Said, draw};
use super::{Relation, appointments, roster, terminal};
use crate::base::{By, DepartmentId, PersonId};
use crate::history::{self, Act, Event};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

#[derive(Template)]
#[template(path = "people/user_new.html")]
pub(super) struct NewPage {
    page: Page,
    form: FormView,
    faults: Faults,
}

pub(super) async fn blank(State(app): State<App>, by: By, page: Page) -> Result<Html<String>> {
    rights::must(&by, Deed::ManagePeople, &Relation::none())?;
    let mut db = app.db.acquire().await?;
    let departments = appointments::departments(&mut db, page.lang).await?;
    draw_new(page, &departments, Fields::default(), Faults::default())
}

fn draw_new(
    page: Page,
    departments: &[Department],
    fields: Fields,
    faults: Faults,
) -> Result<Html<String>> {
    let form = form_view(fields, departments, &page);
    Ok(Html(NewPage { page, form, faults }.render()?))
}

/// The answer is the person's page with the link on it, and no redirect: the link is shown this one time.
pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    let departments = appointments::departments(act.tx(), page.lang).await?;
    let known: Vec<DepartmentId> = departments.iter().map(|one| one.id).collect();
    let invited = match read(&form.fields, &known) {
        Ok(draft) => invite(&app, &mut act, &draft).await,
        Err(faults) => Err(faults.into()),
    };
    match invited {
        Ok((id, link)) => {
            act.finish(Answer::to(format!("/users/{id}"))).await?;
            let said = Said {
                link: Some(link),
                ..Said::default()
            };
            let mut db = app.db.acquire().await?;
            Ok(draw(&mut db, page, &by, id, said).await?.into_response())
        }
        Err(Error::Invalid(faults)) => {
            drop(act);
            let html = draw_new(page, &departments, form.fields, faults)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(error) => Err(error),
    }
}

/// The act: answers who she is and the link that sets her password.
pub async fn invite(app: &App, act: &mut Act, draft: &Draft) -> Result<(PersonId, String)> {
    let id = add(act, draft).await?;
    let link = terminal::link(app, act, id, "invite").await?;
    Ok((id, link))
}

/// A person without a link yet.
pub async fn add(act: &mut Act, draft: &Draft) -> Result<PersonId> {
    rights::must(&act.by, Deed::ManagePeople, &Relation::none())?;
    let at = act.by.at;
    let id = PersonId::fresh(at);
    roster::insert(act.tx(), id, draft, at).await?;
    let event = Event::PersonInvited {
        email: draft.email.clone(),
        roles: draft.roles.codes(),
    };
    act.record(&PersonStream(id), &event).await?;
    Ok(id)
}
