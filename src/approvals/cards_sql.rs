//! Statements of the inbox: where a question stands, and the cards of questions.

use crate::base::{ApprovalId, OrderNumber, PersonId};
use crate::people::relation::InReach;
use crate::web::Result;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// Where a question belongs, for the addresses under `/approvals/{id}`.
pub(super) struct Place {
    pub id: ApprovalId,
    pub order: OrderNumber,
    pub subject: String,
    pub subject_id: Uuid,
    pub revision: i32,
    /// Number of the thing, where it has one of its own: a payable, a receipt.
    pub named: String,
    pub summary: Value,
}

pub(super) async fn place(
    db: &mut PgConnection,
    reach: &InReach,
    id: ApprovalId,
) -> Result<Option<Place>> {
    let row = sqlx::query!(
        r#"select o.number, a.subject, a.subject_id, a.revision,
               coalesce(a.summary ->> 'payable', a.summary ->> 'receipt', '') as "named!", a.summary
           from approval a join export_order o on o.id = a.order_id
           where a.id = $1 and order_in_reach($2, $3, $4, o.department, o.salesperson, o.operator)"#,
        id.0,
        reach.everything,
        &reach.departments,
        reach.person,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.and_then(|row| {
        Some(Place {
            id,
            order: OrderNumber::parse(&row.number)?,
            subject: row.subject,
            subject_id: row.subject_id,
            revision: row.revision,
            named: row.named,
            summary: row.summary,
        })
    }))
}

/// One card of the inbox.
pub(super) struct Card {
    pub id: Uuid,
    pub number: String,
    pub customer: String,
    pub title: String,
    pub subject: String,
    pub revision: i32,
    pub level: i16,
    pub state: String,
    pub requested_zh: String,
    pub requested_en: String,
    pub requested_at: DateTime<Utc>,
    pub reminded_at: Option<DateTime<Utc>>,
    pub decided_zh: Option<String>,
    pub decided_en: Option<String>,
    pub words: String,
    pub asked_words: String,
    pub summary: Value,
    /// For whom the reader would decide, where she does not lead the department herself.
    pub for_zh: Option<String>,
    pub for_en: Option<String>,
    /// Opinions that were asked, and given.
    pub opinions: i64,
    pub given: i64,
}

/// Which questions the inbox shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    ToDecide,
    Sent,
    Done,
}

/// Cards before a moment, newest first; for deciding, oldest question first is asked by the caller's sort.
pub(super) async fn cards(
    db: &mut PgConnection,
    tab: Tab,
    person: PersonId,
    today: NaiveDate,
    before: DateTime<Utc>,
) -> Result<Vec<Card>> {
    let (todo, sent, done) = (tab == Tab::ToDecide, tab == Tab::Sent, tab == Tab::Done);
    Ok(sqlx::query_as!(
        Card,
        r#"select a.id, o.number, c.name_en as customer, o.title, a.subject, a.revision, a.level, a.state,
               r.name_zh as requested_zh, r.name_en as requested_en, a.requested_at, a.reminded_at,
               d.name_zh as "decided_zh?", d.name_en as "decided_en?", a.words, a.asked_words,
               a.summary, f.name_zh as "for_zh?", f.name_en as "for_en?", n.opinions as "opinions!", n.given as "given!"
           from approval a join export_order o on o.id = a.order_id join customer c on c.id = o.customer
           join person r on r.id = a.requested_by left join person d on d.id = a.decided_by
           left join lateral (select m.name_zh, m.name_en from department_lead l join person m on m.id = l.person
               join deputy y on y.absent = l.person and y.deputy = $1 and y.withdrawn_at is null
                   and $2 between y.from_day and y.until_day
               where $4 and l.department = o.department and l.level >= a.level and not exists (select from department_lead k
                   where k.department = o.department and k.person = $1) order by l.level, m.id limit 1) f on true
           cross join lateral (select count(*) as opinions, count(n.answered_at) as given from approval_opinion n
               where n.approval = a.id) n
           where a.requested_at < $3 and case
               when $4 then a.state = 'open' and a.requested_by <> $1 and o.operator <> $1
                   and (a.handed_to is null or a.handed_to = $1)
                   and not coalesce(a.summary -> 'authors', '[]') ? $1::text
                   and not exists (select from approval b where b.subject = a.subject and b.subject_id = a.subject_id
                       and b.content_hash = a.content_hash and b.state = 'approved' and b.decided_by = $1)
                   and exists (select from department_lead l where l.department = o.department and l.level >= a.level
                       and (l.person = $1 or exists (select from deputy y where y.absent = l.person and y.deputy = $1
                           and y.withdrawn_at is null and $2 between y.from_day and y.until_day)))
               when $5 then a.requested_by = $1
               when $6 then a.decided_by = $1 end
           order by a.requested_at desc, a.id desc limit 51"#,
        person.0,
        today,
        before,
        todo,
        sent,
        done,
    )
    .fetch_all(db)
    .await?)
}
