//! Drawing 支取 and the three ends of a credit: used up, expired on its day, cancelled.

use super::credit::{LetterOfCredit, Refusal};
use super::drawing_sql::{self, Carried};
use super::held;
use super::question::{self, Input, Kind, Question};
use super::sql;
use super::stage::{Move, Stage};
use crate::base::{By, Money, T};
use crate::history::credit_event::CreditEvent;
use crate::orders::{self, OrderAct};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;
use rust_decimal::Decimal;

fn drawing(page: &Page, credit: &LetterOfCredit, carried: &[Carried]) -> Question {
    let t = page.t;
    let shipments = carried
        .iter()
        .map(|one| {
            let day = one.on_board_on.map(|day| page.day(day)).unwrap_or_default();
            (one.number.clone(), format!("{} {day}", one.number))
        })
        .collect();
    Question {
        title: t.credits_draw().to_owned(),
        sentence: t.credits_draw_sentence(page.money(credit.left())),
        verb: t.credits_draw_verb(),
        action: format!("{}/drawings", credit.url()),
        back: (credit.number.clone(), credit.url()),
        rev: credit.version,
        danger: false,
        points: Vec::new(),
        file: None,
        inputs: vec![
            Input::new("shipment", t.credits_shipment(), Kind::Choice(shipments)),
            Input::new(
                "amount",
                t.credits_amount(),
                Kind::Money(credit.currency().to_string()),
            ),
            Input::new("day", t.credits_drawn_on(), Kind::Day).value(page.today().to_string()),
        ],
    }
}

pub(super) async fn ask_drawing(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, credit) = held::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::DrawCredit)?;
    credit.after(Move::Draw)?;
    let carried = drawing_sql::shipments(&mut db, credit.id).await?;
    drawing(&page, &credit, &carried).draw(page)
}

pub(super) async fn draw(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["shipment", "amount", "day"])?;
    let mut db = app.db.acquire().await?;
    let (order, shown) = held::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::DrawCredit)?;
    let carried = drawing_sql::shipments(&mut db, shown.id).await?;
    drop(db);
    let mut faults = Faults::default();
    let amount = question::figure(&form.fields, "amount", shown.currency(), &mut faults);
    let day = question::past_day(&form.fields, "day", page.today(), &mut faults);
    if form.fields.get("shipment").is_empty() {
        faults.add("shipment", T::credits_fault_shipment);
    }
    if !faults.is_empty() {
        return drawing(&page, &shown, &carried).again(page, &form.fields, faults);
    }
    let (mut act, credit) = held::begin(&app, by, &number, (&form, Deed::DrawCredit)).await?;
    let shipment = form.fields.get("shipment");
    record(&mut act, &credit, shipment, (amount, day)).await?;
    let answer = Answer::to(credit.url()).tell(page.t, T::web_saved);
    Ok(act.finish(answer).await?.into_response())
}

/// The act: never more than the credit has left; what is used up ends by itself.
async fn record(
    act: &mut OrderAct,
    credit: &LetterOfCredit,
    shipment: &str,
    (amount, day): (Decimal, NaiveDate),
) -> Result<()> {
    act.must(Deed::DrawCredit)?;
    let stage = credit.after(Move::Draw)?;
    let left = credit.left();
    if amount > left.amount {
        return Err(Refusal::Overdrawn { left }.into());
    }
    let carried = drawing_sql::shipments(act.tx(), credit.id).await?;
    let carried = carried
        .into_iter()
        .find(|one| one.number == shipment)
        .ok_or(Refusal::ForeignShipment)?;
    drawing_sql::draw(act, credit.id, carried.id, amount, day).await?;
    sql::save_stage(act, credit, stage).await?;
    let event = CreditEvent::CreditDrawn {
        credit: credit.number.clone(),
        shipment: carried.number,
    };
    held::happened(act, credit, event).await?;
    let after = LetterOfCredit {
        stage,
        drawn: credit.drawn + amount,
        version: credit.version + 1,
        ..credit.clone()
    };
    if after.is_used_up() {
        sql::save_stage(act, &after, after.after(Move::Exhaust)?).await?;
        let event = CreditEvent::CreditExhausted {
            credit: credit.number.clone(),
        };
        held::happened(act, credit, event).await?;
    }
    Ok(())
}

fn cancelling(page: &Page, credit: &LetterOfCredit) -> Question {
    let t = page.t;
    Question {
        title: t.credits_cancel_question(&credit.number),
        sentence: t.credits_cancel_sentence().to_owned(),
        verb: t.credits_cancel_verb(),
        action: format!("{}/cancellation", credit.url()),
        back: (credit.number.clone(), credit.url()),
        rev: credit.version,
        danger: true,
        points: Vec::new(),
        file: None,
        inputs: vec![Input::new("words", t.orders_reason(), Kind::Area)],
    }
}

pub(super) async fn ask_cancellation(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, credit) = held::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::CancelCredit)?;
    credit.after(Move::Cancel)?;
    cancelling(&page, &credit).draw(page)
}

pub(super) async fn cancel(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["words"])?;
    let mut db = app.db.acquire().await?;
    let (order, shown) = held::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::CancelCredit)?;
    drop(db);
    let mut faults = Faults::default();
    let reason = question::words(&form.fields, "words", T::orders_reason_missing, &mut faults);
    if !faults.is_empty() {
        return cancelling(&page, &shown).again(page, &form.fields, faults);
    }
    let (mut act, credit) = held::begin(&app, by, &number, (&form, Deed::CancelCredit)).await?;
    end(&mut act, &credit, &reason).await?;
    let answer = Answer::to(credit.url()).tell(page.t, T::web_saved);
    Ok(act.finish(answer).await?.into_response())
}

/// The act: nothing is drawn under it any more; the right was asked before.
pub(super) async fn end(act: &mut OrderAct, credit: &LetterOfCredit, reason: &str) -> Result<()> {
    let stage = credit.after(Move::Cancel)?;
    sql::note_reason(act, credit.id, reason).await?;
    sql::save_stage(act, credit, stage).await?;
    let event = CreditEvent::CreditCancelled {
        credit: credit.number.clone(),
        reason: reason.to_owned(),
    };
    held::happened(act, credit, event).await
}

/// The house's act on the expiry day. Idempotent: a credit that was extended meanwhile, or is over, stays as it is.
pub async fn expire(app: &App, by: By, number: &str) -> Result<()> {
    let mut db = app.db.acquire().await?;
    let (order, seen) = held::find(&mut db, &by, number).await?;
    let orders = sql::order_ids(&mut db, seen.id).await?;
    drop(db);
    let mut act = orders::begin_house_shared(app, by, &order.number, &orders).await?;
    let credit = sql::lock(&mut act, number).await?.ok_or(Error::NotFound)?;
    let bank = sql::closed_days(act.tx()).await?;
    let today = act.today();
    let past = credit.expiry_on.is_some_and(|day| bank.from(day) < today)
        && !sql::has_open_set(act.tx(), credit.id).await?;
    let (true, Some(stage)) = (past, credit.stage.after(Move::Expire)) else {
        return Ok(());
    };
    sql::save_stage(&mut act, &credit, stage).await?;
    let event = CreditEvent::CreditExpired {
        credit: credit.number.clone(),
    };
    held::happened(&mut act, &credit, event).await?;
    act.finish(Answer::to("/")).await?;
    Ok(())
}

/// What may still be drawn where the credit is in use.
pub(super) fn left(credit: &LetterOfCredit) -> Option<Money> {
    matches!(credit.stage, Stage::Workable | Stage::Drawn).then(|| credit.left())
}
