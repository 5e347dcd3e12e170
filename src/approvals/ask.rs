//! Asking: a thing is handed in for a decision, taken back, reminded of, or handed to another who may decide.

use super::sql;
use crate::base::{ApprovalId, PersonId, T};
use crate::history::Event;
use crate::orders::OrderAct;
use crate::people::Deed;
use crate::people::rights::Hands;
use crate::web::{Error, Result, Tell};
use chrono::TimeDelta;
use serde_json::Value;
use uuid::Uuid;

/// What is asked for: which thing, and exactly which content of it.
#[derive(Clone, Debug)]
pub struct Content {
    /// `proforma`, `sample_note` …
    pub subject: &'static str,
    pub id: Uuid,
    pub revision: i32,
    pub hash: Vec<u8>,
    /// Who has written it; excluded from deciding.
    pub authors: Vec<PersonId>,
    /// What the inbox shows.
    pub summary: Value,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No colleague may decide this: those who lead the department wrote it, asked for it or work the order.
    NobodyMayDecide {
        level: i16,
    },
    /// The content is not what was shown.
    ContentChanged,
    /// Nothing is asked any more: withdrawn, or decided by somebody else.
    NotAsked,
    RemindedLately,
    WordsMissing,
    CannotDecide,
    /// This exception is asked for, or granted, already.
    ExceptionAsked,
    /// This colleague is asked about it already.
    OpinionAsked,
    OpinionGiven,
    /// What was granted was granted of other facts.
    ExceptionFell,
    /// Nothing is held back here that an exception could open.
    NothingHeld,
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::NobodyMayDecide { level: 2 } => t.approvals_nobody_at_level_2().to_owned(),
            Self::NobodyMayDecide { .. } => t.approvals_nobody_may_decide().to_owned(),
            Self::ContentChanged => t.approvals_content_changed().to_owned(),
            Self::NotAsked => t.approvals_not_asked().to_owned(),
            Self::RemindedLately => t.approvals_reminded_lately().to_owned(),
            Self::WordsMissing => t.approvals_words_missing().to_owned(),
            Self::CannotDecide => t.approvals_cannot_decide().to_owned(),
            Self::OpinionAsked => t.approvals_opinion_asked_already().to_owned(),
            Self::OpinionGiven => t.approvals_opinion_given_already().to_owned(),
            Self::ExceptionAsked => t.exceptions_asked_already().to_owned(),
            Self::ExceptionFell => t.exceptions_fell().to_owned(),
            Self::NothingHeld => t.exceptions_nothing_held().to_owned(),
        }
    }
}

/// Opens the question at this level. Refused where nobody eligible exists.
pub async fn ask(act: &mut OrderAct, content: &Content, level: i16) -> Result<()> {
    let requester = act.by.person().ok_or(Error::SignIn)?;
    put(act, content, level, requester, None).await
}

/// The same for a requester named by the rows, as the second level follows the first.
pub(super) async fn put(
    act: &mut OrderAct,
    content: &Content,
    level: i16,
    requester: PersonId,
    decided: Option<PersonId>,
) -> Result<()> {
    let mut excluded: Vec<Uuid> = content.authors.iter().map(|id| id.0).collect();
    excluded.push(requester.0);
    excluded.push(act.order.operator().0);
    excluded.extend(decided.map(|id| id.0));
    let (department, today) = (act.order.keepers.department, act.today());
    if sql::eligible(act.tx(), department, level, &excluded, today)
        .await?
        .is_empty()
    {
        return Err(Refusal::NobodyMayDecide { level }.into());
    }
    let (order, at) = (act.order.id(), act.by.at);
    sql::open(
        act.tx(),
        ApprovalId::fresh(at),
        order,
        content,
        (level, requester, at),
    )
    .await
}

/// Takes an open question back; only who asked may.
pub async fn withdraw(act: &mut OrderAct, subject: &str, id: Uuid) -> Result<()> {
    let open = sql::lock_open(act.tx(), subject, id)
        .await?
        .ok_or(Refusal::NotAsked)?;
    act.must(Deed::WithdrawSubmission.of(open.hands()))?;
    sql::close(act.tx(), open.id, "withdrawn").await
}

/// Every question that is open on the order falls with it.
pub async fn fall(act: &mut OrderAct) -> Result<()> {
    let order = act.order.id();
    sql::close_all(act.tx(), order).await
}

/// What the question was about is gone or has changed: nobody has to decide it any more.
pub async fn set_aside(act: &mut OrderAct, subject: &str, id: Uuid) -> Result<()> {
    match sql::lock_open(act.tx(), subject, id).await? {
        Some(open) => sql::close(act.tx(), open.id, "void").await,
        None => Ok(()),
    }
}

/// Reminds who must decide; once in four hours.
pub async fn remind(act: &mut OrderAct, open: &sql::Open) -> Result<()> {
    act.must(Deed::RemindApprover.of(open.hands()))?;
    let at = act.by.at;
    if open
        .reminded_at
        .is_some_and(|last| last + TimeDelta::hours(4) > at)
    {
        return Err(Refusal::RemindedLately.into());
    }
    sql::note_reminder(act.tx(), open.id, at).await?;
    act.happened(&Event::ApprovalReminded {
        subject: open.label(),
    })
    .await
}

/// Hands the decision to another who may give it.
pub async fn hand_on(act: &mut OrderAct, open: &sql::Open, to: PersonId) -> Result<()> {
    act.must(Deed::HandOverDecision.of(open.hands()))?;
    let mut excluded: Vec<Uuid> = open.authors.iter().map(|id| id.0).collect();
    excluded.extend([open.requested_by.0, act.order.operator().0]);
    // Who gave the first yes does not give the second either.
    excluded
        .extend(sql::deciders(act.tx(), &open.subject, open.subject_id, &open.content_hash).await?);
    let (department, today) = (act.order.keepers.department, act.today());
    let eligible = sql::eligible(act.tx(), department, open.level, &excluded, today).await?;
    let colleague = eligible
        .into_iter()
        .find(|person| person.id == to)
        .ok_or(Refusal::CannotDecide)?;
    sql::hand_to(act.tx(), open.id, to).await?;
    act.happened(&Event::ApprovalHandedOn {
        to: colleague.name_zh,
    })
    .await
}

impl sql::Open {
    pub fn hands(&self) -> Hands {
        Hands {
            authors: self.authors.clone(),
            requester: Some(self.requested_by),
            approver: None,
        }
    }
}
