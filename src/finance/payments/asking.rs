//! Asking for the balance 催款: the operator says how much is due until when; the customer is owed that word with the
//! copy of the transport document, so it is a relay like any other.

use super::page::must_ask;
use super::sql;
use crate::base::calendar::Calendar;
use crate::base::tongues::both;
use crate::base::{Audience, By, Money, OrderNumber, Party, T, format, typed};
use crate::finance::receipt;
use crate::history::Event;
use crate::history::finance_event::FinanceEvent;
use crate::orders::{self, Order, OrderAct};
use crate::relay::{self, Fact, Heard};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

/// Step 8: the balance is asked against the copy of the transport document.
const STEP: i16 = 8;
/// The relay of an asking.
const ASKED: &str = "balance_asked";

#[derive(Template)]
#[template(path = "payment/ask.html")]
pub(super) struct AskPage {
    pub page: Page,
    pub order: Order,
    /// A copy of the transport document is in the file already.
    pub has_copy: bool,
    pub fields: Fields,
    pub faults: Faults,
}

async fn draw(
    db: &mut PgConnection,
    page: Page,
    order: &Order,
    (fields, faults): (Fields, Faults),
) -> Result<Html<String>> {
    let page = AskPage {
        has_copy: sql::transport_copy(db, order.id()).await?.is_some(),
        order: order.clone(),
        fields,
        faults,
        page,
    };
    Ok(Html(page.render()?))
}

async fn open_amount(db: &mut PgConnection, order: &Order) -> Result<Decimal> {
    let agreed = sql::agreed(db, order).await?;
    let standing = sql::standing(db, order).await?;
    Ok(open(agreed.as_ref(), &standing))
}

fn open(agreed: Option<&sql::Agreed>, standing: &sql::Standing) -> Decimal {
    let total = agreed.map(|agreed| agreed.owed).unwrap_or_default();
    (total - standing.money_in).max(Decimal::ZERO)
}

/// What a form proposes to ask for.
struct Suggested {
    shipment: String,
    amount: Decimal,
    due_on: Option<NaiveDate>,
}

/// What there is to ask for now: the rest of the first shipment on board, the deposit credited to it; where none is on
/// board, the first instalment that is not all in.
async fn suggestion(db: &mut PgConnection, order: &Order, page: &Page) -> Result<Suggested> {
    let agreed = sql::agreed(db, order).await?;
    let standing = sql::standing(db, order).await?;
    let open = open(agreed.as_ref(), &standing);
    let shipments = sql::shipments(db, order).await?;
    let (lines, _) = super::page::lines(agreed.as_ref(), &standing, &shipments, page);
    let first = lines.into_iter().find(|line| line.open > Decimal::ZERO);
    let sailed = super::page::carried(agreed.as_ref(), &standing, shipments, order)
        .into_iter()
        .filter(|carried| carried.shipped.on_board_on.is_some())
        .map(|carried| {
            (
                carried.due - carried.shipped.received,
                carried.shipped.number,
            )
        })
        .find(|(due, _)| *due > Decimal::ZERO);
    Ok(match (sailed, first) {
        (Some((due, number)), _) => Suggested {
            shipment: number,
            amount: due.min(open),
            due_on: None,
        },
        (None, Some(line)) => Suggested {
            shipment: String::new(),
            amount: line.open.min(open),
            due_on: line.due_on,
        },
        (None, None) => Suggested {
            shipment: String::new(),
            amount: open,
            due_on: None,
        },
    })
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, &by, &number).await?;
    must_ask(&order, &by)?;
    let mut fields = Fields::default();
    let suggested = suggestion(&mut db, &order, &page).await?;
    fields.set("amount", suggested.amount.to_string());
    fields.set("shipment", suggested.shipment);
    let (today, week) = (page.today(), page.today().checked_add_days(Days::new(7)));
    // What is due already is asked for within a week; a day that is still to come is kept.
    let due = suggested.due_on.filter(|day| *day > today).or(week);
    fields.set("due_on", due.unwrap_or(today).to_string());
    draw(&mut db, page, &order, (fields, Faults::default())).await
}

/// What is asked of the customer.
struct Wanted {
    amount: Decimal,
    due_on: NaiveDate,
    shipment: Option<Uuid>,
    words: String,
}

