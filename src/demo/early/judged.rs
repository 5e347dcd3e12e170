//! Judged 样品确认: verdicts that are awaited, given with comments, and given as a no.

use super::opened;
use super::sampling::{self, Label, WISH, Wish};
use super::verdicts;
use crate::demo::cast::Cast;
use crate::demo::story::Story;
use crate::demo::telling::{AMERICAS, PLOT, Plot, TANG_AMERICAS};
use crate::samples::Name;
use crate::web::{App, Result};
use chrono::{DateTime, Utc};

const OTTOMAN: (Plot, Wish) = (
    Plot {
        team: AMERICAS,
        customer: "rimal",
        title: "丝绒矮凳",
        reference: "AR-733",
        terms: ("CIF", "Jebel Ali", "LC_SIGHT"),
        ports: ("Shenzhen, China", "Jebel Ali, UAE"),
        factory: "muhe",
        hs: "9401690090",
        goods: &[(
            "AR-M6",
            "Majlis ottoman, velvet",
            "丝绒矮凳",
            "emerald",
            600,
            4_600,
            23_700,
        )],
        delivery: 72,
        opened: 16,
        ..PLOT
    },
    Wish {
        material: "丝绒 320 g/m²，马丁代尔 5 万转；框架松木，海绵 32 密度",
        sizes: "60 × 60 × 38 cm，坐高误差 1 cm",
        packing: "防尘布袋，单只一箱",
        details: "1. 绒面同一方向\n2. 四角拉点深浅一致\n3. 底布黑色无纺，钉距 4 cm",
        pieces: (1, 1, 0),
        wanted: -9,
        swatch: [0, 105, 72],
        ..WISH
    },
);

const JACKET: (Plot, Wish) = (
    Plot {
        team: TANG_AMERICAS,
        customer: "maple",
        title: "儿童雨衣",
        reference: "ML-2236",
        ports: ("Ningbo, China", "Vancouver, Canada"),
        factory: "lanzhi",
        hs: "6205909099",
        goods: &[(
            "ML-R1",
            "Kids rain jacket",
            "儿童雨衣",
            "yellow",
            3_000,
            890,
            4_580,
        )],
        delivery: 68,
        opened: 21,
        ..PLOT
    },
    Wish {
        kind: "size_set",
        material: "75D 涤纶 TPU 复合，耐水压 8,000 mm；热压胶条 15 mm",
        sizes: "104 / 116 / 128 三个码，按客户尺寸表",
        artwork: "左胸热转印反光枫叶，高 3 cm",
        details: "1. 接缝全部压胶\n2. 帽檐加衬条\n3. 拉链下端护舌",
        pieces: (3, 1, 1),
        wanted: -15,
        swatch: [247, 198, 27],
        ..WISH
    },
);

const SHELF: (Plot, Wish) = (
    Plot {
        team: TANG_AMERICAS,
        customer: "pine",
        title: "竹制壁架",
        reference: "PH-5561",
        ports: ("Ningbo, China", "Portland, USA"),
        factory: "zhuli",
        hs: "9403609990",
        goods: &[(
            "PH-S3",
            "Bamboo wall shelf",
            "竹制壁架",
            "natural",
            1_500,
            1_420,
            7_310,
        )],
        delivery: 55,
        opened: 22,
        ..PLOT
    },
    Wish {
        material: "炭化竹集成板 15 mm，含水率 10% 内，水性哑光漆",
        sizes: "600 × 180 × 220 mm，承重 12 kg",
        packing: "平板包装，五金袋单独封口",
        details: "1. 挂孔钢片背嵌，与板面平\n2. 榫口不许见胶\n3. 安装纸样 1:1 随箱",
        wanted: -16,
        swatch: [203, 164, 101],
        ..WISH
    },
);

const BOWLS: (Plot, Wish) = (
    Plot {
        customer: "nordhavn",
        title: "窑变釉碗组",
        reference: "NL-4425",
        terms: ("FOB", "Xiamen", "LC_SIGHT"),
        ports: ("Xiamen, China", "Gothenburg, Sweden"),
        factory: "qinghe",
        hs: "6912001000",
        unit: "sets",
        goods: &[(
            "NL-B4",
            "Reactive-glaze bowl set",
            "窑变釉碗组",
            "sea",
            2_400,
            1_260,
            6_490,
        )],
        delivery: 64,
        opened: 20,
        ..PLOT
    },
    Wish {
        material: "炻瓷坯体，1230 °C；窑变釉无铅无镉",
        sizes: "口径 14 / 18 / 22 cm，一套三只",
        artwork: "底款 NORDHAVN 阴刻",
        packing: "三只叠放，隔纸两层，彩盒",
        details: "1. 同一窑位取样\n2. 釉线不过口沿 5 mm\n3. 微波、洗碗机各 20 次后拍照",
        wanted: -14,
        swatch: [62, 111, 128],
        ..WISH
    },
);

pub(super) async fn run(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let label = ("ARAMEX", "44810027715", "AR-M6 ottoman × 1");
    let days = (4, 2, 0);
    arrived(app, now, cast, (&OTTOMAN, "何经理"), (label, days)).await?;
    let label = ("DHL", "7409182653", "ML-R1 rain jacket, 3 sizes");
    let days = (11, 10, 6);
    let (story, name) = arrived(app, now, cast, (&JACKET, "章敏"), (label, days)).await?;
    verdicts::rejected(&story, name).await?;
    let label = ("FEDEX", "772940183657", "PH-S3 wall shelf × 2");
    let days = (10, 9, 5);
    let (story, name) = arrived(app, now, cast, (&SHELF, "郎经理"), (label, days)).await?;
    verdicts::commented(&story, name).await?;
    let label = ("DHL", "6831059270", "NL-B4 bowl set × 2");
    let days = (8, 7, 5);
    arrived(app, now, cast, (&BOWLS, "赖工"), (label, days))
        .await
        .map(|_| ())
}

/// Asked for the day after the opening, received, sent and delivered on these working days.
async fn arrived<'a>(
    app: &'a App,
    now: DateTime<Utc>,
    cast: &'a Cast,
    ((plot, wish), who): (&(Plot, Wish), &str),
    (label, (received, sent, delivered)): (Label, (i64, i64, i64)),
) -> Result<(Story<'a>, Name)> {
    let story = opened(app, now, cast, plot).await?;
    let name = sampling::begun(&story, plot.opened - 1, wish, who).await?;
    sampling::receive(&story, (received, 10), (name, wish)).await?;
    let parcel = sampling::dispatch(&story, (sent, 16), (name, plot.customer), label).await?;
    sampling::deliver(&story, (delivered, 12), parcel, "Reception").await?;
    Ok((story, name))
}
