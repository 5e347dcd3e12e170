//! Sold: an order under a transfer in advance or against copy, from its opening to the papers that finance has taken. Days
//! are counted from the day on board.

use super::total;
use crate::demo::cast::{self, Cast};
use crate::demo::making::{self, Work};
use crate::demo::money;
use crate::demo::sailing::{self, Voyage};
use crate::demo::settled;
use crate::demo::story::{Story, missing};
use crate::demo::telling::Plot;
use crate::web::{App, Result};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

/// What our bank gives for a dollar.
const RATE: &str = "7.0850";

/// Days before the day on board that its file was opened.
const LEAD: i64 = 74;

/// One order with all that is told of it.
pub(super) struct Sold {
    pub(super) plot: Plot,
    pub(super) work: Work,
    pub(super) voyage: Voyage,
    /// The factory's special VAT invoice.
    pub(super) invoice: &'static str,
}

/// A payment of the order's customer so many days ago, sold to our bank the same day.
pub(in crate::demo) async fn paid(
    story: &Story<'_>,
    plot: &Plot,
    ago: i64,
    (part, amount): (&'static str, Decimal),
) -> Result<()> {
    let (customer, _) = cast::buyer(plot.customer).ok_or_else(missing)?;
    let payer = customer.to_uppercase();
    let reference = format!("FT26 {} {part}", plot.reference).to_uppercase();
    let message = format!("{} {part}", plot.reference).to_uppercase();
    let slip = (
        payer.as_str(),
        amount,
        Decimal::ZERO,
        reference.as_str(),
        message.as_str(),
    );
    let receipt = money::paid(story, (ago, 10), (part, customer), slip).await?;
    let sold = amount.to_string();
    money::settle(story, (ago, 15), &receipt, (&sold, RATE)).await
}

/// What of the whole is paid before production.
pub(in crate::demo) fn ahead(plot: &Plot) -> Decimal {
    let whole = total(plot);
    if plot.terms.2 == "TT_100_ADV" {
        whole
    } else {
        (whole * Decimal::new(30, 2)).round_dp(2)
    }
}

/// Opened, confirmed, paid on, given to the factory and begun.
pub(super) async fn begun<'a>(
    app: &'a App,
    now: DateTime<Utc>,
    cast: &'a Cast,
    (plot, work): (&Plot, &Work),
) -> Result<Story<'a>> {
    let story = Story::begin(app, now, cast, plot).await?;
    let deposit = ("deposit", ahead(plot));
    paid(&story, plot, plot.opened - 4, deposit).await?;
    making::order(&story, work).await?;
    Ok(story)
}

/// Made, booked, declared and loaded; the draft of the bill of lading is with the customer, the goods on board.
pub(super) async fn shipped(
    story: &Story<'_>,
    (voyage, who): (&Voyage, &str),
    customer: &str,
) -> Result<String> {
    let board = voyage.board;
    let words = "按期";
    making::report(story, who, (board + 40, [100, 70, 30, 0, 0], words)).await?;
    let shipment = sailing::book(story, voyage).await?;
    making::finish(story, board + 9).await?;
    story.pass_on((board + 8, 17)).await?;
    sailing::papers_ahead(story, voyage, &shipment).await?;
    sailing::gate_in(story, voyage, &shipment).await?;
    sailing::draft(story, voyage, (&shipment, customer)).await?;
    sailing::leave(story, voyage, &shipment).await?;
    Ok(shipment)
}

/// From the opening to the papers with finance: everything is paid, and nothing waits to be settled.
pub(super) async fn handed_over<'a>(
    app: &'a App,
    now: DateTime<Utc>,
    cast: &'a Cast,
    sold: &Sold,
) -> Result<(Story<'a>, String)> {
    let Sold {
        plot, work, voyage, ..
    } = sold;
    let board = voyage.board;
    let plot = &Plot {
        opened: board + LEAD,
        delivery: 2 - board,
        ..*plot
    };
    let work = &Work {
        issued: board + LEAD - 5,
        ..*work
    };
    let (_, contact) = cast::buyer(plot.customer).ok_or_else(missing)?;
    let story = begun(app, now, cast, (plot, work)).await?;
    let shipment = shipped(&story, (voyage, work.who), contact).await?;
    sailing::bill(&story, voyage, (&shipment, "telex", contact)).await?;
    let rest = total(plot) - ahead(plot);
    if !rest.is_zero() {
        paid(&story, plot, board - 8, ("balance", rest)).await?;
    }
    let named = (shipment.as_str(), contact);
    let days = [board - 10, board - 18];
    settled::released(&story, voyage, named, days).await?;
    let named = (shipment.as_str(), plot.reference);
    let days = [board - 24, board - 25, board - 26];
    settled::papers(&story, voyage, named, days).await?;
    Ok((story, shipment))
}
