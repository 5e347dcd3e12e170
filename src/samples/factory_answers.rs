//! What comes back from the factory: it has the note 工厂签收, and the sample is in hand. Recorded by a colleague, with who,
//! how, when, and what proves it: a file, or the factory's words.

use super::note::{Acknowledged, Received, SampleNote};
use super::questions::{Entry, FormPage, channel, channels, count, past_day, text, who};
use super::stage::Move;
use super::{show, sql};
use crate::base::{Audience, By, FileId};
use crate::history::Event;
use crate::history::sample_event::SampleEvent;
use crate::orders::{self, Order, OrderAct};
use crate::people::Deed;
use crate::web::{Answer, App, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

fn acknowledgement(
    page: Page,
    order: &Order,
    note: &SampleNote,
    typed: Option<(Fields, Faults)>,
) -> FormPage {
    let t = page.t;
    let (fields, faults) = typed.unwrap_or_else(|| {
        let mut fields = Fields::default();
        fields.set("day", page.today().to_string());
        if let Some(sent) = &note.sent {
            fields.set("who", sent.to.clone());
            fields.set("channel", sent.channel.clone());
        }
        (fields, Faults::default())
    });
    let url = format!("{}/samples/{}", order.url(), note.name);
    FormPage {
        title: t.samples_acknowledge_question(&note.factory_name, note.name.label()),
        sentence: t.samples_acknowledge_sentence().to_owned(),
        verb: t.samples_acknowledge_verb().to_owned(),
        action: format!("{url}/acknowledgement"),
        back: url,
        rev: String::new(),
        danger: false,
        entries: vec![
            Entry::new("text", "who", t.samples_who(), &fields),
            Entry::new("radios", "channel", t.samples_channel(), &fields).of(channels(t)),
            Entry::new("date", "day", t.samples_day(), &fields),
            Entry::new("area", "words", t.samples_factory_words(), &fields).optional(),
            Entry::new("file", "evidence", t.samples_evidence(), &fields)
                .hint(t.documents_hint())
                .optional(),
        ],
        order: order.clone(),
        page,
        faults,
    }
}

pub(super) async fn ask_acknowledgement(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, note)): Path<(String, String)>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let (order, note) = show::find(&mut db, &by, &number, &note).await?;
    order.must(&by, Deed::RecordSampleNoteAcknowledgement)?;
    note.after(Move::Acknowledge)?;
    acknowledgement(page, &order, &note, None).answer()
}

pub(super) async fn acknowledge(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, name)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["who", "channel", "day", "words"])?;
    let mut faults = Faults::default();
    let given = Acknowledged {
        by: who(&form.fields, "who", &mut faults),
        channel: channel(&form.fields, &mut faults),
        on: past_day(&form.fields, "day", page.today(), &mut faults),
        words: text(&form.fields, "words", 2_000, &mut faults),
    };
    if given.words.is_empty() && form.files.is_empty() {
        faults.add("evidence", crate::base::T::samples_proof_missing);
    }
    if !faults.is_empty() {
        let mut db = app.db.acquire().await?;
        let (order, note) = show::find(&mut db, &by, &number, &name).await?;
        order.must(&by, Deed::RecordSampleNoteAcknowledgement)?;
        return acknowledgement(page, &order, &note, Some((form.fields, faults))).answer();
    }
    let (mut act, note) = show::begin(&app, by, &number, &name, &form.key).await?;
    act.must(Deed::RecordSampleNoteAcknowledgement)?;
    let evidence = evidence(&app, &mut act, &form, "correspondence").await?;
    record_acknowledgement(&mut act, &note, &given, evidence).await?;
    let answer = Answer::to(format!("{}/samples/{}", act.order.url(), note.name));
    let answer = answer.tell(page.t, crate::base::T::samples_acknowledged);
    Ok(act.finish(answer).await?.into_response())
}

