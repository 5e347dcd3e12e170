//! Web: everything a page or a form needs that is no trade: doors, forms, errors, headers, the frame of a page.
//!
//! Read `routes.rs` first: a route cannot be written without saying who may stand at its door.

pub mod address;
pub mod answer;
pub mod assets;
pub mod barred;
pub mod cookie;
pub mod error;
pub mod excel;
pub mod fields;
pub mod form;
pub mod frame;
pub mod headers;
pub mod page;
pub mod paging;
pub mod posted;
pub mod routes;
pub mod seed;
pub mod serve;
pub mod stale;
pub mod trouble;

pub use answer::Answer;
pub use error::{Error, Result, Tell};
pub use fields::{Faults, Fields};
pub use form::{FormKey, Keyed};
pub use page::Page;
pub use routes::{Door, Routes, Visitor};

use crate::config::Config;
use chrono::{DateTime, Utc};
use sqlx::PgPool;
use std::sync::{Arc, Mutex};

/// What every handler may ask for.
#[derive(Clone)]
pub struct App {
    pub db: PgPool,
    pub config: Arc<Config>,
    pub clock: Clock,
    /// Folder of the stored files.
    pub files: Arc<std::path::Path>,
    /// The house holds demo data: said on every page, open to one password.
    pub demo: bool,
    /// Name of the company as the frame of every page shows it.
    pub company: Arc<str>,
}

/// Where the moment of a request comes from. The database's own clock, so that replicas agree; a test sets it by hand.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<Mutex<DateTime<Utc>>>>);

impl Clock {
    pub fn set(at: DateTime<Utc>) -> Self {
        Self(Some(Arc::new(Mutex::new(at))))
    }

    pub fn turn_to(&self, at: DateTime<Utc>) {
        if let Some(clock) = &self.0
            && let Ok(mut now) = clock.lock()
        {
            *now = at;
        }
    }

    /// `None`: ask the database.
    pub fn fixed(&self) -> Option<DateTime<Utc>> {
        self.0
            .as_ref()
            .and_then(|clock| clock.lock().ok().map(|now| *now))
    }
}
