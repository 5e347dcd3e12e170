//! Session 会话: the layer that says who stands at the door, for every request.
//!
//! One statement reads the session, the person, her roles, departments, deputies and figures, and the moment of the
//! request: rights changed or a user disabled take effect with the next click, on every replica.
//!
//! We chose opaque tokens whose SHA-256 lies in the database: signing out everywhere is a `delete`, and a copy of the
//! database signs nobody in.

use super::{barring, sql};
use crate::base::{By, Lang, Role, Who};
use crate::web::error::Trouble;
use crate::web::seed::{Density, Seed, Theme};
use crate::web::{App, Error, Visitor, address, cookie, headers, trouble};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use rand::TryRngCore;
use sha2::{Digest, Sha256};

/// Idle 30 minutes, 15 for finance and administrators; 12 hours in all.
pub(super) fn idle(roles: &crate::base::Roles) -> TimeDelta {
    if roles.any_of(&[Role::Finance, Role::Admin]) {
        TimeDelta::minutes(15)
    } else {
        TimeDelta::minutes(30)
    }
}

pub(super) const ABSOLUTE: TimeDelta = TimeDelta::hours(12);

/// 256 random bits in the alphabet of addresses and cookies.
pub fn secret() -> Result<String, Error> {
    let mut bytes = [0_u8; 32];
    rand::rngs::OsRng
        .try_fill_bytes(&mut bytes)
        .map_err(|error| Error::Broken(anyhow::anyhow!("no randomness: {error}")))?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

pub fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// The token that the forms of this session carry; it cannot be turned back into the cookie.
fn token(secret: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(format!("form:{secret}")))
}

/// The layer: finds the visitor, hands the seed on, and puts the headers on the answer.
#[expect(
    clippy::too_many_lines,
    reason = "one request from its cookie to the headers of its answer"
)]
pub async fn layer(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let behind_tls = app.config.behind_tls;
    let mut fresh = None;
    let (headers, uri) = (request.headers().clone(), request.uri().clone());
    let mut response = match seed(&app, &headers, &uri, &mut fresh).await {
        Ok(seed) => {
            let visitor = seed
                .by
                .as_ref()
                .and_then(By::staff)
                .map_or(Visitor::Stranger, |staff| {
                    Visitor::Staff(staff.roles.clone())
                });
            request.extensions_mut().insert(visitor);
            request.extensions_mut().insert(seed.clone());
            let had_flash = seed.flash.is_some() && request.method() == axum::http::Method::GET;
            let answer = match address::objection(&uri) {
                Some(error) => error.into_response(),
                None => next.run(request).await,
            };
            // Taken out first: an answer cannot be looked at while the database is.
            let trouble = answer.extensions().get::<Trouble>().cloned();
            let contacts = barring::contacts(&app, trouble.as_ref(), seed.lang).await;
            let response = trouble::draw(answer, &seed, contacts);
            if had_flash {
                without_flash(response)
            } else {
                response
            }
        }
        Err(error) => trouble::draw(
            error.into_response(),
            &bare(&app, &headers, &path),
            Vec::new(),
        ),
    };
    if let Some(secret) = fresh {
        append(response.headers_mut(), &cookie::secret(behind_tls, &secret));
    }
    headers::put(&mut response, behind_tls);
    response
}

fn without_flash(mut response: Response) -> Response {
    // Only a page shows the sentence; an asset asked for in between must not eat it.
    let html = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if html {
        append(response.headers_mut(), &cookie::forget_flash());
    }
    response
}

pub(super) fn append(headers: &mut HeaderMap, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        headers.append(header::SET_COOKIE, value);
    }
}

/// What is known without the database: language and theme of the browser. Error pages grow from it too.
pub fn bare(app: &App, headers: &HeaderMap, here: &str) -> Seed {
    let wanted = cookie::read(headers, "gendan-lang")
        .map(str::to_owned)
        .or_else(|| {
            let accepted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
            let first = accepted.split([',', ';']).next()?.trim();
            Some(if first.starts_with("en") {
                "en".to_owned()
            } else {
                "zh-CN".to_owned()
            })
        });
    Seed {
        lang: wanted.as_deref().and_then(Lang::parse).unwrap_or(Lang::Zh),
        theme: Theme::Auto,
        density: Density::Normal,
        shortcuts: true,
        by: None,
        counts: crate::web::seed::Counts::default(),
        csrf: String::new(),
        base_url: app.config.base_url.as_str().into(),
        behind_tls: app.config.behind_tls,
        demo: app.demo,
        company: app.company.clone(),
        zone: app.config.zone,
        at: app.clock.fixed().unwrap_or(DateTime::<Utc>::UNIX_EPOCH),
        here: here.to_owned(),
        came_from: came_from(headers).unwrap_or_default(),
        flash: cookie::read_flash(headers),
        request: String::new(),
    }
}

/// The page of this house that the browser names; another site's says nothing to us.
fn came_from(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name)?.to_str().ok();
    let page: Uri = text(header::REFERER)?.parse().ok()?;
    if page.authority()?.as_str() != text(header::HOST)? {
        return None;
    }
    Some(page.path_and_query()?.as_str().to_owned())
}

/// Files of ours, and whether the house lives: answered while the database is away.
fn asks_nothing(path: &str) -> bool {
    crate::web::assets::owns(path) || path == "/healthz"
}

async fn seed(
    app: &App,
    headers: &HeaderMap,
    uri: &Uri,
    fresh: &mut Option<String>,
) -> Result<Seed, Error> {
    let here = uri.path_and_query().map_or("/", |here| here.as_str());
    let mut seed = bare(app, headers, here);
    seed.request = secret()?.chars().take(10).collect();
    if asks_nothing(uri.path()) {
        return Ok(seed);
    }
    let held = cookie::read(headers, cookie::name(app.config.behind_tls)).map(str::to_owned);
    let secret = if let Some(secret) = held {
        secret
    } else {
        let secret = secret()?;
        *fresh = Some(secret.clone());
        secret
    };
    seed.csrf = token(&secret);
    let mut db = app.db.acquire().await?;
    let found =
        sql::find_session(&mut db, &hash(&secret), app.clock.fixed(), app.config.zone).await?;
    seed.at = found.at;
    if let Some(held) = found.held.filter(|held| held.is_live(found.at)) {
        if held.last_seen + TimeDelta::minutes(1) < found.at {
            sql::touch(&mut db, &hash(&secret), found.at).await?;
        }
        seed.lang = held.lang;
        seed.theme = held.theme;
        seed.density = held.density;
        seed.shortcuts = held.shortcuts;
        seed.counts = held.counts;
        seed.by = Some(By {
            who: Who::Staff(held.staff),
            at: found.at,
            lang: held.lang,
        });
    }
    Ok(seed)
}
