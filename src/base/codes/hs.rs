//! Commodity code 商品编号: ten digits in China (chapter, heading, the world's six, tariff, supplement).
//!
//! Only the form is checked. Whether a code exists, its units and its rebate rate are yearly data.

use super::{all_digits, piece, tidy};
use serde::{Deserialize, Serialize};

reasons! {
    /// Why this is no commodity code.
    Fault {
        Length = "length",
        Characters = "characters",
        Chapter = "chapter",
        Heading = "heading",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct HsCode {
    text: String,
    inspection: Option<String>,
}

impl HsCode {
    /// Thirteen digits are the code and the inspection suffix 检验检疫代码, which is kept apart.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = tidy(text, &['.']);
        if !matches!(text.chars().count(), 10 | 13) {
            return Err(Fault::Length);
        }
        if !all_digits(&text) {
            return Err(Fault::Characters);
        }
        // 77 is kept free by the world, 99 stands for no goods on a declaration.
        if matches!(piece(&text, 0..2), "00" | "77" | "99") {
            return Err(Fault::Chapter);
        }
        if piece(&text, 2..4) == "00" {
            return Err(Fault::Heading);
        }
        let suffix = piece(&text, 10..13);
        Ok(Self {
            text: piece(&text, 0..10).to_owned(),
            inspection: (!suffix.is_empty()).then(|| suffix.to_owned()),
        })
    }

    /// The ten digits.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn chapter(&self) -> &str {
        piece(&self.text, 0..2)
    }

    pub fn heading(&self) -> &str {
        piece(&self.text, 0..4)
    }

    /// The six digits all countries share; certificates of origin print these.
    pub fn six(&self) -> &str {
        piece(&self.text, 0..6)
    }

    pub fn tariff(&self) -> &str {
        piece(&self.text, 0..8)
    }

    pub fn inspection(&self) -> Option<&str> {
        self.inspection.as_deref()
    }
}

impl std::fmt::Display for HsCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::str::FromStr for HsCode {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        Self::parse(text)
    }
}

impl TryFrom<String> for HsCode {
    type Error = Fault;

    fn try_from(text: String) -> Result<Self, Fault> {
        Self::parse(&text)
    }
}

// Stored with its suffix, so that reading it back gives the same code.
impl From<HsCode> for String {
    fn from(code: HsCode) -> Self {
        code.text + code.inspection.as_deref().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_gives_its_parts() {
        let code = HsCode::parse("6109.1000.10").unwrap();
        assert_eq!((code.chapter(), code.heading()), ("61", "6109"));
        assert_eq!((code.six(), code.tariff()), ("610910", "61091000"));
        assert_eq!(code.inspection(), None);
    }

    #[test]
    fn the_inspection_suffix_is_kept_apart_and_stored_along() {
        let code = HsCode::parse("6109100010999").unwrap();
        assert_eq!(
            (code.as_str(), code.inspection()),
            ("6109100010", Some("999"))
        );
        let stored = serde_json::to_string(&code).unwrap();
        assert_eq!(serde_json::from_str::<HsCode>(&stored).unwrap(), code);
    }

    #[test]
    fn the_first_failing_check_is_the_reason() {
        for (typed, fault) in [
            ("", Fault::Length),
            ("61091000", Fault::Length),
            ("61O9100010", Fault::Characters),
            ("0009100010", Fault::Chapter),
            ("7709100010", Fault::Chapter),
            ("9909100010", Fault::Chapter),
            ("6100100010", Fault::Heading),
        ] {
            assert_eq!(HsCode::parse(typed), Err(fault), "{typed}");
        }
        assert!(HsCode::parse("9803001000").is_ok());
    }
}
