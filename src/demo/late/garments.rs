//! Garments 服装 of the last half year, closed.

use super::lanes;
use super::sold::Sold;
use super::{PLOT, SHEN_AMERICAS, TANG_EUROPE};
use crate::demo::making::Work;
use crate::demo::sailing::Voyage;
use crate::demo::telling::{AMERICAS, Plot};

const BASE: Plot = Plot {
    hs: "6205909099",
    ..PLOT
};

const WORK: Work = Work {
    who: "",
    paper: "",
    place: "",
    quality: "面料色牢度 4 级，针距 12 针/3 cm；按封样做",
    packing: "每件一胶袋，20 件一箱",
    issued: 0,
};

const ELEMENTS: &str = "6205909099 男式衬衫、罩衫，机织，无品牌";

pub(super) const CLOSED: [Sold; 4] = [
    Sold {
        plot: Plot {
            customer: "alder",
            title: "府绸衬衫",
            reference: "AW-4137",
            terms: ("FOB", "Ningbo", "TT_30_70_COPY"),
            ports: ("Ningbo, China", "Felixstowe, United Kingdom"),
            factory: "qiming",
            goods: &[(
                "AW-92",
                "Poplin shirt",
                "府绸衬衫",
                "white",
                4_000,
                560,
                2_860,
            )],
            ..BASE
        },
        work: Work {
            who: "俞建平",
            paper: "PO AW-4137.pdf",
            place: "工厂仓库，绍兴",
            ..WORK
        },
        voyage: Voyage {
            booking: "HL2603131",
            board: 48,
            packing: &[(200, 1_400, 1_200, 16_800)],
            loaded: &[("HYDU3079198", "CD700311", "200", "1400", "16.8")],
            declared: "22400",
            elements: ELEMENTS,
            customs: ("3104", "604154013"),
            bill: [
                "ALDER & WREN\nFELIXSTOWE",
                "POPLIN SHIRT",
                "collect",
                "PFLNGB2605173",
            ],
            ..lanes::FELIXSTOWE
        },
        invoice: "26332000000091234567",
    },
    Sold {
        plot: Plot {
            team: TANG_EUROPE,
            customer: "melograno",
            title: "全棉罩衫",
            reference: "CM-4174",
            terms: ("FOB", "Ningbo", "TT_30_70_COPY"),
            ports: ("Ningbo, China", "Genoa, Italy"),
            factory: "lanzhi",
            goods: &[(
                "CM-61",
                "Overshirt, cotton",
                "全棉罩衫",
                "rust",
                2_200,
                1_050,
                5_400,
            )],
            ..BASE
        },
        work: Work {
            who: "章敏",
            paper: "PO CM-4174.pdf",
            place: "工厂仓库，宁波",
            ..WORK
        },
        voyage: Voyage {
            booking: "HL2603262",
            board: 71,
            packing: &[(110, 1_100, 990, 9_240)],
            loaded: &[("HYDU3158384", "CD700622", "110", "1100", "9.24")],
            declared: "23100",
            elements: ELEMENTS,
            customs: ("3104", "604208026"),
            bill: [
                "CASA MELOGRANO\nGENOA",
                "OVERSHIRT, COTTON",
                "collect",
                "PFLNGB2605346",
            ],
            ..lanes::GENOA
        },
        invoice: "26332000000092469134",
    },
    Sold {
        plot: Plot {
            team: AMERICAS,
            customer: "maple",
            title: "法兰绒衬衫",
            reference: "ML-4211",
            terms: ("FOB", "Ningbo", "TT_100_ADV"),
            ports: ("Ningbo, China", "Vancouver, Canada"),
            factory: "lanzhi",
            goods: &[(
                "ML-S2",
                "Flannel shirt",
                "法兰绒衬衫",
                "plaid",
                1_800,
                780,
                3_990,
            )],
            ..BASE
        },
        work: Work {
            who: "章敏",
            paper: "PO ML-4211.pdf",
            place: "工厂仓库，宁波",
            ..WORK
        },
        voyage: Voyage {
            booking: "BM2603393",
            board: 93,
            packing: &[(90, 810, 720, 7_560)],
            loaded: &[("HYDU3237570", "CD700933", "90", "810", "7.56")],
            declared: "14040",
            elements: ELEMENTS,
            customs: ("3104", "604262039"),
            bill: [
                "MAPLE LOOP\nVANCOUVER",
                "FLANNEL SHIRT",
                "collect",
                "PFLNGB2605519",
            ],
            ..lanes::VANCOUVER
        },
        invoice: "26332000000093703701",
    },
    Sold {
        plot: Plot {
            team: SHEN_AMERICAS,
            customer: "komori",
            title: "亚麻工装衬衫",
            reference: "KZ-4248",
            terms: ("FOB", "Ningbo", "TT_100_ADV"),
            ports: ("Ningbo, China", "Kobe, Japan"),
            factory: "qiming",
            goods: &[(
                "KZ-W1",
                "Work shirt, linen",
                "亚麻工装衬衫",
                "ink",
                1_200,
                690,
                3_560,
            )],
            ..BASE
        },
        work: Work {
            who: "俞建平",
            paper: "PO KZ-4248.pdf",
            place: "工厂仓库，绍兴",
            ..WORK
        },
        voyage: Voyage {
            booking: "NL2603524",
            board: 117,
            packing: &[(60, 480, 420, 5_040)],
            loaded: &[("HYDU3316767", "CD701244", "60", "480", "5.04")],
            declared: "8280",
            elements: ELEMENTS,
            customs: ("3104", "604316052"),
            bill: [
                "KOMORI ZAKKA\nKOBE",
                "WORK SHIRT, LINEN",
                "collect",
                "CLNGB2605692",
            ],
            ..lanes::KOBE
        },
        invoice: "26332000000094938268",
    },
];
