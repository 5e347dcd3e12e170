//! The demo's order in the workshop: open account, so that the manager says yes to the terms; one factory, and goods
//! that are six tenths of the way.

use super::orders::{act, later};
use crate::approvals::{self, Decision, Verdict};
use crate::base::{Audience, Channel, OrderNumber};
use crate::orders::{self, OrderAct};
use crate::production::order::acts::{self, Answered, Key, Paper, Said};
use crate::production::progress::{self, Done, Report, Stage};
use crate::web::posted::Upload;
use crate::web::{App, Error, Result};
use chrono::{DateTime, Days, Utc};
use rust_decimal::Decimal;

const FIRST: Key = Key {
    number: 1,
    revision: 1,
};

/// Hundredths of each line that have passed the five stages, and the hours after the opening when that was said.
const SAID: [(i64, [i64; 5], &str); 3] = [
    (360, [100, 40, 0, 0, 0], "面料到齐，开裁"),
    (520, [100, 100, 30, 0, 0], ""),
    (690, [100, 100, 60, 30, 10], "两条线在缝，按期"),
];

/// From the confirmed proforma invoice to the last report; `opened` is when the file was opened.
pub(super) async fn run(
    app: &App,
    number: &OrderNumber,
    (opened, now): (DateTime<Utc>, DateTime<Utc>),
) -> Result<()> {
    let at = |login: &'static str, hours: i64| (login, later(opened, hours, now));
    act(app, at("shen", 34), number, async |act| {
        orders::keep_file(app, act, &paper(), "customer_order", Audience::Internal).await?;
        draft(act).await
    })
    .await?;
    act(app, at("gu", 38), number, yes_to_the_terms).await?;
    act(app, at("shen", 40), number, async |act| {
        acts::issue(act, FIRST, "俞建平", Channel::Wechat).await
    })
    .await?;
    act(app, at("shen", 62), number, acknowledge).await?;
    act(app, at("shen", 120), number, async |act| {
        let paper = acts::paper(act, FIRST).await?;
        acts::begin_work(act, &paper).await
    })
    .await?;
    for (hours, share, words) in SAID {
        act(app, at("shen", hours), number, async |act| {
            report(act, share, words).await
        })
        .await?;
    }
    Ok(())
}

/// What the customer ordered with, as it lies on the file.
fn paper() -> Upload {
    Upload {
        field: "files".to_owned(),
        name: "PO 88213.pdf".to_owned(),
        bytes: b"%PDF-1.4\n%%EOF\n".to_vec().into(),
    }
}

async fn draft(act: &mut OrderAct) -> Result<()> {
    acts::begin(act, None).await?;
    let paper = acts::paper(act, FIRST).await?;
    let mut wording = paper.wording.clone();
    wording.delivery_on = wording
        .delivery_on
        .and_then(|day| day.checked_sub_days(Days::new(10)));
    "工厂仓库，绍兴".clone_into(&mut wording.place);
    "面料 13.5 支亚麻，色牢度 4 级；缝份 1 cm，针距 12 针/3 cm；按确认样做"
        .clone_into(&mut wording.quality);
    "每件一胶袋，20 件一箱，箱规 60×40×35 cm".clone_into(&mut wording.packing);
    "一般检验水平 II，AQL 2.5 / 4.0".clone_into(&mut wording.inspection);
    acts::write(act, &paper, (&wording, &paper.lines)).await
}

async fn yes_to_the_terms(act: &mut OrderAct) -> Result<()> {
    let paper = acts::paper(act, FIRST).await?;
    let open = approvals::open_for(act.tx(), "production_terms", paper.id.0).await?;
    let decision = Decision {
        verdict: Verdict::Approved,
        words: "老客户，三年无逾期".to_owned(),
        shown: open.map(|open| open.content_hash).unwrap_or_default(),
    };
    acts::decide_terms(act, &paper, &decision).await?;
    Ok(())
}

async fn acknowledge(act: &mut OrderAct) -> Result<()> {
    let paper = acts::paper(act, FIRST).await?;
    let said = Said {
        answer: Answered {
            at: act.by.at,
            by: "俞建平".to_owned(),
            channel: Channel::Wechat.code().to_owned(),
            words: "收到，按单生产，交期没问题。".to_owned(),
            evidence: None,
        },
        counter: None,
    };
    acts::record(act, &paper, &said).await
}

async fn report(act: &mut OrderAct, share: [i64; 5], words: &str) -> Result<()> {
    let paper = acts::paper(act, FIRST).await?;
    let said = progress::Said {
        report: Report {
            number: FIRST.number,
            on_day: act.today(),
            expected_on: paper.wording.delivery_on,
            words: words.to_owned(),
            who: "俞建平".to_owned(),
            at: act.by.at,
            done: done(&paper, share)?,
            photos: Vec::new(),
        },
        channel: Channel::Wechat,
    };
    progress::record(act, &paper, &said, &[]).await
}

fn done(paper: &Paper, share: [i64; 5]) -> Result<Vec<Done>> {
    let mut found = Vec::new();
    for given in &paper.lines {
        for (stage, hundredths) in Stage::ALL.into_iter().zip(share) {
            let part = given
                .quantity
                .checked_mul(Decimal::new(hundredths, 2))
                .ok_or_else(|| Error::Broken(anyhow::anyhow!("a quantity of the demo")))?;
            if !part.is_zero() {
                found.push(Done {
                    line: given.line,
                    stage,
                    quantity: part.normalize(),
                });
            }
        }
    }
    Ok(found)
}
