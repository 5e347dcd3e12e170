//! Cell 单元格: where it stands, what it shows and what it holds.
//!
//! Rows and columns are counted from zero inside and shown as Excel shows them (`E7`).

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Where a cell stands. Written and stored as `E7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Place {
    pub row: u32,
    pub column: u32,
}

impl Place {
    pub fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }

    /// `E` for the fifth column.
    pub fn letters(self) -> String {
        let mut rest = self.column + 1;
        let mut letters = Vec::new();
        while rest > 0 {
            let digit = (rest - 1) % 26;
            letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
            rest = (rest - 1) / 26;
        }
        letters.iter().rev().collect()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.letters(), self.row + 1)
    }
}

/// A place that is not written like `E7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cell")]
pub struct NotAPlace;

impl FromStr for Place {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<Self, NotAPlace> {
        let split = text.find(|c: char| c.is_ascii_digit()).ok_or(NotAPlace)?;
        let (letters, digits) = text.split_at(split);
        if letters.is_empty() || letters.len() > 3 || digits.len() > 7 {
            return Err(NotAPlace);
        }
        let mut column = 0;
        for letter in letters.bytes() {
            if !letter.is_ascii_alphabetic() {
                return Err(NotAPlace);
            }
            column = column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        }
        if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(NotAPlace);
        }
        let row: u32 = digits.parse().map_err(|_| NotAPlace)?;
        Ok(Self {
            row: row.checked_sub(1).ok_or(NotAPlace)?,
            column: column - 1,
        })
    }
}

impl From<Place> for String {
    fn from(place: Place) -> Self {
        place.to_string()
    }
}

impl TryFrom<String> for Place {
    type Error = NotAPlace;

    fn try_from(text: String) -> Result<Self, NotAPlace> {
        text.parse()
    }
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Empty,
    Text,
    Number(Decimal),
    Day(NaiveDate),
    /// A formula that is neither stored with its result nor simple enough to be worked out here.
    Formula,
    /// `#VALUE!` and its like, as the sheet itself shows it.
    Fault,
}

/// A formula and the result its program stored with it, if any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    pub text: String,
    pub stored: Kind,
}

/// One cell: its text as shown and what it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    pub kind: Kind,
    pub formula: Option<Box<Formula>>,
}

pub(super) static NOTHING: Cell = Cell {
    text: String::new(),
    kind: Kind::Empty,
    formula: None,
};

impl Cell {
    pub fn text(text: &str) -> Self {
        let kind = if text.trim().is_empty() {
            Kind::Empty
        } else {
            Kind::Text
        };
        Self {
            text: text.to_owned(),
            kind,
            formula: None,
        }
    }

    pub fn number(value: Decimal) -> Self {
        let value = value.normalize();
        Self {
            text: value.to_string(),
            kind: Kind::Number(value),
            formula: None,
        }
    }

    pub fn day(value: NaiveDate) -> Self {
        Self {
            text: value.to_string(),
            kind: Kind::Day(value),
            formula: None,
        }
    }

    pub fn fault(text: String) -> Self {
        Self {
            text,
            kind: Kind::Fault,
            formula: None,
        }
    }

    pub fn formula(text: &str, stored: Kind) -> Self {
        let formula = Formula {
            text: text.trim_start_matches('=').to_owned(),
            stored,
        };
        Self {
            text: format!("={}", formula.text),
            kind: Kind::Formula,
            formula: Some(Box::new(formula)),
        }
    }

    /// A cell of a text file, where everything is text and only a formula shows itself by its first sign.
    pub fn typed(text: &str) -> Self {
        let bare = text.trim();
        match bare.strip_prefix('=') {
            // `="00123"` is how people keep leading zeros in a CSV.
            Some(rest) => match rest
                .strip_prefix('"')
                .and_then(|inner| inner.strip_suffix('"'))
            {
                Some(inner) => Self::text(inner),
                None if rest.is_empty() => Self::text(text),
                None => Self::formula(rest, Kind::Empty),
            },
            None => Self::text(text),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.kind == Kind::Empty
    }

    pub fn trimmed(&self) -> &str {
        self.text.trim()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_written_as_excel_writes_it() {
        for (text, row, column) in [
            ("A1", 0, 0),
            ("E7", 6, 4),
            ("Z10", 9, 25),
            ("AA1", 0, 26),
            ("AZ3", 2, 51),
        ] {
            assert_eq!(Place::new(row, column).to_string(), text);
            assert_eq!(text.parse(), Ok(Place::new(row, column)));
        }
        for bad in ["", "7", "E", "E0", "E-1", "é1", "E7x", "ABCD1"] {
            assert_eq!(bad.parse::<Place>(), Err(NotAPlace), "{bad}");
        }
    }

    #[test]
    fn a_formula_sign_is_seen_in_text() {
        assert_eq!(Cell::typed("=\"00123\""), Cell::text("00123"));
        assert_eq!(Cell::typed("=A1*2").kind, Kind::Formula);
    }
}
