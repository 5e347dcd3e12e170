//! Statements of home and search: read across desks, inside the reader's reach.

use crate::base::{By, Lang};
use crate::orders::open_items::ItemKind;
use crate::people::relation::InReach;
use crate::web::Result;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

/// One open item with what its row shows.
#[derive(Clone, Debug)]
pub(super) struct ItemRow {
    pub number: String,
    pub title: String,
    pub customer: String,
    pub department: Uuid,
    pub kind: String,
    pub subject: String,
    pub waiting: String,
    pub owner: Uuid,
    pub quoted: Option<String>,
    pub since: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub problem: bool,
    pub words: Option<String>,
    pub words_lang: Option<String>,
    pub from_side: Option<String>,
    /// Who has not been told yet, and his name where he has one.
    pub to_whom: Option<String>,
    pub to_name: Option<String>,
    /// Until when the reader has put it off.
    pub later: Option<DateTime<Utc>>,
}

/// Rows of one worklist.
pub(super) const MOST: i64 = 300;

/// What this reader has to do or to chase: her own, what waits for the manager of a department she leads, and what
/// waits for finance where she is finance.
pub(super) async fn mine(
    db: &mut PgConnection,
    by: &By,
    led: &[Uuid],
    finance: bool,
) -> Result<Vec<ItemRow>> {
    let reach = InReach::of(by);
    Ok(sqlx::query_as!(
        ItemRow,
        r#"select o.number, o.title, c.name_en as customer, o.department, i.kind as "kind!", i.subject as "subject!",
               i.waiting as "waiting!", i.owner as "owner!", i.args ->> 'quoted' as quoted, i.since as "since!", i.due_at as "due_at!",
               i.problem as "problem!", r.words as "words?", r.words_lang as "words_lang?",
               r.from_side as "from_side?",
               n.to_whom as "to_whom?", n.to_name as "to_name?", z.until_at as "later?"
           from (select i.* from open_item i where i.owner = $4
                 union
                 select i.* from open_item i join export_order m on m.id = i.order_id
                     where i.waiting = 'manager' and m.department = any($5)
                 union
                 select i.* from open_item i where i.waiting = 'finance' and $6) i
           join export_order o on o.id = i.order_id join customer c on c.id = o.customer
           left join relay r on i.kind in ('pass_on', 'acknowledge') and r.order_id = o.id
               and r.number::text = i.subject
           left join lateral (
               select t.to_side || coalesce(':' || t.party, '') as to_whom, party_name(t.party) as to_name
               from relay_receipt t where t.relay = r.id and t.passed_at is null
               order by t.to_side, t.party limit 1
           ) n on true
           left join snooze z on z.person = $4 and z.thing = o.id and z.kind = i.kind and z.subject = i.subject
               and z.until_at > $8 and z.mark = open_item_mark(i.waiting, i.problem, i.since, i.due_at, i.args ->> 'quoted')
           where order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)
           order by i.due_at, o.number, i.kind, i.subject limit $7"#,
        reach.everything,
        &reach.departments,
        reach.person,
        by.person().map(|person| person.0),
        led,
        finance,
        MOST,
        by.at,
    )
    .fetch_all(db)
    .await?)
}

/// Everything that stands open within her reach, whatever anybody has put off.
pub(super) async fn team(db: &mut PgConnection, by: &By) -> Result<Vec<ItemRow>> {
    let reach = InReach::of(by);
    Ok(sqlx::query_as!(
        ItemRow,
        r#"select o.number, o.title, c.name_en as customer, o.department, i.kind, i.subject, i.waiting, i.owner,
               i.args ->> 'quoted' as quoted, i.since, i.due_at, i.problem, r.words as "words?",
               r.words_lang as "words_lang?", r.from_side as "from_side?",
               n.to_whom as "to_whom?", n.to_name as "to_name?", null::timestamptz as "later?"
           from open_item i join export_order o on o.id = i.order_id join customer c on c.id = o.customer
           left join relay r on i.kind in ('pass_on', 'acknowledge') and r.order_id = o.id
               and r.number::text = i.subject
           left join lateral (
               select t.to_side || coalesce(':' || t.party, '') as to_whom, party_name(t.party) as to_name
               from relay_receipt t where t.relay = r.id and t.passed_at is null
               order by t.to_side, t.party limit 1
           ) n on true
           where order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)
           order by i.due_at, o.number, i.kind, i.subject limit $4"#,
        reach.everything,
        &reach.departments,
        reach.person,
        MOST,
    )
    .fetch_all(db)
    .await?)
}

