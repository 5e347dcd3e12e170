//! Days 日期: reading a date as customers write it.
//!
//! `2026/3/5`, `20270115`, `5-Mar-26`, `3月5日` have one reading. `05.10.2026` is the fifth of October or the tenth of
//! May: the customer's country decides, and where it cannot, a person does. No clock is read: the reference year is
//! given.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::number::half_width;

/// Which of day and month comes first in `05.10.2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Custom {
    DayFirst,
    MonthFirst,
}

impl Custom {
    /// The custom of a country by its two letters. `None` where both are in use (Canada) or neither is (China and
    /// Japan write the year first, so their `05/10/2026` follows nobody's rule).
    pub fn of_country(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_uppercase();
        if code.len() != 2 || !code.bytes().all(|letter| letter.is_ascii_uppercase()) {
            return None;
        }
        match code.as_str() {
            "US" | "PR" | "GU" | "VI" | "AS" | "MP" | "FM" | "MH" | "PW" => Some(Self::MonthFirst),
            "CA" | "PH" | "ZA" | "CN" | "JP" | "KR" | "KP" | "TW" | "MN" => None,
            _ => Some(Self::DayFirst),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    Read {
        day: NaiveDate,
        /// The country's custom was needed.
        by_custom: bool,
        /// The text names no year; the reference year was taken.
        year_taken: bool,
    },
    Ambiguous {
        day_first: NaiveDate,
        month_first: NaiveDate,
    },
    Unreadable,
}

impl Reading {
    fn plain(day: NaiveDate) -> Self {
        Self::Read {
            day,
            by_custom: false,
            year_taken: false,
        }
    }
}

/// `2026-03-05` and nothing else.
pub(super) fn iso(text: &str) -> Option<NaiveDate> {
    (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())?
}

/// Reads one text; `year` stands in for a missing one.
pub fn read(text: &str, custom: Option<Custom>, year: i32) -> Reading {
    let text = half_width(text).to_lowercase();
    let Some(pieces) = pieces(without_time(text.trim())) else {
        return Reading::Unreadable;
    };
    let reading = match *pieces.as_slice() {
        [Piece::Month(month), Piece::Number(day, length)]
        | [Piece::Number(day, length), Piece::Month(month)] => {
            // `Jan 2027` names a month, not the twentieth day of anything.
            let day = NaiveDate::from_ymd_opt(year, month, day).filter(|_| length <= 2);
            day.map(|day| Reading::Read {
                day,
                by_custom: false,
                year_taken: true,
            })
        }
        [
            Piece::Number(first, 1 | 2),
            Piece::Number(second, 1 | 2),
            Piece::Number(last, length),
        ] => full_year(last, length).map(|year| either(first, second, year, custom, false)),
        [Piece::Number(first, 1 | 2), Piece::Number(second, 1 | 2)] => {
            Some(either(first, second, year, custom, true))
        }
        _ => certain(&pieces).map(Reading::plain),
    };
    reading.unwrap_or(Reading::Unreadable)
}

/// The forms with one reading and a year.
fn certain(pieces: &[Piece]) -> Option<NaiveDate> {
    match *pieces {
        [Piece::Number(number, length)] => whole(number, length),
        [
            Piece::Number(year, 4),
            Piece::Month(month) | Piece::Number(month, _),
            Piece::Number(day, _),
        ] => date(year, month, day),
        [
            Piece::Month(month),
            Piece::Number(day, _),
            Piece::Number(year, length),
        ]
        | [
            Piece::Number(day, _),
            Piece::Month(month),
            Piece::Number(year, length),
        ] => NaiveDate::from_ymd_opt(full_year(year, length)?, month, day),
        _ => None,
    }
}

/// A day kept as Excel's count of days; only counts that fall between 1954 and 2119 are taken for days.
pub fn from_serial(serial: u32) -> Option<NaiveDate> {
    (20_000..=80_000).contains(&serial).then(|| {
        NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(u64::from(serial)))
    })?
}

/// The same day of the next year, for a delivery written without a year that would lie before its order.
pub fn next_year(day: NaiveDate) -> Option<NaiveDate> {
    day.with_year(day.year() + 1)
}

fn either(first: u32, second: u32, year: i32, custom: Option<Custom>, year_taken: bool) -> Reading {
    let day_first = NaiveDate::from_ymd_opt(year, second, first);
    let month_first = NaiveDate::from_ymd_opt(year, first, second);
    let read = |day, by_custom| Reading::Read {
        day,
        by_custom,
        year_taken,
    };
    match (day_first, month_first, custom) {
        (Some(day), Some(other), _) if day == other => read(day, false),
        (Some(day), Some(_), Some(Custom::DayFirst))
        | (Some(_), Some(day), Some(Custom::MonthFirst)) => read(day, true),
        (Some(day_first), Some(month_first), None) if !year_taken => Reading::Ambiguous {
            day_first,
            month_first,
        },
        // `3-5` without year and country is month and day, as the office itself writes it.
        (_, Some(day), _) | (Some(day), None, _) => read(day, false),
        (None, None, _) => Reading::Unreadable,
    }
}

/// `20270115`, or Excel's count of days.
fn whole(number: u32, length: usize) -> Option<NaiveDate> {
    match length {
        8 => date(number / 10_000, number / 100 % 100, number % 100),
        5 => from_serial(number),
        _ => None,
    }
}

fn date(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = full_year(year, 4)?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// Orders are of this century; four digits outside 1990–2099 are a slip, not a year.
fn full_year(year: u32, length: usize) -> Option<i32> {
    let year = i32::try_from(year).ok()?;
    match length {
        2 => Some(2000 + year),
        4 if (1990..2100).contains(&year) => Some(year),
        _ => None,
    }
}

/// Cuts off a time of day: `2026-03-05 00:00:00`, `2026-03-05t08:00`.
fn without_time(text: &str) -> &str {
    match text.find(':') {
        Some(colon) => {
            let head = text.get(..colon).unwrap_or_default();
            head.rfind([' ', 't'])
                .and_then(|end| head.get(..end))
                .unwrap_or(text)
                .trim()
        }
        None => text,
    }
}

#[derive(Clone, Copy)]
enum Piece {
    /// Its value and how many digits it was written with.
    Number(u32, usize),
    Month(u32),
}

/// Numbers and month names; week days and the signs between are passed over, any other word spoils the reading.
fn pieces(text: &str) -> Option<Vec<Piece>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
        let end = rest
            .find(|c: char| kind(c) != kind(first))
            .unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        rest = after;
        if first.is_ascii_digit() {
            if piece.len() > 8 {
                return None;
            }
            found.push(Piece::Number(piece.parse().ok()?, piece.len()));
        } else if first.is_alphabetic() {
            found.extend(word(piece)?.map(Piece::Month));
        } else if !piece
            .chars()
            .all(|c| matches!(c, ' ' | '.' | '/' | '-' | '–' | ',' | '(' | ')' | '\''))
        {
            return None;
        }
        if found.len() > 3 {
            return None;
        }
    }
    Some(found)
}

