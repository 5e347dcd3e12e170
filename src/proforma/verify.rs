//! Verify: every frozen revision still has the hash it was approved under, and its lines sum to its total.

use super::adjustment;
use super::content::Content;
use crate::web::Result;
use rust_decimal::Decimal;
use sqlx::PgConnection;

pub async fn differences(db: &mut PgConnection) -> Result<Vec<String>> {
    let rows = sqlx::query!(
        r#"select o.number, p.revision, p.content as "content!", p.content_hash as "hash!", p.total
           from proforma_invoice p join export_order o on o.id = p.order_id
           where p.content is not null and p.content_hash is not null order by p.id"#
    )
    .fetch_all(db)
    .await?;
    let mut found = Vec::new();
    for row in rows {
        let name = format!("{} proforma r{}", row.number, row.revision);
        let Ok(content) = serde_json::from_value::<Content>(row.content) else {
            found.push(format!("{name}: its content cannot be read"));
            continue;
        };
        if content.hash()? != row.hash {
            found.push(format!("{name}: its content is not what was frozen"));
        }
        let lines: Decimal = content.lines.iter().map(|line| line.amount).sum();
        let adjusted = adjustment::sum(&content.wording.adjustments);
        if lines - content.discount + adjusted != content.total || row.total != Some(content.total)
        {
            found.push(format!("{name}: its lines do not sum to its total"));
        }
        let parts: Decimal = content.schedule.iter().map(|part| part.amount).sum();
        if parts != content.total {
            found.push(format!("{name}: its instalments do not sum to its total"));
        }
    }
    Ok(found)
}
