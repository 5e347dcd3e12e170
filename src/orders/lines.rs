//! Lines 货物行: what is ordered, as one sheet; the working copy until a proforma invoice freezes it.

use super::act::OrderAct;
use super::order::Order;
use crate::base::{Audience, Currency, FactoryId, LineId, money};
use crate::history::Event;
use crate::history::event::Change;
use crate::web::error::on_constraint;
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// A filled cell of the colour-and-size table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SizeCell {
    pub size: String,
    pub quantity: Decimal,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub id: LineId,
    pub item_no: String,
    pub description_en: String,
    pub description_zh: String,
    pub colour: String,
    pub sizes: Vec<SizeCell>,
    pub quantity: Decimal,
    pub unit: String,
    pub unit_price: Option<Decimal>,
    pub factory: Option<FactoryId>,
    /// Incl. VAT, CNY.
    pub factory_price: Option<Decimal>,
    pub hs_code: String,
    pub cartons: Option<i32>,
    pub gross_kg: Option<Decimal>,
    pub net_kg: Option<Decimal>,
    pub cbm: Option<Decimal>,
    pub delivery_on: Option<NaiveDate>,
    pub remark: String,
    /// Who may read it.
    pub remark_for: Audience,
}

impl Line {
    /// Quantity × unit price, rounded half-up once to the currency's unit.
    pub fn amount(&self, currency: Currency) -> Option<Decimal> {
        money::line_amount(self.quantity, self.unit_price?, currency)
    }

    /// `S 120 · M 240`
    pub fn sizes_text(&self) -> String {
        let cells: Vec<String> = self
            .sizes
            .iter()
            .map(|cell| format!("{} {}", cell.size, cell.quantity.normalize()))
            .collect();
        cells.join(" · ")
    }
}

/// Most lines an order may have; more come by import.
pub const MOST: usize = 1_000;

/// Lines of the order, in their order.
pub async fn lines(db: &mut PgConnection, order: &Order) -> Result<Vec<Line>> {
    let rows = sqlx::query!(
        "select id, item_no, description_en, description_zh, colour, sizes, quantity, unit, unit_price, factory,
             factory_price, hs_code, cartons, gross_kg, net_kg, cbm, delivery_on, remark, remark_for
         from order_line where order_id = $1 order by pos",
        order.id().0,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Line {
                sizes: serde_json::from_value(row.sizes).map_err(|error| {
                    Error::Broken(anyhow!("order line {}: sizes: {error}", row.id))
                })?,
                id: LineId(row.id),
                item_no: row.item_no,
                description_en: row.description_en,
                description_zh: row.description_zh,
                colour: row.colour,
                quantity: row.quantity.normalize(),
                unit: row.unit,
                unit_price: row.unit_price.map(|price| price.normalize()),
                factory: row.factory.map(FactoryId),
                factory_price: row.factory_price.map(|price| price.normalize()),
                hs_code: row.hs_code,
                cartons: row.cartons,
                gross_kg: row.gross_kg.map(|figure| figure.normalize()),
                net_kg: row.net_kg.map(|figure| figure.normalize()),
                cbm: row.cbm.map(|figure| figure.normalize()),
                delivery_on: row.delivery_on,
                remark: row.remark,
                remark_for: Audience::parse(&row.remark_for).unwrap_or_default(),
            })
        })
        .collect()
}

