//! Goods of the demo's orders: as many lines as the story needs, with what a proforma invoice prints.

use crate::base::{FactoryId, LineId};
use crate::orders::lines::Line;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

/// Item, English and Chinese name, colour, pieces, price in cents, factory's price in fen.
pub(super) type Goods = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    i64,
    i64,
    i64,
);

pub(super) fn lines(
    goods: &[Goods],
    unit: &str,
    factory: Option<FactoryId>,
    at: DateTime<Utc>,
) -> Vec<Line> {
    goods
        .iter()
        .map(
            |(item, english, chinese, colour, pieces, cents, fen)| Line {
                id: LineId::fresh(at),
                item_no: (*item).to_owned(),
                description_en: (*english).to_owned(),
                description_zh: (*chinese).to_owned(),
                colour: (*colour).to_owned(),
                sizes: Vec::new(),
                quantity: Decimal::from(*pieces),
                unit: unit.to_owned(),
                unit_price: Some(Decimal::new(*cents, 2)),
                factory,
                factory_price: Some(Decimal::new(*fen, 2)),
                hs_code: String::new(),
                cartons: i32::try_from(*pieces / 24).ok(),
                gross_kg: None,
                net_kg: None,
                cbm: None,
                delivery_on: None,
                remark: String::new(),
            },
        )
        .collect()
}
