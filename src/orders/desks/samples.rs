//! What the order reads of the desk samples 样品: the newest round of every sample note that is not void, and the parcels
//! that still want something of us.

use super::super::open_items::OpenItem;
use super::sample_items;
use crate::base::OrderId;
use crate::base::calendar::Calendar;
use crate::orders::Facts;
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;

/// Newest round of every sample note that is not void.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts of one desk, each asked on its own"
)]
pub struct SampleFacts {
    pub rounds: i64,
    pub all_signed: bool,
    pub all_sent: bool,
    pub all_acknowledged: bool,
    pub all_received: bool,
    pub all_dispatched: bool,
    pub all_numbers_passed_on: bool,
    pub all_approved: bool,
    pub comments_carried_over: bool,
    pub notes: Vec<Round>,
    /// Parcels that are packed, or whose number is neither passed on nor owed in the ledger.
    pub parcels: Vec<OwedParcel>,
}

/// Where a round of a sample note stands, in the order of its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RoundStage {
    Draft,
    Returned,
    Submitted,
    Signed,
    Sent,
    Acknowledged,
    Received,
}

/// How far a round's parcel came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    None,
    /// Lost or come back, and no other parcel follows.
    Failed,
    Packed,
    Dispatched,
    /// The customer has its number, or the parcel itself, since then.
    PassedOn(DateTime<Utc>),
}

/// The newest round of a sample.
#[derive(Clone, Debug)]
pub struct Round {
    /// As it stands in its address: `2-1`.
    pub name: String,
    pub stage: RoundStage,
    pub since: DateTime<Utc>,
    pub required_on: Option<NaiveDate>,
    pub way: Way,
    pub approved: bool,
}

#[derive(Clone, Debug)]
pub struct OwedParcel {
    pub number: i32,
    /// With the courier; its number is not passed on.
    pub left: bool,
    pub samples: bool,
    pub since: DateTime<Utc>,
}

#[derive(serde::Deserialize)]
struct RoundRow {
    name: String,
    stage: String,
    since: DateTime<Utc>,
    required_on: Option<NaiveDate>,
    /// Stages of the parcels it is in, newest parcel first, each with its moment.
    ways: Vec<WayRow>,
    verdicts: Vec<VerdictRow>,
}

#[derive(serde::Deserialize)]
struct WayRow {
    stage: String,
    at: DateTime<Utc>,
}

#[derive(serde::Deserialize)]
struct VerdictRow {
    verdict: String,
    carried: bool,
}

#[derive(serde::Deserialize)]
struct ParcelRow {
    number: i32,
    stage: String,
    kind: String,
    since: DateTime<Utc>,
    /// The relay of its number is open, and is the item of it.
    in_ledger: bool,
}

pub(in crate::orders) async fn load(db: &mut PgConnection, order: OrderId) -> Result<SampleFacts> {
    let row = sqlx::query!(
        r#"select
               coalesce((select jsonb_agg(jsonb_build_object('name', n.sample || '-' || n.round, 'stage', n.stage,
                       'since', coalesce(
                           (select g.at from sample_receipt g where g.note = n.id),
                           case when n.stage = 'acknowledged' then n.acknowledged_at end,
                           case when n.stage = 'sent' then n.sent_at end,
                           case when n.stage = 'signed' then n.signed_at end,
                           case when n.stage in ('submitted', 'returned') then n.submitted_at end, n.created_at),
                       'required_on', n.required_on,
                       'ways', coalesce((select jsonb_agg(jsonb_build_object('stage', w.stage,
                               'at', coalesce(w.passed_at, w.dispatched_at, w.packed_at)) order by w.number desc)
                           from parcel w join parcel_sample s on s.parcel = w.id where s.note = n.id), '[]'),
                       'verdicts', coalesce((select jsonb_agg(jsonb_build_object('verdict', v.verdict,
                               'carried', v.carried_at is not null)) from sample_verdict v where v.note = n.id), '[]')
                       ) order by n.sample)
                   from sample_note n where n.order_id = $1 and n.stage not in ('superseded', 'void')), '[]') as "rounds!",
               coalesce((select jsonb_agg(jsonb_build_object('number', w.number, 'stage', w.stage, 'kind', w.kind,
                       'since', coalesce(w.dispatched_at, w.packed_at),
                       'in_ledger', exists (select from relay r join relay_receipt t on t.relay = r.id
                           where r.order_id = $1 and r.kind = 'tracking_number' and r.subject_key = w.number::text
                               and r.withdrawn_at is null and t.passed_at is null)) order by w.number)
                   from parcel w where w.order_id = $1 and w.stage in ('packed', 'dispatched')), '[]') as "parcels!""#,
        order.0,
    )
    .fetch_one(db)
    .await?;
    read(
        serde_json::from_value(row.rounds)?,
        serde_json::from_value(row.parcels)?,
    )
}

/// What stands open on this desk.
pub(in crate::orders) fn items(facts: &Facts, calendar: &Calendar, items: &mut Vec<OpenItem>) {
    items.extend(sample_items::items(facts, calendar));
}

