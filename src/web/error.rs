//! The one error of the house and what a person is told.
//!
//! A refusal is for people: it names what is missing and who can supply it, in the reader's language, and is written
//! beside the rule that refuses (`Tell`). What is broken is logged whole and shown only as a number.

use super::Faults;
use super::barred::Barred;
use super::posted::Load;
use super::stale::Stale;
use crate::base::T;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug)]
pub enum Error {
    /// 303 to the sign-in page, remembering where you were.
    SignIn,
    /// 403: you may know of it, you may not do it.
    Forbidden,
    /// 403, and who can do it.
    Barred(Box<Barred>),
    /// 403: a form that was not sent from a page of this session.
    Foreign,
    /// 404: it is not there, or not for you.
    NotFound,
    /// 422: the form again, each fault beside its field. Handlers that own the form draw it; else a page lists them.
    Invalid(Faults),
    /// 409: the rules say no, in words for the person.
    Refused(Arc<dyn Tell>),
    /// 409: somebody was faster; both versions are shown and nothing is lost.
    Stale(Box<Stale>),
    /// 303: this form's key has been answered before; the same answer again.
    Again(String),
    /// 400: a form that our pages do not send (no key, no token, broken text).
    Garbled(&'static str),
    /// 413: more than this door lets in.
    TooLarge(Load),
    /// 408 and its like: a limit of the door, with the status that names it.
    TooMuch(StatusCode),
    /// 503: the database is away; it comes back by itself.
    Away(String),
    /// 500: logged whole; the page shows only a number.
    Broken(anyhow::Error),
}

/// A refusal in words: what is missing, and who can supply it.
pub trait Tell: std::fmt::Debug + Send + Sync + 'static {
    fn tell(&self, t: T) -> String;

    /// Where somebody who may not do it herself can go on: an address and its word.
    fn way(&self) -> Option<Way> {
        None
    }
}

/// An address and its word.
pub type Way = (String, fn(T) -> &'static str);

impl Error {
    pub fn refused(why: impl Tell) -> Self {
        Self::Refused(Arc::new(why))
    }

    pub fn status(&self) -> StatusCode {
        match self {
            Self::SignIn | Self::Again(_) => StatusCode::SEE_OTHER,
            Self::Forbidden | Self::Barred(_) | Self::Foreign => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Refused(_) | Self::Stale(_) => StatusCode::CONFLICT,
            Self::Garbled(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMuch(status) => *status,
            Self::Away(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// The error travels in the response to the layer that knows the reader's language and draws the page.
#[derive(Clone, Debug)]
pub struct Trouble(pub Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if let Self::Again(location) = &self {
            return Redirect::to(location).into_response();
        }
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Trouble(Arc::new(self)));
        response
    }
}

impl<E: Tell> From<E> for Error {
    fn from(why: E) -> Self {
        Self::refused(why)
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        Self::Broken(error)
    }
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Self {
        Self::Broken(error.into())
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(error.into())
    }
}

impl From<Faults> for Error {
    fn from(faults: Faults) -> Self {
        Self::Invalid(faults)
    }
}

/// Somebody else's act on the same thing did not end within the lock time-out.
#[derive(Debug)]
pub struct Busy;

impl Tell for Busy {
    fn tell(&self, t: T) -> String {
        t.web_busy().to_owned()
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as E;
        let code = error
            .as_database_error()
            .and_then(|fault| fault.code().map(std::borrow::Cow::into_owned));
        match (&error, code.as_deref()) {
            (_, Some("55P03" | "40P01")) => Self::refused(Busy),
            // Shutting down, starting up, too many connections, read-only standby, statement cancelled.
            (
                _,
                Some("57P01" | "57P02" | "57P03" | "53300" | "25006" | "57014" | "08006" | "28P01"),
            )
            | (
                E::Io(_)
                | E::PoolTimedOut
                | E::PoolClosed
                | E::Tls(_)
                | E::WorkerCrashed
                | E::Protocol(_),
                _,
            ) => Self::Away(error.to_string()),
            _ => Self::Broken(error.into()),
        }
    }
}

/// A constraint, the form's field it holds, and what is said when it is broken.
type Held<'c> = (&'c str, &'static str, fn(T) -> &'static str);

/// Maps a unique or check violation to the form's field by the constraint's name.
pub fn on_constraint(error: sqlx::Error, map: &[Held]) -> Error {
    let constraint = error
        .as_database_error()
        .and_then(|fault| fault.constraint().map(str::to_owned));
    if let Some(constraint) = constraint
        && let Some((_, field, words)) = map.iter().find(|(name, _, _)| *name == constraint)
    {
        return Error::Invalid(Faults::one(field, *words));
    }
    error.into()
}
