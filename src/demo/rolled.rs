//! Rolled: dinner plates at the terminal in time, and the carrier left them behind 甩柜; the customer does not know yet.

use super::cast::Cast;
use super::making::{self, Work};
use super::money;
use super::sailing::{self, Voyage};
use super::story::Story;
use super::telling::{EUROPE, Plot};
use crate::shipping::shipment::Move as S;
use crate::web::{App, Result};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

fn plot() -> Plot {
    Plot {
        team: EUROPE,
        customer: "nordhavn",
        title: "斑点釉餐盘 27 cm",
        reference: "NL-4361",
        terms: ("FOB", "Xiamen", "TT_30_70_COPY"),
        ports: ("Xiamen, China", "Gothenburg, Sweden"),
        factory: "qinghe",
        hs: "6912001000",
        unit: "pcs",
        goods: &[(
            "NL-P27",
            "Dinner plate 27 cm, speckled",
            "斑点釉餐盘 27 cm",
            "oat",
            9_600,
            210,
            870,
        )],
        delivery: 6,
        opened: 62,
    }
}

const WORK: Work = Work {
    who: "赖工",
    paper: "PO NL-4361.pdf",
    place: "工厂仓库，德化",
    quality: "炻瓷，1250 °C 还原烧；釉面无铅无镉，底足磨平",
    packing: "每只纸隔板，24 只一箱，箱规 60×32×30 cm",
    issued: 58,
};

const VOYAGE: Voyage = Voyage {
    forwarder: "蓝桅物流（演示）",
    who: "苏敏",
    ports: ("Xiamen", "Gothenburg"),
    equipment: "1×40HQ",
    carrier: "Cedar Line",
    vessel: ("Cedar Harvest", "118W"),
    booking: "BM2611473",
    board: 0,
    transit: 34,
    packing: &[(400, 8_640, 7_920, 23_040)],
    loaded: &[("HYDU3100778", "CD771204", "400", "8640", "23.04")],
    declared: "20160",
    elements: "6912001000 炻瓷餐盘，餐桌用，无品牌",
    customs: ("3701", "611040721"),
    bill: [
        "NORDHAVN\nGOTHENBURG",
        "STONEWARE DINNER PLATES",
        "collect",
        "",
    ],
    consignee: "Nordhavn Living AB\nHamngatan 8\n411 14 Göteborg\nSweden",
};

pub(super) async fn run(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let story = Story::begin(app, now, cast, &plot()).await?;
    let slip = (
        "NORDHAVN LIVING AB",
        Decimal::from(6_048),
        Decimal::ZERO,
        "FT26A1180442",
        "NL-4361 DEPOSIT",
    );
    let deposit = money::paid(&story, (59, 10), ("deposit", "Nordhavn Living AB"), slip).await?;
    money::settle(&story, (59, 15), &deposit, ("6048.00", "7.0680")).await?;
    making::order(&story, &WORK).await?;
    making::report(&story, WORK.who, (40, [100, 60, 20, 0, 0], "")).await?;
    making::report(
        &story,
        WORK.who,
        (24, [100, 100, 90, 60, 40], "窑口排满，按期"),
    )
    .await?;
    let shipment = sailing::book(&story, &VOYAGE).await?;
    making::finish(&story, 8).await?;
    story.pass_on((7, 17)).await?;
    sailing::papers_ahead(&story, &VOYAGE, &shipment).await?;
    sailing::gate_in(&story, &VOYAGE, &shipment).await?;
    let typed = [
        ("reason", "船公司爆舱，甩到下一水"),
        ("who", VOYAGE.who),
        ("channel", "email"),
    ];
    story.ship((1, 18), (&shipment, S::Roll), &typed).await
}
