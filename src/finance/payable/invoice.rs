//! The VAT invoice 专票 that comes after the money was asked for: its number is noted beside what the manager said yes to.

use super::asking::{begin, both};
use super::record::Refusal;
use super::sql;
use super::stage::Move;
use crate::base::{By, T};
use crate::history::event::Change;
use crate::history::finance_event::FinanceEvent;
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use axum::extract::{Path, State};

pub(super) async fn note(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&["vat_invoice"])?;
    let (mut act, payable) = begin(&app, by, &number, &form).await?;
    act.must(Deed::AskPayable)?;
    payable.after(Move::NoteInvoice)?;
    let invoice: String = form.fields.get("vat_invoice").chars().take(40).collect();
    if invoice.is_empty() {
        let faults = Faults::one("vat_invoice", T::payable_invoice_missing);
        return Err(Error::Invalid(faults));
    }
    if form.rev()? != payable.version || !payable.claim.invoice_owed {
        return Err(Refusal::Changed.into());
    }
    sql::note_invoice(&mut act, &payable, &invoice).await?;
    let change = Change::between("vat_invoice", payable.invoice(), &invoice);
    let event = FinanceEvent::PayableChanged {
        payable: payable.number.clone(),
        changes: change.into_iter().collect(),
    };
    both(&mut act, &payable.thing(), event).await?;
    let answer = Answer::to(payable.url()).tell(page.t, T::web_saved);
    act.finish(answer).await
}
