//! International account number (IBAN): country, two check digits, national account. China and the USA have none.

use super::{all_capitals_or_digits, all_digits, piece, sign_value, tidy};
use serde::{Deserialize, Serialize};

reasons! {
    /// Why this is no international account number.
    Fault {
        Characters = "characters",
        Country = "country",
        Length = "length",
        CheckDigits = "check_digits",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Iban {
    text: String,
}

text_code!(Iban);

impl Iban {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = tidy(text, &[]);
        if text.is_empty() {
            return Err(Fault::Length);
        }
        if !all_capitals_or_digits(&text) {
            return Err(Fault::Characters);
        }
        let length = length_in(piece(&text, 0..2)).ok_or(Fault::Country)?;
        if text.len() != length {
            return Err(Fault::Length);
        }
        if !all_digits(piece(&text, 2..4)) || remainder(&text) != 1 {
            return Err(Fault::CheckDigits);
        }
        Ok(Self { text })
    }

    /// The registry's country, ISO 3166 alpha-2 (or `XK`, Kosovo).
    pub fn country(&self) -> &str {
        piece(&self.text, 0..2)
    }

    /// In groups of four, as it is printed.
    pub fn grouped(&self) -> String {
        let mut grouped = String::with_capacity(self.text.len() + 8);
        for (place, sign) in self.text.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                grouped.push(' ');
            }
            grouped.push(sign);
        }
        grouped
    }
}

// The first four signs go behind, letters become two digits, the long number is taken mod 97 piece by piece.
fn remainder(text: &str) -> u32 {
    text.chars()
        .skip(4)
        .chain(text.chars().take(4))
        .filter_map(sign_value)
        .fold(0, |rest, value| {
            let shift = if value > 9 { 100 } else { 10 };
            (rest * shift + value) % 97
        })
}

fn length_in(country: &str) -> Option<usize> {
    LENGTHS
        .iter()
        .find(|(code, _)| *code == country)
        .map(|(_, length)| *length)
}

/// Countries of the ISO 13616 registry and the length each one fixed. A new member is a new line.
const LENGTHS: [(&str, usize); 89] = [
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("AZ", 28),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BI", 27),
    ("BR", 29),
    ("BY", 28),
    ("CH", 21),
    ("CR", 22),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DJ", 27),
    ("DK", 18),
    ("DO", 28),
    ("EE", 20),
    ("EG", 29),
    ("ES", 24),
    ("FI", 18),
    ("FK", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("GT", 28),
    ("HN", 28),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IQ", 23),
    ("IS", 26),
    ("IT", 27),
    ("JO", 30),
    ("KW", 30),
    ("KZ", 20),
    ("LB", 28),
    ("LC", 32),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("LY", 25),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MN", 20),
    ("MR", 27),
    ("MT", 31),
    ("MU", 30),
    ("NI", 28),
    ("NL", 18),
    ("NO", 15),
    ("OM", 23),
    ("PK", 24),
    ("PL", 28),
    ("PS", 29),
    ("PT", 25),
    ("QA", 29),
    ("RO", 24),
    ("RS", 22),
    ("RU", 33),
    ("SA", 24),
    ("SC", 31),
    ("SD", 18),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("SO", 23),
    ("ST", 25),
    ("SV", 28),
    ("TL", 23),
    ("TN", 24),
    ("TR", 26),
    ("UA", 29),
    ("VA", 22),
    ("VG", 24),
    ("XK", 20),
    ("YE", 30),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registry_example_is_read_and_printed_in_groups() {
        let iban = Iban::parse("gb82 west 1234 5698 7654 32").unwrap();
        assert_eq!(iban.as_str(), "GB82WEST12345698765432");
        assert_eq!(iban.grouped(), "GB82 WEST 1234 5698 7654 32");
        assert_eq!(iban.country(), "GB");
    }

    #[test]
    fn signs_come_before_country_before_length_before_check_digits() {
        for (typed, fault) in [
            ("", Fault::Length),
            ("GB82-WEST", Fault::Characters),
            ("CN82WEST12345698765432", Fault::Country),
            ("G", Fault::Country),
            ("GB82WEST1234569876543", Fault::Length),
            ("GB83WEST12345698765432", Fault::CheckDigits),
            ("GBA2WEST12345698765432", Fault::CheckDigits),
        ] {
            assert_eq!(Iban::parse(typed), Err(fault), "{typed}");
        }
    }

    #[test]
    fn every_country_stands_once_in_the_registry() {
        assert!(LENGTHS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
