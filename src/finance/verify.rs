//! Verify: money laid against declarations is there, no declaration is claimed twice, and what finance took was handed over.

use crate::web::Result;
use sqlx::PgConnection;

pub(super) async fn differences(db: &mut PgConnection) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let rows = sqlx::query_scalar!(
        r#"select r.number from receipt_allocation a join receipt r on r.id = a.receipt
           where (select sum(v.amount) from verification_receipt v where v.allocation = a.id) > a.amount order by 1"#
    )
    .fetch_all(&mut *db)
    .await?;
    found.extend(rows.into_iter().map(|number| {
        format!(
            "receipt {number}: more of an allocation is laid against declarations than it holds"
        )
    }));
    let rows = sqlx::query!(
        r#"select s.number, d.sequence from customs_declaration d join shipment s on s.id = d.shipment
           where (select count(*) from rebate_claim_declaration k join rebate_claim r on r.id = k.claim
               where k.declaration = d.id and r.stage <> 'rejected') > 1 order by 1, 2"#
    )
    .fetch_all(&mut *db)
    .await?;
    found.extend(
        rows.into_iter()
            .map(|row| format!("{} declaration {}: claimed twice", row.number, row.sequence)),
    );
    let rows = sqlx::query_scalar!(
        r#"select s.number from hand_over h join shipment s on s.id = h.shipment
           where h.stage in ('handed_over', 'taken')
               and (h.handed_over_at is null or not exists (select from hand_over_paper p where p.hand_over = h.id))
           order by 1"#
    )
    .fetch_all(db)
    .await?;
    found.extend(
        rows.into_iter()
            .map(|number| format!("{number}: with finance, but nothing was handed over")),
    );
    Ok(found)
}
