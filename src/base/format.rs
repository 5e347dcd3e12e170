//! Formats 格式: figures, days and moments as a reader sees them, in the reader's language.
//!
//! Nothing here reads a clock: what is today, and in which zone, is handed in. Papers have their own formats.

use super::{Currency, Lang, Money, T};
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use rust_decimal::{Decimal, RoundingStrategy};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// `38,640.00`: groups of three, the decimals the figure carries, a true minus sign.
pub fn number(figure: Decimal) -> String {
    let text = figure.abs().to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    if figure.is_sign_negative() && !figure.is_zero() {
        grouped.push('−');
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !part.is_empty() {
        grouped.push('.');
        grouped.push_str(part);
    }
    grouped
}

/// The figure with exactly so many decimals, rounded half-up: weights 1, volumes 2, rates 4.
pub fn fixed(figure: Decimal, decimals: u32) -> String {
    let mut rounded =
        figure.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(decimals);
    number(rounded)
}

/// A quantity without idle zeros: `1,200`, `1,200.5`.
pub fn quantity(figure: Decimal) -> String {
    number(figure.normalize())
}

/// A share as a percentage with one decimal and no space: `0.124` is `12.4%`.
pub fn percent(share: Decimal) -> String {
    let figure = share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(share);
    format!("{}%", fixed(figure, 1))
}

/// The figure alone with its currency's decimals, for columns that name the currency in their head.
pub fn amount(money: Money) -> String {
    fixed(money.amount, money.currency.decimals())
}

/// `USD 38,640.00`; the yuan is `¥ 268,400.00` to a Chinese reader. Never a bare dollar sign.
pub fn money(lang: Lang, money: Money) -> String {
    let sign = match lang {
        Lang::Zh if money.currency == Currency::CNY => "¥",
        _ => money.currency.as_str(),
    };
    format!("{sign} {}", amount(money))
}

/// A unit price keeps the decimals it was agreed in, but never fewer than the currency's.
pub fn unit_price(price: Decimal, currency: Currency) -> String {
    let decimals = price.normalize().scale().max(currency.decimals());
    fixed(price, decimals)
}

/// 周一 / Mon
pub fn weekday(lang: Lang, day: NaiveDate) -> &'static str {
    let t = T(lang);
    match day.weekday() {
        chrono::Weekday::Mon => t.base_weekday_1(),
        chrono::Weekday::Tue => t.base_weekday_2(),
        chrono::Weekday::Wed => t.base_weekday_3(),
        chrono::Weekday::Thu => t.base_weekday_4(),
        chrono::Weekday::Fri => t.base_weekday_5(),
        chrono::Weekday::Sat => t.base_weekday_6(),
        chrono::Weekday::Sun => t.base_weekday_7(),
    }
}

fn month(day: NaiveDate) -> &'static str {
    MONTHS
        .get(usize::try_from(day.month0()).unwrap_or(0))
        .copied()
        .unwrap_or("")
}

/// Tables: `11-23` this year, `2026-11-23` else; `23 Nov`, `23 Nov 2026`.
pub fn day_short(lang: Lang, day: NaiveDate, today: NaiveDate) -> String {
    match (lang, day.year() == today.year()) {
        (Lang::Zh, true) => day.format("%m-%d").to_string(),
        (Lang::Zh, false) => day_iso(day),
        (Lang::En, true) => format!("{} {}", day.day(), month(day)),
        (Lang::En, false) => day_paper(day),
    }
}

/// `2026年11月23日 周一` / `Mon 23 Nov 2026`
pub fn day_full(lang: Lang, day: NaiveDate) -> String {
    let weekday = weekday(lang, day);
    match lang {
        Lang::Zh => format!("{}年{}月{}日 {weekday}", day.year(), day.month(), day.day()),
        Lang::En => format!("{weekday} {}", day_paper(day)),
    }
}

