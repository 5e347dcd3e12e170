//! Statements of the orders list. It has more filters than one fixed statement can serve, so it is built: only the
//! filters and columns asked for, always inside the reader's reach, walked by key.

use super::column::Column;
use super::filter::{Filter, Held, Key, Sort, State};
use super::looking::{Source, from};
use super::span::Span;
use crate::base::{By, Role};
use crate::people::relation::InReach;
use crate::web::Result;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rust_decimal::Decimal;
use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

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
    pub terms: String,
    /// Read only where their column is shown.
    pub factories: Vec<String>,
    pub quantity: Option<Decimal>,
    /// The one unit of the goods, or each with its figure.
    pub units: Option<String>,
    pub balance: Option<Decimal>,
    pub etd: Option<NaiveDate>,
    pub eta: Option<NaiveDate>,
    pub opened_at: DateTime<Utc>,
    pub last_event_at: Option<DateTime<Utc>>,
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

/// Which way the list is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Walk {
    pub limit: i64,
    /// From the key upwards: the page before.
    pub back: bool,
}

const COLUMNS: &str = "o.number, o.department, o.salesperson, o.operator, c.name_en as customer, o.title,
    o.customer_reference, o.step, o.condition, o.waiting, o.next_kind, o.next_due, o.problem,
    o.currency::text as currency, o.amount, o.delivery_on, o.terms, o.opened_at, o.last_event_at,
    i.subject, i.quoted, s.name_zh as salesperson_zh, s.name_en as salesperson_en, p.name_zh as operator_zh,
    p.name_en as operator_en,
    (select count(*) from open_item w where w.order_id = o.id and w.kind = 'pass_on') as owed";

/// The shipment an order sails with next; the last one when all have left.
const SAILING: &str =
    " left join lateral (select h.etd, h.eta from shipment h where h.stage <> 'cancelled' and exists (
          select from shipment_line s join order_line l on l.id = s.order_line where s.shipment = h.id and l.order_id = o.id)
      order by h.stage in ('departed', 'arrived'),
          case when h.stage in ('departed', 'arrived') then null else h.etd end, h.etd desc limit 1) v on true";

/// What the usual list does not show, as an expression and what stands for it unread.
const MORE: [(&str, Column, &str, &str); 4] = [
    (
        "factories",
        Column::Factory,
        "array(select distinct f.name_zh from order_line l join factory f on f.id = l.factory
            where l.order_id = o.id order by f.name_zh)",
        "'{}'::text[]",
    ),
    (
        "quantity",
        Column::Quantity,
        "(select case when count(distinct l.unit) = 1 then sum(l.quantity) end from order_line l where l.order_id = o.id)",
        "null::numeric",
    ),
    (
        "units",
        Column::Quantity,
        "(select case when count(*) = 1 then min(u.unit) else string_agg(trim_scale(u.quantity) || ' ' || u.unit, ' + ' order by u.unit) end
            from (select l.unit, sum(l.quantity) as quantity from order_line l where l.order_id = o.id group by l.unit) u)",
        "null::text",
    ),
    (
        "balance",
        Column::Balance,
        // Nothing is owed, and nothing said, before the customer has confirmed.
        "(select greatest(d.due, 0) from (select order_owed(o.id) - order_money_in(o.id) as due) d where d.due is not null)",
        "null::numeric",
    ),
];

fn sails(columns: &[Column]) -> bool {
    columns.contains(&Column::Etd) || columns.contains(&Column::Eta)
}

fn more(columns: &[Column]) -> String {
    let each = MORE.map(|(name, column, read, unread)| {
        let asked = columns.contains(&column);
        format!(", {} as {name}", if asked { read } else { unread })
    });
    let days = if sails(columns) {
        ", v.etd, v.eta"
    } else {
        ", null::date as etd, null::date as eta"
    };
    each.concat() + days
}

/// Rows of one page, in the order of the list.
pub(in crate::desk) async fn rows(
    db: &mut PgConnection,
    by: &By,
    filter: &Filter,
    walk: Walk,
) -> Result<Vec<Row>> {
    let first_page = filter.after.is_none() && filter.before.is_none();
    let newest_first = filter.sort.by == Key::Opened && filter.sort.descending;
    let common = matches!(Source::of(filter), Source::Newest | Source::Grams);
    if common && first_page && newest_first {
        let rows = page(db, by, filter, (Source::Newest, walk)).await?;
        if i64::try_from(rows.len()).unwrap_or(i64::MAX) >= walk.limit {
            return Ok(rows);
        }
    }
    page(db, by, filter, (Source::of(filter), walk)).await
}

