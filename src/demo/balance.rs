//! Money before release: chairs on the water, the copy of the bill of lading with the customer, the balance three days
//! late, the originals in our drawer.

use super::cast::Cast;
use super::making::{self, Work};
use super::money;
use super::sailing::{self, Voyage};
use super::story::Story;
use super::telling::{AMERICAS, Plot};
use crate::approvals::exception::{self, Kind};
use crate::finance::acts;
use crate::orders::OrderAct;
use crate::shipping::stakes;
use crate::web::{App, Result};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

fn plot() -> Plot {
    Plot {
        team: AMERICAS,
        customer: "pine",
        title: "山毛榉折叠椅",
        reference: "PH-5466",
        terms: ("FOB", "Ningbo", "TT_30_70_COPY"),
        ports: ("Ningbo, China", "Portland, USA"),
        factory: "zhuli",
        hs: "9401690090",
        unit: "pcs",
        goods: &[(
            "PH-F51",
            "Folding chair, beech",
            "山毛榉折叠椅",
            "natural",
            600,
            5_100,
            27_400,
        )],
        delivery: -7,
        opened: 76,
    }
}

const WORK: Work = Work {
    who: "郎经理",
    paper: "PO PH-5466.pdf",
    place: "工厂仓库，安吉",
    quality: "山毛榉含水率 8–10%；榫接处打胶，五金件镀镍；静载 130 kg",
    packing: "每把泡棉袋，2 把一箱，箱规 96×52×16 cm",
    issued: 72,
};

const VOYAGE: Voyage = Voyage {
    forwarder: "海翎国际货运（演示）",
    who: "林工",
    ports: ("Ningbo", "Portland"),
    equipment: "1×40HQ",
    carrier: "Polar Fir Line",
    vessel: ("Polar Fir", "226E"),
    booking: "HL2610884",
    board: 9,
    transit: 21,
    packing: &[(300, 4_050, 3_600, 23_960)],
    loaded: &[("HYDU4188022", "PF330417", "300", "4050", "23.96")],
    declared: "30600",
    elements: "9401690090 山毛榉折叠椅，木框架，无软垫",
    customs: ("3104", "610934402"),
    bill: [
        "PINE HARBOR\nPORTLAND",
        "FOLDING CHAIRS",
        "collect",
        "PFLNGB610884",
    ],
    consignee: "Pine Harbor Home Inc.\n900 Harbor Drive\nPortland, OR 97201\nUSA",
};

pub(super) async fn run(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let story = Story::begin(app, now, cast, &plot()).await?;
    let slip = (
        "PINE HARBOR HOME INC",
        Decimal::from(9_180),
        Decimal::ZERO,
        "FT26A0930317",
        "PO PH-5466 30 PCT",
    );
    let deposit = money::paid(&story, (73, 10), ("deposit", "Pine Harbor Home Inc."), slip).await?;
    money::settle(&story, (73, 15), &deposit, ("9180.00", "7.0745")).await?;
    making::order(&story, &WORK).await?;
    making::report(&story, WORK.who, (50, [100, 50, 20, 0, 0], "")).await?;
    making::report(&story, WORK.who, (33, [100, 100, 100, 70, 30], "")).await?;
    let shipment = sailing::book(&story, &VOYAGE).await?;
    making::finish(&story, 18).await?;
    story.pass_on((17, 17)).await?;
    sailing::papers_ahead(&story, &VOYAGE, &shipment).await?;
    sailing::gate_in(&story, &VOYAGE, &shipment).await?;
    sailing::draft(&story, &VOYAGE, (&shipment, "Dana Brooks")).await?;
    sailing::leave(&story, &VOYAGE, &shipment).await?;
    sailing::bill(&story, &VOYAGE, (&shipment, "originals", "Dana Brooks")).await?;
    let until = story.day(-3);
    story
        .operate((8, 14), async |act| acts::ask_balance(act, until).await)
        .await?;
    story.pass_on((8, 15)).await?;
    story
        .operate((1, 16), async |act| ask_release(act, &shipment).await)
        .await
}

/// The customer promises; the operator asks the manager whether that is enough.
async fn ask_release(act: &mut OrderAct, shipment: &str) -> Result<()> {
    let (by, order) = (act.by.clone(), act.order.clone());
    let gate = (Kind::EarlyRelease, shipment);
    let stake = stakes::before_payment(act.tx(), &by, &order, gate).await?;
    let words = "Dana 说付款已在银行排队，周五到；船后天到港，晚提一天滞箱费 120 美元。三年老客户，没有拖欠过。";
    exception::ask(act, &stake, words).await?;
    Ok(())
}
