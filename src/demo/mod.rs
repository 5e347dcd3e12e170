//! Demo 演示: a small invented company in a data folder of its own, made through the acts, so that `verify` is green on
//! it. Dates are relative to the day it is loaded; nothing here ever touches a company's own house.

mod cast;
mod goods;
mod orders;
mod production;
mod samples;

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
    let people = company(app, at).await?;
    orders::seed(app, at, &people).await?;
    Ok(true)
}

/// The company, its people and everybody it trades with, in one act of the house.
async fn company(app: &App, at: DateTime<Utc>) -> Result<cast::Cast> {
    let mut act = history::begin_house(app, By::house(at)).await?;
    let cast = cast::enter(&mut act, app.config.zone).await?;
    act.finish(Answer::to("/")).await?;
    Ok(cast)
}
