//! Fields of a form as they were typed, and the faults found in them.
//!
//! A refused form comes back with every value, so what was typed is kept as text until all of it has been read.

use crate::base::T;
use std::fmt;

/// The fields of a sent form, in their order, repeated names kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The value as typed, without the spaces around it; an absent field is empty.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value.trim())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.trim())
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        match self.0.iter_mut().find(|(key, _)| key == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Highest `i` of fields named `lines[i][…]`, plus one.
    pub fn rows(&self, list: &str) -> usize {
        self.0
            .iter()
            .filter_map(|(name, _)| row_of(name, list).map(|(row, _)| row + 1))
            .max()
            .unwrap_or(0)
    }

    /// `lines[3][qty]`
    pub fn cell(&self, list: &str, row: usize, column: &str) -> &str {
        self.0
            .iter()
            .find(|(name, _)| row_of(name, list) == Some((row, column)))
            .map_or("", |(_, value)| value.trim())
    }
}

/// Reads `lines[3][qty]` as (3, "qty").
fn row_of<'a>(name: &'a str, list: &str) -> Option<(usize, &'a str)> {
    let rest = name.strip_prefix(list)?.strip_prefix('[')?;
    let (row, rest) = rest.split_once(']')?;
    let column = rest.strip_prefix('[')?.strip_suffix(']')?;
    let row: usize = row.parse().ok()?;
    (row < 2_000).then_some((row, column))
}

/// One fault: the field it belongs to and what to do about it.
#[derive(Clone)]
pub struct Fault {
    pub field: String,
    words: Words,
}

#[derive(Clone)]
enum Words {
    Fixed(fn(T) -> &'static str),
    Made(std::sync::Arc<dyn Fn(T) -> String + Send + Sync>),
}

impl Fault {
    pub fn text(&self, t: T) -> String {
        match &self.words {
            Words::Fixed(words) => words(t).to_owned(),
            Words::Made(words) => words(t),
        }
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.text(T(crate::base::Lang::En)))
    }
}

/// All faults of a form; empty means it could be read.
#[derive(Clone, Debug, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    pub fn one(field: &str, words: fn(T) -> &'static str) -> Self {
        let mut faults = Self::default();
        faults.add(field, words);
        faults
    }

    pub fn add(&mut self, field: &str, words: fn(T) -> &'static str) {
        self.0.push(Fault {
            field: field.to_owned(),
            words: Words::Fixed(words),
        });
    }

    /// The same where nothing is said of the field yet: one that could not be read is not weighed as well.
    pub fn add_once(&mut self, field: &str, words: fn(T) -> &'static str) {
        if self.of(field).is_none() {
            self.add(field, words);
        }
    }

    /// A fault whose words name the value, e.g. `单价要大于 0，你填的是 0.00`.
    pub fn say(&mut self, field: &str, words: impl Fn(T) -> String + Send + Sync + 'static) {
        self.0.push(Fault {
            field: field.to_owned(),
            words: Words::Made(std::sync::Arc::new(words)),
        });
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }

    pub fn of(&self, field: &str) -> Option<&Fault> {
        self.0.iter().find(|fault| fault.field == field)
    }

    pub fn join(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// `Ok` when nothing was found.
    pub fn check(self) -> super::Result<()> {
        if self.is_empty() {
            Ok(())
        } else {
            Err(super::Error::Invalid(self))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_a_line_editor_are_found_by_row_and_column() {
        let fields = Fields::new(vec![
            ("lines[0][qty]".into(), " 12 ".into()),
            ("lines[2][qty]".into(), "7".into()),
            ("lines[x][qty]".into(), "9".into()),
            ("lines[99999][qty]".into(), "9".into()),
        ]);
        assert_eq!(fields.rows("lines"), 3);
        assert_eq!(fields.cell("lines", 0, "qty"), "12");
        assert_eq!(fields.cell("lines", 1, "qty"), "");
        assert_eq!(fields.cell("lines", 2, "qty"), "7");
    }
}
