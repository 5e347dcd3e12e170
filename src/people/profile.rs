//! Profile 个人设置: language, look, password, sessions, and for a manager her own deputy.

use super::deputy::{self, Deputy};
use super::password::{self, PersonStream};
use super::rights::{self, Deed, Verdict};
use super::sign_in::{self, Tried};
use super::staff::{Person, labels};
use super::{Relation, appointments, roster, session, sql};
use crate::base::{By, Lang, PersonId, T};
use crate::history::event::Change;
use crate::history::{self, Event};
use crate::web::page::{Density, Theme};
use crate::web::posted::Posted;
use crate::web::serve::Client;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result, cookie};
use askama::Template;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "people/profile.html")]
pub(super) struct ProfilePage {
    page: Page,
    faults: Faults,
    fields: Fields,
    name_zh: String,
    name_en: String,
    email: String,
    roles: String,
    department: String,
    /// Whether she may name a deputy, and who has been named.
    appoints: bool,
    deputies: Vec<Deputy>,
    stand_ins: Vec<(String, String)>,
    absences: Vec<Deputy>,
    sessions: Vec<Session>,
}

/// A device on which she is signed in.
struct Session {
    device: String,
    address: String,
    seen: DateTime<Utc>,
    this: bool,
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    headers: HeaderMap,
) -> Result<Html<String>> {
    draw(&app, page, &by, &headers, Default::default()).await
}

pub(super) async fn draw(
    app: &App,
    mut page: Page,
    by: &By,
    headers: &HeaderMap,
    (fields, faults): (Fields, Faults),
) -> Result<Html<String>> {
    let me = by.person().ok_or(Error::SignIn)?;
    "/me".clone_into(&mut page.here);
    let mut db = app.db.acquire().await?;
    let person = roster::find(&mut db, me).await?.ok_or(Error::SignIn)?;
    let departments = appointments::departments(&mut db, page.lang).await?;
    let own = departments
        .iter()
        .find(|one| Some(one.id) == person.department);
    let relation = Relation::to_colleague(by, me);
    let appoints = rights::decide(by, &Deed::AppointDeputy.into(), &relation) == Verdict::Allow
        && person.roles.has(crate::base::Role::Manager);
    let this = cookie::read(headers, cookie::name(app.config.behind_tls)).map(session::hash);
    Ok(Html(
        ProfilePage {
            department: own
                .map(|one| one.name(page.lang).to_owned())
                .unwrap_or_default(),
            roles: labels(&person.roles, page.t),
            appoints,
            deputies: appointments::deputies(&mut db, me).await?,
            stand_ins: deputy::choices(&mut db, me, page.lang).await?,
            absences: appointments::absences(&mut db, me, page.today()).await?,
            sessions: sessions(&mut db, &person, &page, this.as_deref()).await?,
            page,
            faults,
            fields,
            name_zh: person.name_zh,
            name_en: person.name_en,
            email: person.email,
        }
        .render()?,
    ))
}

/// Devices on which she is signed in now; `this` is the one in front of her.
async fn sessions(
    db: &mut PgConnection,
    person: &Person,
    page: &Page,
    this: Option<&[u8]>,
) -> Result<Vec<Session>> {
    let idle = page.at - session::idle(&person.roles);
    let begun = page.at - session::ABSOLUTE;
    let devices = roster::sessions(db, person.id, (idle, begun)).await?;
    Ok(devices
        .into_iter()
        .map(|one| Session {
            this: this == Some(one.token_hash.as_slice()),
            device: device(&one.agent, page.t),
            address: one.address,
            seen: one.last_seen,
        })
        .collect())
}

