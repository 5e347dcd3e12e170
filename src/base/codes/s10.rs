//! Postal item number 邮政邮件号 (UPU S10): service, eight digits, check digit, country (`RA473124829US`).
//!
//! China's EMS uses this form (`E?#########CN`).

use super::{Country, all_capitals, all_digits, piece, tidy, weighted};
use serde::{Deserialize, Serialize};

reasons! {
    /// Why this is no postal item number.
    Fault {
        Format = "format",
        Country = "country",
        CheckDigit = "check_digit",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PostalItem {
    text: String,
}

text_code!(PostalItem);

impl PostalItem {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = tidy(text, &[]);
        let shaped = text.len() == 13
            && all_capitals(piece(&text, 0..2))
            && all_digits(piece(&text, 2..11))
            && all_capitals(piece(&text, 11..13));
        if !shaped {
            return Err(Fault::Format);
        }
        if Country::find(piece(&text, 11..13)).is_none() {
            return Err(Fault::Country);
        }
        let sum = weighted(piece(&text, 2..10), [8, 6, 4, 2, 3, 5, 9, 7]);
        let check = match 11 - sum % 11 {
            10 => 0,
            11 => 5,
            digit => digit,
        };
        if piece(&text, 10..11) != check.to_string() {
            return Err(Fault::CheckDigit);
        }
        Ok(Self { text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_example_of_the_standard_holds() {
        assert_eq!(
            PostalItem::parse("ra 4731 2482 9 us").unwrap().as_str(),
            "RA473124829US"
        );
    }

    #[test]
    fn form_comes_before_country_and_country_before_the_check_digit() {
        assert_eq!(PostalItem::parse("R1473124829US"), Err(Fault::Format));
        assert_eq!(PostalItem::parse(""), Err(Fault::Format));
        assert_eq!(PostalItem::parse("RA473124820XX"), Err(Fault::Country));
        assert_eq!(PostalItem::parse("RA473124820US"), Err(Fault::CheckDigit));
    }
}
