//! Import 导入: a bank's list is handed in, looked at, put right, and then becomes receipts in one act. Nothing is
//! imported by halves, and nothing twice: the bank's reference tells.

use super::bank_list::{self, List};
use super::import_sql::{self, Import};
use super::recording::{account_choices, record};
use super::sql::{self, Fresh};
use crate::base::{Audience, By, T};
use crate::documents::files;
use crate::finance::reach;
use crate::grid::{Grid, Place, file};
use crate::history;
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result, Tell};
use anyhow::anyhow;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::Datelike;
use sqlx::PgConnection;
use std::collections::BTreeSet;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "receipt/import.html")]
pub(super) struct ImportPage {
    pub page: Page,
    pub accounts: Vec<(String, String)>,
    pub fields: Fields,
    pub faults: Faults,
}

#[derive(Template)]
#[template(path = "receipt/preview.html")]
pub(super) struct PreviewPage {
    pub page: Page,
    pub import: Import,
    pub list: List,
}

impl PreviewPage {
    pub(super) fn url(&self) -> String {
        format!("/receipts/import/{}", self.import.id)
    }

    pub(super) fn count(&self) -> usize {
        self.list.taken().count()
    }

    /// Every row is clear, and there is one.
    pub(super) fn ready(&self) -> bool {
        self.list.doubts() == 0 && self.count() > 0
    }

    pub(super) fn amount(&self, amount: &rust_decimal::Decimal) -> String {
        self.page
            .money(crate::base::Money::new(*amount, self.import.currency))
    }
}

pub(super) async fn ask(State(app): State<App>, by: By, page: Page) -> Result<Html<String>> {
    reach::must(&by, Deed::RecordReceipt)?;
    let mut db = app.db.acquire().await?;
    draw(&mut db, page, Fields::default(), Faults::default()).await
}

async fn draw(
    db: &mut PgConnection,
    page: Page,
    fields: Fields,
    faults: Faults,
) -> Result<Html<String>> {
    let page = ImportPage {
        accounts: account_choices(db).await?,
        page,
        fields,
        faults,
    };
    Ok(Html(page.render()?))
}

