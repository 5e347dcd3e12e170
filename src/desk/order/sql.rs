//! Statements of the order file: what its pages read beyond the order's own key.

use crate::base::{Audience, Lang};
use crate::orders::Order;
use crate::web::Result;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// A remark 备注 with the label that says who may read it.
#[derive(Clone, Debug)]
pub(super) struct Remark {
    pub audience: Audience,
    pub text: String,
    pub at: DateTime<Utc>,
    pub who: String,
}

pub(super) async fn remarks(
    db: &mut PgConnection,
    order: &Order,
    lang: Lang,
) -> Result<Vec<Remark>> {
    let rows = sqlx::query!(
        r#"select r.audience, r.text, r.at, p.name_zh as "zh?", p.name_en as "en?"
           from order_remark r left join person p on p.id = r.person
           where r.order_id = $1 order by r.at desc, r.id desc limit 20"#,
        order.id().0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Remark {
            audience: Audience::parse(&row.audience).unwrap_or_default(),
            text: row.text,
            at: row.at,
            who: match lang {
                Lang::Zh => row.zh,
                Lang::En => row.en,
            }
            .unwrap_or_default(),
        })
        .collect())
}

/// What this customer asks of every order; pinned over the goods.
pub(super) async fn requirements(db: &mut PgConnection, order: &Order) -> Result<String> {
    Ok(sqlx::query_scalar!(
        "select requirements from customer where id = $1",
        order.customer.0
    )
    .fetch_one(db)
    .await?)
}
