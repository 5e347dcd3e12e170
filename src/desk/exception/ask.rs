//! Asking: the gate as it stands, and why it should be opened.

use super::stakes::stake;
use crate::approvals::exception::{self, Kind, Stake};
use crate::base::{By, OrderNumber, T};
use crate::orders::{self, Order};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

/// Order, gate and thing as they stand in the address.
type Spot = (String, String, String);

#[derive(Template)]
#[template(path = "exceptions/ask.html")]
struct AskPage {
    page: Page,
    order: Order,
    stake: Stake,
    prices: bool,
    words: String,
    faults: Faults,
}

impl AskPage {
    fn question(&self) -> String {
        let t = self.page.t;
        t.exceptions_title_of(self.stake.kind.label(t), &self.stake.name)
    }

    fn action(&self) -> String {
        let (url, kind) = (self.order.url(), self.stake.kind.path());
        format!("{url}/exceptions/new/{kind}/{}", self.stake.thing)
    }
}

fn draw(
    page: Page,
    (order, stake): (Order, Stake),
    by: &By,
    (words, faults): (String, Faults),
) -> Result<Html<String>> {
    let page = AskPage {
        prices: order.may(by, Deed::SeeCustomerPrices),
        page,
        order,
        stake,
        words,
        faults,
    };
    Ok(Html(page.render()?))
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, gate, thing)): Path<Spot>,
) -> Result<Html<String>> {
    let kind = Kind::of_path(&gate).ok_or(Error::NotFound)?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::AskDecision)?;
    let stake = stake(&mut db, (&by, page.today()), &order, (kind, &thing)).await?;
    draw(
        page,
        (order, stake),
        &by,
        (String::new(), Faults::default()),
    )
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, gate, thing)): Path<Spot>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["words"])?;
    let kind = Kind::of_path(&gate).ok_or(Error::NotFound)?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(&app, by.clone(), &number, &form.key).await?;
    act.must(Deed::AskDecision)?;
    let order = act.order.clone();
    let stake = stake(act.tx(), (&by, page.today()), &order, (kind, &thing)).await?;
    let words = form.fields.get("words").to_owned();
    let fault: Option<fn(T) -> &'static str> = match words.chars().count() {
        0 => Some(T::exceptions_why_missing),
        count if count > 1_000 => Some(T::approvals_words_too_long),
        _ => None,
    };
    if let Some(fault) = fault {
        let faults = Faults::one("words", fault);
        let html = draw(page, (order, stake), &by, (words, faults))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    let id = exception::ask(&mut act, &stake, &words).await?;
    let answer = Answer::to(format!("{}/exceptions/{id}", order.url()));
    let answer = answer.tell(page.t, T::exceptions_asked);
    Ok(act.finish(answer).await?.into_response())
}
