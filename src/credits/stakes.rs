//! What is at stake at the gate of this desk: documents that reach the bank after their last day.

use super::presentation::held;
use super::presentation::stage::Move;
use super::sql::closed_days;
use crate::approvals::Refusal;
use crate::approvals::exception::{Fact, Kind, Say, Stake};
use crate::base::{By, T};
use crate::orders::Order;
use crate::web::{Error, Result};
use chrono::NaiveDate;
use sqlx::PgConnection;

/// `S26-0001.1` in addresses of exceptions, because the set's own name has a stroke in it.
pub async fn late_presenting(
    db: &mut PgConnection,
    by: &By,
    order: &Order,
    (set, today): (&str, NaiveDate),
) -> Result<Stake> {
    let (shipment, sequence) = set.rsplit_once(['.', '/']).ok_or(Error::NotFound)?;
    let sequence: i32 = sequence.parse().map_err(|_| Error::NotFound)?;
    let (own, set) = held::find(db, by, (shipment, sequence)).await?;
    if own.number != order.number {
        return Err(Error::NotFound);
    }
    set.after(Move::PresentLate)?;
    let last = set.last_day(&closed_days(db).await?);
    let Some(last) = last.filter(|last| *last < today) else {
        return Err(Refusal::NothingHeld.into());
    };
    let what = set
        .credit
        .as_ref()
        .map_or(Say::Word(T::exceptions_fact_last_day), |credit| {
            Say::Told(T::exceptions_fact_credit_number, credit.number.clone())
        });
    Ok(Stake {
        kind: Kind::LatePresenting,
        id: set.id,
        thing: set.name().replace('/', "."),
        name: set.name(),
        facts: vec![Fact {
            what,
            rule: Say::Day(last),
            now: Say::Day(today),
            money: false,
        }],
        risk: None,
        due: Some(last),
        authors: set.hands().authors,
        act_url: format!("{}/late-presenting", set.url()),
        url: set.url(),
    })
}
