//! Trouble: the page of an error, in the reader's language, with what to do next. What is broken is logged whole; the
//! page shows only the number of the request.

use super::error::{Error, Trouble};
use super::frame;
use super::headers::Keep;
use super::page::Page;
use super::posted::{Load, Posted};
use super::seed::Seed;
use super::stale::Stale;
use crate::base::T;
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "web/error.html")]
pub struct ErrorPage {
    pub page: Page,
    pub sign: &'static str,
    pub title: String,
    pub sentence: String,
    pub reasons: Vec<String>,
    pub contacts: Vec<String>,
    pub reference: String,
    pub search: Option<String>,
    /// What was typed into the form that was refused.
    pub typed: Vec<String>,
    pub ways: Vec<Way>,
}

/// The same with the rail, for a reader who is signed in.
#[derive(Template)]
#[template(path = "web/error_inside.html")]
pub struct ErrorInside {
    pub page: Page,
    pub sign: &'static str,
    pub title: String,
    pub sentence: String,
    pub reasons: Vec<String>,
    pub contacts: Vec<String>,
    pub reference: String,
    pub search: Option<String>,
    pub typed: Vec<String>,
    pub ways: Vec<Way>,
}

#[derive(Template)]
#[template(path = "web/stale.html")]
pub struct StalePage {
    pub page: Page,
    pub stale: Stale,
}

/// A way out of an error page.
#[derive(Clone, Debug)]
pub struct Way {
    pub href: String,
    pub label: String,
}

/// Draws the page of an error that a handler answered, with who can help; any other answer goes on as it is.
pub fn draw(response: Response, seed: &Seed, contacts: Vec<String>) -> Response {
    let status = response.status();
    let typed = response.extensions().get::<Arc<Posted>>();
    let typed = typed
        .map(|posted| typed_by_hand(posted))
        .unwrap_or_default();
    let error = match response.extensions().get::<Trouble>() {
        Some(trouble) => trouble.0.clone(),
        // The router's own answers have no words.
        None if status == StatusCode::NOT_FOUND && is_bare(&response) => Arc::new(Error::NotFound),
        None if status == StatusCode::METHOD_NOT_ALLOWED && is_bare(&response) => {
            return with_status(
                page_for(&Error::NotFound, seed, typed, contacts),
                StatusCode::METHOD_NOT_ALLOWED,
                &response,
            );
        }
        None if status.is_client_error()
            && response
                .headers()
                .get(header::CONTENT_TYPE)
                .is_some_and(is_plain) =>
        {
            Arc::new(Error::Garbled("request"))
        }
        None => return response,
    };
    if matches!(*error, Error::SignIn) {
        return axum::response::Redirect::to("/sign-in").into_response();
    }
    note(&error, seed);
    let html = page_for(&error, seed, typed, contacts);
    with_status(html, error.status(), &response)
}

/// Words and figures as they were typed; not what the form carried by itself, and never a secret.
fn typed_by_hand(posted: &Posted) -> Vec<String> {
    let own =
        |name: &str| matches!(name, "csrf" | "key" | "rev" | "code") || name.contains("password");
    let fields = posted.fields.iter();
    fields
        .filter(|(name, value)| !own(name) && !value.trim().is_empty())
        .filter(|(_, value)| uuid::Uuid::parse_str(value).is_err())
        .map(|(_, value)| value.to_owned())
        .take(200)
        .collect()
}

fn is_bare(response: &Response) -> bool {
    !response.headers().contains_key(header::CONTENT_TYPE)
}

fn is_plain(kind: &HeaderValue) -> bool {
    kind.as_bytes().starts_with(b"text/plain")
}

fn note(error: &Error, seed: &Seed) {
    match error {
        Error::Broken(cause) => {
            tracing::error!(request = seed.request, path = seed.here, "{cause:?}");
        }
        Error::Away(cause) => tracing::warn!(
            request = seed.request,
            path = seed.here,
            "the database is away: {cause}"
        ),
        Error::Forbidden | Error::Barred(_) | Error::Foreign => {
            let person = seed
                .by
                .as_ref()
                .and_then(crate::base::By::person)
                .map(|id| id.to_string())
                .unwrap_or_default();
            tracing::warn!(
                request = seed.request,
                path = seed.here,
                person,
                "refused by right"
            );
        }
        _ => {}
    }
}

