//! Signing in and out. The answer to a wrong password never says which part was wrong.

use super::{guard, password, session, sql};
use crate::base::{By, PersonId, T};
use crate::web::serve::Client;
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result, cookie};
use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "people/sign_in.html")]
pub(super) struct SignInPage {
    pub page: Page,
    pub email: String,
    pub next: String,
    pub faults: Faults,
    /// Only in the demo: who may be tried, and the one password of all.
    pub demo_people: Vec<DemoPerson>,
}

/// A button "enter as" of the demo's sign-in page.
pub(super) struct DemoPerson {
    pub email: String,
    pub name: String,
    pub role: String,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    next: String,
}

pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    if page.reader.is_some() {
        return Ok(Redirect::to(&ours(&asked.next)).into_response());
    }
    let mut db = app.db.acquire().await?;
    if !app.demo && !sql::anybody_administers(&mut db).await? {
        return Ok(Redirect::to("/set-up").into_response());
    }
    drop(db);
    Ok(Html(draw(&app, page, String::new(), asked.next, Faults::default()).await?).into_response())
}

async fn draw(
    app: &App,
    page: Page,
    email: String,
    next: String,
    faults: Faults,
) -> Result<String> {
    let demo_people = if page.demo {
        demo_people(app, &page).await?
    } else {
        Vec::new()
    };
    Ok(SignInPage {
        page,
        email,
        next,
        faults,
        demo_people,
    }
    .render()?)
}

async fn demo_people(app: &App, page: &Page) -> Result<Vec<DemoPerson>> {
    let mut db = app.db.acquire().await?;
    let people = super::staff::list_active(&mut db).await?;
    Ok(people
        .into_iter()
        .map(|person| DemoPerson {
            role: person
                .roles
                .iter()
                .map(|role| role.label(page.t))
                .collect::<Vec<_>>()
                .join(" · "),
            name: person.name(page.lang).to_owned(),
            email: person.email,
        })
        .collect())
}

/// Only paths of our own; an address that leads away is dropped.
pub(super) fn ours(next: &str) -> String {
    let inside =
        next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\n', '\r']);
    if inside {
        next.to_owned()
    } else {
        "/".to_owned()
    }
}

pub(super) async fn create(
    State(app): State<App>,
    page: Page,
    client: Option<Extension<Client>>,
    headers: HeaderMap,
    form: Keyed,
) -> Result<Response> {
    form.only(&["email", "password", "next"])?;
    let email = form.fields.get("email").to_lowercase();
    let next = form.fields.get("next").to_owned();
    let address = address(client);
    match attempt(&app, page.at, &email, form.fields.get("password"), &address).await? {
        Tried::Wait(seconds) => {
            let mut faults = Faults::default();
            faults.say("email", move |t| t.people_sign_in_wait(seconds));
            let html = draw(&app, page, email, next, faults).await?;
            Ok((StatusCode::TOO_MANY_REQUESTS, Html(html)).into_response())
        }
        Tried::Wrong => {
            let faults = Faults::one("email", T::people_sign_in_wrong);
            let html = draw(&app, page, email, next, faults).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
        }
        Tried::In(person) => {
            let agent = headers
                .get(header::USER_AGENT)
                .and_then(|agent| agent.to_str().ok())
                .unwrap_or("");
            let agent: String = agent.chars().take(200).collect();
            enter(
                &app,
                &page,
                person,
                &headers,
                (&address, &agent),
                &ours(&next),
            )
            .await
        }
    }
}

/// Where the request came from, as far as the accept loop knows.
pub(super) fn address(client: Option<Extension<Client>>) -> String {
    client.map_or_else(|| "-".to_owned(), |client| client.0.0.to_string())
}

/// What came of one try.
pub(super) enum Tried {
    In(PersonId),
    Wrong,
    Wait(i64),
}

/// One try, counted for the account and for the address.
pub(super) async fn attempt(
    app: &App,
    at: DateTime<Utc>,
    email: &str,
    password: &str,
    address: &str,
) -> Result<Tried> {
    let (account_key, address_key) = (format!("account:{email}"), format!("address:{address}"));
    let zone = app.config.zone;
    let mut tx = app.db.begin().await?;
    let wait = guard::account_wait(sql::tries(&mut tx, &account_key).await?, at, zone).max(
        guard::address_wait(sql::tries(&mut tx, &address_key).await?, at),
    );
    if wait > TimeDelta::zero() {
        return Ok(Tried::Wait(wait.num_seconds().max(1)));
    }
    let account = sql::find_account(&mut tx, email).await?;
    let stored = account
        .as_ref()
        .filter(|account| account.active)
        .and_then(|account| account.password_hash.clone());
    let fits = password::fits(password.to_owned(), stored).await?;
    let tried = match account {
        Some(account) if fits => {
            sql::forget_failures(&mut tx, &account_key).await?;
            Tried::In(account.id)
        }
        _ => {
            sql::count_failure(&mut tx, &account_key, at, guard::account_memory(at, zone)).await?;
            sql::count_failure(&mut tx, &address_key, at, guard::address_memory(at)).await?;
            Tried::Wrong
        }
    };
    tx.commit().await?;
    Ok(tried)
}

/// Opens a session under a new secret; whatever the browser brought along is dead afterwards.
pub(super) async fn enter(
    app: &App,
    page: &Page,
    person: PersonId,
    headers: &HeaderMap,
    from: (&str, &str),
    next: &str,
) -> Result<Response> {
    let tls = app.config.behind_tls;
    let fresh = session::secret()?;
    let mut tx = app.db.begin().await?;
    if let Some(old) = cookie::read(headers, cookie::name(tls)) {
        sql::close_session(&mut tx, &session::hash(old)).await?;
    }
    sql::open_session(&mut tx, &session::hash(&fresh), person, page.at, from).await?;
    tx.commit().await?;
    let mut response = Redirect::to(next).into_response();
    session::append(response.headers_mut(), &cookie::secret(tls, &fresh));
    Ok(response)
}

pub(super) async fn leave(
    State(app): State<App>,
    headers: HeaderMap,
    form: Keyed,
) -> Result<Response> {
    form.only(&[])?;
    if let Some(secret) = cookie::read(&headers, cookie::name(app.config.behind_tls)) {
        let mut db = app.db.acquire().await?;
        sql::close_session(&mut db, &session::hash(secret)).await?;
    }
    Ok(gone(&app))
}

pub(super) async fn leave_everywhere(
    State(app): State<App>,
    by: By,
    form: Keyed,
) -> Result<Response> {
    form.only(&[])?;
    let mut db = app.db.acquire().await?;
    sql::close_sessions_of(&mut db, by.person().ok_or(Error::SignIn)?).await?;
    Ok(gone(&app))
}

fn gone(app: &App) -> Response {
    let mut response = Answer::to("/sign-in").into_response();
    session::append(
        response.headers_mut(),
        &cookie::forget(app.config.behind_tls),
    );
    response.headers_mut().insert(
        "clear-site-data",
        axum::http::HeaderValue::from_static("\"cache\""),
    );
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_are_gone_back_to() {
        assert_eq!(ours("/orders?view=mine"), "/orders?view=mine");
        for foreign in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "orders",
            "/a\nb",
        ] {
            assert_eq!(ours(foreign), "/", "{foreign}");
        }
    }
}
