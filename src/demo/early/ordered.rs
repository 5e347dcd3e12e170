//! Ordered 生产单: the deposit is in and the factory has the order; one has until tomorrow to answer, one until tonight, and
//! one would be six days late.

use super::dated;
use crate::base::Channel;
use crate::demo::cast::Cast;
use crate::demo::late::sold::{self, ahead};
use crate::demo::making::{self, Work};
use crate::demo::story::Story;
use crate::demo::telling::{PLOT, Plot, SHEN_AMERICAS, TANG_AMERICAS, back};
use crate::production::order::acts::{self, Answered, Said};
use crate::production::order::counter::Counter;
use crate::web::{App, Result};
use chrono::{DateTime, Days, Utc};

const BACKPACK: (Plot, Work) = (
    Plot {
        team: SHEN_AMERICAS,
        customer: "maple",
        title: "卷口背包",
        reference: "ML-2199",
        ports: ("Ningbo, China", "Vancouver, Canada"),
        factory: "qifan",
        hs: "4202920000",
        goods: &[(
            "ML-R22",
            "Roll-top backpack",
            "卷口背包",
            "moss",
            2_500,
            1_360,
            7_000,
        )],
        delivery: 44,
        opened: 8,
        ..PLOT
    },
    Work {
        who: "楼经理",
        paper: "PO ML-2199.pdf",
        place: "工厂仓库，义乌",
        quality: "面料 900D 再生涤纶 PU 底，接缝包边；肩带受力 25 kg",
        packing: "每只一胶袋，15 只一箱，箱规 62×45×40 cm",
        issued: 0,
    },
);

const BENCH: (Plot, Work) = (
    Plot {
        team: TANG_AMERICAS,
        customer: "pine",
        title: "相思木花园长椅，春季单",
        reference: "PH-5534",
        terms: ("FOB", "Shenzhen", "TT_30_70_COPY"),
        ports: ("Shenzhen, China", "Portland, USA"),
        factory: "muhe",
        hs: "9401690090",
        goods: &[(
            "PH-B2",
            "Acacia garden bench",
            "相思木花园长椅",
            "oiled",
            700,
            6_200,
            31_900,
        )],
        delivery: 40,
        opened: 9,
        ..PLOT
    },
    Work {
        who: "何经理",
        paper: "PO PH-5534.pdf",
        place: "工厂仓库，佛山",
        quality: "相思木含水率 10–12%，FSC；两遍木油，五金 304 不锈钢",
        packing: "平板包装，单只一箱，箱规 132×66×14 cm",
        issued: 3,
    },
);

const SAKE: (Plot, Work) = (
    Plot {
        team: SHEN_AMERICAS,
        customer: "komori",
        title: "清酒器 5 件套",
        reference: "KZ-3095",
        terms: ("CIF", "Kobe", "TT_30_70_COPY"),
        ports: ("Ningbo, China", "Kobe, Japan"),
        factory: "jinghe",
        hs: "6912001000",
        unit: "sets",
        goods: &[(
            "KZ-K5",
            "Sake set, 5 pieces",
            "清酒器 5 件套",
            "celadon",
            2_000,
            980,
            5_050,
        )],
        delivery: 47,
        opened: 9,
    },
    Work {
        who: "余师傅",
        paper: "PO KZ-3095.pdf",
        place: "工厂仓库，景德镇",
        quality: "青白釉，壶嘴断水利落；一壶四杯同窑同色",
        packing: "桐木色纸盒，绒垫，12 套一箱",
        issued: 1,
    },
);

pub(super) async fn run(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    // Given out today.
    told(app, now, cast, (&BACKPACK, 3)).await?;
    let story = told(app, now, cast, (&BENCH, 5)).await?;
    counter(&story).await?;
    // Given out on the last working day.
    told(app, now, cast, (&SAKE, 4)).await.map(|_| ())
}

/// Confirmed, its deposit in so many working days ago, issued.
async fn told<'a>(
    app: &'a App,
    now: DateTime<Utc>,
    cast: &'a Cast,
    ((plot, work), paid): (&(Plot, Work), i64),
) -> Result<Story<'a>> {
    let story = Story::begin(app, now, cast, &dated(app, now, plot)).await?;
    let (ago, _) = story.worked((paid, 0));
    sold::paid(&story, plot, ago, ("deposit", ahead(plot))).await?;
    let work = Work {
        issued: back((app, now), work.issued),
        ..*work
    };
    making::issued(&story, &work).await?;
    Ok(story)
}

/// The factory takes the order, six days later than it is asked to.
async fn counter(story: &Story<'_>) -> Result<()> {
    story
        .operate(story.worked((1, 16)), async |act| {
            let paper = acts::paper(act, making::FIRST).await?;
            let mut counter = Counter::of(&paper);
            counter.delivery_on = counter
                .delivery_on
                .and_then(|day| day.checked_add_days(Days::new(6)));
            let said = Said {
                answer: Answered {
                    at: act.by.at,
                    by: "何经理".to_owned(),
                    channel: Channel::Wechat.code().to_owned(),
                    words: "木料干燥窑排满了，要晚 6 天交货，其他照单。".to_owned(),
                    evidence: None,
                },
                counter: Some(counter),
            };
            acts::record(act, &paper, &said).await
        })
        .await
}
