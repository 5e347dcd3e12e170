//! In the workshop: three orders that are only followed: two on plan, and a factory that has not said how far it is.

use super::sold::begun;
use super::{PLOT, TANG_AMERICAS, TANG_EUROPE};
use crate::demo::cast::Cast;
use crate::demo::making::{self, Work};
use crate::demo::telling::{AMERICAS, Plot};
use crate::web::{App, Result};
use chrono::{DateTime, Utc};

const TABLES: (Plot, Work) = (
    Plot {
        team: TANG_EUROPE,
        customer: "nordhavn",
        title: "橡木边几，秋季款",
        reference: "NL-4377",
        ports: ("Ningbo, China", "Gothenburg, Sweden"),
        factory: "zhuli",
        hs: "9403609990",
        goods: &[(
            "NL-T7",
            "Oak side table",
            "橡木边几",
            "smoked",
            900,
            3_850,
            20_400,
        )],
        delivery: 28,
        opened: 40,
        ..PLOT
    },
    Work {
        who: "郎经理",
        paper: "PO NL-4377.pdf",
        place: "工厂仓库，安吉",
        quality: "橡木含水率 8–10%，水性漆三底两面；桌面平整度 1 mm 内",
        packing: "每张五层瓦楞箱，护角 6 只，箱规 55×55×52 cm",
        issued: 35,
    },
);

const MARKET_BAGS: (Plot, Work) = (
    Plot {
        team: AMERICAS,
        customer: "tamarind",
        title: "黄麻购物袋",
        reference: "TB-5188",
        ports: ("Ningbo, China", "Fremantle, Australia"),
        factory: "hemu",
        hs: "4202920000",
        goods: &[(
            "TB-J10",
            "Jute market bag",
            "黄麻购物袋",
            "natural",
            10_000,
            195,
            960,
        )],
        delivery: 21,
        opened: 42,
        ..PLOT
    },
    Work {
        who: "沈国良",
        paper: "PO TB-5188.pdf",
        place: "工厂仓库，平湖",
        quality: "黄麻 11×12，内覆膜；提手棉织带，承重 12 kg",
        packing: "每 50 只一箱，箱规 50×42×40 cm",
        issued: 37,
    },
);

const VESTS: (Plot, Work) = (
    Plot {
        team: TANG_AMERICAS,
        customer: "maple",
        title: "摇粒绒马甲",
        reference: "ML-2190",
        ports: ("Ningbo, China", "Vancouver, Canada"),
        factory: "lanzhi",
        hs: "6110300090",
        goods: &[(
            "ML-V3",
            "Fleece vest",
            "摇粒绒马甲",
            "charcoal",
            4_500,
            730,
            3_750,
        )],
        delivery: 30,
        opened: 38,
        ..PLOT
    },
    Work {
        who: "章敏",
        paper: "PO ML-2190.pdf",
        place: "工厂仓库，宁波",
        quality: "280 g 双面绒，抗起球 4 级；拉链 YKK，领口包边平整",
        packing: "每件一胶袋，24 件一箱，箱规 60×40×45 cm",
        issued: 33,
    },
);

pub(super) async fn run(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let (plot, work) = TABLES;
    let story = begun(app, now, cast, (&plot, &work)).await?;
    making::report(&story, work.who, (12, [100, 80, 30, 0, 0], "")).await?;
    let words = "装好 540 张，油漆两班倒，按期";
    making::report(&story, work.who, (2, [100, 100, 60, 40, 20], words)).await?;
    let (plot, work) = MARKET_BAGS;
    let story = begun(app, now, cast, (&plot, &work)).await?;
    making::report(&story, work.who, (18, [100, 30, 0, 0, 0], "")).await?;
    making::report(&story, work.who, (10, [100, 70, 30, 0, 0], "内膜到齐")).await?;
    let (plot, work) = VESTS;
    let story = begun(app, now, cast, (&plot, &work)).await?;
    making::report(&story, work.who, (14, [100, 30, 0, 0, 0], "")).await?;
    let words = "缝制 1,240 件，按期";
    making::report_pieces(&story, work.who, (2, [4_500, 3_400, 1_240, 0, 0], words)).await
}
