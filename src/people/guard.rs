//! Soft lock 防猜测: after wrong passwords the next try waits, longer each time; nobody is locked out for good.
//!
//! A pure curve of failures and time, kept in the database so that several replicas count together. Per account
//! 1 s below 3 failures, 3 s below 9, 5 s below 25, 10 s below 100; at 100 closed until 24 hours after the last try.
//! Per address ten failures in a minute.

use chrono::{DateTime, TimeDelta, Utc};

/// What is known of one account or address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tries {
    pub failures: i32,
    pub last_at: DateTime<Utc>,
}

/// Failures per account after which it closes for a day.
const CLOSED_AT: i32 = 100;
const PER_ADDRESS: i32 = 10;

/// How long an account still waits; zero when it may try.
pub fn account_wait(tries: Option<Tries>, at: DateTime<Utc>) -> TimeDelta {
    let Some(tries) = tries else {
        return TimeDelta::zero();
    };
    let pause = match tries.failures {
        ..=0 => TimeDelta::zero(),
        1..=2 => TimeDelta::seconds(1),
        3..=8 => TimeDelta::seconds(3),
        9..=24 => TimeDelta::seconds(5),
        25..CLOSED_AT => TimeDelta::seconds(10),
        _ => TimeDelta::hours(24),
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

/// Failures counted so far that still count: an account's are forgotten after a day, an address's after a minute.
pub fn still_counted(tries: Option<Tries>, at: DateTime<Utc>, memory: TimeDelta) -> i32 {
    tries
        .filter(|tries| tries.last_at + memory > at)
        .map_or(0, |tries| tries.failures)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
    }

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
            (100, 86_400),
        ] {
            assert_eq!(
                account_wait(Some(tries(failures)), at(0)).num_seconds(),
                seconds,
                "{failures}"
            );
            assert_eq!(
                account_wait(Some(tries(failures)), at(seconds)).num_seconds(),
                0
            );
        }
        assert_eq!(account_wait(None, at(0)).num_seconds(), 0);
    }

    #[test]
    fn an_owner_waits_ten_seconds_at_most_below_a_hundred_failures() {
        assert!(
            (0..100).all(|failures| account_wait(Some(tries(failures)), at(0)).num_seconds() <= 10)
        );
    }

    #[test]
    fn an_address_has_ten_tries_a_minute() {
        assert_eq!(address_wait(Some(tries(9)), at(0)).num_seconds(), 0);
        assert_eq!(address_wait(Some(tries(10)), at(20)).num_seconds(), 40);
        assert_eq!(
            still_counted(Some(tries(10)), at(61), TimeDelta::minutes(1)),
            0
        );
        assert_eq!(
            still_counted(Some(tries(10)), at(59), TimeDelta::minutes(1)),
            10
        );
    }
}
