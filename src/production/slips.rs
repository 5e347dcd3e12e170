//! Slips 延期: the day a factory's goods come later than the customer was promised. One relay tells it: a later report
//! brings it up to date, and when the goods come in time again it is withdrawn. A customer who was told of a slip is
//! told that it is gone.

use super::owed::{self, Owed};
use crate::base::tongues::both;
use crate::base::{Party, T};
use crate::history::Event;
use crate::orders::{OrderAct, Step};
use crate::relay::{self, Relay};
use crate::web::Result;
use chrono::NaiveDate;

const SLIP: &str = "production_slip";
const IN_TIME: &str = "production_in_time";

/// What is said of one factory's order, newest first.
fn of_number(all: Vec<Relay>, number: i32) -> Vec<Relay> {
    let own = format!("{number}/");
    let told = |found: &Relay| {
        (found.kind == SLIP || found.kind == IN_TIME) && found.key.starts_with(&own)
    };
    all.into_iter().filter(told).collect()
}

fn has_crossed(relay: &Relay) -> bool {
    relay
        .receipts
        .iter()
        .any(|receipt| receipt.passed_at.is_some())
}

/// The factory says this day of a paper where that day was promised, by this channel in these words.
pub(super) async fn told(
    act: &mut OrderAct,
    number: i32,
    (day, agreed): (NaiveDate, NaiveDate),
    said: &(String, String),
) -> Result<()> {
    let order = act.order.id();
    let all = relay::sql::list_for(act.tx(), order).await?;
    let told = of_number(all, number);
    let stands = told.iter().find(|found| found.withdrawn_at.is_none());
    let key = format!("{number}/{day}/");
    if stands.is_some_and(|found| found.kind == SLIP && found.key.starts_with(&key)) {
        return Ok(());
    }
    let late = day > agreed;
    let heard_of = told
        .iter()
        .find(|found| has_crossed(found))
        .is_some_and(|found| found.kind == SLIP);
    fall(act, number, (late, day)).await?;
    if !late && !heard_of {
        return Ok(());
    }
    let fact = format!("{key}{}", told.len());
    tell(act, (late, day, agreed), said, fact).await
}

/// The customer is told of the slip, or that it is gone.
async fn tell(
    act: &mut OrderAct,
    (late, day, agreed): (bool, NaiveDate, NaiveDate),
    (channel, words): &(String, String),
    key: String,
) -> Result<()> {
    let t = owed::words_to(act, Party::Customer).await?;
    let (kind, line) = if late {
        (SLIP, t.production_relay_slips(day, agreed))
    } else {
        (IN_TIME, t.production_relay_in_time(day))
    };
    let owed = Owed {
        from: Party::Factory,
        to: Party::Customer.into(),
        subject: both(|t| {
            if late {
                t.production_relay_later(day)
            } else {
                t.production_relay_in_time(day)
            }
        }),
        lines: vec![line],
        said: words,
        heard: channel,
        urgent: late,
        step: Step::Production,
        fact: Some((kind, key)),
    };
    owed::owe(act, owed).await?;
    Ok(())
}

/// What was said before stands no more.
async fn fall(act: &mut OrderAct, number: i32, (late, day): (bool, NaiveDate)) -> Result<()> {
    let t = T(act.by.lang);
    let reason = if late {
        t.production_slips_again(day)
    } else {
        t.production_slips_no_more(day)
    };
    let (order, at, key) = (act.order.id(), act.by.at, number.to_string());
    let mut any = false;
    for kind in [SLIP, IN_TIME] {
        any |= relay::fact::withdraw(act.tx(), order, (kind, &key), &reason, at).await?;
    }
    if any {
        act.happened(&Event::RelayWithdrawn { reason }).await?;
    }
    Ok(())
}
