//! The form of a payable, as it is stored or as it was typed.

use super::record::{Claim, KINDS, Payable, kind_word};
use super::stage::Move;
use super::{offer_sql, sql};
use crate::base::{By, OrderNumber};
use crate::catalog::currency;
use crate::finance::reach;
use crate::history::event::Change;
use crate::orders::Order;
use crate::people::Deed;
use crate::web::{App, Error, Faults, Fields, Page, Result};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use serde::Deserialize;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "payable/form.html")]
pub(super) struct FormPage {
    pub page: Page,
    /// Number of the payable that is edited; empty for a new one.
    pub number: String,
    pub rev: String,
    pub returned_words: String,
    pub kinds: Vec<(String, String)>,
    /// Who works on the order, what of it is shipped, and the currencies we trade in; none before the order is known.
    pub payees: Vec<(String, String)>,
    pub shipments: Vec<(String, String)>,
    pub currencies: Vec<(String, String)>,
    pub fields: Fields,
    pub faults: Faults,
}

impl FormPage {
    pub(super) fn action(&self) -> String {
        if self.number.is_empty() {
            "/payables".to_owned()
        } else {
            format!("/payables/{}", self.number)
        }
    }

    pub(super) fn title(&self) -> String {
        if self.number.is_empty() {
            self.page.t.payable_new().to_owned()
        } else {
            self.page.t.payable_edit(&self.number)
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    order: String,
}

pub(super) async fn blank(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Html<String>> {
    reach::may_ask(&by)?;
    let mut db = app.db.acquire().await?;
    let mut fields = Fields::default();
    fields.set("order", asked.order);
    fields.set("kind", "factory");
    fields.set("currency", "CNY");
    fields.set("invoice_owed", "yes");
    let typed = (fields, Faults::default());
    draw(&mut db, page, &by, None, typed).await
}

pub(super) async fn edit(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let payable = sql::find(&mut db, &by, &number).await?;
    let order = crate::orders::find(&mut db, &by, &payable.order).await?;
    order.must(&by, Deed::AskPayable)?;
    payable.after(Move::Edit)?;
    let mut fields = Fields::default();
    fields.set("order", payable.order.to_string());
    for (name, value) in values(&payable.claim) {
        fields.set(name, value);
    }
    fields.set("shipment", payable.shipment.clone());
    let typed = (fields, Faults::default());
    draw(&mut db, page, &by, Some(&payable), typed).await
}

/// The claim as its form's fields hold it.
fn values(claim: &Claim) -> [(&'static str, String); 8] {
    let owed = if claim.invoice_owed { "yes" } else { "" };
    [
        ("kind", claim.kind.to_owned()),
        ("payee", claim.payee.clone()),
        ("currency", claim.currency.to_string()),
        ("amount", claim.amount.to_string()),
        ("due_on", claim.due_on.to_string()),
        ("invoice_owed", owed.to_owned()),
        ("vat_invoice", claim.vat_invoice.clone()),
        ("words", claim.words.clone()),
    ]
}

pub(super) fn changes(before: &Claim, after: &Claim) -> Vec<Change> {
    values(before)
        .into_iter()
        .zip(values(after))
        .filter_map(|((name, before), (_, after))| Change::between(name, &before, &after))
        .collect()
}

/// The order the form names, where this reader knows of it.
async fn named(db: &mut PgConnection, by: &By, number: &str) -> Result<Option<Order>> {
    let Some(number) = OrderNumber::parse(number) else {
        return Ok(None);
    };
    match crate::orders::find(db, by, &number).await {
        Ok(order) => Ok(Some(order)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(super) async fn draw(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    payable: Option<&Payable>,
    (fields, faults): (Fields, Faults),
) -> Result<Html<String>> {
    let (mut payees, mut shipments) = (Vec::new(), Vec::new());
    if let Some(order) = named(db, by, fields.get("order")).await? {
        payees = offer_sql::payees(db, order.id()).await?;
        shipments = offer_sql::shipments(db, order.id()).await?;
    }
    let mut currencies = currency::choices(db, page.t).await?;
    let typed = fields.get("currency");
    // What was typed stays chosen, even where we do not trade in it.
    if !typed.is_empty() && !currencies.iter().any(|(code, _)| code == typed) {
        currencies.push((typed.to_owned(), typed.to_owned()));
    }
    let kinds = KINDS
        .into_iter()
        .map(|kind| (kind.to_owned(), kind_word(page.t, kind).to_owned()))
        .collect();
    let page = FormPage {
        number: payable
            .map(|payable| payable.number.clone())
            .unwrap_or_default(),
        rev: payable
            .map(|payable| payable.version.to_string())
            .unwrap_or_default(),
        returned_words: payable
            .map(|payable| payable.returned_words.clone())
            .unwrap_or_default(),
        kinds,
        payees,
        shipments,
        currencies,
        fields,
        faults,
        page,
    };
    Ok(Html(page.render()?))
}
