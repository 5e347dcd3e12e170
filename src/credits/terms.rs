//! Terms 条款 of a credit: the fields as they stand on the paper, and what is read out of them.
//!
//! The paper's own words are kept; a field that cannot be read is a fault at its place, never a guess.

use super::field::{self, Field};
use crate::base::{Currency, T, typed};
use crate::web::{Faults, Fields};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms(BTreeMap<String, String>);

/// What is asked of a credit again and again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub money: Option<(Currency, Decimal)>,
    pub plus: Decimal,
    pub minus: Decimal,
    pub expiry_on: Option<NaiveDate>,
    pub expiry_place: String,
    pub latest_shipment_on: Option<NaiveDate>,
    /// Days after shipment; nothing where field 48 is empty.
    pub period_days: Option<u32>,
}

/// Most signs of one field: a hundred lines of sixty-five.
const MOST: usize = 6_600;

impl Terms {
    pub fn get(&self, tag: &str) -> &str {
        self.0.get(tag).map_or("", String::as_str)
    }

    pub fn set(&mut self, tag: &str, text: &str) {
        if text.is_empty() {
            self.0.remove(tag);
        } else {
            self.0.insert(tag.to_owned(), text.to_owned());
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(tag, text)| (tag.as_str(), text.as_str()))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Credit says so, or says nothing (UCP 600 article 31 a).
    pub fn partial_allowed(&self) -> bool {
        !self.get("43P").to_uppercase().contains("NOT")
    }

    pub fn transhipment_allowed(&self) -> bool {
        !self.get("43T").to_uppercase().contains("NOT")
    }

    /// The fields of a form.
    pub fn typed(fields: &Fields, of: &[Field], faults: &mut Faults) -> Self {
        let mut terms = Self::default();
        for field in of {
            let name = field.name();
            let text = fields.get(&name);
            if text.chars().count() > MOST {
                faults.add(&name, T::orders_text_too_long);
            }
            terms.set(field.tag, text);
        }
        terms
    }

    pub fn put(&self, fields: &mut Fields) {
        for (tag, text) in self.iter() {
            fields.set(&format!("f_{tag}"), text);
        }
    }

    /// Reads dates, amount and percents; every fault at its field.
    pub fn known(&self, faults: &mut Faults) -> Known {
        let mut known = Known::default();
        let mut at = |tag: &str, words: fn(T) -> &'static str| {
            faults.add(&format!("f_{tag}"), words);
        };
        match money(self.get("32B")) {
            Some(money) => known.money = Some(money),
            None => at("32B", T::credits_fault_money),
        }
        if !self.get("39A").is_empty() {
            match plus_minus(self.get("39A")) {
                Some((plus, minus)) => (known.plus, known.minus) = (plus, minus),
                None => at("39A", T::credits_fault_percent),
            }
        }
        match dated(self.get("31D")) {
            Some((day, place)) => {
                (known.expiry_on, known.expiry_place) = (Some(day), place.to_owned());
            }
            None => at("31D", T::credits_fault_expiry),
        }
        if !self.get("31C").is_empty() && dated(self.get("31C")).is_none() {
            at("31C", T::credits_fault_day);
        }
        if !self.get("44C").is_empty() {
            match dated(self.get("44C")) {
                Some((day, _)) => known.latest_shipment_on = Some(day),
                None => at("44C", T::credits_fault_day),
            }
        }
        if !self.get("48").is_empty() {
            match period(self.get("48")) {
                Some(days) => known.period_days = Some(days),
                None => at("48", T::credits_fault_period),
            }
        }
        known
    }
}

/// `USD65400,00`, `USD 65,400.00`: the comma is SWIFT's decimal sign, but groups where a point follows them.
pub fn money(text: &str) -> Option<(Currency, Decimal)> {
    let text = typed::half_width(text);
    let text = text.trim();
    let currency = Currency::parse(text.get(..3)?)?;
    let figure = text.get(3..)?.trim().replace(' ', "");
    let plain = if figure.contains('.') || figure.matches(',').count() > 1 {
        figure.replace(',', "")
    } else {
        match figure.split_once(',') {
            // Three digits behind one comma could be thousands.
            Some((_, part)) if part.len() == 3 && currency.decimals() < 3 => return None,
            Some((whole, part)) => format!("{whole}.{part}"),
            None => figure,
        }
    };
    let plain = plain.trim_end_matches('.');
    let amount: Decimal = plain.parse().ok()?;
    let fits = amount > Decimal::ZERO
        && amount < Decimal::from(10_000_000_000_i64)
        && amount.normalize().scale() <= currency.decimals();
    fits.then_some((currency, amount))
}

