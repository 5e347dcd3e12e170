//! The decision on what a factory proposes: what changes, why it asks the manager, and the two answers.

use super::answering;
use super::counter::{Asks, Counter};
use super::deciding;
use super::find::Found;
use super::paper::ProductionOrder;
use super::revising;
use super::sources_sql;
use super::stage::Stage;
use crate::approvals::{self, History, Open};
use crate::base::By;
use crate::orders::Head;
use crate::people::Deed;
use crate::proforma::difference::Row as Differs;
use crate::web::{Faults, Fields, Page, Result};
use askama::Template;
use axum::response::Html;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "production/decision.html")]
struct DecisionPage {
    page: Page,
    head: Head,
    paper: ProductionOrder,
    changes: Vec<Differs>,
    asks: Asks,
    /// Our own next revision, not the factory's proposal.
    ours: bool,
    open: Option<Open>,
    may_decide: bool,
    shown: String,
    history: Vec<History>,
    words: String,
    faults: Faults,
}

impl DecisionPage {
    fn url(&self) -> String {
        format!("{}/production/{}", self.head.order.url(), self.paper.key)
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one page in two shapes, ours and the factory's, read side by side"
)]
pub(super) async fn draw(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    found: Found,
    typed: Option<(Fields, Faults)>,
) -> Result<Html<String>> {
    let Found {
        order,
        paper,
        papers,
    } = found;
    let in_force = sources_sql::in_force(db, &order).await?;
    let ordered = in_force.as_ref().map(|found| &found.ordered);
    // A draft proposes to take the place of the revision in force; a factory proposes to change the paper it has.
    let ours = paper.stage == Stage::Draft;
    let (subject, counter, base) = if ours {
        let base = revising::replaced(&paper, &papers);
        (revising::SUBJECT, base.map(|_| Counter::of(&paper)), base)
    } else {
        (deciding::SUBJECT, paper.counter.clone(), Some(&paper))
    };
    let open = approvals::open_for(db, subject, paper.id.0).await?;
    let proposal = counter.as_ref().zip(base);
    let mut changes = proposal.map_or_else(Vec::new, |(counter, base)| {
        answering::changes(base, counter, ordered)
    });
    let sees = order.may(by, Deed::SeeFactoryPrices);
    changes.retain(|change| sees || !change.field.ends_with("factory_price"));
    let (words, faults) = typed
        .map(|(fields, faults)| (fields.get("words").to_owned(), faults))
        .unwrap_or_default();
    let page = DecisionPage {
        head: Head::load(db, &order, "production", &page).await?,
        asks: match (&counter, ordered) {
            (Some(_), Some(ordered)) if ours => revising::asks(&paper, &papers, ordered),
            (Some(counter), _) if !ours => deciding::asks(&paper, counter, ordered),
            _ => Asks::default(),
        },
        ours,
        may_decide: open
            .as_ref()
            .is_some_and(|open| order.may(by, Deed::ApproveCounterProposal.of(open.hands()))),
        shown: open
            .as_ref()
            .map(|open| BASE64_URL_SAFE_NO_PAD.encode(&open.content_hash))
            .unwrap_or_default(),
        history: approvals::history(db, subject, order.id()).await?,
        changes: super::show::differing(page.t, &changes),
        open,
        paper,
        words,
        faults,
        page,
    };
    Ok(Html(page.render()?))
}
