//! The form of a task: what was typed, read into what is kept.

use super::sql::Content;
use crate::base::{T, format, typed};
use crate::web::{Faults, Fields, Page};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// Letters of a task: it is one line, not a letter.
const LONGEST: usize = 300;

/// Text and due moment; a day without a time is meant whole.
pub(super) fn read(fields: &Fields, zone: Tz, faults: &mut Faults) -> Option<Content> {
    let text = fields.get("text").to_owned();
    match text.chars().count() {
        0 => faults.add("text", T::tasks_text_missing),
        count if count > LONGEST => faults.add("text", T::tasks_text_long),
        _ => {}
    }
    let day = typed::day(fields.get("day"));
    if day.is_none() {
        faults.add("day", T::tasks_day_missing);
    }
    let time = match fields.get("time") {
        "" => Some(None),
        typed => NaiveTime::parse_from_str(typed, "%H:%M").ok().map(Some),
    };
    if time.is_none() {
        faults.add("time", T::tasks_time_wrong);
    }
    let (day, time) = (day?, time?);
    Some(Content {
        text,
        due_at: due(day, time, zone),
        no_hour: time.is_none(),
    })
}

fn due(day: NaiveDate, time: Option<NaiveTime>, zone: Tz) -> DateTime<Utc> {
    let moment = |local: chrono::NaiveDateTime| {
        zone.from_local_datetime(&local)
            .earliest()
            .map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
    };
    match time {
        Some(time) => moment(day.and_time(time)),
        None => {
            moment(day.succ_opt().unwrap_or(day).and_time(NaiveTime::MIN)) - TimeDelta::seconds(1)
        }
    }
}

/// The due moment as the form's two fields show it.
pub(super) fn shown(due_at: DateTime<Utc>, no_hour: bool, page: &Page) -> (String, String) {
    let day = format::day_iso(format::local_day(due_at, page.zone));
    let time = if no_hour {
        String::new()
    } else {
        page.clock(due_at)
    };
    (day, time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> (Option<Content>, usize) {
        let mut fields = Fields::default();
        for (name, value) in pairs {
            fields.set(name, *value);
        }
        let mut faults = Faults::default();
        let content = read(&fields, chrono_tz::Asia::Shanghai, &mut faults);
        (content, faults.len())
    }

    #[test]
    fn a_day_lasts_to_its_end_and_a_time_is_a_moment() {
        let (day, _) = typed(&[("text", "问面料"), ("day", "2026-11-27")]);
        let day = day.unwrap();
        assert!(day.no_hour);
        assert_eq!(day.due_at.to_rfc3339(), "2026-11-27T15:59:59+00:00");
        let (moment, _) = typed(&[("text", "x"), ("day", "2026-11-27"), ("time", "16:30")]);
        let moment = moment.unwrap();
        assert!(!moment.no_hour);
        assert_eq!(moment.due_at.to_rfc3339(), "2026-11-27T08:30:00+00:00");
    }

    #[test]
    fn what_cannot_be_read_is_said_all_at_once() {
        let (content, faults) = typed(&[("text", ""), ("day", "soon"), ("time", "noon")]);
        assert!(content.is_none());
        assert_eq!(faults, 3);
    }
}
