//! The acts on an issue as forms: read what was typed, act, lead back to the thread.

use super::acts;
use super::questions::{Spot, draw};
use super::show;
use super::stage::{Move, Stage};
use super::thing::{Agreed, Bearer, Refusal};
use super::told;
use crate::base::{Audience, By, Money, OrderNumber, T, typed};
use crate::orders::{self, OrderAct};
use crate::production::outside::{self, Said};
use crate::relay::Addressee;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use rust_decimal::Decimal;

type Asked = (State<App>, By, Page, Path<Spot>);

/// The order locked, and nobody has changed the issue since the page was read.
async fn begin(
    app: &App,
    by: By,
    (number, issue): &Spot,
    form: &Keyed,
    step: Move,
) -> Result<OrderAct> {
    let order = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(app, by, &order, &form.key).await?;
    let held = acts::find(&mut act, *issue).await?;
    act.must(step.deed())?;
    if form.rev.is_some_and(|rev| rev != held.version) {
        return Err(Refusal::Meanwhile { number: *issue }.into());
    }
    Ok(act)
}

async fn done(act: OrderAct, t: T, issue: i32, words: fn(T) -> &'static str) -> Result<Response> {
    let url = show::url(&act.order, issue);
    Ok(act
        .finish(Answer::to(url).tell(t, words))
        .await?
        .into_response())
}

pub(super) async fn hand_to_sales(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<Spot>,
    form: Keyed,
) -> Result<Response> {
    form.only(&[])?;
    let mut act = begin(&app, by, &spot, &form, Move::HandToSales).await?;
    acts::hand_to_sales(&mut act, spot.1).await?;
    done(act, page.t, spot.1, T::issues_handed).await
}

pub(super) async fn close(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<Spot>,
    form: Keyed,
) -> Result<Response> {
    form.only(&[])?;
    let mut act = begin(&app, by, &spot, &form, Move::Close).await?;
    acts::close(&mut act, spot.1).await?;
    done(act, page.t, spot.1, T::issues_closed).await
}

pub(super) async fn ask_question((State(app), by, page, Path(spot)): Asked) -> Result<Response> {
    draw(&app, &by, page, &spot, Move::AskCustomer, None).await
}

pub(super) async fn ask_agreement((State(app), by, page, Path(spot)): Asked) -> Result<Response> {
    draw(&app, &by, page, &spot, Move::Agree, None).await
}

pub(super) async fn ask_conveyance((State(app), by, page, Path(spot)): Asked) -> Result<Response> {
    draw(&app, &by, page, &spot, Move::Convey, None).await
}

pub(super) async fn ask_acknowledgement(
    (State(app), by, page, Path(spot)): Asked,
) -> Result<Response> {
    draw(&app, &by, page, &spot, Move::Acknowledge, None).await
}

pub(super) async fn ask_resolution((State(app), by, page, Path(spot)): Asked) -> Result<Response> {
    draw(&app, &by, page, &spot, Move::Resolve, None).await
}

pub(super) async fn ask_drop((State(app), by, page, Path(spot)): Asked) -> Result<Response> {
    draw(&app, &by, page, &spot, Move::Drop, None).await
}

/// The one text that four of the forms ask for.
fn words(fields: &Fields, missing: fn(T) -> &'static str) -> Result<String, Faults> {
    let mut faults = Faults::default();
    let words = outside::text(fields, "words", 2_000, &mut faults, missing);
    if faults.is_empty() {
        Ok(words)
    } else {
        Err(faults)
    }
}

pub(super) async fn question(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<Spot>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["words"])?;
    let words = match words(&form.fields, T::issues_question_missing) {
        Ok(words) => words,
        Err(faults) => {
            let typed = Some((form.fields, faults));
            return draw(&app, &by, page, &spot, Move::AskCustomer, typed).await;
        }
    };
    let mut act = begin(&app, by, &spot, &form, Move::AskCustomer).await?;
    acts::ask_customer(&mut act, spot.1, &words).await?;
    done(act, page.t, spot.1, T::issues_asked).await
}

pub(super) async fn conveyance(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<Spot>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["words"])?;
    let words = match words(&form.fields, T::issues_words_missing) {
        Ok(words) => words,
        Err(faults) => {
            let typed = Some((form.fields, faults));
            return draw(&app, &by, page, &spot, Move::Convey, typed).await;
        }
    };
    let mut act = begin(&app, by, &spot, &form, Move::Convey).await?;
    acts::convey(&mut act, spot.1, &words).await?;
    done(act, page.t, spot.1, T::issues_conveyed).await
}

pub(super) async fn resolution(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<Spot>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["words"])?;
    let words = match words(&form.fields, T::issues_words_missing) {
        Ok(words) => words,
        Err(faults) => {
            let typed = Some((form.fields, faults));
            return draw(&app, &by, page, &spot, Move::Resolve, typed).await;
        }
    };
    let mut act = begin(&app, by, &spot, &form, Move::Resolve).await?;
    acts::resolve(&mut act, spot.1, &words).await?;
    done(act, page.t, spot.1, T::issues_resolved).await
}

