//! Owing 应传达: verdicts, problems, agreed changes, dates, tracking numbers, drafts and cut-offs are owed to the other
//! side by the act that makes them, in the same transaction. The desk that made the fact says what, from whom, to whom.

use super::act::OrderAct;
use super::lifecycle::Step;
use crate::base::calendar::Calendar;
use crate::base::{Channel, Lang, Party, RelayId};
use crate::history::Event;
use crate::people::Deed;
use crate::relay::{self, Addressee, Fact, Heard, Move, Relay};
use crate::web::Result;

/// What one side owes the other. `kind` and `key` name the fact, so that it is owed once.
#[derive(Clone, Debug)]
pub struct Owed {
    pub kind: &'static str,
    pub key: String,
    pub from: Party,
    pub to: Vec<Addressee>,
    pub step: Step,
    pub subject: String,
    /// What is to be acknowledged, line by line; none is one line, the words.
    pub lines: Vec<String>,
    /// In the language of whose words they are.
    pub words: String,
    pub lang: Lang,
    pub channel: String,
}

/// Makes the relay of a fact; due within the working hours that anything heard is passed on in.
pub async fn owe(act: &mut OrderAct, owed: Owed) -> Result<i32> {
    let heard = Heard {
        due_at: act.by.at,
        from: owed.from,
        to: owed.to,
        subject: owed.subject,
        lines: if owed.lines.is_empty() {
            vec![owed.words.clone()]
        } else {
            owed.lines
        },
        makers: Vec::new(),
        words: owed.words,
        words_lang: owed.lang.code().to_owned(),
        urgent: false,
        answer_asked: false,
        channel: owed.channel,
        step: owed.step.number(),
    };
    Ok(write(act, Some((owed.kind, owed.key)), heard).await?.1)
}

/// Writes a relay into the order, of a fact or of these words alone, with the moment it is due; the journal hears of it.
pub async fn write(
    act: &mut OrderAct,
    fact: Option<(&'static str, String)>,
    mut heard: Heard,
) -> Result<(RelayId, i32)> {
    let (order, at, person) = (act.order.id(), act.by.at, act.by.person());
    heard.due_at = relay::due(&calendar(act).await?, at, heard.urgent);
    let to: Vec<&str> = heard.to.iter().map(|to| to.side.code()).collect();
    let event = Event::RelayHeard {
        from: heard.from.code().to_owned(),
        to: to.join(" "),
        words: heard.words.chars().take(300).collect(),
    };
    let made = match fact {
        Some((kind, key)) => {
            let fact = Fact { kind, key, heard };
            relay::fact::insert(act.tx(), order, &fact, person, at).await?
        }
        None => relay::sql::insert(act.tx(), order, &heard, person, at).await?,
    };
    act.happened(&event).await?;
    Ok(made)
}

/// The working days of the house, inside this act.
pub async fn calendar(act: &mut OrderAct) -> Result<Calendar> {
    let days = relay::sql::calendar_days(act.tx()).await?;
    Ok(Calendar::new(act.zone(), days))
}

/// The fact is told to this side on the desk's own page: its relay is passed on with it.
pub async fn told(
    act: &mut OrderAct,
    (kind, key): (&str, &str),
    to: Party,
    channel: Channel,
) -> Result<()> {
    let order = act.order.id();
    let Some(relay) = relay::fact::find(act.tx(), order, kind, key).await? else {
        return Ok(());
    };
    if relay.check(to, Move::PassOn).is_err() {
        return Ok(());
    }
    passed(act, &relay, to.into(), channel).await
}

/// The act: every line of a relay is told to this side.
pub async fn pass_on(
    act: &mut OrderAct,
    relay: &Relay,
    to: Addressee,
    channel: Channel,
) -> Result<()> {
    act.must(Deed::PassOnRelay)?;
    relay.check(to, Move::PassOn)?;
    passed(act, relay, to, channel).await
}

async fn passed(act: &mut OrderAct, relay: &Relay, to: Addressee, channel: Channel) -> Result<()> {
    let by = (act.by.person(), act.by.at);
    relay::sql::pass_on(act.tx(), relay.id, to, channel.code(), by).await?;
    act.happened(&Event::RelayPassed {
        channel: channel.code().to_owned(),
        to: to.side.code().to_owned(),
        name: relay.name_of(to),
    })
    .await
}

/// The act: this side has read one line, or all of them, and will do so.
pub async fn acknowledge(
    act: &mut OrderAct,
    relay: &Relay,
    (to, line): (Addressee, Option<i32>),
    said: &relay::Said,
) -> Result<()> {
    act.must(Deed::RecordRelayAcknowledgement)?;
    relay.check(to, Move::AcknowledgeLine)?;
    let lines = relay.open_lines(to, line)?;
    let at = act.by.at;
    relay::sql::acknowledge(act.tx(), relay.id, (to, &lines), said, at).await?;
    act.happened(&Event::RelayAcknowledged {
        line: line.unwrap_or(0),
        from: to.side.code().to_owned(),
        who: said.who.clone(),
    })
    .await
}

/// The fact is over before the other side said that it has it: its relay is withdrawn with the reason.
pub async fn over(act: &mut OrderAct, (kind, key): (&str, &str), reason: &str) -> Result<()> {
    let (order, at) = (act.order.id(), act.by.at);
    let Some(relay) = relay::fact::find(act.tx(), order, kind, key).await? else {
        return Ok(());
    };
    if relay.is_closed() {
        return Ok(());
    }
    relay::sql::withdraw(act.tx(), relay.id, reason, at).await?;
    let reason = reason.to_owned();
    act.happened(&Event::RelayWithdrawn { reason }).await
}

/// What came of the fact shows that this side has it: its relay is acknowledged with it.
pub async fn received(
    act: &mut OrderAct,
    (kind, key): (&str, &str),
    to: Party,
    who: &str,
) -> Result<()> {
    let (order, at) = (act.order.id(), act.by.at);
    let Some(relay) = relay::fact::find(act.tx(), order, kind, key).await? else {
        return Ok(());
    };
    let lines = relay.open_lines(to, None).unwrap_or_default();
    if lines.is_empty() || relay.check(to, Move::AcknowledgeLine).is_err() {
        return Ok(());
    }
    let said = relay::Said {
        who: who.to_owned(),
        ..relay::Said::default()
    };
    relay::sql::acknowledge(act.tx(), relay.id, (to.into(), &lines), &said, at).await?;
    act.happened(&Event::RelayAcknowledged {
        line: 0,
        from: to.code().to_owned(),
        who: who.to_owned(),
    })
    .await
}
