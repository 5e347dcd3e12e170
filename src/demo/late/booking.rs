//! Booking and customs: lamps on the day of the cut-offs, chairs whose space the forwarder has not confirmed, bags whose
//! declaration elements are missing.

use super::lanes;
use super::sold::begun;
use super::{PLOT, TANG_AMERICAS};
use crate::demo::cast::Cast;
use crate::demo::making::{self, Work};
use crate::demo::sailing::{self, Voyage};
use crate::demo::story::Story;
use crate::demo::telling::Plot;
use crate::web::{App, Result};
use chrono::{DateTime, Utc};

const LAMPS: (Plot, Work, Voyage) = (
    Plot {
        customer: "brightwell",
        title: "LED 台灯 L7",
        reference: "BW-9011",
        terms: ("FOB", "Shenzhen", "TT_30_70_COPY"),
        ports: ("Shenzhen, China", "Hamburg, Germany"),
        factory: "yuguang",
        hs: "9405210090",
        goods: &[(
            "BW-L7",
            "LED desk lamp L7",
            "LED 台灯 L7",
            "white",
            3_600,
            1_450,
            7_450,
        )],
        delivery: 3,
        opened: 68,
        ..PLOT
    },
    Work {
        who: "梁工",
        paper: "PO BW-9011.pdf",
        place: "工厂仓库，中山",
        quality: "CE、RoHS；调光无频闪，适配器欧规；老化 8 小时",
        packing: "每盏彩盒，12 盏一箱，箱规 66×44×40 cm",
        issued: 63,
    },
    Voyage {
        ports: ("Shenzhen", "Hamburg"),
        booking: "HL2611588",
        board: -3,
        packing: &[(300, 4_200, 3_600, 34_800)],
        loaded: &[],
        declared: "52200",
        elements: "9405210090 台灯，LED 光源，塑料灯体，无品牌",
        customs: ("5304", "611158801"),
        bill: ["BRIGHTWELL\nHAMBURG", "LED DESK LAMPS", "collect", ""],
        ..lanes::HAMBURG
    },
);

const BAGS: (Plot, Work, Voyage) = (
    Plot {
        customer: "alder",
        title: "束口鞋袋 2 色",
        reference: "88231",
        ports: ("Ningbo, China", "Felixstowe, United Kingdom"),
        factory: "qifan",
        goods: &[
            (
                "AW-SB",
                "Drawstring shoe bag",
                "束口鞋袋",
                "sand",
                7_500,
                88,
                440,
            ),
            (
                "AW-SB",
                "Drawstring shoe bag",
                "束口鞋袋",
                "navy",
                7_500,
                88,
                440,
            ),
        ],
        delivery: 8,
        opened: 58,
        ..PLOT
    },
    Work {
        who: "楼经理",
        paper: "PO 88231.pdf",
        place: "工厂仓库，义乌",
        quality: "210 g 棉布，双绳束口，绳头包扣；色牢度 4 级",
        packing: "每 100 只一箱，箱规 48×38×30 cm",
        issued: 53,
    },
    Voyage {
        booking: "HL2611602",
        board: -8,
        packing: &[(75, 900, 825, 4_100), (75, 900, 825, 4_100)],
        loaded: &[],
        declared: "13200",
        elements: "",
        customs: ("3104", "611160201"),
        bill: ["ALDER & WREN\nFELIXSTOWE", "SHOE BAGS", "collect", ""],
        ..lanes::FELIXSTOWE
    },
);

const CHAIRS: (Plot, Work, Voyage) = (
    Plot {
        team: TANG_AMERICAS,
        customer: "pine",
        title: "藤编休闲椅",
        reference: "PH-5490",
        ports: ("Ningbo, China", "Portland, USA"),
        factory: "zhuli",
        hs: "9401539000",
        goods: &[(
            "PH-R4",
            "Rattan lounge chair",
            "藤编休闲椅",
            "natural",
            420,
            7_800,
            41_000,
        )],
        delivery: 11,
        opened: 60,
        ..PLOT
    },
    Work {
        who: "郎经理",
        paper: "PO PH-5490.pdf",
        place: "工厂仓库，安吉",
        quality: "真藤编面，熏蒸证明；铁架喷粉，静载 150 kg",
        packing: "每把一箱，箱规 78×74×70 cm",
        issued: 55,
    },
    Voyage {
        board: -11,
        ..lanes::PORTLAND
    },
);

/// Instructions close today at 16:00, weights at 20:00, the yard tomorrow at 18:00.
const TODAY: sailing::Cutoffs = [(-3, 16), (-3, 20), (-2, 18), (-1, 10)];
/// Instructions close tomorrow.
const TOMORROW: sailing::Cutoffs = [(-7, 17), (-3, 20), (-2, 18), (-1, 10)];

pub(super) async fn run(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let (plot, work, voyage) = LAMPS;
    let story = begun(app, now, cast, (&plot, &work)).await?;
    making::report(&story, work.who, (35, [100, 70, 30, 0, 0], "")).await?;
    let shipment = sailing::book_by(&story, &voyage, TODAY).await?;
    ready(&story, 6).await?;
    sailing::set_ahead(&story, &voyage, &shipment).await?;

    let (plot, work, voyage) = BAGS;
    let story = begun(app, now, cast, (&plot, &work)).await?;
    making::report(&story, work.who, (25, [100, 80, 40, 0, 0], "")).await?;
    let shipment = sailing::book_by(&story, &voyage, TOMORROW).await?;
    ready(&story, 4).await?;
    sailing::pack(&story, &voyage, (&shipment, 1)).await?;
    let pieces = ["invoice", "packing_list", "contract"];
    sailing::check(&story, &pieces, (&shipment, 1)).await?;

    let (plot, work, voyage) = CHAIRS;
    let story = begun(app, now, cast, (&plot, &work)).await?;
    making::report(&story, work.who, (24, [100, 80, 40, 10, 0], "")).await?;
    ready(&story, 4).await?;
    sailing::ask(&story, &voyage, 1).await.map(|_| ())
}

/// Everything is ready so many days ago, and passed the day after.
async fn ready(story: &Story<'_>, ago: i64) -> Result<()> {
    making::finish(story, ago).await?;
    story.pass_on((ago - 1, 18)).await
}
