//! Late 后段: orders from the workshop to the closed file, told after all others, so that the numbers of those stay.

mod asked;
mod bags;
mod booking;
mod ceramics;
mod claims;
mod closed;
mod credits;
mod furniture;
mod garments;
mod inspected;
mod lamps;
mod lanes;
mod presented;
mod scarves;
mod settlement;
pub(super) mod sold;
mod workshop;

use crate::demo::cast::Cast;
use crate::demo::telling::{PLOT, Plot, SHEN_AMERICAS, TANG_AMERICAS, TANG_EUROPE};
use crate::web::{App, Result};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

/// Orders know nothing of each other, so they are told in two lanes.
pub(super) async fn run(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let first = Box::pin(async {
        asked::run(app, now, cast).await?;
        workshop::run(app, now, cast).await?;
        inspected::run(app, now, cast).await?;
        booking::run(app, now, cast).await?;
        presented::run(app, now, cast).await?;
        scarves::run(app, now, cast).await?;
        settlement::run(app, now, cast).await?;
        closed::tell(app, now, cast, &garments::CLOSED).await
    });
    let second = Box::pin(async {
        closed::tell(app, now, cast, &bags::CLOSED).await?;
        closed::tell(app, now, cast, &furniture::CLOSED).await?;
        closed::tell(app, now, cast, &ceramics::CLOSED).await?;
        closed::tell(app, now, cast, &lamps::CLOSED).await
    });
    tokio::try_join!(first, second).map(|_| ())
}

/// What the customer pays for all of it.
fn total(plot: &Plot) -> Decimal {
    let lines = plot.goods.iter();
    lines
        .map(|(.., pieces, cents, _)| Decimal::new(pieces * cents, 2))
        .sum()
}

/// What its factory is paid for all of it, in fen.
fn cost(plot: &Plot) -> i64 {
    let lines = plot.goods.iter();
    lines.map(|(.., pieces, _, fen)| pieces * fen).sum()
}

/// How many pieces or sets there are.
fn pieces(plot: &Plot) -> i64 {
    plot.goods.iter().map(|(.., pieces, _, _)| pieces).sum()
}
