//! What a shipment makes owed to others by itself: dates and cut-offs, a slip, the shipping advice with its loading
//! data. Each is a relay of every order, made in the act that learned of it.

use crate::base::{Lang, OrderId, Party, T};
use crate::history::Event;
use crate::orders::JointAct;
use crate::relay::{self, Heard};
use crate::web::Result;

/// A relay to be made.
pub(super) struct Owed {
    pub kind: &'static str,
    pub key: String,
    pub step: i16,
    pub from: Party,
    pub to: Party,
    pub subject: String,
    pub lines: Vec<String>,
    pub answer_asked: bool,
    /// Passed on in the same act, by this channel.
    pub passed: Option<String>,
    /// Not later than this, whatever the working hours say.
    pub before: Option<chrono::DateTime<chrono::Utc>>,
}

/// Words to a customer are in the language of his papers, to a factory or forwarder Chinese.
pub(super) async fn words_to(act: &mut JointAct, side: Party) -> Result<T> {
    let Some(order) = act.orders.first().map(crate::orders::Order::id) else {
        return Ok(T(Lang::Zh));
    };
    relay::sql::words_to(act.tx(), order, side).await
}

pub(super) async fn owe(act: &mut JointAct, owed: &Owed) -> Result<()> {
    let calendar = act.calendar().await?;
    let by = (act.by.person(), act.by.at);
    let usual = relay::due(&calendar, by.1, false);
    let due_at = owed.before.map_or(usual, |before| before.min(usual));
    let t = words_to(act, owed.to).await?;
    let mut any = false;
    for order in ids(act) {
        let heard = Heard {
            from: owed.from,
            to: vec![owed.to.into()],
            subject: owed.subject.clone(),
            lines: owed.lines.clone(),
            makers: Vec::new(),
            words: owed.lines.join("\n"),
            words_lang: t.0.code().to_owned(),
            urgent: false,
            answer_asked: owed.answer_asked,
            channel: String::new(),
            due_at,
            step: owed.step,
        };
        let fact = relay::Fact {
            kind: owed.kind,
            key: owed.key.clone(),
            heard,
        };
        let made = relay::fact::owe(act.tx(), order, &fact, by).await?;
        if let (Some(id), Some(channel)) = (made, &owed.passed) {
            relay::sql::pass_on(act.tx(), id, owed.to, channel, by).await?;
        }
        any |= made.is_some();
    }
    if any {
        told(act, owed).await?;
    }
    Ok(())
}

/// The journal hears of it, as of every relay.
async fn told(act: &mut JointAct, owed: &Owed) -> Result<()> {
    let (from, to) = (owed.from.code().to_owned(), owed.to.code().to_owned());
    let words = owed.lines.join("\n").chars().take(300).collect();
    let (channel, told) = (owed.passed.clone(), to.clone());
    act.happened(&Event::RelayHeard { from, to, words }).await?;
    match channel {
        Some(channel) => {
            act.happened(&Event::RelayPassed {
                channel,
                to: told,
                name: String::new(),
            })
            .await
        }
        None => Ok(()),
    }
}

/// Its subject is gone.
pub(super) async fn withdraw(
    act: &mut JointAct,
    kind: &str,
    key: &str,
    reason: &str,
) -> Result<()> {
    let at = act.by.at;
    let mut any = false;
    for order in ids(act) {
        any |= relay::fact::withdraw(act.tx(), order, (kind, key), reason, at).await?;
    }
    if any {
        let reason = reason.to_owned();
        act.happened(&Event::RelayWithdrawn { reason }).await?;
    }
    Ok(())
}

/// What this side does or says answers the news it was told.
pub(super) async fn answered(
    act: &mut JointAct,
    fact: (&str, &str),
    (to, who, words): (Party, &str, &str),
) -> Result<()> {
    let by = (act.by.person(), act.by.at);
    let mut any = false;
    for order in ids(act) {
        any |= relay::fact::answered(act.tx(), order, fact, (to, who, words), by).await?;
    }
    if any {
        act.happened(&Event::RelayAcknowledged {
            line: 0,
            from: to.code().to_owned(),
            who: who.to_owned(),
        })
        .await?;
    }
    Ok(())
}

fn ids(act: &JointAct) -> Vec<OrderId> {
    act.orders.iter().map(crate::orders::Order::id).collect()
}