/// What a browser calls itself, as a person would: `Edge · Windows`.
fn device(agent: &str, t: T) -> String {
    // Each browser also names the ones it wants to be taken for, so the most particular word comes first.
    let browsers = [
        ("MicroMessenger", t.base_channel_wechat()),
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    let systems = [
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |list: &[(&str, &'static str)]| {
        let found = list.iter().find(|(word, _)| agent.contains(word));
        found.map(|(_, name)| *name)
    };
    match (find(&browsers), find(&systems)) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) if agent.is_empty() => t.people_session_unknown().to_owned(),
        (None, None) => agent.chars().take(40).collect(),
    }
}

const LOOK: [&str; 4] = ["lang", "theme", "density", "shortcuts"];

/// The form of the interface. A choice our page does not offer is no choice.
pub(super) async fn save(
    State(app): State<App>,
    by: By,
    page: Page,
    form: Keyed,
) -> Result<Answer> {
    form.only(&LOOK)?;
    let me = by.person().ok_or(Error::SignIn)?;
    let fields = &form.fields;
    let lang = Lang::parse(fields.get("lang")).ok_or(Error::Garbled("lang"))?;
    let theme = Theme::parse(fields.get("theme")).ok_or(Error::Garbled("theme"))?;
    let density = Density::parse(fields.get("density")).ok_or(Error::Garbled("density"))?;
    let shortcuts = !fields.get("shortcuts").is_empty();
    let mut act = history::begin(&app, by, &form.key).await?;
    let look = (lang.code(), theme.code(), density.code());
    roster::save_look(act.tx(), me, look, shortcuts).await?;
    // Codes, because whoever reads the record has a language of her own.
    let switch = |on: bool| if on { "on" } else { "off" };
    let changes: Vec<Change> = [
        Change::between("lang", page.lang.code(), lang.code()),
        Change::between("theme", page.theme.code(), theme.code()),
        Change::between("density", page.density.code(), density.code()),
        Change::between("shortcuts", switch(page.shortcuts), switch(shortcuts)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !changes.is_empty() {
        act.record(&PersonStream(me), &Event::PersonChanged { changes })
            .await?;
    }
    // Said in the language that was just chosen.
    act.finish(Answer::to("/me").tell(T(lang), T::web_saved))
        .await
}

/// The current password goes through the same guard as signing in: an unlocked screen is no way to guess it.
pub(super) async fn change_password(
    State(app): State<App>,
    by: By,
    page: Page,
    client: Option<Extension<Client>>,
    headers: HeaderMap,
    form: Keyed,
) -> Result<Response> {
    form.only(&["current", "password", "again"])?;
    let me = by.person().ok_or(Error::SignIn)?;
    let person = {
        let mut db = app.db.acquire().await?;
        roster::find(&mut db, me).await?.ok_or(Error::SignIn)?
    };
    let (faults, status) = check(&app, &page, &person, &sign_in::address(client), &form).await?;
    if !faults.is_empty() {
        // Passwords are never drawn again.
        let html = draw(&app, page, &by, &headers, (Fields::default(), faults)).await?;
        return Ok((status, html).into_response());
    }
    let old = cookie::read(&headers, cookie::name(app.config.behind_tls)).unwrap_or("");
    let (act, secret) = put(&app, by, me, &form, &session::hash(old)).await?;
    let answer = Answer::to("/me").tell(page.t, T::people_password_changed);
    let mut response = act.finish(answer).await?.into_response();
    let fresh = cookie::secret(app.config.behind_tls, &secret);
    session::append(response.headers_mut(), &fresh);
    Ok(response)
}

async fn check(
    app: &App,
    page: &Page,
    person: &Person,
    address: &str,
    form: &Keyed,
) -> Result<(Faults, StatusCode)> {
    let own = [
        person.name_zh.as_str(),
        person.name_en.as_str(),
        person.email.as_str(),
        page.company.as_str(),
    ];
    let mut faults = password::check_new(form, &own);
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if !faults.is_empty() {
        return Ok((faults, status));
    }
    let current = form.fields.get("current");
    match sign_in::attempt(app, page.at, &person.email, current, address).await? {
        Tried::In(_) => {}
        Tried::Wrong => faults.add("current", T::people_password_wrong),
        Tried::Wait(seconds) => {
            faults.say("current", move |t| t.people_sign_in_wait(seconds));
            status = StatusCode::TOO_MANY_REQUESTS;
        }
    }
    Ok((faults, status))
}

/// The act: the new password; this browser goes on under a new secret, every other session ends.
async fn put(
    app: &App,
    by: By,
    me: PersonId,
    form: &Keyed,
    old: &[u8],
) -> Result<(history::Act, String)> {
    let kept = password::hash(form.fields.get("password").to_owned()).await?;
    let secret = session::secret()?;
    let mut act = history::begin(app, by, &form.key).await?;
    let at = act.by.at;
    sql::set_password(act.tx(), me, &kept).await?;
    roster::end_links(act.tx(), me, at).await?;
    sql::rotate_session(act.tx(), me, old, &session::hash(&secret)).await?;
    act.record(&PersonStream(me), &Event::PasswordSet).await?;
    Ok((act, secret))
}

/// The switch in the top bar: for who is signed in her own setting, before that a cookie.
pub(super) async fn language(
    State(app): State<App>,
    by: Result<By, Error>,
    posted: Extension<Arc<Posted>>,
) -> Result<Response> {
    let fields: &Fields = &posted.fields;
    let lang = Lang::parse(fields.get("lang")).ok_or(Error::Garbled("lang"))?;
    if let Some(person) = by.ok().and_then(|by| by.person()) {
        let mut db = app.db.acquire().await?;
        roster::save_lang(&mut db, person, lang).await?;
    }
    let mut response = Answer::to(sign_in::ours(fields.get("next"))).into_response();
    session::append(response.headers_mut(), &cookie::lang(lang.code()));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_named_as_a_person_would() {
        let t = T(Lang::En);
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36 Edg/141.0";
        let wechat = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0";
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Safari/604.1";
        assert_eq!(device(edge, t), "Edge · Windows");
        assert_eq!(device(wechat, t), "WeChat · Android");
        assert_eq!(device(phone, t), "Safari · iPhone");
        assert_eq!(device("", t), "Unknown device");
        assert_eq!(device(&"x".repeat(90), t).len(), 40);
    }
}
