//! Place code (UN/LOCODE 联合国口岸代码): country and three signs (`CNNGB`). Only the form is checked.

use super::{Country, piece, tidy};
use serde::{Deserialize, Serialize};

reasons! {
    /// Why this is no place code.
    Fault {
        Length = "length",
        Country = "country",
        Characters = "characters",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UnLocode {
    text: String,
}

text_code!(UnLocode);

impl UnLocode {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = tidy(text, &[]);
        if text.chars().count() != 5 {
            return Err(Fault::Length);
        }
        if Country::find(piece(&text, 0..2)).is_none() {
            return Err(Fault::Country);
        }
        // 0 and 1 are not used: they look like O and I.
        let place = piece(&text, 2..5);
        let fits = |byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'9');
        if place.len() != 3 || !place.bytes().all(fits) {
            return Err(Fault::Characters);
        }
        Ok(Self { text })
    }

    /// ISO 3166 alpha-2.
    pub fn country(&self) -> &str {
        piece(&self.text, 0..2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_country_and_three_signs() {
        let port = UnLocode::parse("cn ngb").unwrap();
        assert_eq!((port.as_str(), port.country()), ("CNNGB", "CN"));
        assert!(UnLocode::parse("US2AL").is_ok());
    }

    #[test]
    fn the_first_failing_check_is_the_reason() {
        for (typed, fault) in [
            ("", Fault::Length),
            ("CNSHAA", Fault::Length),
            ("ZZABC", Fault::Country),
            ("CNS0A", Fault::Characters),
            ("CNS港A", Fault::Characters),
        ] {
            assert_eq!(UnLocode::parse(typed), Err(fault), "{typed}");
        }
    }
}
