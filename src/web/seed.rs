//! What one request knows from the start: who reads, in which language, at which moment, with which token.
//!
//! The session layer makes it; pages, doors and error pages grow from it.

use super::answer::Said;
pub use super::page::{Density, Theme};
use crate::base::{By, Lang, Role};
use chrono::{DateTime, Utc};
use std::sync::Arc;

#[derive(Clone, Debug)]
pub struct Seed {
    pub lang: Lang,
    pub theme: Theme,
    pub density: Density,
    pub shortcuts: bool,
    /// The reader and what waits for her; none before signing in.
    pub by: Option<By>,
    pub counts: Counts,
    /// Token that every form of this session carries.
    pub csrf: String,
    pub base_url: Arc<str>,
    pub behind_tls: bool,
    pub demo: bool,
    pub company: Arc<str>,
    /// Zone of the company, in which "today" is asked.
    pub zone: chrono_tz::Tz,
    /// The one moment of this request.
    pub at: DateTime<Utc>,
    /// Path and query of this page.
    pub here: String,
    /// Path and query of the page of ours that led here; empty where there is none.
    pub came_from: String,
    pub flash: Option<Said>,
    /// Number of this request, shown on the page of an error of ours.
    pub request: String,
}

/// What waits, for the figures in the rail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub home: i64,
    pub late: i64,
    pub approvals: i64,
}

impl Seed {
    pub fn has(&self, role: Role) -> bool {
        self.by
            .as_ref()
            .and_then(By::staff)
            .is_some_and(|staff| staff.roles.has(role))
    }
}
