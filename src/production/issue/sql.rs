//! Every statement of issues, nothing else.

use super::stage::Stage;
use super::thing::{Affected, Agreed, Bearer, Issue, Kind, Severity};
use crate::base::{LineId, Money, Party, RelayId};
use crate::orders::{Order, OrderAct};
use crate::production::outside::Said;
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

struct Row {
    id: Uuid,
    number: i32,
    kind: String,
    severity: String,
    stage: String,
    title: String,
    impact: String,
    from_side: String,
    from_who: String,
    reported_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    question_relay: Option<Uuid>,
    conveyance_relay: Option<Uuid>,
    customer_concerned: Option<bool>,
    result: String,
    bearer: String,
    amount: Option<Decimal>,
    currency: Option<String>,
    agreed_who: String,
    agreed_channel: String,
    agreed_words: String,
    agreed_at: Option<DateTime<Utc>>,
    agreed_on: Option<NaiveDate>,
    acknowledged_who: String,
    acknowledged_words: String,
    resolution: String,
    drop_reason: String,
    since: DateTime<Utc>,
    version: i32,
    lines: serde_json::Value,
}

impl Row {
    /// Stage and its columns are decoded together; a combination that cannot be is an error with the row's id.
    #[expect(
        clippy::too_many_lines,
        reason = "the columns of one row, each decoded"
    )]
    fn issue(self) -> Result<Issue> {
        let id = self.id;
        let bad = |what: &str| Error::Broken(anyhow!("issue {id}: unreadable {what}"));
        let stage = Stage::parse(&self.stage).ok_or_else(|| bad("stage"))?;
        let agreed = match self.agreed_at {
            Some(at) => Some(Agreed {
                bearer: Bearer::parse(&self.bearer).ok_or_else(|| bad("bearer"))?,
                amount: match (self.amount, self.currency.as_deref()) {
                    (Some(amount), Some(currency)) => Some(Money::new(
                        amount,
                        crate::base::Currency::parse(currency).ok_or_else(|| bad("currency"))?,
                    )),
                    _ => None,
                },
                result: self.result,
                customer_concerned: self.customer_concerned.unwrap_or(true),
                who: self.agreed_who,
                channel: self.agreed_channel,
                on: self.agreed_on.unwrap_or(at.date_naive()),
                words: self.agreed_words,
                at,
            }),
            None => None,
        };
        let lines: Vec<Affected> = serde_json::from_value(self.lines)?;
        Ok(Issue {
            id,
            number: self.number,
            kind: Kind::parse(&self.kind).ok_or_else(|| bad("kind"))?,
            severity: Severity::parse(&self.severity).ok_or_else(|| bad("severity"))?,
            stage,
            title: self.title,
            impact: self.impact,
            from: Party::parse(&self.from_side).ok_or_else(|| bad("side"))?,
            from_who: self.from_who,
            reported_at: self.reported_at,
            due_at: self.due_at,
            question: self.question_relay.map(RelayId),
            conveyance: self.conveyance_relay.map(RelayId),
            agreed,
            acknowledged_who: self.acknowledged_who,
            acknowledged_words: self.acknowledged_words,
            resolution: self.resolution,
            drop_reason: self.drop_reason,
            since: self.since,
            version: self.version,
            lines,
        })
    }
}

/// All issues of the order, newest first; `number` picks one of them.
pub(super) async fn read(
    db: &mut PgConnection,
    order: &Order,
    number: Option<i32>,
) -> Result<Vec<Issue>> {
    let (from, until) = number.map_or((0, i32::MAX), |number| (number, number));
    sqlx::query_as!(
        Row,
        r#"select i.id, i.number, i.kind, i.severity, i.stage, i.title, i.impact, i.from_side, i.from_who, i.reported_at,
               i.due_at, i.question_relay, i.conveyance_relay, i.customer_concerned, i.result, i.bearer, i.amount,
               i.currency::text as currency, i.agreed_who, i.agreed_channel, i.agreed_words, i.agreed_at, i.agreed_on,
               i.acknowledged_who, i.acknowledged_words, i.resolution, i.drop_reason, i.since, i.version,
               coalesce((select jsonb_agg(jsonb_build_object('line', a.order_line, 'item_no', l.item_no,
                       'colour', l.colour, 'unit', l.unit, 'quantity', a.quantity::text) order by l.pos)
                   from issue_line a join order_line l on l.id = a.order_line where a.issue = i.id), '[]') as "lines!"
           from issue i where i.order_id = $1 and i.number between $2 and $3 order by i.number desc limit 300"#,
        order.id().0,
        from,
        until,
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(Row::issue)
    .collect()
}

/// What is reported, before it has a number.
#[derive(Clone, Debug)]
pub struct Reported {
    pub kind: Kind,
    pub severity: Severity,
    pub title: String,
    pub impact: String,
    pub from: Party,
    pub who: String,
    pub channel: String,
    pub due_at: Option<DateTime<Utc>>,
    pub inspection: Option<Uuid>,
    pub lines: Vec<(LineId, Option<Decimal>)>,
}

/// Writes it with the next number of the order; the order is locked by the act.
pub(super) async fn insert(
    act: &mut OrderAct,
    id: Uuid,
    reported: &Reported,
    due_at: DateTime<Utc>,
) -> Result<i32> {
    let (order, at, person) = (act.order.id(), act.by.at, act.by.person());
    let number = sqlx::query_scalar!(
        r#"insert into issue (id, order_id, number, kind, severity, stage, title, impact, from_side, from_who,
               from_channel, reported_by, reported_at, due_at, inspection, since)
           select $1, $2, coalesce(max(i.number), 0) + 1, $3, $4, 'reported', $5, $6, $7, $8, $9, $10, $11, $12, $13, $11
           from issue i where i.order_id = $2 returning number"#,
        id,
        order.0,
        reported.kind.code(),
        reported.severity.code(),
        reported.title,
        reported.impact,
        reported.from.code(),
        reported.who,
        reported.channel,
        person.map(|id| id.0),
        at,
        due_at,
        reported.inspection,
    )
    .fetch_one(act.tx())
    .await?;
    let ids: Vec<Uuid> = reported.lines.iter().map(|(line, _)| line.0).collect();
    let quantities: Vec<Option<Decimal>> = reported.lines.iter().map(|(_, much)| *much).collect();
    sqlx::query!(
        "insert into issue_line (issue, order_line, quantity)
         select $1, l.id, t.quantity from unnest($3::uuid[], $4::numeric[]) as t (line, quantity)
         join order_line l on l.id = t.line and l.order_id = $2",
        id,
        order.0,
        &ids,
        &quantities as &[Option<Decimal>],
    )
    .execute(act.tx())
    .await?;
    Ok(number)
}

