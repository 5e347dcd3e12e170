//! What a production order takes from elsewhere: what is ordered, what money and credit stand behind it, who its
//! factories are.

use super::gate::Standing;
use crate::base::FactoryId;
use crate::orders::Order;
use crate::proforma::content::Content as Ordered;
use crate::web::Result;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// What the customer has confirmed and not given up since, with the hash of the confirmed content.
#[derive(Clone, Debug)]
pub(in crate::production) struct InForce {
    pub ordered: Ordered,
    pub hash: Vec<u8>,
}

pub(super) async fn in_force(db: &mut PgConnection, order: &Order) -> Result<Option<InForce>> {
    let row = sqlx::query!(
        r#"select p.content as "content!", p.content_hash as "hash!",
               coalesce((select jsonb_object_agg(l.id, l.short_closed::text) from order_line l
                   where l.order_id = p.order_id and l.short_closed > 0), '{}') as "given_up!"
           from proforma_invoice p where p.order_id = $1 and p.stage = 'confirmed'"#,
        order.id().0,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let mut ordered: Ordered = serde_json::from_value(row.content)?;
        let given_up: HashMap<Uuid, Decimal> = serde_json::from_value(row.given_up)?;
        for line in &mut ordered.lines {
            if let Some(quantity) = given_up.get(&line.line.0) {
                line.quantity -= quantity;
                // How the rest divides into sizes is known to nobody.
                line.sizes.clear();
            }
        }
        Ok(InForce {
            ordered,
            hash: row.hash,
        })
    })
    .transpose()
}

/// Money, credit and trust behind the order.
pub(super) async fn standing(
    db: &mut PgConnection,
    order: &Order,
    in_force: &InForce,
) -> Result<Standing> {
    Ok(sqlx::query_as!(
        Standing,
        r#"select order_money_in($1) as "received!", bank_charge_tolerance($2) as "tolerance!",
               exists (select from letter_of_credit_order l join letter_of_credit c on c.id = l.letter_of_credit
                   where l.order_id = $1 and c.stage in ('workable', 'drawn', 'exhausted')) as "credit_workable!",
               exists (select from production_order p where p.order_id = $1 and p.terms_hash = $3) as "trusted!""#,
        order.id().0,
        in_force.ordered.currency.as_str(),
        in_force.hash,
    )
    .fetch_one(db)
    .await?)
}

/// What the working copy of a line says beside the confirmed content: its factory, its price, its remark.
pub(super) struct Plan {
    pub id: Uuid,
    pub factory: Option<Uuid>,
    pub factory_price: Option<Decimal>,
    pub remark: String,
}

pub(super) async fn plans(db: &mut PgConnection, order: &Order) -> Result<Vec<Plan>> {
    Ok(sqlx::query_as!(
        Plan,
        r#"select id, factory, factory_price, case when remark_for = 'factory' then remark else '' end as "remark!"
           from order_line where order_id = $1 order by pos"#,
        order.id().0,
    )
    .fetch_all(db)
    .await?)
}

/// Whether there is such a factory to order from.
pub(super) async fn factory_name(
    db: &mut PgConnection,
    factory: FactoryId,
) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "select name_zh from factory where id = $1 and archived_at is null",
        factory.0
    )
    .fetch_optional(db)
    .await?)
}

/// Whom we know at the factory, first contact first.
pub(super) async fn contacts(db: &mut PgConnection, factory: FactoryId) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!(
        "select name from contact where factory = $1 and archived_at is null order by id limit 20",
        factory.0
    )
    .fetch_all(db)
    .await?)
}

/// What is asked of every factory of this customer's goods, and what somebody has written for the factory to read.
pub(super) async fn for_factory(db: &mut PgConnection, order: &Order) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!(
        "select text from order_remark where order_id = $1 and audience = 'factory' order by at, id limit 20",
        order.id().0,
    )
    .fetch_all(db)
    .await?)
}
