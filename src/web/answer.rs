//! What a finished act answers: go there, and say this.

use super::cookie;
use crate::base::T;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};

/// What the next page shows once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub text: String,
    /// Where a POST takes the act back.
    pub undo: Option<String>,
}

/// A redirect after POST, with the sentence that the next page shows once.
#[derive(Clone, Debug)]
pub struct Answer {
    pub location: String,
    said: Option<Said>,
}

impl Answer {
    pub fn to(location: impl Into<String>) -> Self {
        Self {
            location: location.into(),
            said: None,
        }
    }

    #[must_use]
    pub fn say(mut self, words: impl Into<String>) -> Self {
        self.said = Some(Said {
            text: words.into(),
            undo: None,
        });
        self
    }

    /// What has been said can be taken back by a POST to this address.
    #[must_use]
    pub fn undo(mut self, address: impl Into<String>) -> Self {
        if let Some(said) = &mut self.said {
            said.undo = Some(address.into());
        }
        self
    }

    #[must_use]
    pub fn tell(self, t: T, words: fn(T) -> &'static str) -> Self {
        self.say(words(t))
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = Redirect::to(&self.location).into_response();
        if let Some(said) = self.said
            && let Ok(value) = HeaderValue::from_str(&cookie::flash(&said))
        {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
        response
    }
}
