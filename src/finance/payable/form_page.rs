//! The form of a payable, as it is stored or as it was typed.

use super::record::{Claim, KINDS, Payable, kind_word};
use super::sql;
use super::stage::Move;
use crate::base::By;
use crate::finance::reach;
use crate::history::event::Change;
use crate::people::Deed;
use crate::web::{App, Faults, Fields, Page, Result};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "payable/form.html")]
pub(super) struct FormPage {
    pub page: Page,
    /// Number of the payable that is edited; empty for a new one.
    pub number: String,
    pub rev: String,
    pub returned_words: String,
    pub kinds: Vec<(String, String)>,
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

pub(super) async fn blank(by: By, page: Page, Query(asked): Query<Asked>) -> Result<Html<String>> {
    reach::may_ask(&by)?;
    let mut fields = Fields::default();
    fields.set("order", asked.order);
    fields.set("kind", "factory");
    fields.set("currency", "CNY");
    fields.set("invoice_owed", "yes");
    draw(page, None, fields, Faults::default())
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
    draw(page, Some(&payable), fields, Faults::default())
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

pub(super) fn draw(
    page: Page,
    payable: Option<&Payable>,
    fields: Fields,
    faults: Faults,
) -> Result<Html<String>> {
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
        fields,
        faults,
        page,
    };
    Ok(Html(page.render()?))
}
