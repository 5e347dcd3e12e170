//! Every statement of change orders, nothing else.

use super::fields::Asks;
use super::stage::Stage;
use super::thing::{Answer, Asked, ChangeOrder, Refusal};
use crate::base::{FileId, LineId, PersonId, RelayId};
use crate::orders::amending::Cell;
use crate::orders::{Order, OrderAct};
use crate::production::outside::Said;
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Deserialize)]
struct LineRow {
    line: i32,
    order_line: LineId,
    pos: i32,
    name: String,
    factory: String,
    at: Option<DateTime<Utc>>,
    who: String,
    channel: String,
    words: String,
}

struct Row {
    id: Uuid,
    number: i32,
    stage: String,
    issue: Option<i32>,
    wished_by: String,
    reason: String,
    content_hash: Vec<u8>,
    raised_by: Uuid,
    raised_at: DateTime<Utc>,
    customer_relay: Option<Uuid>,
    factory_relay: Option<Uuid>,
    approved_at: Option<DateTime<Utc>>,
    agreed_at: Option<DateTime<Utc>>,
    agreed_who: String,
    agreed_channel: String,
    agreed_words: String,
    refused_by: String,
    refused_who: String,
    end_words: String,
    ended_at: Option<DateTime<Utc>>,
    version: i32,
    cells: serde_json::Value,
    lines: serde_json::Value,
}

impl Row {
    #[expect(
        clippy::too_many_lines,
        reason = "the columns of one row, each decoded"
    )]
    fn change(self) -> Result<ChangeOrder> {
        let stage = Stage::parse(&self.stage)
            .ok_or_else(|| Error::Broken(anyhow!("change order {}: unreadable stage", self.id)))?;
        let cells: Vec<Cell> = serde_json::from_value(self.cells)?;
        let lines: Vec<LineRow> = serde_json::from_value(self.lines)?;
        Ok(ChangeOrder {
            id: self.id,
            number: self.number,
            stage,
            issue: self.issue,
            wished_by: self.wished_by,
            reason: self.reason,
            hash: self.content_hash,
            asks: Asks::all(&cells),
            raised_by: PersonId(self.raised_by),
            raised_at: self.raised_at,
            customer_relay: self.customer_relay.map(RelayId),
            factory_relay: self.factory_relay.map(RelayId),
            approved_at: self.approved_at,
            agreed: self.agreed_at.map(|at| Answer {
                at,
                who: self.agreed_who,
                channel: self.agreed_channel,
                words: self.agreed_words,
            }),
            refused_by: self.refused_by,
            refused_who: self.refused_who,
            end_words: self.end_words,
            ended_at: self.ended_at,
            version: self.version,
            lines: lines
                .into_iter()
                .map(|row| Asked {
                    line: row.line,
                    order_line: row.order_line,
                    pos: row.pos,
                    name: row.name,
                    factory: row.factory,
                    acknowledged: row.at.map(|at| Answer {
                        at,
                        who: row.who,
                        channel: row.channel,
                        words: row.words,
                    }),
                })
                .collect(),
            cells,
        })
    }
}

