//! Claims: the money lies against the declaration, and the rebate is collected, declared and answered by the tax office.

use super::sold::Sold;
use super::{cost, total};
use crate::base::rounding::half_up;
use crate::demo::partners;
use crate::demo::story::{Story, When, missing};
use crate::finance::acts::{self, Shipment, Step};
use crate::orders::{self, JointAct};
use crate::web::{Answer, Result};
use rust_decimal::Decimal;

/// How the tax office has answered.
pub(super) enum Answered {
    /// The set is complete and not declared yet.
    NotYet,
    /// Asked so many days ago, in these words.
    Queried(i64, &'static str),
    /// All of it has come in.
    Received,
}

/// One act of finance on what belongs to a shipment.
async fn act(
    story: &Story<'_>,
    (shipment, when): (&str, When),
    deed: impl AsyncFnOnce(&mut JointAct, &Shipment) -> Result<()>,
) -> Result<()> {
    let by = story.by("xu", when).await?;
    let (mut act, held) = acts::begin(story.app, by, (&story.number, shipment)).await?;
    deed(&mut act, &held).await?;
    act.finish(Answer::to("/")).await?;
    Ok(())
}

/// All that came in counts for the shipment's one declaration.
pub(super) async fn verify(story: &Story<'_>, shipment: &str, sold: &Sold) -> Result<()> {
    let when = (sold.voyage.board - 27, 10);
    let all = (total(&sold.plot), 2);
    act(story, (shipment, when), async |act, held| {
        acts::verify(act, (held, 1), all).await
    })
    .await
}

/// The factory's invoice of so many in this unit is collected, and the claim goes as far as the answer says.
pub(super) async fn claim(
    story: &Story<'_>,
    shipment: &str,
    sold: &Sold,
    (counted, answered): ((i64, &str), Answered),
) -> Result<()> {
    let board = sold.voyage.board;
    act(story, (shipment, (board - 28, 10)), async |act, held| {
        let claim = acts::claim(act, held).await?;
        collect(act, (held, claim), (story, sold, counted)).await?;
        acts::step(act, (held, claim), Step::Complete, &[]).await
    })
    .await?;
    if matches!(answered, Answered::NotYet) {
        return Ok(());
    }
    let batch = format!("{}-01", sold.plot.reference);
    act(story, (shipment, (board - 29, 10)), async |act, held| {
        let day = act.today().to_string();
        let typed = [("batch", batch.as_str()), ("on", &day)];
        acts::step(act, (held, 1), Step::Declare, &typed).await
    })
    .await?;
    match answered {
        Answered::NotYet => Ok(()),
        Answered::Queried(ago, words) => {
            act(story, (shipment, (ago, 10)), async |act, held| {
                let day = act.today().to_string();
                let typed = [("on", day.as_str()), ("words", words)];
                acts::step(act, (held, 1), Step::Query, &typed).await
            })
            .await
        }
        Answered::Received => received(story, shipment, sold).await,
    }
}

async fn collect(
    act: &mut JointAct,
    of: (&Shipment, i32),
    (story, sold, (quantity, unit)): (&Story<'_>, &Sold, (i64, &str)),
) -> Result<()> {
    let plot = &sold.plot;
    let supplier = partners::factory_name(plot.factory).ok_or_else(missing)?;
    let dated = story.day(-sold.voyage.board - 4).to_string();
    let quantity = quantity.to_string();
    let gross = gross(sold).to_string();
    let place = format!("财务 3 号柜 {}", plot.reference);
    let typed = [
        ("number", sold.invoice),
        ("supplier", supplier),
        ("dated", dated.as_str()),
        ("hs_code", plot.hs),
        ("quantity", quantity.as_str()),
        ("unit", unit),
        ("gross", gross.as_str()),
        ("vat_rate", "13"),
        ("place[contracts]", place.as_str()),
        ("place[transport]", place.as_str()),
        ("place[delegation]", place.as_str()),
    ];
    acts::collect(act, of, &typed).await
}

fn gross(sold: &Sold) -> Decimal {
    Decimal::new(cost(&sold.plot), 2)
}

async fn received(story: &Story<'_>, shipment: &str, sold: &Sold) -> Result<()> {
    let board = sold.voyage.board;
    let net = half_up(gross(sold) / Decimal::new(113, 2), 2);
    let refund = (gross(sold) - net).to_string();
    for (ago, step) in [(34, Step::Approve), (38, Step::Receive)] {
        act(story, (shipment, (board - ago, 10)), async |act, held| {
            let day = act.today().to_string();
            let typed = [("on", day.as_str()), ("amount", refund.as_str())];
            acts::step(act, (held, 1), step, &typed).await
        })
        .await?;
    }
    Ok(())
}

/// Nothing stands open any more.
pub(super) async fn close(story: &Story<'_>, ago: i64) -> Result<()> {
    story
        .act("xu", (ago, 16), async |act| orders::close(act).await)
        .await
}
