//! The thread: what each side said, each in its own stream, and what is put across to the other side. What we write to a
//! side, and what is put across, is owed as a relay until it is passed on.

use super::acts;
use super::questions::Spot;
use super::show;
use super::thing::{Issue, Message, Refusal};
use super::thread_sql::{self, Saying};
use crate::base::{Audience, By, Channel, OrderNumber, Party, RelayId, T};
use crate::history::{Event, IssueEvent};
use crate::orders::{self, OrderAct, Step};
use crate::people::Deed;
use crate::production::outside;
use crate::production::owing::{self, Owed};
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use axum::extract::{Path, State};

/// Who may write in a stream: notes as everywhere, words of or to a side as the bridge has it.
pub(super) const fn deed(audience: Audience) -> Deed {
    match audience {
        Audience::Internal => Deed::AddNote,
        Audience::Factory | Audience::Customer | Audience::Forwarder => Deed::HearRelay,
    }
}

pub(super) async fn write(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, issue)): Path<Spot>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&["audience", "from", "who", "channel", "words"])?;
    let order = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(&app, by, &order, &form.key).await?;
    let held = acts::find(&mut act, issue).await?;
    let audience = match form.fields.get("audience") {
        "factory" => Audience::Factory,
        "customer" => Audience::Customer,
        _ => Audience::Internal,
    };
    act.must(deed(audience))?;
    let mut faults = Faults::default();
    let words = outside::text(
        &form.fields,
        "words",
        4_000,
        &mut faults,
        T::issues_words_missing,
    );
    faults.check()?;
    let theirs = form.fields.get("from") == "them" && audience != Audience::Internal;
    let saying = Saying {
        from: if theirs { side(audience) } else { Party::Us },
        who: form.fields.get("who").chars().take(120).collect(),
        channel: Channel::parse(form.fields.get("channel"))
            .map_or("", Channel::code)
            .to_owned(),
        lang: owing::lang_of(&words),
        relay: None,
        audience,
        words,
    };
    let files = outside::keep(&app, &mut act, &form.files, "issue", Audience::Internal).await?;
    let message = say(&mut act, &held, saying, &files).await?;
    let url = format!("{}#m-{message}", show::url(&act.order, issue));
    act.finish(Answer::to(url).tell(page.t, T::issues_said))
        .await
}

const fn side(audience: Audience) -> Party {
    match audience {
        Audience::Factory => Party::Factory,
        Audience::Customer => Party::Customer,
        Audience::Internal | Audience::Forwarder => Party::Us,
    }
}

/// The act: writes the message; what we say to a side is owed to it.
pub(super) async fn say(
    act: &mut OrderAct,
    issue: &Issue,
    mut saying: Saying,
    files: &[crate::base::FileId],
) -> Result<i32> {
    let to = side(saying.audience);
    if saying.from == Party::Us && to != Party::Us {
        saying.relay = Some(owe(act, issue, (Party::Us, to), &saying.words).await?);
    }
    let (id, number) = thread_sql::insert(act, issue.id, &saying).await?;
    thread_sql::attach(act, issue.id, Some(id), files).await?;
    act.happened(&Event::Issue(IssueEvent::IssueSaid {
        number: issue.number,
        audience: saying.audience.code().to_owned(),
        words: saying.words.chars().take(300).collect(),
    }))
    .await?;
    Ok(number)
}

async fn owe(
    act: &mut OrderAct,
    issue: &Issue,
    (from, to): (Party, Party),
    words: &str,
) -> Result<RelayId> {
    let to = match to {
        Party::Factory => acts::makers(act, issue).await?,
        side => vec![side.into()],
    };
    let owed = Owed {
        subject: issue.title.clone(),
        words: words.to_owned(),
        lang: owing::lang_of(words),
        lines: Vec::new(),
        makers: Vec::new(),
        urgent: false,
        answer_asked: false,
        step: if issue.is_claim() {
            Step::Settlement
        } else {
            Step::Production
        },
        from,
        to,
    };
    Ok(owing::owe(act, owed).await?.0)
}

/// Puts a message across: the same words, or a translation typed beside them, become a relay to the other side.
pub(super) async fn put_across(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, issue, message)): Path<(String, i32, i32)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&["words"])?;
    let order = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(&app, by, &order, &form.key).await?;
    act.must(Deed::HearRelay)?;
    let held = acts::find(&mut act, issue).await?;
    let order = act.order.clone();
    let said = thread_sql::messages(act.tx(), &order, &held)
        .await?
        .into_iter()
        .find(|said| said.number == message)
        .ok_or(Error::NotFound)?;
    let to = other_side(&said)?;
    let typed: String = form.fields.get("words").chars().take(4_000).collect();
    let words = if typed.is_empty() {
        said.words.clone()
    } else {
        typed
    };
    let relay = owe(&mut act, &held, (said.from, to), &words).await?;
    thread_sql::note_relay(&mut act, said.id, relay).await?;
    let saying = Saying {
        audience: acts::stream_of(to),
        from: Party::Us,
        who: String::new(),
        channel: String::new(),
        lang: owing::lang_of(&words),
        relay: Some(relay),
        words,
    };
    let (_, copy) = thread_sql::insert(&mut act, held.id, &saying).await?;
    let url = format!("{}#m-{copy}", show::url(&act.order, issue));
    act.finish(Answer::to(url).tell(page.t, T::issues_across))
        .await
}

/// Who does not know it yet: only what a side said crosses, once.
pub(super) fn other_side(said: &Message) -> Result<Party, Refusal> {
    if said.relay.is_some() {
        return Err(Refusal::PutAcross);
    }
    match said.from {
        Party::Factory => Ok(Party::Customer),
        Party::Customer => Ok(Party::Factory),
        _ => Err(Refusal::StaysInside),
    }
}
