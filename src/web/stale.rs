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
    /// How the names and values of this form are said, where they are codes.
    pub words: Vec<(String, String)>,
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
    #[expect(clippy::too_many_lines, reason = "three sides of one comparison")]
    pub fn between(mine: &Fields, theirs: Theirs, action: String) -> Self {
        let (mut same, mut differs) = (Vec::new(), Vec::new());
        for (name, value) in theirs
            .fields
            .iter()
            .filter(|(name, _)| name.ends_with("_rev"))
        {
            same.push((name.to_owned(), value.to_owned()));
        }
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
            words: Vec::new(),
        }
    }

    /// The form's own words for its fields and for the codes they carry.
    #[must_use]
    pub fn in_words(mut self, words: Vec<(String, String)>) -> Self {
        self.words = words;
        self
    }

    pub fn label(&self, one: &Differing, t: T) -> String {
        self.word(&one.name)
            .map_or_else(|| one.label(t), str::to_owned)
    }

    pub fn say<'a>(&'a self, value: &'a str) -> &'a str {
        self.word(value).unwrap_or(value)
    }

    fn word(&self, code: &str) -> Option<&str> {
        let found = self.words.iter().find(|(known, _)| known == code);
        found.map(|(_, word)| word.as_str())
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