/// The file that proves it, where one was sent.
pub(super) async fn evidence(
    app: &App,
    act: &mut OrderAct,
    form: &Keyed,
    kind: &str,
) -> Result<Option<FileId>> {
    match form.files.first() {
        Some(file) => {
            let kept = orders::keep_file(app, act, file, kind, Audience::Internal).await?;
            Ok(Some(kept))
        }
        None => Ok(None),
    }
}

/// The act: the factory has the note.
pub async fn record_acknowledgement(
    act: &mut OrderAct,
    note: &SampleNote,
    given: &Acknowledged,
    evidence: Option<FileId>,
) -> Result<()> {
    act.must(Deed::RecordSampleNoteAcknowledgement)?;
    act.must_move()?;
    let stage = note.after(Move::Acknowledge)?;
    sql::note_acknowledgement(act, note.id, given, evidence.map(|id| id.0)).await?;
    sql::save_stage(act, note, stage).await?;
    let event = SampleEvent::SampleNoteAcknowledged {
        note: note.name.label(),
        who: given.by.clone(),
        channel: given.channel.clone(),
    };
    act.happened(&Event::Sample(event)).await
}

fn receipt(
    page: Page,
    order: &Order,
    note: &SampleNote,
    typed: Option<(Fields, Faults)>,
) -> FormPage {
    let t = page.t;
    let (fields, faults) = typed.unwrap_or_else(|| {
        let mut fields = Fields::default();
        fields.set("day", page.today().to_string());
        let wanted = note.draft.for_customer + note.draft.for_file;
        fields.set("quantity", wanted.to_string());
        (fields, Faults::default())
    });
    let url = format!("{}/samples/{}", order.url(), note.name);
    FormPage {
        title: t.samples_receive_question(note.name.label()),
        sentence: t.samples_receive_sentence().to_owned(),
        verb: t.samples_receive_verb().to_owned(),
        action: format!("{url}/receipt"),
        back: url,
        rev: String::new(),
        danger: false,
        entries: vec![
            Entry::new("date", "day", t.samples_day(), &fields),
            Entry::new("number", "quantity", t.samples_received_quantity(), &fields),
            Entry::new("area", "words", t.samples_received_words(), &fields).optional(),
        ],
        order: order.clone(),
        page,
        faults,
    }
}

pub(super) async fn ask_receipt(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, note)): Path<(String, String)>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let (order, note) = show::find(&mut db, &by, &number, &note).await?;
    order.must(&by, Deed::ReceiveSample)?;
    note.after(Move::Receive)?;
    receipt(page, &order, &note, None).answer()
}

pub(super) async fn receive(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, name)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["day", "quantity", "words"])?;
    let mut faults = Faults::default();
    let got = Received {
        on: past_day(&form.fields, "day", page.today(), &mut faults),
        quantity: count(&form.fields, "quantity", 1, &mut faults),
        words: text(&form.fields, "words", 2_000, &mut faults),
    };
    if !faults.is_empty() {
        let mut db = app.db.acquire().await?;
        let (order, note) = show::find(&mut db, &by, &number, &name).await?;
        order.must(&by, Deed::ReceiveSample)?;
        return receipt(page, &order, &note, Some((form.fields, faults))).answer();
    }
    let (mut act, note) = show::begin(&app, by, &number, &name, &form.key).await?;
    record_receipt(&mut act, &note, &got).await?;
    let answer = Answer::to(format!("{}/samples/{}", act.order.url(), note.name));
    let answer = answer.tell(page.t, crate::base::T::samples_received);
    Ok(act.finish(answer).await?.into_response())
}

/// The act: the sample is in hand.
pub async fn record_receipt(act: &mut OrderAct, note: &SampleNote, got: &Received) -> Result<()> {
    act.must(Deed::ReceiveSample)?;
    act.must_move()?;
    let stage = note.after(Move::Receive)?;
    sql::receive(act, note.id, got).await?;
    sql::save_stage(act, note, stage).await?;
    let event = SampleEvent::SampleReceived {
        note: note.name.label(),
        quantity: got.quantity,
    };
    act.happened(&Event::Sample(event)).await
}
