//! Making: from the confirmed proforma invoice to goods that are ready and inspected, told by the operator.

use super::papers;
use super::story::{Story, When};
use crate::approvals::{self, Decision, Verdict};
use crate::base::{Audience, Channel};
use crate::orders::{self, OrderAct, lines};
use crate::production::aql::{Aql, Found, Level};
use crate::production::inspection::acts as inspections;
use crate::production::inspection::{Kind, Move, Plan, Record};
use crate::production::order::acts::{self, Answered, Key, Paper, Said};
use crate::production::progress::{self, Done, Report, Stage};
use crate::web::Result;
use crate::web::posted::Upload;
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

pub(super) const FIRST: Key = Key {
    number: 1,
    revision: 1,
};

/// What the factory is told, and who answers for it.
pub(super) struct Work {
    /// At the factory.
    pub(super) who: &'static str,
    /// The customer's own paper.
    pub(super) paper: &'static str,
    pub(super) place: &'static str,
    pub(super) quality: &'static str,
    pub(super) packing: &'static str,
    /// Days ago that it was issued.
    pub(super) issued: i64,
}

/// What the customer ordered with lies on the file, and the order to the factory is a draft.
pub(super) async fn drafted(story: &Story<'_>, when: When, work: &Work) -> Result<()> {
    story
        .operate(when, async |act| {
            let file = paper(work.paper);
            orders::keep_file(story.app, act, &file, "customer_order", Audience::Internal).await?;
            draft(act, work).await
        })
        .await
}

/// Drafted and issued the same day; the factory has not answered.
pub(super) async fn issued(story: &Story<'_>, work: &Work) -> Result<()> {
    drafted(story, (work.issued, 10), work).await?;
    story
        .act(story.team.manager, (work.issued, 11), yes_to_the_terms)
        .await?;
    story
        .operate((work.issued, 14), async |act| {
            acts::issue(act, FIRST, work.who, Channel::Wechat).await
        })
        .await
}

/// Drafted, issued and acknowledged; the deposit or the credit is there. On open account the manager says yes first.
pub(super) async fn order(story: &Story<'_>, work: &Work) -> Result<()> {
    issued(story, work).await?;
    story
        .operate((work.issued - 1, 9), async |act| {
            acknowledge(act, work.who).await
        })
        .await?;
    story
        .operate((work.issued - 3, 9), async |act| {
            let paper = acts::paper(act, FIRST).await?;
            acts::begin_work(act, &paper).await
        })
        .await
}

/// Days ago, how much has passed each of the five stages, and the factory's words.
pub(super) type Told<'a> = (i64, [i64; 5], &'a str);

/// Hundredths of each line that have passed the five stages, so many days ago.
pub(super) async fn report(story: &Story<'_>, who: &str, told: Told<'_>) -> Result<()> {
    report_late(story, who, told, 0).await
}

/// The same, and the goods are said to come so many days after the day agreed with the factory.
pub(super) async fn report_late(
    story: &Story<'_>,
    who: &str,
    (ago, share, words): Told<'_>,
    late: u64,
) -> Result<()> {
    let figures = |quantity: Decimal| share.map(|part| quantity * Decimal::new(part, 2));
    said(story, who, (ago, words, late), figures).await
}

/// The same in pieces of the order's only line, on plan.
pub(super) async fn report_pieces(
    story: &Story<'_>,
    who: &str,
    (ago, pieces, words): Told<'_>,
) -> Result<()> {
    let figures = |_: Decimal| pieces.map(Decimal::from);
    said(story, who, (ago, words, 0), figures).await
}

async fn said(
    story: &Story<'_>,
    who: &str,
    (ago, words, late): (i64, &str, u64),
    figures: impl Fn(Decimal) -> [Decimal; 5],
) -> Result<()> {
    story
        .operate((ago, 17), async |act| {
            let paper = acts::paper(act, FIRST).await?;
            let agreed = paper.wording.delivery_on;
            let said = progress::Said {
                report: Report {
                    number: FIRST.number,
                    on_day: act.today(),
                    expected_on: agreed.and_then(|day| day.checked_add_days(Days::new(late))),
                    words: words.to_owned(),
                    who: who.to_owned(),
                    at: act.by.at,
                    done: done(&paper, &figures),
                    photos: Vec::new(),
                },
                channel: Channel::Wechat,
            };
            progress::record(act, &paper, &said, &[]).await
        })
        .await
}

