//! VAT invoices 增值税专用发票 laid into a claim: number, day, goods, amount; the rebate rate comes from the table of rates.

use super::claim::{Claim, Invoice};
use super::stage::Move;
use super::{Refusal, filing, show, sql, url};
use crate::base::{Audience, By, T, typed};
use crate::catalog::rate;
use crate::finance::Meanwhile;
use crate::finance::export::Shipment;
use crate::finance::question::{read_amount, read_day};
use crate::history::Event;
use crate::history::rebate_event::RebateEvent;
use crate::orders::{self, JointAct};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use uuid::Uuid;

pub(super) const FIELDS: [&str; 8] = [
    "number", "supplier", "dated", "hs_code", "quantity", "unit", "gross", "vat_rate",
];

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment, sequence)): Path<(String, String, i32)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let (mut act, order, shipment, claim) =
        show::begin(&app, by, (&number, &shipment, sequence), &form.key).await?;
    act.must(Deed::CollectRebate)?;
    claim.after(Move::Collect)?;
    if form.rev()? != claim.version {
        return Err(Error::refused(Meanwhile));
    }
    let mut faults = Faults::default();
    let read = read(&form.fields, act.today(), &mut faults);
    if let Some(one) = &read
        && sql::invoice_used(act.tx(), &one.number).await?
    {
        faults.add("number", T::rebate_invoice_used);
    }
    let Some(mut one) = read.filter(|_| faults.is_empty()) else {
        let typed = Some((form.fields, faults));
        let html = show::draw(act.tx(), page, (order, shipment, claim), typed).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    if let Some(file) = form.files.first() {
        let kept = act.keep_file(&app, file, "vat_invoice", Audience::Internal);
        one.file = Some(kept.await?.0);
    }
    one.id = crate::base::fresh(act.by.at);
    lay_in(&mut act, (&shipment, &claim), one).await?;
    let answer = Answer::to(url(&number, &shipment.number, sequence));
    Ok(act
        .finish(answer.tell(page.t, T::rebate_invoice_kept))
        .await?
        .into_response())
}

/// The same without a page: what is typed is read by the same rules.
pub(in crate::finance) async fn typed(
    act: &mut JointAct,
    (shipment, sequence): (&Shipment, i32),
    fields: &Fields,
) -> Result<()> {
    act.must(Deed::CollectRebate)?;
    let claim = show::pick(sql::claims(act.tx(), shipment.id).await?, sequence)?;
    claim.after(Move::Collect)?;
    let mut faults = Faults::default();
    let today = act.today();
    let Some(mut one) = read(fields, today, &mut faults) else {
        return Err(Error::Invalid(faults));
    };
    one.id = crate::base::fresh(act.by.at);
    lay_in(act, (shipment, &claim), one).await?;
    let claim = show::pick(sql::claims(act.tx(), shipment.id).await?, sequence)?;
    filing::write(act, (shipment, &claim), fields).await
}

/// The act: the invoice counts in the claim, at the rate of the export date.
async fn lay_in(
    act: &mut JointAct,
    (shipment, claim): (&Shipment, &Claim),
    mut one: Invoice,
) -> Result<()> {
    orders::recorded(act, false).await?;
    let day = shipment.exported_on().unwrap_or(one.dated);
    let rate = rate::rebate_on(act.tx(), &one.hs_code, day)
        .await?
        .ok_or_else(|| Error::refused(Refusal::NoRate(one.hs_code.clone(), day)))?;
    one.rebate_rate = rate.rebate_rate;
    sql::insert_invoice(act, claim.id, &one, rate.treatment.code()).await?;
    act.happened(&Event::Rebate(RebateEvent::RebateCollected {
        claim: claim.name(&shipment.number),
        what: one.number,
    }))
    .await
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
fn read(fields: &Fields, today: NaiveDate, faults: &mut Faults) -> Option<Invoice> {
    let text =
        |name: &str, most: usize| -> String { fields.get(name).chars().take(most).collect() };
    let (number, supplier) = (text("number", 40), text("supplier", 120));
    if number.is_empty() {
        faults.add("number", T::rebate_invoice_number_missing);
    }
    if supplier.is_empty() {
        faults.add("supplier", T::rebate_supplier_missing);
    }
    let hs_code: String = fields
        .get("hs_code")
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    if hs_code.len() != 10 {
        faults.add("hs_code", T::rebate_hs_missing);
    }
    let dated = read_day(fields, "dated", today, faults);
    let gross = read_amount(fields, "gross", faults);
    let quantity = typed::figure(fields.get("quantity")).filter(|n| {
        *n > Decimal::ZERO && *n < Decimal::from(1_000_000_000) && n.normalize().scale() <= 4
    });
    if quantity.is_none() {
        faults.add("quantity", T::rebate_quantity_missing);
    }
    let unit = text("unit", 16);
    if unit.is_empty() {
        faults.add("unit", T::rebate_unit_missing);
    }
    let vat_rate = typed::figure(fields.get("vat_rate"))
        .filter(|n| *n >= Decimal::ZERO && *n < Decimal::ONE_HUNDRED && n.normalize().scale() <= 2);
    if vat_rate.is_none() {
        faults.add("vat_rate", T::rebate_vat_missing);
    }
    faults.is_empty().then_some(())?;
    Some(Invoice {
        id: Uuid::nil(),
        number,
        supplier,
        dated: dated?,
        hs_code,
        quantity: quantity?,
        unit,
        gross: gross?,
        vat_rate: vat_rate?,
        rebate_rate: Decimal::ZERO,
        file: None,
    })
}

pub(super) async fn remove(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment, sequence, invoice)): Path<(String, String, i32, Uuid)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, _, shipment, claim) =
        show::begin(&app, by, (&number, &shipment, sequence), &form.key).await?;
    act.must(Deed::CollectRebate)?;
    claim.after(Move::Collect)?;
    orders::recorded(&mut act, false).await?;
    let gone = claim
        .invoices
        .iter()
        .find(|one| one.id == invoice)
        .ok_or(Error::NotFound)?;
    sql::delete_invoice(&mut act, claim.id, invoice).await?;
    act.happened(&Event::Rebate(RebateEvent::RebateInvoiceTakenOut {
        claim: claim.name(&shipment.number),
        invoice: gone.number.clone(),
    }))
    .await?;
    let answer = Answer::to(url(&number, &shipment.number, sequence));
    act.finish(answer.tell(page.t, T::rebate_invoice_gone))
        .await
}
