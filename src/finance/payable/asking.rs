//! Asking 申请付款: the operator or finance says who is owed what; taken back, changed and asked again.

use super::payment_sql;
use super::record::{Claim, KINDS, Payable, Refusal};
use super::stage::{Move, Stage};
use super::{form_page, sql};
use crate::approvals;
use crate::base::{By, Currency, OrderNumber, T, typed};
use crate::finance::receipt;
use crate::history::Event;
use crate::history::finance_event::FinanceEvent;
use crate::orders::{self, OrderAct};
use crate::people::Deed;
use crate::proforma::sources_sql::level_rule;
use crate::records::Thing;
use crate::records::read::Reading;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::Datelike;
use rust_decimal::Decimal;
use uuid::Uuid;

pub(super) const SUBJECT: &str = "payable";

const FIELDS: [&str; 10] = [
    "order",
    "kind",
    "payee",
    "shipment",
    "currency",
    "amount",
    "due_on",
    "invoice_owed",
    "vat_invoice",
    "words",
];

/// The order locked, the payable read under the lock.
pub(super) async fn begin(
    app: &App,
    by: By,
    number: &str,
    form: &Keyed,
) -> Result<(OrderAct, Payable)> {
    let mut db = app.db.acquire().await?;
    let order = sql::find(&mut db, &by, number).await?.order;
    drop(db);
    let mut act = orders::begin(app, by.clone(), &order, &form.key).await?;
    let payable = sql::find(act.tx(), &by, number).await?;
    Ok((act, payable))
}

