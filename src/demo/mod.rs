//! Demo 演示: a small invented company in a data folder of its own, made through the acts, so that `verify` is green on
//! it. Dates are relative to the day it is loaded; nothing here ever touches a company's own house.

mod balance;
mod bridge;
mod cast;
mod credit;
mod early;
mod goods;
mod late;
mod making;
mod money;
mod orders;
mod papers;
mod partners;
mod rates;
mod rolled;
mod sailing;
mod samples;
mod settled;
mod story;
mod telling;

use crate::base::By;
use crate::history;
use crate::people;
use crate::web::{Answer, App, Result};
use chrono::{DateTime, Utc};

/// Loads the demo once; a house that holds people is left as it is.
pub async fn seed(app: &App) -> Result<bool> {
    let at = people::moment(&mut *app.db.acquire().await?, app.clock.fixed()).await?;
    if !people::list_active(&mut *app.db.acquire().await?)
        .await?
        .is_empty()
    {
        return Ok(false);
    }
    let cast = company(app, at).await?;
    rates::enter(app, at, &cast).await?;
    // The oldest file first, so that the numbers run as the days do.
    settled::run(app, at, &cast).await?;
    credit::run(app, at, &cast).await?;
    balance::run(app, at, &cast).await?;
    rolled::run(app, at, &cast).await?;
    bridge::run(app, at, &cast).await?;
    orders::seed(app, at, &cast).await?;
    money::unclaimed(app, at).await?;
    late::run(app, at, &cast).await?;
    early::run(app, at, &cast).await?;
    Ok(true)
}

/// The company, its people and everybody it trades with, in one act of the house.
async fn company(app: &App, at: DateTime<Utc>) -> Result<cast::Cast> {
    let mut act = history::begin_house(app, By::house(at)).await?;
    let cast = cast::enter(&mut act, app.config.zone).await?;
    act.finish(Answer::to("/")).await?;
    Ok(cast)
}
