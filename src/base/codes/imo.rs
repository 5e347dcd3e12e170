//! IMO number 船舶识别号: seven digits that stay with a ship for life. The nine-digit MMSI is another number.

use super::{all_digits, last_digit, tidy, weighted};
use serde::{Deserialize, Serialize};

reasons! {
    /// Why this is no IMO number.
    Fault {
        Format = "format",
        CheckDigit = "check_digit",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ImoNumber {
    text: String,
}

text_code!(ImoNumber);

impl ImoNumber {
    /// The word `IMO` may stand before the digits; it is not kept.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = tidy(text, &[]);
        let digits = text.strip_prefix("IMO").unwrap_or(&text);
        if digits.len() != 7 || !all_digits(digits) {
            return Err(Fault::Format);
        }
        let sum = weighted(digits, [7, 6, 5, 4, 3, 2]);
        if last_digit(digits) != Some(sum % 10) {
            return Err(Fault::CheckDigit);
        }
        Ok(Self {
            text: digits.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_imo_is_not_part_of_the_number() {
        assert_eq!(ImoNumber::parse("imo 9074729").unwrap().as_str(), "9074729");
        assert_eq!(ImoNumber::parse("9074729").unwrap().as_str(), "9074729");
    }

    #[test]
    fn an_mmsi_is_refused() {
        assert_eq!(ImoNumber::parse("413000000"), Err(Fault::Format));
        assert_eq!(ImoNumber::parse(""), Err(Fault::Format));
        assert_eq!(ImoNumber::parse("9074728"), Err(Fault::CheckDigit));
    }
}
