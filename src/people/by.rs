//! The extractors of `By`: who acts, taken from the session that stood at the door.

use crate::base::By;
use crate::web::seed::Seed;
use crate::web::{Error, Page, frame};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

impl<S: Send + Sync> FromRequestParts<S> for By {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        parts
            .extensions
            .get::<Seed>()
            .and_then(|seed| seed.by.clone())
            .ok_or(Error::SignIn)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Page {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let seed = parts.extensions.get::<Seed>().ok_or_else(|| {
            Error::Broken(anyhow::anyhow!(
                "a page was asked for outside the session layer"
            ))
        })?;
        Ok(frame::page(seed))
    }
}
