//! Finding a paper by its address, for reading and under the lock.

use super::counter::Asks;
use super::paper::{Key, ProductionOrder};
use super::sources_sql::{self, InForce};
use super::{coverage, gate, revising, sql};
use crate::base::{By, OrderNumber};
use crate::orders::{self, Order, OrderAct};
use crate::web::{App, Error, FormKey, Result};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

/// The order with all its papers and the one that is asked for.
pub(in crate::production) struct Found {
    pub order: Order,
    pub paper: ProductionOrder,
    pub papers: Vec<ProductionOrder>,
}

pub(in crate::production) async fn find(
    db: &mut PgConnection,
    by: &By,
    number: &str,
    paper: &str,
) -> Result<Found> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let order = orders::find(db, by, &number).await?;
    let papers = sql::list_for(db, &order).await?;
    let paper = pick(&papers, paper)?;
    Ok(Found {
        order,
        paper,
        papers,
    })
}

/// An act on one paper: the order locked, the paper read under the lock.
pub(in crate::production) async fn begin(
    app: &App,
    by: By,
    number: &str,
    paper: &str,
    key: &FormKey,
) -> Result<(OrderAct, ProductionOrder)> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(app, by, &number, key).await?;
    let papers = in_act(&mut act).await?;
    let paper = pick(&papers, paper)?;
    Ok((act, paper))
}

/// All papers as they stand inside this act.
pub(super) async fn in_act(act: &mut OrderAct) -> Result<Vec<ProductionOrder>> {
    let order = act.order.clone();
    sql::list_for(act.tx(), &order).await
}

/// One of them again, after it was changed in this act.
pub(super) async fn again(act: &mut OrderAct, key: Key) -> Result<ProductionOrder> {
    pick(&in_act(act).await?, &key.to_string())
}

/// `1-2` as pages write it; the inbox of approvals knows a paper by its id.
fn pick(papers: &[ProductionOrder], paper: &str) -> Result<ProductionOrder> {
    let key = Key::parse(paper);
    let id = Uuid::parse_str(paper).ok();
    papers
        .iter()
        .find(|found| Some(found.key) == key || Some(found.id.0) == id)
        .cloned()
        .ok_or(Error::NotFound)
}

/// What is confirmed, and what still holds this paper back: the same for the page and for the act.
pub(in crate::production) struct Checked {
    pub in_force: Option<InForce>,
    pub holds: Vec<gate::Hold>,
    /// Lines of which more would be in force than is ordered.
    pub too_much: Vec<String>,
    /// What the draft asks of the manager and has no yes for, against the revision in force.
    pub asks: Asks,
    /// Money in, in the order's currency.
    pub received: Decimal,
}

impl Checked {
    /// The gate is open for this paper: nothing holds, or the manager has opened it for this factory's order before.
    pub(in crate::production) fn held(
        &self,
        paper: &ProductionOrder,
        papers: &[ProductionOrder],
    ) -> Option<gate::Held> {
        let opened = papers.iter().any(|other| {
            other.key.number == paper.key.number
                && other.overridden.is_some()
                && (other.id == paper.id || other.stage.in_force())
        });
        (!opened && !self.holds.is_empty()).then(|| gate::Held(self.holds.clone()))
    }

    /// Names of lines that are given too often, where the manager has not said so of this very paper.
    pub(in crate::production) fn over(&self, paper: &ProductionOrder) -> &[String] {
        if paper.overridden.is_some() {
            &[]
        } else {
            &self.too_much
        }
    }
}

pub(in crate::production) async fn check(
    db: &mut PgConnection,
    order: &Order,
    paper: &ProductionOrder,
    papers: &[ProductionOrder],
) -> Result<Checked> {
    let Some(in_force) = sources_sql::in_force(db, order).await? else {
        return Ok(Checked {
            in_force: None,
            holds: Vec::new(),
            too_much: Vec::new(),
            asks: Asks::default(),
            received: Decimal::ZERO,
        });
    };
    let standing = sources_sql::standing(db, order, &in_force).await?;
    Ok(Checked {
        holds: gate::holds(&in_force.ordered, &standing),
        too_much: coverage::too_much(&in_force.ordered, paper, papers),
        asks: revising::unanswered(paper, papers, &in_force.ordered)?,
        received: standing.received,
        in_force: Some(in_force),
    })
}
