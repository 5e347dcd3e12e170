//! Statements of the rows that somebody has put off.

use super::row::RowName;
use crate::base::By;
use crate::history::passing::HomeRow;
use crate::people::relation::InReach;
use crate::web::Result;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// A row as it stands now: what it is about, what it says, and when it is due.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub thing: Uuid,
    pub kind: String,
    pub subject: String,
    pub mark: String,
    pub due_at: DateTime<Utc>,
}

impl Standing {
    pub(super) fn row(&self) -> HomeRow {
        HomeRow {
            thing: self.thing,
            kind: self.kind.clone(),
            subject: self.subject.clone(),
        }
    }
}

/// The row, where it stands on this reader's home or in her reach.
pub(super) async fn standing(
    db: &mut PgConnection,
    by: &By,
    row: &RowName,
) -> Result<Option<Standing>> {
    let reach = InReach::of(by);
    match row {
        RowName::Item {
            order,
            kind,
            subject,
        } => Ok(sqlx::query_as!(
            Standing,
            r#"select o.id as thing, i.kind, i.subject, i.due_at,
                   open_item_mark(i.waiting, i.problem, i.since, i.due_at, i.args ->> 'quoted') as "mark!"
               from open_item i join export_order o on o.id = i.order_id
               where o.number = $4 and i.kind = $5 and i.subject = $6
                   and order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)"#,
            reach.everything,
            &reach.departments,
            reach.person,
            order.as_str(),
            kind.code(),
            subject,
        )
        .fetch_optional(db)
        .await?),
        RowName::Task { id, version } => Ok(sqlx::query_as!(
            Standing,
            r#"select t.id as thing, 'hand_task' as "kind!", '' as "subject!", t.due_at, t.version::text as "mark!"
               from hand_task t where t.id = $1 and t.version = $2 and t.state = 'open' and (t.owner = $3 or t.giver = $3)"#,
            id.0,
            version,
            by.person().map(|person| person.0),
        )
        .fetch_optional(db)
        .await?),
    }
}

/// Puts a row off; what has come back by itself is forgotten by the way.
pub(super) async fn put_off(
    db: &mut PgConnection,
    by: &By,
    row: &Standing,
    until: DateTime<Utc>,
    act: Uuid,
) -> Result<()> {
    let me = by.person().map(|person| person.0);
    sqlx::query!(
        "delete from snooze where person = $1 and until_at <= $2",
        me,
        by.at
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into snooze (person, thing, kind, subject, mark, until_at, act) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (person, thing, kind, subject) do update set mark = $5, until_at = $6, act = $7",
        me,
        row.thing,
        row.kind,
        row.subject,
        row.mark,
        until,
        act,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Brings one row back; false when it was not put off.
pub(super) async fn bring_back(db: &mut PgConnection, by: &By, row: &Standing) -> Result<bool> {
    let gone = sqlx::query!(
        "delete from snooze where person = $1 and thing = $2 and kind = $3 and subject = $4",
        by.person().map(|person| person.0),
        row.thing,
        row.kind,
        row.subject,
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected() > 0)
}

/// Brings back all that she put off in one act, and says what that was.
pub(super) async fn undo(db: &mut PgConnection, by: &By, act: Uuid) -> Result<Vec<HomeRow>> {
    let back = sqlx::query_as!(
        HomeRow,
        "delete from snooze where person = $1 and act = $2 returning thing, kind, subject",
        by.person().map(|person| person.0),
        act,
    )
    .fetch_all(db)
    .await?;
    Ok(back)
}
