//! Page: one declaration and its verification, by the regime of its export date.

use super::matched::{proposal, stage_word};
use super::sql::Allocation;
use super::stage::{FormMove, MatchMove};
use super::{Matched, VerificationForm, form_word, matched, next_of, sql};
use crate::base::{By, OrderId};
use crate::finance::export::{self, Declaration, Regime, Shipment};
use crate::orders::{Head, Order};
use crate::people::Deed;
use crate::web::{App, Faults, Fields, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use rust_decimal::Decimal;
use sqlx::PgConnection;

/// One row of money on the page.
pub(super) struct Row {
    pub id: String,
    pub receipt: String,
    pub day: String,
    pub amount: String,
    /// What other declarations have not taken.
    pub free: String,
    /// What is laid here.
    pub here: String,
    /// What stands in the field: laid, typed or proposed.
    pub value: String,
}

#[derive(Template)]
#[template(path = "finance/verification.html")]
pub(super) struct VerificationPage {
    pub page: Page,
    pub head: Head,
    pub shipment: Shipment,
    pub declaration: Declaration,
    pub form: Option<VerificationForm>,
    pub matched: Option<Matched>,
    pub tone: &'static str,
    pub word: &'static str,
    pub rows: Vec<Row>,
    pub currency: String,
    pub declared: String,
    /// Amounts are for who may see the customer's prices.
    pub amounts: bool,
    pub next_of_form: Option<FormMove>,
    pub may_match: bool,
    pub may_explain: bool,
    pub faults: Faults,
}

impl VerificationPage {
    pub(super) fn url(&self) -> String {
        url(
            self.head.order.number.as_str(),
            &self.shipment.number,
            self.declaration.sequence,
        )
    }

    pub(super) fn is_paper_form(&self) -> bool {
        self.declaration.regime == Regime::PaperForm
    }

    pub(super) fn rev(&self) -> String {
        self.matched
            .as_ref()
            .map_or(0, |matched| matched.version)
            .to_string()
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the template hands its fields over by reference"
    )]
    pub(super) fn form_verb(&self, step: &FormMove) -> &'static str {
        let t = self.page.t;
        match step {
            FormMove::Issue => t.rebate_form_issue(),
            FormMove::RecordReturn => t.rebate_form_return(),
            FormMove::Verify => t.rebate_form_verify(),
        }
    }

    pub(super) fn exported(&self) -> String {
        self.declaration
            .exported_on
            .map(|day| self.page.day_full(day))
            .unwrap_or_default()
    }
}

pub(super) fn url(number: &str, shipment: &str, sequence: i32) -> String {
    format!("/orders/{number}/verifications/{shipment}/{sequence}")
}

/// Money of every order with goods under this declaration.
pub(super) async fn money(
    db: &mut PgConnection,
    shipment: &Shipment,
    declaration: &Declaration,
) -> Result<Vec<Allocation>> {
    let orders = ids(&shipment.orders);
    sql::allocations(db, &orders, declaration.id).await
}

fn ids(orders: &[OrderId]) -> Vec<uuid::Uuid> {
    orders.iter().map(|order| order.0).collect()
}

pub(super) async fn one(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment, sequence)): Path<(String, String, i32)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, shipment) = export::find(&mut db, &by, (&number, &shipment)).await?;
    let declaration = shipment.declaration(sequence)?.clone();
    draw(&mut db, page, (order, shipment, declaration), None).await
}

#[expect(clippy::too_many_lines, reason = "one page, part by part")]
pub(super) async fn draw(
    db: &mut PgConnection,
    page: Page,
    (order, shipment, declaration): (Order, Shipment, Declaration),
    typed: Option<(Fields, Faults)>,
) -> Result<Html<String>> {
    let form = sql::form(db, declaration.id).await?;
    let held = sql::matched(db, declaration.id).await?;
    let money = money(db, &shipment, &declaration).await?;
    let declared = sql::declared(db, &ids(&shipment.orders)).await?;
    let (fields, faults) = typed.map_or((None, Faults::default()), |(fields, faults)| {
        (Some(fields), faults)
    });
    let proposed = proposal(&declaration, &declared, &money);
    let rows = money
        .iter()
        .zip(&proposed)
        .enumerate()
        .map(|(place, (one, part))| {
            let value = match (&fields, &held) {
                (Some(fields), _) => fields.cell("money", place, "amount").to_owned(),
                (None, Some(_)) => plain(one.here),
                (None, None) => plain(*part),
            };
            Row {
                id: one.id.to_string(),
                receipt: one.receipt.clone(),
                day: page.day(one.received_on),
                amount: page.number(one.amount),
                free: page.number(one.amount - one.elsewhere),
                here: page.number(one.here),
                value,
            }
        });
    let currency = matched::currency(&declaration, &money);
    let amount = held
        .as_ref()
        .map(|held| held.declared)
        .or(declaration.fob_amount);
    let declared = match &fields {
        Some(fields) => fields.get("declared").to_owned(),
        None => amount.map(plain).unwrap_or_default(),
    };
    let may = |deed: Deed| {
        use crate::orders::Condition as C;
        matches!(order.condition, C::Open | C::Closed) && order.reader_may(deed)
    };
    let matching = declaration.regime == Regime::Matching;
    let (tone, word) = match (matching, &form) {
        (true, _) => stage_word(held.as_ref(), page.t),
        (false, form) => form_word(form.as_ref(), page.t),
    };
    let html = VerificationPage {
        next_of_form: next_of(form.as_ref()).filter(|step| !matching && may(step.deed())),
        may_match: matching
            && shipment.departed()
            && held
                .as_ref()
                .is_none_or(|held| held.takes(MatchMove::Match))
            && may(Deed::MatchDeclaration),
        may_explain: matching
            && held.as_ref().is_some_and(|held| {
                held.takes(MatchMove::ExplainDifference) && !held.difference().is_zero()
            })
            && may(Deed::ExplainDifference),
        amounts: order.reader_may(Deed::SeeCustomerPrices),
        rows: rows.collect(),
        head: Head::load(db, &order, "finance", &page).await?,
        matched: held,
        page,
        shipment,
        declaration,
        form,
        tone,
        word,
        currency,
        declared,
        faults,
    };
    Ok(Html(html.render()?))
}

fn plain(amount: Decimal) -> String {
    let amount = amount.normalize();
    if amount.is_zero() {
        String::new()
    } else {
        amount.to_string()
    }
}
