//! Codes 编码: the numbers other people issue, each a type that is read once and cannot hold a bad value.
//!
//! All share one shape. `parse` tidies what was typed (full-width signs become half-width, spaces and the
//! separators of that code go, letters become capitals) and returns the code or a `Fault`: the first check that
//! failed. A `Fault` stops the form. Where a failed check only asks for a second look, the code is made all the
//! same and carries a `Warning`. `key()` is the reason as one word; the sentence for people is in the catalogue.

/// The reasons of one code, in the order in which they are checked.
macro_rules! reasons {
    ($(#[$doc:meta])* $kind:ident { $($name:ident = $key:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $kind {
            $($name),+
        }

        impl $kind {
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key),+
                }
            }
        }

        impl std::fmt::Display for $kind {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.key())
            }
        }

        impl std::error::Error for $kind {}
    };
}

/// What every code of one piece of text can do: be shown, be stored, be read back through its own check.
macro_rules! text_code {
    ($code:ident) => {
        impl $code {
            pub fn as_str(&self) -> &str {
                &self.text
            }
        }

        impl std::fmt::Display for $code {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.text)
            }
        }

        impl From<$code> for String {
            fn from(code: $code) -> Self {
                code.text
            }
        }

        impl std::str::FromStr for $code {
            type Err = Fault;

            fn from_str(text: &str) -> Result<Self, Fault> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $code {
            type Error = Fault;

            fn try_from(text: String) -> Result<Self, Fault> {
                Self::parse(&text)
            }
        }
    };
}

pub mod bic;
pub mod container;
pub mod country;
pub mod courier;
pub mod declaration;
pub mod hs;
pub mod iban;
pub mod imo;
pub mod registration;
pub mod s10;
pub mod unlocode;
pub mod uscc;

pub use bic::Bic;
pub use container::ContainerNumber;
pub use country::Country;
pub use courier::{Carrier, Waybill};
pub use declaration::{DeclarationItem, DeclarationNumber};
pub use hs::HsCode;
pub use iban::Iban;
pub use imo::ImoNumber;
pub use registration::{CiqCode, CustomsCode};
pub use s10::PostalItem;
pub use unlocode::UnLocode;
pub use uscc::CreditCode;

/// Half-width, without white space and the separators named, in capitals.
fn tidy(text: &str, separators: &[char]) -> String {
    text.chars()
        .map(half_width)
        .filter(|sign| !sign.is_whitespace() && !separators.contains(sign))
        .map(|sign| sign.to_ascii_uppercase())
        .collect()
}

// Chinese input methods write `ＣＳＱＵ３０５４３８－３` as readily as the plain form; people do not see the difference.
fn half_width(sign: char) -> char {
    match sign {
        '\u{FF01}'..='\u{FF5E}' => u32::from(sign)
            .checked_sub(0xFEE0)
            .and_then(char::from_u32)
            .unwrap_or(sign),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ => sign,
    }
}

/// A piece by byte places; nothing where the text is too short.
fn piece(text: &str, places: std::ops::Range<usize>) -> &str {
    text.get(places).unwrap_or_default()
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn all_capitals(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn all_capitals_or_digits(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// `0`–`9` are 0–9, `A`–`Z` are 10–35; anything else has no value.
fn sign_value(sign: char) -> Option<u32> {
    (sign.is_ascii_digit() || sign.is_ascii_uppercase())
        .then(|| sign.to_digit(36))
        .flatten()
}

/// Sum of the values of the digits, each times its weight.
fn weighted(digits: &str, weights: impl IntoIterator<Item = u32>) -> u32 {
    digits
        .chars()
        .filter_map(|sign| sign.to_digit(10))
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum()
}

fn last_digit(text: &str) -> Option<u32> {
    text.chars().next_back().and_then(|sign| sign.to_digit(10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_signs_and_spaces_are_tidied_away() {
        assert_eq!(tidy("ｃｓｑｕ　305438－3 ", &['-']), "CSQU3054383");
        assert_eq!(tidy("a\u{2013}b", &['-']), "AB");
        assert_eq!(tidy("a-b", &[]), "A-B");
    }

    #[test]
    fn pieces_of_short_or_foreign_text_are_empty_and_never_panic() {
        assert_eq!(piece("AB", 0..4), "");
        assert_eq!(piece("中文", 0..1), "");
    }
}
