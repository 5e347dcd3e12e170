//! The queue of hand-overs: departed shipments whose papers are on their way to finance.

use super::{Stage, show};
use crate::base::{By, T};
use crate::finance::queue::{Asked, Line, Queue, Shown};
use crate::people::relation::InReach;
use crate::web::{App, Page, Result};
use axum::extract::{RawQuery, State};
use axum::response::{Html, Response};
use chrono::NaiveDate;
use sqlx::PgConnection;

const STATES: [&str; 7] = [
    "open",
    "expected",
    "returned",
    "handed_over",
    "sent_back",
    "taken",
    "all",
];

struct Row {
    key: String,
    shipment: String,
    number: String,
    customer: String,
    on_board_on: Option<NaiveDate>,
    stage: String,
    papers: i64,
    asked: i64,
}

async fn rows(db: &mut PgConnection, by: &By, asked: &Asked, limit: i64) -> Result<Vec<Row>> {
    let reach = InReach::of(by);
    Ok(sqlx::query_as!(
        Row,
        r#"select q.key as "key!", q.shipment as "shipment!", q.number as "number!", q.customer as "customer!",
               q.on_board_on, q.stage as "stage!", q.papers as "papers!", q.asked as "asked!"
           from (select to_char(coalesce(s.on_board_on, date '2100-01-01'), 'YYYYMMDD') || ' ' || s.number || ' ' || o.number as key,
                   s.number as shipment, o.number, c.name_en as customer, s.on_board_on, coalesce(h.stage, 'expected') as stage,
                   (select count(*) from hand_over_paper p where p.hand_over = h.id) as papers,
                   case when exists (select from customs_declaration d where d.shipment = s.id
                       and verification_regime(coalesce(d.exported_on, s.on_board_on)) = 'paper_form') then 6::bigint else 5 end as asked
               from shipment s
               join lateral (select distinct l.order_id from shipment_line x join order_line l on l.id = x.order_line
                   where x.shipment = s.id) t on true
               join export_order o on o.id = t.order_id
               join customer c on c.id = o.customer
               left join hand_over h on h.shipment = s.id
               where s.stage in ('departed', 'arrived')
                   and order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)) q
           where ($4 = 'all' or q.stage = $4 or $4 = 'open' and q.stage <> 'taken')
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

fn queue(rows: Vec<Row>, t: T) -> Queue {
    let lines = rows.into_iter().map(|row| {
        let stage = Stage::parse(&row.stage).unwrap_or(Stage::Expected);
        Line {
            href: show::url(&row.number, &row.shipment),
            key: row.key,
            name: row.shipment,
            order: row.number,
            cells: vec![
                Shown::Text(row.customer),
                Shown::Day(row.on_board_on),
                Shown::Text(t.rebate_papers_of(row.papers, row.asked)),
                Shown::Stage(stage.tone(), stage.label(t)),
            ],
        }
    });
    Queue {
        place: "/hand-overs",
        title: t.rebate_hand_overs(),
        sentence: t.rebate_hand_overs_sentence(),
        never: t.rebate_hand_overs_never(),
        name: t.rebate_column_shipment(),
        states: vec![
            ("open", t.rebate_state_open()),
            ("expected", Stage::Expected.label(t)),
            ("returned", Stage::Returned.label(t)),
            ("handed_over", Stage::HandedOver.label(t)),
            ("sent_back", Stage::SentBack.label(t)),
            ("taken", Stage::Taken.label(t)),
            ("all", t.rebate_state_all()),
        ],
        heads: vec![
            t.rebate_column_customer(),
            t.rebate_column_on_board(),
            t.rebate_papers(),
            t.rebate_column_state(),
        ],
        lines: lines.collect(),
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
    queue(rows, page.t).draw(page, asked)
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
    queue(rows, page.t).download(&page, &by, &asked)
}