/// What a manager watches.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Watch {
    pub problem: i64,
    pub late: i64,
    pub waiting_customer: i64,
    pub on_hold: i64,
    /// Shipments whose forwarder or factory warned that they will be late.
    pub slipping: i64,
    /// Credits with a discrepancy open, or little time left to ship.
    pub credits: i64,
    /// Money that is overdue.
    pub money: i64,
}

pub(super) async fn watch(db: &mut PgConnection, by: &By, today: NaiveDate) -> Result<Watch> {
    let reach = InReach::of(by);
    let money: Vec<String> = ItemKind::ALL
        .iter()
        .filter(|kind| kind.group() == "money")
        .map(|kind| kind.code().to_owned())
        .collect();
    Ok(sqlx::query_as!(
        Watch,
        r#"with open as (
               select o.id, o.problem, o.next_due, o.waiting, o.condition from export_order o
               where o.condition in ('open', 'on_hold', 'cancelling')
                   and order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator) limit 20000
           )
           select count(*) filter (where problem) as "problem!",
               count(*) filter (where next_due < $4) as "late!",
               count(*) filter (where waiting = 'customer') as "waiting_customer!",
               count(*) filter (where condition = 'on_hold') as "on_hold!",
               (select count(*) from shipment s where s.stage = 'warned' and exists (
                   select from shipment_line x join order_line l on l.id = x.order_line
                   join open p on p.id = l.order_id where x.shipment = s.id)) as "slipping!",
               (select count(*) from letter_of_credit k where credit_at_risk(k.id, $5) and exists (
                   select from letter_of_credit_order x join open p on p.id = x.order_id
                   where x.letter_of_credit = k.id)) as "credits!",
               (select count(*) from open_item i join open p on p.id = i.order_id
                   where i.kind = any($6) and i.due_at < $4) as "money!"
           from open"#,
        reach.everything,
        &reach.departments,
        reach.person,
        by.at,
        today,
        &money,
    )
    .fetch_one(db)
    .await?)
}

/// How long passing on took one operator, by direction: how many were passed on, and the median in minutes.
#[derive(Clone, Debug)]
pub(super) struct PassingRow {
    pub name_zh: String,
    pub name_en: String,
    pub to_factory: i64,
    pub to_factory_minutes: Option<i64>,
    pub to_customer: i64,
    pub to_customer_minutes: Option<i64>,
}

/// Of what was heard since then on orders of these departments and is passed on; each addressee is told once, and has been
/// told with the last line.
pub(super) async fn passing(
    db: &mut PgConnection,
    departments: &[Uuid],
    since: DateTime<Utc>,
) -> Result<Vec<PassingRow>> {
    Ok(sqlx::query_as!(
        PassingRow,
        r#"with heard as (
               select r.id, r.order_id, r.from_side, r.heard_at from relay r
               where r.heard_at > $2 and r.withdrawn_at is null and r.from_side in ('customer', 'factory')
               order by r.heard_at desc limit 20000
           ), told as (
               select o.operator, h.from_side, (extract(epoch from max(t.passed_at) - h.heard_at) / 60)::bigint as minutes
               from heard h join export_order o on o.id = h.order_id
                   and order_in_reach(false, $1, null, o.department, o.salesperson, o.operator)
               join relay_receipt t on t.relay = h.id and t.to_side in ('customer', 'factory') and t.to_side <> h.from_side
               group by o.operator, h.id, h.from_side, h.heard_at, t.to_side, t.party
               having bool_and(t.passed_at is not null)
           )
           select p.name_zh as "name_zh!", p.name_en as "name_en!",
               count(*) filter (where t.from_side = 'customer') as "to_factory!",
               percentile_disc(0.5) within group (order by t.minutes) filter (where t.from_side = 'customer')
                   as "to_factory_minutes?",
               count(*) filter (where t.from_side = 'factory') as "to_customer!",
               percentile_disc(0.5) within group (order by t.minutes) filter (where t.from_side = 'factory')
                   as "to_customer_minutes?"
           from told t join person p on p.id = t.operator group by p.id order by p.name_en, p.id limit 50"#,
        departments,
        since,
    )
    .fetch_all(db)
    .await?)
}

