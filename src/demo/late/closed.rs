//! Closed 已结案: older orders with everything done, so that history, search and medians are not empty.

use super::claims::{self, Answered};
use super::pieces;
use super::sold::{self, Sold};
use crate::demo::cast::Cast;
use crate::demo::settled;
use crate::web::{App, Result};
use chrono::{DateTime, Utc};

pub(super) async fn tell(
    app: &App,
    now: DateTime<Utc>,
    cast: &Cast,
    orders: &[Sold],
) -> Result<()> {
    for sold in orders {
        let (story, shipment) = sold::handed_over(app, now, cast, sold).await?;
        claims::verify(&story, &shipment, sold).await?;
        let counted = (pieces(&sold.plot), sold.plot.unit);
        let answer = (counted, Answered::Received);
        claims::claim(&story, &shipment, sold, answer).await?;
        let voyage = &sold.voyage;
        settled::arrived(&story, voyage, &shipment, voyage.board - 38).await?;
        claims::close(&story, voyage.board - 39).await?;
    }
    Ok(())
}
