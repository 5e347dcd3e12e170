//! Sending: a signed note goes to the factory. Recorded: when, to whom, by which channel; the paper enters the register of
//! issued papers, so that a later change knows it.

use super::note::SampleNote;
use super::questions::{Entry, FormPage, channel, channels, who};
use super::stage::Move;
use super::{show, sql};
use crate::base::By;
use crate::documents::{self, Paper};
use crate::history::Event;
use crate::history::sample_event::SampleEvent;
use crate::orders::{Order, OrderAct};
use crate::people::Deed;
use crate::web::{Answer, App, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use sqlx::PgConnection;

async fn question(
    db: &mut PgConnection,
    page: Page,
    (order, note): (&Order, &SampleNote),
    typed: Option<(Fields, Faults)>,
) -> Result<FormPage> {
    let t = page.t;
    let contacts = sql::factory_contacts(db, note.draft.factory).await?;
    let (fields, faults) = typed.unwrap_or_else(|| {
        let mut fields = Fields::default();
        let first = contacts.first();
        let (name, channel) = first
            .cloned()
            .unwrap_or((note.factory_name.clone(), "wechat".into()));
        fields.set("to", name);
        fields.set("channel", channel);
        (fields, Faults::default())
    });
    let names: Vec<String> = contacts.into_iter().map(|(name, _)| name).collect();
    let url = format!("{}/samples/{}", order.url(), note.name);
    Ok(FormPage {
        title: t.samples_send_question(note.name.label(), &note.factory_name),
        sentence: t.samples_send_sentence().to_owned(),
        verb: t.samples_send_verb().to_owned(),
        action: format!("{url}/sending"),
        back: url,
        rev: String::new(),
        danger: false,
        entries: vec![
            Entry::new("text", "to", t.samples_to_whom(), &fields)
                .hint(&names.join(t.web_list_comma())),
            Entry::new("radios", "channel", t.samples_channel(), &fields).of(channels(t)),
        ],
        order: order.clone(),
        page,
        faults,
    })
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, note)): Path<(String, String)>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let (order, note) = show::find(&mut db, &by, &number, &note).await?;
    order.must(&by, Deed::SendSampleNote)?;
    note.after(Move::Send)?;
    question(&mut db, page, (&order, &note), None)
        .await?
        .answer()
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, name)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["to", "channel"])?;
    let mut faults = Faults::default();
    let to = who(&form.fields, "to", &mut faults);
    let channel = channel(&form.fields, &mut faults);
    if !faults.is_empty() {
        let mut db = app.db.acquire().await?;
        let (order, note) = show::find(&mut db, &by, &number, &name).await?;
        order.must(&by, Deed::SendSampleNote)?;
        let typed = Some((form.fields, faults));
        return question(&mut db, page, (&order, &note), typed)
            .await?
            .answer();
    }
    let (mut act, note) = show::begin(&app, by, &number, &name, &form.key).await?;
    send(&mut act, &note, &to, &channel).await?;
    let answer = Answer::to(format!("{}/samples/{}", act.order.url(), note.name));
    let answer = answer.tell(page.t, crate::base::T::samples_sent);
    Ok(act.finish(answer).await?.into_response())
}

/// The act: only what was signed leaves the house, unchanged.
pub async fn send(act: &mut OrderAct, note: &SampleNote, to: &str, channel: &str) -> Result<()> {
    act.must(Deed::SendSampleNote)?;
    act.must_move()?;
    let stage = note.after(Move::Send)?;
    let (content, _) = note.frozen()?;
    let (order, by) = (act.order.id(), act.by.clone());
    let fields = content.printed().into_iter();
    let paper = Paper {
        kind: "sample_note",
        number: content.paper_number(),
        revision: note.name.round,
        fields: fields
            .map(|(field, value)| (format!("sample.{field}"), value))
            .collect(),
    };
    documents::issue(act.tx(), order, &by, &paper).await?;
    sql::note_sending(act, note.id, to, channel).await?;
    sql::save_stage(act, note, stage).await?;
    let event = SampleEvent::SampleNoteSent {
        note: note.name.label(),
        to: to.to_owned(),
        channel: channel.to_owned(),
    };
    act.happened(&Event::Sample(event)).await
}
