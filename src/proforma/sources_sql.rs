//! What a proforma invoice takes from elsewhere: seller, accounts, buyer, the rule of the levels.

use super::content::{Account, Content, Seller};
use super::margin::LevelRule;
use super::terms::{Planned, Purse, Terms};
use crate::base::{AccountId, Currency, Lang, T, payment_words};
use crate::orders::Order;
use crate::web::Result;
use rust_decimal::Decimal;
use sqlx::PgConnection;

/// What the company calls payment terms, Chinese and English; nothing where these are the usual words.
pub(super) async fn payment_said(db: &mut PgConnection, terms: &str) -> Result<Vec<String>> {
    let row = sqlx::query!(
        "select name_zh, name_en from payment_term where terms = $1",
        terms
    )
    .fetch_optional(db)
    .await?;
    let said = row.map(|row| vec![row.name_zh, row.name_en]);
    let usual = [Lang::Zh, Lang::En].map(|lang| payment_words::word(T(lang), terms));
    Ok(said.filter(|said| *said != usual).unwrap_or_default())
}

/// Of the confirmed revision the instalments that are in; none where nothing is confirmed.
pub(super) async fn paid(db: &mut PgConnection, order: &Order) -> Result<Vec<Planned>> {
    let row = sqlx::query!(
        r#"select content ->> 'payment' as "payment!", total as "total!", order_instalments(order_id) as "amounts!: Vec<Decimal>",
               order_money_in(order_id) as "received!", bank_charge_allowance(order_id) as "tolerance!"
           from proforma_invoice where order_id = $1 and stage = 'confirmed'"#,
        order.id().0,
    )
    .fetch_optional(db)
    .await?;
    let paid = row.and_then(|row| {
        let terms = Terms::from_code(&row.payment).ok()?;
        let decimals = order.terms.currency.decimals();
        let purse = Purse {
            received: row.received,
            tolerance: row.tolerance,
        };
        let plan = terms.plan_of(&row.amounts, row.total, decimals);
        Some(plan.paid(purse).to_vec())
    });
    Ok(paid.unwrap_or_default())
}

/// The letterhead of the order's legal entity.
pub(super) async fn seller(db: &mut PgConnection, order: &Order) -> Result<Seller> {
    Ok(sqlx::query_as!(
        Seller,
        "select e.name_en, e.name_zh, e.address_en, e.address_zh, e.phone, e.email
         from export_order o join legal_entity e on e.id = o.entity where o.id = $1",
        order.id().0,
    )
    .fetch_one(db)
    .await?)
}

/// An account of ours as it is printed, with its currency.
pub(super) async fn account(
    db: &mut PgConnection,
    id: AccountId,
) -> Result<Option<(Account, String)>> {
    let row = sqlx::query!(
        r#"select name, beneficiary, bank, bank_address, bic, account, currency::text as "currency!"
           from bank_account where id = $1"#,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let account = Account {
            name: row.name,
            beneficiary: row.beneficiary,
            bank: row.bank,
            bank_address: row.bank_address,
            bic: row.bic,
            account: row.account,
        };
        (account, row.currency)
    }))
}

/// Whether the account belongs to the entity that trades in this order.
pub(super) async fn is_ours(db: &mut PgConnection, order: &Order, id: AccountId) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from bank_account b join export_order o on o.entity = b.entity
           where b.id = $1 and o.id = $2) as "ours!""#,
        id.0,
        order.id().0,
    )
    .fetch_one(db)
    .await?)
}

/// The confirmed content of the order this one was split from.
pub(super) async fn split_from(db: &mut PgConnection, order: &Order) -> Result<Option<Content>> {
    let content = sqlx::query_scalar!(
        r#"select p.content as "content!" from export_order o join proforma_invoice p on p.order_id = o.split_of
           where o.id = $1 and p.stage = 'confirmed' and p.content is not null"#,
        order.id().0,
    )
    .fetch_optional(db)
    .await?;
    Ok(content.map(serde_json::from_value).transpose()?)
}

/// Our accounts by name, for the choice.
pub(super) async fn accounts(
    db: &mut PgConnection,
    order: &Order,
) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        r#"select b.id, b.name, b.currency::text as "currency!" from bank_account b join export_order o on o.entity = b.entity
           where o.id = $1 and b.archived_at is null order by b.currency <> o.currency, b.name"#,
        order.id().0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            (
                row.id.to_string(),
                format!("{} · {}", row.name, row.currency),
            )
        })
        .collect())
}

/// What a new paper takes over from the customer.
pub(super) struct Buyer {
    pub text: String,
    pub consignee: String,
    pub notify: String,
    pub paper_lang: String,
}

pub(super) async fn buyer(db: &mut PgConnection, order: &Order) -> Result<Buyer> {
    let row = sqlx::query!(
        "select c.name_en, c.address_en, c.consignee, c.notify, c.paper_lang from customer c where c.id = $1",
        order.customer.0,
    )
    .fetch_one(db)
    .await?;
    Ok(Buyer {
        text: [row.name_en, row.address_en]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("\n"),
        consignee: row.consignee,
        notify: row.notify,
        paper_lang: row.paper_lang,
    })
}

/// The company's rule on amounts, or its default, for amounts of this currency.
pub(crate) async fn level_rule(db: &mut PgConnection, currency: Currency) -> Result<LevelRule> {
    let row = sqlx::query!(
        r#"select (select s.value from setting s where s.key = 'proforma_levels') as "value?",
               (select x.rate from exchange_rate x where x.currency = $1 order by x.day desc limit 1) as "rate?""#,
        currency.as_str(),
    )
    .fetch_one(db)
    .await?;
    let rule: Option<LevelRule> = row.value.map(serde_json::from_value).transpose()?;
    Ok(rule.unwrap_or_default().of(currency, row.rate))
}