/// Replaces the sheet where its version is still the one read; what changed goes into the event by line and column.
///
/// Lines keep their ids, so that what points at them (samples, production, shipments) still does.
pub async fn save(act: &mut OrderAct, rev: i32, lines: &[Line]) -> Result<()> {
    let order = act.order.id();
    let held = act.order.clone();
    let before = self::lines(act.tx(), &held).await?;
    let lines = &with_own_ids(&before, lines, act.by.at);
    let saved = sqlx::query!(
        "update export_order set lines_version = lines_version + 1 where id = $1 and lines_version = $2",
        order.0,
        rev,
    )
    .execute(act.tx())
    .await?;
    if saved.rows_affected() == 0 {
        return Err(Error::Stale(Box::default()));
    }
    let ids: Vec<uuid::Uuid> = lines.iter().map(|line| line.id.0).collect();
    sqlx::query!(
        "delete from order_line where order_id = $1 and id <> all($2)",
        order.0,
        &ids
    )
    .execute(act.tx())
    .await?;
    write(act, lines).await?;
    let changes = differences(&before, lines);
    if !changes.is_empty() {
        act.happened(&Event::LinesChanged { changes }).await?;
    }
    Ok(())
}

/// A line that carries an id of another order, or one that stands twice, is a new line.
fn with_own_ids(before: &[Line], lines: &[Line], at: chrono::DateTime<chrono::Utc>) -> Vec<Line> {
    let mut taken = Vec::new();
    let mut own = lines.to_vec();
    for line in &mut own {
        let known = before.iter().any(|held| held.id == line.id);
        if !known || taken.contains(&line.id) {
            line.id = LineId::fresh(at);
        }
        taken.push(line.id);
    }
    own
}

/// All lines by one statement, so that five and five hundred cost the same number of round trips.
#[expect(
    clippy::too_many_lines,
    reason = "mostly one statement and its columns"
)]
pub(super) async fn write(act: &mut OrderAct, lines: &[Line]) -> Result<()> {
    let order = act.order.id();
    let text = |of: fn(&Line) -> &str| -> Vec<String> {
        lines.iter().map(|line| of(line).to_owned()).collect()
    };
    let figure = |of: fn(&Line) -> Option<Decimal>| -> Vec<Option<Decimal>> {
        lines.iter().map(of).collect()
    };
    let sizes: Vec<serde_json::Value> = lines
        .iter()
        .map(|line| serde_json::to_value(&line.sizes))
        .collect::<Result<_, _>>()?;
    sqlx::query!(
        "insert into order_line (order_id, pos, id, item_no, description_en, description_zh, colour, sizes, quantity,
             unit, unit_price, factory, factory_price, hs_code, cartons, gross_kg, net_kg, cbm, delivery_on, remark,
             remark_for)
         select $1, l.pos, l.id, l.item_no, l.description_en, l.description_zh, l.colour, l.sizes, l.quantity, l.unit,
             l.unit_price, l.factory, l.factory_price, l.hs_code, l.cartons, l.gross_kg, l.net_kg, l.cbm,
             l.delivery_on, l.remark, l.remark_for
         from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::numeric[], $9::text[],
             $10::numeric[], $11::uuid[], $12::numeric[], $13::text[], $14::int[], $15::numeric[], $16::numeric[],
             $17::numeric[], $18::date[], $19::text[], $20::text[])
             with ordinality as l (id, item_no, description_en, description_zh, colour, sizes, quantity, unit,
                 unit_price, factory, factory_price, hs_code, cartons, gross_kg, net_kg, cbm, delivery_on, remark,
                 remark_for, pos)
         on conflict (id) do update set pos = excluded.pos, item_no = excluded.item_no,
             description_en = excluded.description_en, description_zh = excluded.description_zh,
             colour = excluded.colour, sizes = excluded.sizes, quantity = excluded.quantity, unit = excluded.unit,
             unit_price = excluded.unit_price, factory = excluded.factory, factory_price = excluded.factory_price,
             hs_code = excluded.hs_code, cartons = excluded.cartons, gross_kg = excluded.gross_kg,
             net_kg = excluded.net_kg, cbm = excluded.cbm, delivery_on = excluded.delivery_on, remark = excluded.remark,
             remark_for = excluded.remark_for
             where order_line.order_id = excluded.order_id",
        order.0,
        &lines.iter().map(|line| line.id.0).collect::<Vec<_>>(),
        &text(|line| &line.item_no),
        &text(|line| &line.description_en),
        &text(|line| &line.description_zh),
        &text(|line| &line.colour),
        &sizes,
        &lines.iter().map(|line| line.quantity).collect::<Vec<_>>(),
        &text(|line| &line.unit),
        &figure(|line| line.unit_price) as &[Option<Decimal>],
        &lines.iter().map(|line| line.factory.map(|id| id.0)).collect::<Vec<_>>() as &[Option<uuid::Uuid>],
        &figure(|line| line.factory_price) as &[Option<Decimal>],
        &text(|line| &line.hs_code),
        &lines.iter().map(|line| line.cartons).collect::<Vec<_>>() as &[Option<i32>],
        &figure(|line| line.gross_kg) as &[Option<Decimal>],
        &figure(|line| line.net_kg) as &[Option<Decimal>],
        &figure(|line| line.cbm) as &[Option<Decimal>],
        &lines.iter().map(|line| line.delivery_on).collect::<Vec<_>>() as &[Option<NaiveDate>],
        &text(|line| &line.remark),
        &text(|line| line.remark_for.code()),
    )
    .execute(act.tx())
    .await
    .map_err(|error| {
        on_constraint(
            error,
            &[("order_line_factory_fkey", "lines", |t| {
                t.orders_no_such_factory()
            })],
        )
    })?;
    Ok(())
}

