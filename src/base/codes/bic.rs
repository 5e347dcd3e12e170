//! Bank code (BIC, ISO 9362; SWIFT 代码): institution, country, place and, with eleven signs, the branch.

use super::{Country, all_capitals, all_capitals_or_digits, piece, tidy};
use serde::{Deserialize, Serialize};

reasons! {
    /// Why this is no bank code.
    Fault {
        Length = "length",
        Format = "format",
        Country = "country",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bic {
    text: String,
}

text_code!(Bic);

impl Bic {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = tidy(text, &[]);
        if !matches!(text.chars().count(), 8 | 11) {
            return Err(Fault::Length);
        }
        // Institutions are letters in what SWIFT gives out, although the standard would allow digits.
        if !all_capitals(piece(&text, 0..6)) || !all_capitals_or_digits(&text) {
            return Err(Fault::Format);
        }
        let country = piece(&text, 4..6);
        // Kosovo has bank codes but no ISO 3166 entry.
        if country != "XK" && Country::find(country).is_none() {
            return Err(Fault::Country);
        }
        Ok(Self { text })
    }

    pub fn country(&self) -> &str {
        piece(&self.text, 4..6)
    }

    /// `XXX` is the head office, also where the code has only eight signs.
    pub fn branch(&self) -> &str {
        match piece(&self.text, 8..11) {
            "" => "XXX",
            branch => branch,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_signs_mean_the_head_office() {
        let bank = Bic::parse("bkchcnbj").unwrap();
        assert_eq!((bank.country(), bank.branch()), ("CN", "XXX"));
        assert_eq!(Bic::parse("HSBCHKHHHKH").unwrap().branch(), "HKH");
    }

    #[test]
    fn length_comes_before_form_before_country() {
        for (typed, fault) in [
            ("", Fault::Length),
            ("BKCHCN-", Fault::Length),
            ("中国银行北京分行", Fault::Format),
            ("BKCH1NBJ", Fault::Format),
            ("BKCHXXBJ", Fault::Country),
        ] {
            assert_eq!(Bic::parse(typed), Err(fault), "{typed}");
        }
        assert!(Bic::parse("NCBVXKPR").is_ok());
    }
}
