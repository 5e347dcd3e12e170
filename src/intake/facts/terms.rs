//! Terms 条款: an Incoterm with its place, and the tolerance of the quantity.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::grid::number::half_width;

/// `FOB Ningbo, Incoterms 2020`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryTerms {
    pub incoterm: String,
    pub place: Option<String>,
    pub edition: Option<u16>,
}

/// More or less 溢短装, in percent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tolerance {
    pub over: Decimal,
    pub under: Decimal,
}

const INCOTERMS: [&str; 11] = [
    "EXW", "FCA", "CPT", "CIP", "DAP", "DPU", "DDP", "FAS", "FOB", "CFR", "CIF",
];

/// The code, the place behind it and the edition, if the text begins with an Incoterm or holds one as a word.
pub(in crate::intake) fn delivery_terms(text: &str) -> Option<DeliveryTerms> {
    let text = half_width(text);
    let words: Vec<&str> = text
        .split([' ', ',', '(', ')', ';', '/', ':'])
        .filter(|word| !word.is_empty())
        .collect();
    let code = words
        .iter()
        .find(|word| INCOTERMS.contains(&word.to_ascii_uppercase().as_str()))?;
    let behind = text.split_once(*code)?.1;
    let place = behind
        .split([',', ';', '('])
        .next()
        .unwrap_or_default()
        .trim();
    let place = place
        .split("Incoterms")
        .next()
        .unwrap_or_default()
        .trim()
        .trim_end_matches('.');
    let edition = ["1990", "2000", "2010", "2020"]
        .into_iter()
        .find(|year| words.contains(year));
    Some(DeliveryTerms {
        incoterm: code.to_ascii_uppercase(),
        place: (!place.is_empty()).then(|| place.to_owned()),
        edition: edition.and_then(|year| year.parse().ok()),
    })
}

/// `+/- 3 %`, `±5%`, `+5/-3%`, `5% more or less`.
pub(super) fn tolerance(text: &str) -> Option<Tolerance> {
    let close: String = half_width(text)
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let close = close
        .strip_suffix("moreorless")
        .or_else(|| close.strip_suffix("moreorlessallowed"))
        .unwrap_or(&close);
    let percent = |text: &str| {
        text.trim_end_matches('%')
            .parse::<Decimal>()
            .ok()
            .filter(|value| !value.is_sign_negative() && *value <= Decimal::from(100))
    };
    if let Some((over, under)) = close
        .strip_prefix('+')
        .and_then(|rest| rest.split_once("/-"))
        .filter(|(over, _)| !over.is_empty())
    {
        return Some(Tolerance {
            over: percent(over)?,
            under: percent(under)?,
        });
    }
    if !close.ends_with('%') {
        return None;
    }
    let both = ["+/-", "+-", "±", "-/+"]
        .into_iter()
        .find_map(|sign| close.strip_prefix(sign))
        .unwrap_or(close);
    percent(both).map(|value| Tolerance {
        over: value,
        under: value,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_and_tolerances_are_taken_apart() {
        let terms = delivery_terms("FOB Ningbo, Incoterms 2020").unwrap();
        assert_eq!(
            (
                terms.incoterm.as_str(),
                terms.place.as_deref(),
                terms.edition
            ),
            ("FOB", Some("Ningbo"), Some(2020))
        );
        assert_eq!(
            delivery_terms("cif Hamburg (Incoterms 2010)")
                .unwrap()
                .place
                .as_deref(),
            Some("Hamburg")
        );
        assert_eq!(delivery_terms("30 days net"), None);
        for (text, over, under) in [
            ("+/- 3 %", 3, 3),
            ("±5%", 5, 5),
            ("+5/-3%", 5, 3),
            ("3% more or less", 3, 3),
        ] {
            assert_eq!(
                tolerance(text),
                Some(Tolerance {
                    over: over.into(),
                    under: under.into()
                }),
                "{text}"
            );
        }
        assert_eq!(tolerance("none"), None);
    }
}