/// Writes an event into the order's chain and the payable's.
pub(super) async fn both(act: &mut OrderAct, thing: &Thing, event: FinanceEvent) -> Result<()> {
    let event = Event::Finance(event);
    act.happened(&event).await?;
    act.record(thing, &event).await
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, field by field, in the order of the page"
)]
async fn read(act: &mut OrderAct, fields: &Fields) -> Result<std::result::Result<Claim, Faults>> {
    let mut faults = Faults::default();
    let mut form = Reading::new(fields, &mut faults);
    let kind = form.one_of("kind", &KINDS);
    let named = form.needed("payee", 120);
    let vat_invoice = form.text("vat_invoice", 40);
    let words = form.text("words", 400);
    let invoice_owed = form.yes("invoice_owed");
    let due_on = form.day("due_on");
    if due_on.is_none() && form.faults.of("due_on").is_none() {
        form.fault("due_on", T::payable_which_due);
    }
    let currency = Currency::parse(&form.currency("currency")).unwrap_or(Currency::CNY);
    let amount = typed::figure(fields.get("amount")).filter(|amount| {
        *amount > Decimal::ZERO
            && *amount < Decimal::from(100_000_000_000_i64)
            && currency.round(*amount) == *amount
    });
    if amount.is_none() {
        faults.add("amount", T::receipt_what_amount);
    }
    let mut party: Option<Uuid> = None;
    let mut payee = named.clone();
    if ["factory", "forwarder"].contains(&kind.as_str()) && !named.is_empty() {
        match sql::party_named(act.tx(), &kind, &named).await? {
            Some((id, name)) => (party, payee) = (Some(id), name),
            None => faults.add("payee", T::payable_no_such_party),
        }
    }
    let order = act.order.id();
    let shipment = match fields.get("shipment") {
        "" => None,
        named => {
            let found = receipt::shipment_named(act.tx(), order, named).await?;
            if found.is_none() {
                faults.add("shipment", T::receipt_no_such_shipment);
            }
            found
        }
    };
    let kind = KINDS.into_iter().find(|known| *known == kind);
    Ok(match (kind, amount, due_on) {
        (Some(kind), Some(amount), Some(due_on)) if faults.is_empty() => Ok(Claim {
            kind,
            factory: party.filter(|_| kind == "factory"),
            forwarder: party.filter(|_| kind == "forwarder"),
            payee,
            shipment,
            currency,
            amount: currency.round(amount),
            due_on,
            invoice_owed,
            vat_invoice,
            words,
        }),
        _ => Err(faults),
    })
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    crate::finance::reach::may_ask(&by)?;
    let named = OrderNumber::parse(form.fields.get("order"));
    let act = match &named {
        Some(number) => orders::begin(&app, by.clone(), number, &form.key).await,
        None => Err(Error::NotFound),
    };
    let mut act = match act {
        Err(Error::NotFound) => {
            let faults = Faults::one("order", T::receipt_no_such_order);
            let mut db = app.db.acquire().await?;
            let typed = (form.fields, faults);
            let html = form_page::draw(&mut db, page, &by, None, typed).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
        other => other?,
    };
    act.must(Deed::AskPayable)?;
    let claim = match read(&mut act, &form.fields).await? {
        Ok(claim) => claim,
        Err(faults) => {
            let typed = (form.fields, faults);
            let html = form_page::draw(act.tx(), page, &by, None, typed).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
    };
    let number = write(&mut act, &claim).await?;
    let answer = Answer::to(format!("/payables/{number}")).say(page.t.payable_asked(&number));
    Ok(act.finish(answer).await?.into_response())
}

/// The act: written and asked in one.
pub async fn write(act: &mut OrderAct, claim: &Claim) -> Result<String> {
    act.must(Deed::AskPayable)?;
    let (year, by) = (act.today().year(), act.by.clone());
    let number = receipt::next_number(act, "payable", 'P', year).await?;
    sql::insert(act, &number, claim).await?;
    let payable = sql::find(act.tx(), &by, &number).await?;
    ask(act, &payable).await?;
    Ok(number)
}

/// What the approval belongs to, with the facts its card shows.
pub(super) async fn asked(act: &mut OrderAct, payable: &Payable) -> Result<approvals::Content> {
    let rule = level_rule(act.tx(), payable.claim.currency).await?;
    let accounts = payment_sql::hold_accounts(act, payable).await?;
    Ok(approvals::Content {
        subject: SUBJECT,
        id: payable.id,
        revision: 1,
        hash: payable.claim.hash(&accounts)?,
        authors: payable.authors(),
        summary: serde_json::json!({
            "currency": payable.claim.currency,
            "total": payable.claim.amount,
            "levels": payable.claim.levels(&rule),
            "payable": payable.number,
            "payee": payable.claim.payee,
        }),
    })
}

/// From draft to the manager's desk, with exactly this content; once more where the account changed after her yes.
async fn ask(act: &mut OrderAct, payable: &Payable) -> Result<()> {
    act.must(Deed::AskPayable)?;
    let stage = payable.after(Move::Ask)?;
    let order = act.order.clone();
    orders::comes_late(act, &order).await?;
    let content = asked(act, payable).await?;
    if payable.stage == Stage::Approved && payable.content_hash.as_ref() == Some(&content.hash) {
        return Err(Refusal::StillApproved.into());
    }
    sql::note_asking(act, payable.id, &content.hash).await?;
    sql::save_stage(act, payable, stage).await?;
    approvals::ask(act, &content, 1).await?;
    let event = FinanceEvent::PayableAsked {
        payable: payable.number.clone(),
        payee: payable.claim.payee.clone(),
        total: payable.claim.money(),
    };
    both(act, &payable.thing(), event).await
}

pub(super) async fn save(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let (mut act, payable) = begin(&app, by.clone(), &number, &form).await?;
    act.must(Deed::AskPayable)?;
    payable.after(Move::Edit)?;
    let claim = match read(&mut act, &form.fields).await? {
        Ok(claim) => claim,
        Err(faults) => {
            let typed = (form.fields, faults);
            let html = form_page::draw(act.tx(), page, &by, Some(&payable), typed).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
    };
    if form.rev()? != payable.version || !sql::save(&mut act, &payable, &claim).await? {
        return Err(Refusal::Changed.into());
    }
    let changes = form_page::changes(&payable.claim, &claim);
    if !changes.is_empty() {
        let event = FinanceEvent::PayableChanged {
            payable: payable.number.clone(),
            changes,
        };
        both(&mut act, &payable.thing(), event).await?;
    }
    let answer = Answer::to(payable.url()).tell(page.t, T::web_saved);
    Ok(act.finish(answer).await?.into_response())
}

pub(super) async fn submit(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, payable) = begin(&app, by, &number, &form).await?;
    act.must(Deed::AskPayable)?;
    if form.rev.is_some_and(|rev| rev != payable.version) {
        return Err(Refusal::Changed.into());
    }
    ask(&mut act, &payable).await?;
    let answer = Answer::to(payable.url()).say(page.t.payable_asked(&payable.number));
    act.finish(answer).await
}

pub(super) async fn withdraw(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, payable) = begin(&app, by.clone(), &number, &form).await?;
    act.must(Deed::WithdrawSubmission.of(payable.hands(by.person())))?;
    let stage = payable.after(Move::Withdraw)?;
    approvals::withdraw(&mut act, SUBJECT, payable.id).await?;
    sql::save_stage(&mut act, &payable, stage).await?;
    let event = FinanceEvent::PayableWithdrawn {
        payable: payable.number.clone(),
    };
    both(&mut act, &payable.thing(), event).await?;
    let answer = Answer::to(payable.url()).tell(page.t, T::payable_withdrawn);
    act.finish(answer).await
}

/// Takes a returned payable up again, with the manager's words on top.
pub(super) async fn revise(
    State(app): State<App>,
    by: By,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, payable) = begin(&app, by.clone(), &number, &form).await?;
    act.must(Deed::ReviseReturned.of(payable.hands(by.person())))?;
    let stage: Stage = payable.after(Move::Revise)?;
    sql::save_stage(&mut act, &payable, stage).await?;
    let event = FinanceEvent::PayableRevised {
        payable: payable.number.clone(),
    };
    both(&mut act, &payable.thing(), event).await?;
    act.finish(Answer::to(format!("{}/edit", payable.url())))
        .await
}
