//! Until when 稍后提醒: the moments a row of home can be put off to, and what stands against one. Pure.

use crate::base::calendar::Calendar;
use crate::base::{T, format, typed};
use crate::web::{Fields, Tell};
use chrono::{DateTime, Days, TimeDelta, Utc};
use chrono_tz::Tz;

/// Nobody means a day so far away.
const LONGEST: TimeDelta = TimeDelta::days(366);

/// What the form asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    /// Tomorrow at nine.
    Tomorrow,
    /// At nine on the Monday that comes next.
    Monday,
    At(DateTime<Utc>),
}

impl Until {
    /// `None`: a moment that cannot be read.
    pub(super) fn read(fields: &Fields, zone: Tz) -> Option<Self> {
        match fields.get("until") {
            "tomorrow" => Some(Self::Tomorrow),
            "monday" => Some(Self::Monday),
            "moment" => typed::moment(fields.get("moment"), zone).map(Self::At),
            _ => None,
        }
    }

    /// In the company's zone; its working calendar is not asked, because a person who says Monday means Monday.
    pub(super) fn moment(self, at: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
        let calendar = Calendar::new(zone, []);
        let today = calendar.today(at);
        match self {
            Self::Tomorrow => calendar.start_of(today + Days::new(1)),
            Self::Monday => calendar.start_of(format::monday(today) + Days::new(7)),
            Self::At(moment) => moment,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is over already.
    Past,
    TooFar,
    /// The row is a cut-off: on this moment, as the reader's clock shows it, it is too late.
    PastCutOff(String),
    /// The row has gone or says something else.
    NotThere,
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::Past => t.tasks_later_past().to_owned(),
            Self::TooFar => t.tasks_later_too_far().to_owned(),
            Self::PastCutOff(moment) => t.tasks_later_cut_off(moment),
            Self::NotThere => t.tasks_row_gone().to_owned(),
        }
    }
}

/// What stands against putting a row off; `cut_off` is the moment after which there is nothing left to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Against {
    Past,
    TooFar,
    CutOff(DateTime<Utc>),
}

pub(super) fn check(
    until: DateTime<Utc>,
    at: DateTime<Utc>,
    cut_off: Option<DateTime<Utc>>,
) -> Result<(), Against> {
    if until <= at {
        return Err(Against::Past);
    }
    if until > at + LONGEST {
        return Err(Against::TooFar);
    }
    match cut_off {
        Some(closing) if until >= closing => Err(Against::CutOff(closing)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text)
            .unwrap()
            .with_timezone(&Utc)
    }

    #[test]
    fn tomorrow_and_monday_are_nine_where_the_company_is() {
        let zone = chrono_tz::Asia::Shanghai;
        // Monday 2026-11-23 at 00:30 in Shanghai is still Sunday in London.
        let night = at("2026-11-22T16:30:00Z");
        let tomorrow = Until::Tomorrow.moment(night, zone);
        assert_eq!(tomorrow, at("2026-11-24T09:00:00+08:00"));
        let monday = Until::Monday.moment(night, zone);
        assert_eq!(monday, at("2026-11-30T09:00:00+08:00"));
        // On a Sunday the next Monday is tomorrow.
        let sunday = at("2026-11-22T10:00:00+08:00");
        let monday = Until::Monday.moment(sunday, zone);
        assert_eq!(monday, at("2026-11-23T09:00:00+08:00"));
    }

    #[test]
    fn the_clock_change_of_a_zone_moves_nine_with_it() {
        let zone = chrono_tz::Europe::Berlin;
        let before = at("2026-10-24T12:00:00+02:00");
        let tomorrow = Until::Tomorrow.moment(before, zone);
        assert_eq!(tomorrow, at("2026-10-25T09:00:00+01:00"));
    }

    #[test]
    fn a_cut_off_is_not_put_off_to_itself_or_past_it() {
        let now = at("2026-11-23T10:00:00+08:00");
        let closing = at("2026-11-24T16:00:00+08:00");
        let early = at("2026-11-24T09:00:00+08:00");
        assert_eq!(check(early, now, Some(closing)), Ok(()));
        assert_eq!(
            check(closing, now, Some(closing)),
            Err(Against::CutOff(closing))
        );
        assert_eq!(check(closing, now, None), Ok(()));
        // One that has passed is not put off at all.
        let gone = at("2026-11-23T09:00:00+08:00");
        assert_eq!(check(early, now, Some(gone)), Err(Against::CutOff(gone)));
        assert_eq!(check(now, now, None), Err(Against::Past));
        assert_eq!(
            check(now + TimeDelta::days(400), now, None),
            Err(Against::TooFar)
        );
    }
}
