//! Cancellation 取消订单: the question, what will fall and who will be told; and the one act across the desks that does it.
//! A file that ends without an order 未成交 leaves as little behind.

use crate::base::{By, OrderNumber, Party, T};
use crate::orders::cancelling::{self, Standing};
use crate::orders::{self, Order, OrderAct};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use crate::{approvals, credits, finance, production, proforma, samples, shipping};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

#[derive(Template)]
#[template(path = "desk/cancel.html")]
struct CancelPage {
    page: Page,
    order: Order,
    standing: Standing,
    reason: String,
    faults: Faults,
}

impl CancelPage {
    fn holders(&self) -> Vec<&'static str> {
        let word = |side: &Party| side.label(self.page.t);
        self.standing.holders.iter().map(word).collect()
    }

    fn has_money(&self) -> bool {
        !self.standing.money.amount.is_zero()
    }
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
    order.must(&by, Deed::CancelOrder)?;
    let standing = cancelling::standing(&mut db, &order).await?;
    draw(page, order, standing, String::new(), Faults::default())
}

fn draw(
    page: Page,
    order: Order,
    standing: Standing,
    reason: String,
    faults: Faults,
) -> Result<Html<String>> {
    let page = CancelPage {
        page,
        order,
        standing,
        reason,
        faults,
    };
    Ok(Html(page.render()?))
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["reason"])?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(&app, by, &number, &form.key).await?;
    act.must(Deed::CancelOrder)?;
    let reason: String = form.fields.get("reason").chars().take(1_000).collect();
    if reason.is_empty() {
        let order = act.order.clone();
        let standing = cancelling::standing(act.tx(), &order).await?;
        let faults = Faults::one("reason", T::orders_reason_missing);
        let html = draw(page, order, standing, reason, faults)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    let act = cancel(act, &reason).await?;
    let answer = Answer::to(act.order.url()).tell(page.t, T::orders_cancelling_begun);
    Ok(act.finish(answer).await?.into_response())
}

/// The act: the order's own part first, because it refuses; then each desk's papers, in the order of the steps.
async fn cancel(mut act: OrderAct, reason: &str) -> Result<OrderAct> {
    cancelling::cancel(&mut act, reason).await?;
    papers_fall(act, reason).await
}

/// Drop 未成交: the salesperson's own act; what nobody has to decide or send any more falls with the file.
pub(super) async fn drop_order(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    let t = page.t;
    match orders::dropped(&app, by, page, &number, &form).await? {
        Err(again) => Ok(again),
        Ok((act, reason)) => {
            let act = papers_fall(act, &reason).await?;
            let answer = Answer::to(act.order.url()).tell(t, T::web_saved);
            Ok(act.finish(answer).await?.into_response())
        }
    }
}

async fn papers_fall(mut act: OrderAct, reason: &str) -> Result<OrderAct> {
    approvals::fall(&mut act).await?;
    samples::call_off(&mut act, reason).await?;
    proforma::call_off(&mut act, reason).await?;
    production::call_off(&mut act, reason).await?;
    credits::call_off(&mut act, reason).await?;
    finance::call_off(&mut act).await?;
    shipping::call_off(act, reason).await
}
