//! Courier waybill number 快递单号: what each courier prints on its label.
//!
//! A number no form fits is a fault. One that fits a form but not its check digit is kept with a warning, because
//! couriers issue other forms too and the parcel has left already. A courier outside our list is not checked.

use super::{all_capitals_or_digits, all_digits, last_digit, piece, s10, tidy, weighted};
use serde::{Deserialize, Serialize};

reasons! {
    /// Why this is no waybill number of that courier.
    Fault {
        Format = "format",
    }
}

reasons! {
    /// The form fits; one digit was probably mistyped.
    Warning {
        CheckDigit = "check_digit",
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Carrier {
    Dhl,
    Fedex,
    Ups,
    Sf,
    Ems,
    Other,
}

impl Carrier {
    pub const ALL: [Self; 6] = [
        Self::Dhl,
        Self::Fedex,
        Self::Ups,
        Self::Sf,
        Self::Ems,
        Self::Other,
    ];

    pub fn parse(text: &str) -> Option<Self> {
        let text = tidy(text, &['-']);
        Self::ALL.into_iter().find(|carrier| carrier.key() == text)
    }

    pub fn key(self) -> &'static str {
        match self {
            Self::Dhl => "DHL",
            Self::Fedex => "FEDEX",
            Self::Ups => "UPS",
            Self::Sf => "SF",
            Self::Ems => "EMS",
            Self::Other => "OTHER",
        }
    }
}

/// The printed form a number follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Form {
    #[serde(rename = "ups_1z")]
    Ups1Z,
    #[serde(rename = "fedex_express_12")]
    FedexExpress12,
    #[serde(rename = "fedex_ground_15")]
    FedexGround15,
    #[serde(rename = "dhl_express_10")]
    DhlExpress10,
    #[serde(rename = "dhl_express_11")]
    DhlExpress11,
    #[serde(rename = "sf_15")]
    Sf15,
    #[serde(rename = "sf_legacy_12")]
    SfLegacy12,
    #[serde(rename = "upu_s10")]
    PostalItem,
    #[serde(rename = "unchecked")]
    Unchecked,
}

impl Form {
    pub fn key(self) -> &'static str {
        match self {
            Self::Ups1Z => "ups_1z",
            Self::FedexExpress12 => "fedex_express_12",
            Self::FedexGround15 => "fedex_ground_15",
            Self::DhlExpress10 => "dhl_express_10",
            Self::DhlExpress11 => "dhl_express_11",
            Self::Sf15 => "sf_15",
            Self::SfLegacy12 => "sf_legacy_12",
            Self::PostalItem => "upu_s10",
            Self::Unchecked => "unchecked",
        }
    }

    fn of(carrier: Carrier, text: &str) -> Option<Self> {
        let digits = all_digits(text).then_some(text.len());
        match carrier {
            Carrier::Ups => {
                let shaped = text.len() == 18
                    && text.starts_with("1Z")
                    && all_capitals_or_digits(text)
                    && last_digit(text).is_some();
                shaped.then_some(Self::Ups1Z)
            }
            Carrier::Fedex => match digits {
                Some(12) => Some(Self::FedexExpress12),
                Some(15) => Some(Self::FedexGround15),
                _ => None,
            },
            Carrier::Dhl => match digits {
                Some(10) => Some(Self::DhlExpress10),
                Some(11) => Some(Self::DhlExpress11),
                _ => None,
            },
            Carrier::Sf => match (digits, text.strip_prefix("SF")) {
                (Some(12), _) => Some(Self::SfLegacy12),
                (_, Some(rest)) if rest.len() == 13 && all_digits(rest) => Some(Self::Sf15),
                _ => None,
            },
            Carrier::Ems => (s10::PostalItem::parse(text) != Err(s10::Fault::Format))
                .then_some(Self::PostalItem),
            Carrier::Other => {
                let length = text.chars().count();
                (1..=40).contains(&length).then_some(Self::Unchecked)
            }
        }
    }

    // SF publishes no check digit.
    fn holds(self, text: &str) -> bool {
        let sevens = |digits: &str| digits.parse::<u64>().ok().map(|number| number % 7);
        let expected = match self {
            Self::Ups1Z => Some(ups_check(piece(text, 2..17))),
            Self::FedexExpress12 => {
                Some(weighted(piece(text, 0..11), [3, 1, 7].into_iter().cycle()) % 11 % 10)
            }
            Self::FedexGround15 => {
                let sum = weighted(piece(text, 0..14), [1, 3].into_iter().cycle());
                Some((10 - sum % 10) % 10)
            }
            Self::DhlExpress10 => sevens(piece(text, 0..9)).and_then(|rest| rest.try_into().ok()),
            Self::DhlExpress11 => sevens(piece(text, 0..10)).and_then(|rest| rest.try_into().ok()),
            Self::PostalItem => return s10::PostalItem::parse(text).is_ok(),
            Self::Sf15 | Self::SfLegacy12 | Self::Unchecked => return true,
        };
        expected == last_digit(text)
    }
}

