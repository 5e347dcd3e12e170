//! The statements of the list of shipments, within the reader's reach.

use crate::base::{By, Lang, OrderId};
use crate::orders::Order;
use crate::people::relation::InReach;
use crate::web::Result;
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// One shipment of the list.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub number: String,
    pub mode: String,
    pub stage: String,
    pub customer: String,
    pub orders: Vec<String>,
    pub forwarder: String,
    pub vessel: String,
    pub ports: String,
    pub etd: Option<NaiveDate>,
    pub eta: Option<NaiveDate>,
    /// The nearest cut-off that is still ahead.
    pub cutoff: Option<DateTime<Utc>>,
    pub late: bool,
}

/// What is asked of the list.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    pub text: String,
    pub stage: String,
    pub mode: String,
    /// Only those whose customs set was sent after the cut-off.
    pub late: bool,
    /// Numbers after this one, newest first.
    pub after: String,
}

/// Shipments newest first, one more than `limit` shows that there is a next page.
#[expect(clippy::too_many_lines, reason = "one statement and its parameters")]
pub(super) async fn rows(
    db: &mut PgConnection,
    by: &By,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<Row>> {
    let reach = InReach::of(by);
    Ok(sqlx::query_as!(
        Row,
        r#"select s.number, s.mode, s.stage, c.name_en as customer, coalesce(f.name_zh, '') as "forwarder!",
               trim(s.vessel || ' ' || s.voyage) as "vessel!",
               case when s.loading_port = '' then '' when $10 then coalesce(pl.name_zh, s.loading_port) || ' → '
                   || coalesce(pd.name_zh, s.discharge_port) else s.loading_port || ' → ' || s.discharge_port end as "ports!",
               s.etd, s.eta, s.documents_late as late,
               (select min(x) from unnest(array[s.si_cutoff, s.vgm_cutoff, s.cy_cutoff, s.customs_cutoff]) x
                   where x > $5 and s.stage not in ('departed', 'arrived', 'cancelled')) as "cutoff?",
               array(select distinct o.number from shipment_line l join order_line g on g.id = l.order_line
                   join export_order o on o.id = g.order_id where l.shipment = s.id
                       and order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator) order by 1) as "orders!"
           from shipment s join customer c on c.id = s.customer left join forwarder f on f.id = s.forwarder
               left join port pl on pl.code = s.loading_code left join port pd on pd.code = s.discharge_code
           where exists (select from shipment_line l join order_line g on g.id = l.order_line
                   join export_order o on o.id = g.order_id where l.shipment = s.id
                   and order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator))
               and ($6 = '' or s.stage = $6 or ($6 = 'under_way' and s.stage not in ('arrived', 'cancelled')))
               and ($7 = '' or s.mode = $7)
               and ($8 = '' or s.number < $8)
               and (not $11 or s.documents_late)
               and ($9 = '' or s.number ilike '%' || $9 || '%' or s.booking_no ilike '%' || $9 || '%'
                   or s.vessel ilike '%' || $9 || '%' or c.name_en ilike '%' || $9 || '%'
                   or exists (select from shipment_container k where k.shipment = s.id and k.number ilike '%' || $9 || '%')
                   or exists (select from shipment_line l join order_line g on g.id = l.order_line
                       join export_order o on o.id = g.order_id where l.shipment = s.id and o.number ilike '%' || $9 || '%'))
           order by s.number desc limit $4"#,
        reach.everything,
        &reach.departments,
        reach.person,
        limit,
        by.at,
        filter.stage,
        filter.mode,
        filter.after,
        filter.text,
        by.lang == Lang::Zh,
        filter.late,
    )
    .fetch_all(db)
    .await?)
}

/// How often a customs set was sent after its cut-off, by forwarder, most often first.
pub(super) async fn late(db: &mut PgConnection, by: &By) -> Result<Vec<(String, i64)>> {
    let reach = InReach::of(by);
    let rows = sqlx::query!(
        r#"select coalesce((select name_zh from forwarder where id = s.forwarder), '') as "forwarder!", count(*) as "count!"
           from shipment s
           where s.documents_late and exists (select from shipment_line l join order_line g on g.id = l.order_line
               join export_order o on o.id = g.order_id where l.shipment = s.id
               and order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator))
           group by 1 order by 2 desc, 1 limit 50"#,
        reach.everything,
        &reach.departments,
        reach.person,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.forwarder, row.count))
        .collect())
}

/// Numbers of the shipments that carry goods of an order, oldest first.
pub(in crate::shipping) async fn of_order(
    db: &mut PgConnection,
    order: &Order,
) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!(
        "select distinct s.number from shipment s join shipment_line l on l.shipment = s.id
             join order_line g on g.id = l.order_line where g.order_id = $1 order by s.number",
        order.id().0,
    )
    .fetch_all(db)
    .await?)
}

/// Open orders of the same customer, department and currency.
pub(super) async fn companions(
    db: &mut PgConnection,
    by: &By,
    order: &Order,
) -> Result<Vec<String>> {
    let reach = InReach::of(by);
    Ok(sqlx::query_scalar!(
        "select o.number from export_order o join export_order mine on mine.id = $1
         where o.customer = mine.customer and o.department = mine.department and o.currency = mine.currency
             and o.id <> mine.id and o.condition = 'open' and o.operator = mine.operator and o.step between 4 and 8
             and order_in_reach($2, $3, $4, o.department, o.salesperson, o.operator)
         order by o.number limit 20",
        order.id().0,
        reach.everything,
        &reach.departments,
        reach.person,
    )
    .fetch_all(db)
    .await?)
}

/// The orders these lines belong to.
pub(super) async fn orders_of(db: &mut PgConnection, lines: &[Uuid]) -> Result<Vec<OrderId>> {
    let ids = sqlx::query_scalar!(
        "select distinct order_id from order_line where id = any($1)",
        lines,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(OrderId).collect())
}

/// Shipments of the order's goods that have not left, by id: the order in which they are locked.
pub(super) async fn live(db: &mut PgConnection, order: &Order) -> Result<Vec<(Uuid, String)>> {
    let rows = sqlx::query!(
        "select s.id, s.number from shipment s where s.stage not in ('departed', 'arrived', 'cancelled') and exists (
             select from shipment_line l join order_line g on g.id = l.order_line where l.shipment = s.id and g.order_id = $1)
         order by s.id",
        order.id().0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.number)).collect())
}

/// The number of an order that lines of a form belong to; whether it may be known is asked by who finds it.
pub(super) async fn number_of(db: &mut PgConnection, order: OrderId) -> Result<Option<String>> {
    Ok(
        sqlx::query_scalar!("select number from export_order where id = $1", order.0)
            .fetch_optional(db)
            .await?,
    )
}