/// Reads on a thread of its own: a large workbook takes longer than a request may hold up the others.
async fn grid_of(name: String, bytes: Vec<u8>) -> Result<std::result::Result<Grid, file::Refusal>> {
    tokio::task::spawn_blocking(move || file::read(&name, &bytes, bank_list::is_list))
        .await
        .map_err(|error| Error::Broken(anyhow!("reading a bank's list: {error}")))
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub(super) async fn receive(
    State(app): State<App>,
    by: By,
    page: Page,
    form: Keyed,
) -> Result<Response> {
    reach::must(&by, Deed::RecordReceipt)?;
    form.only(&["account"])?;
    let mut db = app.db.acquire().await?;
    let chosen = form.fields.get("account").parse::<Uuid>().ok();
    let accounts = sql::accounts(&mut db).await?;
    let account = accounts.iter().find(|(id, ..)| Some(*id) == chosen);
    let mut faults = Faults::default();
    if account.is_none() {
        faults.add("account", T::receipt_which_account);
    }
    match form.files.first() {
        None => faults.add("list", T::receipt_list_missing),
        Some(upload) => match grid_of(upload.name.clone(), upload.bytes.to_vec()).await? {
            Err(refusal) => faults.say("list", move |t| refusal.tell(t)),
            Ok(grid) if !bank_list::is_list(&grid) => faults.add("list", T::receipt_list_heads),
            Ok(_) => {}
        },
    }
    let (Some((account, ..)), Some(upload), true) =
        (account, form.files.first(), faults.is_empty())
    else {
        let html = draw(&mut db, page, form.fields, faults).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    drop(db);
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    let about = (None, &by);
    let kept = files::store(
        &app,
        act.tx(),
        about,
        upload,
        "bank_list",
        Audience::Internal,
    )
    .await?;
    let id = import_sql::insert(&mut act, *account, kept.id).await?;
    let answer = Answer::to(format!("/receipts/import/{id}"));
    Ok(act.finish(answer).await?.into_response())
}

/// The list as it reads now, with the cells put right by hand, and what is recorded already.
async fn reading(app: &App, db: &mut PgConnection, import: &Import, page: &Page) -> Result<List> {
    let stored = files::find_loose(db, import.file)
        .await?
        .ok_or(Error::NotFound)?;
    let bytes = files::read(app, &stored).await?;
    let grid = grid_of(stored.name, bytes).await?;
    let mut grid = grid.map_err(Error::refused)?;
    let mut left_out = BTreeSet::new();
    for (place, text) in &import.answers {
        match (place.parse::<Place>(), place.strip_prefix("row ")) {
            (Ok(place), _) => grid.correct(place, text),
            (_, Some(line)) => left_out.extend(line.parse::<u32>().ok()),
            _ => {}
        }
    }
    let mut list = bank_list::read(&grid, import.currency, page.today(), &left_out)
        .ok_or_else(|| Faults::one("list", T::receipt_list_heads))?;
    let rows: Vec<(u32, String)> = list
        .taken()
        .map(|row| (row.line, row.reference.clone()))
        .collect();
    for (line, reference) in rows {
        if !reference.is_empty()
            && let Some(known) = sql::by_reference(db, import.account, &reference).await?
        {
            list.know(line, known);
        }
    }
    Ok(list)
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
) -> Result<Html<String>> {
    reach::must(&by, Deed::RecordReceipt)?;
    let mut db = app.db.acquire().await?;
    let import = import_sql::find(&mut db, &by, &id).await?;
    let list = reading(&app, &mut db, &import, &page).await?;
    let page = PreviewPage { page, import, list };
    Ok(Html(page.render()?))
}

/// Cells put right and rows left out; the list is read again with them.
pub(super) async fn answer(
    State(app): State<App>,
    by: By,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    reach::must(&by, Deed::RecordReceipt)?;
    form.only(&["cells[]", "out[]"])?;
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    let mut import = import_sql::find(act.tx(), &by, &id).await?;
    if form.rev.is_some_and(|rev| rev != import.version) {
        return Err(Error::refused(ReadAgain));
    }
    import.answers.retain(|place, _| !place.starts_with("row "));
    for (name, value) in form.fields.iter() {
        let inner = |list: &str| {
            let rest = name.strip_prefix(list)?.strip_prefix('[')?;
            rest.strip_suffix(']')
        };
        if let Some(line) = inner("out").and_then(|line| line.parse::<u32>().ok()) {
            import.answers.insert(format!("row {line}"), "out".into());
        }
        let text = value.trim();
        if let Some(place) = inner("cells").filter(|place| place.parse::<Place>().is_ok())
            && !text.is_empty()
            && text.chars().count() <= 200
        {
            import.answers.insert(place.to_owned(), text.to_owned());
        }
    }
    import_sql::save(&mut act, &import).await?;
    act.finish(Answer::to(format!("/receipts/import/{id}")))
        .await
}

/// All rows become receipts, or none does.
pub(super) async fn take(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    reach::must(&by, Deed::RecordReceipt)?;
    form.only(&[])?;
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    let import = import_sql::find(act.tx(), &by, &id).await?;
    if form.rev.is_some_and(|rev| rev != import.version) {
        return Err(Error::refused(ReadAgain));
    }
    let list = reading(&app, act.tx(), &import, &page).await?;
    if list.doubts() > 0 || list.taken().next().is_none() {
        return Err(Error::refused(NotClear(list.doubts())));
    }
    let mut count = 0;
    for row in list.taken() {
        let (Some(received_on), Some(amount)) = (row.day, row.amount) else {
            return Err(Error::refused(NotClear(1)));
        };
        let fresh = Fresh {
            customer: sql::customer_named(act.tx(), &row.payer).await?,
            received_on,
            currency: import.currency,
            amount,
            charges: row.charges,
            payer: row.payer.clone(),
            account: import.account,
            bank_reference: row.reference.clone(),
            message: row.message.clone(),
            evidence: None,
            imported: true,
        };
        record(&mut act, &fresh, page.today().year(), Some(&import.name)).await?;
        count += 1;
    }
    import_sql::close(&mut act, &import).await?;
    let answer = Answer::to("/receipts?state=to_claim").say(page.t.receipt_imported(count));
    act.finish(answer).await
}

/// The list was put right in another window.
#[derive(Debug)]
struct ReadAgain;

impl Tell for ReadAgain {
    fn tell(&self, t: T) -> String {
        t.receipt_meanwhile().to_owned()
    }
}

/// So many doubts are open.
#[derive(Debug)]
struct NotClear(usize);

impl Tell for NotClear {
    fn tell(&self, t: T) -> String {
        t.receipt_not_clear(self.0)
    }
}
