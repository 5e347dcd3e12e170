//! Container number 柜号 (ISO 6346): owner code, category, serial number, check digit (`CSQU3054383`).

use super::{all_capitals, all_digits, last_digit, piece, tidy};
use serde::{Deserialize, Serialize};

reasons! {
    /// Why this is no container number.
    Fault {
        Length = "length",
        OwnerCode = "owner_code",
        Category = "category",
        Serial = "serial",
        CheckDigit = "check_digit",
    }
}

reasons! {
    /// What deserves a second look although the number holds.
    Warning {
        // Serial numbers whose sum leaves 10 are not to be given out, yet some owners did.
        RemainderTen = "remainder_10_serial_not_recommended",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ContainerNumber {
    text: String,
}

text_code!(ContainerNumber);

impl ContainerNumber {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = tidy(text, &['-', '.', '/']);
        if text.chars().count() != 11 {
            return Err(Fault::Length);
        }
        if !all_capitals(piece(&text, 0..3)) {
            return Err(Fault::OwnerCode);
        }
        if !matches!(piece(&text, 3..4), "U" | "J" | "Z") {
            return Err(Fault::Category);
        }
        if !all_digits(piece(&text, 4..10)) {
            return Err(Fault::Serial);
        }
        if last_digit(&text) != Some(sum(&text) % 11 % 10) {
            return Err(Fault::CheckDigit);
        }
        Ok(Self { text })
    }

    pub fn warning(&self) -> Option<Warning> {
        (self.weighted_sum() % 11 == 10).then_some(Warning::RemainderTen)
    }

    /// The sum the check digit comes from: value × 2 to the power of the place.
    pub fn weighted_sum(&self) -> u32 {
        sum(&self.text)
    }

    pub fn check_digit(&self) -> u32 {
        self.weighted_sum() % 11 % 10
    }
}

fn sum(text: &str) -> u32 {
    text.chars()
        .take(10)
        .zip(0_u32..)
        .map(|(sign, place)| value(sign) << place)
        .sum()
}

// Letters run from 10 and leave out the multiples of 11, which would not show in a remainder of 11.
fn value(sign: char) -> u32 {
    match sign.to_digit(36) {
        Some(plain @ 0..=9) => plain,
        Some(plain) => plain + (plain - 10).div_ceil(10),
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letter_values_leave_out_eleven_twenty_two_and_thirty_three() {
        let values: Vec<u32> = "ABKLUVZ".chars().map(value).collect();
        assert_eq!(values, [10, 12, 21, 23, 32, 34, 38]);
    }

    #[test]
    fn a_number_is_read_however_it_is_written() {
        for typed in [
            "CSQU3054383",
            "csqu 305438-3",
            "ＣＳＱＵ３０５４３８３",
            "CSQU.305438/3",
        ] {
            assert_eq!(
                ContainerNumber::parse(typed).unwrap().as_str(),
                "CSQU3054383",
                "{typed}"
            );
        }
    }

    #[test]
    fn the_first_failing_check_is_the_reason() {
        for (typed, fault) in [
            ("", Fault::Length),
            ("CSQU30543831", Fault::Length),
            ("柜号柜号柜号柜号柜号柜", Fault::OwnerCode),
            ("C1QU3054383", Fault::OwnerCode),
            ("CSQA3054383", Fault::Category),
            ("CSQU30A4383", Fault::Serial),
            ("CSQU305438X", Fault::CheckDigit),
            ("CSQU3054384", Fault::CheckDigit),
        ] {
            assert_eq!(ContainerNumber::parse(typed), Err(fault), "{typed}");
        }
    }

    #[test]
    fn a_remainder_of_ten_is_kept_with_a_warning() {
        let number = ContainerNumber::parse("TGHU1000050").unwrap();
        assert_eq!(number.warning(), Some(Warning::RemainderTen));
        assert_eq!(
            ContainerNumber::parse("CSQU3054383").unwrap().warning(),
            None
        );
    }

    #[test]
    fn a_stored_number_is_checked_again_when_it_is_read() {
        let number = ContainerNumber::parse("CSQU3054383").unwrap();
        let stored = serde_json::to_string(&number).unwrap();
        assert_eq!(stored, "\"CSQU3054383\"");
        assert_eq!(
            serde_json::from_str::<ContainerNumber>(&stored).unwrap(),
            number
        );
        assert!(serde_json::from_str::<ContainerNumber>("\"CSQU3054384\"").is_err());
    }
}
