//! Handing over 转交: the decision goes to another who may give it.

use super::{Found, begin, choices, find, pick, sql, title};
use crate::approvals::hand_on;
use crate::base::{By, T};
use crate::orders::Order;
use crate::people::Deed;
use crate::web::{Answer, App, Faults, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

#[derive(Template)]
#[template(path = "approvals/hand_over.html")]
struct HandPage {
    page: Page,
    order: Order,
    approval: String,
    title: String,
    people: Vec<(String, String)>,
    faults: Faults,
}

pub(in crate::approvals) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
) -> Found {
    draw(&app, &by, page, &id, Faults::default()).await
}

async fn draw(app: &App, by: &By, page: Page, id: &str, faults: Faults) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let (order, place, open) = find(&mut db, by, id, Deed::HandOverDecision).await?;
    let asker = (by.person(), page.today());
    let people = sql::deciders(&mut db, &order, &open, asker).await?;
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = HandPage {
        people: choices(page.t, &people),
        title: title(&page, &place),
        approval: open.id.to_string(),
        order,
        faults,
        page,
    };
    Ok((status, Html(page.render()?)).into_response())
}

pub(in crate::approvals) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
    form: Keyed,
) -> Found {
    form.only(&["to"])?;
    let (mut act, open) = begin(&app, by.clone(), &id, &form, Deed::HandOverDecision).await?;
    let (order, today) = (act.order.clone(), act.today());
    let people = sql::deciders(act.tx(), &order, &open, (by.person(), today)).await?;
    let Some(to) = pick(&people, form.fields.get("to")) else {
        drop(act);
        let faults = Faults::one("to", T::approvals_to_whom);
        return draw(&app, &by, page, &id, faults).await;
    };
    hand_on(&mut act, &open, to.id).await?;
    let answer = Answer::to("/approvals").tell(page.t, T::approvals_handed_on);
    Ok(act.finish(answer).await?.into_response())
}
