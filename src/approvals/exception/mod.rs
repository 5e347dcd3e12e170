//! Exception 放行申请: a gate that only a manager may open, asked for through the inbox by who stands before it.
//!
//! One mechanism for all gates. What was granted is bound to the facts it was asked of (`exception_standing` in SQL): when
//! they change it does not hold any more, whoever looks. It is used once, by the act it was asked for; whoever uses it has
//! the deed that the open gate would have asked for. A manager who may open the gate herself needs no exception.

mod beside;
mod kind;
mod sql;
mod stake;

pub use beside::{Beside, askable, beside};
pub use kind::Kind;
pub use sql::{Held, held, names};
pub use stake::{Fact, Say, Stake};

use super::Outcome;
use super::ask::{Content, Refusal};
use crate::base::{ApprovalId, By, PersonId, T};
use crate::history::approval_event::ApprovalEvent;
use crate::history::{Act, Event};
use crate::orders::{Order, OrderAct};
use crate::people::Deed;
use crate::people::rights::Hands;
use crate::web::{Error, Result};
use sqlx::PgConnection;
use uuid::Uuid;

/// In whose name a gate is opened.
#[derive(Clone, Debug)]
pub enum Basis {
    /// The manager's own deed.
    Own,
    /// A colleague's, on what the manager granted.
    Granted(Box<Held>),
}

impl Basis {
    /// The reason that is kept with the act: what was typed, and behind it who let it go with which words.
    pub fn reason(&self, t: T, typed: &str) -> String {
        match self {
            Self::Own => typed.to_owned(),
            Self::Granted(held) => {
                let (name, words) = (held.decided(t), held.words.as_str());
                let leave = if words.is_empty() {
                    t.exceptions_leave(name)
                } else {
                    t.exceptions_leave_words(name, words)
                };
                format!("{typed} · {leave}")
            }
        }
    }

    /// The manager who answers for it.
    pub fn person(&self, by: &By) -> Option<PersonId> {
        match self {
            Self::Own => by.person(),
            Self::Granted(held) => held.decided_by,
        }
    }

    /// What the form of the act holds before anybody typed.
    pub fn asked_words(&self) -> &str {
        match self {
            Self::Own => "",
            Self::Granted(held) => &held.asked_words,
        }
    }
}

/// May she open this gate now: as the manager, or on an exception that still holds? 403 where neither; refused where
/// what was granted was granted of other facts.
pub async fn basis(
    db: &mut PgConnection,
    by: &By,
    orders: &[Order],
    (kind, id): (Kind, Uuid),
    hands: Hands,
) -> Result<Basis> {
    let own = kind.deed().of(hands);
    if orders.iter().all(|order| order.may(by, own.clone())) {
        return Ok(Basis::Own);
    }
    let plain = orders.iter().all(|order| order.may(by, kind.plain()));
    match held(db, kind, id).await? {
        Some(held) if plain && held.is_granted() => {
            if held.holds {
                Ok(Basis::Granted(Box::new(held)))
            } else {
                Err(Refusal::ExceptionFell.into())
            }
        }
        _ => {
            for order in orders {
                order.must(by, own.clone())?;
            }
            Err(Error::Forbidden)
        }
    }
}

/// The gate is opened: the exception is used up, or the deputy's manager is named.
pub async fn spend(act: &mut Act, orders: &[Order], basis: &Basis) -> Result<()> {
    match basis {
        Basis::Granted(held) => {
            let (person, at) = (act.by.person().ok_or(Error::SignIn)?, act.by.at);
            if sql::use_up(act.tx(), held.id, person, at).await? {
                Ok(())
            } else {
                Err(Refusal::ExceptionFell.into())
            }
        }
        Basis::Own => {
            let department = orders.first().map(|order| order.keepers.department);
            let absent = act
                .by
                .staff()
                .zip(department)
                .and_then(|(staff, department)| staff.stands_in_for(department));
            if let Some(manager) = absent {
                act.stand_in_for(manager);
            }
            Ok(())
        }
    }
}

/// What is asked for, as approvals keep it: the facts of this moment, in both languages for the cards.
async fn content(act: &mut OrderAct, stake: &Stake) -> Result<Content> {
    Ok(Content {
        subject: stake.kind.code(),
        id: stake.id,
        revision: 1,
        hash: sql::hash(act.tx(), stake.kind, stake.id).await?,
        authors: stake.authors.clone(),
        summary: stake.summary(),
    })
}

/// Asks the manager, with a reason. What was asked of other facts before gives way.
pub async fn ask(act: &mut OrderAct, stake: &Stake, words: &str) -> Result<ApprovalId> {
    act.must(Deed::AskDecision)?;
    act.must_move()?;
    if let Some(held) = held(act.tx(), stake.kind, stake.id).await? {
        if held.holds && (held.is_open() || held.is_granted()) {
            return Err(Refusal::ExceptionAsked.into());
        }
        sql::fall(act.tx(), stake.kind, stake.id).await?;
    }
    let content = content(act, stake).await?;
    super::ask(act, &content, 1).await?;
    let id = sql::note_words(act.tx(), stake.kind, stake.id, words).await?;
    let event = ApprovalEvent::ExceptionAsked {
        gate: stake.kind.code().to_owned(),
        name: stake.name.clone(),
        words: words.to_owned(),
    };
    act.happened(&Event::Approval(event)).await?;
    Ok(id)
}

/// The manager's verdict on the facts that were shown.
pub async fn decide(
    act: &mut OrderAct,
    stake: &Stake,
    decision: &super::Decision,
) -> Result<Outcome> {
    act.must_move()?;
    let now = content(act, stake).await?;
    let outcome = super::answer(act, stake.kind.deed(), &now, 1, decision).await?;
    let (gate, name) = (stake.kind.code().to_owned(), stake.name.clone());
    let words = decision.words.clone();
    let event = match outcome {
        Outcome::Returned { .. } => ApprovalEvent::ExceptionReturned { gate, name, words },
        Outcome::Approved { .. } | Outcome::Waiting { .. } => {
            ApprovalEvent::ExceptionGranted { gate, name, words }
        }
    };
    act.happened(&Event::Approval(event)).await?;
    Ok(outcome)
}

/// Taken back by who asked, open or granted; not once it was used.
pub async fn withdraw(act: &mut OrderAct, held: &Held) -> Result<()> {
    act.must(Deed::WithdrawSubmission.of(held.hands()))?;
    if !(held.is_open() || held.is_granted()) {
        return Err(Refusal::NotAsked.into());
    }
    sql::withdraw(act.tx(), held.id).await?;
    let event = ApprovalEvent::ExceptionWithdrawn {
        gate: held.kind.code().to_owned(),
        name: held.name.clone(),
    };
    act.happened(&Event::Approval(event)).await
}

/// Who asked has read the answer, once there is one: it does not stand on her list any more.
pub async fn note(act: &mut OrderAct, held: &Held) -> Result<()> {
    act.must(Deed::WithdrawSubmission.of(held.hands()))?;
    if !(held.is_returned() || held.is_granted()) {
        return Err(Refusal::NotAsked.into());
    }
    let at = act.by.at;
    sql::note_read(act.tx(), held.id, at).await?;
    let event = ApprovalEvent::ExceptionRead {
        gate: held.kind.code().to_owned(),
        name: held.name.clone(),
    };
    act.happened(&Event::Approval(event)).await
}
