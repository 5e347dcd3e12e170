//! Verify: no credit is drawn beyond its amount and tolerance, and one that is workable has no open finding.

use super::sql;
use super::stage::Stage;
use crate::web::Result;
use sqlx::PgConnection;

pub async fn differences(db: &mut PgConnection) -> Result<Vec<String>> {
    let rows = sqlx::query!(
        r#"select l.number, exists (select from credit_finding f where f.letter_of_credit = l.id
               and f.state in ('open', 'asked') and f.severity = 'discrepancy') as "open!"
           from letter_of_credit l order by l.id"#
    )
    .fetch_all(&mut *db)
    .await?;
    let mut found = Vec::new();
    for row in rows {
        let Some(credit) = sql::read(db, &row.number).await? else {
            continue;
        };
        if credit.left().amount.is_sign_negative() && !credit.left().amount.is_zero() {
            found.push(format!("{}: drawn beyond its amount", row.number));
        }
        if row.open && credit.stage == Stage::Workable {
            found.push(format!("{}: workable with an open finding", row.number));
        }
    }
    Ok(found)
}
