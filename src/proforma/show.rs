//! Pages: the revisions of an order, and one revision as it stands.

use super::content::{Content, ScheduledPart};
use super::invoice::ProformaInvoice;
use super::sql;
use super::stage::{Move, Stage};
use crate::approvals::{self, History};
use crate::base::{By, OrderNumber};
use crate::orders::{self, Head, Order, OrderAct};
use crate::people::Deed;
use crate::web::{App, Error, FormKey, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use sqlx::PgConnection;

/// The order and one revision of its proforma invoice, for reading.
pub(super) async fn find(
    db: &mut PgConnection,
    by: &By,
    number: &str,
    revision: i32,
) -> Result<(Order, ProformaInvoice)> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let order = orders::find(db, by, &number).await?;
    let paper = pick(sql::list_for(db, &order).await?, revision)?;
    Ok((order, paper))
}

/// An act on one revision: the order locked, the revision read under the lock.
pub(super) async fn begin(
    app: &App,
    by: By,
    number: &str,
    revision: i32,
    key: &FormKey,
) -> Result<(OrderAct, ProformaInvoice)> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(app, by, &number, key).await?;
    let paper = in_act(&mut act, revision).await?;
    Ok((act, paper))
}

pub(super) async fn in_act(act: &mut OrderAct, revision: i32) -> Result<ProformaInvoice> {
    let order = act.order.clone();
    pick(sql::list_for(act.tx(), &order).await?, revision)
}

fn pick(all: Vec<ProformaInvoice>, revision: i32) -> Result<ProformaInvoice> {
    all.into_iter()
        .find(|paper| paper.revision() == revision)
        .ok_or(Error::NotFound)
}

#[derive(Template)]
#[template(path = "proforma/list.html")]
pub(super) struct ListPage {
    pub page: Page,
    pub head: Head,
    pub papers: Vec<ProformaInvoice>,
    pub may_begin: bool,
    pub prices: bool,
}

pub(super) async fn list(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, &by, &number).await?;
    let papers = sql::list_for(&mut db, &order).await?;
    let head = Head::load(&mut db, &order, "proforma", &page).await?;
    let page = ListPage {
        may_begin: may_begin(&order, &by, &papers),
        prices: order.may(&by, Deed::SeeCustomerPrices),
        page,
        head,
        papers,
    };
    Ok(Html(page.render()?))
}

/// Whether a revision may be begun now: none is on its way, and the next one belongs to somebody's hands.
fn may_begin(order: &Order, by: &By, papers: &[ProformaInvoice]) -> bool {
    let step = match papers.first().map(|paper| paper.stage) {
        None | Some(Stage::Void | Stage::Superseded) => Move::Draft,
        Some(Stage::Confirmed) => Move::Amend,
        Some(Stage::ChangeRequested | Stage::Lapsed) => Move::OpenNextRevision,
        Some(Stage::Draft | Stage::Submitted | Stage::Returned | Stage::Approved | Stage::Sent) => {
            return false;
        }
    };
    order.condition.moves() && step.deed().is_some_and(|deed| order.may(by, deed))
}

#[derive(Template)]
#[template(path = "proforma/one.html")]
pub(super) struct OnePage {
    pub page: Page,
    pub head: Head,
    pub paper: ProformaInvoice,
    pub content: Option<Content>,
    pub history: Vec<History>,
    pub prices: bool,
    pub can: Can,
}

impl OnePage {
    pub(super) fn part_word(&self, part: &ScheduledPart) -> String {
        part.word(self.page.t)
    }

    pub(super) fn payment_word(&self, content: &Content) -> String {
        content.payment_word(self.page.t)
    }

    pub(super) fn url(&self) -> String {
        format!(
            "{}/proforma/{}",
            self.head.order.url(),
            self.paper.revision()
        )
    }
}

/// What this reader may do with the revision now; the same questions the gates ask.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one answer a button")]
pub(super) struct Can {
    pub edit: bool,
    pub withdraw: bool,
    pub decide: bool,
    pub revise: bool,
    pub send: bool,
    pub answer: bool,
    pub begin_next: bool,
    pub void: bool,
}

impl Can {
    fn of(order: &Order, by: &By, paper: &ProformaInvoice, papers_open: bool) -> Self {
        let may = |step: Move| {
            order.condition.moves()
                && paper.stage.after(step).is_some()
                && step
                    .deed()
                    .is_some_and(|deed| order.may(by, deed.of(paper.hands())))
        };
        Self {
            edit: may(Move::Edit),
            withdraw: may(Move::Withdraw),
            decide: may(Move::Approve),
            revise: may(Move::Revise),
            send: may(Move::Send),
            answer: may(Move::Confirm),
            begin_next: !papers_open && (may(Move::OpenNextRevision) || may(Move::Amend)),
            void: may(Move::Void),
        }
    }
}

pub(super) async fn one(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, revision)): Path<(String, i32)>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let order = orders::find(&mut db, &by, &number).await?;
    let all = sql::list_for(&mut db, &order).await?;
    let newer_open = all.iter().any(|paper| paper.revision() > revision);
    let paper = pick(all, revision)?;
    let can = Can::of(&order, &by, &paper, newer_open);
    if paper.stage == Stage::Draft && can.edit {
        return Ok(
            Redirect::to(&format!("{}/proforma/{revision}/edit", order.url())).into_response(),
        );
    }
    let head = Head::load(&mut db, &order, "proforma", &page).await?;
    let page = OnePage {
        history: approvals::history(&mut db, super::submission::SUBJECT, order.id()).await?,
        prices: order.may(&by, Deed::SeeCustomerPrices),
        content: paper.content.clone(),
        can,
        page,
        head,
        paper,
    };
    Ok(Html(page.render()?).into_response())
}
