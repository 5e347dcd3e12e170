//! The statements of a shipment's goods, and of what its orders say to the guards.

use crate::base::Lang;
use crate::orders::Order;
use crate::people::relation::InReach;
use crate::web::Result;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

/// One line of the shipment with its packing.
#[derive(Clone, Debug)]
pub struct Good {
    pub id: Uuid,
    pub order_number: String,
    pub order_line: Uuid,
    pub item_no: String,
    pub description_en: String,
    pub description_zh: String,
    pub colour: String,
    pub hs_code: String,
    pub quantity: Decimal,
    pub unit: String,
    /// Of the confirmed proforma invoice, else of the order's line.
    pub unit_price: Option<Decimal>,
    pub cartons: Option<i32>,
    pub gross_kg: Option<Decimal>,
    pub net_kg: Option<Decimal>,
    pub cbm: Option<Decimal>,
    /// What the order's line says of its packing, where the shipment takes the whole of it.
    pub line_cartons: Option<i32>,
    pub line_gross_kg: Option<Decimal>,
    pub line_net_kg: Option<Decimal>,
    pub line_cbm: Option<Decimal>,
}

impl Good {
    pub fn name(&self) -> String {
        format!("{} {}", self.item_no, self.description_en)
            .trim()
            .to_owned()
    }

    pub fn described(&self, lang: Lang) -> String {
        described(
            lang,
            &self.description_zh,
            &self.description_en,
            &self.colour,
        )
    }

    pub fn is_packed(&self) -> bool {
        self.cartons.is_some()
            && self.gross_kg.is_some()
            && self.net_kg.is_some()
            && self.cbm.is_some()
    }
}

/// The goods in the reader's language, with the colour that tells lines of one style apart.
fn described(lang: Lang, chinese: &str, english: &str, colour: &str) -> String {
    let name = if lang == Lang::Zh && !chinese.is_empty() {
        chinese
    } else {
        english
    };
    format!("{name} {colour}").trim().to_owned()
}

/// The goods of a shipment, as far as their orders are in reach.
pub(in crate::shipping) async fn goods(
    db: &mut PgConnection,
    reach: &InReach,
    shipment: Uuid,
) -> Result<Vec<Good>> {
    Ok(sqlx::query_as!(
        Good,
        r#"select l.id, o.number as order_number, l.order_line, g.item_no, g.description_en, g.description_zh, g.colour,
               g.hs_code, l.quantity, g.unit, shipping_price(g.id) as "unit_price?", l.cartons, l.gross_kg, l.net_kg, l.cbm,
               case when l.quantity = g.quantity then g.cartons end as line_cartons,
               case when l.quantity = g.quantity then g.gross_kg end as line_gross_kg,
               case when l.quantity = g.quantity then g.net_kg end as line_net_kg,
               case when l.quantity = g.quantity then g.cbm end as line_cbm
           from shipment_line l join order_line g on g.id = l.order_line join export_order o on o.id = g.order_id
           where l.shipment = $1 and order_in_reach($2, $3, $4, o.department, o.salesperson, o.operator)
           order by o.number, g.pos"#,
        shipment,
        reach.everything,
        &reach.departments,
        reach.person,
    )
    .fetch_all(db)
    .await?)
}

/// What a shipment is invoiced at by the confirmed proforma invoices, with its share of discount and adjustment lines,
/// and what of that customs is told.
#[derive(Clone, Copy, Debug)]
pub(in crate::shipping) struct Invoiced {
    pub total: Decimal,
    pub customs: Decimal,
}

pub(in crate::shipping) async fn invoiced(
    db: &mut PgConnection,
    reach: &InReach,
    shipment: Uuid,
) -> Result<Invoiced> {
    Ok(sqlx::query_as!(
        Invoiced,
        r#"select coalesce(sum(order_shipped_value(t.id, $1)), 0) as "total!",
               coalesce(sum(order_customs_value(t.id, $1)), 0) as "customs!"
           from (select distinct o.id from shipment_line l join order_line g on g.id = l.order_line
               join export_order o on o.id = g.order_id
               where l.shipment = $1 and order_in_reach($2, $3, $4, o.department, o.salesperson, o.operator)) t"#,
        shipment,
        reach.everything,
        &reach.departments,
        reach.person,
    )
    .fetch_one(db)
    .await?)
}

/// A line of an order that can be shipped.
#[derive(Clone, Debug)]
pub(super) struct Shippable {
    pub line: Uuid,
    pub order_number: String,
    pub item_no: String,
    pub description_en: String,
    pub description_zh: String,
    pub colour: String,
    pub unit: String,
    pub ordered: Decimal,
    /// In other shipments that are not cancelled.
    pub elsewhere: Decimal,
    /// In this one.
    pub here: Option<Decimal>,
    /// Ordered with the tolerance.
    pub most: Decimal,
}

impl Shippable {
    pub(super) fn described(&self, lang: Lang) -> String {
        described(
            lang,
            &self.description_zh,
            &self.description_en,
            &self.colour,
        )
    }

    /// What may still go with this shipment.
    pub(super) fn left(&self) -> Decimal {
        (self.most - self.elsewhere).max(Decimal::ZERO)
    }

    /// What is offered: the rest without the tolerance.
    pub(super) fn offered(&self) -> Decimal {
        (self.ordered - self.elsewhere).max(Decimal::ZERO)
    }
}

