//! The statements the profit sheet is read by.

use super::{Figures, sheet};
use crate::base::Currency;
use crate::catalog::rate;
use crate::orders::Order;
use crate::web::Result;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgConnection;

/// Charges of payables by currency.
async fn charges(db: &mut PgConnection, order: &Order) -> Result<Vec<(String, Decimal)>> {
    let rows = sqlx::query!(
        r#"select p.currency::text as "currency!", sum(p.amount) as "amount!" from payable p
           where p.order_id = $1 and p.kind <> 'factory' and p.stage in ('asked', 'approved', 'paid') group by p.currency"#,
        order.id().0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.currency, row.amount))
        .collect())
}

/// Goods: what was shipped, else what is ordered, at the customer's and at the factories' prices.
struct Goods {
    shipped: Decimal,
    ordered: Decimal,
    purchase_shipped: Decimal,
    purchase_ordered: Decimal,
    price_missing: bool,
    estimate_shipped: Decimal,
    estimate_ordered: Decimal,
}

async fn goods(db: &mut PgConnection, order: &Order, day: NaiveDate) -> Result<Goods> {
    Ok(sqlx::query_as!(
        Goods,
        r#"with line as (
               select l.quantity - l.short_closed as quantity, coalesce(p.price, l.factory_price) as price,
                   coalesce((select sum(x.quantity) from shipment_line x join shipment s on s.id = x.shipment
                       where x.order_line = l.id and s.stage in ('departed', 'arrived')), 0) as shipped,
                   coalesce((select r.rebate_rate / 100 / (1 + r.vat_rate / 100) from rebate_rate r where r.hs_code = l.hs_code
                       and r.from_day <= $2 and (r.until_day is null or r.until_day >= $2)), 0) as back
               from order_line l left join lateral (
                   select max(n.unit_price) as price from production_order_line n join production_order o on o.id = n.production_order
                   where n.order_line = l.id and o.stage not in ('draft', 'declined', 'superseded', 'void')) p on true
               where l.order_id = $1)
           select coalesce((select sum(order_shipped_value($1, s.id)) from shipment s where s.stage in ('departed', 'arrived')
                   and exists (select from shipment_line x join order_line l on l.id = x.order_line
                       where x.shipment = s.id and l.order_id = $1)), 0) as "shipped!",
               coalesce((select i.total from proforma_invoice i where i.order_id = $1 and i.stage = 'confirmed'),
                   order_amount($1, $3), 0) - order_given_up($1) as "ordered!",
               coalesce((select sum(line.shipped * line.price) from line), 0) as "purchase_shipped!",
               coalesce((select sum(line.quantity * line.price) from line), 0) as "purchase_ordered!",
               exists (select from line where line.price is null) as "price_missing!",
               coalesce((select sum(line.shipped * line.price * line.back) from line), 0) as "estimate_shipped!",
               coalesce((select sum(line.quantity * line.price * line.back) from line), 0) as "estimate_ordered!""#,
        order.id().0,
        day,
        order.terms.currency.as_str(),
    )
    .fetch_one(db)
    .await?)
}

/// Money: the rate it was settled at, and what banks kept of it on the way.
struct Money {
    rate: Option<Decimal>,
    bank: Decimal,
}

async fn money(db: &mut PgConnection, order: &Order) -> Result<Money> {
    Ok(sqlx::query_as!(
        Money,
        r#"with own as (select a.receipt, sum(a.amount) as amount from receipt_allocation a where a.order_id = $1
               group by a.receipt having sum(a.amount) > 0)
           select (select round(sum(s.cny) / nullif(sum(s.amount), 0), 6) from settlement s join own on own.receipt = s.receipt
                   where s.kind = 'settled') as "rate?",
               coalesce((select round(sum(r.bank_charges * own.amount / r.amount), 2) from own join receipt r on r.id = own.receipt), 0)
                   as "bank!""#,
        order.id().0,
    )
    .fetch_one(db)
    .await?)
}

/// The rebate of the order's part of its claims, and the purchase their invoices cover; nothing where none was begun.
struct Claimed {
    amount: Option<Decimal>,
    received: Option<bool>,
    covered: Option<Decimal>,
}

