//! What people type into a field: full-width signs, group commas, units behind figures, dates with dots.
//!
//! Forms are forgiving, papers are not: what is read here is a `Decimal` or a day, or nothing.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use rust_decimal::Decimal;

/// Full-width letters, digits and punctuation become half-width; the ideographic space a space.
pub fn half_width(text: &str) -> String {
    text.chars()
        .map(|sign| match sign {
            '\u{3000}' => ' ',
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(sign) - 0xFEE0).unwrap_or(sign),
            '。' => '.',
            '、' => ',',
            '−' | '–' => '-',
            other => other,
        })
        .collect()
}

/// No figure of this trade is larger; so whatever is typed, the columns of a sheet can be multiplied and added up.
const LARGEST: u64 = 1_000_000_000_000;

/// `1,200`, `１２００`, `US$5.20`, `1200 pcs`, `3.5%`: the figure in it. A comma counts groups of three only; what could
/// be read two ways (`6,40`) is nothing here and asked by the importer.
pub fn figure(text: &str) -> Option<Decimal> {
    let text = half_width(text);
    let text = text.trim();
    let start = text.find(|sign: char| sign.is_ascii_digit() || sign == '-' || sign == '.')?;
    let head = text.get(..start)?;
    if head
        .chars()
        .any(|sign| sign.is_alphanumeric() && !head_is_currency(head))
    {
        return None;
    }
    let rest = text.get(start..)?;
    let end = rest
        .find(|sign: char| !(sign.is_ascii_digit() || matches!(sign, '.' | ',' | '-' | ' ')))
        .unwrap_or(rest.len());
    let tail = rest.get(end..)?.trim();
    if tail.chars().any(|sign| sign.is_ascii_digit()) {
        return None;
    }
    let digits = rest
        .get(..end)?
        .trim_end_matches([' ', '.', ','])
        .replace(' ', "");
    let plain = without_groups(&digits)?;
    let read: Decimal = plain.parse().ok()?;
    let times_ten_thousand = tail.starts_with('万') || tail == "w";
    let read = if times_ten_thousand {
        read.checked_mul(Decimal::from(10_000))?
    } else {
        read
    };
    (read.abs() <= Decimal::from(LARGEST)).then_some(read)
}

fn head_is_currency(head: &str) -> bool {
    let letters = head
        .trim()
        .trim_end_matches(['$', '¥', '€', '£', ':'])
        .trim();
    // `USD`, `US$` and `C$` are money; a letter alone before a figure (`A12`) is an item.
    let signed = letters.len() < head.trim().len();
    letters.is_empty()
        || (letters.bytes().all(|byte| byte.is_ascii_alphabetic())
            && (letters.len() == 3 || (signed && letters.len() <= 2)))
}

fn without_groups(digits: &str) -> Option<String> {
    if !digits.contains(',') {
        return Some(digits.to_owned());
    }
    let (whole, part) = digits
        .split_once('.')
        .map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let mut groups = whole.trim_start_matches('-').split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let right = (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    if !right || part.is_some_and(|part| part.contains(',')) {
        return None;
    }
    Some(digits.replace(',', ""))
}

/// A day as a date field sends it (`2026-12-15`), or as people type it with dots and slashes, year first.
pub fn day(text: &str) -> Option<NaiveDate> {
    let text = half_width(text)
        .replace(['/', '.', '年', '月'], "-")
        .replace('日', "");
    let mut parts = text.trim().split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.trim().len() != 4 {
        return None;
    }
    let day = NaiveDate::from_ymd_opt(
        year.trim().parse().ok()?,
        month.trim().parse().ok()?,
        day.trim().parse().ok()?,
    )?;
    // A year like 0206 or 9999 is a slip of the hand, and no order lives that long.
    (1990..=2100)
        .contains(&chrono::Datelike::year(&day))
        .then_some(day)
}

/// A moment as a field for moments sends it, `2026-12-15T16:00`, read where the company is. One that a change of clocks
/// skips is none; one that it doubles is the earlier.
pub fn moment(text: &str, zone: chrono_tz::Tz) -> Option<DateTime<Utc>> {
    let (date, clock) = text.trim().split_once('T')?;
    let local = day(date)?.and_time(NaiveTime::parse_from_str(clock, "%H:%M").ok()?);
    let at = zone.from_local_datetime(&local).earliest()?;
    Some(at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_people_type_them() {
        for (typed, read) in [
            ("1,200", "1200"),
            ("１，２００", "1200"),
            ("1200 pcs", "1200"),
            ("1,200 只", "1200"),
            ("US$5.20", "5.20"),
            ("USD 5.20", "5.20"),
            ("¥ 3", "3"),
            (" 0.875 ", "0.875"),
            ("-3", "-3"),
            ("3.0%", "3.0"),
            ("1.2万", "12000"),
        ] {
            assert_eq!(figure(typed), Some(read.parse().unwrap()), "{typed}");
        }
    }

    #[test]
    fn what_could_be_two_things_is_nothing() {
        for typed in [
            "",
            "abc",
            "6,40",
            "1,2,3",
            "1.2.3",
            "12-15",
            "A12",
            "1,200,5",
            "5 or 6",
            "1e9",
            "NaN",
            "79228162514264337593543950335",
            "1,000,000,000,001",
            "200000000万",
        ] {
            assert_eq!(figure(typed), None, "{typed}");
        }
    }

    #[test]
    fn days_are_year_first_and_real() {
        for typed in [
            "2026-12-05",
            "2026/12/5",
            "２０２６．１２．０５",
            "2026年12月5日",
        ] {
            assert_eq!(day(typed), NaiveDate::from_ymd_opt(2026, 12, 5), "{typed}");
        }
        for typed in [
            "2026-02-30",
            "26-12-05",
            "0206-12-05",
            "9999-12-31",
            "tomorrow",
            "",
        ] {
            assert_eq!(day(typed), None, "{typed}");
        }
    }
}
