//! Statements of the audit: one for each shape of what is looked for, so that each walks along an index of its own.

use super::timeline::{Place, Scope, Sought};
use crate::base::PersonId;
use crate::web::Result;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// One row of the audit.
pub(super) struct AuditRow {
    pub stream: String,
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub name_zh: Option<String>,
    pub name_en: Option<String>,
    pub for_zh: Option<String>,
    pub for_en: Option<String>,
    pub payload: serde_json::Value,
}

/// Events in scope that were looked for, before a place, newest first.
pub(super) async fn audit(
    db: &mut PgConnection,
    scope: &Scope,
    sought: &Sought,
    before: &Place,
    limit: i64,
) -> Result<Vec<AuditRow>> {
    let from = sought.from.unwrap_or(DateTime::UNIX_EPOCH);
    match (&sought.order, sought.person) {
        (Some(number), _) => {
            let asked = (sought, number.as_str());
            of_order(db, scope, asked, (from, before), limit).await
        }
        (None, Some(person)) => of_person(db, scope, person, (from, before), limit).await,
        (None, None) if sought.from.is_some() => since(db, scope, (from, before), limit).await,
        (None, None) => of_kinds(db, scope, before, limit).await,
    }
}

/// Events of the streams in scope before a place, newest first. Each kind of stream is walked along its own index, so
/// that a rare kind is not looked for among all the others.
async fn of_kinds(
    db: &mut PgConnection,
    scope: &Scope,
    before: &Place,
    limit: i64,
) -> Result<Vec<AuditRow>> {
    let rows = sqlx::query_as!(
        AuditRow,
        r#"with found as (
               select e.* from unnest($1::text[]) as k (kind) cross join lateral (
                   select e.* from event e
                   where split_part(e.stream, ':', 1) = k.kind and (e.at, e.stream, e.seq) < ($3, $4, $5)
                     and case when k.kind = 'order' then exists (
                         select from export_order o where o.id = split_part(e.stream, ':', 2)::uuid
                           and order_in_reach(false, $2, null, o.department, o.salesperson, o.operator)) else true end
                   order by e.at desc, e.stream desc, e.seq desc limit $7
               ) e
               union all
               (select e.* from event e
                where e.person = $6 and split_part(e.stream, ':', 1) <> all($1) and (e.at, e.stream, e.seq) < ($3, $4, $5)
                order by e.at desc, e.stream desc, e.seq desc limit $7)
           )
           select e.stream as "stream!", e.seq as "seq!", e.at as "at!", e.payload as "payload!",
               p.name_zh as "name_zh?", p.name_en as "name_en?", f.name_zh as "for_zh?", f.name_en as "for_en?"
           from found e left join person p on p.id = e.person left join person f on f.id = e.on_behalf_of
           order by e.at desc, e.stream desc, e.seq desc limit $7"#,
        &scope.kinds,
        &scope.departments,
        before.at,
        before.stream,
        before.seq,
        scope.own.map(|id| id.0),
        limit,
    );
    Ok(rows.fetch_all(db).await?)
}

/// The same between a moment and a place: the days between are walked, however many kinds there are.
async fn since(
    db: &mut PgConnection,
    scope: &Scope,
    (from, before): (DateTime<Utc>, &Place),
    limit: i64,
) -> Result<Vec<AuditRow>> {
    let rows = sqlx::query_as!(
        AuditRow,
        r#"with found as (
               select e.* from unnest($1::text[]) as k (kind) cross join lateral (
                   select e.* from event e
                   where split_part(e.stream, ':', 1) = k.kind and (e.at, e.stream, e.seq) < ($3, $4, $5) and e.at >= $8
                     and case when k.kind = 'order' then exists (
                         select from export_order o where o.id = split_part(e.stream, ':', 2)::uuid
                           and order_in_reach(false, $2, null, o.department, o.salesperson, o.operator)) else true end
                   order by e.at desc, e.stream desc, e.seq desc limit $7
               ) e
               union all
               (select e.* from event e
                where e.person = $6 and split_part(e.stream, ':', 1) <> all($1) and (e.at, e.stream, e.seq) < ($3, $4, $5) and e.at >= $8
                order by e.at desc, e.stream desc, e.seq desc limit $7)
           )
           select e.stream as "stream!", e.seq as "seq!", e.at as "at!", e.payload as "payload!",
               p.name_zh as "name_zh?", p.name_en as "name_en?", f.name_zh as "for_zh?", f.name_en as "for_en?"
           from found e left join person p on p.id = e.person left join person f on f.id = e.on_behalf_of
           order by e.at desc, e.stream desc, e.seq desc limit $7"#,
        &scope.kinds,
        &scope.departments,
        before.at,
        before.stream,
        before.seq,
        scope.own.map(|id| id.0),
        limit,
        from,
    );
    Ok(rows.fetch_all(db).await?)
}

