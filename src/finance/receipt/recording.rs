//! Recording 登记: a receipt typed from the bank's slip, with the slip as evidence.

use super::record::Receipt;
use super::sql::{self, Fresh};
use crate::base::{Audience, By, Currency, FileId, Money, T, typed};
use crate::documents::files;
use crate::finance::reach;
use crate::history::finance_event::FinanceEvent;
use crate::history::{self, Act, Event};
use crate::people::Deed;
use crate::records::read::Reading;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

const FIELDS: [&str; 8] = [
    "account",
    "received_on",
    "amount",
    "charges",
    "payer",
    "customer",
    "bank_reference",
    "message",
];

#[derive(Template)]
#[template(path = "receipt/new.html")]
pub(super) struct NewPage {
    pub page: Page,
    pub fields: Fields,
    pub faults: Faults,
    pub accounts: Vec<(String, String)>,
    pub customers: Vec<(String, String)>,
}

pub(super) async fn blank(State(app): State<App>, by: By, page: Page) -> Result<Html<String>> {
    reach::must(&by, Deed::RecordReceipt)?;
    let mut db = app.db.acquire().await?;
    let mut fields = Fields::default();
    fields.set("received_on", page.today().to_string());
    draw(&mut db, page, fields, Faults::default()).await
}

async fn draw(
    db: &mut PgConnection,
    page: Page,
    fields: Fields,
    faults: Faults,
) -> Result<Html<String>> {
    let page = NewPage {
        accounts: account_choices(db).await?,
        customers: sql::customers(db).await?,
        page,
        fields,
        faults,
    };
    Ok(Html(page.render()?))
}

/// Our accounts as choices: `甬屿美元户 USD`.
pub(super) async fn account_choices(db: &mut PgConnection) -> Result<Vec<(String, String)>> {
    let all = sql::accounts(db).await?;
    Ok(all
        .into_iter()
        .map(|(id, name, currency)| (id.to_string(), format!("{name} · {currency}")))
        .collect())
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    form: Keyed,
) -> Result<Response> {
    reach::must(&by, Deed::RecordReceipt)?;
    form.only(&FIELDS)?;
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    let read = read(act.tx(), &form.fields, page.today()).await?;
    let written = match read {
        Ok(mut fresh) => {
            if let Some(file) = form.files.first() {
                let kept = files::store(
                    &app,
                    act.tx(),
                    (None, &by),
                    file,
                    "bank_slip",
                    Audience::Internal,
                )
                .await?;
                fresh.evidence = Some(kept.id);
            }
            record(&mut act, &fresh, page.today().year(), None).await
        }
        Err(faults) => Err(Error::Invalid(faults)),
    };
    match written {
        Ok(number) => {
            let answer =
                Answer::to(format!("/receipts/{number}")).say(page.t.receipt_recorded(&number));
            Ok(act.finish(answer).await?.into_response())
        }
        Err(Error::Invalid(faults)) => {
            drop(act);
            let mut db = app.db.acquire().await?;
            let html = draw(&mut db, page, form.fields, faults).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(error) => Err(error),
    }
}

/// The same without a page: what is typed is read by the same rules, the account by its name.
pub(in crate::finance) async fn typed(
    act: &mut Act,
    mut fields: Fields,
    today: NaiveDate,
) -> Result<String> {
    let all = sql::accounts(act.tx()).await?;
    let named = all
        .iter()
        .find(|(_, name, _)| name == fields.get("account"));
    let account = named.map(|(id, ..)| id.to_string()).unwrap_or_default();
    fields.set("account", account);
    let fresh = read(act.tx(), &fields, today).await??;
    record(act, &fresh, today.year(), None).await
}

/// The act: a number of the year, the row, its first event. `file` names the bank's list it was imported from.
pub(super) async fn record(
    act: &mut Act,
    fresh: &Fresh,
    year: i32,
    file: Option<&str>,
) -> Result<String> {
    reach::must(&act.by, Deed::RecordReceipt)?;
    let receipt = sql::next_number(act, "receipt", 'R', year).await?;
    let thing = sql::insert(act, &receipt, fresh).await?;
    let (total, payer) = (
        Money::new(fresh.amount, fresh.currency),
        fresh.payer.clone(),
    );
    let event = match file {
        None => FinanceEvent::ReceiptRecorded {
            receipt: receipt.clone(),
            total,
            payer,
        },
        Some(file) => FinanceEvent::ReceiptImported {
            receipt: receipt.clone(),
            total,
            payer,
            file: file.to_owned(),
        },
    };
    act.record(&thing, &Event::Finance(event)).await?;
    Ok(receipt)
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, field by field, in the order of the page"
)]
async fn read(
    db: &mut PgConnection,
    fields: &Fields,
    today: NaiveDate,
) -> Result<std::result::Result<Fresh, Faults>> {
    let mut faults = Faults::default();
    let accounts = sql::accounts(db).await?;
    let chosen = fields.get("account").parse::<Uuid>().ok();
    let account = accounts.iter().find(|(id, ..)| Some(*id) == chosen);
    let currency = account.and_then(|(_, _, currency)| Currency::parse(currency));
    if currency.is_none() {
        faults.add("account", T::receipt_which_account);
    }
    let customer = match fields.get("customer") {
        "" => None,
        named => {
            let found = sql::customer_named(db, named).await?;
            if found.is_none() {
                faults.add("customer", T::receipt_no_such_customer);
            }
            found
        }
    };
    let currency = currency.unwrap_or(Currency::USD);
    let whole = |amount: &Decimal| currency.round(*amount) == *amount;
    let amount = typed::figure(fields.get("amount"))
        .filter(whole)
        .filter(|amount| *amount > Decimal::ZERO && *amount < Decimal::from(100_000_000_000_i64));
    if amount.is_none() {
        faults.add("amount", T::receipt_what_amount);
    }
    let charges = match fields.get("charges") {
        "" => Some(Decimal::ZERO),
        typed_text => typed::figure(typed_text)
            .filter(whole)
            .filter(|charges| *charges >= Decimal::ZERO && *charges < Decimal::from(1_000_000)),
    };
    if charges.is_none() {
        faults.add("charges", T::receipt_what_charges);
    }
    let received_on = typed::day(fields.get("received_on")).filter(|day| *day <= today);
    if received_on.is_none() {
        faults.add("received_on", T::receipt_what_day);
    }
    let mut form = Reading::new(fields, &mut faults);
    let payer = form.needed("payer", 160);
    let bank_reference = form.needed("bank_reference", 60);
    let message = form.text("message", 400);
    if let Some((id, ..)) = account
        && let Some(known) = sql::by_reference(db, *id, &bank_reference).await?
    {
        faults.say("bank_reference", move |t| t.receipt_recorded_as(&known));
    }
    Ok(match (account, amount, charges, received_on) {
        (Some((account, ..)), Some(amount), Some(charges), Some(received_on))
            if faults.is_empty() =>
        {
            Ok(Fresh {
                customer,
                received_on,
                currency,
                amount: currency.round(amount),
                charges: currency.round(charges),
                payer,
                account: *account,
                bank_reference,
                message,
                evidence: None,
                imported: false,
            })
        }
        _ => Err(faults),
    })
}

/// The slip, as it was handed in.
pub(super) async fn slip(db: &mut PgConnection, receipt: &Receipt) -> Result<files::StoredFile> {
    let id: FileId = receipt.evidence.ok_or(Error::NotFound)?;
    files::find_loose(db, id).await?.ok_or(Error::NotFound)
}
