//! Picture 产品图: one image of a product, kept like every file and shown only to who may read the product.

use super::product::Product;
use super::product_sql as sql;
use crate::base::{Audience, By, T};
use crate::documents::{files, leaving, sniff};
use crate::history::{self, Event};
use crate::records::Card;
use crate::records::Stored;
use crate::records::acts::must;
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "catalog/picture.html")]
struct PicturePage {
    page: Page,
    name: String,
    url: String,
    faults: Faults,
}

async fn product(db: &mut PgConnection, by: &By, code: &str) -> Result<Stored<Product>> {
    let stored = Product::find(db, code).await?.ok_or(Error::NotFound)?;
    must(by, &stored.card)?;
    Ok(stored)
}

fn draw(page: Page, stored: &Stored<Product>, faults: Faults) -> Result<Html<String>> {
    let html = PicturePage {
        name: stored.card.item_no.clone(),
        url: stored.url(),
        faults,
        page,
    };
    Ok(Html(html.render()?))
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(code): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let stored = product(&mut db, &by, &code).await?;
    draw(page, &stored, Faults::default())
}

pub(super) async fn keep(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(code): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&[])?;
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    let stored = product(act.tx(), &by, &code).await?;
    let Some(file) = form.files.first().filter(|file| is_picture(file)) else {
        drop(act);
        let faults = Faults::one("picture", T::catalog_picture_needed);
        let html = draw(page, &stored, faults)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    let kept = files::store(
        &app,
        act.tx(),
        (None, &by),
        file,
        "product_picture",
        Audience::Internal,
    )
    .await?;
    sql::set_picture(act.tx(), stored.id, kept.id).await?;
    let event = Event::FileStored {
        name: kept.name,
        audience: Audience::Internal.code().to_owned(),
    };
    act.record(&stored.thing(), &event).await?;
    let answer = Answer::to(stored.url()).tell(page.t, T::web_saved);
    Ok(act.finish(answer).await?.into_response())
}

/// An image by its bytes that a page may show.
fn is_picture(file: &crate::web::posted::Upload) -> bool {
    let name = sniff::clean_name(&file.name);
    let kind = name.and_then(|name| sniff::sniff(&name, &file.bytes));
    kind.is_ok_and(|kind| kind.inline && kind.media.starts_with("image/"))
}

pub(super) async fn view(
    State(app): State<App>,
    by: By,
    Path(code): Path<String>,
) -> Result<Response> {
    if by.staff().is_none() {
        return Err(Error::Forbidden);
    }
    let mut db = app.db.acquire().await?;
    let picture = sql::picture(&mut db, &code).await?.ok_or(Error::NotFound)?;
    let file = files::find_loose(&mut db, picture)
        .await?
        .ok_or(Error::NotFound)?;
    let bytes = files::read(&app, &file).await?;
    Ok(leaving::send("inline", &file.media, &file.name, bytes))
}
