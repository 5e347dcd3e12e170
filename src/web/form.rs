//! A form with its key: what a handler of a POST takes.
//!
//! `Keyed` carries the fields as typed; the desk reads them into types. A form without a key is refused: our pages
//! always send one, and without it a double click would act twice.

use super::posted::{Posted, Upload};
use super::{Error, Fields};
use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use chrono::{DateTime, Utc};
use std::sync::Arc;
use uuid::Uuid;

/// Says that one act is meant, however often it is sent.
#[derive(Clone, Debug)]
pub struct FormKey {
    pub route: String,
    pub key: Uuid,
    pub digest: [u8; 32],
}

#[derive(Clone, Debug)]
pub struct Keyed {
    pub key: FormKey,
    pub fields: Fields,
    pub files: Vec<Upload>,
    /// Version of the thing the form edits, as it was when the page was drawn.
    pub rev: Option<i32>,
}

impl Keyed {
    /// What the house fills in itself, without a page and at the moment of the act; so that it is read by the same rules.
    pub fn inside(at: DateTime<Utc>, typed: &[(&str, &str)]) -> Self {
        let mut fields = Fields::default();
        for (name, value) in typed {
            fields.set(name, *value);
        }
        Self {
            key: FormKey {
                route: String::new(),
                key: crate::base::fresh(at),
                digest: [0; 32],
            },
            fields,
            files: Vec::new(),
            rev: None,
        }
    }

    /// 422 when the form carries a field that is not on the list: a field is changed by its own deed or not at all.
    pub fn only(&self, names: &[&str]) -> super::Result<()> {
        let known = |name: &str| {
            matches!(name, "csrf" | "key" | "rev")
                || names.iter().any(|known| match known.strip_suffix("[]") {
                    Some(list) => name
                        .strip_prefix(list)
                        .is_some_and(|rest| rest.starts_with('[')),
                    None => *known == name,
                })
        };
        match self.fields.iter().find(|(name, _)| !known(name)) {
            None => Ok(()),
            Some((name, _)) => {
                let mut faults = super::Faults::default();
                let name = name.to_owned();
                faults.say("form", move |t| t.web_field_not_here(&name));
                Err(Error::Invalid(faults))
            }
        }
    }

    /// The version the form was drawn with; a form that edits must carry it.
    pub fn rev(&self) -> super::Result<i32> {
        self.rev.ok_or(Error::Garbled("rev"))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Keyed {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let posted = parts
            .extensions
            .get::<Arc<Posted>>()
            .ok_or(Error::Garbled("form"))?
            .clone();
        let key = Uuid::parse_str(posted.fields.get("key")).map_err(|_| Error::Garbled("key"))?;
        let route = parts
            .extensions
            .get::<OriginalUri>()
            .map_or_else(|| parts.uri.path().to_owned(), |uri| uri.path().to_owned());
        Ok(Self {
            key: FormKey {
                route,
                key,
                digest: posted.digest,
            },
            rev: posted.fields.get("rev").parse().ok(),
            fields: posted.fields.clone(),
            files: posted.files.clone(),
        })
    }
}
