//! Ceramics 陶瓷 of the last half year, closed.

use super::lanes;
use super::sold::Sold;
use super::{PLOT, SHEN_AMERICAS, TANG_AMERICAS, TANG_EUROPE};
use crate::demo::making::Work;
use crate::demo::sailing::Voyage;
use crate::demo::telling::Plot;

const BASE: Plot = Plot {
    hs: "6912001000",
    ..PLOT
};

const WORK: Work = Work {
    who: "",
    paper: "",
    place: "",
    quality: "炻瓷，1250 °C 还原烧；釉面无铅无镉，底足磨平",
    packing: "每只纸隔板，24 只一箱",
    issued: 0,
};

const ELEMENTS: &str = "6912001000 炻瓷餐具，餐桌用，无品牌";

pub(super) const CLOSED: [Sold; 4] = [
    Sold {
        plot: Plot {
            team: SHEN_AMERICAS,
            customer: "komori",
            title: "饭碗 14 cm",
            reference: "KM-4581",
            terms: ("FOB", "Ningbo", "TT_100_ADV"),
            ports: ("Ningbo, China", "Kobe, Japan"),
            factory: "jinghe",
            goods: &[(
                "KM-B14",
                "Rice bowl 14 cm",
                "饭碗 14 cm",
                "celadon",
                4_800,
                190,
                960,
            )],
            ..BASE
        },
        work: Work {
            who: "余师傅",
            paper: "PO KM-4581.pdf",
            place: "工厂仓库，景德镇",
            ..WORK
        },
        voyage: Voyage {
            booking: "NL2604703",
            board: 45,
            packing: &[(200, 2_200, 2_000, 8_000)],
            loaded: &[("HYDU4029479", "CD704043", "200", "2200", "8")],
            declared: "9120",
            elements: ELEMENTS,
            customs: ("3104", "604802169"),
            bill: [
                "KOMORI ZAKKA\nKOBE",
                "RICE BOWL 14 CM",
                "collect",
                "CLNGB2607249",
            ],
            ..lanes::KOBE
        },
        invoice: "26332000000106049371",
    },
    Sold {
        plot: Plot {
            customer: "nordhavn",
            title: "马克杯 350 ml",
            reference: "NL-4618",
            terms: ("FOB", "Xiamen", "TT_30_70_COPY"),
            ports: ("Xiamen, China", "Gothenburg, Sweden"),
            factory: "qinghe",
            goods: &[(
                "NL-M3",
                "Mug 350 ml",
                "马克杯 350 ml",
                "oat",
                7_200,
                225,
                1_150,
            )],
            ..BASE
        },
        work: Work {
            who: "赖工",
            paper: "PO NL-4618.pdf",
            place: "工厂仓库，德化",
            ..WORK
        },
        voyage: Voyage {
            booking: "BM2604834",
            board: 67,
            packing: &[(300, 3_600, 3_300, 13_200)],
            loaded: &[("HYDU4108665", "CD704354", "300", "3600", "13.2")],
            declared: "16200",
            elements: ELEMENTS,
            customs: ("3701", "604856182"),
            bill: [
                "NORDHAVN\nGOTHENBURG",
                "MUG 350 ML",
                "collect",
                "CLXMN2607422",
            ],
            ..lanes::GOTHENBURG
        },
        invoice: "26332000000107283938",
    },
    Sold {
        plot: Plot {
            team: TANG_AMERICAS,
            customer: "tamarind",
            title: "沙拉盘 20 cm",
            reference: "TB-4655",
            terms: ("FOB", "Xiamen", "TT_100_ADV"),
            ports: ("Xiamen, China", "Fremantle, Australia"),
            factory: "qinghe",
            goods: &[(
                "TB-S8",
                "Salad plate 20 cm",
                "沙拉盘 20 cm",
                "sea",
                4_800,
                240,
                1_230,
            )],
            ..BASE
        },
        work: Work {
            who: "赖工",
            paper: "PO TB-4655.pdf",
            place: "工厂仓库，德化",
            ..WORK
        },
        voyage: Voyage {
            ports: ("Xiamen", "Fremantle"),
            booking: "NL2604965",
            board: 90,
            packing: &[(200, 3_000, 2_800, 8_400)],
            loaded: &[("HYDU4187854", "CD704665", "200", "3000", "8.4")],
            declared: "11520",
            elements: ELEMENTS,
            customs: ("3701", "604910195"),
            bill: [
                "TAMARIND BAY\nFREMANTLE",
                "SALAD PLATE 20 CM",
                "collect",
                "CLXMN2607595",
            ],
            ..lanes::FREMANTLE
        },
        invoice: "26332000000108518505",
    },
    Sold {
        plot: Plot {
            team: TANG_EUROPE,
            customer: "melograno",
            title: "意式咖啡杯套装",
            reference: "CM-4692",
            terms: ("FOB", "Ningbo", "TT_30_70_COPY"),
            ports: ("Ningbo, China", "Genoa, Italy"),
            factory: "jinghe",
            goods: &[(
                "CM-E6",
                "Espresso set",
                "意式咖啡杯套装",
                "ivory",
                2_400,
                680,
                3_480,
            )],
            ..BASE
        },
        work: Work {
            who: "余师傅",
            paper: "PO CM-4692.pdf",
            place: "工厂仓库，景德镇",
            ..WORK
        },
        voyage: Voyage {
            booking: "HL2605096",
            board: 112,
            packing: &[(100, 1_400, 1_200, 5_000)],
            loaded: &[("HYDU4267040", "CD704976", "100", "1400", "5")],
            declared: "16320",
            elements: ELEMENTS,
            customs: ("3104", "604964208"),
            bill: [
                "CASA MELOGRANO\nGENOA",
                "ESPRESSO SET",
                "collect",
                "PFLNGB2607768",
            ],
            ..lanes::GENOA
        },
        invoice: "26332000000109753072",
    },
];
