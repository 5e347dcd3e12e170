//! What one side owes the other because of an act of this desk: the relay is written in the same act, and closed by the
//! act that records the answer, which proves that it has crossed.

use crate::base::{FactoryId, Party, RelayId, tongues};
use crate::history::Event;
use crate::orders::{OrderAct, Step, owing};
use crate::relay::{self, Addressee, Heard, Stage};
use crate::web::Result;

/// A fact to be told, with the lines that are acknowledged one by one.
#[derive(Clone, Debug)]
pub struct Owed {
    pub from: Party,
    pub to: Vec<Addressee>,
    pub subject: String,
    pub words: String,
    pub lang: &'static str,
    pub lines: Vec<String>,
    /// Whose each line is, where not every factory is told every line; else empty.
    pub makers: Vec<Option<FactoryId>>,
    pub urgent: bool,
    pub answer_asked: bool,
    pub step: Step,
}

/// The language of a text, as far as its signs say.
pub fn lang_of(text: &str) -> &'static str {
    tongues::written(text).code()
}

/// Writes the relay with its due time; answers its id and number.
pub async fn owe(act: &mut OrderAct, owed: Owed) -> Result<(RelayId, i32)> {
    let heard = Heard {
        from: owed.from,
        to: owed.to,
        subject: owed.subject.chars().take(240).collect(),
        lines: if owed.lines.is_empty() {
            vec![owed.words.chars().take(500).collect()]
        } else {
            owed.lines
        },
        makers: owed.makers,
        words_lang: owed.lang.to_owned(),
        urgent: owed.urgent,
        answer_asked: owed.answer_asked,
        channel: String::new(),
        due_at: act.by.at,
        step: owed.step.number(),
        words: owed.words,
    };
    owing::write(act, None, heard).await
}

/// The addressee has answered: what was not noted as passed on has crossed by this channel, one line of it or all.
pub async fn answered(
    act: &mut OrderAct,
    relay: Option<RelayId>,
    to: Addressee,
    line: Option<i32>,
    (who, channel, words): (&str, &str, &str),
) -> Result<()> {
    let (Some(relay), at, person) = (relay, act.by.at, act.by.person()) else {
        return Ok(());
    };
    let Some(held) = find(act, relay).await? else {
        return Ok(());
    };
    // One line of several factories' is one factory's.
    let to = line.map_or(to, |line| held.addressee_of(to.side, line));
    let stage = held.stage_of(to);
    if stage >= Stage::Closed {
        return Ok(());
    }
    if stage == Stage::Heard {
        relay::sql::pass_on(act.tx(), relay, to, channel, (person, at)).await?;
    }
    let said = relay::Said {
        who: who.to_owned(),
        channel: channel.to_owned(),
        words: words.to_owned(),
        ..relay::Said::default()
    };
    if let Ok(lines) = held.open_lines(to, line) {
        relay::sql::acknowledge(act.tx(), relay, (to, &lines), &said, at).await?;
    }
    if held.answer_asked && line.is_none() {
        relay::sql::answer(act.tx(), relay, to, &said, at).await?;
    }
    Ok(())
}

/// What it spoke of is gone: it is owed no longer.
pub async fn fall(act: &mut OrderAct, relay: Option<RelayId>, reason: &str) -> Result<()> {
    let (Some(relay), at) = (relay, act.by.at) else {
        return Ok(());
    };
    let open = find(act, relay)
        .await?
        .is_some_and(|held| !held.is_closed());
    if open {
        relay::sql::withdraw(act.tx(), relay, reason, at).await?;
        act.happened(&Event::RelayWithdrawn {
            reason: reason.to_owned(),
        })
        .await?;
    }
    Ok(())
}

async fn find(act: &mut OrderAct, relay: RelayId) -> Result<Option<relay::Relay>> {
    let order = act.order.id();
    let all = relay::sql::list_for(act.tx(), order).await?;
    Ok(all.into_iter().find(|held| held.id == relay))
}
