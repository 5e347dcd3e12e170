//! Import 导入: a customer's order sheet, uploaded or pasted, is read, looked at, put right, and then fills the form of
//! a new order. Nothing is imported by halves, and no number is drawn before the order is opened.

use super::import_page;
use super::opening_form::may_open;
use super::{intake_sql, opening_sql};
use crate::base::{Audience, By, FileId, IntakeId, T};
use crate::documents::files;
use crate::grid::{Grid, Place, file};
use crate::history;
use crate::intake::Hints;
use crate::intake::columns::{self, Mapping};
use crate::intake::field::Field;
use crate::intake::read::{self, Preview};
use crate::web::posted::Upload;
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result, Tell};
use anyhow::anyhow;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use chrono::Datelike;
use sqlx::PgConnection;
use std::collections::BTreeMap;

/// A sheet on its way to becoming an order.
#[derive(Clone, Debug)]
pub(super) struct Intake {
    pub(super) id: IntakeId,
    pub(super) customer: opening_sql::CustomerDefaults,
    pub(super) file: FileId,
    pub(super) file_name: String,
    pub(super) mapping: Option<Mapping>,
    pub(super) answers: BTreeMap<String, String>,
    pub(super) version: i32,
}

impl Tell for file::Refusal {
    fn tell(&self, t: T) -> String {
        use file::Refusal as R;
        match self {
            R::Empty | R::NoSuchSheet => t.orders_sheet_empty().into(),
            R::TooLarge | R::TooLargeUnpacked | R::PackedTooTightly | R::TooManyParts => {
                t.orders_sheet_too_large().into()
            }
            R::TooManyRows | R::TooManyColumns | R::TooManyCells => {
                t.orders_sheet_too_many_cells().into()
            }
            R::Macros => t.orders_sheet_macros().into(),
            R::ExternalLinks => t.orders_sheet_links().into(),
            R::Hostile | R::Damaged => t.orders_sheet_damaged().into(),
            R::Protected => t.orders_sheet_protected().into(),
            R::OldExcel => t.orders_sheet_old_excel().into(),
            R::WrongType { .. } | R::NotWhatItSays { .. } => t.orders_sheet_wrong_type().into(),
            R::Encoding { line } => t.orders_sheet_encoding(line),
            R::Quote { line } => t.orders_sheet_quote(line),
        }
    }
}

/// Takes the file or the paste, reads it once to see that it can be read, and keeps it.
#[expect(
    clippy::too_many_lines,
    reason = "one form, field by field, in the order of the page"
)]
pub(super) async fn receive(
    State(app): State<App>,
    by: By,
    page: Page,
    form: Keyed,
) -> Result<Response> {
    may_open(&by)?;
    form.only(&["customer", "pasted"])?;
    let mut db = app.db.acquire().await?;
    let customer = opening_sql::customer_defaults(&mut db, form.fields.get("customer")).await?;
    let upload = sheet_sent(&form);
    let mut faults = Faults::default();
    if customer.is_none() {
        faults.add("customer", T::orders_choose_customer);
    }
    if upload.is_none() {
        faults.add("sheet", T::orders_sheet_missing);
    }
    if let Some(upload) = &upload
        && let Err(refusal) = grid_of(upload.name.clone(), upload.bytes.to_vec()).await?
    {
        faults.say("sheet", move |t| refusal.tell(t));
    }
    let (Some(customer), Some(upload), true) = (customer, upload, faults.is_empty()) else {
        return super::opening_form::refused(&mut db, page, &by, form.fields, faults).await;
    };
    drop(db);
    let mut act = history::begin(&app, by, &form.key).await?;
    let by = act.by.clone();
    let kept = files::store(
        &app,
        act.tx(),
        (None, &by),
        &upload,
        "customer_order",
        Audience::Internal,
    )
    .await?;
    let id = IntakeId::fresh(by.at);
    let person = by.person().ok_or(Error::SignIn)?;
    intake_sql::insert_intake(act.tx(), (id, person, customer.id), kept.id, by.at).await?;
    Ok(act
        .finish(Answer::to(format!("/orders/intake/{id}")))
        .await?
        .into_response())
}

/// The uploaded file, or the pasted table as one.
fn sheet_sent(form: &Keyed) -> Option<Upload> {
    if let Some(file) = form.files.first() {
        return Some(file.clone());
    }
    let pasted = form
        .fields
        .iter()
        .find(|(name, _)| *name == "pasted")
        .map_or("", |(_, value)| value);
    (!pasted.trim().is_empty()).then(|| Upload {
        field: "sheet".to_owned(),
        name: PASTED.to_owned(),
        bytes: pasted.to_owned().into_bytes().into(),
    })
}

/// Name under which a paste is kept; it is read by the rules of a paste.
const PASTED: &str = "pasted.txt";

