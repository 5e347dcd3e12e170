//! Bags 箱包 of the last half year, closed.

use super::lanes;
use super::sold::Sold;
use super::{PLOT, SHEN_AMERICAS, TANG_AMERICAS};
use crate::demo::making::Work;
use crate::demo::sailing::Voyage;
use crate::demo::telling::{AMERICAS, Plot};

const BASE: Plot = Plot {
    hs: "4202920000",
    ..PLOT
};

const WORK: Work = Work {
    who: "",
    paper: "",
    place: "",
    quality: "600D 涤纶或 12 安棉帆布；走线 7 针/寸，提手十字加固",
    packing: "每只胶袋，24 只一箱",
    issued: 0,
};

const ELEMENTS: &str = "4202920000 纺织面料箱包，无品牌";

pub(super) const CLOSED: [Sold; 4] = [
    Sold {
        plot: Plot {
            customer: "alder",
            title: "洗漱包",
            reference: "AW-4285",
            terms: ("FOB", "Ningbo", "TT_100_ADV"),
            ports: ("Ningbo, China", "Felixstowe, United Kingdom"),
            factory: "qifan",
            goods: &[("AW-W3", "Wash bag", "洗漱包", "olive", 6_000, 190, 980)],
            ..BASE
        },
        work: Work {
            who: "楼经理",
            paper: "PO AW-4285.pdf",
            place: "工厂仓库，义乌",
            ..WORK
        },
        voyage: Voyage {
            booking: "HL2603655",
            board: 56,
            packing: &[(250, 1_500, 1_250, 15_000)],
            loaded: &[("HYDU3395956", "CD701555", "250", "1500", "15")],
            declared: "11400",
            elements: ELEMENTS,
            customs: ("3104", "604370065"),
            bill: [
                "ALDER & WREN\nFELIXSTOWE",
                "WASH BAG",
                "collect",
                "PFLNGB2605865",
            ],
            ..lanes::FELIXSTOWE
        },
        invoice: "26332000000096172835",
    },
    Sold {
        plot: Plot {
            team: TANG_AMERICAS,
            customer: "tamarind",
            title: "保温袋 12 升",
            reference: "TB-4322",
            terms: ("FOB", "Ningbo", "TT_30_70_COPY"),
            ports: ("Ningbo, China", "Fremantle, Australia"),
            factory: "hemu",
            goods: &[(
                "TB-C12",
                "Cooler bag 12 l",
                "保温袋 12 升",
                "teal",
                5_000,
                410,
                2_090,
            )],
            ..BASE
        },
        work: Work {
            who: "沈国良",
            paper: "PO TB-4322.pdf",
            place: "工厂仓库，平湖",
            ..WORK
        },
        voyage: Voyage {
            booking: "NL2603786",
            board: 79,
            packing: &[(209, 1_881, 1_672, 25_080)],
            loaded: &[("HYDU3475141", "CD701866", "209", "1881", "25.08")],
            declared: "20500",
            elements: ELEMENTS,
            customs: ("3104", "604424078"),
            bill: [
                "TAMARIND BAY\nFREMANTLE",
                "COOLER BAG 12 L",
                "collect",
                "CLNGB2606038",
            ],
            ..lanes::FREMANTLE
        },
        invoice: "26332000000097407402",
    },
    Sold {
        plot: Plot {
            team: AMERICAS,
            customer: "maple",
            title: "旅行袋 40 升",
            reference: "ML-4359",
            terms: ("FOB", "Ningbo", "TT_30_70_COPY"),
            ports: ("Ningbo, China", "Vancouver, Canada"),
            factory: "hemu",
            goods: &[(
                "ML-D40",
                "Duffel 40 l",
                "旅行袋 40 升",
                "black",
                2_400,
                1_120,
                5_750,
            )],
            ..BASE
        },
        work: Work {
            who: "沈国良",
            paper: "PO ML-4359.pdf",
            place: "工厂仓库，平湖",
            ..WORK
        },
        voyage: Voyage {
            booking: "BM2603917",
            board: 101,
            packing: &[(100, 1_600, 1_400, 18_000)],
            loaded: &[("HYDU3554338", "CD702177", "100", "1600", "18")],
            declared: "26880",
            elements: ELEMENTS,
            customs: ("3104", "604478091"),
            bill: [
                "MAPLE LOOP\nVANCOUVER",
                "DUFFEL 40 L",
                "collect",
                "PFLNGB2606211",
            ],
            ..lanes::VANCOUVER
        },
        invoice: "26332000000098641969",
    },
    Sold {
        plot: Plot {
            team: SHEN_AMERICAS,
            customer: "komori",
            title: "帆布袋",
            reference: "KZ-4396",
            terms: ("FOB", "Ningbo", "TT_100_ADV"),
            ports: ("Ningbo, China", "Kobe, Japan"),
            factory: "qifan",
            goods: &[(
                "KZ-T3",
                "Canvas tote",
                "帆布袋",
                "natural",
                3_000,
                320,
                1_640,
            )],
            ..BASE
        },
        work: Work {
            who: "楼经理",
            paper: "PO KZ-4396.pdf",
            place: "工厂仓库，义乌",
            ..WORK
        },
        voyage: Voyage {
            booking: "NL2604048",
            board: 122,
            packing: &[(125, 1_000, 875, 7_500)],
            loaded: &[("HYDU3633524", "CD702488", "125", "1000", "7.5")],
            declared: "9600",
            elements: ELEMENTS,
            customs: ("3104", "604532104"),
            bill: [
                "KOMORI ZAKKA\nKOBE",
                "CANVAS TOTE",
                "collect",
                "CLNGB2606384",
            ],
            ..lanes::KOBE
        },
        invoice: "26332000000099876536",
    },
];