/// All change orders of the order, newest first; `number` picks one of them.
pub(super) async fn read(
    db: &mut PgConnection,
    order: &Order,
    number: Option<i32>,
) -> Result<Vec<ChangeOrder>> {
    let (from, until) = number.map_or((0, i32::MAX), |number| (number, number));
    sqlx::query_as!(
        Row,
        r#"select c.id, c.number, c.stage, i.number as "issue?", c.wished_by, c.reason, c.content_hash, c.raised_by,
               c.raised_at, c.customer_relay, c.factory_relay, c.approved_at, c.agreed_at, c.agreed_who,
               c.agreed_channel, c.agreed_words, c.refused_by, c.refused_who, c.end_words, c.ended_at, c.version,
               (select jsonb_agg(jsonb_build_object('line', f.order_line, 'field', f.field, 'old', f.old_value,
                   'new', f.new_value) order by f.place)
                   from change_order_field f where f.change_order = c.id) as "cells!",
               coalesce((select jsonb_agg(jsonb_build_object('line', k.line, 'order_line', k.order_line,
                       'pos', l.pos, 'factory', party_name(l.factory),
                       'name', trim(l.item_no || ' ' || l.colour), 'at', k.acknowledged_at, 'who', k.acknowledged_who,
                       'channel', k.acknowledged_channel, 'words', k.acknowledged_words) order by k.line)
                   from change_order_line k join order_line l on l.id = k.order_line
                   where k.change_order = c.id), '[]') as "lines!"
           from change_order c left join issue i on i.id = c.issue
           where c.order_id = $1 and c.number between $2 and $3 order by c.number desc limit 200"#,
        order.id().0,
        from,
        until,
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(Row::change)
    .collect()
}

/// A change as it is raised.
#[derive(Clone, Debug)]
pub struct Wish {
    pub issue: Option<i32>,
    /// `us`, `factory` or `customer`
    pub wished_by: String,
    pub reason: String,
    pub cells: Vec<Cell>,
}

pub(super) async fn issue_id(act: &mut OrderAct, number: i32) -> Result<Option<Uuid>> {
    let order = act.order.id();
    Ok(sqlx::query_scalar!(
        "select id from issue where order_id = $1 and number = $2",
        order.0,
        number,
    )
    .fetch_optional(act.tx())
    .await?)
}

/// Writes it with the next number of the order, its fields and the lines the factory is asked about.
pub(super) async fn insert(
    act: &mut OrderAct,
    wish: &Wish,
    issue: Option<Uuid>,
    (asks, hash, lines): (Asks, &[u8], &[LineId]),
) -> Result<(Uuid, i32)> {
    let (order, at) = (act.order.id(), act.by.at);
    let person = act.by.person().ok_or(Error::SignIn)?;
    let id = crate::base::fresh(at);
    let number = sqlx::query_scalar!(
        r#"insert into change_order (id, order_id, number, stage, issue, wished_by, reason, content_hash, asks_manager,
               asks_customer, amends_proforma, raised_by, raised_at, since)
           select $1, $2, coalesce(max(c.number), 0) + 1, 'raised', $3, $4, $5, $6, $7, $8, $9, $10, $11, $11
           from change_order c where c.order_id = $2 returning number"#,
        id,
        order.0,
        issue,
        wish.wished_by,
        wish.reason,
        hash,
        asks.manager,
        asks.customer,
        asks.proforma,
        person.0,
        at,
    )
    .fetch_one(act.tx())
    .await?;
    insert_fields(act, id, &wish.cells).await?;
    let lines: Vec<Uuid> = lines.iter().map(|line| line.0).collect();
    sqlx::query!(
        "insert into change_order_line (change_order, order_line, line)
         select $1, l.id, l.place from unnest($2::uuid[]) with ordinality as l (id, place)",
        id,
        &lines,
    )
    .execute(act.tx())
    .await?;
    Ok((id, number))
}

