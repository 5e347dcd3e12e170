//! Every statement of approvals.

use super::ask::Content;
use crate::base::{ApprovalId, DepartmentId, OrderId, PersonId};
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// A question that is open.
#[derive(Clone, Debug)]
pub struct Open {
    pub id: ApprovalId,
    pub subject: String,
    pub subject_id: Uuid,
    pub revision: i32,
    pub content_hash: Vec<u8>,
    pub level: i16,
    pub requested_by: PersonId,
    pub requested_at: DateTime<Utc>,
    pub handed_to: Option<PersonId>,
    pub reminded_at: Option<DateTime<Utc>>,
    pub authors: Vec<PersonId>,
    pub version: i32,
}

impl Open {
    pub fn label(&self) -> String {
        format!("{} r{}", self.subject, self.revision)
    }
}

/// A colleague who may decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decider {
    pub id: PersonId,
    pub name_zh: String,
    pub name_en: String,
}

/// Who may decide for this department at this level today: its leads, and the deputies of those who lead it. Leads of
/// level 2 may also give the first yes.
pub(super) async fn eligible(
    db: &mut PgConnection,
    department: DepartmentId,
    level: i16,
    excluded: &[Uuid],
    today: NaiveDate,
) -> Result<Vec<Decider>> {
    Ok(sqlx::query!(
        "select p.id, p.name_zh, p.name_en from person p
         where p.status = 'active' and 'manager' = any(p.roles) and p.id <> all($3) and exists (
             select from department_lead l where l.department = $1 and l.level >= $2 and (l.person = p.id or exists (
                 select from deputy d where d.absent = l.person and d.deputy = p.id and d.withdrawn_at is null
                     and $4 between d.from_day and d.until_day)))
         order by p.id",
        department.0,
        level,
        excluded,
        today,
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(|row| Decider { id: PersonId(row.id), name_zh: row.name_zh, name_en: row.name_en })
    .collect())
}

pub(super) async fn open(
    db: &mut PgConnection,
    id: ApprovalId,
    order: OrderId,
    content: &Content,
    (level, requester, at): (i16, PersonId, DateTime<Utc>),
) -> Result<()> {
    let mut summary = content.summary.clone();
    if let Some(map) = summary.as_object_mut() {
        map.insert(
            "authors".to_owned(),
            serde_json::to_value(&content.authors)?,
        );
    }
    sqlx::query!(
        "insert into approval (id, order_id, subject, subject_id, revision, content_hash, level, requested_by,
             requested_at, summary)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        id.0,
        order.0,
        content.subject,
        content.id,
        content.revision,
        content.hash,
        level,
        requester.0,
        at,
        summary,
    )
    .execute(db)
    .await?;
    Ok(())
}

struct OpenRow {
    id: Uuid,
    subject: String,
    subject_id: Uuid,
    revision: i32,
    content_hash: Vec<u8>,
    level: i16,
    requested_by: Uuid,
    requested_at: DateTime<Utc>,
    handed_to: Option<Uuid>,
    reminded_at: Option<DateTime<Utc>>,
    authors: Value,
    version: i32,
}

impl OpenRow {
    fn open(self) -> Result<Open> {
        Ok(Open {
            authors: serde_json::from_value(self.authors).map_err(|error| {
                Error::Broken(anyhow!("approval {}: authors: {error}", self.id))
            })?,
            id: ApprovalId(self.id),
            subject: self.subject,
            subject_id: self.subject_id,
            revision: self.revision,
            content_hash: self.content_hash,
            level: self.level,
            requested_by: PersonId(self.requested_by),
            requested_at: self.requested_at,
            handed_to: self.handed_to.map(PersonId),
            reminded_at: self.reminded_at,
            version: self.version,
        })
    }
}

pub(super) async fn lock_open(
    db: &mut PgConnection,
    subject: &str,
    id: Uuid,
) -> Result<Option<Open>> {
    sqlx::query_as!(
        OpenRow,
        r#"select id, subject, subject_id, revision, content_hash, level, requested_by, requested_at, handed_to,
               reminded_at, coalesce(summary -> 'authors', '[]') as "authors!", version
           from approval where subject = $1 and subject_id = $2 and state = 'open' for update"#,
        subject,
        id,
    )
    .fetch_optional(db)
    .await?
    .map(OpenRow::open)
    .transpose()
}

/// The open question about a thing, for its page.
pub async fn open_for(db: &mut PgConnection, subject: &str, id: Uuid) -> Result<Option<Open>> {
    sqlx::query_as!(
        OpenRow,
        r#"select id, subject, subject_id, revision, content_hash, level, requested_by, requested_at, handed_to,
               reminded_at, coalesce(summary -> 'authors', '[]') as "authors!", version
           from approval where subject = $1 and subject_id = $2 and state = 'open'"#,
        subject,
        id,
    )
    .fetch_optional(db)
    .await?
    .map(OpenRow::open)
    .transpose()
}

