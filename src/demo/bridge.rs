//! The bridge: linen shirts in the workshop, a shade the customer must answer for, a change under way, an inspection to
//! come. Open account, so that the manager says yes to the terms.

use super::goods::SHIRTS;
use super::making::{self, Work};
use super::story::{Story, missing};
use super::telling::{EUROPE, Plot};
use crate::approvals::{self, Decision, Verdict};
use crate::base::{Channel, Party};
use crate::orders::amending::{self, Cell};
use crate::orders::{OrderAct, lines};
use crate::production::change::{self, Wish};
use crate::production::inspection::Kind as Inspected;
use crate::production::issue::acts as issues;
use crate::production::issue::{Kind, Reported, Severity};
use crate::production::outside::Said;
use crate::web::{App, Result};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

pub(super) fn plot() -> Plot {
    Plot {
        team: EUROPE,
        customer: "alder",
        title: "亚麻衬衫 2 款",
        reference: "88213",
        terms: ("FOB", "Ningbo", "OA_30"),
        ports: ("Ningbo, China", "Felixstowe, United Kingdom"),
        factory: "qiming",
        hs: "6205909099",
        unit: "pcs",
        goods: &SHIRTS,
        delivery: 24,
        opened: 33,
    }
}

const WORK: Work = Work {
    who: "俞建平",
    paper: "PO 88213.pdf",
    place: "工厂仓库，绍兴",
    quality: "面料 13.5 支亚麻，色牢度 4 级；缝份 1 cm，针距 12 针/3 cm；按确认样做",
    packing: "每件一胶袋，20 件一箱，箱规 60×40×35 cm",
    issued: 31,
};

const SAID: [(i64, [i64; 5], &str); 3] = [
    (18, [100, 40, 0, 0, 0], "面料到齐，开裁"),
    (11, [100, 100, 30, 0, 0], ""),
    (4, [100, 100, 60, 30, 10], "两条线在缝，按期"),
];

pub(super) async fn run(app: &App, now: DateTime<Utc>, cast: &super::cast::Cast) -> Result<()> {
    let story = Story::begin(app, now, cast, &plot()).await?;
    making::order(&story, &WORK).await?;
    let [cutting, sewing, packing] = SAID;
    making::report(&story, WORK.who, cutting).await?;
    story
        .operate((12, 9), async |act| {
            let on = act.today();
            making::inspect(act, Inspected::Inline, on)
                .await
                .map(|_| ())
        })
        .await?;
    making::found(
        &story,
        (12, 17),
        1,
        "两件线头未剪，一件领尖不齐；已当场返工",
    )
    .await?;
    making::report(&story, WORK.who, sewing).await?;
    making::report(&story, WORK.who, packing).await?;
    let last = story.day(9);
    story
        .operate((4, 18), async |act| {
            making::inspect(act, Inspected::Final, last)
                .await
                .map(|_| ())
        })
        .await?;
    shade(&story).await?;
    story.pass_on((2, 17)).await?;
    change(&story).await
}

/// Lot B is lighter; the salesperson has asked the customer, who has not answered.
async fn shade(story: &Story<'_>) -> Result<()> {
    let question = "Lot B of the navy came out slightly lighter than the approved lab dip (ΔE 1.4). \
                    Re-dyeing takes 8 days. Would you accept the lot as it is with 2 % off, or shall we re-dye?";
    story
        .operate((3, 10), async |act| {
            let order = act.order.clone();
            let goods = lines::lines(act.tx(), &order).await?;
            let navy = goods.iter().find(|line| line.colour == "navy");
            let reported = Reported {
                kind: Kind::Shade,
                severity: Severity::Major,
                title: "藏青 B 缸色差".to_owned(),
                impact: "重染要 8 天，船期赶不上；480 件已裁".to_owned(),
                from: Party::Factory,
                who: WORK.who.to_owned(),
                channel: Channel::Wechat.code().to_owned(),
                due_at: None,
                inspection: None,
                lines: navy
                    .map(|line| (line.id, Some(Decimal::from(480))))
                    .into_iter()
                    .collect(),
            };
            let words = "B 缸比确认色样浅一点，ΔE 1.4。重染要 8 天；不重染的话这批可以让 2%。等你们回话，先停裁。";
            issues::report(act, &reported, words, &[]).await.map(|_| ())
        })
        .await?;
    story
        .operate((3, 11), async |act| issues::hand_to_sales(act, 1).await)
        .await?;
    story
        .act(story.team.salesperson, (2, 15), async |act| {
            issues::ask_customer(act, 1, question).await
        })
        .await
}

/// The customer wants fewer of one colour: the manager has said yes, the factory has one line still to read.
async fn change(story: &Story<'_>) -> Result<()> {
    story
        .operate((1, 10), async |act| {
            let wish = Wish {
                issue: None,
                wished_by: Party::Customer.code().to_owned(),
                reason: "客户来信：沙色立领少要 200 件，交期不变".to_owned(),
                cells: fewer(act).await?,
            };
            change::acts::raise(act, &wish).await.map(|_| ())
        })
        .await?;
    story
        .act(story.team.manager, (1, 14), async |act| {
            let change = change::acts::find(act, 1).await?;
            let open = approvals::open_for(act.tx(), change::acts::SUBJECT, change.id).await?;
            let decision = Decision {
                verdict: Verdict::Approved,
                words: String::new(),
                shown: open.ok_or_else(missing)?.content_hash,
            };
            change::acts::decide(act, 1, &decision).await.map(|_| ())
        })
        .await?;
    story.pass_on((1, 16)).await?;
    story
        .operate((0, 9), async |act| {
            let said = Said {
                who: "Emma Hale".to_owned(),
                channel: Channel::Email.code().to_owned(),
                words: "Agreed: 1,000 pcs of AW-102 sand.".to_owned(),
                on: None,
            };
            change::acts::agree(act, 1, &said, None).await
        })
        .await
}

async fn fewer(act: &mut OrderAct) -> Result<Vec<Cell>> {
    let order = act.order.clone();
    let goods = lines::lines(act.tx(), &order).await?;
    let mut wanted = goods.clone();
    for line in wanted.iter_mut().filter(|line| line.item_no == "AW-102") {
        line.quantity = Decimal::from(1_000);
    }
    Ok(amending::differences(
        (&goods, &order.terms),
        (&wanted, &order.terms),
    ))
}
