//! The page of the transport document: the draft against our data and the credit, and what may be done with it.

use super::acts;
use super::comparison::Field;
use super::credit::Credit;
use super::document::Document;
use super::questions::{self, title};
use super::sql;
use super::stage::{Move, Stage};
use crate::approvals::exception::{self, Beside, Kind};
use crate::base::{By, FileId};
use crate::orders::Opened;
use crate::people::Deed;
use crate::people::relation::InReach;
use crate::shipping::money;
use crate::shipping::shipment::goods_sql;
use crate::shipping::shipment::plan::crumbs;
use crate::shipping::shipment::reading::{self, Seen};
use crate::shipping::shipment::record::Shipment;
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "shipping/document.html")]
struct DocumentPage {
    page: Page,
    shipment: Shipment,
    crumbs: Vec<(String, String)>,
    document: Option<Document>,
    fields: Vec<Field>,
    same: usize,
    open: usize,
    acts: Vec<Act>,
    may_check: bool,
    held: Vec<String>,
    beside: Option<Beside>,
    credit: Option<Credit>,
    /// Address and name of the paper the draft came on; no address where the reader may not open it.
    paper: Option<(String, String)>,
}

/// A button of an act this reader may do now; the first is the way on.
struct Act {
    word: &'static str,
    href: String,
    danger: bool,
}

impl DocumentPage {
    fn stage(&self) -> (&'static str, &'static str) {
        self.document.as_ref().map_or(("", ""), |document| {
            (document.stage.tone(), document.stage.label(self.page.t))
        })
    }

    fn form_word(&self) -> String {
        self.document
            .as_ref()
            .map(|document| document.form_word(self.page.t))
            .unwrap_or_default()
    }
}

#[expect(clippy::too_many_lines, reason = "one page, read part by part")]
pub(in crate::shipping) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let seen = reading::find(&mut db, &by, &number).await?;
    let document = sql::find(&mut db, seen.shipment.id).await?;
    let fields = match &document {
        Some(document) if document.draft_revision > 0 => {
            acts::fields(&mut db, &InReach::of(&by), &seen.shipment, document).await?
        }
        _ => Vec::new(),
    };
    let held = held(&mut db, &seen, document.as_ref(), &page).await?;
    let issued = document
        .as_ref()
        .is_some_and(|one| one.stage == Stage::Issued);
    let beside = if issued && !held.is_empty() {
        beside_the_gate(&mut db, &page, &by, &seen).await?
    } else {
        None
    };
    let open = fields.iter().filter(|field| field.is_open()).count();
    let compared = !fields.is_empty();
    let credit = sql::credit(&mut db, &seen.orders).await?;
    let drawn = DocumentPage {
        credit: credit.filter(|_| compared),
        paper: paper(&mut db, &seen, document.as_ref()).await?,
        beside,
        crumbs: crumbs(&page, &seen.shipment),
        acts: offered(&seen, document.as_ref(), &page, open),
        may_check: document
            .as_ref()
            .is_some_and(|document| document.stage.after(Move::Check).is_some())
            && seen.may(Deed::CheckTransportDocument),
        same: fields
            .iter()
            .filter(|field| field.same && !field.is_unsaid())
            .count(),
        open,
        shipment: seen.shipment,
        document,
        fields,
        held,
        page,
    };
    Ok(Html(drawn.render()?))
}

/// An exception that was asked for or given at the gate.
async fn beside_the_gate(
    db: &mut PgConnection,
    page: &Page,
    by: &By,
    seen: &Seen,
) -> Result<Option<Beside>> {
    let shipment = &seen.shipment;
    let asked = (Kind::EarlyRelease, shipment.id, shipment.number.as_str());
    exception::beside(db, page.t, by, &seen.orders, asked).await
}

/// The paper of the draft, where its reader may know the order it lies with.
async fn paper(
    db: &mut PgConnection,
    seen: &Seen,
    document: Option<&Document>,
) -> Result<Option<(String, String)>> {
    let Some(file) = document.and_then(|document| document.draft_file) else {
        return Ok(None);
    };
    for order in &seen.orders {
        if let Some(name) = sql::paper(db, order, file).await? {
            let opens = Opened::of(db, order).await?.has(FileId(file));
            let url = opens.then(|| format!("{}/files/{file}", order.url()));
            return Ok(Some((url.unwrap_or_default(), name)));
        }
    }
    Ok(None)
}

/// What holds the document back, order by order; for those who may see the amounts.
async fn held(
    db: &mut PgConnection,
    seen: &Seen,
    document: Option<&Document>,
    page: &Page,
) -> Result<Vec<String>> {
    let mut held = Vec::new();
    let waits = document.is_none_or(Document::is_ours) && seen.shipment.mode.holds_goods();
    if !waits || !seen.sees(Deed::SeeCustomerPrices) {
        return Ok(held);
    }
    for order in &seen.orders {
        let standing = goods_sql::standing(db, order, seen.shipment.id).await?;
        if !money::through_bank(&standing)
            && let Some(hold) = money::hold_at_release(order, &standing)
        {
            let missing = money::missing(page.t, order, hold);
            held.push(
                page.t
                    .shipping_do_not_release(order.number.to_string(), missing),
            );
        }
    }
    Ok(held)
}

fn offered(seen: &Seen, document: Option<&Document>, page: &Page, open: usize) -> Vec<Act> {
    let shipment = &seen.shipment;
    let hands = document.map(Document::hands).unwrap_or_default();
    let mut acts: Vec<Act> = questions::ASKED
        .into_iter()
        .filter(|(step, _)| {
            let there = match document {
                Some(document) => document.stage.after(*step).is_some(),
                None => acts::beginning(shipment, *step).is_ok(),
            };
            let sense = match step {
                Move::WaiveDifference => open > 0,
                Move::SendToCustomer => open == 0,
                _ => true,
            };
            there && sense && shipment.is_booked() && seen.may(step.deed().of(hands.clone()))
        })
        .map(|(step, path)| Act {
            word: title(step)(page.t),
            href: format!("{}/transport-document/{path}", shipment.url()),
            danger: step == Move::ReleaseEarly,
        })
        .collect();
    // The first act is the filled button: with nothing left to correct it is not another draft.
    if open == 0 && acts.len() > 1 && document.is_some_and(|one| one.stage == Stage::Checked) {
        acts.rotate_left(1);
    }
    acts
}
