//! Statements on colleagues who are asked.

use crate::approvals::sql::Open;
use crate::base::{Lang, PersonId, T};
use crate::orders::Order;
use crate::web::Result;
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Clone, Debug)]
pub(super) struct Colleague {
    pub id: PersonId,
    pub name_zh: String,
    pub name_en: String,
}

impl Colleague {
    pub(super) fn name(&self, t: T) -> &str {
        if t.0 == Lang::Zh {
            &self.name_zh
        } else {
            &self.name_en
        }
    }
}

/// Colleagues within whose reach the order is, without the one who asks: its own two, its department, its managers and
/// their deputies, finance.
pub(super) async fn within_reach(
    db: &mut PgConnection,
    order: &Order,
    asker: Option<PersonId>,
    today: NaiveDate,
) -> Result<Vec<Colleague>> {
    Ok(sqlx::query!(
        r#"select p.id, p.name_zh, p.name_en from person p join export_order o on o.id = $1
           where p.status = 'active' and p.id is distinct from $2 and (p.id in (o.salesperson, o.operator)
               or 'finance' = any(p.roles) or p.department = o.department and 'order_operator' = any(p.roles)
               or 'manager' = any(p.roles) and exists (select from department_lead l where l.department = o.department
                   and (l.person = p.id or exists (select from deputy d where d.absent = l.person and d.deputy = p.id
                       and d.withdrawn_at is null and $3 between d.from_day and d.until_day))))
           order by p.id limit 100"#,
        order.id().0,
        asker.map(|id| id.0),
        today,
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(|row| Colleague {
        id: PersonId(row.id),
        name_zh: row.name_zh,
        name_en: row.name_en,
    })
    .collect())
}

/// False where this colleague is asked about it already.
pub(super) async fn ask(
    db: &mut PgConnection,
    open: &Open,
    (id, by, of): (Uuid, PersonId, PersonId),
    (question, at): (&str, DateTime<Utc>),
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into approval_opinion (id, approval, asked_by, asked_of, question, asked_at)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
        id,
        open.id.0,
        by.0,
        of.0,
        question,
        at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// One opinion that was asked, with the question of approvals it belongs to.
#[derive(Clone, Debug)]
pub(super) struct Opinion {
    pub id: Uuid,
    pub approval: Uuid,
    pub asked_of: Uuid,
    pub question: String,
    pub asked_at: DateTime<Utc>,
    pub words: String,
    pub answered_at: Option<DateTime<Utc>>,
    /// The decision is still to be taken.
    pub open: bool,
    pub asker_zh: String,
    pub asker_en: String,
    pub asked_zh: String,
    pub asked_en: String,
}

pub(super) async fn opinion(
    db: &mut PgConnection,
    order: &Order,
    id: Uuid,
) -> Result<Option<Opinion>> {
    Ok(sqlx::query_as!(
        Opinion,
        r#"select n.id, n.approval, n.asked_of, n.question, n.asked_at, n.words, n.answered_at, a.state = 'open' as "open!",
               r.name_zh as asker_zh, r.name_en as asker_en, p.name_zh as asked_zh, p.name_en as asked_en
           from approval_opinion n join approval a on a.id = n.approval join person r on r.id = n.asked_by
           join person p on p.id = n.asked_of where n.id = $1 and a.order_id = $2"#,
        id,
        order.id().0,
    )
    .fetch_optional(db)
    .await?)
}

/// Once: false where it was answered meanwhile.
pub(super) async fn answer(
    db: &mut PgConnection,
    id: Uuid,
    (words, at): (&str, DateTime<Utc>),
) -> Result<bool> {
    let done = sqlx::query!(
        "update approval_opinion set words = $2, answered_at = $3 where id = $1 and answered_at is null",
        id,
        words,
        at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Who may decide this question besides those who did or asked: for handing it over.
pub(super) async fn deciders(
    db: &mut PgConnection,
    order: &Order,
    open: &Open,
    (asker, today): (Option<PersonId>, NaiveDate),
) -> Result<Vec<Colleague>> {
    let mut excluded: Vec<Uuid> = open.authors.iter().map(|id| id.0).collect();
    excluded.extend([open.requested_by.0, order.operator().0]);
    excluded.extend(asker.map(|id| id.0));
    let (subject, hash) = (&open.subject, &open.content_hash);
    excluded.extend(crate::approvals::sql::deciders(db, subject, open.subject_id, hash).await?);
    let department = order.keepers.department;
    let found =
        crate::approvals::sql::eligible(db, department, open.level, &excluded, today).await?;
    Ok(found
        .into_iter()
        .map(|one| Colleague {
            id: one.id,
            name_zh: one.name_zh,
            name_en: one.name_en,
        })
        .collect())
}