/// Moves the stage where the version is still the one read.
pub(super) async fn save_stage(act: &mut OrderAct, issue: &Issue, stage: Stage) -> Result<()> {
    let at = act.by.at;
    save_stage_since(act, issue, stage, at).await
}

/// Something of it was written down beside its stage; whoever has its page open is told.
pub(super) async fn touch(act: &mut OrderAct, issue: &Issue) -> Result<()> {
    save_stage_since(act, issue, issue.stage, issue.since).await
}

async fn save_stage_since(
    act: &mut OrderAct,
    issue: &Issue,
    stage: Stage,
    since: DateTime<Utc>,
) -> Result<()> {
    let saved = sqlx::query!(
        "update issue set stage = $3, since = $4, version = version + 1 where id = $1 and version = $2",
        issue.id,
        issue.version,
        stage.code(),
        since,
    )
    .execute(act.tx())
    .await?;
    if saved.rows_affected() == 1 {
        Ok(())
    } else {
        Err(super::thing::Refusal::Meanwhile {
            number: issue.number,
        }
        .into())
    }
}

pub(super) async fn note_question(act: &mut OrderAct, id: Uuid, relay: RelayId) -> Result<()> {
    sqlx::query!(
        "update issue set question_relay = $2 where id = $1",
        id,
        relay.0
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_result(act: &mut OrderAct, id: Uuid, agreed: &Agreed) -> Result<()> {
    sqlx::query!(
        "update issue set result = $2, bearer = $3, amount = $4, currency = $5, customer_concerned = $6, agreed_who = $7,
             agreed_channel = $8, agreed_words = $9, agreed_at = $10, agreed_on = $11 where id = $1",
        id,
        agreed.result,
        agreed.bearer.code(),
        agreed.amount.map(|money| money.amount),
        agreed.amount.map(|money| money.currency.as_str().to_owned()),
        agreed.customer_concerned,
        agreed.who,
        agreed.channel,
        agreed.words,
        agreed.at,
        agreed.on,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_conveyance(act: &mut OrderAct, id: Uuid, relay: RelayId) -> Result<()> {
    sqlx::query!(
        "update issue set conveyance_relay = $2 where id = $1",
        id,
        relay.0
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_acknowledgement(act: &mut OrderAct, id: Uuid, said: &Said) -> Result<()> {
    sqlx::query!(
        "update issue set acknowledged_who = $2, acknowledged_channel = $3, acknowledged_words = $4,
             acknowledged_on = $5 where id = $1",
        id,
        said.who,
        said.channel,
        said.words,
        said.on,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_resolution(act: &mut OrderAct, id: Uuid, words: &str) -> Result<()> {
    sqlx::query!("update issue set resolution = $2 where id = $1", id, words)
        .execute(act.tx())
        .await?;
    Ok(())
}

pub(super) async fn note_drop(act: &mut OrderAct, id: Uuid, reason: &str) -> Result<()> {
    sqlx::query!(
        "update issue set drop_reason = $2 where id = $1",
        id,
        reason
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// Whether goods of the order have left: a claim waits for that.
pub(super) async fn has_sailed(act: &mut OrderAct) -> Result<bool> {
    let order = act.order.id();
    Ok(sqlx::query_scalar!(
        r#"select exists (select from order_line l join shipment_line x on x.order_line = l.id
               join shipment s on s.id = x.shipment
               where l.order_id = $1 and s.stage in ('departed', 'arrived')) as "sailed!""#,
        order.0,
    )
    .fetch_one(act.tx())
    .await?)
}

/// Number of a change order that came of it and is still on its way.
pub(super) async fn open_change(act: &mut OrderAct, issue: Uuid) -> Result<Option<i32>> {
    let order = act.order.id();
    Ok(sqlx::query_scalar!(
        "select number from change_order where order_id = $1 and issue = $2 and stage = 'raised' order by number limit 1",
        order.0,
        issue,
    )
    .fetch_optional(act.tx())
    .await?)
}