async fn insert_fields(act: &mut OrderAct, id: Uuid, cells: &[Cell]) -> Result<()> {
    let text = |of: fn(&Cell) -> &str| -> Vec<String> {
        cells.iter().map(|cell| of(cell).to_owned()).collect()
    };
    let lines: Vec<Option<Uuid>> = cells
        .iter()
        .map(|cell| cell.line.map(|line| line.0))
        .collect();
    sqlx::query!(
        "insert into change_order_field (change_order, place, order_line, field, old_value, new_value)
         select $1, f.place, f.line, f.field, f.old, f.new
         from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) with ordinality as f (line, field, old, new, place)",
        id,
        &lines as &[Option<Uuid>],
        &text(|cell| &cell.field),
        &text(|cell| &cell.old),
        &text(|cell| &cell.new),
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_relays(
    act: &mut OrderAct,
    id: Uuid,
    customer: Option<RelayId>,
    factory: Option<RelayId>,
) -> Result<()> {
    sqlx::query!(
        "update change_order set customer_relay = $2, factory_relay = $3 where id = $1",
        id,
        customer.map(|id| id.0),
        factory.map(|id| id.0),
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// The change moves on where its version is still the one read.
pub(super) async fn touch(act: &mut OrderAct, change: &ChangeOrder) -> Result<()> {
    let at = act.by.at;
    let saved = sqlx::query!(
        "update change_order set since = $3, version = version + 1 where id = $1 and version = $2",
        change.id,
        change.version,
        at,
    )
    .execute(act.tx())
    .await?;
    if saved.rows_affected() == 1 {
        Ok(())
    } else {
        Err(Refusal::Meanwhile {
            number: change.number,
        }
        .into())
    }
}

pub(super) async fn note_approval(act: &mut OrderAct, id: Uuid) -> Result<()> {
    let at = act.by.at;
    sqlx::query!(
        "update change_order set approved_at = $2 where id = $1",
        id,
        at
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_agreement(
    act: &mut OrderAct,
    id: Uuid,
    said: &Said,
    evidence: Option<FileId>,
) -> Result<()> {
    let at = act.by.at;
    sqlx::query!(
        "update change_order set agreed_at = $2, agreed_who = $3, agreed_channel = $4, agreed_words = $5, evidence = $6,
             agreed_on = $7 where id = $1",
        id,
        at,
        said.who,
        said.channel,
        said.words,
        evidence.map(|id| id.0),
        said.on,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(super) async fn note_acknowledgement(
    act: &mut OrderAct,
    id: Uuid,
    line: i32,
    said: &Said,
    evidence: Option<FileId>,
) -> Result<()> {
    let at = act.by.at;
    sqlx::query!(
        "update change_order_line set acknowledged_at = $3, acknowledged_who = $4, acknowledged_channel = $5,
             acknowledged_words = $6, evidence = $7, acknowledged_on = $8
         where change_order = $1 and line = $2 and acknowledged_at is null",
        id,
        line,
        at,
        said.who,
        said.channel,
        said.words,
        evidence.map(|id| id.0),
        said.on,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// How it ended: applied, refused by somebody, withdrawn.
#[derive(Clone, Debug)]
pub(super) struct End<'a> {
    pub stage: Stage,
    pub refused_by: &'a str,
    pub refused_who: &'a str,
    /// The day the no was said.
    pub refused_on: Option<NaiveDate>,
    pub words: &'a str,
}

pub(super) async fn end(act: &mut OrderAct, id: Uuid, end: &End<'_>) -> Result<()> {
    let (at, person, act_id) = (act.by.at, act.by.person(), act.id());
    sqlx::query!(
        "update change_order set stage = $2, ended_at = $3, ended_by = $4, refused_by = $5, refused_who = $6,
             end_words = $7, applied_act = case when $2 = 'applied' then $8::uuid end, refused_on = $9 where id = $1",
        id,
        end.stage.code(),
        at,
        person.map(|id| id.0),
        end.refused_by,
        end.refused_who,
        end.words,
        act_id.0,
        end.refused_on,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// Notes which orders to factories say what the change made untrue; answers their numbers.
pub(super) async fn note_production(
    act: &mut OrderAct,
    id: Uuid,
    lines: &[LineId],
) -> Result<Vec<i32>> {
    let order = act.order.id();
    let lines: Vec<Uuid> = lines.iter().map(|line| line.0).collect();
    Ok(sqlx::query_scalar!(
        r#"insert into change_order_production (change_order, production_number, revision)
           select $1, p.number, max(p.revision) from production_order p
           where p.order_id = $2 and p.stage not in ('draft', 'superseded', 'void', 'closed') and exists (
               select from production_order_line l where l.production_order = p.id and l.order_line = any($3))
           group by p.number returning production_number"#,
        id,
        order.0,
        &lines,
    )
    .fetch_all(act.tx())
    .await?)
}
