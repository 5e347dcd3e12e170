//! Furniture 家具 of the last half year, closed.

use super::lanes;
use super::sold::Sold;
use super::{PLOT, TANG_AMERICAS};
use crate::demo::making::Work;
use crate::demo::sailing::Voyage;
use crate::demo::telling::{AMERICAS, Plot};

const BASE: Plot = Plot {
    hs: "9401690090",
    ..PLOT
};

const WORK: Work = Work {
    who: "",
    paper: "",
    place: "",
    quality: "实木含水率 8–10%；榫接打胶，五金镀镍；静载 130 kg",
    packing: "每 2 把一箱，箱角护边",
    issued: 0,
};

const ELEMENTS: &str = "9401690090 木框架坐具，无软垫，无品牌";

pub(super) const CLOSED: [Sold; 4] = [
    Sold {
        plot: Plot {
            team: AMERICAS,
            customer: "pine",
            title: "山毛榉吧凳",
            reference: "PH-4433",
            terms: ("FOB", "Ningbo", "TT_30_70_COPY"),
            ports: ("Ningbo, China", "Portland, USA"),
            factory: "zhuli",
            goods: &[(
                "PH-S2",
                "Bar stool, beech",
                "山毛榉吧凳",
                "walnut",
                640,
                3_150,
                16_400,
            )],
            ..BASE
        },
        work: Work {
            who: "郎经理",
            paper: "PO PH-4433.pdf",
            place: "工厂仓库，安吉",
            ..WORK
        },
        voyage: Voyage {
            booking: "HL2604179",
            board: 52,
            packing: &[(320, 4_160, 3_520, 41_600)],
            loaded: &[("HYDU3712710", "CD702799", "320", "4160", "41.6")],
            declared: "20160",
            elements: ELEMENTS,
            customs: ("3104", "604586117"),
            bill: [
                "PINE HARBOR\nPORTLAND",
                "BAR STOOL, BEECH",
                "collect",
                "PFLNGB2606557",
            ],
            ..lanes::PORTLAND
        },
        invoice: "26332000000101111103",
    },
    Sold {
        plot: Plot {
            customer: "nordhavn",
            title: "桦木儿童椅",
            reference: "NL-4470",
            terms: ("FOB", "Ningbo", "TT_30_70_COPY"),
            ports: ("Ningbo, China", "Gothenburg, Sweden"),
            factory: "zhuli",
            goods: &[(
                "NL-C5",
                "Child chair, birch",
                "桦木儿童椅",
                "white",
                900,
                1_780,
                9_150,
            )],
            ..BASE
        },
        work: Work {
            who: "郎经理",
            paper: "PO NL-4470.pdf",
            place: "工厂仓库，安吉",
            ..WORK
        },
        voyage: Voyage {
            ports: ("Ningbo", "Gothenburg"),
            booking: "BM2604310",
            board: 75,
            packing: &[(450, 3_600, 3_150, 40_500)],
            loaded: &[("HYDU3791900", "CD703110", "450", "3600", "40.5")],
            declared: "16020",
            elements: ELEMENTS,
            customs: ("3104", "604640130"),
            bill: [
                "NORDHAVN\nGOTHENBURG",
                "CHILD CHAIR, BIRCH",
                "collect",
                "CLNGB2606730",
            ],
            ..lanes::GOTHENBURG
        },
        invoice: "26332000000102345670",
    },
    Sold {
        plot: Plot {
            team: TANG_AMERICAS,
            customer: "tamarind",
            title: "沙滩椅",
            reference: "TB-4507",
            terms: ("FOB", "Shenzhen", "TT_30_70_COPY"),
            ports: ("Shenzhen, China", "Fremantle, Australia"),
            factory: "muhe",
            goods: &[(
                "TB-D1",
                "Deck chair",
                "沙滩椅",
                "striped",
                1_200,
                1_450,
                7_500,
            )],
            ..BASE
        },
        work: Work {
            who: "何经理",
            paper: "PO TB-4507.pdf",
            place: "工厂仓库，佛山",
            ..WORK
        },
        voyage: Voyage {
            ports: ("Shenzhen", "Fremantle"),
            booking: "NL2604441",
            board: 97,
            packing: &[(600, 5_400, 4_800, 42_000)],
            loaded: &[("HYDU3871097", "CD703421", "600", "5400", "42")],
            declared: "17400",
            elements: ELEMENTS,
            customs: ("5304", "604694143"),
            bill: [
                "TAMARIND BAY\nFREMANTLE",
                "DECK CHAIR",
                "collect",
                "CLSZX2606903",
            ],
            ..lanes::FREMANTLE
        },
        invoice: "26332000000103580237",
    },
    Sold {
        plot: Plot {
            team: AMERICAS,
            customer: "pine",
            title: "橡木餐椅",
            reference: "PH-4544",
            terms: ("FOB", "Shenzhen", "TT_30_70_COPY"),
            ports: ("Shenzhen, China", "Portland, USA"),
            factory: "muhe",
            goods: &[(
                "PH-K7",
                "Kitchen chair, oak",
                "橡木餐椅",
                "natural",
                480,
                4_000,
                20_700,
            )],
            ..BASE
        },
        work: Work {
            who: "何经理",
            paper: "PO PH-4544.pdf",
            place: "工厂仓库，佛山",
            ..WORK
        },
        voyage: Voyage {
            ports: ("Shenzhen", "Portland"),
            booking: "HL2604572",
            board: 120,
            packing: &[(240, 3_360, 2_880, 36_000)],
            loaded: &[("HYDU3950283", "CD703732", "240", "3360", "36")],
            declared: "19200",
            elements: ELEMENTS,
            customs: ("5304", "604748156"),
            bill: [
                "PINE HARBOR\nPORTLAND",
                "KITCHEN CHAIR, OAK",
                "collect",
                "PFLSZX2607076",
            ],
            ..lanes::PORTLAND
        },
        invoice: "26332000000104814804",
    },
];
