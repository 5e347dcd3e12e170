//! Paying 待款: an order whose credit has not come, and one whose deposit is late; what the factory is to make lies there
//! as a draft.

use super::dated;
use crate::base::{Currency, Money};
use crate::credits::acts as credits;
use crate::demo::cast::Cast;
use crate::demo::late::sold::ahead;
use crate::demo::making::{self, Work};
use crate::demo::story::Story;
use crate::demo::telling::{AMERICAS, PLOT, Plot};
use crate::finance::acts as finance;
use crate::web::{App, Result};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

const BEACH: (Plot, Work) = (
    Plot {
        team: AMERICAS,
        customer: "tamarind",
        title: "条纹沙滩包",
        reference: "TB-5226",
        ports: ("Ningbo, China", "Fremantle, Australia"),
        factory: "hemu",
        hs: "4202920000",
        goods: &[(
            "TB-S5",
            "Striped beach bag",
            "条纹沙滩包",
            "navy/white",
            5_000,
            340,
            1_750,
        )],
        delivery: 45,
        opened: 10,
        ..PLOT
    },
    Work {
        who: "沈国良",
        paper: "PO TB-5226.pdf",
        place: "工厂仓库，平湖",
        quality: "色织棉麻 12 安，条纹对花误差 3 mm；绳提手打结前端热缩",
        packing: "每 25 只一箱，箱规 60×40×35 cm",
        issued: 0,
    },
);

const PLANTERS: (Plot, Work) = (
    Plot {
        team: AMERICAS,
        customer: "estrella",
        title: "陶瓷花盆 3 件套",
        reference: "EA-2047",
        terms: ("CFR", "San Antonio", "LC_SIGHT"),
        ports: ("Xiamen, China", "San Antonio, Chile"),
        factory: "qinghe",
        hs: "6912001000",
        unit: "sets",
        goods: &[(
            "EA-P3",
            "Ceramic planter, set of 3",
            "陶瓷花盆 3 件套",
            "terracotta",
            1_800,
            1_125,
            5_790,
        )],
        delivery: 48,
        opened: 7,
    },
    Work {
        who: "赖工",
        paper: "PO EA-2047.pdf",
        place: "工厂仓库，德化",
        quality: "粗陶，底孔居中，吸水率 6% 内；三只同色",
        packing: "一套一箱，隔板四片，箱规 34×34×32 cm",
        issued: 0,
    },
);

pub(super) async fn run(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    beach(app, now, cast).await?;
    planters(app, now, cast).await
}

/// Asked for the deposit; the day it was wanted by is three days over.
async fn beach(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let (plot, work) = BEACH;
    let story = Story::begin(app, now, cast, &dated(app, now, &plot)).await?;
    making::drafted(&story, story.worked((8, 10)), &work).await?;
    let until = story.day(-3);
    story
        .operate(story.worked((8, 14)), async |act| {
            finance::ask_part(act, ahead(&plot), until).await
        })
        .await?;
    story.pass_on(story.worked((8, 15))).await
}

/// The customer's bank is to open the credit within the week.
async fn planters(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let (plot, work) = PLANTERS;
    let story = Story::begin(app, now, cast, &dated(app, now, &plot)).await?;
    let money = Money::new(Decimal::from(20_250), Currency::USD);
    let wanted = Some(story.day(5));
    story
        .operate(story.worked((5, 10)), async |act| {
            credits::expect(act, money, ("Banco Litoral (Demo)", wanted))
                .await
                .map(|_| ())
        })
        .await?;
    making::drafted(&story, story.worked((1, 16)), &work).await
}
