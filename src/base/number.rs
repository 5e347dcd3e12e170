//! Order number 订单号: prefix of the legal entity, year, four digits growing to five (`HY26-0171`).

use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct OrderNumber(String);

impl OrderNumber {
    pub fn new(prefix: &str, year: i32, running: i32) -> Self {
        Self(format!("{prefix}{:02}-{running:04}", year.rem_euclid(100)))
    }

    /// Reads what stands in an address or a search field: case and surrounding spaces do not matter.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        let (head, tail) = text.split_once('-')?;
        let year = head.get(head.len().checked_sub(2)?..)?;
        let prefix = head.get(..head.len() - 2)?;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let fits = (1..=6).contains(&prefix.len())
            && prefix.bytes().all(|byte| byte.is_ascii_uppercase())
            && digits(year)
            && (4..=5).contains(&tail.len())
            && digits(tail);
        fits.then_some(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrderNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_grows_from_four_digits_to_five() {
        assert_eq!(OrderNumber::new("HY", 2026, 171).as_str(), "HY26-0171");
        assert_eq!(OrderNumber::new("HY", 2026, 10_171).as_str(), "HY26-10171");
    }

    #[test]
    fn a_number_is_read_as_people_type_it_and_nothing_else_is() {
        assert_eq!(
            OrderNumber::parse(" hy26-0171 ").unwrap().as_str(),
            "HY26-0171"
        );
        for bad in [
            "",
            "-",
            "HY26",
            "HY26-",
            "HY26-17",
            "HY26-017100",
            "26-0171",
            "订单26-0171",
            "HY2é-0171",
        ] {
            assert_eq!(OrderNumber::parse(bad), None, "{bad}");
        }
    }
}
