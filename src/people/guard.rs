//! Soft lock 防猜测: after wrong passwords the next try waits, longer each time; nobody is locked out for good.
//!
//! A pure curve of failures and time, kept in the database so that several replicas count together. Per account
//! 1 s below 3 failures, 3 s below 9, 5 s below 25, 10 s below 100; at 100 closed until the end of the company's day,
//! with which an account's failures are forgotten: a hundred guesses a day. Per address ten failures in a minute.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// What is known of one account or address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tries {
    pub failures: i32,
    pub last_at: DateTime<Utc>,
}

/// Failures per account after which it closes for the rest of the day.
const CLOSED_AT: i32 = 100;
const PER_ADDRESS: i32 = 10;

/// How long an account still waits; zero when it may try.
pub fn account_wait(tries: Option<Tries>, at: DateTime<Utc>, zone: Tz) -> TimeDelta {
    let Some(tries) = tries else {
        return TimeDelta::zero();
    };
    let pause = match tries.failures {
        ..=0 => TimeDelta::zero(),
        1..=2 => TimeDelta::seconds(1),
        3..=8 => TimeDelta::seconds(3),
        9..=24 => TimeDelta::seconds(5),
        25..CLOSED_AT => TimeDelta::seconds(10),
        _ => midnight(tries.last_at, 1, zone) - tries.last_at,
    };
    (tries.last_at + pause - at).max(TimeDelta::zero())
}

/// How long an address still waits.
pub fn address_wait(tries: Option<Tries>, at: DateTime<Utc>) -> TimeDelta {
    match tries {
        Some(tries) if tries.failures >= PER_ADDRESS => {
            (tries.last_at + TimeDelta::minutes(1) - at).max(TimeDelta::zero())
        }
        _ => TimeDelta::zero(),
    }
}

/// Since when an account's failures count: the beginning of the company's day.
pub fn account_memory(at: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    midnight(at, 0, zone)
}

/// Since when an address's failures count.
pub fn address_memory(at: DateTime<Utc>) -> DateTime<Utc> {
    at - TimeDelta::minutes(1)
}

/// The first moment of the day that is so many days after this one.
fn midnight(at: DateTime<Utc>, days: u64, zone: Tz) -> DateTime<Utc> {
    let day = at.with_timezone(&zone).date_naive();
    let first = day
        .checked_add_days(Days::new(days))
        .unwrap_or(day)
        .and_time(NaiveTime::MIN);
    // Where clocks go forward at midnight the day begins an hour later.
    let begun = [first, first + TimeDelta::hours(1)]
        .iter()
        .find_map(|local| zone.from_local_datetime(local).earliest());
    begun.map_or(at, |begun| begun.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
    }

    const ZONE: Tz = chrono_tz::Asia::Shanghai;

    fn tries(failures: i32) -> Tries {
        Tries {
            failures,
            last_at: at(0),
        }
    }

    #[test]
    fn the_wait_grows_with_the_failures_and_passes() {
        for (failures, seconds) in [
            (0, 0),
            (1, 1),
            (2, 1),
            (3, 3),
            (8, 3),
            (9, 5),
            (24, 5),
            (25, 10),
            (99, 10),
            // 16:00 in Shanghai: eight hours are left of the day.
            (100, 28_800),
        ] {
            assert_eq!(
                account_wait(Some(tries(failures)), at(0), ZONE).num_seconds(),
                seconds,
                "{failures}"
            );
            assert_eq!(
                account_wait(Some(tries(failures)), at(seconds), ZONE).num_seconds(),
                0
            );
        }
        assert_eq!(account_wait(None, at(0), ZONE).num_seconds(), 0);
    }

    #[test]
    fn an_owner_waits_ten_seconds_at_most_below_a_hundred_failures() {
        assert!(
            (0..100).all(
                |failures| account_wait(Some(tries(failures)), at(0), ZONE).num_seconds() <= 10
            )
        );
    }

    #[test]
    fn an_address_has_ten_tries_a_minute() {
        assert_eq!(address_wait(Some(tries(9)), at(0)).num_seconds(), 0);
        assert_eq!(address_wait(Some(tries(10)), at(20)).num_seconds(), 40);
        assert_eq!(address_memory(at(60)), at(0));
    }

    #[test]
    fn an_accounts_failures_are_forgotten_with_the_companys_day() {
        let begun = at(-57_600);
        assert_eq!(account_memory(at(0), ZONE), begun);
        assert_eq!(account_memory(begun, ZONE), begun);
        assert_eq!(account_memory(at(28_799), ZONE), begun);
        assert_eq!(account_memory(at(28_800), ZONE), at(28_800));
        // Clocks went forward at midnight: the day began at one.
        let santiago = chrono_tz::America::Santiago;
        let spring: DateTime<Utc> = "2026-09-06T12:00:00Z".parse().unwrap();
        assert_eq!(
            account_memory(spring, santiago).to_rfc3339(),
            "2026-09-06T04:00:00+00:00"
        );
    }
}
