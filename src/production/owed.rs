//! Owed 传达: the relays that production makes by itself: what was agreed, what slips, what is taken back.

use crate::base::calendar::Calendar;
use crate::base::{Channel, Party, RelayId};
use crate::history::Event;
use crate::orders::{OrderAct, Step};
use crate::relay::{self, Heard};
use crate::web::Result;

/// One fact that one side owes the other.
pub(super) struct Owed<'a> {
    pub from: Party,
    pub to: Party,
    pub subject: String,
    pub lines: Vec<String>,
    /// The channel it was heard by; empty where it is our own.
    pub heard: &'a str,
    pub urgent: bool,
    pub step: Step,
}

/// Writes the relay down; it waits to be passed on by us.
pub(super) async fn owe(act: &mut OrderAct, owed: Owed<'_>) -> Result<RelayId> {
    let (at, person, order) = (act.by.at, act.by.person(), act.order.id());
    let days = relay::sql::calendar_days(act.tx()).await?;
    let due_at = relay::due(&Calendar::new(act.zone(), days), at, owed.urgent);
    let words = owed.lines.join("\n");
    let heard = Heard {
        from: owed.from,
        to: vec![owed.to],
        subject: owed.subject,
        lines: owed.lines,
        words_lang: "zh-CN".to_owned(),
        urgent: owed.urgent,
        answer_asked: false,
        channel: owed.heard.to_owned(),
        step: owed.step.number(),
        due_at,
        words,
    };
    let (relay, _) = relay::sql::insert(act.tx(), order, &heard, person, at).await?;
    act.happened(&Event::RelayHeard {
        from: heard.from.code().to_owned(),
        to: owed.to.code().to_owned(),
        words: heard.words.chars().take(300).collect(),
    })
    .await?;
    Ok(relay)
}

/// The same for what has been handed to the other side in this very act.
pub(super) async fn hand(act: &mut OrderAct, owed: Owed<'_>, channel: Channel) -> Result<RelayId> {
    let to = owed.to;
    let relay = owe(act, owed).await?;
    let by = (act.by.person(), act.by.at);
    relay::sql::pass_on(act.tx(), relay, to, channel.code(), by).await?;
    act.happened(&Event::RelayPassed {
        channel: channel.code().to_owned(),
        to: to.code().to_owned(),
    })
    .await?;
    Ok(relay)
}

/// The paper is in force no more: nobody waits for an answer to the relay that brought it.
pub(super) async fn take_back(
    act: &mut OrderAct,
    relay: Option<RelayId>,
    reason: &str,
) -> Result<()> {
    let order = act.order.id();
    let all = relay::sql::list_for(act.tx(), order).await?;
    let Some(found) = all.iter().find(|found| Some(found.id) == relay) else {
        return Ok(());
    };
    if found.is_closed() {
        return Ok(());
    }
    let at = act.by.at;
    relay::sql::withdraw(act.tx(), found.id, reason, at).await?;
    let reason = reason.to_owned();
    act.happened(&Event::RelayWithdrawn { reason }).await
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
    relay::sql::acknowledge(act.tx(), relay, (Party::Factory, &lines), who, at).await?;
    act.happened(&Event::RelayAcknowledged {
        line: 0,
        from: Party::Factory.code().to_owned(),
        who: who.to_owned(),
    })
    .await
}