/// `05/05`
fn plus_minus(text: &str) -> Option<(Decimal, Decimal)> {
    let (plus, minus) = text.split_once('/')?;
    let percent = |text: &str| {
        text.trim()
            .parse::<u8>()
            .ok()
            .filter(|percent| *percent < 100)
    };
    Some((percent(plus)?.into(), percent(minus)?.into()))
}

/// `261217XIAMEN`, `2026-12-17 XIAMEN`: a day as SWIFT or as people write it, and what follows.
pub fn dated(text: &str) -> Option<(NaiveDate, &str)> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (day, rest) = if digits == 6 {
        let (day, rest) = text.split_at_checked(6)?;
        let (year, month_day) = day.split_at_checked(2)?;
        let (month, day) = month_day.split_at_checked(2)?;
        (typed::day(&format!("20{year}-{month}-{day}"))?, rest)
    } else {
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        let (day, rest) = text.split_at_checked(end)?;
        (typed::day(day)?, rest)
    };
    Some((day, rest.trim_start_matches(['/', ',']).trim()))
}

/// `21`, `021/AFTER THE DATE OF SHIPMENT`
fn period(text: &str) -> Option<u32> {
    let digits: String = text
        .trim()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok().filter(|days| (1..=999).contains(days))
}

/// Cuts a pasted message at its tags. What stands before the first tag or under one nobody knows goes to `rest`.
pub fn split(text: &str, of: &[Field]) -> Terms {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut here = "rest";
    for line in text.lines() {
        let line = line.trim_end();
        let (tag, words) = match tag_of(line) {
            Some((tag, words)) => (field::of_tag(tag, of), words),
            None => (Some(here), line),
        };
        let (known, words) = match tag {
            Some(known) => (known, words),
            None => ("rest", line),
        };
        here = known;
        // The end of the message and its blocks are no words of the credit.
        if !words.trim().is_empty() && !matches!(words.trim(), "-}" | "-") {
            found
                .entry(known.to_owned())
                .or_default()
                .push(words.to_owned());
        }
    }
    Terms(
        found
            .into_iter()
            .map(|(tag, lines)| (tag, lines.join("\n")))
            .collect(),
    )
}

/// `:32B:USD65400,00`, also `32B: USD…` as banks print it.
fn tag_of(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let rest = line.strip_prefix(':').unwrap_or(line);
    let (tag, words) = rest.split_once(':')?;
    let (number, letter) = tag.split_at_checked(2)?;
    let fits = number.bytes().all(|byte| byte.is_ascii_digit())
        && letter.len() <= 1
        && letter.bytes().all(|byte| byte.is_ascii_uppercase());
    fits.then_some((tag, words.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_with_the_comma_of_swift_and_the_point_of_people() {
        let read = |text| money(text).map(|(_, amount)| amount.normalize().to_string());
        assert_eq!(read("USD65400,00").as_deref(), Some("65400"));
        assert_eq!(read("USD 65,400.50").as_deref(), Some("65400.5"));
        assert_eq!(read("JPY1200000,").as_deref(), Some("1200000"));
        for bad in [
            "USD65,400",
            "65400",
            "USD",
            "USD-1",
            "USD1,234,5x",
            "JPY1,5",
            "金额",
        ] {
            assert_eq!(money(bad), None, "{bad}");
        }
    }

    #[test]
    fn days_are_read_with_what_follows_them() {
        let (day, place) = dated("261217XIAMEN, CHINA").unwrap();
        assert_eq!(
            (day.to_string().as_str(), place),
            ("2026-12-17", "XIAMEN, CHINA")
        );
        assert_eq!(dated("2026-12-17 XIAMEN").unwrap().1, "XIAMEN");
        assert_eq!(dated("261317"), None);
        assert_eq!(dated(""), None);
    }

    #[test]
    fn a_pasted_message_falls_into_its_fields_and_nothing_is_lost() {
        let text = "MT700 ISSUE\n:20:LC123\n:32B:USD65400,00\n:45A:3000 SETS\nSTONEWARE\n:99Z:ODD\n:71B:OURS\n-}";
        let terms = split(text, &field::ISSUE);
        assert_eq!(terms.get("20"), "LC123");
        assert_eq!(terms.get("45A"), "3000 SETS\nSTONEWARE");
        assert_eq!(terms.get("71D"), "OURS");
        assert_eq!(terms.get("rest"), "MT700 ISSUE\n:99Z:ODD");
    }

    #[test]
    fn what_cannot_be_read_is_a_fault_at_its_field() {
        let terms = split(":32B:65400\n:31D:SOON\n:48:LATER\n:39A:5", &field::ISSUE);
        let mut faults = Faults::default();
        terms.known(&mut faults);
        for tag in ["f_32B", "f_31D", "f_48", "f_39A"] {
            assert!(faults.of(tag).is_some(), "{tag}");
        }
    }
}
