//! The acts after the papers are back: handed over (with a reason where papers are missing), taken, or sent back.

use super::stage::Move;
use super::{HandOver, show, sql};
use crate::base::{By, T};
use crate::finance::Meanwhile;
use crate::finance::export::{self, Shipment};
use crate::finance::question::{Kind as Ask, Question};
use crate::history::Event;
use crate::history::rebate_event::RebateEvent;
use crate::orders::{JointAct, Order};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};

type Address = Path<(String, String)>;

fn ask_papers(page: &Page, order: &Order, (shipment, held): (&Shipment, &HandOver)) -> Question {
    let t = page.t;
    let at = show::url(order.number.as_str(), &shipment.number);
    let missing = held.missing(shipment);
    let question = Question::new(
        t.rebate_hand_over_question(&shipment.number),
        t.rebate_hand_over_verb(),
        &format!("{at}/handing-over"),
        &at,
    )
    .sentence(t.rebate_hand_over_sentence(held.papers.len()))
    .rev(held.version);
    if missing.is_empty() {
        return question;
    }
    let names: Vec<&str> = missing.iter().map(|kind| kind.label(t)).collect();
    question
        .warning(t.rebate_hand_over_missing(names.join(t.web_list_comma())))
        .ask(Ask::Area, "reason", t.rebate_field_missing_reason())
}

pub(super) async fn ask_hand_over(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment)): Address,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, shipment) = export::find(&mut db, &by, (&number, &shipment)).await?;
    order.must(&by, Deed::HandOverPapers)?;
    let held = sql::find(&mut db, &shipment).await?;
    held.after(Move::HandOver)?;
    ask_papers(&page, &order, (&shipment, &held)).draw(page, order, Fields::default())
}

pub(super) async fn hand_over(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment)): Address,
    form: Keyed,
) -> Result<Response> {
    form.only(&["reason"])?;
    let (mut act, order, shipment) =
        export::begin(&app, by, (&number, &shipment), &form.key).await?;
    act.must(Deed::HandOverPapers)?;
    let held = fresh(&mut act, &shipment, &form).await?;
    held.after(Move::HandOver)?;
    let reason: String = form.fields.get("reason").chars().take(1_000).collect();
    if reason.is_empty() && !held.missing(&shipment).is_empty() {
        let faults = Faults::one("reason", T::rebate_missing_reason_missing);
        return ask_papers(&page, &order, (&shipment, &held)).again(
            page,
            order,
            form.fields,
            faults,
        );
    }
    give(&mut act, (&shipment, &held), &reason).await?;
    let answer = Answer::to(show::url(&number, &shipment.number));
    Ok(act
        .finish(answer.tell(page.t, T::rebate_hand_over_done))
        .await?
        .into_response())
}

/// The hand-over as the form showed it; refused where a paper came in meanwhile.
async fn fresh(act: &mut JointAct, shipment: &Shipment, form: &Keyed) -> Result<HandOver> {
    let held = sql::find(act.tx(), shipment).await?;
    if form.rev()? == held.version {
        Ok(held)
    } else {
        Err(Error::refused(Meanwhile))
    }
}

/// The act: the operator gives finance what is back.
pub async fn give(
    act: &mut JointAct,
    (shipment, held): (&Shipment, &HandOver),
    reason: &str,
) -> Result<()> {
    act.must(Deed::HandOverPapers)?;
    act.must_move()?;
    let stage = held.after(Move::HandOver)?;
    let missing = held.missing(shipment);
    let id = sql::save_stage(act, shipment, held, stage).await?;
    sql::note_giving(act, id, if missing.is_empty() { "" } else { reason }).await?;
    act.happened(&Event::Rebate(RebateEvent::PapersHandedOver {
        shipment: shipment.number.clone(),
        papers: held.papers.len(),
        reason: if missing.is_empty() {
            String::new()
        } else {
            reason.to_owned()
        },
    }))
    .await
}

pub(super) async fn take(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment)): Address,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, _, shipment) = export::begin(&app, by, (&number, &shipment), &form.key).await?;
    act.must(Deed::TakeHandOver)?;
    let held = fresh(&mut act, &shipment, &form).await?;
    accept(&mut act, (&shipment, &held)).await?;
    let answer = Answer::to(show::url(&number, &shipment.number));
    act.finish(answer.tell(page.t, T::rebate_hand_over_taken_done))
        .await
}

/// The act: finance has the papers.
pub async fn accept(act: &mut JointAct, (shipment, held): (&Shipment, &HandOver)) -> Result<()> {
    act.must(Deed::TakeHandOver)?;
    act.must_move()?;
    let stage = held.after(Move::Take)?;
    sql::save_taken(act, held, stage).await?;
    act.happened(&Event::Rebate(RebateEvent::PapersTaken {
        shipment: shipment.number.clone(),
    }))
    .await
}

fn ask_words(page: &Page, order: &Order, (shipment, held): (&Shipment, &HandOver)) -> Question {
    let t = page.t;
    let at = show::url(order.number.as_str(), &shipment.number);
    Question::new(
        t.rebate_send_back_question(&shipment.number),
        t.rebate_send_back_verb(),
        &format!("{at}/sending-back"),
        &at,
    )
    .sentence(t.rebate_send_back_sentence().to_owned())
    .rev(held.version)
    .ask(Ask::Area, "words", t.rebate_field_send_back_words())
}

pub(super) async fn ask_send_back(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment)): Address,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, shipment) = export::find(&mut db, &by, (&number, &shipment)).await?;
    order.must(&by, Deed::SendBackHandOver)?;
    let held = sql::find(&mut db, &shipment).await?;
    held.after(Move::SendBack)?;
    ask_words(&page, &order, (&shipment, &held)).draw(page, order, Fields::default())
}

pub(super) async fn send_back(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment)): Address,
    form: Keyed,
) -> Result<Response> {
    form.only(&["words"])?;
    let (mut act, order, shipment) =
        export::begin(&app, by, (&number, &shipment), &form.key).await?;
    act.must(Deed::SendBackHandOver)?;
    act.must_move()?;
    let held = fresh(&mut act, &shipment, &form).await?;
    let stage = held.after(Move::SendBack)?;
    let words: String = form.fields.get("words").chars().take(2_000).collect();
    if words.is_empty() {
        let faults = Faults::one("words", T::rebate_words_missing);
        return ask_words(&page, &order, (&shipment, &held)).again(
            page,
            order,
            form.fields,
            faults,
        );
    }
    let id = sql::save_stage(&mut act, &shipment, &held, stage).await?;
    sql::note_words(&mut act, id, &words).await?;
    act.happened(&Event::Rebate(RebateEvent::PapersSentBack {
        shipment: shipment.number.clone(),
        words,
    }))
    .await?;
    let answer = Answer::to(show::url(&number, &shipment.number));
    Ok(act
        .finish(answer.tell(page.t, T::rebate_send_back_done))
        .await?
        .into_response())
}