async fn page(
    db: &mut PgConnection,
    by: &By,
    filter: &Filter,
    (source, walk): (Source, Walk),
) -> Result<Vec<Row>> {
    let mut sql = QueryBuilder::new(format!("select {COLUMNS}{} from ", more(filter.columns())));
    from(&mut sql, by, filter, source);
    sql.push(
        " join customer c on c.id = o.customer join person s on s.id = o.salesperson
          join person p on p.id = o.operator
          left join lateral (select w.subject, w.args ->> 'quoted' as quoted from open_item w where w.order_id = o.id
              order by w.kind = 'acknowledge', w.due_at, w.waiting <> 'us', w.kind limit 1) i on true",
    );
    if sails(filter.columns()) {
        sql.push(SAILING);
    }
    if filter.sort.by == Key::Amount && hides_amounts(by) {
        reader(&mut sql, by);
    }
    conditions(&mut sql, by, filter);
    keyset(&mut sql, by, filter, walk);
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
             o.amount, coalesce(o.next_due < ",
    );
    sql.push_bind(by.at).push(", false) as late from ");
    from(&mut sql, by, filter, Source::of(filter));
    conditions(&mut sql, by, filter);
    sql.push(" limit ")
        .push_bind(i64::try_from(COUNTED + 1).unwrap_or(i64::MAX));
    Ok(sql.build_query_as().fetch_all(db).await?)
}

pub(super) fn reach(sql: &mut QueryBuilder<Postgres>, by: &By) {
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
    keepers(sql, by, filter);
    if !filter.factory.is_empty() {
        sql.push(
            " and exists (select from order_line l join factory f on f.id = l.factory where l.order_id = o.id and f.code = ",
        );
        sql.push_bind(filter.factory.clone()).push(")");
    }
    sailing(sql, filter.etd);
    state(sql, by.at, filter.state);
}

fn keepers(sql: &mut QueryBuilder<Postgres>, by: &By, filter: &Filter) {
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
}

/// One of its shipments sails between these days.
fn sailing(sql: &mut QueryBuilder<Postgres>, etd: Span) {
    if etd == Span::default() {
        return;
    }
    sql.push(
        " and exists (select from shipment h join shipment_line s on s.shipment = h.id join order_line l on l.id = s.order_line
          where l.order_id = o.id and h.stage <> 'cancelled'",
    );
    if let Some(day) = etd.from {
        sql.push(" and h.etd >= ").push_bind(day);
    }
    if let Some(day) = etd.until {
        sql.push(" and h.etd <= ").push_bind(day);
    }
    sql.push(")");
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

/// The expression a list is sorted by; nothing missing in it, because a missing value cannot be walked past. An order
/// without an amount stands last whichever way the list runs.
fn key_of(sort: Sort, row: char, hides: bool) -> String {
    let missing = if sort.descending {
        "-infinity"
    } else {
        "infinity"
    };
    match sort.by {
        Key::Opened => format!("{row}.opened_at"),
        Key::Number => format!(
            "split_part({row}.number, '-', 1) || lpad(split_part({row}.number, '-', 2), 6, '0')"
        ),
        Key::Delivery => format!("coalesce({row}.delivery_on, 'infinity'::date)"),
        Key::Due => format!("coalesce({row}.next_due, 'infinity'::timestamptz)"),
        Key::Amount if hides => format!(
            "coalesce(case when {row}.salesperson = me.id or {row}.operator = me.id or {row}.department = any(me.led)
                 then {row}.amount end, '{missing}')"
        ),
        Key::Amount => format!("coalesce({row}.amount, '{missing}')"),
        Key::LastEvent => format!("coalesce({row}.last_event_at, {row}.opened_at)"),
    }
}

/// Whether there can be orders in her reach whose amounts she may not see: those of colleagues of her department.
fn hides_amounts(by: &By) -> bool {
    by.staff().is_some_and(|staff| {
        let department = staff.department;
        staff.roles.has(Role::OrderOperator)
            && !staff.roles.has(Role::Finance)
            && department.is_some_and(|own| !staff.leads(own))
    })
}

/// Who asks, where the amounts of some orders are not hers to sort by.
fn reader(sql: &mut QueryBuilder<Postgres>, by: &By) {
    sql.push(" cross join (select ")
        .push_bind(by.person().map(|person| person.0))
        .push("::uuid as id, ")
        .push_bind(InReach::led(by))
        .push("::uuid[] as led) me");
}

fn keyset(sql: &mut QueryBuilder<Postgres>, by: &By, filter: &Filter, walk: Walk) {
    let descending = filter.sort.descending != walk.back;
    let hides = hides_amounts(by);
    let key = |row| key_of(filter.sort, row, hides);
    let (here, there) = (key('o'), key('a'));
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
