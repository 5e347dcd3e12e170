//! Registrations 备案编码: what customs and inspection number a company by. Nobody prints a check sign on them, so only
//! the form is checked.

use super::{all_capitals_or_digits, all_digits, tidy};
use serde::{Deserialize, Serialize};

reasons! {
    /// Why this is no number of a registration.
    Fault {
        Length = "length",
        Characters = "characters",
    }
}

/// Ten signs of the customs registration 海关注册编码.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CustomsCode {
    text: String,
}

text_code!(CustomsCode);

impl CustomsCode {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = tidy(text, &['-']);
        if text.chars().count() != 10 {
            return Err(Fault::Length);
        }
        if !all_capitals_or_digits(&text) {
            return Err(Fault::Characters);
        }
        Ok(Self { text })
    }
}

/// Nine digits of the inspection registration 检验检疫编码 (CIQ).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CiqCode {
    text: String,
}

text_code!(CiqCode);

impl CiqCode {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = tidy(text, &['-']);
        if text.chars().count() != 9 {
            return Err(Fault::Length);
        }
        if !all_digits(&text) {
            return Err(Fault::Characters);
        }
        Ok(Self { text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customs_registration_has_ten_signs() {
        let parse = CustomsCode::parse;
        assert_eq!(parse("3302 9600ａ1").unwrap().as_str(), "33029600A1");
        assert_eq!(parse("330296001"), Err(Fault::Length));
        assert_eq!(parse(""), Err(Fault::Length));
        assert_eq!(parse("33029600*1"), Err(Fault::Characters));
    }

    #[test]
    fn an_inspection_registration_has_nine_digits() {
        let parse = CiqCode::parse;
        assert_eq!(parse("38060-0001").unwrap().as_str(), "380600001");
        assert_eq!(parse("3806000011"), Err(Fault::Length));
        assert_eq!(parse("38060000A"), Err(Fault::Characters));
    }
}
