//! Shipped 寄样: a parcel that does not move, a sample that the factory still makes, and one that leaves today.

use super::opened;
use super::sampling::{self, WISH, Wish};
use crate::demo::cast::Cast;
use crate::demo::telling::{LU_EUROPE, PLOT, Plot, SHEN_AMERICAS};
use crate::web::{App, Result};
use chrono::{DateTime, Utc};

const LIGHT: (Plot, Wish) = (
    Plot {
        team: LU_EUROPE,
        customer: "brightwell",
        title: "LED 壁灯 W2",
        reference: "BW-9102",
        terms: ("FOB", "Shenzhen", "TT_30_70_COPY"),
        ports: ("Shenzhen, China", "Hamburg, Germany"),
        factory: "yuguang",
        hs: "9405210090",
        goods: &[(
            "BW-W2",
            "LED wall light W2",
            "LED 壁灯 W2",
            "brushed brass",
            3_200,
            940,
            4_840,
        )],
        delivery: 58,
        opened: 12,
        ..PLOT
    },
    Wish {
        material: "灯体压铸铝，拉丝古铜；灯板 2835 8 W，3000 K，显指 90",
        sizes: "高 240 mm，宽 90 mm，出墙 75 mm",
        artwork: "底板激光打标 BW-W2，附 CE 标",
        packing: "单只彩盒，内托蛋托，12 只一箱",
        details: "1. 驱动 220–240 V，频闪低于 5%\n2. 整机 IP44，出具测试照片\n3. 线材标签朝外",
        wanted: -1,
        swatch: [181, 142, 74],
        ..WISH
    },
);

const OVERSHIRT: (Plot, Wish) = (
    Plot {
        customer: "alder",
        title: "灯芯绒衬衫外套",
        reference: "88262",
        ports: ("Ningbo, China", "Felixstowe, United Kingdom"),
        factory: "qiming",
        hs: "6205909099",
        goods: &[(
            "AW-340",
            "Corduroy overshirt",
            "灯芯绒衬衫外套",
            "tobacco",
            2_000,
            1_180,
            6_080,
        )],
        delivery: 66,
        opened: 8,
        ..PLOT
    },
    Wish {
        kind: "pre_production",
        material: "100% 棉灯芯绒 14 条，280 g/m²，水洗缩率 3% 内",
        sizes: "M：胸围 112，肩宽 47，袖长 63，衣长 74（cm）",
        artwork: "领标 ALDER & WREN，GOTS 吊牌一只",
        packing: "平铺入胶袋，衬纸板",
        details: "1. 绒向全部朝上\n2. 门襟两道明线 0.6 cm\n3. 按大货面料、大货流水线做",
        pieces: (2, 1, 1),
        wanted: 3,
        swatch: [124, 84, 48],
    },
);

const TOTE: (Plot, Wish) = (
    Plot {
        team: SHEN_AMERICAS,
        customer: "komori",
        title: "帆布托特包，皮拉片",
        reference: "KZ-3118",
        terms: ("FOB", "Shanghai", "TT_30_70_COPY"),
        ports: ("Shanghai, China", "Kobe, Japan"),
        factory: "qifan",
        hs: "4202920000",
        goods: &[(
            "KZ-T3",
            "Canvas tote with leather tab",
            "帆布托特包，皮拉片",
            "ecru",
            3_000,
            590,
            3_040,
        )],
        delivery: 60,
        opened: 14,
        ..PLOT
    },
    Wish {
        material: "16 安全棉帆布，未漂；拉片植鞣牛皮 2 mm",
        sizes: "38 × 34 × 12 cm，提手 60 cm",
        artwork: "内标织唛 KOMORI",
        packing: "单只无纺布袋，30 只一箱",
        details: "1. 提手受力点打 X 线\n2. 底角包边平整\n3. 承重 10 kg 挂 24 小时",
        wanted: -8,
        swatch: [238, 228, 205],
        ..WISH
    },
);

/// The tab alone, asked for when the bag was at the factory already.
const TAB: Wish = Wish {
    material: "植鞣牛皮 2 mm，本色与茶色各一",
    sizes: "60 × 25 mm，圆角 R4",
    artwork: "烫印 KOMORI，字高 5 mm，深 0.3 mm",
    details: "两色各打 3 片，烫印不许焦边",
    pieces: (3, 2, 1),
    wanted: 1,
    swatch: [158, 104, 62],
    ..WISH
};

pub(super) async fn run(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    light(app, now, cast).await?;
    overshirt(app, now, cast).await?;
    tote(app, now, cast).await
}

/// In hand since yesterday: it is to be packed and given to the courier today.
async fn light(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let (plot, wish) = LIGHT;
    let story = opened(app, now, cast, &plot).await?;
    let name = sampling::begun(&story, 11, &wish, "梁工").await?;
    sampling::receive(&story, (1, 16), (name, &wish)).await
}

/// Made at the factory, wanted in three days.
async fn overshirt(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let (plot, wish) = OVERSHIRT;
    let story = opened(app, now, cast, &plot).await?;
    sampling::begun(&story, 7, &wish, "俞建平")
        .await
        .map(|_| ())
}

/// With the courier for five working days, and the customer has its number; a second sample is still at the factory, so
/// that the step stands.
async fn tote(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let (plot, wish) = TOTE;
    let story = opened(app, now, cast, &plot).await?;
    let bag = sampling::begun(&story, 13, &wish, "楼经理").await?;
    sampling::begun(&story, 8, &TAB, "楼经理").await?;
    sampling::receive(&story, (6, 10), (bag, &wish)).await?;
    let label = ("DHL", "5163422073", "KZ-T3 canvas tote × 2");
    sampling::dispatch(&story, (5, 15), (bag, plot.customer), label)
        .await
        .map(|_| ())
}
