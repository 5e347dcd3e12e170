//! The thread: what each side said, each in its own stream, and what is put across to the other side. What we write to a
//! side, and what is put across, is owed as a relay until it is passed on.

use super::acts;
use super::questions::Spot;
use super::show::{self, Again};
use super::thing::{Issue, Message, Refusal};
use super::thread_sql::{self, Saying};
use crate::base::{Audience, By, OrderNumber, Party, RelayId, T};
use crate::history::{Event, IssueEvent};
use crate::orders::{self, OrderAct, Step};
use crate::people::Deed;
use crate::production::outside::{self, Said};
use crate::production::owing::{self, Owed};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;

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
    Path(spot): Path<Spot>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["audience", "from", "who", "channel", "day", "words"])?;
    let order = OrderNumber::parse(&spot.0).ok_or(Error::NotFound)?;
    let mut act = orders::begin(&app, by.clone(), &order, &form.key).await?;
    let held = acts::find(&mut act, spot.1).await?;
    let audience = audience_of(&form.fields);
    act.must(deed(audience))?;
    let saying = match read(&form.fields, audience, act.today()) {
        Ok(saying) => saying,
        Err(faults) => {
            drop(act);
            let again = Again::of(audience, form.fields, faults);
            return show::again(&app, page, &by, &spot, again).await;
        }
    };
    let files = outside::keep(&app, &mut act, &form.files, "issue", Audience::Internal).await?;
    let message = say(&mut act, &held, saying, &files).await?;
    let url = format!("{}#m-{message}", show::url(&act.order, spot.1));
    let answer = act.finish(Answer::to(url).tell(page.t, T::issues_said));
    Ok(answer.await?.into_response())
}

fn audience_of(fields: &Fields) -> Audience {
    match fields.get("audience") {
        "factory" => Audience::Factory,
        "customer" => Audience::Customer,
        _ => Audience::Internal,
    }
}

/// What is written, or what is missing: words of a side carry who said them, by which channel and on which day.
fn read(fields: &Fields, audience: Audience, today: NaiveDate) -> Result<Saying, Faults> {
    let mut faults = Faults::default();
    let missing = T::issues_words_missing;
    let words = outside::text(fields, "words", 4_000, &mut faults, missing);
    let theirs = fields.get("from") == "them" && audience != Audience::Internal;
    let said = if theirs {
        outside::teller(fields, today, &mut faults)
    } else {
        Said::default()
    };
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Saying {
        from: if theirs { side(audience) } else { Party::Us },
        who: said.who,
        channel: said.channel,
        on: said.on,
        lang: owing::lang_of(&words),
        relay: None,
        audience,
        words,
    })
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
    act.happened(&Event::Issue(happened(issue.number, saying)))
        .await?;
    Ok(number)
}

/// What a side said names who, how and when; what we write needs nobody's name but ours.
fn happened(number: i32, saying: Saying) -> IssueEvent {
    let audience = saying.audience.code().to_owned();
    let words = saying.words.chars().take(300).collect();
    if saying.from == Party::Us {
        return IssueEvent::IssueSaid {
            number,
            audience,
            words,
        };
    }
    IssueEvent::IssueHeard {
        number,
        audience,
        who: saying.who,
        channel: saying.channel,
        on: saying.on.map(|day| day.to_string()).unwrap_or_default(),
        words,
    }
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
        on: None,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Fields {
        let pairs = pairs.iter();
        Fields::new(
            pairs
                .map(|(name, value)| ((*name).into(), (*value).into()))
                .collect(),
        )
    }

    #[test]
    fn what_a_side_said_carries_who_how_and_when() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let words = [("words", "B缸偏浅"), ("from", "them")];
        let faults = read(&typed(&words), Audience::Factory, today).unwrap_err();
        assert!(faults.of("who").is_some() && faults.of("channel").is_some());
        let told = [
            ("words", "B缸偏浅"),
            ("from", "them"),
            ("who", "俞建平"),
            ("channel", "wechat"),
            ("day", "2026-11-24"),
        ];
        let faults = read(&typed(&told), Audience::Factory, today).unwrap_err();
        assert!(faults.of("day").is_some(), "nobody says it tomorrow");
        let said = read(&typed(&told[..4]), Audience::Factory, today).unwrap();
        assert_eq!((said.from, said.on), (Party::Factory, Some(today)));
        // What we write ourselves, and what stays inside, needs none of it.
        let ours = read(&typed(&words[..1]), Audience::Customer, today).unwrap();
        assert_eq!((ours.from, ours.on), (Party::Us, None));
        let inside = read(&typed(&words), Audience::Internal, today).unwrap();
        assert_eq!(inside.from, Party::Us);
    }
}