fn stage(text: &str) -> Option<RoundStage> {
    Some(match text {
        "draft" => RoundStage::Draft,
        "submitted" => RoundStage::Submitted,
        "returned" => RoundStage::Returned,
        "signed" => RoundStage::Signed,
        "sent" => RoundStage::Sent,
        "acknowledged" => RoundStage::Acknowledged,
        "received" => RoundStage::Received,
        _ => return None,
    })
}

/// The furthest a round came: a parcel that is lost or came back brought nothing.
fn way(rows: &[WayRow]) -> Way {
    // One that was never sent is as if it had not been packed.
    let rows: Vec<&WayRow> = rows
        .iter()
        .filter(|row| row.stage != "called_off")
        .collect();
    let of = |wanted: &[&str]| rows.iter().find(|row| wanted.contains(&row.stage.as_str()));
    if let Some(row) = of(&["delivered", "number_passed_on"]) {
        Way::PassedOn(row.at)
    } else if of(&["dispatched"]).is_some() {
        Way::Dispatched
    } else if of(&["packed"]).is_some() {
        Way::Packed
    } else if rows.is_empty() {
        Way::None
    } else {
        Way::Failed
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
fn read(rounds: Vec<RoundRow>, parcels: Vec<ParcelRow>) -> Result<SampleFacts> {
    let mut facts = SampleFacts {
        comments_carried_over: true,
        ..SampleFacts::default()
    };
    for row in rounds {
        let stage = stage(&row.stage)
            .ok_or_else(|| Error::Broken(anyhow!("sample {}: unreadable stage", row.name)))?;
        facts.comments_carried_over &= row
            .verdicts
            .iter()
            .all(|one| one.verdict != "approved_with_comments" || one.carried);
        facts.notes.push(Round {
            approved: !row.verdicts.is_empty()
                && row.verdicts.iter().all(|one| one.verdict != "rejected"),
            way: way(&row.ways),
            name: row.name,
            stage,
            since: row.since,
            required_on: row.required_on,
        });
    }
    facts.parcels = parcels
        .into_iter()
        .filter(|row| row.stage == "packed" || !row.in_ledger)
        .map(|row| OwedParcel {
            number: row.number,
            left: row.stage == "dispatched",
            samples: row.kind == "samples",
            since: row.since,
        })
        .collect();
    let all = |holds: fn(&Round) -> bool| !facts.notes.is_empty() && facts.notes.iter().all(holds);
    facts.all_signed = all(|note| note.stage >= RoundStage::Signed);
    facts.all_sent = all(|note| note.stage >= RoundStage::Sent);
    facts.all_acknowledged = all(|note| note.stage >= RoundStage::Acknowledged);
    facts.all_received = all(|note| note.stage >= RoundStage::Received);
    facts.all_dispatched = all(|note| matches!(note.way, Way::Dispatched | Way::PassedOn(_)));
    facts.all_numbers_passed_on = all(|note| matches!(note.way, Way::PassedOn(_)));
    facts.all_approved = all(|note| note.approved);
    facts.rounds = i64::try_from(facts.notes.len()).unwrap_or(i64::MAX);
    Ok(facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    fn round(name: &str, stage: &str, ways: &[&str], verdict: Option<(&str, bool)>) -> RoundRow {
        RoundRow {
            name: name.to_owned(),
            stage: stage.to_owned(),
            since: at(),
            required_on: None,
            ways: ways
                .iter()
                .map(|stage| WayRow {
                    stage: (*stage).to_owned(),
                    at: at(),
                })
                .collect(),
            verdicts: verdict
                .map(|(verdict, carried)| VerdictRow {
                    verdict: verdict.to_owned(),
                    carried,
                })
                .into_iter()
                .collect(),
        }
    }

    fn facts(rounds: Vec<RoundRow>) -> SampleFacts {
        read(rounds, Vec::new()).unwrap()
    }

    #[test]
    fn one_note_that_is_behind_holds_all() {
        let facts = facts(vec![
            round(
                "1-1",
                "received",
                &["number_passed_on"],
                Some(("approved", false)),
            ),
            round("2-1", "sent", &[], None),
        ]);
        assert!(facts.all_signed && facts.all_sent && !facts.all_acknowledged);
        assert!(!facts.all_received && !facts.all_approved && facts.rounds == 2);
    }

    #[test]
    fn without_a_note_nothing_holds() {
        let facts = facts(Vec::new());
        assert!(!facts.all_signed && !facts.all_received && !facts.all_approved);
    }

    #[test]
    fn a_lost_parcel_brought_nothing_and_the_next_one_counts() {
        let lost = facts(vec![round("1-1", "received", &["lost"], None)]);
        assert!(!lost.all_dispatched && lost.notes[0].way == Way::Failed);
        let again = facts(vec![round("1-1", "received", &["delivered", "lost"], None)]);
        assert!(again.all_dispatched && again.all_numbers_passed_on);
    }

    #[test]
    fn a_comment_that_is_not_in_the_order_holds_the_step() {
        let verdict = |carried| Some(("approved_with_comments", carried));
        let open = facts(vec![round(
            "1-1",
            "received",
            &["delivered"],
            verdict(false),
        )]);
        assert!(open.all_approved && !open.comments_carried_over);
        let carried = facts(vec![round(
            "1-1",
            "received",
            &["delivered"],
            verdict(true),
        )]);
        assert!(carried.comments_carried_over);
    }
}
