//! Verify: a paid payable was paid once and not by who approved it, one that is not paid has no money out, and every
//! reversal pairs with its payment.

use crate::web::Result;
use sqlx::PgConnection;

pub(in crate::finance) async fn differences(db: &mut PgConnection) -> Result<Vec<String>> {
    let wrong = sqlx::query_scalar!(
        "select p.number from payable p
         left join lateral (select coalesce(sum(m.amount), 0) as out from payment m where m.payable = p.id) x on true
         where x.out <> case p.stage when 'paid' then p.amount else 0 end order by p.number"
    )
    .fetch_all(&mut *db)
    .await?;
    let mut found: Vec<String> = wrong
        .into_iter()
        .map(|number| format!("{number}: what was paid is not what its stage says"))
        .collect();
    let hands = sqlx::query_scalar!(
        "select p.number from payable p join payment m on m.payable = p.id
         where m.undoes is null and m.person = any(p.approved_by) order by p.number"
    )
    .fetch_all(&mut *db)
    .await?;
    found.extend(
        hands
            .into_iter()
            .map(|number| format!("{number}: paid by who approved it")),
    );
    let unpaired = sqlx::query_scalar!(
        "select p.number from payment u join payment m on m.id = u.undoes join payable p on p.id = u.payable
         where m.undoes is not null or m.payable <> u.payable or m.amount + u.amount <> 0 order by p.number"
    )
    .fetch_all(db)
    .await?;
    found.extend(
        unpaired
            .into_iter()
            .map(|number| format!("{number}: a payment's reversal does not pair")),
    );
    Ok(found)
}
