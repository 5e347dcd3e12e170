//! Numbers 数字: reading a quantity, price or amount as people type it.
//!
//! `1,200 只`, `US$5.20`, `１２００`, `1.2万` are read; `6,40` has two readings (6.40 and 640) and is settled by the
//! column as a whole, by quantity × price = amount, or by a person, never by a guess.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What the number counts; decides which readings are likely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    Quantity,
    Price,
    Amount,
}

/// The decimal sign a whole column uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    Dot,
    Comma,
}

/// A number with what stood around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub value: Decimal,
    /// ISO code, when the text itself names a currency. A bare `$` or `¥` names none.
    pub currency: Option<&'static str>,
    pub unit: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    Read(Figure),
    /// The sign is a decimal comma or groups thousands (or, in a quantity, a dot that may do the same).
    Ambiguous {
        decimal: Figure,
        grouped: Figure,
    },
    Unreadable,
}

/// Full-width signs become half-width and odd spaces become plain ones; Chinese characters stay.
pub fn half_width(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}'))
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}' => ' ',
            '\u{2212}' => '-',
            _ => c,
        })
        .collect()
}

/// ISO code of a currency word; `Some(None)` for a sign that several currencies share.
pub fn currency(word: &str) -> Option<Option<&'static str>> {
    let word = word
        .trim()
        .trim_matches(['.', ':', '(', ')', ' '])
        .to_uppercase();
    Some(match word.as_str() {
        "US$" | "USD" | "USD$" | "$US" | "美元" | "美金" => Some("USD"),
        "€" | "EUR" | "EURO" | "EUROS" | "欧元" => Some("EUR"),
        "£" | "GBP" | "英镑" => Some("GBP"),
        "RMB" | "CNY" | "RMB¥" | "CNY¥" | "元" | "人民币" => Some("CNY"),
        "HK$" | "HKD" | "港币" | "港元" => Some("HKD"),
        "JPY" | "日元" => Some("JPY"),
        "AUD" | "AU$" | "A$" | "澳元" => Some("AUD"),
        "CAD" | "CA$" | "C$" | "加元" => Some("CAD"),
        "CHF" => Some("CHF"),
        "SEK" => Some("SEK"),
        "NOK" => Some("NOK"),
        "DKK" => Some("DKK"),
        "PLN" => Some("PLN"),
        "NZD" => Some("NZD"),
        "SGD" => Some("SGD"),
        "$" | "¥" => None,
        _ => return None,
    })
}

/// Reads one text. `mark` is what the column as a whole says, if it says anything.
pub fn read(text: &str, sort: Sort, mark: Option<Mark>) -> Reading {
    let text = half_width(text);
    let text = text.trim();
    if let Some(value) = scientific(text) {
        return Reading::Read(Figure {
            value,
            currency: None,
            unit: None,
        });
    }
    let Some(parts) = Parts::of(text, sort) else {
        return Reading::Unreadable;
    };
    let figure = |value: Decimal| parts.figure(value);
    match digits(parts.body, sort, mark) {
        Digits::One(value) => figure(value).map_or(Reading::Unreadable, Reading::Read),
        Digits::Two { decimal, grouped } => match (figure(decimal), figure(grouped)) {
            (Some(decimal), Some(grouped)) => Reading::Ambiguous { decimal, grouped },
            _ => Reading::Unreadable,
        },
        Digits::None => Reading::Unreadable,
    }
}

/// `1.2E+06`, as Excel writes long numbers into a CSV.
fn scientific(text: &str) -> Option<Decimal> {
    let (head, power) = text.split_once(['E', 'e'])?;
    let plain =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let digits = power.trim_start_matches(['+', '-']);
    (plain(head) && digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| Decimal::from_scientific(text).ok())?
}

/// A text cut into the number and what stands before and behind it.
struct Parts<'a> {
    negative: bool,
    body: &'a str,
    times: Decimal,
    currency: Option<&'static str>,
    unit: Option<String>,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str, sort: Sort) -> Option<Self> {
        let first = text.find(|c: char| c.is_ascii_digit())?;
        let start = if text.get(..first)?.ends_with('.') {
            first - 1
        } else {
            first
        };
        let (head, rest) = text.split_at(start);
        let end = rest
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’' | ' ')))
            .unwrap_or(rest.len());
        let last = rest.get(..end)?.rfind(|c: char| c.is_ascii_digit())? + 1;
        let (body, tail) = rest.split_at(last);
        let (negative, head, tail) = sign(head.trim(), tail.trim())?;
        let before = match head {
            "" => None,
            word => Some(currency(word)?),
        };
        let (times, tail) = multiplier(tail, sort);
        let (after, unit) = trailing(tail)?;
        Some(Self {
            negative,
            body,
            times,
            currency: before.flatten().or(after),
            unit,
        })
    }

    fn figure(&self, value: Decimal) -> Option<Figure> {
        let value = value.checked_mul(self.times)?;
        let value = if self.negative { -value } else { value };
        Some(Figure {
            value: value.normalize(),
            currency: self.currency,
            unit: self.unit.clone(),
        })
    }
}

