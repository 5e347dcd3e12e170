//! Unified social credit code 统一社会信用代码 (GB 32100): eighteen signs; also the company's tax number.

use super::{piece, sign_value, tidy};
use serde::{Deserialize, Serialize};

reasons! {
    /// Why this is no credit code.
    Fault {
        Length = "length",
        Alphabet = "alphabet",
        CheckCharacter = "check_character",
    }
}

reasons! {
    /// The code holds as a whole, the organisation code 组织机构代码 inside does not.
    Warning {
        OrganisationCode = "organisation_code_check_digit",
    }
}

/// The signs in order of their value: I, O, S, V and Z are left out.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CreditCode {
    text: String,
}

text_code!(CreditCode);

impl CreditCode {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = tidy(text, &[]);
        if text.chars().count() != 18 {
            return Err(Fault::Length);
        }
        let values: Vec<usize> = text
            .chars()
            .filter_map(|sign| ALPHABET.find(sign))
            .collect();
        if values.len() != 18 {
            return Err(Fault::Alphabet);
        }
        let mut weight = 1;
        let mut sum = 0;
        for value in values.iter().take(17) {
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        if values.last() != Some(&((31 - sum % 31) % 31)) {
            return Err(Fault::CheckCharacter);
        }
        Ok(Self { text })
    }

    pub fn warning(&self) -> Option<Warning> {
        let sum: u32 = piece(&self.text, 8..16)
            .chars()
            .filter_map(sign_value)
            .zip([3, 7, 9, 10, 5, 8, 4, 2])
            .map(|(value, weight): (u32, u32)| value * weight)
            .sum();
        let check = match 11 - sum % 11 {
            10 => "X".to_owned(),
            11 => "0".to_owned(),
            digit => digit.to_string(),
        };
        (piece(&self.text, 16..17) != check).then_some(Warning::OrganisationCode)
    }

    pub fn organisation_code(&self) -> &str {
        piece(&self.text, 8..17)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_in_small_letters_and_with_spaces() {
        let code = CreditCode::parse(" 91110000 600037341l ").unwrap();
        assert_eq!(code.as_str(), "91110000600037341L");
        assert_eq!(code.organisation_code(), "600037341");
        assert_eq!(code.warning(), None);
    }

    #[test]
    fn the_first_failing_check_is_the_reason() {
        for (typed, fault) in [
            ("", Fault::Length),
            ("91110000600037341", Fault::Length),
            ("9111000060003734IL", Fault::Alphabet),
            ("91110000600037341M", Fault::CheckCharacter),
        ] {
            assert_eq!(CreditCode::parse(typed), Err(fault), "{typed}");
        }
    }

    #[test]
    fn a_wrong_organisation_code_inside_is_a_warning() {
        let code = CreditCode::parse("91350200MA13J1UY8B").unwrap();
        assert_eq!(code.warning(), Some(Warning::OrganisationCode));
    }
}
