//! Rounds: a sample note is begun from the order's lines, taken up again when it was returned, and followed by its next
//! round with the customer's wishes in it.

use super::note::{Draft, Name, SampleNote};
use super::stage::Move;
use super::{attached_sql, show, sql};
use crate::base::{By, OrderNumber, SampleNoteId};
use crate::documents;
use crate::history::Event;
use crate::history::sample_event::SampleEvent;
use crate::orders::{self, OrderAct, lines};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Keyed, Page, Result};
use axum::extract::{Path, State};

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
    act.finish(Answer::to(url).tell(page.t, crate::base::T::samples_begun))
        .await
}

/// The act: a new sample, filled from the lines of the first factory that has no note yet.
#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
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
    act.finish(Answer::to(url).tell(page.t, crate::base::T::samples_round_opened))
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
    let event = SampleEvent::SampleNoteRevised {
        note: note.name.label(),
    };
    act.happened(&Event::Sample(event)).await?;
    let url = format!("{}/samples/{}/edit", act.order.url(), note.name);
    act.finish(Answer::to(url)).await
}