/// The lines of an order; a confirmed proforma invoice says what was ordered, before that the order's own line.
pub(super) async fn shippable(
    db: &mut PgConnection,
    order: &Order,
    shipment: Option<Uuid>,
) -> Result<Vec<Shippable>> {
    Ok(sqlx::query_as!(
        Shippable,
        r#"select g.id as line, o.number as order_number, g.item_no, g.description_en, g.description_zh, g.colour, g.unit,
               shipping_ordered(g.id) as "ordered!",
               coalesce((select sum(l.quantity) from shipment_line l join shipment s on s.id = l.shipment
                   where l.order_line = g.id and s.stage <> 'cancelled' and s.id is distinct from $2), 0) as "elsewhere!",
               (select l.quantity from shipment_line l where l.order_line = g.id and l.shipment = $2) as "here?",
               shipping_ordered(g.id) * (1 + o.tolerance / 100) as "most!"
           from order_line g join export_order o on o.id = g.order_id where g.order_id = $1 and o.id = $1 order by g.pos"#,
        order.id().0,
        shipment,
    )
    .fetch_all(db)
    .await?)
}

/// Writes the shipment's lines: those with a quantity, nothing else.
pub(super) async fn write_lines(
    db: &mut PgConnection,
    shipment: Uuid,
    lines: &[(Uuid, Uuid, Decimal)],
) -> Result<()> {
    let ids: Vec<Uuid> = lines.iter().map(|line| line.0).collect();
    let of: Vec<Uuid> = lines.iter().map(|line| line.1).collect();
    let quantities: Vec<Decimal> = lines.iter().map(|line| line.2).collect();
    sqlx::query!(
        "delete from shipment_line where shipment = $1 and order_line <> all($2)",
        shipment,
        &of,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into shipment_line (id, shipment, order_line, quantity)
         select l.id, $1, l.line, l.quantity from unnest($2::uuid[], $3::uuid[], $4::numeric[]) as l (id, line, quantity)
         on conflict (shipment, order_line) do update set quantity = excluded.quantity,
             cartons = case when shipment_line.quantity = excluded.quantity then shipment_line.cartons end,
             gross_kg = case when shipment_line.quantity = excluded.quantity then shipment_line.gross_kg end,
             net_kg = case when shipment_line.quantity = excluded.quantity then shipment_line.net_kg end,
             cbm = case when shipment_line.quantity = excluded.quantity then shipment_line.cbm end",
        shipment,
        &ids,
        &of,
        &quantities,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What one order says to the guards of a shipment.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts, each asked on its own"
)]
pub(in crate::shipping) struct Standing {
    pub confirmed: bool,
    /// The final inspection or one after it passed, or was waived by the manager.
    pub inspected: bool,
    pub received: Decimal,
    /// Of the confirmed proforma invoice, less what was short-closed.
    pub total: Decimal,
    /// Invoice value of this shipment, as far as it is this order's.
    pub here: Decimal,
    /// The same of the other shipments that are out of our hands: gone, given to a carrier who delivers them, or released.
    pub gone: Decimal,
    /// With this shipment nothing of the order is left to ship.
    pub last: bool,
    /// What of the confirmed total was short-closed.
    pub given_up: Decimal,
    /// Amounts of the confirmed instalments, in their order.
    pub instalments: Vec<Decimal>,
    /// The company's rule: the deposit pays for the last goods.
    pub deposit_on_last: bool,
    /// Terms of payment of the confirmed proforma invoice, before that the order's own.
    pub payment: String,
    /// What banks may keep before a payment is short.
    pub tolerance: Decimal,
}

pub(in crate::shipping) async fn standing(
    db: &mut PgConnection,
    order: &Order,
    shipment: Uuid,
) -> Result<Standing> {
    Ok(sqlx::query_as!(
        Standing,
        r#"select p.id is not null as "confirmed!", coalesce(p.total - order_given_up(o.id), 0) as "total!",
               order_inspected(o.id, $2) as "inspected!",
               order_money_in(o.id) as "received!",
               order_shipped_value(o.id, $2) as "here!",
               coalesce((select sum(order_shipped_value(o.id, s.id)) from shipment s
                   where s.id <> $2 and (s.stage in ('departed', 'arrived')
                           or s.stage in ('gated_in', 'customs_released') and s.mode not in ('sea_fcl', 'sea_lcl')
                           or exists (select from transport_document t where t.shipment = s.id and t.stage = 'released'))
                       and exists (select from shipment_line l join order_line g on g.id = l.order_line
                           where l.shipment = s.id and g.order_id = o.id)), 0) as "gone!",
               order_shipped_out(o.id, $2) as "last!", coalesce(order_given_up(o.id), 0) as "given_up!",
               order_instalments(o.id) as "instalments!: Vec<Decimal>", deposit_on_last() as "deposit_on_last!",
               coalesce(p.content ->> 'payment', o.terms) as "payment!",
               bank_charge_tolerance(o.currency::text) as "tolerance!"
           from export_order o left join proforma_invoice p on p.order_id = o.id and p.stage = 'confirmed'
           where o.id = $1"#,
        order.id().0,
        shipment,
    )
    .fetch_one(db)
    .await?)
}