pub(super) async fn drop_issue(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<Spot>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["words"])?;
    let words = match words(&form.fields, T::orders_reason_missing) {
        Ok(words) => words,
        Err(faults) => {
            let typed = Some((form.fields, faults));
            return draw(&app, &by, page, &spot, Move::Drop, typed).await;
        }
    };
    let mut act = begin(&app, by, &spot, &form, Move::Drop).await?;
    acts::drop_issue(&mut act, spot.1, &words).await?;
    done(act, page.t, spot.1, T::issues_dropped).await
}

pub(super) async fn acknowledgement(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<Spot>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["who", "channel", "day", "words", "factory"])?;
    let mut faults = Faults::default();
    let said: Said = outside::read(&form.fields, &form.files, page.today(), &mut faults);
    let named = Addressee::parse(form.fields.get("factory"));
    let mut db = app.db.acquire().await?;
    let (order, issue) = show::find(&mut db, &by, &spot).await?;
    let told = told::told(&mut db, &order, &issue).await?;
    drop(db);
    if told::whose(&told, named).is_none() {
        faults.add("factory", T::issues_which_factory);
    }
    if !faults.is_empty() {
        let typed = Some((form.fields, faults));
        return draw(&app, &by, page, &spot, Move::Acknowledge, typed).await;
    }
    let mut act = begin(&app, by, &spot, &form, Move::Acknowledge).await?;
    let files = outside::keep(
        &app,
        &mut act,
        &form.files,
        "correspondence",
        Audience::Internal,
    )
    .await?;
    acts::acknowledge(&mut act, spot.1, (named, &said), &files).await?;
    done(act, page.t, spot.1, T::issues_acknowledged).await
}

pub(super) async fn agreement(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<Spot>,
    form: Keyed,
) -> Result<Response> {
    form.only(&[
        "result", "bearer", "amount", "currency", "who", "channel", "day", "words",
    ])?;
    let mut db = app.db.acquire().await?;
    let (order, issue) = show::find(&mut db, &by, &spot).await?;
    order.must(&by, Move::Agree.deed())?;
    drop(db);
    let asked = issue.stage == Stage::WithCustomer;
    let agreed = match read_agreement(&form, asked, (page.at, page.today())) {
        Ok(agreed) => agreed,
        Err(faults) => {
            let typed = Some((form.fields, faults));
            return draw(&app, &by, page, &spot, Move::Agree, typed).await;
        }
    };
    let mut act = begin(&app, by, &spot, &form, Move::Agree).await?;
    let files = outside::keep(
        &app,
        &mut act,
        &form.files,
        "correspondence",
        Audience::Internal,
    )
    .await?;
    acts::agree(&mut act, spot.1, &agreed, &files).await?;
    done(act, page.t, spot.1, T::issues_agreed).await
}

/// Result, bearer, amount, and how the customer said yes or why he was not asked.
fn read_agreement(
    form: &Keyed,
    asked: bool,
    (at, today): (chrono::DateTime<chrono::Utc>, chrono::NaiveDate),
) -> Result<Agreed, Faults> {
    let fields = &form.fields;
    let mut faults = Faults::default();
    let result = outside::text(
        fields,
        "result",
        2_000,
        &mut faults,
        T::issues_result_missing,
    );
    let bearer = Bearer::parse(fields.get("bearer"));
    if bearer.is_none() {
        faults.add("bearer", T::issues_bearer_missing);
    }
    let amount = amount(fields, &mut faults);
    let said = if asked {
        outside::read(fields, &form.files, today, &mut faults)
    } else {
        let missing = T::issues_not_concerned_missing;
        Said {
            words: outside::text(fields, "words", 2_000, &mut faults, missing),
            ..Said::default()
        }
    };
    match bearer {
        Some(bearer) if faults.is_empty() => Ok(Agreed {
            result,
            bearer,
            amount,
            customer_concerned: asked,
            who: said.who,
            channel: said.channel,
            words: said.words,
            on: said.on.unwrap_or(today),
            at,
        }),
        _ => Err(faults),
    }
}

/// An amount is optional; where it stands, its currency does too.
fn amount(fields: &Fields, faults: &mut Faults) -> Option<Money> {
    let text = fields.get("amount");
    if text.is_empty() {
        return None;
    }
    let currency = crate::base::Currency::parse(fields.get("currency"));
    let amount = typed::figure(text).filter(|figure| *figure >= Decimal::ZERO);
    if currency.is_none() {
        faults.add("currency", T::issues_currency_missing);
    }
    match (amount, currency) {
        (Some(amount), Some(currency)) if amount.normalize().scale() <= currency.decimals() => {
            Some(Money::new(amount, currency))
        }
        (_, None) => None,
        _ => {
            faults.add("amount", T::issues_not_an_amount);
            None
        }
    }
}
