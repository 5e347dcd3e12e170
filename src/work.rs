//! Work: the job loop. One match over `Job` is the complete list of what the house does in the dark.

use crate::app::App;
use crate::base::{By, OrderNumber};
use crate::jobs::{self, Job};
use crate::web::serve::Halt;
use crate::web::{Error, Result};
use anyhow::anyhow;
use std::time::Duration;
use tokio::sync::watch;

/// How often the table is looked at when nothing was due.
const PAUSE: Duration = Duration::from_secs(5);

/// Works jobs until asked to stop; the one in hand is finished first.
pub async fn run(app: App, mut halt: watch::Receiver<Halt>) -> anyhow::Result<()> {
    loop {
        let worked = match one(&app).await {
            Ok(worked) => worked,
            Err(error) => {
                tracing::warn!("the job table could not be read: {error:?}");
                false
            }
        };
        if *halt.borrow() != Halt::No {
            return Ok(());
        }
        if !worked {
            tokio::select! {
                _ = halt.wait_for(|halt| *halt != Halt::No) => return Ok(()),
                () = tokio::time::sleep(PAUSE) => {}
            }
        }
    }
}

/// Works one job; false when none was due. Tests drain the table with it.
pub async fn one(app: &App) -> Result<bool> {
    let mut db = app.db.acquire().await?;
    let Some(taken) = jobs::take(&mut db, app.clock.fixed()).await? else {
        return Ok(false);
    };
    match work(app, By::house(taken.at), &taken.job).await {
        Ok(()) => jobs::done(&mut db, taken.id, taken.at).await?,
        Err(error) => {
            tracing::warn!(job = ?taken.job, "a job failed: {error:?}");
            jobs::failed(&mut db, taken.id, taken.at, &format!("{error:?}")).await?;
        }
    }
    Ok(true)
}

async fn work(app: &App, by: By, job: &Job) -> Result<()> {
    match job {
        Job::LapseProforma { order, revision } => {
            let number = OrderNumber::parse(order)
                .ok_or_else(|| Error::Broken(anyhow!("job names order {order}")))?;
            crate::proforma::lapse(app, by, &number, *revision).await
        }
        Job::ExpireCredit { credit } => crate::credits::expire(app, by, credit).await,
        Job::SettleOrders => crate::orders::settling::settle_all(app, by).await,
    }
}
