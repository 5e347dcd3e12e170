//! The queue of verification: declarations of departed shipments, each with its regime and where it stands.

use super::show;
use crate::base::{By, T};
use crate::finance::queue::{Asked, Line, Queue, Shown};
use crate::people::relation::InReach;
use crate::web::{App, Page, Result};
use axum::extract::{RawQuery, State};
use axum::response::{Html, Response};
use chrono::NaiveDate;
use sqlx::PgConnection;

const STATES: [&str; 5] = ["open", "none", "differs", "verified", "all"];

struct Row {
    key: String,
    shipment: String,
    sequence: i32,
    declaration: String,
    number: String,
    customer: String,
    exported_on: Option<NaiveDate>,
    regime: String,
    state: String,
}

async fn rows(db: &mut PgConnection, by: &By, asked: &Asked, limit: i64) -> Result<Vec<Row>> {
    let reach = InReach::of(by);
    Ok(sqlx::query_as!(
        Row,
        r#"select q.key as "key!", q.shipment as "shipment!", q.sequence as "sequence!", q.declaration as "declaration!",
               q.number as "number!", q.customer as "customer!", q.exported_on, q.regime as "regime!", q.state as "state!"
           from (select to_char(coalesce(d.exported_on, s.on_board_on, date '2100-01-01'), 'YYYYMMDD') || ' ' || s.number || ' '
                       || to_char(d.sequence, 'FM0000') || ' ' || o.number as key,
                   s.number as shipment, d.sequence, d.number as declaration, o.number, c.name_en as customer,
                   coalesce(d.exported_on, s.on_board_on) as exported_on,
                   verification_regime(coalesce(d.exported_on, s.on_board_on)) as regime,
                   case when declaration_verified(d.id) then 'verified'
                       when exists (select from verification_matching m where m.declaration = d.id) then 'differs'
                       when exists (select from verification_form f where f.declaration = d.id) then 'form'
                       else 'none' end as state
               from customs_declaration d join shipment s on s.id = d.shipment
               join lateral (select distinct l.order_id from shipment_line x join order_line l on l.id = x.order_line
                   where x.shipment = s.id) t on true
               join export_order o on o.id = t.order_id
               join customer c on c.id = o.customer
               where s.stage in ('departed', 'arrived') and d.stage not in ('revoked', 'shut_out', 'void')
                   and order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)) q
           where ($4 = 'all' or q.state = $4 or $4 = 'open' and q.state <> 'verified')
               and ($5 = '' or strpos(lower(q.shipment || ' ' || q.number || ' ' || q.declaration || ' ' || q.customer), lower($5)) > 0)
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

fn mark(state: &str, t: T) -> (&'static str, &'static str) {
    match state {
        "verified" => ("good", t.rebate_state_verified()),
        "differs" => ("issue", t.rebate_match_differs()),
        "form" => ("wait", t.rebate_form_under_way()),
        _ => ("draft", t.rebate_not_begun()),
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
fn queue(rows: Vec<Row>, t: T) -> Queue {
    let lines = rows.into_iter().map(|row| {
        let (tone, word) = mark(&row.state, t);
        Line {
            href: show::url(&row.number, &row.shipment, row.sequence),
            key: row.key,
            name: if row.declaration.is_empty() {
                format!("{} #{}", row.shipment, row.sequence)
            } else {
                row.declaration
            },
            order: row.number,
            cells: vec![
                Shown::Text(row.shipment),
                Shown::Text(row.customer),
                Shown::Day(row.exported_on),
                Shown::Text(
                    if row.regime == "paper_form" {
                        t.rebate_regime_paper_form()
                    } else {
                        t.rebate_regime_matching()
                    }
                    .to_owned(),
                ),
                Shown::Stage(tone, word),
            ],
        }
    });
    Queue {
        place: "/verifications",
        title: t.rebate_verifications(),
        sentence: t.rebate_verifications_sentence(),
        never: t.rebate_verifications_never(),
        name: t.rebate_column_declaration(),
        states: vec![
            ("open", t.rebate_state_open()),
            ("none", t.rebate_not_begun()),
            ("differs", t.rebate_match_differs()),
            ("verified", t.rebate_state_verified()),
            ("all", t.rebate_state_all()),
        ],
        heads: vec![
            t.rebate_column_shipment(),
            t.rebate_column_customer(),
            t.rebate_column_exported(),
            t.rebate_column_regime(),
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
