//! Timeline 时间线: what happened to one thing, newest first, in the reader's language.

use super::event::{Change, Event};
use super::{audit_sql, sql};
use crate::base::{Lang, PersonId, T};
use crate::web::Result;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use std::collections::BTreeMap;

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

/// What is read of a person's chain where she is looked at: her account and her tasks, and not the rows of home that she puts
/// off, which would push all else out.
const OF_A_PERSON: [&str; 14] = [
    "person_invited",
    "person_changed",
    "person_disabled",
    "person_enabled",
    "password_set",
    "password_link_made",
    "deputy_named",
    "deputy_withdrawn",
    "task_given",
    "task_changed",
    "task_done",
    "task_reopened",
    "task_handed_on",
    "task_taken_away",
];

/// Newest entries of a person's chain.
pub async fn read_person(
    db: &mut PgConnection,
    stream: &str,
    lang: Lang,
    limit: i64,
) -> Result<Vec<Entry>> {
    let kinds = OF_A_PERSON.map(str::to_owned);
    read_kinds(db, stream, lang, &kinds, (None, limit)).await
}

/// What somebody may read in the audit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// First words of streams: `person`, `customer`, `order` …
    pub kinds: Vec<String>,
    /// Departments whose orders are meant by `order`.
    pub departments: Vec<uuid::Uuid>,
    /// Whose own acts are read too, whatever they changed.
    pub own: Option<PersonId>,
}

/// What of it is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    pub person: Option<PersonId>,
    /// Number of an order.
    pub order: Option<String>,
    pub from: Option<DateTime<Utc>>,
    /// Exclusive.
    pub until: Option<DateTime<Utc>>,
}

/// A place in the audit: between two entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub at: DateTime<Utc>,
    pub stream: String,
    pub seq: i64,
}

impl Place {
    /// Before everything: the newest entry comes first.
    pub fn newest() -> Self {
        Self {
            at: end_of_time(),
            stream: String::new(),
            seq: 0,
        }
    }

    /// Before this moment, and before that place.
    fn no_later_than(&self, until: Option<DateTime<Utc>>) -> Self {
        match until.filter(|until| *until < self.at) {
            Some(at) => Self {
                at,
                ..Self::newest()
            },
            None => self.clone(),
        }
    }

    /// As it travels in an address: `microseconds.seq.stream`.
    pub fn key(&self) -> String {
        format!(
            "{}.{}.{}",
            self.at.timestamp_micros(),
            self.seq,
            self.stream
        )
    }

    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let at = DateTime::from_timestamp_micros(parts.next()?.parse().ok()?)?;
        let seq = parts.next()?.parse().ok()?;
        let stream = parts.next()?.to_owned();
        (at <= end_of_time() && at >= DateTime::UNIX_EPOCH).then_some(Self { at, stream, seq })
    }
}

/// Later than any event; PostgreSQL cannot hold all that chrono can.
fn end_of_time() -> DateTime<Utc> {
    DateTime::from_timestamp(32_503_680_000, 0).unwrap_or_default()
}

/// One entry of the audit: which thing, who, what.
#[derive(Clone, Debug)]
pub struct Audited {
    pub stream: String,
    /// Name of the thing, and the code its address has, where they are known.
    pub subject: Option<String>,
    pub code: Option<String>,
    pub entry: Entry,
}

impl Audited {
    pub fn place(&self) -> Place {
        Place {
            at: self.entry.at,
            stream: self.stream.clone(),
            seq: self.entry.seq,
        }
    }
}

/// Entries in scope that were looked for, before a place, newest first.
pub async fn audit(
    db: &mut PgConnection,
    scope: &Scope,
    sought: &Sought,
    before: &Place,
    lang: Lang,
    limit: i64,
) -> Result<Vec<Audited>> {
    let before = before.no_later_than(sought.until);
    let rows = audit_sql::audit(db, scope, sought, &before, limit).await?;
    let mut streams: Vec<String> = rows.iter().map(|row| row.stream.clone()).collect();
    streams.sort_unstable();
    streams.dedup();
    let things: BTreeMap<String, sql::About> = sql::about(db, &streams, lang)
        .await?
        .into_iter()
        .map(|about| (about.stream.clone(), about))
        .collect();
    rows.into_iter()
        .map(|row| {
            let event: Event = serde_json::from_value(row.payload)?;
            let name = |zh: Option<String>, en: Option<String>| match lang {
                Lang::Zh => zh,
                Lang::En => en,
            };
            let about = things.get(&row.stream);
            Ok(Audited {
                subject: about.and_then(|about| about.subject.clone()),
                code: about.and_then(|about| about.code.clone()),
                stream: row.stream,
                entry: Entry {
                    seq: row.seq,
                    at: row.at,
                    who: name(row.name_zh, row.name_en),
                    on_behalf_of: name(row.for_zh, row.for_en),
                    text: event.tell(T(lang)),
                    changes: event.changes().to_vec(),
                    event,
                },
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_day_is_a_place_too() {
        let at = |second| DateTime::from_timestamp(second, 0).unwrap();
        let place = Place {
            at: at(200),
            stream: "order:1".into(),
            seq: 7,
        };
        assert_eq!(place.no_later_than(None), place);
        assert_eq!(place.no_later_than(Some(at(300))), place);
        let day = place.no_later_than(Some(at(100)));
        assert_eq!((day.at, day.seq), (at(100), 0));
    }

    #[test]
    fn a_place_travels_in_an_address_and_comes_back() {
        let place = Place {
            at: DateTime::from_timestamp_micros(1_800_000_000_123_456).unwrap(),
            stream: "customer:0190".into(),
            seq: 7,
        };
        assert_eq!(Place::parse(&place.key()), Some(place));
        for bad in ["", "x", "1.2", "99999999999999999.1.order:1", "-5.1.a"] {
            assert_eq!(Place::parse(bad), None, "{bad}");
        }
    }
}
