//! Acts on a relay 传达项: told the addressee, their acknowledgement, their answer, withdrawn with a reason. What they say
//! is recorded with its day, its channel and what proves it. Each act asks the table of arrows first; none needs the order to be moving, because what one side owes the other stays owed.

use super::timeline::{self, Redrawn};
use crate::base::{Audience, By, Channel, OrderNumber, Party, T, typed};
use crate::history::Event;
use crate::orders::{self, OrderAct, owing};
use crate::people::Deed;
use crate::relay::{self, Addressee, Move, Refusal, Relay, Said};
use crate::samples;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;

/// The order locked, the relay read under the lock.
async fn begin(
    app: &App,
    by: By,
    number: &str,
    relay: i32,
    form: &Keyed,
) -> Result<(OrderAct, Relay)> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(app, by, &number, &form.key).await?;
    let order = act.order.id();
    let relay = relay::sql::find(act.tx(), order, relay)
        .await?
        .ok_or(Error::NotFound)?;
    Ok((act, relay))
}

/// Where the form was sent from: home comes back to home.
fn back(act: &OrderAct, relay: &Relay, fields: &Fields) -> String {
    match fields.get("back") {
        "home" => "/".to_owned(),
        "home_team" => "/?who=team".to_owned(),
        "order" => act.order.url(),
        _ => format!("{}/timeline#relay-{}", act.order.url(), relay.number),
    }
}

fn to_whom(fields: &Fields, faults: &mut Faults) -> Option<Addressee> {
    let to = Addressee::parse(fields.get("to"));
    if to.is_none() {
        faults.add("to", T::desk_relay_to_whom);
    }
    to
}

pub(super) async fn pass_on(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, relay)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["to", "channel", "back"])?;
    let mut faults = Faults::default();
    let to = to_whom(&form.fields, &mut faults);
    let channel = Channel::parse(form.fields.get("channel"));
    if channel.is_none() {
        faults.add("channel", T::desk_relay_how);
    }
    let (Some(to), Some(channel)) = (to, channel) else {
        let again = Redrawn::card(relay, form.fields, faults);
        return timeline::again(&app, &by, page, (&number, Deed::PassOnRelay), again).await;
    };
    let (mut act, relay) = begin(&app, by, &number, relay, &form).await?;
    told(&mut act, &relay, to, channel).await?;
    let url = back(&act, &relay, &form.fields);
    let said = Answer::to(url).say(page.t.desk_relay_passed(relay.label_of(to, page.t)));
    Ok(act.finish(said).await?.into_response())
}

/// The act: every line is told to this side.
async fn told(act: &mut OrderAct, relay: &Relay, to: Addressee, channel: Channel) -> Result<()> {
    owing::pass_on(act, relay, to, channel).await?;
    if relay.kind == samples::acts::TRACKING && to.side == Party::Customer {
        samples::acts::number_told_in_ledger(act, &relay.key, channel.code()).await?;
    }
    Ok(())
}

/// What an addressee said, as a colleague records it; a paper or words prove it.
fn said(form: &Keyed, today: NaiveDate, faults: &mut Faults) -> Said {
    let fields = &form.fields;
    let channel = Channel::parse(fields.get("channel"));
    if channel.is_none() {
        faults.add("channel", T::desk_relay_how);
    }
    let on = match fields.get("day") {
        "" => Some(today),
        day => typed::day(day).filter(|day| *day <= today),
    };
    if on.is_none() {
        faults.add("day", T::desk_relay_day);
    }
    Said {
        who: fields.get("who").chars().take(80).collect(),
        on,
        channel: channel.map_or("", Channel::code).to_owned(),
        words: fields.get("words").chars().take(4_000).collect(),
        evidence: None,
    }
}

/// The paper that proves it, kept in the order's file.
async fn with_paper(app: &App, act: &mut OrderAct, form: &Keyed, said: Said) -> Result<Said> {
    let Some(file) = form.files.first() else {
        return Ok(said);
    };
    let kept = orders::keep_file(app, act, file, "correspondence", Audience::Internal).await?;
    Ok(Said {
        evidence: Some(kept),
        ..said
    })
}

