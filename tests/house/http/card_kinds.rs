//! Kinds of cards: what is typed into the empty form of each, and by what it is found.

/// What tells one kind from the others.
pub struct Kind {
    pub place: &'static str,
    /// Who writes it.
    pub login: &'static str,
    /// What is typed into the empty form; `#` is a running letter and `~` a running number, so that what is unique differs.
    pub typed: &'static [(&'static str, &'static str)],
    /// Chinese, Latin, initials: each finds it.
    pub found_by: [&'static str; 3],
    /// A field that two people change.
    pub text: &'static str,
    /// What is refused, in which field.
    pub bad: (&'static str, &'static str),
}

pub static KINDS: [Kind; 13] = [
    Kind {
        place: "/customers",
        login: "shen",
        typed: &[
            ("name_en", "Lakeside Tableware #"),
            ("name_zh", "湖畔餐具#"),
            ("country", "SE"),
        ],
        found_by: ["湖畔", "lakeside", "hpcj"],
        text: "address_en",
        bad: ("currency", "dollars"),
    },
    Kind {
        place: "/factories",
        login: "shen",
        typed: &[("name_zh", "湖畔制衣#"), ("name_en", "Lakeside Garments #")],
        found_by: ["湖畔", "lakeside", "hpzy"],
        text: "address",
        bad: ("tax_number", "91110000600037342L"),
    },
    Kind {
        place: "/forwarders",
        login: "shen",
        typed: &[("name_zh", "湖畔货代#"), ("name_en", "Lakeside Freight #")],
        found_by: ["湖畔", "lakeside", "hphd"],
        text: "address",
        bad: ("name_zh", ""),
    },
    Kind {
        place: "/products",
        login: "shen",
        typed: &[
            ("item_no", "QT-#"),
            ("name_en", "Lakeside mug"),
            ("name_zh", "湖畔杯"),
            ("hs_code", "6912001000"),
        ],
        found_by: ["湖畔", "lakeside", "hpb"],
        text: "spec",
        bad: ("hs_code", "69120010"),
    },
    Kind {
        place: "/ports",
        login: "shen",
        typed: &[
            ("code", "CNQ#Q"),
            ("name_en", "Lakeside #"),
            ("name_zh", "湖畔港#"),
            ("zone", "Asia/Shanghai"),
        ],
        found_by: ["湖畔", "lakeside", "hpg"],
        text: "name_zh",
        bad: ("zone", "Asia/Lakeside"),
    },
    Kind {
        place: "/couriers",
        login: "shen",
        typed: &[
            ("code", "QT#"),
            ("name_zh", "湖畔快递#"),
            ("name_en", "Lakeside Express #"),
            ("tracking", "https://lakeside.example/{number}"),
        ],
        found_by: ["湖畔", "lakeside", "hpkd"],
        text: "name_zh",
        bad: ("tracking", "javascript:alert({number})"),
    },
    Kind {
        place: "/units",
        login: "shen",
        typed: &[
            ("code", "qt#"),
            ("name_zh", "湖畔盘#"),
            ("name_en", "Lakeside reels #"),
            ("customs", "019"),
        ],
        found_by: ["湖畔", "lakeside", "hpp"],
        text: "name_zh",
        bad: ("customs", "19"),
    },
    Kind {
        place: "/currencies",
        login: "admin",
        typed: &[
            ("code", "QT#"),
            ("name_zh", "湖畔元#"),
            ("name_en", "Lakeside crowns #"),
            ("decimals", "2"),
        ],
        found_by: ["湖畔", "lakeside", "hpy"],
        text: "name_zh",
        bad: ("decimals", "3"),
    },
    Kind {
        place: "/payment-terms",
        login: "xu",
        typed: &[
            ("name_zh", "湖畔月结#"),
            ("name_en", "Lakeside monthly #"),
            ("share_1", "100"),
            ("instrument_1", "oa"),
            ("days_1", "~"),
        ],
        found_by: ["湖畔", "lakeside", "hpyj"],
        text: "name_zh",
        bad: ("share_1", "90"),
    },
    Kind {
        place: "/banks",
        login: "xu",
        typed: &[
            ("name_zh", "湖畔银行#"),
            ("name_en", "Lakeside Bank #"),
            ("country", "CN"),
        ],
        found_by: ["湖畔", "lakeside", "hpyh"],
        text: "address",
        bad: ("bic", "DEUTDEFF"),
    },
    Kind {
        place: "/company/entities",
        login: "admin",
        typed: &[
            ("prefix", "QT#"),
            ("name_zh", "湖畔公司#"),
            ("name_en", "Lakeside Co. #"),
        ],
        found_by: ["湖畔", "lakeside", "hpgs"],
        text: "address_en",
        bad: ("ciq_code", "38060000A"),
    },
    Kind {
        place: "/company/accounts",
        login: "xu",
        typed: &[
            ("name", "湖畔美元户#"),
            ("beneficiary", "Ningbo Hanyu"),
            ("bank", "Lakeside Bank"),
            ("bic", "LAKECNBJ"),
            ("account", "3301 5501 99"),
        ],
        found_by: ["湖畔", "lakeside", "hpmyh"],
        text: "bank_address",
        bad: ("bic", "LAKE"),
    },
    Kind {
        place: "/users",
        login: "admin",
        typed: &[
            ("name_zh", "湖畔#"),
            ("name_en", "Lake Side #"),
            ("email", "lake.#@hanyu.example"),
            ("phone", "0574 5550 0177"),
            ("lang", "en"),
            ("role_finance", "yes"),
        ],
        found_by: ["湖畔", "lake", "hp"],
        text: "phone",
        bad: ("email", "nobody"),
    },
];
