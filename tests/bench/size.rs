//! Sizes: how many orders are loaded.

use std::str::FromStr;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size(pub i64);

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (digits, times) = match text.to_lowercase().as_str() {
            "five-years" => return Ok(Self(75_000)),
            other => match other.strip_suffix(['k', 'm']) {
                Some(digits) if other.ends_with('k') => (digits.to_owned(), 1_000),
                Some(digits) => (digits.to_owned(), 1_000_000),
                None => (other.to_owned(), 1),
            },
        };
        let count: i64 = digits.parse().map_err(|_| format!("{text} is no size"))?;
        let size = count.saturating_mul(times);
        if (100..=2_000_000).contains(&size) {
            Ok(Self(size))
        } else {
            Err(format!("{text}: from 100 to 2m"))
        }
    }
}

impl Size {
    pub fn database(self) -> String {
        format!("bench_{}", self.0)
    }
}
