//! Statements of the orders list. It has more filters than one fixed statement can serve, so it is built: only the
//! filters given, always inside the reader's reach, walked by key.
//!
//! Search goes two steps: the newest orders are walked with the plain text, which finds every common word within the
//! first page; what is rare there is asked of the pairs of letters.

use super::filter::{Filter, Held, Key, State};
use crate::base::By;
use crate::orders::search;
use crate::people::relation::InReach;
use crate::web::Result;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rust_decimal::Decimal;
use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

/// How far the first step of a search walks.
const WALK: i64 = 5_000;
/// Counts and sums are exact up to here.
pub(in crate::desk) const COUNTED: usize = 1_000;

/// One order of the list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::desk) struct Row {
    pub number: String,
    pub department: Uuid,
    pub salesperson: Uuid,
    pub operator: Uuid,
    pub customer: String,
    pub title: String,
    pub customer_reference: String,
    pub step: i16,
    pub condition: String,
    pub waiting: Option<String>,
    pub next_kind: Option<String>,
    pub next_due: Option<DateTime<Utc>>,
    pub problem: bool,
    pub currency: String,
    pub amount: Option<Decimal>,
    pub delivery_on: Option<NaiveDate>,
    pub opened_at: DateTime<Utc>,
    pub subject: Option<String>,
    pub quoted: Option<String>,
    pub salesperson_zh: String,
    pub salesperson_en: String,
    pub operator_zh: String,
    pub operator_en: String,
    /// Facts that one side does not know yet.
    pub owed: i64,
}

/// One order as the sums count it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::desk) struct Figure {
    pub department: Uuid,
    pub salesperson: Uuid,
    pub operator: Uuid,
    pub step: i16,
    pub currency: String,
    pub amount: Option<Decimal>,
    pub late: bool,
}

/// Where the rows come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    All,
    /// The newest orders, with the text searched for.
    Newest,
    /// Every order whose pairs of letters hold those of the text.
    Grams,
}

/// Which way the list is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Walk {
    pub limit: i64,
    /// From the key upwards: the page before.
    pub back: bool,
}

const COLUMNS: &str = "o.number, o.department, o.salesperson, o.operator, c.name_en as customer, o.title,
    o.customer_reference, o.step, o.condition, o.waiting, o.next_kind, o.next_due, o.problem,
    o.currency::text as currency, order_amount(o.id, o.currency::text) as amount, o.delivery_on, o.opened_at,
    i.subject, i.quoted, s.name_zh as salesperson_zh, s.name_en as salesperson_en, p.name_zh as operator_zh,
    p.name_en as operator_en,
    (select count(*) from open_item w where w.order_id = o.id and w.kind = 'pass_on') as owed";

/// Rows of one page, in the order of the list.
pub(in crate::desk) async fn rows(
    db: &mut PgConnection,
    by: &By,
    filter: &Filter,
    walk: Walk,
) -> Result<Vec<Row>> {
    let first_page = filter.after.is_none() && filter.before.is_none();
    let newest_first = filter.sort.by == Key::Opened && filter.sort.descending;
    if !filter.q.is_empty() && first_page && newest_first {
        let rows = page(db, by, filter, (Source::Newest, walk)).await?;
        if i64::try_from(rows.len()).unwrap_or(i64::MAX) >= walk.limit {
            return Ok(rows);
        }
    }
    page(db, by, filter, (source(filter), walk)).await
}

async fn page(
    db: &mut PgConnection,
    by: &By,
    filter: &Filter,
    (source, walk): (Source, Walk),
) -> Result<Vec<Row>> {
    let mut sql = QueryBuilder::new(format!("select {COLUMNS} from "));
    from(&mut sql, by, filter, source);
    sql.push(
        " join customer c on c.id = o.customer join person s on s.id = o.salesperson
          join person p on p.id = o.operator
          left join lateral (select w.subject, w.args ->> 'quoted' as quoted from open_item w where w.order_id = o.id
              order by w.kind = 'acknowledge', w.due_at, w.waiting <> 'us', w.kind limit 1) i on true",
    );
    conditions(&mut sql, by, filter);
    keyset(&mut sql, filter, walk);
    let mut rows: Vec<Row> = sql.build_query_as().fetch_all(db).await?;
    if walk.back {
        rows.reverse();
    }
    Ok(rows)
}

