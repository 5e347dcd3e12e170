//! Verify: no receipt is settled beyond what it holds, every reversal pairs with its row, and yuan follow from the rate.

use super::exchange::in_cny;
use crate::web::Result;
use sqlx::PgConnection;

pub(in crate::finance) async fn differences(db: &mut PgConnection) -> Result<Vec<String>> {
    let mut found: Vec<String> = sqlx::query_scalar!(
        r#"select r.number from receipt r where receipt_to_settle(r.id) < 0 order by r.number"#
    )
    .fetch_all(&mut *db)
    .await?
    .into_iter()
    .map(|number| format!("{number}: more is settled than came in"))
    .collect();
    let rows = sqlx::query!(
        r#"select r.number, s.amount, s.rate as "rate!", s.cny as "cny!" from settlement s join receipt r on r.id = s.receipt
           where s.kind = 'settled' order by s.id"#
    )
    .fetch_all(&mut *db)
    .await?;
    for row in rows {
        if in_cny(row.amount, row.rate) != Some(row.cny) {
            found.push(format!(
                "{}: {} at {} is not {}",
                row.number, row.amount, row.rate, row.cny
            ));
        }
    }
    let unpaired = sqlx::query_scalar!(
        "select r.number from settlement u join settlement s on s.id = u.undoes join receipt r on r.id = u.receipt
         where s.undoes is not null or s.receipt <> u.receipt or s.amount + u.amount <> 0 order by r.number"
    )
    .fetch_all(db)
    .await?;
    found.extend(
        unpaired
            .into_iter()
            .map(|number| format!("{number}: a settlement's reversal does not pair")),
    );
    Ok(found)
}