/// Who has already said yes to this content.
pub(super) async fn deciders(
    db: &mut PgConnection,
    subject: &str,
    id: Uuid,
    hash: &[u8],
) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar!(
        r#"select decided_by as "decided_by!" from approval
           where subject = $1 and subject_id = $2 and content_hash = $3 and state = 'approved'"#,
        subject,
        id,
        hash,
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn close(db: &mut PgConnection, id: ApprovalId, state: &str) -> Result<()> {
    sqlx::query!(
        "update approval set state = $2, version = version + 1 where id = $1 and state = 'open'",
        id.0,
        state
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Nobody has to decide any more.
pub(super) async fn close_all(db: &mut PgConnection, order: OrderId) -> Result<()> {
    sqlx::query!(
        "update approval set state = 'void', version = version + 1
         where order_id = $1 and (state = 'open' or state = 'approved' and used_at is null and subject like 'exception_%')",
        order.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn decide(
    db: &mut PgConnection,
    id: ApprovalId,
    state: &str,
    (person, for_whom, at): (PersonId, Option<PersonId>, DateTime<Utc>),
    words: &str,
) -> Result<()> {
    sqlx::query!(
        "update approval set state = $2, decided_by = $3, on_behalf_of = $4, decided_at = $5, words = $6,
             version = version + 1
         where id = $1 and state = 'open'",
        id.0,
        state,
        person.0,
        for_whom.map(|id| id.0),
        at,
        words,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn note_reminder(
    db: &mut PgConnection,
    id: ApprovalId,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update approval set reminded_at = $2 where id = $1",
        id.0,
        at
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn hand_to(db: &mut PgConnection, id: ApprovalId, to: PersonId) -> Result<()> {
    sqlx::query!(
        "update approval set handed_to = $2, version = version + 1 where id = $1",
        id.0,
        to.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A decision that was taken, for the history on the thing's page.
#[derive(Clone, Debug)]
pub struct History {
    pub subject_id: Uuid,
    pub level: i16,
    pub revision: i32,
    pub state: String,
    pub requested_zh: String,
    pub requested_en: String,
    pub requested_at: DateTime<Utc>,
    pub decided_zh: Option<String>,
    pub decided_en: Option<String>,
    pub for_zh: Option<String>,
    pub for_en: Option<String>,
    pub decided_at: Option<DateTime<Utc>>,
    pub words: String,
    /// What a colleague was asked for an opinion on.
    pub question: String,
}

impl History {
    pub fn at(&self) -> DateTime<Utc> {
        self.decided_at.unwrap_or(self.requested_at)
    }

    /// What happened, in the reader's language, without the words.
    pub fn sentence(&self, t: crate::base::T) -> String {
        let zh = t.0 == crate::base::Lang::Zh;
        let pick = |chinese: &Option<String>, english: &Option<String>| {
            if zh { chinese.clone() } else { english.clone() }.unwrap_or_default()
        };
        let asked = if zh {
            &self.requested_zh
        } else {
            &self.requested_en
        };
        let decided = pick(&self.decided_zh, &self.decided_en);
        let told = match self.state.as_str() {
            "approved" => t.approvals_told_approved(decided, self.revision),
            "returned" => t.approvals_told_returned(decided, self.revision),
            "opinion" => {
                let colleague = decided.as_str();
                t.approvals_told_opinion(asked, colleague, &self.question)
            }
            "withdrawn" => t.approvals_told_withdrawn(asked, self.revision),
            _ => t.approvals_told_asked(asked, self.revision),
        };
        let on_behalf = pick(&self.for_zh, &self.for_en);
        if on_behalf.is_empty() {
            told
        } else {
            t.approvals_told_for(told, on_behalf)
        }
    }
}

pub async fn history(db: &mut PgConnection, subject: &str, order: OrderId) -> Result<Vec<History>> {
    Ok(sqlx::query_as!(
        History,
        r#"select h.subject_id as "subject_id!", h.level as "level!", h.revision as "revision!", h.state as "state!",
               r.name_zh as requested_zh, r.name_en as requested_en, h.requested_at as "requested_at!",
               d.name_zh as "decided_zh?", d.name_en as "decided_en?", f.name_zh as "for_zh?", f.name_en as "for_en?",
               h.decided_at, h.words as "words!", h.question as "question!"
           from (select a.subject_id, a.level, a.revision, a.state, a.requested_by, a.requested_at, a.decided_by,
                   a.on_behalf_of, a.decided_at, a.words, '' as question
               from approval a where a.subject = $1 and a.order_id = $2
               union all
               -- The opinions stand with the decision they were asked for.
               select a.subject_id, a.level, a.revision, 'opinion', n.asked_by, n.asked_at, n.asked_of, null,
                   n.answered_at, n.words, n.question
               from approval a join approval_opinion n on n.approval = a.id
               where a.subject = $1 and a.order_id = $2) h
           join person r on r.id = h.requested_by left join person d on d.id = h.decided_by
           left join person f on f.id = h.on_behalf_of
           order by h.requested_at desc, h.level desc limit 50"#,
        subject,
        order.0,
    )
    .fetch_all(db)
    .await?)
}
