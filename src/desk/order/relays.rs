//! Acts on a relay 传达项: told the addressee, their acknowledgement, their answer, withdrawn with a reason. Each asks
//! the table of arrows first; none needs the order to be moving, because what one side owes the other stays owed.

use super::timeline::{self, Redrawn};
use crate::base::{By, Channel, OrderNumber, Party, T};
use crate::history::Event;
use crate::orders::{self, OrderAct, owing};
use crate::people::Deed;
use crate::relay::{self, Move, Refusal, Relay};
use crate::samples;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

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

fn side(fields: &Fields, faults: &mut Faults) -> Option<Party> {
    let side = Party::parse(fields.get("to")).filter(|side| Party::SIDES.contains(side));
    if side.is_none() {
        faults.add("to", T::desk_relay_to_whom);
    }
    side
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
    let to = side(&form.fields, &mut faults);
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
    let said = Answer::to(url).say(page.t.desk_relay_passed(to.label(page.t)));
    Ok(act.finish(said).await?.into_response())
}

/// The act: every line is told to this side.
async fn told(act: &mut OrderAct, relay: &Relay, to: Party, channel: Channel) -> Result<()> {
    owing::pass_on(act, relay, to, channel).await?;
    if relay.kind == samples::acts::TRACKING && to == Party::Customer {
        samples::acts::number_told_in_ledger(act, &relay.key, channel.code()).await?;
    }
    Ok(())
}

pub(super) async fn acknowledge(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, relay)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["to", "line", "who", "channel"])?;
    let mut faults = Faults::default();
    let to = side(&form.fields, &mut faults);
    let who: String = form.fields.get("who").chars().take(80).collect();
    if who.is_empty() {
        faults.add("who", T::desk_relay_who);
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
    let who = match Channel::parse(form.fields.get("channel")) {
        Some(channel) => format!("{who} · {}", channel.label(page.t)),
        None => who,
    };
    let (mut act, relay) = begin(&app, by, &number, relay, &form).await?;
    owing::acknowledge(&mut act, &relay, (to, line), &who).await?;
    let url = back(&act, &relay, &form.fields);
    let said = Answer::to(url).tell(page.t, T::desk_relay_acknowledged);
    Ok(act.finish(said).await?.into_response())
}

pub(super) async fn answer(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, relay)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["to", "words"])?;
    let mut faults = Faults::default();
    let to = side(&form.fields, &mut faults);
    let words: String = form.fields.get("words").chars().take(4_000).collect();
    if words.is_empty() {
        faults.add("words", T::desk_relay_words);
    }
    let (Some(to), true) = (to, faults.is_empty()) else {
        let again = Redrawn::card(relay, form.fields, faults);
        return timeline::again(&app, &by, page, (&number, Deed::RecordRelayAnswer), again).await;
    };
    let (mut act, relay) = begin(&app, by, &number, relay, &form).await?;
    act.must(Deed::RecordRelayAnswer)?;
    relay.check(to, Move::Answer)?;
    let at = act.by.at;
    relay::sql::answer(act.tx(), relay.id, to, &words, at).await?;
    act.happened(&Event::RelayAnswered {
        from: to.code().to_owned(),
        words,
    })
    .await?;
    let url = back(&act, &relay, &form.fields);
    let said = Answer::to(url).tell(page.t, T::desk_relay_answered);
    Ok(act.finish(said).await?.into_response())
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
