//! Inspected: chairs that failed in line and are being worked over, and lamps that are looked at for the last time
//! tomorrow; both under a credit.

use super::PLOT;
use super::credits::{self, Credit};
use crate::base::Party;
use crate::demo::cast::Cast;
use crate::demo::making::{self, Work};
use crate::demo::story::Story;
use crate::demo::telling::{AMERICAS, Plot};
use crate::production::aql::Found;
use crate::production::inspection::{Kind as Inspected, Move};
use crate::production::issue::acts as issues;
use crate::production::issue::{Agreed, Bearer, Kind, Reported, Severity};
use crate::web::{App, Result};
use chrono::{DateTime, Utc};

const CHAIRS: (Plot, Work) = (
    Plot {
        team: AMERICAS,
        customer: "rimal",
        title: "胡桃木餐椅",
        reference: "AR-7742",
        terms: ("CIF", "Jebel Ali", "LC_SIGHT"),
        ports: ("Shenzhen, China", "Jebel Ali, United Arab Emirates"),
        factory: "muhe",
        hs: "9401619000",
        goods: &[(
            "AR-C3",
            "Dining chair, walnut",
            "胡桃木餐椅",
            "walnut",
            960,
            4_450,
            23_400,
        )],
        delivery: 24,
        opened: 50,
        ..PLOT
    },
    Work {
        who: "何经理",
        paper: "PO AR-7742.pdf",
        place: "工厂仓库，佛山",
        quality: "黑胡桃实木，含水率 8–10%；坐垫高回弹海绵，面料耐磨 4 万次",
        packing: "每 2 把一箱，护角加珍珠棉，箱规 60×56×98 cm",
        issued: 40,
    },
);

const CHAIRS_CREDIT: Credit = Credit {
    bank: "CRESCENT BANK (DEMO)",
    town: "DUBAI",
    reference: "CRB26-LC-10934",
    applicant: "AL RIMAL FURNISHINGS LLC\nWAREHOUSE 12, AL QUOZ\nDUBAI",
    dollars: 42_720,
    ports: ("SHENZHEN, CHINA", "JEBEL ALI, UNITED ARAB EMIRATES"),
    goods: "960 PCS DINING CHAIRS, WALNUT\nAT USD 44.50 PER PC CIF JEBEL ALI INCOTERMS 2020",
    documents: "+SIGNED COMMERCIAL INVOICE IN 3 ORIGINALS\n+PACKING LIST IN 3 ORIGINALS\n\
                +FULL SET 3/3 OF CLEAN ON BOARD BILLS OF LADING, MADE OUT TO ORDER OF ISSUING BANK, FREIGHT PREPAID\n\
                +INSURANCE POLICY IN 2 ORIGINALS FOR 110 PERCENT OF THE INVOICE VALUE",
    latest: 27,
    expiry: 50,
};

const PENDANTS: (Plot, Work) = (
    Plot {
        team: AMERICAS,
        customer: "estrella",
        title: "藤编吊灯",
        reference: "EA-2208",
        terms: ("CFR", "San Antonio", "LC_SIGHT"),
        ports: ("Shenzhen, China", "San Antonio, Chile"),
        factory: "yuguang",
        hs: "9405190090",
        goods: &[(
            "EA-P8",
            "Pendant lamp, rattan shade",
            "藤编吊灯",
            "natural",
            2_400,
            1_090,
            5_600,
        )],
        delivery: 14,
        opened: 62,
        ..PLOT
    },
    Work {
        who: "梁工",
        paper: "PO EA-2208.pdf",
        place: "工厂仓库，中山",
        quality: "藤编灯罩无毛刺，熏蒸；灯头 E27，线长 1.5 m，SEC 认证",
        packing: "每只彩盒，4 只一箱，箱规 82×82×40 cm",
        issued: 52,
    },
);

