//! Draft: a sample note is edited until it is handed in; its words and its files in one form.

use super::content::{Content, value_word};
use super::note::{Draft, KINDS, SampleNote};
use super::questions::{count, one_of, text};
use super::stage::{Move, Stage};
use super::{attached_sql, edit_page, show, sql};
use crate::base::{Audience, By, Lang, T, typed};
use crate::history::Event;
use crate::history::event::Change;
use crate::history::sample_event::SampleEvent;
use crate::orders::{self, OrderAct};
use crate::people::Deed;
use crate::web::posted::Upload;
use crate::web::stale::{Stale, Theirs};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use rust_decimal::Decimal;

pub(super) const FIELDS: [&str; 18] = [
    "kind",
    "factory",
    "styles",
    "description",
    "material",
    "size_chart",
    "colour",
    "accessories",
    "artwork",
    "packing",
    "for_customer",
    "for_file",
    "for_factory",
    "fee",
    "fee_payer",
    "required_on",
    "details",
    "names_customer",
];

/// The attached files as a field of the note.
const FILES: &str = "sample.files";

/// Who may bear the fee.
pub(super) const PAYERS: [&str; 4] = ["none", "us", "customer", "factory"];

pub(super) async fn edit(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, note)): Path<(String, String)>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let (order, note) = show::find(&mut db, &by, &number, &note).await?;
    order.must(&by, Deed::DraftSampleNote)?;
    note.after(Move::Edit)?;
    let fields = typed_fields(&note.draft);
    let html = edit_page::draw(&mut db, page, order, note, fields, Faults::default()).await?;
    Ok(html.into_response())
}

/// The form as it is stored, to be drawn or compared with what was typed.
pub(super) fn typed_fields(d: &Draft) -> Fields {
    let figure = |value: Option<Decimal>| value.map(|fee| fee.to_string()).unwrap_or_default();
    let values = [
        d.kind.clone(),
        d.factory.map(|id| id.to_string()).unwrap_or_default(),
        d.styles.clone(),
        d.description.clone(),
        d.material.clone(),
        d.size_chart.clone(),
        d.colour.clone(),
        d.accessories.clone(),
        d.artwork.clone(),
        d.packing.clone(),
        d.for_customer.to_string(),
        d.for_file.to_string(),
        d.for_factory.to_string(),
        figure(d.fee),
        d.fee_payer.clone(),
        d.required_on.map(|day| day.to_string()).unwrap_or_default(),
        d.details.clone(),
        if d.names_customer { "yes" } else { "" }.to_owned(),
    ];
    let mut fields = Fields::default();
    for (name, value) in FIELDS.iter().zip(values) {
        fields.set(name, value);
    }
    fields
}

/// Saves the draft; with `act=submit` hands it in within the same act.
pub(super) async fn save(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, name)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    let known: Vec<&str> = FIELDS.iter().copied().chain(["act", "off"]).collect();
    form.only(&known)?;
    let (mut act, note) = show::begin(&app, by.clone(), &number, &name, &form.key).await?;
    match write(&mut act, &note, &form).await {
        Ok(()) => attach(&app, &mut act, &note, &form).await?,
        Err(Error::Invalid(faults)) => {
            drop(act);
            let mut db = app.db.acquire().await?;
            let (order, note) = show::find(&mut db, &by, &number, &name).await?;
            let html = edit_page::draw(&mut db, page, order, note, form.fields, faults).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
        Err(Error::Stale(_)) => {
            drop(act);
            return Err(stale(&app, &by, &number, &name, &form).await?);
        }
        Err(error) => return Err(error),
    }
    let url = format!("{}/samples/{}", act.order.url(), note.name);
    let answer = if form.fields.get("act") == "submit" {
        let saved = show::in_act(&mut act, &name).await?;
        super::submission::submit(&mut act, &saved).await?;
        Answer::to(url).tell(page.t, T::samples_submitted)
    } else {
        Answer::to(format!("{url}/edit")).tell(page.t, T::web_saved)
    };
    Ok(act.finish(answer).await?.into_response())
}

/// Files that were added to the draft and taken off it, in the same act as its words.
async fn attach(app: &App, act: &mut OrderAct, note: &SampleNote, form: &Keyed) -> Result<()> {
    let off: Vec<uuid::Uuid> = form
        .fields
        .all("off")
        .filter_map(|id| id.parse().ok())
        .collect();
    attached_sql::take_off(act, note.id, &off).await?;
    let gone = note.files.iter().filter(|file| off.contains(&file.id));
    let mut changes: Vec<Change> = gone
        .filter_map(|file| Change::between(FILES, &file.name, ""))
        .collect();
    for file in &form.files {
        keep(app, act, note, file).await?;
        changes.extend(Change::between(FILES, "", &file.name));
    }
    tell_changes(act, note, changes).await
}

/// Reads the form and writes it, where the draft's version is still the one that was shown.
async fn write(act: &mut OrderAct, note: &SampleNote, form: &Keyed) -> Result<()> {
    act.must(Deed::DraftSampleNote)?;
    act.must_move()?;
    note.after(Move::Edit)?;
    let draft = read(&form.fields)?;
    if form.rev()? != note.version {
        return Err(Error::Stale(Box::default()));
    }
    fill(act, note, &draft).await
}