/// A claim that ended without an invoice is of all that its shipment carried; no claim covers more than was bought.
async fn claimed(db: &mut PgConnection, order: &Order) -> Result<Claimed> {
    Ok(sqlx::query_as!(
        Claimed,
        r#"with line as (
               select l.id, coalesce((select max(n.unit_price) from production_order_line n
                       join production_order o on o.id = n.production_order
                       where n.order_line = l.id and o.stage not in ('draft', 'declined', 'superseded', 'void')),
                   l.factory_price, 0) as price
               from order_line l where l.order_id = $1),
           claim as (
               select r.shipment,
                   case when r.stage in ('turned_exempt', 'taxed', 'not_applicable') then 0
                       else coalesce(r.received_amount, r.approved_amount,
                           (select sum(round(round(i.gross / (1 + i.vat_rate / 100), 2) * least(i.rebate_rate, i.vat_rate) / 100, 2))
                               from rebate_invoice i where i.claim = r.id), 0) end as amount,
                   r.stage in ('received', 'turned_exempt', 'taxed', 'not_applicable') as over,
                   (select sum(i.gross) from rebate_invoice i where i.claim = r.id) as gross,
                   coalesce(order_shipped_value($1, r.shipment) / nullif((select sum(order_shipped_value(t.order_id, r.shipment))
                       from (select distinct l.order_id from shipment_line x join order_line l on l.id = x.order_line
                           where x.shipment = r.shipment) t), 0), 1) as share,
                   (select sum(x.quantity * line.price) from shipment_line x join line on line.id = x.order_line
                       where x.shipment = r.shipment) as purchase
               from rebate_claim r where r.stage <> 'rejected' and exists (
                   select from shipment_line x join line on line.id = x.order_line where x.shipment = r.shipment)),
           part as (
               select round(sum(c.amount * c.share), 2) as amount, bool_and(c.over) as over,
                   least(sum(coalesce(c.gross * c.share, case when c.over then c.purchase end, 0)),
                       nullif(max(c.purchase), 0)) as covered
               from claim c group by c.shipment)
           select sum(p.amount) as "amount?", bool_and(p.over) as "received?", sum(p.covered) as "covered?" from part p"#,
        order.id().0,
    )
    .fetch_one(db)
    .await?)
}

/// Freight and charges in the order's currency, and the rest in RMB.
async fn freight_and_fees(
    db: &mut PgConnection,
    order: &Order,
    today: NaiveDate,
) -> Result<(Decimal, Decimal)> {
    let (mut freight_fx, mut fees) = (Decimal::ZERO, Decimal::ZERO);
    for (of, amount) in charges(db, order).await? {
        if of == "CNY" {
            fees += amount;
        } else if of == order.terms.currency.as_str() {
            freight_fx += amount;
        } else if let Some(of) = Currency::parse(&of) {
            let known = rate::exchange_on(db, of, today).await?;
            fees += known.map_or(Decimal::ZERO, |known| known.rate * amount);
        }
    }
    Ok((freight_fx, fees))
}

pub(super) async fn figures(
    db: &mut PgConnection,
    order: &Order,
    today: NaiveDate,
) -> Result<Figures> {
    let goods = goods(db, order, today).await?;
    let money = money(db, order).await?;
    let claimed = claimed(db, order).await?;
    let currency = order.terms.currency;
    let (freight_fx, fees) = freight_and_fees(db, order, today).await?;
    let table = rate::exchange_on(db, currency, today).await?;
    let shipped = goods.shipped > Decimal::ZERO;
    let pick = |of_shipped, of_ordered| if shipped { of_shipped } else { of_ordered };
    let purchase = pick(goods.purchase_shipped, goods.purchase_ordered);
    let estimate = pick(goods.estimate_shipped, goods.estimate_ordered);
    // A claim without an invoice says nothing yet.
    let covered = claimed.covered.filter(|covered| !covered.is_zero());
    let unclaimed = covered.map_or(Decimal::ZERO, |part| sheet::unclaimed(purchase, part));
    Ok(Figures {
        currency: currency.as_str().to_owned(),
        shipped,
        invoice_fx: pick(goods.shipped, goods.ordered),
        rate: money.rate.or(table.map(|known| known.rate)),
        settled: money.rate.is_some(),
        purchase,
        price_missing: goods.price_missing,
        freight_fx,
        fees,
        bank_fx: money.bank,
        rebate: covered.and(claimed.amount).unwrap_or(estimate),
        rebate_partly: !unclaimed.is_zero(),
        rebate_rest: estimate * unclaimed,
        rebate_received: claimed.received.unwrap_or(false) && unclaimed.is_zero(),
    })
}