/// `Some(Some(month))` for a month's name, `Some(None)` for a word without weight, `None` for anything else.
#[expect(
    clippy::option_option,
    reason = "a month, a word to pass over and a foreign word are three answers"
)]
fn word(word: &str) -> Option<Option<u32>> {
    const FILL: [&str; 12] = [
        "年", "月", "日", "号", "st", "nd", "rd", "th", "of", "de", "etd", "eta",
    ];
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    if FILL.contains(&word)
        || DAYS.iter().any(|day| word.starts_with(day)) && !word.starts_with("mont")
    {
        return Some(None);
    }
    if word.starts_with("星期") || word.starts_with('周') {
        return Some(None);
    }
    Some(Some(match word {
        "jan" | "january" | "januar" | "janvier" | "enero" => 1,
        "feb" | "february" | "februar" | "février" | "febrero" => 2,
        "mar" | "march" | "mär" | "märz" | "mars" | "marzo" => 3,
        "apr" | "april" | "avril" | "abril" => 4,
        "may" | "mai" | "mayo" => 5,
        "jun" | "june" | "juni" | "juin" | "junio" => 6,
        "jul" | "july" | "juli" | "juillet" | "julio" => 7,
        "aug" | "august" | "août" | "agosto" => 8,
        "sep" | "sept" | "september" | "septembre" | "septiembre" => 9,
        "oct" | "october" | "okt" | "oktober" | "octobre" | "octubre" => 10,
        "nov" | "november" | "novembre" | "noviembre" => 11,
        "dec" | "december" | "dez" | "dezember" | "décembre" | "diciembre" => 12,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, custom: Option<Custom>) -> String {
        match read(text, custom, 2026) {
            Reading::Read { day, .. } => day.to_string(),
            Reading::Ambiguous {
                day_first,
                month_first,
            } => format!("{day_first} or {month_first}"),
            Reading::Unreadable => "?".to_owned(),
        }
    }

    #[test]
    fn days_with_one_reading_are_read() {
        for (text, day) in [
            ("2026/3/5", "2026-03-05"),
            ("2026-03-05", "2026-03-05"),
            ("2026.3.5", "2026-03-05"),
            ("20270115", "2027-01-15"),
            ("5-Mar-26", "2026-03-05"),
            ("5 March 2026", "2026-03-05"),
            ("Mar 5, 2026", "2026-03-05"),
            ("March 5th, 2026", "2026-03-05"),
            ("3月5日", "2026-03-05"),
            ("2026年3月5日", "2026-03-05"),
            ("2027年1月20日", "2027-01-20"),
            ("２０２７／１／１５", "2027-01-15"),
            ("46409", "2027-01-22"),
            ("2026-03-05 00:00:00", "2026-03-05"),
            ("2026-03-05T08:00", "2026-03-05"),
            ("25.10.2026", "2026-10-25"),
            ("10/25/2026", "2026-10-25"),
            ("05.05.2026", "2026-05-05"),
            ("5. Okt. 2026", "2026-10-05"),
            ("29.2.28", "2028-02-29"),
            ("2026年3月5日 星期四", "2026-03-05"),
            ("Thu, 5 Mar 2026", "2026-03-05"),
            ("ETD 2027/1/15", "2027-01-15"),
            ("2026 Mar 5", "2026-03-05"),
            ("3-18", "2026-03-18"),
        ] {
            assert_eq!(shown(text, None), day, "{text}");
        }
    }

    #[test]
    fn the_country_decides_between_day_first_and_month_first() {
        let text = "05.10.2026";
        assert_eq!(shown(text, Custom::of_country("DE")), "2026-10-05");
        assert_eq!(shown(text, Custom::of_country("us")), "2026-05-10");
        for unclear in ["CA", "CN", "", "Germany"] {
            assert_eq!(
                shown(text, Custom::of_country(unclear)),
                "2026-10-05 or 2026-05-10",
                "{unclear}"
            );
        }
        assert!(matches!(
            read(text, Custom::of_country("DE"), 2026),
            Reading::Read {
                by_custom: true,
                ..
            }
        ));
        assert!(matches!(
            read("25.10.2026", Custom::of_country("DE"), 2026),
            Reading::Read {
                by_custom: false,
                ..
            }
        ));
    }

    #[test]
    fn a_missing_year_is_the_reference_year_and_says_so() {
        assert!(matches!(
            read("3月5日", None, 2027),
            Reading::Read {
                year_taken: true,
                ..
            }
        ));
        assert_eq!(
            next_year(NaiveDate::from_ymd_opt(2028, 2, 29).unwrap()),
            None
        );
    }

    #[test]
    fn what_is_no_day_is_left_alone() {
        for text in [
            "",
            "ASAP",
            "TBA",
            "2026-13-01",
            "30.2.2026",
            "2026",
            "Jan 2027",
            "2027年1月",
            "3 weeks",
            "week 12 2026",
            "1-5-10-2026",
            "5/3/1850",
            "123456789012",
            "19999",
            "31/4",
            "2026-03",
            "end of March 2026",
            "12:30",
        ] {
            assert_eq!(read(text, None, 2026), Reading::Unreadable, "{text}");
        }
    }
}