pub(super) async fn acknowledge(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, relay)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["to", "line", "who", "channel", "day", "words"])?;
    let mut faults = Faults::default();
    let to = to_whom(&form.fields, &mut faults);
    let said = said(&form, page.today(), &mut faults);
    if said.who.is_empty() {
        faults.add("who", T::desk_relay_who);
    }
    if said.words.is_empty() && form.files.is_empty() {
        faults.add("words", T::desk_relay_evidence);
    }
    let line = match form.fields.get("line") {
        "" | "all" => Some(None),
        line => line.parse::<i32>().ok().map(Some),
    };
    let (Some(to), Some(line), true) = (to, line, faults.is_empty()) else {
        let again = Redrawn::card(relay, form.fields, faults);
        let asked = (number.as_str(), Deed::RecordRelayAcknowledgement);
        return timeline::again(&app, &by, page, asked, again).await;
    };
    let (mut act, relay) = begin(&app, by, &number, relay, &form).await?;
    act.must(Deed::RecordRelayAcknowledgement)?;
    let said = with_paper(&app, &mut act, &form, said).await?;
    owing::acknowledge(&mut act, &relay, (to, line), &said).await?;
    let url = back(&act, &relay, &form.fields);
    let told = Answer::to(url).tell(page.t, T::desk_relay_acknowledged);
    Ok(act.finish(told).await?.into_response())
}

pub(super) async fn answer(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, relay)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["to", "channel", "day", "words"])?;
    let mut faults = Faults::default();
    let to = to_whom(&form.fields, &mut faults);
    let said = said(&form, page.today(), &mut faults);
    if said.words.is_empty() {
        faults.add("words", T::desk_relay_words);
    }
    let (Some(to), true) = (to, faults.is_empty()) else {
        let again = Redrawn::card(relay, form.fields, faults);
        return timeline::again(&app, &by, page, (&number, Deed::RecordRelayAnswer), again).await;
    };
    let (mut act, relay) = begin(&app, by, &number, relay, &form).await?;
    act.must(Deed::RecordRelayAnswer)?;
    relay.check(to, Move::Answer)?;
    let said = with_paper(&app, &mut act, &form, said).await?;
    let at = act.by.at;
    relay::sql::answer(act.tx(), relay.id, to, &said, at).await?;
    act.happened(&Event::RelayAnswered {
        from: to.side.code().to_owned(),
        words: said.words,
    })
    .await?;
    let url = back(&act, &relay, &form.fields);
    let told = Answer::to(url).tell(page.t, T::desk_relay_answered);
    Ok(act.finish(told).await?.into_response())
}

pub(super) async fn withdraw(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, relay)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["reason"])?;
    let reason: String = form.fields.get("reason").chars().take(1_000).collect();
    if reason.is_empty() {
        let faults = Faults::one("reason", T::orders_reason_missing);
        let again = Redrawn::card(relay, form.fields, faults);
        return timeline::again(&app, &by, page, (&number, Deed::WithdrawRelay), again).await;
    }
    let (mut act, relay) = begin(&app, by, &number, relay, &form).await?;
    act.must(Deed::WithdrawRelay)?;
    let stages = relay
        .addressees()
        .into_iter()
        .map(|side| relay.stage_of(side));
    // What one addressee has closed cannot be taken back from the other behind his back.
    if let Some(stage) = stages
        .into_iter()
        .find(|stage| stage.after(Move::Withdraw).is_none())
    {
        return Err(Refusal::NotFrom(stage).into());
    }
    if relay.holds_a_step() {
        return Err(Refusal::HoldsStep.into());
    }
    let at = act.by.at;
    relay::sql::withdraw(act.tx(), relay.id, &reason, at).await?;
    act.happened(&Event::RelayWithdrawn { reason }).await?;
    let url = back(&act, &relay, &form.fields);
    let said = Answer::to(url).tell(page.t, T::desk_relay_withdrawn);
    Ok(act.finish(said).await?.into_response())
}
