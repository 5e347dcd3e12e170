//! What the order reads of opinions 意见 that were asked of a colleague and are not given.

use super::super::item_kind::ItemKind;
use super::super::open_items::{OpenItem, item};
use crate::base::calendar::Calendar;
use crate::base::{OrderId, Party, PersonId};
use crate::orders::Facts;
use crate::web::Result;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct AskedOpinion {
    pub id: Uuid,
    pub asked_of: PersonId,
    pub question: String,
    pub since: DateTime<Utc>,
}

pub(in crate::orders) async fn load(
    db: &mut PgConnection,
    order: OrderId,
) -> Result<Vec<AskedOpinion>> {
    Ok(sqlx::query!(
        r#"select n.id, n.asked_of, n.question, n.asked_at from approval_opinion n join approval a on a.id = n.approval
           where a.order_id = $1 and a.state = 'open' and n.answered_at is null order by n.asked_at, n.id"#,
        order.0,
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(|row| AskedOpinion {
        id: row.id,
        asked_of: PersonId(row.asked_of),
        question: row.question,
        since: row.asked_at,
    })
    .collect())
}

/// What stands open because of them: the decision itself goes on waiting beside.
pub(in crate::orders) fn items(facts: &Facts, calendar: &Calendar, items: &mut Vec<OpenItem>) {
    for asked in &facts.opinions {
        let times = (asked.since, calendar.after_hours(asked.since, 4));
        let step = facts.latches.step();
        items.push(OpenItem {
            subject: asked.id.to_string(),
            quoted: asked.question.chars().take(60).collect(),
            owner: asked.asked_of,
            ..item(facts, step, ItemKind::GiveOpinion, Party::Us, times)
        });
    }
}
