//! Early 前段: orders from the first sample note to the order to the factory, told after all others, so that the numbers of
//! those stay; then the tasks by hand and the views that people keep.
//!
//! Days are working days before the day of loading: what is due within three of them is due the same, whichever day of
//! the week the demo is loaded.

mod judged;
mod noted;
mod ordered;
mod paying;
mod sampling;
mod shipped;
mod tasks;
mod verdicts;
mod views;

use crate::base::Audience;
use crate::demo::cast::Cast;
use crate::demo::papers;
use crate::demo::story::Story;
use crate::demo::telling::{Plot, back};
use crate::orders::{self, OrderAct};
use crate::web::{App, Result};
use chrono::{DateTime, Utc};

/// The furthest first, so that the numbers run as the steps do.
pub(super) async fn run(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    Box::pin(paying::run(app, now, cast)).await?;
    Box::pin(ordered::run(app, now, cast)).await?;
    Box::pin(judged::run(app, now, cast)).await?;
    Box::pin(shipped::run(app, now, cast)).await?;
    Box::pin(noted::run(app, now, cast)).await?;
    Box::pin(tasks::write(app, now)).await?;
    Box::pin(views::keep(app, now)).await
}

/// The same order with its opening counted in calendar days.
fn dated(app: &App, now: DateTime<Utc>, plot: &Plot) -> Plot {
    Plot {
        opened: back((app, now), plot.opened),
        ..*plot
    }
}

/// The file is opened, and what the customer wrote lies on it an hour later.
async fn opened<'a>(
    app: &'a App,
    now: DateTime<Utc>,
    cast: &'a Cast,
    plot: &Plot,
) -> Result<Story<'a>> {
    let plot = dated(app, now, plot);
    let story = Story::opened(app, now, cast, &plot).await?;
    story
        .operate((plot.opened, 10), async |act| {
            enquiry(app, act, &plot).await
        })
        .await?;
    Ok(story)
}

/// The customer's order, or only an enquiry where it has no number yet.
async fn enquiry(app: &App, act: &mut OrderAct, plot: &Plot) -> Result<()> {
    let goods = plot.goods.iter().map(|(_, english, ..)| *english);
    let mut lines: Vec<&str> = goods.collect();
    lines.dedup();
    let (name, kind) = if plot.reference.is_empty() {
        ("Enquiry.pdf".to_owned(), "correspondence")
    } else {
        (format!("PO {}.pdf", plot.reference), "customer_order")
    };
    lines.insert(0, plot.reference);
    let file = papers::page(&name, &lines);
    orders::keep_file(app, act, &file, kind, Audience::Internal)
        .await
        .map(|_| ())
}
