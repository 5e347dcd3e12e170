//! Paying 付款: by finance, never by who approved it; taken back by a row; or the payable made void before it is paid.

use super::asking::{begin, both};
use super::payment_sql::{self, Fresh};
use super::record::{Account, Payable, Refusal};
use super::sql;
use super::stage::Move;
use crate::base::{By, T};
use crate::history::finance_event::FinanceEvent;
use crate::orders::OrderAct;
use crate::people::Deed;
use crate::records::read::Reading;
use crate::web::{Answer, App, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "payable/pay.html")]
pub(super) struct PayPage {
    pub page: Page,
    pub payable: Payable,
    pub accounts: Vec<Account>,
    pub fields: Fields,
    pub faults: Faults,
}

impl PayPage {
    pub(super) fn choices(&self) -> Vec<(String, String)> {
        let line = |one: &Account| (one.id.to_string(), one.line());
        self.accounts.iter().map(line).collect()
    }
}

async fn draw(
    db: &mut PgConnection,
    page: Page,
    payable: Payable,
    (fields, faults): (Fields, Faults),
) -> Result<Html<String>> {
    let page = PayPage {
        accounts: payment_sql::accounts(db, &payable).await?,
        fields,
        faults,
        payable,
        page,
    };
    Ok(Html(page.render()?))
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let payable = sql::find(&mut db, &by, &number).await?;
    let order = crate::orders::find(&mut db, &by, &payable.order).await?;
    order.must(&by, Deed::PayPayable.of(payable.hands(by.person())))?;
    payable.after(Move::Pay)?;
    must_stand(&payable, &payment_sql::accounts(&mut db, &payable).await?)?;
    let mut fields = Fields::default();
    fields.set("paid_on", page.today().to_string());
    draw(&mut db, page, payable, (fields, Faults::default())).await
}

/// The yes was given to these accounts; one that changed since wants another yes.
fn must_stand(payable: &Payable, accounts: &[Account]) -> Result<()> {
    if payable.still_asked(accounts)? {
        Ok(())
    } else {
        Err(Refusal::AccountChanged(payable.stage).into())
    }
}

fn read(fields: &Fields, accounts: &[Account], today: NaiveDate) -> Result<Fresh, Faults> {
    let mut faults = Faults::default();
    let mut form = Reading::new(fields, &mut faults);
    let bank = form.needed("bank", 120);
    let bank_reference = form.needed("bank_reference", 60);
    let paid_on = form.day("paid_on").filter(|day| *day <= today);
    let chosen = fields.get("account");
    let account = accounts.iter().find(|one| one.id.to_string() == chosen);
    if account.is_none() && !accounts.is_empty() {
        faults.add("account", T::payable_which_account);
    }
    match paid_on {
        Some(paid_on) if faults.is_empty() => Ok(Fresh {
            paid_on,
            bank,
            bank_reference,
            account: account.cloned(),
        }),
        _ => {
            if paid_on.is_none() && faults.of("paid_on").is_none() {
                faults.add("paid_on", T::payable_which_paid_on);
            }
            Err(faults)
        }
    }
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["account", "bank", "bank_reference", "paid_on"])?;
    let (mut act, payable) = begin(&app, by.clone(), &number, &form).await?;
    act.must(Deed::PayPayable.of(payable.hands(by.person())))?;
    payable.after(Move::Pay)?;
    unchanged(&payable, &form)?;
    let accounts = payment_sql::hold_accounts(&mut act, &payable).await?;
    must_stand(&payable, &accounts)?;
    let fresh = match read(&form.fields, &accounts, page.today()) {
        Ok(fresh) => fresh,
        Err(faults) => {
            let typed = (form.fields, faults);
            let html = draw(act.tx(), page, payable, typed).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
    };
    write(&mut act, &payable, &fresh).await?;
    let answer = Answer::to(payable.url()).tell(page.t, T::payable_paid);
    Ok(act.finish(answer).await?.into_response())
}

/// What she read is what she pays, takes back or makes void.
fn unchanged(payable: &Payable, form: &Keyed) -> Result<()> {
    if form.rev.is_some_and(|rev| rev != payable.version) {
        return Err(Refusal::Changed.into());
    }
    Ok(())
}