/// What changed between two sheets, by line and column.
pub fn differences(before: &[Line], after: &[Line]) -> Vec<Change> {
    let mut changes = Vec::new();
    for (place, new) in after.iter().enumerate() {
        match before.iter().find(|old| old.id == new.id) {
            None => changes.push(Change {
                field: format!("lines.{}", place + 1),
                from: None,
                to: Some(format!(
                    "{} {} × {}",
                    new.item_no,
                    new.quantity.normalize(),
                    new.description_en
                )),
            }),
            Some(old) => changes.extend(printed(old).into_iter().zip(printed(new)).filter_map(
                |((column, from), (_, to))| {
                    Change::between(&format!("lines.{}.{column}", place + 1), &from, &to)
                },
            )),
        }
    }
    for (place, old) in before.iter().enumerate() {
        if !after.iter().any(|new| new.id == old.id) {
            changes.push(Change {
                field: format!("lines.{}", place + 1),
                from: Some(format!(
                    "{} {} × {}",
                    old.item_no,
                    old.quantity.normalize(),
                    old.description_en
                )),
                to: None,
            });
        }
    }
    changes
}

/// A price with at least two decimals: 5.20, 0.875.
pub(super) fn price_text(price: Decimal) -> String {
    let mut price = price.normalize();
    if price.scale() < 2 {
        price.rescale(2);
    }
    price.to_string()
}

fn price(value: Option<Decimal>) -> String {
    value.map(price_text).unwrap_or_default()
}

/// Nothing where nothing is known.
fn known(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// Every column as it is shown.
pub fn printed(line: &Line) -> [(&'static str, String); 18] {
    let figure = |value: Option<Decimal>| known(value.map(|figure| figure.normalize()));
    let heard = !line.remark.is_empty();
    [
        ("style", line.item_no.clone()),
        ("description", line.description_en.clone()),
        ("description_zh", line.description_zh.clone()),
        ("colour", line.colour.clone()),
        ("size", line.sizes_text()),
        ("quantity", line.quantity.normalize().to_string()),
        ("unit", line.unit.clone()),
        ("price", price(line.unit_price)),
        ("factory", known(line.factory)),
        ("factory_price", price(line.factory_price)),
        ("hs_code", line.hs_code.clone()),
        ("cartons", known(line.cartons)),
        ("gross_weight", figure(line.gross_kg)),
        ("net_weight", figure(line.net_kg)),
        ("volume", figure(line.cbm)),
        ("delivery", known(line.delivery_on)),
        ("remark", line.remark.clone()),
        ("remark_for", known(heard.then(|| line.remark_for.code()))),
    ]
}