/// One more than is counted exactly means that there are more.
pub(in crate::desk) async fn figures(
    db: &mut PgConnection,
    by: &By,
    filter: &Filter,
) -> Result<Vec<Figure>> {
    let mut sql = QueryBuilder::new(
        "select o.department, o.salesperson, o.operator, o.step, o.currency::text as currency,
             order_amount(o.id, o.currency::text) as amount, coalesce(o.next_due < ",
    );
    sql.push_bind(by.at).push(", false) as late from ");
    from(&mut sql, by, filter, source(filter));
    conditions(&mut sql, by, filter);
    sql.push(" limit ")
        .push_bind(i64::try_from(COUNTED + 1).unwrap_or(i64::MAX));
    Ok(sql.build_query_as().fetch_all(db).await?)
}

/// A single letter has no pair, and is looked for among the newest only.
fn source(filter: &Filter) -> Source {
    if filter.q.is_empty() {
        Source::All
    } else if pairs(&filter.q).is_empty() {
        Source::Newest
    } else {
        Source::Grams
    }
}

/// Pairs of the words that have one; a word of a single letter is asked of the text alone.
fn pairs(q: &str) -> Vec<String> {
    search::grams(q)
        .into_iter()
        .filter(|pair| pair.chars().count() == 2)
        .collect()
}

fn from(sql: &mut QueryBuilder<Postgres>, by: &By, filter: &Filter, source: Source) {
    match source {
        Source::All => {
            sql.push("export_order o");
        }
        Source::Newest => {
            sql.push("(select * from export_order o where ");
            reach(sql, by);
            sql.push(" order by o.opened_at desc, o.id desc limit ")
                .push_bind(WALK);
            sql.push(") o join order_search f on f.order_id = o.id");
        }
        Source::Grams => {
            sql.push("export_order o join order_search f on f.order_id = o.id and f.grams @> ");
            sql.push_bind(pairs(&filter.q));
        }
    }
    if source != Source::All {
        for word in filter.q.to_lowercase().split_whitespace() {
            sql.push(" and f.text like ").push_bind(like(word));
        }
    }
}

/// A word anywhere in the text; what stands for “anything” in a pattern stands for itself.
pub(in crate::desk) fn like(word: &str) -> String {
    let mut pattern = String::from("%");
    for sign in word.chars() {
        if matches!(sign, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(sign);
    }
    pattern.push('%');
    pattern
}

fn reach(sql: &mut QueryBuilder<Postgres>, by: &By) {
    let reach = InReach::of(by);
    sql.push("order_in_reach(")
        .push_bind(reach.everything)
        .push(", ");
    sql.push_bind(reach.departments)
        .push(", ")
        .push_bind(reach.person);
    sql.push(", o.department, o.salesperson, o.operator)");
}

fn conditions(sql: &mut QueryBuilder<Postgres>, by: &By, filter: &Filter) {
    sql.push(" where ");
    reach(sql, by);
    match filter.held {
        Held::UnderWay => {
            sql.push(" and o.condition in ('open', 'on_hold', 'cancelling')");
        }
        Held::All => {}
        Held::Only(condition) => {
            sql.push(" and o.condition = ").push_bind(condition.code());
        }
    }
    if !filter.steps.is_empty() {
        let steps: Vec<i16> = filter.steps.iter().map(|step| step.number()).collect();
        sql.push(" and o.step = any(").push_bind(steps).push(")");
    }
    if !filter.customer.is_empty() {
        sql.push(" and o.customer = (select id from customer where code = ");
        sql.push_bind(filter.customer.clone()).push(")");
    }
    for (column, email) in [
        ("operator", &filter.operator),
        ("salesperson", &filter.salesperson),
    ] {
        if !email.is_empty() {
            sql.push(format!(
                " and o.{column} = (select id from person where email = "
            ));
            sql.push_bind(email.clone()).push(")");
        }
    }
    if filter.mine {
        let me = by.person().map(|person| person.0);
        sql.push(" and (o.salesperson = ").push_bind(me);
        sql.push(" or o.operator = ").push_bind(me).push(")");
    }
    state(sql, by.at, filter.state);
}

fn state(sql: &mut QueryBuilder<Postgres>, at: DateTime<Utc>, state: Option<State>) {
    let soon: TimeDelta = crate::orders::open_items::SOON;
    match state {
        None => {}
        Some(State::Late) => {
            sql.push(" and o.next_due < ").push_bind(at);
        }
        Some(State::Due) => {
            sql.push(" and o.next_due >= ").push_bind(at);
            sql.push(" and o.next_due < ").push_bind(at + soon);
        }
        Some(State::Problem) => {
            sql.push(" and o.problem");
        }
        Some(State::Waiting(party)) => {
            sql.push(" and o.waiting = ").push_bind(party.code());
        }
    }
}

/// The expression a list is sorted by; nothing missing in it, because a missing value cannot be walked past.
const fn key_of(key: Key, alias: char) -> &'static str {
    match (key, alias) {
        (Key::Opened, 'o') => "o.opened_at",
        (Key::Opened, _) => "a.opened_at",
        (Key::Number, 'o') => {
            "split_part(o.number, '-', 1) || lpad(split_part(o.number, '-', 2), 6, '0')"
        }
        (Key::Number, _) => {
            "split_part(a.number, '-', 1) || lpad(split_part(a.number, '-', 2), 6, '0')"
        }
        (Key::Delivery, 'o') => "coalesce(o.delivery_on, 'infinity'::date)",
        (Key::Delivery, _) => "coalesce(a.delivery_on, 'infinity'::date)",
        (Key::Due, 'o') => "coalesce(o.next_due, 'infinity'::timestamptz)",
        (Key::Due, _) => "coalesce(a.next_due, 'infinity'::timestamptz)",
    }
}

fn keyset(sql: &mut QueryBuilder<Postgres>, filter: &Filter, walk: Walk) {
    let descending = filter.sort.descending != walk.back;
    let (here, there) = (key_of(filter.sort.by, 'o'), key_of(filter.sort.by, 'a'));
    let edge = if walk.back {
        &filter.before
    } else {
        &filter.after
    };
    if let Some(number) = edge {
        let sign = if descending { '<' } else { '>' };
        sql.push(format!(
            " and ({here}, o.id) {sign} (select {there}, a.id from export_order a where a.number = "
        ));
        sql.push_bind(number.as_str().to_owned()).push(")");
    }
    let way = if descending { "desc" } else { "asc" };
    sql.push(format!(" order by {here} {way}, o.id {way} limit "));
    sql.push_bind(walk.limit);
}

/// Figures of the tabs over the list; none is counted past a thousand.
pub(in crate::desk) struct Tabs {
    pub mine: i64,
    pub late: i64,
    pub waiting_customer: i64,
    pub any: bool,
}

pub(in crate::desk) async fn tabs(db: &mut PgConnection, by: &By) -> Result<Tabs> {
    let reach = InReach::of(by);
    Ok(sqlx::query_as!(
        Tabs,
        r#"with open as (
               select o.salesperson, o.operator, o.next_due, o.waiting from export_order o
               where o.condition in ('open', 'on_hold', 'cancelling')
                   and order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)
               limit 20000
           )
           select count(*) filter (where salesperson = $4 or operator = $4) as "mine!",
               count(*) filter (where next_due < $5) as "late!",
               count(*) filter (where waiting = 'customer') as "waiting_customer!",
               exists (select from export_order o
                   where order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)) as "any!"
           from open"#,
        reach.everything,
        &reach.departments,
        reach.person,
        by.person().map(|person| person.0),
        by.at,
    )
    .fetch_one(db)
    .await?)
}

/// Customers a filter can name, with their code.
pub(in crate::desk) async fn customers(db: &mut PgConnection) -> Result<Vec<(String, String)>> {
    let rows =
        sqlx::query!("select code, name_en from customer order by lower(name_en), id limit 500")
            .fetch_all(db)
            .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.code, row.name_en))
        .collect())
}
