//! Page: step 9 of one order, shipment by shipment: papers, verification, rebate; and the way to its profit and its end.

use super::export::{self, Shipment};
use super::hand_over::{self, HandOver};
use super::rebate_claim::{self, Claim};
use super::verification;
use crate::base::{By, OrderNumber};
use crate::orders::{self, Head, Step};
use crate::people::Deed;
use crate::web::{App, Error, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;

/// One shipment with what step 9 asks of it.
pub(super) struct Part {
    pub shipment: Shipment,
    pub held: HandOver,
    /// Name, address, tone, word.
    pub declarations: Vec<(String, String, &'static str, &'static str)>,
    pub claims: Vec<Claim>,
}

#[derive(Template)]
#[template(path = "finance/order.html")]
struct OrderPage {
    page: Page,
    head: Head,
    parts: Vec<Part>,
    rebate: bool,
    profit: bool,
    may_close: bool,
    step: i16,
}

impl OrderPage {
    fn hand_over_url(&self, part: &Part) -> String {
        format!(
            "{}/hand-overs/{}",
            self.head.order.url(),
            part.shipment.number
        )
    }

    fn rebates_url(&self, part: &Part) -> String {
        format!("{}/rebates/{}", self.head.order.url(), part.shipment.number)
    }

    fn papers(&self, part: &Part) -> String {
        let all = hand_over::Kind::of(&part.shipment).len();
        self.page.t.rebate_papers_of(part.held.papers.len(), all)
    }

    fn left(&self, part: &Part) -> String {
        part.shipment
            .on_board_on
            .map(|day| self.page.day(day))
            .unwrap_or_default()
    }
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, &by, &number).await?;
    let mut parts = Vec::new();
    for shipment in export::of_order(&mut db, &order).await? {
        let mut declarations = Vec::new();
        for one in &shipment.declarations {
            let (tone, word) = verification::mark(&mut db, one, page.t).await?;
            let url = format!(
                "{}/verifications/{}/{}",
                order.url(),
                shipment.number,
                one.sequence
            );
            declarations.push((one.name(), url, tone, word));
        }
        parts.push(Part {
            held: hand_over::of(&mut db, &shipment).await?,
            claims: rebate_claim::of(&mut db, &shipment).await?,
            declarations,
            shipment,
        });
    }
    let head = Head::load(&mut db, &order, "finance", &page).await?;
    let html = OrderPage {
        rebate: order.may(&by, Deed::SeeRebate),
        profit: order.may(&by, Deed::SeeMargin),
        may_close: head.can.close,
        step: Step::Settlement.number(),
        page,
        head,
        parts,
    };
    Ok(Html(html.render()?))
}
