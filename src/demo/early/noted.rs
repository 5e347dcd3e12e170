//! Noted 样板单: one note that is being filled in, one that came back with the manager's words, and one that the factory has
//! not acknowledged.

use super::opened;
use super::sampling::{self, WISH, Wish};
use crate::demo::cast::Cast;
use crate::demo::telling::{AMERICAS, PLOT, Plot, TANG_EUROPE};
use crate::web::{App, Result};
use chrono::{DateTime, Utc};

const COOLER: (Plot, Wish) = (
    Plot {
        team: AMERICAS,
        customer: "tamarind",
        title: "保温冷藏袋 18 升",
        reference: "TB-5240",
        ports: ("Ningbo, China", "Fremantle, Australia"),
        factory: "hemu",
        hs: "4202920000",
        goods: &[(
            "TB-C18",
            "Insulated cooler bag 18 l",
            "保温冷藏袋 18 升",
            "teal",
            4_000,
            620,
            3_190,
        )],
        delivery: 70,
        opened: 5,
        ..PLOT
    },
    Wish {
        material: "面料 600D 涤纶 PVC 底；夹层 5 mm EPE；里布 PEVA 0.18 mm，食品接触级",
        sizes: "30 × 22 × 27 cm\n提手长 42 cm，宽 3.8 cm",
        artwork: "前袋丝印 TAMARIND BAY，白色，宽 9 cm",
        packing: "每只一胶袋，20 只一箱",
        details: "1. 里布热压，不许车缝，装水 2 升倒置 10 分钟不漏\n2. 拉链头朝外，双拉头\n3. 冰袋位按去年样",
        wanted: 12,
        swatch: [0, 128, 128],
        ..WISH
    },
);

const COAT: (Plot, Wish) = (
    Plot {
        team: TANG_EUROPE,
        customer: "melograno",
        title: "羊毛混纺大衣",
        ports: ("Ningbo, China", "Livorno, Italy"),
        factory: "lanzhi",
        hs: "6205909099",
        goods: &[(
            "CM-W8",
            "Wool-blend coat",
            "羊毛混纺大衣",
            "camel",
            900,
            3_150,
            16_200,
        )],
        delivery: 80,
        opened: 4,
        ..PLOT
    },
    Wish {
        kind: "development",
        material: "面料 60% 羊毛 40% 涤纶，480 g/m²；里料 100% 醋酯",
        sizes: "M：胸围 104，肩宽 44，袖长 62，后中长 98（cm）",
        details: "1. 驳头手工珠边 0.6 cm\n2. 后开衩 28 cm，里料不外露\n3. 纽扣牛角纹 28L",
        wanted: 16,
        swatch: [193, 154, 107],
        ..WISH
    },
);

const LAMP: (Plot, Wish) = (
    Plot {
        team: AMERICAS,
        customer: "estrella",
        title: "太阳能庭院灯",
        terms: ("CFR", "San Antonio", "LC_SIGHT"),
        ports: ("Ningbo, China", "San Antonio, Chile"),
        factory: "xinglan",
        hs: "9405210090",
        goods: &[(
            "EA-SL4",
            "Solar LED garden lamp",
            "太阳能庭院灯",
            "black",
            5_000,
            460,
            2_370,
        )],
        delivery: 88,
        opened: 1,
        ..PLOT
    },
    Wish {
        kind: "development",
        material: "灯体 ABS；光电板 2 V 80 mA；电池镍氢 600 mAh",
        wanted: 18,
        swatch: [32, 32, 32],
        ..WISH
    },
);

pub(super) async fn run(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    cooler(app, now, cast).await?;
    coat(app, now, cast).await?;
    lamp(app, now, cast).await
}

/// Sent two working days ago: the factory's word was due yesterday.
async fn cooler(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let (plot, wish) = COOLER;
    let story = opened(app, now, cast, &plot).await?;
    let name = sampling::ask(&story, (3, 15), &wish).await?;
    sampling::answer(&story, (2, 9), name, "").await?;
    sampling::send(&story, (2, 10), name, "沈国良").await
}

/// Given back the same afternoon.
async fn coat(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let (plot, wish) = COAT;
    let story = opened(app, now, cast, &plot).await?;
    let name = sampling::ask(&story, (1, 10), &wish).await?;
    let words = "里料克重没写。大衣里料轻了起拱、重了不垂，写明克重和经纬密度再送签。";
    sampling::answer(&story, (1, 15), name, words).await
}

/// Begun today: sizes and details are still to be typed.
async fn lamp(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let (plot, wish) = LAMP;
    let story = opened(app, now, cast, &plot).await?;
    sampling::draft(&story, (0, 17), &wish).await
}
