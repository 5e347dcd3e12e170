//! Draft: a sample note is begun, edited until it is handed in, and followed by its next round.

use super::content::{Content, value_word};
use super::note::{Draft, KINDS, Name, SampleNote};
use super::questions::{count, one_of, text};
use super::stage::{Move, Stage};
use super::{attached_sql, edit_page, show, sql};
use crate::base::{Audience, By, Lang, OrderNumber, SampleNoteId, T, typed};
use crate::documents;
use crate::history::Event;
use crate::history::event::Change;
use crate::history::sample_event::SampleEvent;
use crate::orders::{self, OrderAct, lines};
use crate::people::Deed;
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

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(&app, by, &number, &form.key).await?;
    let name = begin_sample(&mut act).await?;
    let url = format!("{}/samples/{name}/edit", act.order.url());
    act.finish(Answer::to(url).tell(page.t, |t| t.samples_begun()))
        .await
}

/// The act: a new sample, filled from the lines of the first factory that has no note yet.
pub async fn begin_sample(act: &mut OrderAct) -> Result<Name> {
    act.must(Deed::DraftSampleNote)?;
    act.must_move()?;
    let order = act.order.clone();
    let all = sql::list_for(act.tx(), &order).await?;
    let goods = lines::lines(act.tx(), &order).await?;
    let asked = |factory: Option<uuid::Uuid>| {
        all.iter()
            .any(|note| note.stage.is_alive() && note.draft.factory == factory)
    };
    let factories = || goods.iter().map(|line| line.factory.map(|id| id.0));
    let factory = factories()
        .find(|factory| factory.is_some() && !asked(*factory))
        .or_else(|| factories().find(Option::is_some))
        .flatten();
    let mine: Vec<&lines::Line> = goods
        .iter()
        .filter(|line| line.factory.map(|id| id.0) == factory)
        .collect();
    let joined = |of: fn(&lines::Line) -> &str| {
        let mut words: Vec<&str> = mine.iter().map(|line| of(line)).collect();
        words.retain(|word| !word.is_empty());
        words.dedup();
        words.join("; ").chars().take(500).collect::<String>()
    };
    let draft = Draft {
        kind: "development".to_owned(),
        factory,
        styles: joined(|line| &line.item_no),
        description: joined(|line| {
            if line.description_zh.is_empty() {
                &line.description_en
            } else {
                &line.description_zh
            }
        }),
        material: String::new(),
        size_chart: String::new(),
        colour: joined(|line| &line.colour),
        accessories: String::new(),
        artwork: String::new(),
        packing: order.terms.packing.chars().take(2_000).collect(),
        for_customer: 1,
        for_file: 1,
        for_factory: 1,
        fee: None,
        fee_payer: "none".to_owned(),
        required_on: None,
        details: String::new(),
        names_customer: false,
    };
    let sample = all.iter().map(|note| note.name.sample).max().unwrap_or(0) + 1;
    let name = Name { sample, round: 1 };
    put(act, name, &draft).await?;
    Ok(name)
}

async fn put(act: &mut OrderAct, name: Name, draft: &Draft) -> Result<SampleNoteId> {
    let id = SampleNoteId::fresh(act.by.at);
    sql::insert(act, id, name, draft).await?;
    let note = name.label();
    act.happened(&Event::Sample(SampleEvent::SampleNoteDrafted { note }))
        .await?;
    Ok(id)
}

/// The next round by hand: a changed wish, a sample that did not turn out.
pub(super) async fn next_round(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, note)): Path<(String, String)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, note) = show::begin(&app, by, &number, &note, &form.key).await?;
    act.must(Deed::OpenSampleRound)?;
    act.must_move()?;
    let name = open_next_round(&mut act, &note, &[]).await?;
    let url = format!("{}/samples/{name}/edit", act.order.url());
    act.finish(Answer::to(url).tell(page.t, |t| t.samples_round_opened()))
        .await
}

/// Supersedes the round by the next one, a draft with all its values; the paper that went out is no longer in force.
pub(super) async fn open_next_round(
    act: &mut OrderAct,
    note: &SampleNote,
    wishes: &[String],
) -> Result<Name> {
    let stage = note.after(Move::OpenNextRound)?;
    sql::save_stage(act, note, stage).await?;
    let (order, at) = (act.order.id(), act.by.at);
    if let Some(content) = &note.content {
        let paper = content.paper_number();
        let round = note.name.round;
        documents::supersede_paper(act.tx(), order, ("sample_note", &paper), round, at).await?;
    }
    let name = note.name.next();
    let draft = Draft {
        required_on: note.draft.required_on.filter(|day| *day > act.today()),
        details: with_wishes(&note.draft.details, wishes),
        ..note.draft.clone()
    };
    let id = put(act, name, &draft).await?;
    attached_sql::carry(act, note.id, id).await?;
    Ok(name)
}

/// The details with what the customer wants changed below them, as far as the paper holds it.
fn with_wishes(details: &str, wishes: &[String]) -> String {
    let lines = std::iter::once(details).chain(wishes.iter().map(String::as_str));
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n").chars().take(4_000).collect()
}

/// Takes a returned round up again, with the manager's words on top.
pub(super) async fn revise(
    State(app): State<App>,
    by: By,
    Path((number, note)): Path<(String, String)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, note) = show::begin(&app, by, &number, &note, &form.key).await?;
    act.must(Deed::ReviseReturned.of(note.hands()))?;
    act.must_move()?;
    let stage = note.after(Move::Revise)?;
    sql::save_stage(&mut act, &note, stage).await?;
    let url = format!("{}/samples/{}/edit", act.order.url(), note.name);
    act.finish(Answer::to(url)).await
}

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
        Answer::to(url).tell(page.t, |t| t.samples_submitted())
    } else {
        Answer::to(format!("{url}/edit")).tell(page.t, |t| t.web_saved())
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
        let kept = orders::keep_file(app, act, file, "artwork", Audience::Factory).await?;
        attached_sql::attach(act, note.id, kept).await?;
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
                f.add("fee", |t| t.samples_not_a_fee());
            }
            fee
        }
    };
    let fee_payer = one_of(fields, "fee_payer", &PAYERS, f);
    if fee.is_some_and(|fee| !fee.is_zero()) && fee_payer == "none" {
        f.add("fee_payer", |t| t.samples_fee_payer_missing());
    }
    let required_on = typed::day(fields.get("required_on"));
    if required_on.is_none() && !fields.get("required_on").is_empty() {
        f.add("required_on", |t| t.orders_not_a_day());
    }
    let factory = fields.get("factory").parse().ok();
    if factory.is_none() && !fields.get("factory").is_empty() {
        f.add("factory", |t| t.samples_choose());
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
