//! What a shipment makes owed to others by itself: dates and cut-offs, a slip, the shipping advice with its loading
//! data. Each is a relay of every order, made in the act that learned of it.

use crate::base::{Lang, Party, T};
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

/// Words to a customer are English, to a factory or forwarder Chinese.
pub(super) fn words_to(side: Party) -> T {
    match side {
        Party::Customer => T(Lang::En),
        _ => T(Lang::Zh),
    }
}

pub(super) async fn owe(act: &mut JointAct, owed: &Owed) -> Result<()> {
    let calendar = act.calendar().await?;
    let by = (act.by.person(), act.by.at);
    let usual = relay::due(&calendar, by.1, false);
    let due_at = owed.before.map_or(usual, |before| before.min(usual));
    let ids: Vec<_> = act.orders.iter().map(crate::orders::Order::id).collect();
    for order in ids {
        let heard = Heard {
            from: owed.from,
            to: vec![owed.to],
            subject: owed.subject.clone(),
            lines: owed.lines.clone(),
            words: owed.lines.join("\n"),
            words_lang: if owed.to == Party::Customer {
                "en"
            } else {
                "zh-CN"
            }
            .to_owned(),
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
    }
    Ok(())
}

/// Its subject is gone.
pub(super) async fn withdraw(
    act: &mut JointAct,
    kind: &str,
    key: &str,
    reason: &str,
) -> Result<()> {
    let at = act.by.at;
    let ids: Vec<_> = act.orders.iter().map(crate::orders::Order::id).collect();
    for order in ids {
        relay::fact::withdraw(act.tx(), order, (kind, key), reason, at).await?;
    }
    Ok(())
}
