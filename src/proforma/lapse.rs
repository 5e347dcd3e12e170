//! Lapse: a revision that was sent and not answered is over after its validity day; the house says so by itself.

use super::stage::{Move, Stage};
use super::{show, sql};
use crate::base::{By, OrderNumber};
use crate::history::Event;
use crate::orders;
use crate::web::{Answer, App, Result};

/// Idempotent: a revision that was answered meanwhile, or is still valid, stays as it is.
pub async fn lapse(app: &App, by: By, number: &OrderNumber, revision: i32) -> Result<()> {
    let mut act = orders::begin_house(app, by, number).await?;
    let paper = show::in_act(&mut act, revision).await?;
    if paper.stage != Stage::Sent || paper.still_valid(act.today()).is_ok() {
        return Ok(());
    }
    let stage = paper.after(Move::Lapse)?;
    sql::save_stage(&mut act, &paper, stage).await?;
    act.happened(&Event::ProformaLapsed { revision }).await?;
    act.finish(Answer::to("/")).await?;
    Ok(())
}
