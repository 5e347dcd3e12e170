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
    (unit, hs): (&str, &str),
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
                hs_code: hs.to_owned(),
                cartons: i32::try_from(*pieces / 24).ok(),
                gross_kg: None,
                net_kg: None,
                cbm: None,
                delivery_on: None,
                remark: String::new(),
                remark_for: crate::base::Audience::default(),
            },
        )
        .collect()
}

pub(super) const MUGS: [Goods; 2] = [
    (
        "KM-400",
        "Stoneware mug 400 ml",
        "炻瓷马克杯 400 ml",
        "ash",
        2_400,
        235,
        980,
    ),
    (
        "KM-400",
        "Stoneware mug 400 ml",
        "炻瓷马克杯 400 ml",
        "moss",
        2_400,
        235,
        980,
    ),
];
pub(super) const BACKPACK: [Goods; 1] = [(
    "ML-20",
    "Cooler backpack 20 l",
    "保温背包 20 升",
    "navy",
    6_000,
    965,
    4_850,
)];
pub(super) const TEE: [Goods; 5] = [
    (
        "AW-310",
        "Jersey tee",
        "针织T恤",
        "white",
        2_400,
        295,
        1_560,
    ),
    (
        "AW-310",
        "Jersey tee",
        "针织T恤",
        "black",
        2_400,
        295,
        1_560,
    ),
    ("AW-310", "Jersey tee", "针织T恤", "navy", 2_400, 295, 1_560),
    ("AW-310", "Jersey tee", "针织T恤", "sand", 2_400, 295, 1_560),
    (
        "AW-310",
        "Jersey tee",
        "针织T恤",
        "olive",
        2_400,
        295,
        1_560,
    ),
];
pub(super) const TROUSERS: [Goods; 2] = [
    (
        "CM-71",
        "Linen trousers",
        "亚麻长裤",
        "natural",
        1_100,
        1_275,
        6_800,
    ),
    (
        "CM-71",
        "Linen trousers",
        "亚麻长裤",
        "ink",
        1_100,
        1_275,
        6_800,
    ),
];
pub(super) const STRIP: [Goods; 1] = [(
    "BW-S5",
    "LED strip kit 5 m",
    "LED 灯带套装 5 米",
    "warm white",
    8_000,
    415,
    2_150,
)];
pub(super) const BENCH: [Goods; 1] = [(
    "PH-B2",
    "Acacia garden bench",
    "相思木花园长椅",
    "oiled",
    700,
    6_200,
    33_800,
)];
pub(super) const SHIRTS: [Goods; 3] = [
    (
        "AW-101",
        "Linen shirt, long sleeve",
        "长袖亚麻衬衫",
        "sand",
        1_200,
        520,
        2_680,
    ),
    (
        "AW-101",
        "Linen shirt, long sleeve",
        "长袖亚麻衬衫",
        "navy",
        1_200,
        520,
        2_680,
    ),
    (
        "AW-102",
        "Linen shirt, stand collar",
        "立领亚麻衬衫",
        "sand",
        1_200,
        540,
        2_790,
    ),
];
