//! The statements of the list of credits, always inside the reader's reach, walked by key.

use crate::base::By;
use crate::people::relation::InReach;
use crate::web::Result;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) struct Row {
    pub number: String,
    pub stage: String,
    pub currency: String,
    pub amount: Decimal,
    pub drawn: Decimal,
    pub customer: String,
    pub issuing_bank: String,
    pub bank_number: String,
    pub expiry_on: Option<NaiveDate>,
    pub expiry_place: String,
    pub latest_shipment_on: Option<NaiveDate>,
    pub findings: i64,
    pub orders: Vec<String>,
    /// Of the order through which the reader knows it.
    pub department: Uuid,
    pub salesperson: Uuid,
    pub operator: Uuid,
}

/// What is asked of the list.
pub(super) struct Wanted<'a> {
    /// `open`, `risk`, `all`, or one stage.
    pub state: &'a str,
    /// Lower-case pattern of `like`, or nothing.
    pub pattern: &'a str,
    /// The last number shown; the list goes on behind it.
    pub after: &'a str,
    pub limit: i64,
    pub today: NaiveDate,
}

pub(super) async fn rows(db: &mut PgConnection, by: &By, wanted: &Wanted<'_>) -> Result<Vec<Row>> {
    let reach = InReach::of(by);
    Ok(sqlx::query_as!(
        Row,
        r#"select l.number, l.stage, l.currency::text as "currency!", l.amount, c.name_en as customer, l.issuing_bank,
               l.bank_number, l.expiry_on, l.expiry_place, l.latest_shipment_on,
               coalesce((select sum(d.amount) from credit_drawing d where d.letter_of_credit = l.id), 0) as "drawn!",
               (select count(*) from credit_finding f where f.letter_of_credit = l.id
                   and f.state in ('open', 'asked') and f.severity = 'discrepancy') as "findings!",
               o.numbers as "orders!", o.department as "department!", o.salesperson as "salesperson!",
               o.operator as "operator!"
           from letter_of_credit l join customer c on c.id = l.customer
           join lateral (
               select array_agg(o.number order by o.number) as numbers,
                   (array_agg(o.department order by o.operator is not distinct from $3 desc, o.id))[1] as department,
                   (array_agg(o.salesperson order by o.operator is not distinct from $3 desc, o.id))[1] as salesperson,
                   (array_agg(o.operator order by o.operator is not distinct from $3 desc, o.id))[1] as operator
               from letter_of_credit_order x join export_order o on o.id = x.order_id
               where x.letter_of_credit = l.id and order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)
           ) o on o.numbers is not null
           where ($4 = 'all' or l.stage = $4 or ($4 = 'open' and l.stage not in ('exhausted', 'expired', 'cancelled'))
                   or ($4 = 'risk' and credit_at_risk(l.id, $8)))
               and ($5 = '' or lower(concat_ws(' ', l.number, l.bank_number, l.issuing_bank, c.name_en)) like $5)
               and ($6 = '' or l.id < (select a.id from letter_of_credit a where a.number = $6))
           order by l.id desc limit $7"#,
        reach.everything,
        &reach.departments,
        reach.person,
        wanted.state,
        wanted.pattern,
        wanted.after,
        wanted.limit,
        wanted.today,
    )
    .fetch_all(db)
    .await?)
}

/// Numbers of the orders of one credit, those in reach.
pub(in crate::credits) async fn orders_of(
    db: &mut PgConnection,
    by: &By,
    credit: Uuid,
) -> Result<Vec<String>> {
    let reach = InReach::of(by);
    Ok(sqlx::query_scalar!(
        "select o.number from letter_of_credit_order x join export_order o on o.id = x.order_id
         where x.letter_of_credit = $1 and order_in_reach($2, $3, $4, o.department, o.salesperson, o.operator)
         order by o.number",
        credit,
        reach.everything,
        &reach.departments,
        reach.person,
    )
    .fetch_all(db)
    .await?)
}
