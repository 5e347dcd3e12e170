//! Scarves on the water: the balance is in and the telex release issued; the documents are still to be sent.

use super::lanes;
use super::sold::{self, ahead};
use super::{PLOT, TANG_EUROPE, total};
use crate::demo::cast::Cast;
use crate::demo::making::Work;
use crate::demo::sailing::{self, Voyage};
use crate::demo::telling::Plot;
use crate::shipping::transport::Move;
use crate::web::{App, Result};
use chrono::{DateTime, Utc};

const PLOTTED: Plot = Plot {
    team: TANG_EUROPE,
    customer: "melograno",
    title: "印花棉围巾",
    reference: "CM-097",
    ports: ("Ningbo, China", "Genoa, Italy"),
    factory: "lanzhi",
    hs: "6214900020",
    goods: &[(
        "CM-SC",
        "Printed cotton scarf",
        "印花棉围巾",
        "assorted",
        8_000,
        240,
        1_240,
    )],
    delivery: -3,
    opened: 79,
    ..PLOT
};

const WORK: Work = Work {
    who: "章敏",
    paper: "PO CM-097.pdf",
    place: "工厂仓库，宁波",
    quality: "40 支巴厘纱，活性印花，色牢度 4 级；手卷边",
    packing: "每条一胶袋，200 条一箱，箱规 60×40×40 cm",
    issued: 74,
};

const VOYAGE: Voyage = Voyage {
    booking: "HL2611330",
    board: 5,
    packing: &[(40, 960, 880, 3_840)],
    loaded: &[("HYDU5113305", "PF611330", "40", "960", "3.84")],
    declared: "19200",
    elements: "6214900020 围巾，100% 棉，印花，无品牌",
    customs: ("3104", "611133001"),
    bill: [
        "CASA MELOGRANO\nGENOA",
        "COTTON SCARVES",
        "collect",
        "PFLNGB611330",
    ],
    ..lanes::GENOA
};

const CUSTOMER: &str = "Giulia Conti";

pub(super) async fn run(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let story = sold::begun(app, now, cast, (&PLOTTED, &WORK)).await?;
    let shipment = sold::shipped(&story, (&VOYAGE, WORK.who), CUSTOMER).await?;
    sailing::issue(&story, &VOYAGE, (&shipment, "telex", CUSTOMER)).await?;
    let rest = total(&PLOTTED) - ahead(&PLOTTED);
    sold::paid(&story, &PLOTTED, 2, ("balance", rest)).await?;
    let typed = [("to", CUSTOMER), ("channel", "email")];
    story
        .document((1, 10), (&shipment, Move::Release), &typed)
        .await
}
