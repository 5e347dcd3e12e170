//! Meanwhile: what differs between two versions of a card, as events keep it and as the stale page asks it.

use super::card::Section;
use crate::base::By;
use crate::history::event::Change;
use crate::history::{Stream, timeline};
use crate::web::stale::{Stale, Theirs};
use crate::web::{Error, Fields, Result};
use sqlx::PgConnection;

/// The fields that differ, under their names.
pub fn differences<'a>(
    names: impl IntoIterator<Item = &'a str>,
    before: &Fields,
    after: &Fields,
) -> Vec<Change> {
    names
        .into_iter()
        .filter_map(|name| Change::between(name, before.get(name), after.get(name)))
        .collect()
}

pub(super) fn names(sections: &[Section]) -> Vec<&'static str> {
    sections
        .iter()
        .flat_map(|section| section.fields.iter().map(|field| field.name))
        .collect()
}

/// Somebody saved meanwhile: both versions, field by field, with who did it.
pub async fn stale(
    db: &mut PgConnection,
    by: &By,
    thing: &impl Stream,
    mine: &Fields,
    (fields, rev): (Fields, i32),
    action: String,
) -> Result<Error> {
    let last = timeline::read(db, &thing.stream(), by.lang, None, 1)
        .await?
        .into_iter()
        .next();
    Ok(Error::Stale(Box::new(Stale::between(
        mine,
        Theirs {
            fields,
            rev,
            who: last
                .as_ref()
                .and_then(|entry| entry.who.clone())
                .unwrap_or_default(),
            at: last.map(|entry| entry.at),
        },
        action,
    ))))
}