fn sign<'a>(head: &'a str, tail: &'a str) -> Option<(bool, &'a str, &'a str)> {
    if let Some(head) = head.strip_suffix('(') {
        return Some((true, head.trim(), tail.strip_prefix(')')?.trim()));
    }
    if let Some(head) = head.strip_suffix('-').or_else(|| head.strip_prefix('-')) {
        return Some((true, head.trim(), tail));
    }
    Some((false, head.trim_end_matches('+').trim(), tail))
}

fn multiplier(tail: &str, sort: Sort) -> (Decimal, &str) {
    if sort == Sort::Quantity {
        for (word, times) in [("万", 10_000), ("千", 1_000)] {
            // 千克 is a unit, not a thousand.
            if let Some(rest) = tail
                .strip_prefix(word)
                .filter(|rest| !rest.starts_with('克'))
            {
                return (Decimal::from(times), rest.trim());
            }
        }
        for (word, times) in [('w', 10_000), ('k', 1_000)] {
            let rest = tail
                .strip_prefix(word)
                .or_else(|| tail.strip_prefix(word.to_ascii_uppercase()));
            if let Some(rest) =
                rest.filter(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()))
            {
                return (Decimal::from(times), rest.trim());
            }
        }
    }
    (Decimal::ONE, tail)
}

/// Currency and unit behind the number; `None` when the tail holds something that is neither.
fn trailing(tail: &str) -> Option<(Option<&'static str>, Option<String>)> {
    let (money, unit) = match tail.split_once('/') {
        Some((money, unit)) if currency(money).is_some() => (currency(money), unit),
        Some(("", unit)) => (None, unit),
        _ => match currency(tail) {
            Some(money) => (Some(money), ""),
            None => (None, tail),
        },
    };
    let unit = unit.trim().trim_end_matches('.');
    let unit = unit.strip_prefix("per ").unwrap_or(unit).trim();
    let fits = unit.chars().count() <= 16
        && unit.chars().all(|c| {
            (c.is_alphabetic() && c != '万') || matches!(c, ' ' | '/' | '(' | ')' | '²' | '³' | '.')
        });
    fits.then(|| (money.flatten(), (!unit.is_empty()).then(|| unit.to_owned())))
}

enum Digits {
    One(Decimal),
    Two { decimal: Decimal, grouped: Decimal },
    None,
}

fn digits(body: &str, sort: Sort, mark: Option<Mark>) -> Digits {
    let Some(body) = joined(body) else {
        return Digits::None;
    };
    let (commas, dots) = (body.matches(',').count(), body.matches('.').count());
    let one = |text: String| match parse(&text) {
        Some(value) => Digits::One(value),
        None => Digits::None,
    };
    match (commas, dots) {
        (0, 0) => one(body),
        (_, 1) if commas > 0 && body.rfind('.') > body.rfind(',') => {
            decimal_after(&body, ',', '.', one)
        }
        (1, _) if dots > 0 && body.rfind(',') > body.rfind('.') => {
            decimal_after(&body, '.', ',', one)
        }
        (1, 0) => single(&body, ',', sort, mark),
        (0, 1) => single(&body, '.', sort, mark),
        (_, 0) if grouped(&body, ',') => one(body.replace(',', "")),
        (0, _) if grouped(&body, '.') => one(body.replace('.', "")),
        _ => Digits::None,
    }
}

fn decimal_after(body: &str, group: char, mark: char, one: impl Fn(String) -> Digits) -> Digits {
    match body.rsplit_once(mark) {
        Some((whole, rest)) if grouped(whole, group) => {
            one(format!("{}.{rest}", whole.replace(group, "")))
        }
        _ => Digits::None,
    }
}