/// What one colleague did, of what may be read.
async fn of_person(
    db: &mut PgConnection,
    scope: &Scope,
    person: PersonId,
    (from, before): (DateTime<Utc>, &Place),
    limit: i64,
) -> Result<Vec<AuditRow>> {
    let rows = sqlx::query_as!(
        AuditRow,
        r#"with found as (
               select e.* from event e
               where e.person = $6 and (e.at, e.stream, e.seq) < ($3, $4, $5) and (e.at, e.stream, e.seq) >= ($8, '', 0)
                 and ($9 or split_part(e.stream, ':', 1) = any($1)
                     and case when split_part(e.stream, ':', 1) = 'order' then exists (
                         select from export_order o where o.id = split_part(e.stream, ':', 2)::uuid
                           and order_in_reach(false, $2, null, o.department, o.salesperson, o.operator)) else true end)
               order by e.at desc, e.stream desc, e.seq desc limit $7
           )
           select e.stream as "stream!", e.seq as "seq!", e.at as "at!", e.payload as "payload!",
               p.name_zh as "name_zh?", p.name_en as "name_en?", f.name_zh as "for_zh?", f.name_en as "for_en?"
           from found e left join person p on p.id = e.person left join person f on f.id = e.on_behalf_of
           order by e.at desc, e.stream desc, e.seq desc"#,
        &scope.kinds,
        &scope.departments,
        before.at,
        before.stream,
        before.seq,
        person.0,
        limit,
        from,
        scope.own == Some(person),
    );
    Ok(rows.fetch_all(db).await?)
}

/// What happened to one order, and to its payables, receipts and credits; by one colleague where one is named.
async fn of_order(
    db: &mut PgConnection,
    scope: &Scope,
    (sought, number): (&Sought, &str),
    (from, before): (DateTime<Utc>, &Place),
    limit: i64,
) -> Result<Vec<AuditRow>> {
    let rows = sqlx::query_as!(
        AuditRow,
        r#"with asked as (
               select o.id, order_in_reach(false, $2, null, o.department, o.salesperson, o.operator) as led
               from export_order o where o.number = $9
           ), streams as (
               select 'order:' || a.id as stream, a.led from asked a
               union select 'payable:' || p.id, true from asked a join payable p on p.order_id = a.id
               union select 'receipt:' || r.receipt, true from asked a join receipt_allocation r on r.order_id = a.id
               union select 'credit:' || c.letter_of_credit, true from asked a join letter_of_credit_order c on c.order_id = a.id
           )
           select e.stream as "stream!", e.seq as "seq!", e.at as "at!", e.payload as "payload!",
               p.name_zh as "name_zh?", p.name_en as "name_en?", f.name_zh as "for_zh?", f.name_en as "for_en?"
           from streams s cross join lateral (
               select e.* from event e where e.stream = s.stream order by e.seq desc limit 10000
           ) e
           left join person p on p.id = e.person left join person f on f.id = e.on_behalf_of
           where (e.at, e.stream, e.seq) < ($3, $4, $5) and e.at >= $8
             and (split_part(e.stream, ':', 1) = any($1) and s.led or e.person = $6)
             and ($10::uuid is null or e.person = $10)
           order by e.at desc, e.stream desc, e.seq desc limit $7"#,
        &scope.kinds,
        &scope.departments,
        before.at,
        before.stream,
        before.seq,
        scope.own.map(|id| id.0),
        limit,
        from,
        number,
        sought.person.map(|id| id.0),
    );
    Ok(rows.fetch_all(db).await?)
}
