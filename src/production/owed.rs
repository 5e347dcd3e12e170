//! Owed 传达: the relays that production makes by itself: what was agreed, what slips, what is taken back.

use super::owing::lang_of;
use crate::base::{Channel, Party, RelayId, T};
use crate::history::Event;
use crate::orders::{OrderAct, Step, owing};
use crate::relay::{self, Addressee, Heard};
use crate::web::Result;

/// One fact that one side owes the other.
pub(super) struct Owed<'a> {
    pub from: Party,
    pub to: Addressee,
    /// In both languages: it is read by whoever works on the order.
    pub subject: String,
    /// In the language of the side they are for.
    pub lines: Vec<String>,
    /// Their own words with the channel they were heard by; empty where it is our own.
    pub said: &'a str,
    pub heard: &'a str,
    pub urgent: bool,
    pub step: Step,
    /// The rule that made it and the thing it speaks of, where one fact makes one relay.
    pub fact: Option<(&'static str, String)>,
}

/// Our words to this side.
pub(super) async fn words_to(act: &mut OrderAct, side: Party) -> Result<T> {
    let order = act.order.id();
    relay::sql::words_to(act.tx(), order, side).await
}

/// Writes the relay down; it waits to be passed on by us.
pub(super) async fn owe(act: &mut OrderAct, owed: Owed<'_>) -> Result<RelayId> {
    let (words, lang) = if owed.said.is_empty() {
        let lang = words_to(act, owed.to.side).await?.0;
        (owed.lines.join("\n"), lang.code())
    } else {
        (owed.said.to_owned(), lang_of(owed.said))
    };
    let heard = Heard {
        from: owed.from,
        to: vec![owed.to],
        subject: owed.subject,
        lines: owed.lines,
        makers: Vec::new(),
        words_lang: lang.to_owned(),
        urgent: owed.urgent,
        answer_asked: false,
        channel: owed.heard.to_owned(),
        step: owed.step.number(),
        due_at: act.by.at,
        words,
    };
    Ok(owing::write(act, owed.fact, heard).await?.0)
}

/// The same for what has been handed to the other side in this very act.
pub(super) async fn hand(act: &mut OrderAct, owed: Owed<'_>, channel: Channel) -> Result<RelayId> {
    let to = owed.to;
    let relay = owe(act, owed).await?;
    let by = (act.by.person(), act.by.at);
    relay::sql::pass_on(act.tx(), relay, to, channel.code(), by).await?;
    act.happened(&Event::RelayPassed {
        channel: channel.code().to_owned(),
        to: to.side.code().to_owned(),
        name: String::new(),
    })
    .await?;
    Ok(relay)
}

/// The factory has answered the paper itself, and with it the relay that brought it.
pub(super) async fn acknowledge(act: &mut OrderAct, relay: RelayId, who: &str) -> Result<()> {
    let order = act.order.id();
    let all = relay::sql::list_for(act.tx(), order).await?;
    let Some(found) = all.iter().find(|found| found.id == relay) else {
        return Ok(());
    };
    let Ok(lines) = found.open_lines(Party::Factory, None) else {
        return Ok(());
    };
    if found.withdrawn_at.is_some() {
        return Ok(());
    }
    let at = act.by.at;
    let said = relay::Said {
        who: who.to_owned(),
        ..relay::Said::default()
    };
    relay::sql::acknowledge(act.tx(), relay, (Party::Factory.into(), &lines), &said, at).await?;
    act.happened(&Event::RelayAcknowledged {
        line: 0,
        from: Party::Factory.code().to_owned(),
        who: who.to_owned(),
    })
    .await
}
