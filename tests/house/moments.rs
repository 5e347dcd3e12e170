//! Moments and days (P43): one table of what is typed, or what the clock says, and how the house takes it.

use chrono::{DateTime, NaiveDate, Utc};
use gendan::base::calendar::Calendar;
use gendan::base::{Lang, T, format};
use gendan::credits::deadline::{BankDays, deadline};
use gendan::shipping::asked::{Kind, Question, must};
use gendan::web::{Error, Keyed};

/// How a case is asked.
#[derive(Clone, Copy)]
enum Ask {
    /// A cut-off typed by the clocks of this port.
    CutOff(&'static str),
    /// A day that must not lie ahead; the moment it is typed, in a company of this zone.
    PastDay(&'static str, &'static str),
    /// What day it is in a company of this zone.
    Today(&'static str),
    /// What is due on the 30th, at this moment in Ningbo.
    DueThe30th,
    /// The last day to present: shipped on, period, expiry.
    Credit(u32, &'static str),
    /// The end of work so many working days later, in this zone.
    Working(&'static str, u32),
}

use Ask::{Credit, CutOff, DueThe30th, PastDay, Today, Working};

const NINGBO: &str = "Asia/Shanghai";
const GOTHENBURG: &str = "Europe/Stockholm";
const LONG_BEACH: &str = "America/Los_Angeles";
const SYDNEY: &str = "Australia/Sydney";
const CAIRO: &str = "Africa/Cairo";

/// What is asked, what is typed, what the house takes; `skipped` is an hour that the clocks of the place leave out.
const TABLE: [(Ask, &str, &str); 44] = [
    // Midnight and the turns of month and year, in zones before and after the server's.
    (CutOff(NINGBO), "2026-11-23T00:00", "2026-11-22T16:00:00Z"),
    (CutOff(NINGBO), "2026-11-23T23:59", "2026-11-23T15:59:00Z"),
    (CutOff(NINGBO), "2026-12-01T07:59", "2026-11-30T23:59:00Z"),
    (CutOff(NINGBO), "2027-01-01T00:00", "2026-12-31T16:00:00Z"),
    (
        CutOff(LONG_BEACH),
        "2026-12-31T16:00",
        "2027-01-01T00:00:00Z",
    ),
    (CutOff(SYDNEY), "2027-01-01T10:00", "2026-12-31T23:00:00Z"),
    (CutOff(NINGBO), "2026-11-30T24:00", "unread"),
    (CutOff(NINGBO), "2026-11-31T10:00", "unread"),
    (CutOff(NINGBO), "23.11.2026 16:00", "unread"),
    // The leap day.
    (CutOff(NINGBO), "2028-02-29T12:00", "2028-02-29T04:00:00Z"),
    (CutOff(NINGBO), "2027-02-29T12:00", "unread"),
    (
        CutOff(LONG_BEACH),
        "2028-02-28T23:00",
        "2028-02-29T07:00:00Z",
    ),
    // Clocks go forward: the hour between is no moment.
    (
        CutOff(GOTHENBURG),
        "2027-03-28T01:59",
        "2027-03-28T00:59:00Z",
    ),
    (CutOff(GOTHENBURG), "2027-03-28T02:30", "skipped"),
    (
        CutOff(GOTHENBURG),
        "2027-03-28T03:00",
        "2027-03-28T01:00:00Z",
    ),
    (CutOff(LONG_BEACH), "2027-03-14T02:00", "skipped"),
    (
        CutOff(LONG_BEACH),
        "2027-03-14T03:00",
        "2027-03-14T10:00:00Z",
    ),
    (CutOff(SYDNEY), "2026-10-04T02:15", "skipped"),
    // In Cairo the hour that is left out is the one after midnight.
    (CutOff(CAIRO), "2027-04-30T00:30", "skipped"),
    (CutOff(NINGBO), "2027-03-28T02:30", "2027-03-27T18:30:00Z"),
    // Clocks go back: of two moments the earlier.
    (
        CutOff(GOTHENBURG),
        "2026-10-25T02:30",
        "2026-10-25T00:30:00Z",
    ),
    (
        CutOff(GOTHENBURG),
        "2026-10-25T03:00",
        "2026-10-25T02:00:00Z",
    ),
    (
        CutOff(LONG_BEACH),
        "2026-11-01T01:30",
        "2026-11-01T08:30:00Z",
    ),
    (CutOff(SYDNEY), "2027-04-04T02:30", "2027-04-03T15:30:00Z"),
    // A day that must not lie ahead: today is the company's.
    (
        PastDay("2026-11-22T16:00:00Z", NINGBO),
        "2026-11-23",
        "2026-11-23",
    ),
    (
        PastDay("2026-11-22T15:59:59Z", NINGBO),
        "2026-11-23",
        "ahead",
    ),
    (
        PastDay("2026-12-31T16:00:00Z", NINGBO),
        "2027-01-01",
        "2027-01-01",
    ),
    (
        PastDay("2028-02-28T16:00:00Z", NINGBO),
        "2028-02-29",
        "2028-02-29",
    ),
    (
        PastDay("2026-11-23T07:59:00Z", LONG_BEACH),
        "2026-11-23",
        "ahead",
    ),
    (
        PastDay("2026-11-23T08:00:00Z", LONG_BEACH),
        "2026-11-23",
        "2026-11-23",
    ),
    // What day it is.
    (Today(NINGBO), "2026-11-30T15:59:59Z", "2026-11-30"),
    (Today(NINGBO), "2026-11-30T16:00:00Z", "2026-12-01"),
    (Today(GOTHENBURG), "2027-03-28T22:00:00Z", "2027-03-29"),
    // Due today until midnight in Ningbo.
    (DueThe30th, "2026-11-29T16:00:00Z", "今天"),
    (DueThe30th, "2026-11-30T15:59:59Z", "今天"),
    (DueThe30th, "2026-11-30T16:00:00Z", "逾期 1 天"),
    // The days of a credit count from the day on board, over months' ends and the leap day.
    (Credit(21, "2027-01-31"), "2026-11-30", "2026-12-21"),
    (Credit(21, "2028-03-31"), "2028-02-08", "2028-02-29"),
    (Credit(21, "2027-03-31"), "2027-02-08", "2027-03-01"),
    (Credit(15, "2026-12-05"), "2026-11-30", "2026-12-07"),
    // So many working days on, the end of work by the company's clocks.
    (
        Working(NINGBO, 0),
        "2026-11-22T16:00:00Z",
        "2026-11-23T10:00:00Z",
    ),
    (
        Working(NINGBO, 1),
        "2026-11-27T03:00:00Z",
        "2026-11-30T10:00:00Z",
    ),
    (
        Working(GOTHENBURG, 1),
        "2027-03-26T08:00:00Z",
        "2027-03-29T16:00:00Z",
    ),
    (
        Working(GOTHENBURG, 1),
        "2026-10-23T08:00:00Z",
        "2026-10-26T17:00:00Z",
    ),
];

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// What a form says of one field.
fn typed(kind: Kind, text: &str, (now, company, port): (&str, &str, &str)) -> String {
    let asked = Question::new(T::shipping_eta, T::shipping_eta)
        .with(&[must("x", kind, T::shipping_eta)])
        .clock(String::new(), port.parse().unwrap());
    let form = Keyed::inside(at(now), &[("x", text)]);
    match asked.read(&form, at(now), company.parse().unwrap()) {
        Ok(typed) => typed
            .moment("x")
            .map(|moment| moment.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
            .or_else(|| typed.day("x").map(|day| day.to_string()))
            .unwrap(),
        Err(Error::Invalid(faults)) => {
            let told = faults.of("x").unwrap().text(T(Lang::En));
            let word = ["skip this hour", "a day not after today", "cannot be read"]
                .iter()
                .position(|words| told.contains(words));
            ["skipped", "ahead", "unread"][word.unwrap()].to_owned()
        }
        Err(_) => "broken".to_owned(),
    }
}

fn answer(ask: Ask, text: &str) -> String {
    let calendar = |zone: &str| Calendar::new(zone.parse().unwrap(), []);
    match ask {
        CutOff(port) => typed(Kind::Moment, text, ("2026-01-01T00:00:00Z", NINGBO, port)),
        PastDay(now, company) => typed(Kind::PastDay, text, (now, company, NINGBO)),
        Today(zone) => calendar(zone).today(at(text)).to_string(),
        DueThe30th => {
            let today = calendar(NINGBO).today(at(text));
            format::due_day(Lang::Zh, day("2026-11-30"), today)
        }
        Credit(period, expiry) => {
            let bank = BankDays::default();
            let found = deadline(day(text), day(expiry), Some(period), &bank);
            found.last.to_string()
        }
        Working(zone, days) => calendar(zone)
            .after_days(at(text), days)
            .to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
    }
}

#[test]
fn moments_and_days_are_taken_as_the_table_says() {
    let wrong: Vec<String> = TABLE
        .iter()
        .filter_map(|(ask, text, wanted)| {
            let found = answer(*ask, text);
            (found != *wanted).then(|| format!("{text}: {found}, not {wanted}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