async fn read(act: &mut OrderAct, fields: &Fields) -> Result<std::result::Result<Wanted, Faults>> {
    let mut faults = Faults::default();
    let order = act.order.clone();
    let open = open_amount(act.tx(), &order).await?;
    let currency = order.terms.currency;
    let amount = typed::figure(fields.get("amount")).filter(|amount| {
        *amount > Decimal::ZERO && *amount <= open && currency.round(*amount) == *amount
    });
    if amount.is_none() {
        let open = format::amount(Money::new(open, currency));
        faults.say("amount", move |t| t.payment_ask_amount(&open));
    }
    let today = act.today();
    let due_on = typed::day(fields.get("due_on")).filter(|day| *day >= today);
    if due_on.is_none() {
        faults.add("due_on", T::payment_ask_due);
    }
    let shipment = match fields.get("shipment") {
        "" => None,
        named => {
            let found = receipt::shipment_named(act.tx(), order.id(), named).await?;
            if found.is_none() {
                faults.add("shipment", T::receipt_no_such_shipment);
            }
            found
        }
    };
    let words: String = fields.get("words").chars().take(2_000).collect();
    Ok(match (amount, due_on) {
        (Some(amount), Some(due_on)) if faults.is_empty() => Ok(Wanted {
            amount: currency.round(amount),
            due_on,
            shipment,
            words,
        }),
        _ => Err(faults),
    })
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["amount", "due_on", "shipment", "words"])?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(&app, by.clone(), &number, &form.key).await?;
    must_ask(&act.order, &by)?;
    act.must_move()?;
    let wanted = match read(&mut act, &form.fields).await? {
        Ok(wanted) => wanted,
        Err(faults) => {
            let order = act.order.clone();
            let html = draw(act.tx(), page, &order, (form.fields, faults)).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
    };
    let copy = if let Some(file) = form.files.first() {
        Some(
            orders::keep_file(
                &app,
                &mut act,
                file,
                "transport_document",
                Audience::Customer,
            )
            .await?,
        )
    } else {
        let order = act.order.id();
        sql::transport_copy(act.tx(), order).await?
    };
    let relay = tell(&mut act, &wanted).await?;
    if let Some(copy) = copy {
        relay::sql::attach(act.tx(), relay, copy).await?;
    }
    let url = format!("{}/payments", act.order.url());
    let answer = Answer::to(url).tell(page.t, T::payment_asked);
    Ok(act.finish(answer).await?.into_response())
}

/// The same without a page: all that is open, until this day.
pub(in crate::finance) async fn all(act: &mut OrderAct, due_on: NaiveDate) -> Result<()> {
    let order = act.order.clone();
    let amount = open_amount(act.tx(), &order).await?;
    part(act, amount, due_on).await
}

/// Or this much of it.
pub(in crate::finance) async fn part(
    act: &mut OrderAct,
    amount: Decimal,
    due_on: NaiveDate,
) -> Result<()> {
    let by = act.by.clone();
    must_ask(&act.order, &by)?;
    act.must_move()?;
    let wanted = Wanted {
        amount,
        due_on,
        shipment: None,
        words: String::new(),
    };
    tell(act, &wanted).await?;
    Ok(())
}

/// The act: the asking stands until that much is in; the customer is owed the word.
#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
async fn tell(act: &mut OrderAct, wanted: &Wanted) -> Result<crate::base::RelayId> {
    let order = act.order.clone();
    let standing = sql::standing(act.tx(), &order).await?;
    let whole = standing.money_in + wanted.amount;
    let target = (whole - standing.tolerance).max(standing.money_in + Decimal::new(1, 4));
    sql::insert_asking(act, (wanted.amount, target), wanted.shipment, wanted.due_on).await?;
    let money = Money::new(wanted.amount, order.terms.currency);
    let event = FinanceEvent::BalanceAsked {
        money,
        due_on: wanted.due_on.to_string(),
    };
    act.happened(&Event::Finance(event)).await?;
    // What goes to a customer is written in English, whatever the writer's own language is.
    let t = T(crate::base::Lang::En);
    let line = t.payment_relay_line(
        format::amount(money),
        format::day_paper(wanted.due_on),
        &order.number,
    );
    let days = relay::sql::calendar_days(act.tx()).await?;
    let calendar = Calendar::new(act.zone(), days);
    let (at, person) = (act.by.at, act.by.person());
    let heard = Heard {
        from: Party::Us,
        to: vec![Party::Customer.into()],
        makers: Vec::new(),
        subject: both(|t| t.payment_relay_subject(&order.number)),
        lines: vec![line.clone()],
        words: if wanted.words.is_empty() {
            line
        } else {
            wanted.words.clone()
        },
        words_lang: "en".to_owned(),
        urgent: false,
        answer_asked: false,
        channel: String::new(),
        due_at: relay::due(&calendar, at, false),
        step: STEP,
    };
    act.happened(&Event::RelayHeard {
        from: heard.from.code().to_owned(),
        to: Party::Customer.code().to_owned(),
        words: heard.words.chars().take(300).collect(),
    })
    .await?;
    let fact = Fact {
        kind: ASKED,
        key: format!("{}/{}", order.number, act.id()),
        heard,
    };
    let (relay, _) = relay::fact::insert(act.tx(), order.id(), &fact, person, at).await?;
    Ok(relay)
}

/// All that was asked for is in: who has paid has heard.
pub(in crate::finance) async fn answered(act: &mut OrderAct, payer: &str) -> Result<()> {
    if act.facts().await?.finance.asked_until.is_some() {
        return Ok(());
    }
    let (order, number) = (act.order.id(), act.order.number.to_string());
    let by = (act.by.person(), act.by.at);
    let said = (Party::Customer, payer, "");
    if relay::fact::answered(act.tx(), order, (ASKED, &number), said, by).await? {
        act.happened(&Event::RelayAcknowledged {
            line: 0,
            from: Party::Customer.code().to_owned(),
            who: payer.to_owned(),
        })
        .await?;
    }
    Ok(())
}
