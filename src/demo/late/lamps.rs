//! Lamps 灯具 of the last half year, closed.

use super::PLOT;
use super::lanes;
use super::sold::Sold;
use crate::demo::making::Work;
use crate::demo::sailing::Voyage;
use crate::demo::telling::{AMERICAS, Plot};

const BASE: Plot = Plot {
    hs: "9405210090",
    ..PLOT
};

const WORK: Work = Work {
    who: "",
    paper: "",
    place: "",
    quality: "CE、RoHS；老化 8 小时，无频闪；线长 1.8 m",
    packing: "每盏彩盒，6 盏一箱",
    issued: 0,
};

const ELEMENTS: &str = "9405210090 LED 灯具，无品牌";

pub(super) const CLOSED: [Sold; 4] = [
    Sold {
        plot: Plot {
            customer: "brightwell",
            title: "夹灯",
            reference: "BW-4729",
            terms: ("FOB", "Shenzhen", "TT_30_70_COPY"),
            ports: ("Shenzhen, China", "Hamburg, Germany"),
            factory: "yuguang",
            goods: &[("BW-K2", "Clip lamp", "夹灯", "black", 3_000, 620, 3_180)],
            ..BASE
        },
        work: Work {
            who: "梁工",
            paper: "PO BW-4729.pdf",
            place: "工厂仓库，中山",
            ..WORK
        },
        voyage: Voyage {
            ports: ("Shenzhen", "Hamburg"),
            booking: "HL2605227",
            board: 60,
            packing: &[(500, 3_000, 2_500, 18_000)],
            loaded: &[("HYDU4346236", "CD705287", "500", "3000", "18")],
            declared: "18600",
            elements: ELEMENTS,
            customs: ("5304", "605018221"),
            bill: [
                "BRIGHTWELL\nHAMBURG",
                "CLIP LAMP",
                "collect",
                "OCLSZX2607941",
            ],
            ..lanes::HAMBURG
        },
        invoice: "26332000000110987639",
    },
    Sold {
        plot: Plot {
            customer: "brightwell",
            title: "小夜灯",
            reference: "BW-4766",
            terms: ("FOB", "Ningbo", "TT_30_70_COPY"),
            ports: ("Ningbo, China", "Hamburg, Germany"),
            factory: "xinglan",
            goods: &[("BW-N5", "Night light", "小夜灯", "white", 6_000, 350, 1_790)],
            ..BASE
        },
        work: Work {
            who: "马工",
            paper: "PO BW-4766.pdf",
            place: "工厂仓库，余姚",
            ..WORK
        },
        voyage: Voyage {
            booking: "HL2605358",
            board: 83,
            packing: &[(1_000, 3_000, 2_000, 18_000)],
            loaded: &[("HYDU4425422", "CD705598", "1000", "3000", "18")],
            declared: "21000",
            elements: ELEMENTS,
            customs: ("3104", "605072234"),
            bill: [
                "BRIGHTWELL\nHAMBURG",
                "NIGHT LIGHT",
                "collect",
                "OCLNGB2608114",
            ],
            ..lanes::HAMBURG
        },
        invoice: "26332000000112222206",
    },
    Sold {
        plot: Plot {
            team: AMERICAS,
            customer: "estrella",
            title: "麻罩台灯",
            reference: "EA-4803",
            terms: ("FOB", "Shenzhen", "TT_100_ADV"),
            ports: ("Shenzhen, China", "San Antonio, Chile"),
            factory: "yuguang",
            goods: &[(
                "EA-T4",
                "Table lamp, linen shade",
                "麻罩台灯",
                "sand",
                1_500,
                980,
                5_030,
            )],
            ..BASE
        },
        work: Work {
            who: "梁工",
            paper: "PO EA-4803.pdf",
            place: "工厂仓库，中山",
            ..WORK
        },
        voyage: Voyage {
            booking: "BM2605489",
            board: 105,
            packing: &[(250, 2_250, 2_000, 22_500)],
            loaded: &[("HYDU4504619", "CD705909", "250", "2250", "22.5")],
            declared: "14700",
            elements: ELEMENTS,
            customs: ("5304", "605126247"),
            bill: [
                "ESTRELLA AUSTRAL\nSAN ANTONIO",
                "TABLE LAMP, LINEN SHADE",
                "collect",
                "PFLSZX2608287",
            ],
            ..lanes::SAN_ANTONIO
        },
        invoice: "26332000000113456773",
    },
    Sold {
        plot: Plot {
            team: AMERICAS,
            customer: "maple",
            title: "阅读灯",
            reference: "ML-4840",
            terms: ("FOB", "Ningbo", "TT_100_ADV"),
            ports: ("Ningbo, China", "Vancouver, Canada"),
            factory: "xinglan",
            goods: &[(
                "ML-R3",
                "Reading lamp",
                "阅读灯",
                "brass",
                1_200,
                1_150,
                5_900,
            )],
            ..BASE
        },
        work: Work {
            who: "马工",
            paper: "PO ML-4840.pdf",
            place: "工厂仓库，余姚",
            ..WORK
        },
        voyage: Voyage {
            booking: "BM2605620",
            board: 125,
            packing: &[(200, 1_600, 1_400, 12_000)],
            loaded: &[("HYDU4583808", "CD706220", "200", "1600", "12")],
            declared: "13800",
            elements: ELEMENTS,
            customs: ("3104", "605180260"),
            bill: [
                "MAPLE LOOP\nVANCOUVER",
                "READING LAMP",
                "collect",
                "PFLNGB2608460",
            ],
            ..lanes::VANCOUVER
        },
        invoice: "26332000000114691340",
    },
];
