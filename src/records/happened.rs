//! What happened to a thing, by day, as the foot of its page shows it.

use super::card::Section;
use crate::base::{T, format};
use crate::history::{Entry, Stream, timeline};
use crate::web::{Page, Result};
use chrono::NaiveDate;
use sqlx::PgConnection;

/// For the partial `records/_happened.html`.
#[derive(Clone, Debug, Default)]
pub struct Happened {
    pub days: Vec<(NaiveDate, Vec<Entry>)>,
    /// Names of fields as events keep them, with their labels.
    labels: Vec<(String, String)>,
}

impl Happened {
    pub async fn read(
        db: &mut PgConnection,
        thing: &impl Stream,
        page: &Page,
        sections: &[Section],
    ) -> Result<Self> {
        let mut days: Vec<(NaiveDate, Vec<Entry>)> = Vec::new();
        for entry in timeline::read(db, &thing.stream(), page.lang, None, 50).await? {
            let day = format::local_day(entry.at, page.zone);
            match days.last_mut() {
                Some((last, entries)) if *last == day => entries.push(entry),
                _ => days.push((day, vec![entry])),
            }
        }
        let labels = sections
            .iter()
            .flat_map(|section| section.fields.iter())
            .map(|field| (field.name.to_owned(), field.label.to_owned()))
            .collect();
        Ok(Self { days, labels })
    }

    #[must_use]
    pub fn named(mut self, labels: impl IntoIterator<Item = (&'static str, &'static str)>) -> Self {
        self.labels.extend(
            labels
                .into_iter()
                .map(|(name, label)| (name.to_owned(), label.to_owned())),
        );
        self
    }

    /// The label of a changed field; what has none is shown by its name.
    pub fn label<'a>(&'a self, field: &'a str) -> &'a str {
        self.labels
            .iter()
            .find(|(name, _)| name == field)
            .map_or(field, |(_, label)| label)
    }

    #[expect(
        clippy::unused_self,
        reason = "a template calls it on the value it holds"
    )]
    pub fn said(&self, value: &Option<String>, t: T) -> String {
        value.as_ref().map_or_else(
            || t.web_none().to_owned(),
            |text| text.chars().take(80).collect(),
        )
    }
}
