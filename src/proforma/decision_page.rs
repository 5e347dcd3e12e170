//! The decision: what and why, the difference, the checks, the whole paper, the history, and the two answers.

use super::content::{Content, ScheduledPart};
use super::difference::{self, Row};
use super::exchange_cost::Outcome;
use super::invoice::ProformaInvoice;
use super::{sources_sql, sql, submission};
use crate::approvals::{self, History, Open};
use crate::base::By;
use crate::orders::{Head, Order, lines};
use crate::people::Deed;
use crate::web::{Faults, Fields, Page, Result};
use askama::Template;
use axum::response::Html;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "proforma/decision.html")]
pub(super) struct DecisionPage {
    pub page: Page,
    pub head: Head,
    pub paper: ProformaInvoice,
    pub content: Option<Content>,
    /// Revision compared with; none when this is the first.
    pub against: Option<i32>,
    pub difference: Vec<Row>,
    pub open: Option<Open>,
    /// This reader may decide now.
    pub may_decide: bool,
    /// The hash of what is shown, to travel with the decision.
    pub shown: String,
    pub history: Vec<History>,
    pub budget: Option<Outcome>,
    pub levels: i16,
    pub prices: bool,
    pub words: String,
    pub faults: Faults,
}

impl DecisionPage {
    pub(super) fn part_word(&self, part: &ScheduledPart) -> String {
        part.word(self.page.t)
    }

    pub(super) fn payment_word(&self, content: &Content) -> String {
        content.payment_word(self.page.t)
    }
}

#[expect(clippy::too_many_lines, reason = "what one page shows, part by part")]
pub(super) async fn draw(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    order: Order,
    paper: ProformaInvoice,
    typed: Option<(Fields, Faults)>,
) -> Result<Html<String>> {
    let open = approvals::open_for(db, submission::SUBJECT, paper.id.0).await?;
    let content = paper.content.clone();
    let goods = lines::lines(db, &order).await?;
    let earlier = sql::list_for(db, &order).await?;
    let last = earlier
        .iter()
        .find(|other| other.revision() < paper.revision() && other.was_approved());
    let difference = match (&content, last.and_then(|last| last.content.as_ref())) {
        (Some(now), Some(before)) => difference::rows(page.t, before, now),
        _ => Vec::new(),
    };
    let rule = sources_sql::level_rule(db, order.terms.currency).await?;
    let budget = content
        .as_ref()
        .and_then(|content| rule.budget(content, &goods));
    let (words, faults) = typed
        .map(|(fields, faults)| (fields.get("words").to_owned(), faults))
        .unwrap_or_default();
    let page = DecisionPage {
        head: Head::load(db, &order, "proforma", &page).await?,
        may_decide: match &open {
            Some(open) => order.may(by, Deed::ApproveProforma.of(open.hands())),
            None => false,
        },
        shown: open
            .as_ref()
            .map(|open| BASE64_URL_SAFE_NO_PAD.encode(&open.content_hash))
            .unwrap_or_default(),
        history: approvals::history(db, submission::SUBJECT, order.id()).await?,
        levels: content
            .as_ref()
            .map_or(1, |content| rule.levels(content, budget.as_ref())),
        budget: budget.filter(|_| order.may(by, Deed::SeeMargin)),
        prices: order.may(by, Deed::SeeCustomerPrices),
        against: last.map(ProformaInvoice::revision),
        faults,
        words,
        open,
        difference,
        content,
        paper,
        page,
    };
    Ok(Html(page.render()?))
}