/// One comma or one dot and nothing else.
fn single(body: &str, sign: char, sort: Sort, mark: Option<Mark>) -> Digits {
    let Some((whole, rest)) = body.split_once(sign) else {
        return Digits::None;
    };
    let (Some(decimal), Some(joined)) = (
        parse(&format!("{whole}.{rest}")),
        parse(&format!("{whole}{rest}")),
    ) else {
        return Digits::None;
    };
    let three = grouped(body, sign) && !whole.starts_with('0');
    let as_decimal = if sign == ',' { Mark::Comma } else { Mark::Dot };
    match mark {
        Some(said) if said == as_decimal => return Digits::One(decimal),
        Some(_) if three => return Digits::One(joined),
        _ => {}
    }
    let doubt = if sign == ',' {
        // `1,200` pieces are twelve hundred; a price of `1,200` may be one and a fifth. `0,85` groups nothing.
        if three && sort == Sort::Quantity {
            return Digits::One(joined);
        }
        whole != "0"
    } else {
        three && sort == Sort::Quantity
    };
    if doubt {
        Digits::Two {
            decimal,
            grouped: joined,
        }
    } else {
        Digits::One(decimal)
    }
}

/// Takes out spaces and apostrophes where they group thousands.
fn joined(body: &str) -> Option<String> {
    let body = body.trim().replace('’', "'");
    let Some(sign) = body.chars().find(|c| matches!(c, ' ' | '\'')) else {
        return Some(body);
    };
    let whole = body.split(['.', ',']).next().unwrap_or_default();
    let rest = body.get(whole.len()..).unwrap_or_default();
    (grouped(whole, sign) && !rest.contains([' ', '\'']))
        .then(|| format!("{}{rest}", whole.replace(sign, "")))
}

/// Groups of three, or the Indian way: three at the end and twos before.
fn grouped(whole: &str, sign: char) -> bool {
    let groups: Vec<&str> = whole.split(sign).collect();
    let Some(((first, last), middle)) = groups.split_last().and_then(|(last, head)| {
        head.split_first()
            .map(|(first, middle)| ((*first, *last), middle))
    }) else {
        return !whole.is_empty();
    };
    let digits = groups
        .iter()
        .all(|group| group.bytes().all(|b| b.is_ascii_digit()));
    let western = middle.iter().all(|group| group.len() == 3) && (1..=3).contains(&first.len());
    let indian = sign == ','
        && middle.iter().all(|group| group.len() == 2)
        && (1..=2).contains(&first.len());
    digits && last.len() == 3 && (western || (indian && !middle.is_empty()))
}

fn parse(text: &str) -> Option<Decimal> {
    (text.len() <= 20 && !text.ends_with('.')).then(|| Decimal::from_str(text).ok())?
}