/// The act: the draft's fields, with an event that names each change.
pub async fn fill(act: &mut OrderAct, note: &SampleNote, draft: &Draft) -> Result<()> {
    act.must(Deed::DraftSampleNote)?;
    act.must_move()?;
    note.after(Move::Edit)?;
    sql::save_draft(act, note, draft).await?;
    let saved = show::in_act(act, &note.name.to_string()).await?;
    let before = Content::of(&act.order, note).printed();
    let after = Content::of(&act.order, &saved).printed();
    let t = T(Lang::Zh);
    let changes: Vec<Change> = before
        .iter()
        .zip(&after)
        .filter_map(|((name, was), (_, now))| {
            let (was, now) = (value_word(t, name, was), value_word(t, name, now));
            Change::between(&format!("sample.{name}"), &was, &now)
        })
        .collect();
    tell_changes(act, note, changes).await
}

/// The act: a picture or a drawing goes with the note.
pub async fn enclose(
    app: &App,
    act: &mut OrderAct,
    note: &SampleNote,
    file: &Upload,
) -> Result<()> {
    act.must(Deed::DraftSampleNote)?;
    act.must_move()?;
    note.after(Move::Edit)?;
    keep(app, act, note, file).await?;
    let added = Change::between(FILES, "", &file.name);
    tell_changes(act, note, added.into_iter().collect()).await
}

async fn keep(app: &App, act: &mut OrderAct, note: &SampleNote, file: &Upload) -> Result<()> {
    let kept = orders::keep_file(app, act, file, "artwork", Audience::Factory).await?;
    attached_sql::attach(act, note.id, kept).await
}

async fn tell_changes(act: &mut OrderAct, note: &SampleNote, changes: Vec<Change>) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let event = SampleEvent::SampleNoteChanged {
        note: note.name.label(),
        changes,
    };
    act.happened(&Event::Sample(event)).await
}

/// Reads the form; every fault at its field. What may still be missing in a draft is asked at submission.
#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
fn read(fields: &Fields) -> Result<Draft> {
    let mut faults = Faults::default();
    let f = &mut faults;
    let fee = match fields.get("fee") {
        "" => None,
        typed => {
            let fee = typed::figure(typed).filter(|fee| {
                *fee >= Decimal::ZERO
                    && fee.normalize().scale() <= 2
                    && *fee < Decimal::from(10_000_000)
            });
            if fee.is_none() {
                f.add("fee", T::samples_not_a_fee);
            }
            fee
        }
    };
    let fee_payer = one_of(fields, "fee_payer", &PAYERS, f);
    if fee.is_some_and(|fee| !fee.is_zero()) && fee_payer == "none" {
        f.add("fee_payer", T::samples_fee_payer_missing);
    }
    let required_on = typed::day(fields.get("required_on"));
    if required_on.is_none() && !fields.get("required_on").is_empty() {
        f.add("required_on", T::orders_not_a_day);
    }
    let factory = fields.get("factory").parse().ok();
    if factory.is_none() && !fields.get("factory").is_empty() {
        f.add("factory", T::samples_choose);
    }
    let draft = Draft {
        kind: one_of(fields, "kind", &KINDS, f),
        factory,
        styles: text(fields, "styles", 500, f),
        description: text(fields, "description", 500, f),
        material: text(fields, "material", 2_000, f),
        size_chart: text(fields, "size_chart", 4_000, f),
        colour: text(fields, "colour", 500, f),
        accessories: text(fields, "accessories", 2_000, f),
        artwork: text(fields, "artwork", 2_000, f),
        packing: text(fields, "packing", 2_000, f),
        for_customer: count(fields, "for_customer", 0, f),
        for_file: count(fields, "for_file", 1, f),
        for_factory: count(fields, "for_factory", 0, f),
        fee,
        fee_payer,
        required_on,
        details: text(fields, "details", 4_000, f),
        names_customer: !fields.get("names_customer").is_empty(),
    };
    faults.check()?;
    Ok(draft)
}

/// Both versions, field by field, so that nothing typed is lost.
async fn stale(app: &App, by: &By, number: &str, name: &str, form: &Keyed) -> Result<Error> {
    let mut db = app.db.acquire().await?;
    let (order, note) = show::find(&mut db, by, number, name).await?;
    if note.stage != Stage::Draft {
        note.after(Move::Edit)?;
    }
    let stream = crate::history::Stream::stream(&order);
    let last = crate::history::timeline::read(&mut db, &stream, by.lang, None, 1).await?;
    let last = last.into_iter().next();
    let theirs = Theirs {
        fields: typed_fields(&note.draft),
        rev: note.version,
        who: last
            .as_ref()
            .and_then(|entry| entry.who.clone())
            .unwrap_or_default(),
        at: last.map(|entry| entry.at),
    };
    let action = format!("{}/samples/{}", order.url(), note.name);
    Ok(Error::Stale(Box::new(Stale::between(
        &form.fields,
        theirs,
        action,
    ))))
}