const PENDANTS_CREDIT: Credit = Credit {
    bank: "BANCO DEL SUR (DEMO)",
    town: "SANTIAGO",
    reference: "BDS26-LC-4471",
    applicant: "ESTRELLA AUSTRAL SPA\nAV. DEL MAR 450\nSAN ANTONIO, CHILE",
    dollars: 26_160,
    ports: ("SHENZHEN, CHINA", "SAN ANTONIO, CHILE"),
    goods: "2,400 PCS PENDANT LAMPS WITH RATTAN SHADE\nAT USD 10.90 PER PC CFR SAN ANTONIO INCOTERMS 2020",
    documents: "+SIGNED COMMERCIAL INVOICE IN 3 ORIGINALS\n+PACKING LIST IN 3 ORIGINALS\n\
                +FULL SET 3/3 OF CLEAN ON BOARD BILLS OF LADING, MADE OUT TO ORDER OF ISSUING BANK, FREIGHT PREPAID\n\
                +CERTIFICATE OF ORIGIN IN 1 ORIGINAL, ISSUED BY A CHAMBER OF COMMERCE",
    latest: 17,
    expiry: 40,
};

pub(super) async fn run(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let (plot, work) = CHAIRS;
    let story = begun(app, now, cast, (&plot, &work, &CHAIRS_CREDIT)).await?;
    making::report(&story, work.who, (16, [100, 70, 30, 0, 0], "")).await?;
    making::report(&story, work.who, (5, [100, 100, 60, 20, 0], "")).await?;
    rejected(&story, work.who).await?;
    let (plot, work) = PENDANTS;
    let story = begun(app, now, cast, (&plot, &work, &PENDANTS_CREDIT)).await?;
    making::report(&story, work.who, (20, [100, 60, 30, 0, 0], "")).await?;
    let words = "剩 400 只在装箱，后天齐";
    making::report(&story, work.who, (3, [100, 100, 100, 95, 80], words)).await?;
    let tomorrow = story.day(1);
    story
        .operate((2, 10), async |act| {
            making::inspect(act, Inspected::Final, tomorrow)
                .await
                .map(|_| ())
        })
        .await
}

/// Opened, confirmed, under a workable credit, given to the factory and begun.
pub(super) async fn begun<'a>(
    app: &'a App,
    now: DateTime<Utc>,
    cast: &'a Cast,
    (plot, work, credit): (&Plot, &Work, &Credit),
) -> Result<Story<'a>> {
    let story = Story::begin(app, now, cast, plot).await?;
    credits::workable(&story, plot, credit).await?;
    making::order(&story, work).await?;
    Ok(story)
}

/// More than the sampling takes was found in line; the factory works it over before it goes on.
async fn rejected(story: &Story<'_>, who: &str) -> Result<()> {
    let on = story.day(-3);
    story
        .operate((3, 9), async |act| {
            making::inspect(act, Inspected::Inline, on)
                .await
                .map(|_| ())
        })
        .await?;
    let many = |_: u32| Found {
        critical: 0,
        major: 9,
        minor: 12,
    };
    let words = "9 把后腿榫接松动，12 把漆面有颗粒；超出 AQL 2.5";
    making::judge(story, ((3, 17), 1, Move::Fail), many, words).await?;
    let reported = Reported {
        kind: Kind::Quality,
        severity: Severity::Major,
        title: "餐椅后腿榫接松动".to_owned(),
        impact: "已装 576 把全部返检；返工四天，船期还有余量".to_owned(),
        from: Party::Us,
        who: "何工（甬检）".to_owned(),
        channel: String::new(),
        due_at: None,
        inspection: None,
        lines: Vec::new(),
    };
    story
        .operate((2, 9), async |act| {
            issues::report(act, &reported, words, &[]).await?;
            issues::hand_to_sales(act, 1).await
        })
        .await?;
    rework(story, who).await
}

/// The customer is not concerned: the factory bears it, and is told what to do.
async fn rework(story: &Story<'_>, who: &str) -> Result<()> {
    story
        .act(story.team.salesperson, (2, 11), async |act| {
            let agreed = Agreed {
                result: "全部返检，松动的拆开重新打胶，漆面打磨重喷；返工后复验".to_owned(),
                bearer: Bearer::Factory,
                amount: None,
                customer_concerned: false,
                who: String::new(),
                channel: String::new(),
                words: "交期不变，不用惊动客户".to_owned(),
                on: act.today(),
                at: act.by.at,
            };
            issues::agree(act, 1, &agreed, &[]).await
        })
        .await?;
    let words = format!(
        "{who}：已装的 576 把全部返检\n榫接松动的拆开重新打胶，静置 24 小时\n漆面颗粒打磨重喷\n返工完当天报数，我们复验"
    );
    story
        .operate((2, 14), async |act| issues::convey(act, 1, &words).await)
        .await?;
    story.pass_on((2, 15)).await
}
