//! Sending again 再发: an issued paper in force goes to its addressee once more, as it was issued. One that says what is no
//! longer so goes in a manager's name only.

use super::papers::kind_word;
use super::thing::Refusal;
use crate::base::{By, Channel, OrderNumber, T};
use crate::documents::{self, register};
use crate::history::{Event, IssueEvent};
use crate::orders::{self, Order, OrderAct};
use crate::people::Deed;
use crate::production::asking::{Asking, Part, channels};
use crate::production::outside;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use sqlx::PgConnection;
use uuid::Uuid;

/// Who sends a paper of this kind for the first time sends it again.
pub(super) fn deed(kind: &str) -> Deed {
    match kind {
        "proforma_invoice" => Deed::SendProforma,
        "sample_note" => Deed::SendSampleNote,
        "commercial_invoice" | "packing_list" => Deed::SendCustomsDocuments,
        _ => Deed::IssueProductionOrder,
    }
}

async fn find(db: &mut PgConnection, order: &Order, id: Uuid) -> Result<register::Issued> {
    let papers = register::papers(db, order.id()).await?;
    let found = papers.into_iter().find(|paper| paper.id == id);
    found.ok_or(Error::NotFound)
}

/// What was superseded is not what stands: its next revision is sent instead.
fn in_force(paper: &register::Issued) -> Result<(), Refusal> {
    if paper.superseded_at.is_some() {
        return Err(Refusal::Superseded);
    }
    Ok(())
}

async fn draw(
    app: &App,
    by: &By,
    page: Page,
    (number, id): &(String, Uuid),
    (fields, faults): (Fields, Faults),
) -> Result<Response> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, by, &number).await?;
    let paper = find(&mut db, &order, *id).await?;
    order.must(by, deed(&paper.kind))?;
    in_force(&paper)?;
    let t = page.t;
    Asking {
        title: t.changes_send_again(kind_word(t, &paper.kind), paper.name()),
        sentence: t.changes_send_again_sentence().to_owned(),
        verb: t.changes_send_again_verb().to_owned(),
        action: format!("{}/papers/{id}/sending", order.url()),
        back: format!("{}/papers", order.url()),
        back_name: t.changes_papers().to_owned(),
        rev: String::new(),
        danger: false,
        upload: false,
        parts: vec![
            Part::text("to", t.changes_send_to()),
            Part::radios("channel", t.issues_channel(), channels(t)),
        ],
        fields,
        faults,
        order,
        page,
    }
    .draw()
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<(String, Uuid)>,
) -> Result<Response> {
    let first = (Fields::default(), Faults::default());
    draw(&app, &by, page, &spot, first).await
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<(String, Uuid)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["to", "channel"])?;
    let mut faults = Faults::default();
    let to = outside::text(&form.fields, "to", 200, &mut faults, T::issues_who_missing);
    let channel = Channel::parse(form.fields.get("channel"));
    if channel.is_none() {
        faults.add("channel", T::issues_channel_missing);
    }
    let (Some(channel), true) = (channel, faults.is_empty()) else {
        return draw(&app, &by, page, &spot, (form.fields, faults)).await;
    };
    let number = OrderNumber::parse(&spot.0).ok_or(Error::NotFound)?;
    let mut act = orders::begin(&app, by, &number, &form.key).await?;
    send_again(&mut act, spot.1, (&to, channel)).await?;
    let url = format!("{}/papers", act.order.url());
    Ok(act
        .finish(Answer::to(url).tell(page.t, T::changes_sent_again))
        .await?
        .into_response())
}

/// The act: the same paper leaves once more, while it is in force and says what is so, or by a manager's name.
pub(super) async fn send_again(
    act: &mut OrderAct,
    id: Uuid,
    (to, channel): (&str, Channel),
) -> Result<()> {
    let order = act.order.clone();
    let paper = find(act.tx(), &order, id).await?;
    act.must(deed(&paper.kind))?;
    act.must_move()?;
    in_force(&paper)?;
    let named = (&*paper.kind, &*paper.number, paper.revision);
    documents::must_be_current(act.tx(), order.id(), named).await?;
    act.happened(&Event::Issue(IssueEvent::PaperSentAgain {
        paper: paper.name(),
        to: to.to_owned(),
        channel: channel.code().to_owned(),
    }))
    .await
}
