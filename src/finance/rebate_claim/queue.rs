//! The queue of rebates: every departed shipment with its claims, and those nobody has claimed yet.

use super::{Stage, url};
use crate::base::{By, DepartmentId, PersonId, T};
use crate::finance::queue::{Asked, Line, Queue, Shown};
use crate::people::Deed;
use crate::people::relation::{InReach, Keepers, Relation};
use crate::people::rights::{self, Verdict};
use crate::web::{App, Page, Result};
use axum::extract::{RawQuery, State};
use axum::response::{Html, Response};
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

const STATES: [&str; 9] = [
    "open",
    "unclaimed",
    "collecting",
    "complete",
    "declared",
    "queried",
    "approved",
    "ended",
    "all",
];

struct Row {
    key: String,
    shipment: String,
    sequence: Option<i32>,
    number: String,
    customer: String,
    department: Uuid,
    salesperson: Uuid,
    operator: Uuid,
    exported_on: Option<NaiveDate>,
    state: String,
    invoices: i64,
    filed: i64,
    expected: Option<Decimal>,
    received: Option<Decimal>,
}

#[expect(
    clippy::too_many_lines,
    reason = "mostly one statement and its columns"
)]
async fn rows(db: &mut PgConnection, by: &By, asked: &Asked, limit: i64) -> Result<Vec<Row>> {
    let reach = InReach::of(by);
    Ok(sqlx::query_as!(
        Row,
        r#"select q.key as "key!", q.shipment as "shipment!", q.sequence as "sequence?", q.number as "number!",
               q.customer as "customer!", q.department as "department!", q.salesperson as "salesperson!",
               q.operator as "operator!", q.exported_on, q.state as "state!", q.invoices as "invoices!", q.filed as "filed!",
               q.expected, q.received as "received?"
           from (select to_char(coalesce(e.day, date '2100-01-01'), 'YYYYMMDD') || ' ' || s.number || ' '
                       || to_char(coalesce(r.sequence, 0), 'FM0000') || ' ' || o.number as key,
                   s.number as shipment, r.sequence, o.number, c.name_en as customer, o.department, o.salesperson, o.operator,
                   e.day as exported_on, coalesce(r.stage, 'unclaimed') as state,
                   (select count(*) from rebate_invoice i where i.claim = r.id) as invoices,
                   (select count(*) from rebate_filing f where f.claim = r.id) as filed,
                   coalesce(r.approved_amount, (select sum(round(round(i.gross / (1 + i.vat_rate / 100), 2)
                       * least(i.rebate_rate, i.vat_rate) / 100, 2)) from rebate_invoice i where i.claim = r.id)) as expected,
                   r.received_amount as received
               from shipment s
               join lateral (select coalesce(min(d.exported_on), s.on_board_on) as day from customs_declaration d
                   where d.shipment = s.id and d.stage not in ('revoked', 'shut_out', 'void')) e on true
               join lateral (select distinct l.order_id from shipment_line x join order_line l on l.id = x.order_line
                   where x.shipment = s.id) t on true
               join export_order o on o.id = t.order_id
               join customer c on c.id = o.customer
               left join rebate_claim r on r.shipment = s.id
               where s.stage in ('departed', 'arrived')
                   and order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)) q
           where ($4 = 'all' or q.state = $4
                   or $4 = 'open' and q.state in ('unclaimed', 'collecting', 'complete', 'declared', 'queried', 'approved')
                   or $4 = 'ended' and q.state in ('received', 'rejected', 'turned_exempt', 'taxed', 'not_applicable'))
               and ($5 = '' or strpos(lower(q.shipment || ' ' || q.number || ' ' || q.customer), lower($5)) > 0)
               and q.key > $6
           order by q.key limit $7"#,
        reach.everything,
        &reach.departments,
        reach.person,
        asked.state,
        asked.q,
        asked.after,
        limit,
    )
    .fetch_all(db)
    .await?)
}

/// Figures are for who may see the rebate of this very order.
fn sees(by: &By, row: &Row) -> bool {
    let keepers = Keepers {
        department: DepartmentId(row.department),
        salesperson: PersonId(row.salesperson),
        operator: PersonId(row.operator),
    };
    let relation = Relation::to(by, &keepers);
    rights::decide(by, &Deed::SeeRebate.into(), &relation) == Verdict::Allow
}

fn regular(exported: NaiveDate) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(exported.year() + 1, 4, 30)
}

fn line(row: Row, by: &By, t: T) -> Line {
    let sees = sees(by, &row);
    let (tone, word) = Stage::parse(&row.state).map_or(("draft", t.rebate_unclaimed()), |stage| {
        (stage.tone(), stage.label(t))
    });
    let figure = |amount: Option<Decimal>| Shown::Number(amount.filter(|_| sees));
    Line {
        href: match row.sequence {
            Some(sequence) => url(&row.number, &row.shipment, sequence),
            None => format!("/orders/{}/rebates/{}", row.number, row.shipment),
        },
        name: match row.sequence {
            Some(sequence) => format!("{}/{sequence}", row.shipment),
            None => row.shipment.clone(),
        },
        cells: vec![
            Shown::Text(row.customer),
            Shown::Day(row.exported_on),
            Shown::Text(t.rebate_gathered(row.invoices, row.filed)),
            figure(row.expected),
            figure(row.received),
            Shown::Stage(tone, word),
            Shown::Day(row.exported_on.and_then(regular)),
        ],
        key: row.key,
        order: row.number,
    }
}

fn queue(rows: Vec<Row>, by: &By, t: T) -> Queue {
    Queue {
        place: "/rebates",
        title: t.rebate_rebates(),
        sentence: t.rebate_rebates_sentence(),
        never: t.rebate_rebates_never(),
        name: t.rebate_column_claim(),
        states: vec![
            ("open", t.rebate_state_open()),
            ("unclaimed", t.rebate_unclaimed()),
            ("collecting", Stage::Collecting.label(t)),
            ("complete", Stage::Complete.label(t)),
            ("declared", Stage::Declared.label(t)),
            ("queried", Stage::Queried.label(t)),
            ("approved", Stage::Approved.label(t)),
            ("ended", t.rebate_state_ended()),
            ("all", t.rebate_state_all()),
        ],
        heads: vec![
            t.rebate_column_customer(),
            t.rebate_column_exported(),
            t.rebate_column_gathered(),
            t.rebate_column_expected(),
            t.rebate_field_received_amount(),
            t.rebate_column_state(),
            t.rebate_regular_end(),
        ],
        lines: rows.into_iter().map(|row| line(row, by, t)).collect(),
    }
}

pub(super) async fn list(
    State(app): State<App>,
    by: By,
    page: Page,
    RawQuery(query): RawQuery,
) -> Result<Html<String>> {
    let asked = Asked::read(&query.unwrap_or_default(), &STATES);
    let mut db = app.db.acquire().await?;
    let rows = rows(&mut db, &by, &asked, Asked::limit(false)).await?;
    queue(rows, &by, page.t).draw(page, asked)
}

pub(super) async fn download(
    State(app): State<App>,
    by: By,
    page: Page,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let mut asked = Asked::read(&query.unwrap_or_default(), &STATES);
    asked.after.clear();
    let mut db = app.db.acquire().await?;
    let rows = rows(&mut db, &by, &asked, Asked::limit(true)).await?;
    queue(rows, &by, page.t).download(&page, &by, &asked)
}
