//! Lanes 航线: who carries goods to each customer, on which ship; the rest of a voyage is its order's own.

use crate::demo::sailing::Voyage;

const LANE: Voyage = Voyage {
    forwarder: "",
    who: "",
    ports: ("", ""),
    equipment: "1×40HQ",
    carrier: "",
    vessel: ("", ""),
    booking: "",
    board: 0,
    transit: 0,
    packing: &[],
    loaded: &[],
    declared: "",
    elements: "",
    customs: ("", ""),
    bill: ["", "", "", ""],
    consignee: "",
};
pub(super) const FELIXSTOWE: Voyage = Voyage {
    forwarder: "海翎国际货运（演示）",
    who: "林工",
    ports: ("Ningbo", "Felixstowe"),
    carrier: "Polar Fir Line",
    vessel: ("Polar Larch", "231W"),
    transit: 32,
    consignee: "Alder & Wren Outfitters Ltd\n12 Mill Lane\nLeeds LS1 4AB\nUnited Kingdom",
    ..LANE
};
pub(super) const GENOA: Voyage = Voyage {
    forwarder: "海翎国际货运（演示）",
    who: "林工",
    ports: ("Ningbo", "Genoa"),
    carrier: "Polar Fir Line",
    vessel: ("Polar Aspen", "228W"),
    transit: 30,
    consignee: "Casa Melograno Srl\nVia dei Tigli 21\n50123 Firenze\nItaly",
    ..LANE
};
pub(super) const HAMBURG: Voyage = Voyage {
    forwarder: "海翎国际货运（演示）",
    who: "林工",
    ports: ("Ningbo", "Hamburg"),
    carrier: "Ocean Cedar Line",
    vessel: ("Ocean Cypress", "047W"),
    transit: 33,
    consignee: "Brightwell Leuchten GmbH\nSpeicherstraße 4\n20457 Hamburg\nGermany",
    ..LANE
};
pub(super) const GOTHENBURG: Voyage = Voyage {
    forwarder: "蓝桅物流（演示）",
    who: "苏敏",
    ports: ("Xiamen", "Gothenburg"),
    carrier: "Cedar Line",
    vessel: ("Cedar Juniper", "112W"),
    transit: 34,
    consignee: "Nordhavn Living AB\nHamngatan 8\n411 14 Göteborg\nSweden",
    ..LANE
};
pub(super) const PORTLAND: Voyage = Voyage {
    forwarder: "海翎国际货运（演示）",
    who: "林工",
    ports: ("Ningbo", "Portland"),
    carrier: "Polar Fir Line",
    vessel: ("Polar Hemlock", "224E"),
    transit: 21,
    consignee: "Pine Harbor Home Inc.\n900 Harbor Drive\nPortland, OR 97201\nUSA",
    ..LANE
};
pub(super) const VANCOUVER: Voyage = Voyage {
    forwarder: "蓝桅物流（演示）",
    who: "苏敏",
    ports: ("Ningbo", "Vancouver"),
    carrier: "Polar Fir Line",
    vessel: ("Polar Rowan", "221E"),
    transit: 19,
    consignee: "Maple Loop Goods Ltd\n88 Front Street\nVancouver, BC\nCanada",
    ..LANE
};
pub(super) const KOBE: Voyage = Voyage {
    forwarder: "北灯货代（演示）",
    who: "田野",
    ports: ("Ningbo", "Kobe"),
    carrier: "Crane Line",
    vessel: ("Crane Azalea", "508N"),
    transit: 5,
    consignee: "Komori Zakka KK\n3-8-1 Kitano-cho\nChuo-ku, Kobe\nJapan",
    ..LANE
};
pub(super) const FREMANTLE: Voyage = Voyage {
    forwarder: "北灯货代（演示）",
    who: "田野",
    ports: ("Ningbo", "Fremantle"),
    carrier: "Crane Line",
    vessel: ("Crane Wattle", "517S"),
    transit: 18,
    consignee: "Tamarind Bay Trading Pty Ltd\n17 Wharf Road\nFremantle WA 6160\nAustralia",
    ..LANE
};
pub(super) const SAN_ANTONIO: Voyage = Voyage {
    forwarder: "蓝桅物流（演示）",
    who: "苏敏",
    ports: ("Shenzhen", "San Antonio"),
    carrier: "Polar Fir Line",
    vessel: ("Polar Araucaria", "214E"),
    transit: 36,
    consignee: "Estrella Austral SpA\nAv. del Mar 450\nSan Antonio\nChile",
    ..LANE
};
pub(super) const JEBEL_ALI: Voyage = Voyage {
    forwarder: "海翎国际货运（演示）",
    who: "林工",
    ports: ("Shenzhen", "Jebel Ali"),
    equipment: "3×40HQ",
    carrier: "Gulf Mangrove Line",
    vessel: ("Gulf Mangrove", "036W"),
    transit: 24,
    consignee: "TO ORDER OF CRESCENT BANK (DEMO)",
    ..LANE
};
