//! Timeline 时间线: what happened to one thing, newest first, in the reader's language.

use super::event::{Change, Event};
use super::sql;
use crate::base::{Lang, T};
use crate::web::Result;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// One entry as it is shown.
#[derive(Clone, Debug)]
pub struct Entry {
    pub seq: i64,
    pub at: DateTime<Utc>,
    /// Who did it; the house itself has no name.
    pub who: Option<String>,
    /// For whom, when a deputy decided.
    pub on_behalf_of: Option<String>,
    pub text: String,
    pub changes: Vec<Change>,
    /// What happened, where a page says it in other words or leaves something out.
    pub event: Event,
}

/// Entries of one stream before `before` (exclusive), newest first.
pub async fn read(
    db: &mut PgConnection,
    stream: &str,
    lang: Lang,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Entry>> {
    read_kinds(db, stream, lang, &[], (before, limit)).await
}

/// The same, of events of these kinds only; no kinds means all of them.
pub async fn read_kinds(
    db: &mut PgConnection,
    stream: &str,
    lang: Lang,
    kinds: &[String],
    (before, limit): (Option<i64>, i64),
) -> Result<Vec<Entry>> {
    let rows = sql::newest(db, stream, kinds, before.unwrap_or(i64::MAX), limit).await?;
    rows.into_iter()
        .map(|row| {
            let event: Event = serde_json::from_value(row.payload)?;
            let name = |zh: Option<String>, en: Option<String>| match lang {
                Lang::Zh => zh,
                Lang::En => en,
            };
            Ok(Entry {
                seq: row.seq,
                at: row.at,
                who: name(row.name_zh, row.name_en),
                on_behalf_of: name(row.for_zh, row.for_en),
                text: event.tell(T(lang)),
                changes: event.changes().to_vec(),
                event,
            })
        })
        .collect()
}

/// One entry of the audit: which thing, who, what.
#[derive(Clone, Debug)]
pub struct Audited {
    pub stream: String,
    pub entry: Entry,
}

/// Entries of all streams of these kinds (`person`, `customer`, `order` …) before `before`, newest first.
pub async fn audit(
    db: &mut PgConnection,
    kinds: &[&str],
    lang: Lang,
    before: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Audited>> {
    let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
    let rows = sql::audit(db, &kinds, before, limit).await?;
    rows.into_iter()
        .map(|row| {
            let event: Event = serde_json::from_value(row.payload)?;
            Ok(Audited {
                stream: row.stream,
                entry: Entry {
                    seq: row.seq,
                    at: row.at,
                    who: match lang {
                        Lang::Zh => row.name_zh,
                        Lang::En => row.name_en,
                    },
                    on_behalf_of: None,
                    text: event.tell(T(lang)),
                    changes: event.changes().to_vec(),
                    event,
                },
            })
        })
        .collect()
}