/// Reads on a thread of its own: a large workbook takes longer than a request may hold up the others.
async fn grid_of(name: String, bytes: Vec<u8>) -> Result<std::result::Result<Grid, file::Refusal>> {
    tokio::task::spawn_blocking(move || {
        if name == PASTED {
            return String::from_utf8(bytes)
                .map_or(Err(file::Refusal::Damaged), |text| file::paste(&text));
        }
        file::read(&name, &bytes, columns::has_table)
    })
    .await
    .map_err(|error| Error::Broken(anyhow!("reading a sheet: {error}")))
}

/// The sheet as it reads now: columns by hand, by memory or by guess, cells as they were put right.
pub(super) async fn reading(
    app: &App,
    db: &mut PgConnection,
    intake: &Intake,
    by: &By,
) -> Result<(Grid, Mapping, Preview)> {
    let stored = intake_sql::intake_file(db, intake.file)
        .await?
        .ok_or(Error::NotFound)?;
    let bytes = files::read(app, &stored).await?;
    let grid = grid_of(intake.file_name.clone(), bytes).await?;
    let mut grid = grid.map_err(Error::refused)?;
    for (place, text) in &intake.answers {
        if let Ok(place) = place.parse::<Place>() {
            grid.correct(place, text);
        }
    }
    let mapping = match &intake.mapping {
        Some(mapping) => mapping.clone(),
        None => match intake_sql::remembered_mapping(db, intake.customer.id).await? {
            Some(remembered) => Mapping::recall(&grid, &remembered),
            None => Mapping::guess(&grid),
        },
    };
    let hints = Hints {
        country: Some(intake.customer.country.clone()),
        currency: Some(intake.customer.currency.clone()),
        year: by.at.with_timezone(&app.config.zone).year(),
        our_names: intake_sql::our_names(db).await?,
        customer_names: vec![intake.customer.name_en.clone()],
    };
    let preview = read::preview(&grid, &mapping, &hints);
    Ok((grid, mapping, preview))
}

/// The intake of this reader; another's is not there for her.
pub(super) async fn find(db: &mut PgConnection, by: &By, id: &str) -> Result<Intake> {
    let id: IntakeId = id.parse().map_err(|_| Error::NotFound)?;
    let person = by.person().ok_or(Error::SignIn)?;
    intake_sql::find_intake(db, id, person)
        .await?
        .ok_or(Error::NotFound)
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
) -> Result<Html<String>> {
    may_open(&by)?;
    let mut db = app.db.acquire().await?;
    let intake = find(&mut db, &by, &id).await?;
    let (grid, mapping, preview) = reading(&app, &mut db, &intake, &by).await?;
    import_page::draw(page, intake, &grid, &mapping, preview)
}

/// Columns mapped by hand and cells put right; the sheet is read again with them.
pub(super) async fn answer(
    State(app): State<App>,
    by: By,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    may_open(&by)?;
    form.only(&["columns[]", "cells[]"])?;
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    let mut intake = find(act.tx(), &by, &id).await?;
    if form.rev()? != intake.version {
        return Err(Error::refused(import_page::ReadAgain));
    }
    let (_, mut mapping, _) = reading(&app, act.tx(), &intake, &by).await?;
    let mut by_hand = intake.mapping.is_some();
    for (index, code) in named(&form, "columns") {
        let Ok(index) = index.parse::<u32>() else {
            continue;
        };
        let wanted = import_page::field_of(&code);
        let held = mapping
            .columns
            .iter()
            .find(|column| column.index == index)
            .and_then(|column| column.field.clone());
        if import_page::code_of(held.as_ref()) != code {
            mapping.set(index, wanted.as_ref());
            by_hand = true;
        }
    }
    for (place, text) in named(&form, "cells") {
        if place.parse::<Place>().is_ok() && !text.trim().is_empty() && text.chars().count() <= 200
        {
            intake.answers.insert(place, text);
        }
    }
    let mapping = by_hand.then_some(&mapping);
    intake_sql::save_intake(act.tx(), intake.id, mapping, &intake.answers).await?;
    act.finish(Answer::to(format!("/orders/intake/{id}"))).await
}

/// `columns[3]` and `cells[E7]` as pairs.
fn named(form: &Keyed, list: &str) -> Vec<(String, String)> {
    form.fields
        .iter()
        .filter_map(|(name, value)| {
            let inner = name
                .strip_prefix(list)?
                .strip_prefix('[')?
                .strip_suffix(']')?;
            Some((inner.to_owned(), value.to_owned()))
        })
        .collect()
}

/// A field that a column may be mapped to by hand; size columns keep their own word.
pub(super) const CHOICES: [Field; 12] = [
    Field::Position,
    Field::Item,
    Field::Description,
    Field::Specification,
    Field::Colour,
    Field::Quantity,
    Field::Unit,
    Field::UnitPrice,
    Field::Amount,
    Field::Delivery,
    Field::HsCode,
    Field::Remark,
];
