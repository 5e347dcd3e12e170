//! The statement of the receipts' list.

use super::record::Receipt;
use super::sql::Row;
use crate::base::By;
use crate::finance::listing::Listed;
use crate::finance::reach;
use crate::web::Result;
use sqlx::PgConnection;

/// Newest first, after the last one shown.
pub(in crate::finance) async fn rows(
    db: &mut PgConnection,
    by: &By,
    asked: &Listed,
    limit: i64,
) -> Result<Vec<Receipt>> {
    let reach = reach::of_money(by);
    let (day, number) = asked.walked();
    let rows = sqlx::query_as!(
        Row,
        r#"select r.id, r.number, r.customer, coalesce(c.code, '') as "customer_code!",
               coalesce(c.name_en, '') as "customer_name!", r.received_on, r.currency::text as "currency!", r.amount,
               r.bank_charges, r.payer, coalesce(b.name, '') as "account!", r.bank_reference, r.message, r.evidence,
               r.recorded_at, r.unclaimed as free, r.unsettled as to_settle, r.version
           from receipt r left join customer c on c.id = r.customer left join bank_account b on b.id = r.account
           where ($1 or c.salesperson = $3 or exists (
               select from receipt_allocation a join export_order o on o.id = a.order_id
               where a.receipt = r.id and order_in_reach($1, $2, $3, o.department, o.salesperson, o.operator)))
           and ($4 = '' or strpos(lower(concat_ws(' ', r.number, r.payer, c.name_en, r.bank_reference, r.message)), lower($4)) > 0)
           and case $5 when 'to_claim' then r.unclaimed > 0 when 'to_settle' then r.unsettled > 0
               when 'done' then r.unclaimed = 0 and r.unsettled = 0 else true end
           and ($6::date is null or (r.received_on, r.number) < ($6, $7))
           order by r.received_on desc, r.number desc limit $8"#,
        reach.everything,
        &reach.departments,
        reach.person,
        asked.q,
        asked.state,
        day,
        number,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::receipt).collect()
}
