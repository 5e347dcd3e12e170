//! Files 文件 of an order: the list with who may read each, uploading, downloading. Every download asks the order's key
//! again; a page shows inside itself only what cannot run.

use super::file_kind::{self, FileKind};
use crate::base::{Audience, By, FileId, OrderNumber, T, format};
use crate::documents::files as stored;
use crate::documents::leaving::send;
use crate::documents::{StoredFile, sniff};
use crate::orders::{self, CompleteSet, Head, Order};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "desk/files.html")]
struct FilesPage {
    page: Page,
    head: Head,
    files: Vec<Shown>,
    set: CompleteSet,
    may_add: bool,
    fields: Fields,
    faults: Faults,
}

struct Shown {
    url: String,
    name: String,
    kind: &'static str,
    audience: Audience,
    size: String,
    who: String,
    at: chrono::DateTime<chrono::Utc>,
    opens: bool,
    inline: bool,
}

impl FilesPage {
    fn kinds(&self) -> Vec<(&'static str, &'static str)> {
        FileKind::ALL
            .into_iter()
            .map(|kind| (kind.code(), kind.label(self.page.t)))
            .collect()
    }

    fn audiences(&self) -> Vec<(&'static str, &'static str)> {
        Audience::ALL
            .into_iter()
            .map(|audience| (audience.code(), audience.label(self.page.t)))
            .collect()
    }

    fn documents_url(&self) -> String {
        format!("{}/documents", self.head.order.url())
    }

    /// Whether the archive would hold anything for this reader.
    fn any_opens(&self) -> bool {
        let order = &self.head.order;
        self.files.iter().any(|file| file.opens)
            || self.set.proforma && order.reader_may(Deed::SeeCustomerPrices)
            || self.set.production_orders && order.reader_may(Deed::SeeFactoryPrices)
    }
}

pub(super) async fn list(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, &by, &number).await?;
    draw(
        &mut db,
        &order,
        page,
        (Fields::default(), Faults::default()),
    )
    .await
}

async fn draw(
    db: &mut PgConnection,
    order: &Order,
    page: Page,
    (mut fields, faults): (Fields, Faults),
) -> Result<Html<String>> {
    if !fields.has("audience") {
        fields.set("audience", Audience::Internal.code());
    }
    let files = stored::list_for(db, order.id()).await?;
    let set = orders::complete_set(db, order).await?;
    let head = Head::load(db, order, "files", &page).await?;
    Ok(Html(
        FilesPage {
            files: files
                .into_iter()
                .map(|file| shown(file, order, &page))
                .collect(),
            set,
            may_add: order.reader_may(Deed::AddFile),
            fields,
            faults,
            head,
            page,
        }
        .render()?,
    ))
}

fn shown(file: StoredFile, order: &Order, page: &Page) -> Shown {
    Shown {
        url: format!("{}/files/{}", order.url(), file.id),
        kind: file_kind::label(page.t, &file.kind),
        size: format::file_size(u64::try_from(file.size).unwrap_or(0)),
        opens: file_kind::opens(order, &file.kind),
        inline: is_inline(&file.media),
        who: match page.lang {
            crate::base::Lang::Zh => file.who_zh,
            crate::base::Lang::En => file.who_en,
        }
        .unwrap_or_default(),
        name: file.name,
        audience: file.audience,
        at: file.at,
    }
}

fn is_inline(media: &str) -> bool {
    sniff::KINDS
        .iter()
        .any(|kind| kind.inline && kind.media == media)
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["kind", "audience"])?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut faults = Faults::default();
    let kind = FileKind::parse(form.fields.get("kind"));
    if kind.is_none() {
        faults.add("kind", T::desk_file_needs_kind);
    }
    let audience = Audience::parse(form.fields.get("audience"));
    if audience.is_none() {
        faults.add("audience", T::desk_file_needs_audience);
    }
    if form.files.is_empty() {
        faults.add("files", T::desk_file_missing);
    }
    let (Some(kind), Some(audience), true) = (kind, audience, faults.is_empty()) else {
        let mut db = app.db.acquire().await?;
        let order = orders::find(&mut db, &by, &number).await?;
        order.must(&by, Deed::AddFile)?;
        let html = draw(&mut db, &order, page, (form.fields, faults)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    let mut act = orders::begin(&app, by, &number, &form.key).await?;
    act.must(Deed::AddFile)?;
    for file in &form.files {
        orders::keep_file(&app, &mut act, file, kind.code(), audience).await?;
    }
    let url = format!("{}/documents", act.order.url());
    let answer = Answer::to(url).say(page.t.desk_files_kept(form.files.len()));
    Ok(act.finish(answer).await?.into_response())
}

/// The file, when this reader may know the order and open this kind.
async fn find(app: &App, by: &By, number: &str, id: &str) -> Result<StoredFile> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let id: FileId = id.parse().map_err(|_| Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, by, &number).await?;
    let file = stored::find(&mut db, order.id(), id)
        .await?
        .ok_or(Error::NotFound)?;
    if let Some(deed) = orders::asks(&file.kind) {
        order.must(by, deed)?;
    }
    Ok(file)
}

pub(super) async fn download(
    State(app): State<App>,
    by: By,
    Path((number, id)): Path<(String, String)>,
) -> Result<Response> {
    let file = find(&app, &by, &number, &id).await?;
    let bytes = stored::read(&app, &file).await?;
    Ok(send("attachment", &file.media, &file.name, bytes))
}

pub(super) async fn view(
    State(app): State<App>,
    by: By,
    Path((number, id)): Path<(String, String)>,
) -> Result<Response> {
    let file = find(&app, &by, &number, &id).await?;
    if !is_inline(&file.media) {
        return Err(Error::NotFound);
    }
    let bytes = stored::read(&app, &file).await?;
    Ok(send("inline", &file.media, &file.name, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_and_pdfs_are_shown_in_a_page() {
        assert!(is_inline("application/pdf") && is_inline("image/png"));
        assert!(!is_inline("text/csv; charset=utf-8") && !is_inline("application/zip"));
    }
}
