//! Working calendar 工作日历: Monday to Friday, nine to six in the company's zone, but for the days the year's notice
//! names (holidays off, weekend days made up). A pure function of those days.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// 09:00, when work begins.
const OPENS: u32 = 9;
/// 18:00, when it ends.
const CLOSES: u32 = 18;

#[derive(Clone, Debug)]
pub struct Calendar {
    zone: Tz,
    /// Days that differ from the week's rule: true works, false does not.
    differs: BTreeMap<NaiveDate, bool>,
}

impl Calendar {
    pub fn new(zone: Tz, differs: impl IntoIterator<Item = (NaiveDate, bool)>) -> Self {
        Self {
            zone,
            differs: differs.into_iter().collect(),
        }
    }

    pub fn zone(&self) -> Tz {
        self.zone
    }

    pub fn today(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    pub fn works(&self, day: NaiveDate) -> bool {
        self.differs
            .get(&day)
            .copied()
            .unwrap_or(!matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
    }

    /// The end of work on the day that lies `days` working days after the moment's day. Zero: today, or the next
    /// working day where today is none.
    pub fn after_days(&self, at: DateTime<Utc>, days: u32) -> DateTime<Utc> {
        let mut day = self.next_working(self.today(at));
        for _ in 0..days {
            day = self.next_working(day + Days::new(1));
        }
        self.end_of(day)
    }

    /// The moment `hours` working hours later; what is left in the evening goes on the next working morning.
    pub fn after_hours(&self, at: DateTime<Utc>, hours: i64) -> DateTime<Utc> {
        let mut left = TimeDelta::hours(hours);
        let mut day = self.next_working(self.today(at));
        let mut from = at.max(self.moment(day, OPENS));
        loop {
            let close = self.end_of(day);
            let room = (close - from).max(TimeDelta::zero());
            if left <= room {
                return from + left;
            }
            left -= room;
            day = self.next_working(day + Days::new(1));
            from = self.moment(day, OPENS);
        }
    }

    /// The beginning of work on this day.
    pub fn start_of(&self, day: NaiveDate) -> DateTime<Utc> {
        self.moment(day, OPENS)
    }

    /// The end of work on this day.
    pub fn end_of(&self, day: NaiveDate) -> DateTime<Utc> {
        self.moment(day, CLOSES)
    }

    /// The nearest working day at or before `day`.
    pub fn on_or_before(&self, day: NaiveDate) -> NaiveDate {
        let mut day = day;
        for _ in 0..60 {
            if self.works(day) {
                break;
            }
            day = day.checked_sub_days(Days::new(1)).unwrap_or(day);
        }
        day
    }

    fn next_working(&self, day: NaiveDate) -> NaiveDate {
        let mut day = day;
        // No calendar has sixty days off in a row; a wrong one must not hang the house.
        for _ in 0..60 {
            if self.works(day) {
                break;
            }
            day = day.checked_add_days(Days::new(1)).unwrap_or(day);
        }
        day
    }

    /// A clock time of the company's zone as a moment. A time that a zone's clock change skips or doubles is taken at
    /// its earlier reading, else as if it were UTC.
    fn moment(&self, day: NaiveDate, hour: u32) -> DateTime<Utc> {
        let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN);
        let local = day.and_time(time);
        self.zone
            .from_local_datetime(&local)
            .earliest()
            .map_or_else(|| local.and_utc(), |moment| moment.with_timezone(&Utc))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar() -> Calendar {
        let off = |day| (NaiveDate::from_ymd_opt(2026, 10, day).unwrap(), false);
        let made_up = (NaiveDate::from_ymd_opt(2026, 10, 10).unwrap(), true);
        Calendar::new(chrono_tz::Asia::Shanghai, (1..=7).map(off).chain([made_up]))
    }

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text)
            .unwrap()
            .with_timezone(&Utc)
    }

    #[test]
    fn four_working_hours_late_on_friday_end_on_monday() {
        // Friday 2026-11-20, 16:00 in Shanghai: two hours are left, two more on Monday morning.
        assert_eq!(
            calendar().after_hours(at("2026-11-20T16:00:00+08:00"), 4),
            at("2026-11-23T11:00:00+08:00")
        );
        assert_eq!(
            calendar().after_hours(at("2026-11-20T22:00:00+08:00"), 1),
            at("2026-11-23T10:00:00+08:00")
        );
        assert_eq!(
            calendar().after_hours(at("2026-11-23T06:00:00+08:00"), 1),
            at("2026-11-23T10:00:00+08:00")
        );
    }

    #[test]
    fn a_holiday_week_is_jumped_and_its_made_up_saturday_counts() {
        assert_eq!(
            calendar().after_days(at("2026-09-30T10:00:00+08:00"), 3),
            at("2026-10-10T18:00:00+08:00")
        );
    }

    #[test]
    fn today_is_asked_in_the_companys_zone() {
        assert_eq!(
            calendar().today(at("2026-11-22T17:00:00Z")).to_string(),
            "2026-11-23"
        );
        assert_eq!(
            calendar().after_days(at("2026-11-21T10:00:00+08:00"), 0),
            at("2026-11-23T18:00:00+08:00")
        );
    }

    #[test]
    fn a_calendar_without_working_days_still_answers() {
        let off = (0..4000).map(|n| {
            (
                NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(n),
                false,
            )
        });
        let calendar = Calendar::new(chrono_tz::Asia::Shanghai, off);
        assert!(calendar.after_days(at("2026-02-01T10:00:00Z"), 1) > at("2026-02-01T10:00:00Z"));
    }
}
