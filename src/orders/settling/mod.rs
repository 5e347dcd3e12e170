//! Settling 重算: a rule of the company changed, so steps and open items of every order that is not over are worked out
//! again, each as an act of the house of its own.

mod sql;

use super::act;
use crate::base::{By, OrderNumber};
use crate::web::{Answer, App, Result};

/// Every order that is not over; one that is changed meanwhile is settled by that act itself.
pub async fn settle_all(app: &App, by: By) -> Result<()> {
    let mut db = app.db.acquire().await?;
    let numbers = sql::underway(&mut db).await?;
    drop(db);
    for number in numbers
        .iter()
        .filter_map(|number| OrderNumber::parse(number))
    {
        let act = act::begin_house(app, by.clone(), &number).await?;
        act.finish(Answer::to("/")).await?;
    }
    Ok(())
}