/// The heading of a day in a timeline: the full day, without the year while it is this year.
pub fn day_heading(lang: Lang, day: NaiveDate, today: NaiveDate) -> String {
    let weekday = weekday(lang, day);
    match (lang, day.year() == today.year()) {
        (_, false) => day_full(lang, day),
        (Lang::Zh, true) => format!("{}月{}日 {weekday}", day.month(), day.day()),
        (Lang::En, true) => format!("{weekday} {} {}", day.day(), month(day)),
    }
}

/// `23 Nov 2026`, the form of English papers: no customer can read it as another day.
pub fn day_paper(day: NaiveDate) -> String {
    format!("{} {} {}", day.day(), month(day), day.year())
}

/// `2026-11-23`, for date fields, `datetime` attributes and text read aloud.
pub fn day_iso(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// The day a moment falls on where the reader is.
pub fn local_day(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// `16:00`
pub fn clock(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%H:%M").to_string()
}

/// `11-23 16:00` / `23 Nov 16:00`, with the year when it is not this one.
pub fn moment(lang: Lang, at: DateTime<Utc>, zone: Tz, today: NaiveDate) -> String {
    format!(
        "{} {}",
        day_short(lang, local_day(at, zone), today),
        clock(at, zone)
    )
}

/// `2026-11-23 16:00`, the absolute time beside every relative one.
pub fn moment_iso(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string()
}

/// The day in the words people use when it is near: 今天, 明天, 昨天, 周五 within the next week, else the short day.
pub fn day_near(lang: Lang, day: NaiveDate, today: NaiveDate) -> String {
    let t = T(lang);
    match (day - today).num_days() {
        0 => t.base_today().to_owned(),
        1 => t.base_tomorrow().to_owned(),
        -1 => t.base_yesterday().to_owned(),
        2..=6 => weekday(lang, day).to_owned(),
        _ => day_short(lang, day, today),
    }
}

/// `今天 16:00`, `周五 16:00`, `12-18 16:00`
pub fn moment_near(lang: Lang, at: DateTime<Utc>, zone: Tz, today: NaiveDate) -> String {
    let day = day_near(lang, local_day(at, zone), today);
    format!("{day} {}", clock(at, zone))
}

/// `2 小时前` / `2 h ago`; under a minute `刚刚` / `just now`.
pub fn ago(lang: Lang, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let t = T(lang);
    match Span::of(now - at) {
        Span::Moment => t.base_just_now().to_owned(),
        Span::Minutes(n) => t.base_minutes_ago(n),
        Span::Hours(n, _) => t.base_hours_ago(n),
        Span::Days(n) => t.base_days_ago(n),
    }
}

/// `已等 15 小时` / `waiting 15 h`
pub fn waited(lang: Lang, since: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let t = T(lang);
    match Span::of(now - since) {
        Span::Moment => t.base_waited_minutes(0),
        Span::Minutes(n) => t.base_waited_minutes(n),
        Span::Hours(n, _) => t.base_waited_hours(n),
        Span::Days(n) => t.base_waited_days(n),
    }
}

/// `还有 5 小时 20 分` before the moment, `逾期 2 天` after it.
pub fn due(lang: Lang, due: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let t = T(lang);
    if now >= due {
        return match Span::of(now - due) {
            Span::Moment => t.base_overdue_minutes(0),
            Span::Minutes(n) => t.base_overdue_minutes(n),
            Span::Hours(n, _) => t.base_overdue_hours(n),
            Span::Days(n) => t.base_overdue_days(n),
        };
    }
    match Span::of(due - now) {
        Span::Moment => t.base_left_minutes(1),
        Span::Minutes(n) => t.base_left_minutes(n),
        Span::Hours(n, 0) => t.base_left_hours(n),
        Span::Hours(n, m) => t.base_left_hours_minutes(n, m),
        Span::Days(n) => t.base_left_days(n),
    }
}

/// The same for what is due on a day: it is late from the next day on.
pub fn due_day(lang: Lang, day: NaiveDate, today: NaiveDate) -> String {
    let t = T(lang);
    match (day - today).num_days() {
        0 => t.base_today().to_owned(),
        left @ 1.. => t.base_left_days(left),
        over => t.base_overdue_days(over.unsigned_abs()),
    }
}

/// `2.4 MB`; whole kilobytes below one megabyte, never less than 1 kB.
pub fn file_size(bytes: u64) -> String {
    let kilo = Decimal::from(1000);
    let size = Decimal::from(bytes);
    if bytes < 1_000_000 {
        format!("{} kB", fixed((size / kilo).max(Decimal::ONE), 0))
    } else {
        format!("{} MB", fixed(size / kilo / kilo, 1))
    }
}

/// A duration in the one or two units people say.
enum Span {
    Moment,
    Minutes(i64),
    Hours(i64, i64),
    Days(i64),
}

impl Span {
    fn of(length: TimeDelta) -> Self {
        match length.num_minutes() {
            ..1 => Self::Moment,
            minutes @ 1..60 => Self::Minutes(minutes),
            minutes @ 60..1440 => Self::Hours(minutes / 60, minutes % 60),
            _ => Self::Days(length.num_days()),
        }
    }
}

/// Monday of the day's week; weeks begin on Monday in both languages.
pub fn monday(day: NaiveDate) -> NaiveDate {
    let past = day.weekday().num_days_from_monday();
    day.checked_sub_days(Days::new(u64::from(past)))
        .unwrap_or(day)
}

/// A value or a reference to it, of however many ands: a template hands over what it has, and never says which.
pub trait Plain<V> {
    fn plain(&self) -> V;
}

impl<V, P: Plain<V> + ?Sized> Plain<V> for &P {
    fn plain(&self) -> V {
        (**self).plain()
    }
}

macro_rules! plain {
    ($($value:ty),+) => {$(
        impl Plain<$value> for $value {
            fn plain(&self) -> $value {
                *self
            }
        }
    )+};
}

plain!(NaiveDate, DateTime<Utc>, Money, Decimal);

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        chrono_tz::Asia::Shanghai
            .from_local_datetime(&local)
            .unwrap()
            .with_timezone(&Utc)
    }

    fn usd(text: &str) -> Money {
        Money::new(d(text), Currency::USD)
    }

    #[test]
    fn figures_are_grouped_by_three_and_keep_their_decimals() {
        for (figure, shown) in [
            ("38640.00", "38,640.00"),
            ("0", "0"),
            ("100", "100"),
            ("1000", "1,000"),
            ("1213530.5", "1,213,530.5"),
            ("-772.80", "−772.80"),
            ("-0.00", "0.00"),
        ] {
            assert_eq!(number(d(figure)), shown);
        }
        assert_eq!(fixed(d("2460"), 1), "2,460.0");
        assert_eq!(fixed(d("18.405"), 2), "18.41");
        assert_eq!(quantity(d("1200.0000")), "1,200");
        assert_eq!(percent(d("0.1235")), "12.4%");
        assert_eq!(unit_price(d("5.2000"), Currency::USD), "5.20");
        assert_eq!(unit_price(d("0.1250"), Currency::USD), "0.125");
    }

    #[test]
    fn money_names_its_currency_and_only_the_yuan_has_a_sign_in_chinese() {
        assert_eq!(money(Lang::Zh, usd("38640")), "USD 38,640.00");
        assert_eq!(money(Lang::En, usd("-20")), "USD −20.00");
        let yuan = Money::new(d("268400"), Currency::CNY);
        assert_eq!(money(Lang::Zh, yuan), "¥ 268,400.00");
        assert_eq!(money(Lang::En, yuan), "CNY 268,400.00");
        let yen = Money::new(d("11280"), Currency::parse("JPY").unwrap());
        assert_eq!(money(Lang::En, yen), "JPY 11,280");
    }

    #[test]
    fn a_day_carries_its_year_only_when_it_is_not_this_one() {
        let today = day("2026-11-23");
        assert_eq!(day_short(Lang::Zh, day("2026-12-08"), today), "12-08");
        assert_eq!(day_short(Lang::En, day("2026-12-08"), today), "8 Dec");
        assert_eq!(day_short(Lang::Zh, day("2027-01-24"), today), "2027-01-24");
        assert_eq!(day_short(Lang::En, day("2027-01-24"), today), "24 Jan 2027");
        assert_eq!(day_full(Lang::Zh, today), "2026年11月23日 周一");
        assert_eq!(day_full(Lang::En, today), "Mon 23 Nov 2026");
        assert_eq!(
            day_heading(Lang::Zh, day("2026-11-21"), today),
            "11月21日 周六"
        );
        assert_eq!(
            day_heading(Lang::En, day("2025-11-21"), today),
            "Fri 21 Nov 2025"
        );
    }

    #[test]
    fn near_days_are_named_as_people_name_them() {
        let today = day("2026-11-23");
        for (wanted, zh, en) in [
            ("2026-11-22", "昨天", "Yesterday"),
            ("2026-11-23", "今天", "Today"),
            ("2026-11-24", "明天", "Tomorrow"),
            ("2026-11-27", "周五", "Fri"),
            ("2026-11-30", "11-30", "30 Nov"),
        ] {
            assert_eq!(day_near(Lang::Zh, day(wanted), today), zh);
            assert_eq!(day_near(Lang::En, day(wanted), today), en);
        }
    }

    #[test]
    fn a_moment_is_told_in_the_zone_of_the_reader() {
        let zone = chrono_tz::Asia::Shanghai;
        let late = at("2026-11-24 00:30");
        assert_eq!(local_day(late, zone), day("2026-11-24"));
        assert_eq!(local_day(late, chrono_tz::UTC), day("2026-11-23"));
        assert_eq!(
            moment(Lang::Zh, late, zone, day("2026-11-23")),
            "11-24 00:30"
        );
        assert_eq!(
            moment_near(Lang::En, late, zone, day("2026-11-23")),
            "Tomorrow 00:30"
        );
        assert_eq!(moment_iso(late, chrono_tz::UTC), "2026-11-23 16:30");
    }

    #[test]
    fn durations_say_how_long_ago_how_long_still_and_how_late() {
        let now = at("2026-11-23 10:40");
        assert_eq!(ago(Lang::Zh, at("2026-11-23 08:10"), now), "2 小时前");
        assert_eq!(ago(Lang::En, now, now), "just now");
        assert_eq!(
            due(Lang::Zh, at("2026-11-23 16:00"), now),
            "还有 5 小时 20 分"
        );
        assert_eq!(due(Lang::En, at("2026-11-23 16:00"), now), "in 5 h 20 m");
        assert_eq!(due(Lang::Zh, at("2026-11-21 10:12"), now), "逾期 2 天");
        assert_eq!(due(Lang::En, at("2026-11-23 07:40"), now), "3 h overdue");
        assert_eq!(due(Lang::Zh, now, now), "逾期 0 分");
        assert_eq!(
            waited(Lang::En, at("2026-11-22 17:32"), now),
            "waiting 17 h"
        );
    }

    #[test]
    fn what_is_due_on_a_day_is_late_from_the_next_day() {
        let today = day("2026-11-23");
        assert_eq!(due_day(Lang::En, today, today), "Today");
        assert_eq!(due_day(Lang::En, day("2026-11-21"), today), "2 d overdue");
        assert_eq!(due_day(Lang::Zh, day("2026-12-12"), today), "还有 19 天");
    }

    #[test]
    fn weeks_begin_on_monday() {
        assert_eq!(monday(day("2026-11-29")), day("2026-11-23"));
        assert_eq!(monday(day("2026-11-23")), day("2026-11-23"));
    }

    #[test]
    fn file_sizes_are_short() {
        assert_eq!(file_size(1), "1 kB");
        assert_eq!(file_size(48_211), "48 kB");
        assert_eq!(file_size(2_449_000), "2.4 MB");
    }
}
