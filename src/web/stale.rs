//! Stale: somebody saved the same thing meanwhile. Both versions side by side, a choice a field, nothing lost.
//!
//! The page is a form to the same address with the new version: fields that agree travel hidden, a field that differs
//! is two radio buttons that carry the values themselves, so that choosing needs no script.

use super::Fields;
use crate::base::T;
use chrono::{DateTime, Utc};

#[derive(Clone, Debug, Default)]
pub struct Stale {
    pub action: String,
    pub rev: i32,
    pub who: String,
    pub at: Option<DateTime<Utc>>,
    pub same: Vec<(String, String)>,
    pub differs: Vec<Differing>,
    /// What fields are called on their form, where the form says so.
    labels: Vec<(String, String)>,
}

/// One field both people can see differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    pub name: String,
    pub mine: String,
    pub theirs: String,
}

/// What is stored now.
pub struct Theirs {
    pub fields: Fields,
    pub rev: i32,
    pub who: String,
    pub at: Option<DateTime<Utc>>,
}

/// Fields that carry versions or secrets: always the new ones.
const VERSIONS: [&str; 5] = ["csrf", "key", "rev", "lines_rev", "terms_rev"];

impl Stale {
    /// Compares what was typed with what is stored now.
    pub fn between(mine: &Fields, theirs: Theirs, action: String) -> Self {
        let revs = theirs
            .fields
            .iter()
            .filter(|(name, _)| name.ends_with("_rev"));
        let mut same: Vec<(String, String)> = revs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let mut differs = Vec::new();
        let typed = mine.iter().filter(|(name, _)| !VERSIONS.contains(name));
        for (name, value) in typed {
            let (value, now) = (value.trim(), theirs.fields.get(name));
            if value == now || !theirs.fields.has(name) && value.is_empty() {
                same.push((name.to_owned(), value.to_owned()));
            } else {
                differs.push(Differing {
                    name: name.to_owned(),
                    mine: value.to_owned(),
                    theirs: now.to_owned(),
                });
            }
        }
        for (name, value) in theirs
            .fields
            .iter()
            .filter(|(name, _)| !VERSIONS.contains(name))
        {
            if !mine.has(name) && !value.is_empty() {
                differs.push(Differing {
                    name: name.to_owned(),
                    mine: String::new(),
                    theirs: value.to_owned(),
                });
            }
        }
        Self {
            action,
            rev: theirs.rev,
            who: theirs.who,
            at: theirs.at,
            same,
            differs,
            labels: Vec::new(),
        }
    }

    /// With the labels of the form's fields.
    #[must_use]
    pub fn named(mut self, labels: Vec<(String, String)>) -> Self {
        self.labels = labels;
        self
    }

    pub fn label(&self, one: &Differing, t: T) -> String {
        self.labels
            .iter()
            .find(|(name, _)| *name == one.name)
            .map_or_else(|| one.label(t), |(_, label)| label.clone())
    }
}

impl Differing {
    /// `lines[3][price]` as a person says it; other fields by their own word where the catalogue has one.
    pub fn label(&self, t: T) -> String {
        let cell = self
            .name
            .strip_prefix("lines[")
            .and_then(|rest| rest.split_once("]["));
        match cell {
            Some((row, column)) => {
                let place = row.parse::<usize>().map_or(0, |row| row + 1);
                t.web_stale_cell(place, column.trim_end_matches(']'))
            }
            None => self.name.replace('_', " "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields::new(
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn only_what_differs_is_asked_and_versions_are_the_new_ones() {
        let mine = fields(&[
            ("rev", "1"),
            ("lines_rev", "1"),
            ("place", "Ningbo"),
            ("marks", "A"),
            ("key", "k"),
        ]);
        let theirs = Theirs {
            fields: fields(&[("lines_rev", "2"), ("place", "Shanghai"), ("marks", "A")]),
            rev: 2,
            who: "陆今".into(),
            at: None,
        };
        let stale = Stale::between(&mine, theirs, "/x".into());
        assert_eq!(
            stale.differs,
            [Differing {
                name: "place".into(),
                mine: "Ningbo".into(),
                theirs: "Shanghai".into()
            }]
        );
        assert_eq!(stale.rev, 2);
        assert!(stale.same.contains(&("lines_rev".into(), "2".into())));
        assert!(!stale.same.contains(&("lines_rev".into(), "1".into())));
    }
}