/// What the texts of a column say about its decimal sign. `typed` is set when the column also holds real numbers:
/// then its texts are the exceptions and say nothing about the rest.
pub fn column_mark<'a>(texts: impl Iterator<Item = &'a str>, typed: bool) -> Option<Mark> {
    let (mut commas, mut dots) = (0, 0);
    for text in texts {
        let text = half_width(text);
        let body: String = text
            .chars()
            .filter(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
            .collect();
        let body = body.trim_matches(['.', ',']);
        let behind = |sign: char| body.rsplit_once(sign).map_or(0, |(_, rest)| rest.len());
        match (body.matches(',').count(), body.matches('.').count()) {
            (1, 0) if behind(',') != 3 || body.starts_with("0,") => commas += 1,
            (0, 1) if behind('.') != 3 || body.starts_with("0.") => dots += 1,
            (1.., 1) if body.rfind('.') > body.rfind(',') => dots += 1,
            (1, 1..) if body.rfind(',') > body.rfind('.') => commas += 1,
            (2.., 0) => dots += 1,
            (0, 2..) => commas += 1,
            _ => {}
        }
    }
    match (commas, dots) {
        (2.., 0) if !typed => Some(Mark::Comma),
        (0, 1..) => Some(Mark::Dot),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, sort: Sort) -> Option<String> {
        match read(text, sort, None) {
            Reading::Read(figure) => Some(figure.value.to_string()),
            _ => None,
        }
    }

    fn two(text: &str, sort: Sort) -> Option<(String, String)> {
        match read(text, sort, None) {
            Reading::Ambiguous { decimal, grouped } => {
                Some((decimal.value.to_string(), grouped.value.to_string()))
            }
            _ => None,
        }
    }

    #[test]
    fn quantities_are_read_as_people_type_them() {
        for (text, expected) in [
            ("1,200 pcs", "1200"),
            ("1,200 只", "1200"),
            ("1,200只", "1200"),
            ("１，２００ 件", "1200"),
            ("1200.00", "1200"),
            ("1.2万", "12000"),
            ("1.2w", "12000"),
            ("3万只", "30000"),
            ("2k", "2000"),
            ("1 200", "1200"),
            ("1\u{a0}200 Stück", "1200"),
            ("1'200", "1200"),
            ("1,234,567", "1234567"),
            ("1.234.567", "1234567"),
            ("12,34,567", "1234567"),
            ("-5", "-5"),
            ("(5)", "-5"),
            ("+5", "5"),
            ("1.2E+06", "1200000"),
            ("0,5", "0.5"),
            ("1,200.50 m", "1200.5"),
            ("1.200,50 m", "1200.5"),
            ("50 kg", "50"),
            ("5千克", "5"),
            ("2,400", "2400"),
        ] {
            assert_eq!(
                value(text, Sort::Quantity).as_deref(),
                Some(expected),
                "{text}"
            );
        }
    }

    #[test]
    fn prices_are_read_with_their_currency_and_unit() {
        for (text, number, code, unit) in [
            ("US$5.20", "5.2", Some("USD"), None),
            ("USD 5.20/pc", "5.2", Some("USD"), Some("pc")),
            ("¥ 12.50", "12.5", None, None),
            ("$7.35", "7.35", None, None),
            ("5.20元/只", "5.2", Some("CNY"), Some("只")),
            ("€ 1.234,50", "1234.5", Some("EUR"), None),
            ("9.125", "9.125", None, None),
            ("9.125 USD", "9.125", Some("USD"), None),
            ("0,850", "0.85", None, None),
            (".50", "0.5", None, None),
        ] {
            let Reading::Read(figure) = read(text, Sort::Price, None) else {
                panic!("{text}")
            };
            assert_eq!(
                (figure.value.to_string().as_str(), figure.currency),
                (number, code),
                "{text}"
            );
            assert_eq!(figure.unit.as_deref(), unit, "{text}");
        }
    }

    #[test]
    fn two_readings_are_never_decided_by_a_guess() {
        for (text, sort, decimal, grouped) in [
            ("6,40", Sort::Price, "6.4", "640"),
            ("６，４０", Sort::Price, "6.4", "640"),
            ("1,200", Sort::Price, "1.2", "1200"),
            ("1.200", Sort::Quantity, "1.2", "1200"),
            ("7,5 m", Sort::Quantity, "7.5", "75"),
        ] {
            assert_eq!(
                two(text, sort),
                Some((decimal.to_owned(), grouped.to_owned())),
                "{text}"
            );
        }
        let read_as = |text, mark| match read(text, Sort::Price, Some(mark)) {
            Reading::Read(figure) => figure.value.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(read_as("6,40", Mark::Comma), "6.4");
        assert_eq!(read_as("1.200", Mark::Comma), "1200");
        assert_eq!(read_as("1,200", Mark::Dot), "1200");
        assert!(read_as("6,40", Mark::Dot).starts_with("Ambiguous"));
    }

    #[test]
    fn what_is_no_number_is_left_alone() {
        for text in [
            "",
            "TBA",
            "approx 500",
            "约500",
            "5%",
            "12-14",
            "1,2,3",
            "1.2.3",
            "12 34",
            "5x6",
            "24 pcs 3 ctn",
            "6,",
            "--5",
            "1..2",
            "99999999999999999999999",
            "5 # 4",
            "A12",
            "(5",
        ] {
            assert_eq!(
                read(text, Sort::Quantity, None),
                Reading::Unreadable,
                "{text}"
            );
        }
        assert_eq!(read("1.2万", Sort::Price, None), Reading::Unreadable);
    }

    #[test]
    fn a_column_says_comma_only_when_all_of_it_does() {
        let mark = |texts: &[&str], typed| column_mark(texts.iter().copied(), typed);
        assert_eq!(
            mark(&["6,40", "7,85", "1.200,00"], false),
            Some(Mark::Comma)
        );
        assert_eq!(mark(&["6,40"], false), None);
        assert_eq!(mark(&["6,40", "7,85"], true), None);
        assert_eq!(mark(&["6,40", "7.85"], false), None);
        assert_eq!(mark(&["7.85", "1,200"], false), Some(Mark::Dot));
        assert_eq!(mark(&["1,200", "2,400"], false), None);
    }
}
