//! Asked 待客户: jackets that will be late and aprons whose carton marks are missing; the customers have been asked and have
//! not answered.

use super::sold::begun;
use super::{PLOT, SHEN_AMERICAS};
use crate::base::{Channel, Party};
use crate::demo::cast::Cast;
use crate::demo::making::{self, Work};
use crate::demo::story::Story;
use crate::demo::telling::Plot;
use crate::production::issue::acts as issues;
use crate::production::issue::{Kind, Reported, Severity};
use crate::web::{App, Result};
use chrono::{DateTime, Utc};

const JACKETS: (Plot, Work) = (
    Plot {
        customer: "melograno",
        title: "绗缝夹克 2 色",
        reference: "CM-104",
        ports: ("Ningbo, China", "Livorno, Italy"),
        factory: "qiming",
        hs: "6201409090",
        goods: &[
            (
                "CM-94",
                "Quilted jacket",
                "绗缝夹克",
                "olive",
                1_300,
                1_840,
                9_400,
            ),
            (
                "CM-94",
                "Quilted jacket",
                "绗缝夹克",
                "navy",
                1_300,
                1_840,
                9_400,
            ),
        ],
        delivery: 19,
        opened: 44,
        ..PLOT
    },
    Work {
        who: "俞建平",
        paper: "PO CM-104.pdf",
        place: "工厂仓库，绍兴",
        quality: "面料 20D 尼龙，充棉 120 g；绗线 4 针/cm，不许跑棉；按封样做",
        packing: "每件一胶袋，10 件一箱，箱规 62×42×40 cm",
        issued: 39,
    },
);

const APRONS: (Plot, Work) = (
    Plot {
        team: SHEN_AMERICAS,
        customer: "komori",
        title: "亚麻围裙",
        reference: "KZ-3102",
        terms: ("FOB", "Shanghai", "TT_30_70_COPY"),
        ports: ("Shanghai, China", "Kobe, Japan"),
        factory: "qiming",
        hs: "6211429000",
        goods: &[("KZ-A5", "Linen apron", "亚麻围裙", "ink", 3_600, 475, 2_420)],
        delivery: 26,
        opened: 36,
        ..PLOT
    },
    Work {
        who: "俞建平",
        paper: "PO KZ-3102.pdf",
        place: "工厂仓库，绍兴",
        quality: "水洗亚麻 185 g，缩率 3% 内；口袋回针，系带 90 cm",
        packing: "每件对折入胶袋，40 件一箱，箱规 55×38×32 cm",
        issued: 31,
    },
);

pub(super) async fn run(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    jackets(app, now, cast).await?;
    aprons(app, now, cast).await
}

/// Six days late by the factory's own report; the customer is asked whether to split the order.
async fn jackets(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let (plot, work) = JACKETS;
    let story = begun(app, now, cast, (&plot, &work)).await?;
    making::report(&story, work.who, (20, [100, 60, 20, 0, 0], "")).await?;
    let words = "充棉机坏了三天，绗缝线让给别家，要晚 6 天";
    making::report_late(&story, work.who, (3, [100, 100, 55, 20, 0], words), 6).await?;
    let late = Said {
        kind: Kind::Delivery,
        severity: Severity::Major,
        title: "交期晚 6 天，船期有风险",
        impact: "可分批：1,600 件走海运、1,000 件走空运，空运贵约 2,900 美元；或整批改下一水船",
        words: "只能赶出 1,600 件，剩下 1,000 件要再等 6 天。",
        question: "The quilting line is 6 days behind. We can ship 1,600 pcs by sea as planned and 1,000 pcs by air, \
                   or the whole order by the next vessel, 7 days later. Which do you prefer?",
    };
    ask(&story, work.who, &late).await
}

/// The customer has not sent the artwork of the carton marks.
async fn aprons(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let (plot, work) = APRONS;
    let story = begun(app, now, cast, (&plot, &work)).await?;
    making::report(&story, work.who, (4, [100, 90, 50, 10, 0], "周三要印箱")).await?;
    let artwork = Said {
        kind: Kind::Packing,
        severity: Severity::Minor,
        title: "外箱唛头稿未到",
        impact: "不影响缝制；周三之前不到，印箱排到下周",
        words: "唛头稿什么时候给？纸箱厂周三开机。",
        question: "Please send us the artwork of the carton marks by Wednesday: the cartons are printed then.",
    };
    ask(&story, work.who, &artwork).await
}

/// What went wrong, and what the customer is asked.
struct Said {
    kind: Kind,
    severity: Severity,
    title: &'static str,
    impact: &'static str,
    words: &'static str,
    question: &'static str,
}

/// Reported by the factory the day before yesterday, handed to sales, asked of the customer and passed on.
async fn ask(story: &Story<'_>, who: &str, said: &Said) -> Result<()> {
    let reported = Reported {
        kind: said.kind,
        severity: said.severity,
        title: said.title.to_owned(),
        impact: said.impact.to_owned(),
        from: Party::Factory,
        who: who.to_owned(),
        channel: Channel::Wechat.code().to_owned(),
        due_at: None,
        inspection: None,
        lines: Vec::new(),
    };
    story
        .operate((2, 10), async |act| {
            let words = said.words;
            issues::report(act, &reported, words, &[]).await.map(|_| ())
        })
        .await?;
    story
        .operate((2, 11), async |act| issues::hand_to_sales(act, 1).await)
        .await?;
    story
        .act(story.team.salesperson, (2, 15), async |act| {
            issues::ask_customer(act, 1, said.question).await
        })
        .await?;
    story.pass_on((2, 16)).await
}
