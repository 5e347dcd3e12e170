//! Step nine: lamps whose rebate is complete and to be filed, totes that are closed with their profit, teapots that the tax
//! office asks about.

use super::claims::{self, Answered};
use super::lanes;
use super::sold::{self, Sold};
use super::{PLOT, SHEN_AMERICAS, TANG_AMERICAS, cost, pieces};
use crate::demo::cast::Cast;
use crate::demo::making::Work;
use crate::demo::sailing::Voyage;
use crate::demo::settled;
use crate::demo::telling::Plot;
use crate::web::{App, Result};
use chrono::{DateTime, Utc};

const LAMPS: Sold = Sold {
    plot: Plot {
        customer: "brightwell",
        title: "三脚落地灯",
        reference: "BW-8877",
        ports: ("Ningbo, China", "Hamburg, Germany"),
        factory: "xinglan",
        hs: "9405210090",
        goods: &[(
            "BW-F2",
            "Floor lamp, tripod",
            "三脚落地灯",
            "oak",
            1_600,
            2_375,
            12_200,
        )],
        ..PLOT
    },
    work: Work {
        who: "马工",
        paper: "PO BW-8877.pdf",
        place: "工厂仓库，余姚",
        quality: "灯脚白蜡木，含水率 8–10%；整灯 CE，E27 灯座，线长 2 m",
        packing: "每盏彩盒，2 盏一箱，箱规 70×42×30 cm",
        issued: 0,
    },
    voyage: Voyage {
        booking: "HL2609077",
        board: 52,
        packing: &[(800, 7_600, 6_400, 70_560)],
        loaded: &[("HYDU6093775", "OC409177", "800", "7600", "70.56")],
        declared: "38000",
        elements: "9405210090 落地灯，LED 光源，木制灯架，无品牌",
        customs: ("3104", "610877301"),
        bill: [
            "BRIGHTWELL\nHAMBURG",
            "FLOOR LAMPS",
            "collect",
            "OCNGB609077",
        ],
        ..lanes::HAMBURG
    },
    invoice: "26332000000120994107",
};

const TOTES: Sold = Sold {
    plot: Plot {
        team: TANG_AMERICAS,
        customer: "tamarind",
        title: "印花帆布袋",
        reference: "TB-5120",
        ports: ("Ningbo, China", "Fremantle, Australia"),
        factory: "qifan",
        hs: "4202920000",
        goods: &[(
            "TB-T1",
            "Printed tote",
            "印花帆布袋",
            "natural",
            12_000,
            160,
            830,
        )],
        ..PLOT
    },
    work: Work {
        who: "楼经理",
        paper: "PO TB-5120.pdf",
        place: "工厂仓库，义乌",
        quality: "12 安全棉帆布，丝网印花过 40 次水洗；提手十字加固",
        packing: "每 50 只一箱，箱规 45×40×30 cm",
        issued: 0,
    },
    voyage: Voyage {
        booking: "NL2607718",
        board: 96,
        packing: &[(240, 2_880, 2_640, 12_960)],
        loaded: &[("HYDU6077183", "CR517718", "240", "2880", "12.96")],
        declared: "19200",
        elements: "4202920000 帆布袋，100% 棉，无品牌",
        customs: ("3104", "608770512"),
        bill: [
            "TAMARIND BAY\nFREMANTLE",
            "PRINTED TOTE BAGS",
            "collect",
            "CRNGB607718",
        ],
        ..lanes::FREMANTLE
    },
    invoice: "26332000000104470918",
};

const TEAPOTS: Sold = Sold {
    plot: Plot {
        team: SHEN_AMERICAS,
        customer: "komori",
        title: "茶壶 0.9 升",
        reference: "KZ-3071",
        terms: ("CIF", "Kobe", "TT_30_70_COPY"),
        ports: ("Ningbo, China", "Kobe, Japan"),
        factory: "jinghe",
        hs: "6912001000",
        goods: &[(
            "KM-TP9",
            "Teapot 0.9 l",
            "茶壶 0.9 升",
            "ash",
            3_000,
            685,
            3_500,
        )],
        ..PLOT
    },
    work: Work {
        who: "余师傅",
        paper: "PO KZ-3071.pdf",
        place: "工厂仓库，景德镇",
        quality: "炻瓷，1250 °C 还原烧；壶嘴出水不挂滴，釉面无铅无镉",
        packing: "每把纸盒，12 把一箱，箱规 60×45×34 cm",
        issued: 0,
    },
    voyage: Voyage {
        booking: "NL2608340",
        board: 75,
        packing: &[(250, 3_250, 2_430, 22_950)],
        loaded: &[("HYDU6083400", "CR518340", "250", "3250", "22.95")],
        declared: "20130",
        elements: "6912001000 炻瓷茶壶，餐桌用，无品牌",
        customs: ("3104", "609113340"),
        bill: [
            "KOMORI ZAKKA\nKOBE",
            "STONEWARE TEAPOTS",
            "prepaid",
            "CRNGB608340",
        ],
        ..lanes::KOBE
    },
    invoice: "26362000000111730265",
};

pub(super) async fn run(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    closed(app, now, cast).await?;
    let (story, shipment) = sold::handed_over(app, now, cast, &TEAPOTS).await?;
    claims::verify(&story, &shipment, &TEAPOTS).await?;
    settled::arrived(&story, &TEAPOTS.voyage, &shipment, 47).await?;
    let words = "进项发票计量单位为千克，报关单为个，数量无法比对，请说明并补充换算依据。";
    let answer = ((2_430, "kg"), Answered::Queried(2, words));
    claims::claim(&story, &shipment, &TEAPOTS, answer).await?;
    let (story, shipment) = sold::handed_over(app, now, cast, &LAMPS).await?;
    claims::verify(&story, &shipment, &LAMPS).await?;
    let counted = (pieces(&LAMPS.plot), "pcs");
    let answer = (counted, Answered::NotYet);
    claims::claim(&story, &shipment, &LAMPS, answer).await?;
    settled::arrived(&story, &LAMPS.voyage, &shipment, 18).await
}

/// The factory is paid too, so that the profit sheet has both sides.
async fn closed(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let board = TOTES.voyage.board;
    let (story, shipment) = sold::handed_over(app, now, cast, &TOTES).await?;
    claims::verify(&story, &shipment, &TOTES).await?;
    let counted = (pieces(&TOTES.plot), "pcs");
    let answer = (counted, Answered::Received);
    claims::claim(&story, &shipment, &TOTES, answer).await?;
    settled::arrived(&story, &TOTES.voyage, &shipment, board - 38).await?;
    let (factory, fen) = (("qifan", "义乌启帆箱包厂（演示）"), cost(&TOTES.plot));
    let mut bill = settled::claim(&story, factory, fen, (45 - board, "货款"))?;
    TOTES.invoice.clone_into(&mut bill.vat_invoice);
    let paid = ([board - 38, board - 39, board - 40], "HY260901-0031");
    settled::paid(&story, &bill, paid).await?;
    claims::close(&story, board - 41).await
}
