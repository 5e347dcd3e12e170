//! Reversing: a settlement was wrong; a row that points at it takes it back, and the money waits again.

use super::exchange::{Refusal, Settled};
use super::sql;
use super::stage::Move;
use crate::base::{By, T};
use crate::finance::receipt::{self, Receipt};
use crate::finance::{holding, reach};
use crate::history::Event;
use crate::history::finance_event::FinanceEvent;
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "settlement/reverse.html")]
pub(super) struct ReversePage {
    pub page: Page,
    pub receipt: Receipt,
    pub settled: Settled,
    pub words: String,
    pub faults: Faults,
}

async fn pick(db: &mut PgConnection, receipt: &Receipt, id: &str) -> Result<Settled> {
    let id: uuid::Uuid = id.parse().map_err(|_| Error::NotFound)?;
    let all = sql::of_receipt(db, receipt).await?;
    let settled = all.into_iter().find(|one| one.id == id);
    let settled = settled.ok_or(Error::NotFound)?;
    if settled.stage.after(Move::Reverse).is_none() {
        return Err(Refusal::AlreadyReversed.into());
    }
    Ok(settled)
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, id)): Path<(String, String)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let receipt = receipt::find(&mut db, &by, &number).await?;
    reach::must(&by, Deed::ReverseSettlement)?;
    let page = ReversePage {
        settled: pick(&mut db, &receipt, &id).await?,
        words: String::new(),
        faults: Faults::default(),
        receipt,
        page,
    };
    Ok(Html(page.render()?))
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, id)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    reach::must(&by, Deed::ReverseSettlement)?;
    form.only(&["words"])?;
    let (mut act, receipt) = holding::begin(&app, by, &number, &form.key).await?;
    let settled = pick(act.tx(), &receipt, &id).await?;
    let words: String = form.fields.get("words").chars().take(400).collect();
    if words.is_empty() {
        let page = ReversePage {
            page,
            receipt,
            settled,
            words,
            faults: Faults::one("words", T::payment_why_missing),
        };
        let html = Html(page.render()?);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    sql::undo(&mut act, settled.id, &words).await?;
    let event = Event::Finance(FinanceEvent::SettlementReversed {
        receipt: receipt.number.clone(),
        money: receipt.money(settled.amount),
        words,
    });
    holding::happened(&mut act, &receipt, &event).await?;
    let answer = Answer::to(receipt.url()).tell(page.t, T::settlement_reversed_done);
    Ok(act.finish(answer).await?.into_response())
}