/// Whether anything has been begun at all.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Begun {
    pub order: bool,
    pub customer: bool,
    pub factory: bool,
}

pub(super) async fn begun(db: &mut PgConnection, by: &By) -> Result<Begun> {
    let reach = InReach::of(by);
    Ok(sqlx::query_as!(
        Begun,
        r#"select exists (select from export_order o
                   where order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)) as "order!",
               exists (select from customer) as "customer!", exists (select from factory) as "factory!""#,
        reach.everything,
        &reach.departments,
        reach.person,
    )
    .fetch_one(db)
    .await?)
}

/// What waits in the queues of verification and rebate: the rows their lists show.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Queues {
    pub handed_over: i64,
    pub to_verify: i64,
    pub rebates: i64,
}

/// Of all orders: asked for finance only, who knows them all. What waits there stands open at step 9 of its order; only a
/// cancelled order, whose goods were sold to somebody else, has nothing open and may still wait for its rebate.
pub(super) async fn queues(db: &mut PgConnection) -> Result<Queues> {
    Ok(sqlx::query_as!(
        Queues,
        r#"with own as (
               select i.order_id from open_item i where i.step = 9
               union select l.order_id from shipment_resale r join shipment_line x on x.shipment = r.shipment
               join order_line l on l.id = x.order_line),
           gone as (
               select distinct s.id, l.order_id from own join order_line l on l.order_id = own.order_id
               join shipment_line x on x.order_line = l.id join shipment s on s.id = x.shipment
               where s.stage in ('departed', 'arrived'))
           select (select count(*) from gone g join hand_over h on h.shipment = g.id
                   where h.stage = 'handed_over') as "handed_over!",
               (select count(*) from gone g join customs_declaration d on d.shipment = g.id
                   where d.stage not in ('revoked', 'shut_out', 'void') and not declaration_verified(d.id)) as "to_verify!",
               (select count(*) from gone g left join rebate_claim r on r.shipment = g.id
                   where coalesce(r.stage, 'unclaimed') in
                       ('unclaimed', 'collecting', 'complete', 'declared', 'queried', 'approved')) as "rebates!""#,
    )
    .fetch_one(db)
    .await?)
}

/// A receipt that no order holds.
#[derive(Clone, Debug)]
pub(super) struct UnclaimedRow {
    pub number: String,
    pub payer: String,
    pub currency: String,
    pub free: Decimal,
    pub received_on: NaiveDate,
}

/// Receipts that came in on this day or before it and are not claimed whole, oldest first.
pub(super) async fn unclaimed(
    db: &mut PgConnection,
    until: NaiveDate,
) -> Result<Vec<UnclaimedRow>> {
    Ok(sqlx::query_as!(
        UnclaimedRow,
        r#"select r.number, r.payer, r.currency::text as "currency!", r.unclaimed as free, r.received_on
           from receipt r where r.received_on <= $1 and r.unclaimed > 0 order by r.received_on, r.number limit 10"#,
        until,
    )
    .fetch_all(db)
    .await?)
}

/// A customer or factory that is found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub code: String,
    pub name: String,
    pub other: String,
}

pub(super) async fn customers(db: &mut PgConnection, pattern: &str) -> Result<Vec<Found>> {
    Ok(sqlx::query_as!(
        Found,
        "select code, name_en as name, name_zh as other from customer
         where (search like $1 or pinyin like $1 or code like $1) and archived_at is null
         order by lower(name_en), id limit 20",
        pattern,
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn factories(db: &mut PgConnection, pattern: &str) -> Result<Vec<Found>> {
    Ok(sqlx::query_as!(
        Found,
        "select code, name_zh as name, name_en as other from factory
         where (search like $1 or pinyin like $1 or code like $1) and archived_at is null
         order by name_zh, id limit 20",
        pattern,
    )
    .fetch_all(db)
    .await?)
}

/// Everybody who ever worked here, those who still do first; for filters that look back.
pub(super) async fn everybody(db: &mut PgConnection, lang: Lang) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        "select id, name_zh, name_en from person order by status = 'disabled', name_en, id"
    )
    .fetch_all(db)
    .await?;
    let name = |zh: String, en: String| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let people = rows.into_iter();
    Ok(people
        .map(|row| (row.id.to_string(), name(row.name_zh, row.name_en)))
        .collect())
}