/// The act: the money has left.
async fn write(act: &mut OrderAct, payable: &Payable, fresh: &Fresh) -> Result<()> {
    let person = act.by.person();
    act.must(Deed::PayPayable.of(payable.hands(person)))?;
    let stage = payable.after(Move::Pay)?;
    sql::save_stage(act, payable, stage).await?;
    payment_sql::insert(act, payable, fresh).await?;
    let event = FinanceEvent::PayablePaid {
        payable: payable.number.clone(),
        money: payable.claim.money(),
        paid_on: fresh.paid_on.to_string(),
    };
    both(act, &payable.thing(), event).await
}

/// The same without a page: to the only account that is known, or to none where none is.
pub(in crate::finance) async fn typed(
    act: &mut OrderAct,
    number: &str,
    mut fields: Fields,
) -> Result<()> {
    let by = act.by.clone();
    let payable = sql::find(act.tx(), &by, number).await?;
    let accounts = payment_sql::hold_accounts(act, &payable).await?;
    must_stand(&payable, &accounts)?;
    if let [account] = accounts.as_slice() {
        fields.set("account", account.id.to_string());
    }
    let fresh = read(&fields, &accounts, act.today())?;
    write(act, &payable, &fresh).await
}

/// The question before a payment is taken back or a payable made void.
#[derive(Template)]
#[template(path = "payable/question.html")]
pub(super) struct QuestionPage {
    pub page: Page,
    pub payable: Payable,
    /// reversal or void
    pub act: &'static str,
    pub words: String,
    pub faults: Faults,
}

impl QuestionPage {
    pub(super) fn question(&self) -> String {
        if self.act == "void" {
            self.page.t.payable_void_question(&self.payable.number)
        } else {
            self.page.t.payable_reverse_question(&self.payable.number)
        }
    }

    pub(super) fn verb(&self) -> &'static str {
        if self.act == "void" {
            self.page.t.payable_void()
        } else {
            self.page.t.payable_reverse()
        }
    }
}

fn question(
    page: Page,
    payable: Payable,
    act: &'static str,
    faults: Faults,
) -> Result<Html<String>> {
    let page = QuestionPage {
        page,
        payable,
        act,
        words: String::new(),
        faults,
    };
    Ok(Html(page.render()?))
}

async fn asked_of(
    app: &App,
    by: &By,
    page: Page,
    number: &str,
    (act, step): (&'static str, Move),
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let payable = sql::find(&mut db, by, number).await?;
    let order = crate::orders::find(&mut db, by, &payable.order).await?;
    order.must(by, step.deed())?;
    payable.after(step)?;
    question(page, payable, act, Faults::default())
}

pub(super) async fn ask_reversal(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    asked_of(&app, &by, page, &number, ("reversal", Move::Reverse)).await
}

pub(super) async fn ask_void(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    asked_of(&app, &by, page, &number, ("void", Move::Void)).await
}

pub(super) async fn reverse(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    take_back(&app, by, page, &number, (form, "reversal", Move::Reverse)).await
}

pub(super) async fn void(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    take_back(&app, by, page, &number, (form, "void", Move::Void)).await
}

async fn take_back(
    app: &App,
    by: By,
    page: Page,
    number: &str,
    (form, name, step): (Keyed, &'static str, Move),
) -> Result<Response> {
    form.only(&["words"])?;
    let (mut act, payable) = begin(app, by, number, &form).await?;
    act.must(step.deed())?;
    let stage = payable.after(step)?;
    unchanged(&payable, &form)?;
    let words: String = form.fields.get("words").chars().take(400).collect();
    if words.is_empty() {
        let faults = Faults::one("words", T::payment_why_missing);
        let html = question(page, payable, name, faults)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    sql::save_stage(&mut act, &payable, stage).await?;
    let number = payable.number.clone();
    let event = if step == Move::Reverse {
        payment_sql::undo(&mut act, payable.id, &words).await?;
        FinanceEvent::PaymentReversed {
            payable: number,
            money: payable.claim.money(),
            words,
        }
    } else {
        FinanceEvent::PayableVoided {
            payable: number,
            words,
        }
    };
    both(&mut act, &payable.thing(), event).await?;
    let said = if step == Move::Reverse {
        T::payable_reversed
    } else {
        T::payable_voided
    };
    let answer = Answer::to(payable.url()).tell(page.t, said);
    Ok(act.finish(answer).await?.into_response())
}
