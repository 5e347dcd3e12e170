//! Verify: no receipt is allocated beyond what it holds, and every row that undoes another pairs with it.

use crate::web::Result;
use sqlx::PgConnection;

#[expect(clippy::too_many_lines, reason = "mostly statements and their columns")]
pub(in crate::finance) async fn differences(db: &mut PgConnection) -> Result<Vec<String>> {
    let over = sqlx::query_scalar!(
        r#"select r.number from receipt r where receipt_free(r.id) < 0 order by r.number"#
    )
    .fetch_all(&mut *db)
    .await?;
    let mut found: Vec<String> = over
        .into_iter()
        .map(|number| format!("{number}: more is allocated than came in"))
        .collect();
    let stale = sqlx::query_scalar!(
        "select r.number from receipt r
         where r.unclaimed <> receipt_free(r.id) or r.unsettled <> receipt_to_settle(r.id) order by r.number"
    )
    .fetch_all(&mut *db)
    .await?;
    found.extend(
        stale
            .into_iter()
            .map(|number| format!("{number}: its row says another rest than it holds")),
    );
    let unpaired = sqlx::query_scalar!(
        "select r.number from receipt_allocation u join receipt_allocation a on a.id = u.undoes
         join receipt r on r.id = u.receipt
         where a.undoes is not null or a.receipt <> u.receipt or a.order_id <> u.order_id or a.amount + u.amount <> 0
         order by r.number"
    )
    .fetch_all(&mut *db)
    .await?;
    found.extend(
        unpaired
            .into_iter()
            .map(|number| format!("{number}: an allocation's reversal does not pair")),
    );
    let foreign = sqlx::query_scalar!(
        "select r.number from receipt_allocation a join receipt r on r.id = a.receipt
         join export_order o on o.id = a.order_id where o.currency <> r.currency and a.undoes is null order by r.number"
    )
    .fetch_all(db)
    .await?;
    found.extend(
        foreign
            .into_iter()
            .map(|number| format!("{number}: allocated to an order in another currency")),
    );
    Ok(found)
}
