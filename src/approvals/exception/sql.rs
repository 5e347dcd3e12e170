//! Statements of exceptions.

use super::kind::Kind;
use crate::base::{ApprovalId, Lang, OrderId, PersonId, T};
use crate::people::rights::Hands;
use crate::web::Result;
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// The newest question about a gate, with what became of it.
#[derive(Clone, Debug)]
pub struct Held {
    pub id: ApprovalId,
    pub kind: Kind,
    pub subject_id: Uuid,
    pub thing: String,
    pub name: String,
    pub act_url: String,
    pub due: Option<NaiveDate>,
    pub state: String,
    /// The facts are still those it was asked of.
    pub holds: bool,
    pub used_at: Option<DateTime<Utc>>,
    pub noted: bool,
    pub requested_by: PersonId,
    pub requested_at: DateTime<Utc>,
    pub asked_words: String,
    pub decided_by: Option<PersonId>,
    pub words: String,
    requested: (String, String),
    decider: (String, String),
}

impl Held {
    pub fn is_open(&self) -> bool {
        self.state == "open"
    }

    /// Said yes to, and not used yet.
    pub fn is_granted(&self) -> bool {
        self.state == "approved" && self.used_at.is_none()
    }

    pub fn is_returned(&self) -> bool {
        self.state == "returned"
    }

    pub fn hands(&self) -> Hands {
        Hands {
            authors: Vec::new(),
            requester: Some(self.requested_by),
            approver: None,
        }
    }

    pub fn requested(&self, t: T) -> &str {
        pick(t, &self.requested)
    }

    pub fn decided(&self, t: T) -> &str {
        pick(t, &self.decider)
    }
}

fn pick(t: T, (zh, en): &(String, String)) -> &str {
    if t.0 == Lang::Zh { zh } else { en }
}

struct Row {
    id: Uuid,
    subject: String,
    subject_id: Uuid,
    thing: String,
    name: String,
    act_url: String,
    due: Option<NaiveDate>,
    state: String,
    holds: bool,
    used_at: Option<DateTime<Utc>>,
    noted: bool,
    requested_by: Uuid,
    requested_at: DateTime<Utc>,
    asked_words: String,
    decided_by: Option<Uuid>,
    words: String,
    requested_zh: String,
    requested_en: String,
    decided_zh: String,
    decided_en: String,
}

impl Row {
    fn held(self) -> Option<Held> {
        Some(Held {
            kind: Kind::parse(&self.subject)?,
            id: ApprovalId(self.id),
            subject_id: self.subject_id,
            thing: self.thing,
            name: self.name,
            act_url: self.act_url,
            due: self.due,
            state: self.state,
            holds: self.holds,
            used_at: self.used_at,
            noted: self.noted,
            requested_by: PersonId(self.requested_by),
            requested_at: self.requested_at,
            asked_words: self.asked_words,
            decided_by: self.decided_by.map(PersonId),
            words: self.words,
            requested: (self.requested_zh, self.requested_en),
            decider: (self.decided_zh, self.decided_en),
        })
    }
}

/// The newest question about this gate; what was used up before leaves none.
pub async fn held(db: &mut PgConnection, kind: Kind, id: Uuid) -> Result<Option<Held>> {
    Ok(sqlx::query_as!(
        Row,
        r#"select a.id, a.subject, a.subject_id, coalesce(a.summary ->> 'thing', '') as "thing!",
               coalesce(a.summary ->> 'exception', '') as "name!", coalesce(a.summary ->> 'act_url', '') as "act_url!",
               (a.summary ->> 'due')::date as due, a.state,
               a.content_hash = exception_hash(a.subject, a.subject_id) as "holds!", a.used_at,
               a.noted_at is not null as "noted!", a.requested_by, a.requested_at, a.asked_words, a.decided_by, a.words,
               r.name_zh as requested_zh, r.name_en as requested_en, coalesce(d.name_zh, '') as "decided_zh!",
               coalesce(d.name_en, '') as "decided_en!"
           from approval a join person r on r.id = a.requested_by left join person d on d.id = a.decided_by
           where a.subject = $1 and a.subject_id = $2 and a.used_at is null
               and a.state in ('open', 'approved', 'returned')
               and not exists (select from approval n where n.subject = $1 and n.subject_id = $2
                   and n.requested_at > a.requested_at)
           order by a.requested_at desc, a.id desc limit 1"#,
        kind.code(),
        id,
    )
    .fetch_optional(db)
    .await?
    .and_then(Row::held))
}

/// One by its id, whatever became of it, where it belongs to this order.
pub async fn names(db: &mut PgConnection, order: OrderId, id: ApprovalId) -> Result<Option<Held>> {
    Ok(sqlx::query_as!(
        Row,
        r#"select a.id, a.subject, a.subject_id, coalesce(a.summary ->> 'thing', '') as "thing!",
               coalesce(a.summary ->> 'exception', '') as "name!", coalesce(a.summary ->> 'act_url', '') as "act_url!",
               (a.summary ->> 'due')::date as due, a.state,
               a.content_hash = exception_hash(a.subject, a.subject_id) as "holds!", a.used_at,
               a.noted_at is not null as "noted!", a.requested_by, a.requested_at, a.asked_words, a.decided_by, a.words,
               r.name_zh as requested_zh, r.name_en as requested_en, coalesce(d.name_zh, '') as "decided_zh!",
               coalesce(d.name_en, '') as "decided_en!"
           from approval a join person r on r.id = a.requested_by left join person d on d.id = a.decided_by
           where a.order_id = $1 and a.id = $2"#,
        order.0,
        id.0,
    )
    .fetch_optional(db)
    .await?
    .and_then(Row::held))
}

pub(super) async fn hash(db: &mut PgConnection, kind: Kind, id: Uuid) -> Result<Vec<u8>> {
    Ok(sqlx::query_scalar!(
        r#"select exception_hash($1, $2) as "hash!""#,
        kind.code(),
        id
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn note_words(
    db: &mut PgConnection,
    kind: Kind,
    id: Uuid,
    words: &str,
) -> Result<ApprovalId> {
    Ok(ApprovalId(
        sqlx::query_scalar!(
            "update approval set asked_words = $3 where subject = $1 and subject_id = $2 and state = 'open' returning id",
            kind.code(),
            id,
            words,
        )
        .fetch_one(db)
        .await?,
    ))
}

/// What was asked or granted of other facts gives way.
pub(super) async fn fall(db: &mut PgConnection, kind: Kind, id: Uuid) -> Result<()> {
    sqlx::query!(
        "update approval set state = 'void', version = version + 1
         where subject = $1 and subject_id = $2 and (state = 'open' or state = 'approved' and used_at is null)",
        kind.code(),
        id,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn withdraw(db: &mut PgConnection, id: ApprovalId) -> Result<()> {
    sqlx::query!(
        "update approval set state = 'withdrawn', version = version + 1
         where id = $1 and (state = 'open' or state = 'approved' and used_at is null)",
        id.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Once: false where it was used, withdrawn or fell meanwhile.
pub(super) async fn use_up(
    db: &mut PgConnection,
    id: ApprovalId,
    person: PersonId,
    at: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query!(
        "update approval set used_at = $3, used_by = $2, version = version + 1
         where id = $1 and state = 'approved' and used_at is null
             and content_hash = exception_hash(subject, subject_id)",
        id.0,
        person.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn note_read(
    db: &mut PgConnection,
    id: ApprovalId,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update approval set noted_at = coalesce(noted_at, $2), version = version + 1 where id = $1",
        id.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}
