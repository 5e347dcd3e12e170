//! Statements of what was said about an issue, and of its files.

use super::thing::{Issue, Message};
use crate::base::{Audience, FileId, Party, RelayId};
use crate::orders::{Order, OrderAct};
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(serde::Deserialize)]
struct FileRow {
    id: FileId,
    name: String,
    media: String,
}

/// The thread, oldest first.
#[expect(
    clippy::too_many_lines,
    reason = "mostly one statement and its columns"
)]
pub(super) async fn messages(
    db: &mut PgConnection,
    order: &Order,
    issue: &Issue,
) -> Result<Vec<Message>> {
    let rows = sqlx::query!(
        r#"select m.id, m.number, m.audience, m.from_side, m.who, m.channel, m.words, m.lang, m.at, m.relay, m.said_on,
               coalesce(p.name_zh, '') as "name_zh!", r.number as "crossed?",
               (select bool_and(t.passed_at is not null) from relay_receipt t where t.relay = m.relay) as "passed?",
               coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'media', s.media) order by s.at, s.id)
                   from issue_file f join stored_file s on s.id = f.file where f.message = m.id), '[]') as "files!"
           from issue i join issue_message m on m.issue = i.id left join person p on p.id = m.person
           left join relay r on r.id = m.relay
           where i.order_id = $1 and i.id = $2 order by m.number limit 500"#,
        order.id().0,
        issue.id,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let bad =
                |what: &str| Error::Broken(anyhow!("issue message {}: unreadable {what}", row.id));
            let from = Party::parse(&row.from_side).ok_or_else(|| bad("side"))?;
            let files: Vec<FileRow> = serde_json::from_value(row.files)?;
            Ok(Message {
                audience: Audience::parse(&row.audience).ok_or_else(|| bad("audience"))?,
                who: if from == Party::Us {
                    row.name_zh.clone()
                } else {
                    row.who
                },
                noted_by: row.name_zh,
                on: row.said_on,
                crossed: row
                    .crossed
                    .map(|number| (number, row.passed.unwrap_or(false))),
                files: files
                    .into_iter()
                    .map(|file| (file.id, file.name, file.media))
                    .collect(),
                id: row.id,
                number: row.number,
                channel: row.channel,
                words: row.words,
                lang: row.lang,
                at: row.at,
                relay: row.relay.map(RelayId),
                from,
            })
        })
        .collect()
}

/// What is said, before it has a number.
#[derive(Clone, Debug)]
pub(super) struct Saying {
    pub audience: Audience,
    pub from: Party,
    pub who: String,
    pub channel: String,
    /// The day a side said it; none is what we write.
    pub on: Option<NaiveDate>,
    pub words: String,
    pub lang: &'static str,
    pub relay: Option<RelayId>,
}

pub(super) async fn insert(
    act: &mut OrderAct,
    issue: Uuid,
    saying: &Saying,
) -> Result<(Uuid, i32)> {
    let (order, at, person) = (act.order.id(), act.by.at, act.by.person());
    let id = crate::base::fresh(at);
    let number = sqlx::query_scalar!(
        r#"insert into issue_message (id, issue, number, audience, from_side, who, channel, words, lang, at, person, relay,
               said_on)
           select $1, i.id, coalesce((select max(m.number) from issue_message m where m.issue = i.id), 0) + 1, $4, $5, $6,
               $7, $8, $9, $10, $11, $12, $13
           from issue i where i.order_id = $2 and i.id = $3 returning number"#,
        id,
        order.0,
        issue,
        saying.audience.code(),
        saying.from.code(),
        saying.who,
        saying.channel,
        saying.words,
        saying.lang,
        at,
        person.map(|id| id.0),
        saying.relay.map(|id| id.0),
        saying.on,
    )
    .fetch_one(act.tx())
    .await?;
    Ok((id, number))
}

/// The message has been put to the other side by this relay.
pub(super) async fn note_relay(act: &mut OrderAct, message: Uuid, relay: RelayId) -> Result<()> {
    sqlx::query!(
        "update issue_message set relay = $2 where id = $1 and relay is null",
        message,
        relay.0
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// What the factory said and nobody has put across goes with this relay.
pub(super) async fn note_crossed(act: &mut OrderAct, issue: Uuid, relay: RelayId) -> Result<()> {
    sqlx::query!(
        "update issue_message set relay = $2 where issue = $1 and from_side = 'factory' and relay is null",
        issue,
        relay.0
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn attach(
    act: &mut OrderAct,
    issue: Uuid,
    message: Option<Uuid>,
    files: &[FileId],
) -> Result<()> {
    let files: Vec<Uuid> = files.iter().map(|file| file.0).collect();
    sqlx::query!(
        "insert into issue_file (issue, file, message) select $1, f, $2 from unnest($3::uuid[]) as f",
        issue,
        message,
        &files,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}