// Letters count as (ASCII − 63) mod 10; every second sign counts double.
fn ups_check(signs: &str) -> u32 {
    let sum: u32 = signs
        .bytes()
        .map(|byte| match byte {
            b'0'..=b'9' => u32::from(byte - b'0'),
            letter => u32::from(letter.saturating_sub(63)) % 10,
        })
        .zip([1, 2].into_iter().cycle())
        .map(|(value, weight): (u32, u32)| value * weight)
        .sum();
    (10 - sum % 10) % 10
}

/// A waybill number together with the courier it was given by; the number alone says too little.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Waybill {
    carrier: Carrier,
    number: String,
    form: Form,
}

impl Waybill {
    pub fn parse(carrier: Carrier, number: &str) -> Result<Self, Fault> {
        let number = tidy(number, &['-']);
        let form = Form::of(carrier, &number).ok_or(Fault::Format)?;
        Ok(Self {
            carrier,
            number,
            form,
        })
    }

    pub fn warning(&self) -> Option<Warning> {
        (!self.form.holds(&self.number)).then_some(Warning::CheckDigit)
    }

    pub fn carrier(&self) -> Carrier {
        self.carrier
    }

    pub fn as_str(&self) -> &str {
        &self.number
    }

    pub fn form(&self) -> Form {
        self.form
    }
}

impl std::fmt::Display for Waybill {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_digit_is_a_warning_and_never_a_fault() {
        let waybill = Waybill::parse(Carrier::Dhl, "51 6342 2564").unwrap();
        assert_eq!(waybill.as_str(), "5163422564");
        assert_eq!(waybill.warning(), Some(Warning::CheckDigit));
        assert_eq!(
            Waybill::parse(Carrier::Dhl, "5163422563")
                .unwrap()
                .warning(),
            None
        );
    }

    #[test]
    fn dhl_also_prints_eleven_digits() {
        let waybill = Waybill::parse(Carrier::Dhl, "73891051146").unwrap();
        assert_eq!(
            (waybill.form(), waybill.warning()),
            (Form::DhlExpress11, None)
        );
    }

    #[test]
    fn ems_numbers_are_postal_item_numbers() {
        let waybill = Waybill::parse(Carrier::Ems, "ra473124829us").unwrap();
        assert_eq!(
            (waybill.form(), waybill.warning()),
            (Form::PostalItem, None)
        );
        let mistyped = Waybill::parse(Carrier::Ems, "RA473124820US").unwrap();
        assert_eq!(mistyped.warning(), Some(Warning::CheckDigit));
        assert_eq!(Waybill::parse(Carrier::Ems, "12345"), Err(Fault::Format));
    }

    #[test]
    fn another_courier_is_taken_as_written_but_not_empty() {
        assert_eq!(
            Waybill::parse(Carrier::Other, "yt-77 01").unwrap().as_str(),
            "YT7701"
        );
        assert_eq!(Waybill::parse(Carrier::Other, "  "), Err(Fault::Format));
    }

    #[test]
    fn couriers_are_found_by_key() {
        for carrier in Carrier::ALL {
            assert_eq!(Carrier::parse(carrier.key()), Some(carrier));
        }
        assert_eq!(Carrier::parse("FedEx"), Some(Carrier::Fedex));
        assert_eq!(Carrier::parse("owl"), None);
    }
}