/// Everything is ready, looked at by our inspector the day after, and passes.
pub(super) async fn finish(story: &Story<'_>, ready: i64) -> Result<()> {
    let looked = story.day(1 - ready);
    story
        .operate((ready + 2, 10), async |act| {
            inspect(act, Kind::Final, looked).await.map(|_| ())
        })
        .await?;
    story
        .operate((ready, 11), async |act| {
            let paper = acts::paper(act, FIRST).await?;
            let mut lines = paper.lines.clone();
            for line in &mut lines {
                line.ready = Some(line.quantity);
            }
            acts::report_ready(act, &paper, (&lines, "")).await
        })
        .await?;
    found(
        story,
        (ready - 1, 16),
        1,
        "外箱唛头两箱印偏，已换；其余合格",
    )
    .await?;
    story
        .operate((ready - 1, 17), async |act| {
            let paper = acts::paper(act, FIRST).await?;
            acts::end(act, &paper).await
        })
        .await
}

/// Plans an inspection of all lines on this day; answers its number.
pub(super) async fn inspect(act: &mut OrderAct, kind: Kind, on: NaiveDate) -> Result<i32> {
    let order = act.order.clone();
    let goods = lines::lines(act.tx(), &order).await?;
    let lots = goods
        .iter()
        .filter_map(|line| Some((line.id, u32::try_from(line.quantity.trunc()).ok()?)))
        .collect();
    let plan = Plan {
        kind,
        planned_on: on,
        inspector: "何工（甬检）".to_owned(),
        level: Level::II,
        major: Aql::P2_5,
        minor: Aql::P4_0,
        note: String::new(),
        lots,
    };
    inspections::plan(act, &plan).await
}

/// What was found is little, and it passes.
pub(super) async fn found(
    story: &Story<'_>,
    when: When,
    inspection: i32,
    words: &str,
) -> Result<()> {
    // Of a small lot so few are drawn that one more would reject it.
    let few = |lot: u32| Found {
        critical: 0,
        major: u32::from(lot > 150),
        minor: if lot > 150 { 3 } else { 1 },
    };
    judge(story, (when, inspection, Move::Pass), few, words).await
}

/// What was found in each lot of this size, and what becomes of it.
pub(super) async fn judge(
    story: &Story<'_>,
    (when, inspection, verdict): (When, i32, Move),
    few: impl Fn(u32) -> Found,
    words: &str,
) -> Result<()> {
    story
        .operate(when, async |act| {
            let report = inspections::find(act, inspection).await?;
            let lots = report.lots.iter();
            let record = Record {
                done_on: act.today(),
                packed: Some(Decimal::ONE_HUNDRED).filter(|_| report.kind.is_of_finished_goods()),
                findings: words.to_owned(),
                countersigned: "工厂质检".to_owned(),
                found: lots.map(|lot| (lot.line, few(lot.lot))).collect(),
            };
            inspections::record(act, inspection, &record, &[]).await?;
            inspections::judge(act, inspection, verdict, "").await?;
            Ok(())
        })
        .await
}

/// What the customer ordered with, as it lies on the file.
pub(super) fn paper(name: &str) -> Upload {
    papers::page(name, &[name.trim_end_matches(".pdf")])
}

async fn draft(act: &mut OrderAct, work: &Work) -> Result<()> {
    acts::begin(act, None).await?;
    let paper = acts::paper(act, FIRST).await?;
    let mut wording = paper.wording.clone();
    wording.delivery_on = wording
        .delivery_on
        .and_then(|day| day.checked_sub_days(Days::new(10)));
    work.place.clone_into(&mut wording.place);
    work.quality.clone_into(&mut wording.quality);
    work.packing.clone_into(&mut wording.packing);
    "一般检验水平 II，AQL 2.5 / 4.0".clone_into(&mut wording.inspection);
    acts::write(act, &paper, (&wording, &paper.lines)).await
}

/// Asked only where goods are given on trust.
async fn yes_to_the_terms(act: &mut OrderAct) -> Result<()> {
    let paper = acts::paper(act, FIRST).await?;
    let open = approvals::open_for(act.tx(), "production_terms", paper.id.0).await?;
    let Some(open) = open else {
        return Ok(());
    };
    let decision = Decision {
        verdict: Verdict::Approved,
        words: "老客户，三年无逾期".to_owned(),
        shown: open.content_hash,
    };
    acts::decide_terms(act, &paper, &decision).await?;
    Ok(())
}

async fn acknowledge(act: &mut OrderAct, who: &str) -> Result<()> {
    let paper = acts::paper(act, FIRST).await?;
    let said = Said {
        answer: Answered {
            at: act.by.at,
            by: who.to_owned(),
            channel: Channel::Wechat.code().to_owned(),
            words: "收到，按单生产，交期没问题。".to_owned(),
            evidence: None,
        },
        counter: None,
    };
    acts::record(act, &paper, &said).await
}

fn done(paper: &Paper, figures: &impl Fn(Decimal) -> [Decimal; 5]) -> Vec<Done> {
    let mut found = Vec::new();
    for given in &paper.lines {
        for (stage, part) in Stage::ALL.into_iter().zip(figures(given.quantity)) {
            if !part.is_zero() {
                found.push(Done {
                    line: given.line,
                    stage,
                    quantity: part.normalize(),
                });
            }
        }
    }
    found
}