fn with_status(html: String, status: StatusCode, old: &Response) -> Response {
    let mut response = (status, Html(html)).into_response();
    response.extensions_mut().insert(Keep::Never);
    // What the answer already carries (a cookie, which methods are allowed) stays.
    for name in [header::SET_COOKIE, header::ALLOW] {
        for value in old.headers().get_all(&name) {
            response.headers_mut().append(&name, value.clone());
        }
    }
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from_static("3"));
    }
    response
}

#[expect(clippy::too_many_lines, reason = "one arm for each kind of trouble")]
fn page_for(error: &Error, seed: &Seed, typed: Vec<String>, contacts: Vec<String>) -> String {
    let page = frame::page(seed);
    if let Error::Stale(stale) = error
        && !stale.action.is_empty()
    {
        return StalePage {
            page,
            stale: stale.as_ref().clone(),
        }
        .render()
        .unwrap_or_default();
    }
    let told = words(error, page.t);
    let home = Way {
        href: "/".to_owned(),
        label: page.t.web_home().to_owned(),
    };
    let again = Way {
        href: seed.here.clone(),
        label: page.t.web_retry().to_owned(),
    };
    let back = Way {
        href: seed.came_from.clone(),
        label: page.t.web_form_again().to_owned(),
    };
    let onward = match error {
        Error::Refused(why) => why.way(),
        _ => None,
    };
    let onward = onward.map(|(href, word)| Way {
        href,
        label: word(page.t).to_owned(),
    });
    let mut ways = match error {
        Error::Away(_) => vec![again, home],
        _ if !typed.is_empty() && !seed.came_from.is_empty() => vec![back, home],
        _ => vec![home],
    };
    if let Some(onward) = onward {
        ways.insert(0, onward);
    }
    let reference = if matches!(error, Error::Broken(_)) {
        seed.request.clone()
    } else {
        String::new()
    };
    let search = matches!(error, Error::NotFound)
        .then(|| {
            seed.here
                .split(['?', '#'])
                .next()
                .and_then(|path| path.rsplit('/').next())
                .unwrap_or("")
                .to_owned()
        })
        .filter(|_| page.reader.is_some());
    let Told {
        sign,
        title,
        sentence,
        reasons,
    } = told;
    let html = if page.reader.is_some() {
        ErrorInside {
            page,
            sign,
            title,
            sentence,
            reasons,
            contacts,
            reference,
            search,
            typed,
            ways,
        }
        .render()
    } else {
        ErrorPage {
            page,
            sign,
            title,
            sentence,
            reasons,
            contacts,
            reference,
            search,
            typed,
            ways,
        }
        .render()
    };
    html.unwrap_or_default()
}

struct Told {
    sign: &'static str,
    title: String,
    sentence: String,
    reasons: Vec<String>,
}

fn words(error: &Error, t: T) -> Told {
    let told = |sign, title: &str, sentence: &str| Told {
        sign,
        title: title.to_owned(),
        sentence: sentence.to_owned(),
        reasons: Vec::new(),
    };
    match error {
        Error::Barred(barred) if barred.own_hand => {
            told("lock", t.web_403_title(), t.web_403_hand())
        }
        Error::Forbidden | Error::Barred(_) => {
            told("lock", t.web_403_title(), t.web_403_sentence())
        }
        Error::Foreign => told("lock", t.web_403_foreign(), t.web_403_form()),
        Error::NotFound | Error::SignIn | Error::Again(_) => {
            told("search", t.web_404_title(), t.web_404_sentence())
        }
        Error::Invalid(faults) => Told {
            reasons: faults.iter().map(|fault| fault.text(t)).collect(),
            ..told("problem", t.web_refused(), t.web_422_sentence())
        },
        Error::Refused(why) => told("problem", t.web_409_title(), &why.tell(t)),
        Error::Stale(_) => told("problem", t.web_409_title(), t.web_stale_sentence()),
        Error::TooMuch(StatusCode::REQUEST_TIMEOUT) => {
            told("problem", t.web_408_title(), t.web_408_sentence())
        }
        Error::TooLarge(Load::Files) => told(
            "problem",
            t.web_413_title(),
            &t.web_413_sentence(Load::Files.said()),
        ),
        Error::TooLarge(load) => told("problem", t.web_413_title(), &t.web_413_form(load.said())),
        Error::TooMuch(_) | Error::Garbled(_) => {
            told("problem", t.web_422_title(), t.web_422_sentence())
        }
        Error::Away(_) => told("problem", t.web_503_title(), t.web_503_sentence()),
        Error::Broken(_) => told("problem", t.web_500_title(), t.web_500_sentence()),
    }
}
