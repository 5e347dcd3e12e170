//! What happened to a thing, by day, as the foot of its page shows it.

use super::card::{Field, Section};
use crate::base::{T, format};
use crate::history::{Entry, Stream, timeline};
use crate::web::{Page, Result};
use chrono::NaiveDate;
use sqlx::PgConnection;

/// For the partial `records/_happened.html`.
#[derive(Clone, Debug, Default)]
pub struct Happened {
    pub days: Vec<(NaiveDate, Vec<Entry>)>,
    /// Fields of the form, which know their labels and how their values are said.
    fields: Vec<Field>,
    /// Other words of events, with their labels.
    labels: Vec<(&'static str, &'static str)>,
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
        let fields = sections
            .iter()
            .flat_map(|section| section.fields.iter().cloned())
            .collect();
        Ok(Self {
            days,
            fields,
            labels: Vec::new(),
        })
    }

    #[must_use]
    pub fn named(mut self, labels: impl IntoIterator<Item = (&'static str, &'static str)>) -> Self {
        self.labels.extend(labels);
        self
    }

    /// The label of a changed field. A thing of many parts says which part first (`Erik Berg phone`): words that have
    /// a label get it, the others are names.
    pub fn label(&self, field: &str) -> String {
        if let Some(known) = self.fields.iter().find(|known| known.name == field) {
            return known.label.to_owned();
        }
        let word = |word| {
            let label = self.labels.iter().find(|(name, _)| *name == word);
            label.map_or(word, |(_, label)| *label)
        };
        field.split(' ').map(word).collect::<Vec<_>>().join(" ")
    }

    /// A value as the form's field says it; a long text only begins.
    pub fn said(&self, field: &str, value: &Option<String>, t: T) -> String {
        let Some(value) = value else {
            return t.web_none().to_owned();
        };
        let known = self.fields.iter().find(|known| known.name == field);
        let said = known.map_or_else(|| value.clone(), |field| field.shown(value, t));
        said.chars().take(80).collect()
    }
}
