//! What stands beside a gate: the way to ask, how far the question is, or the leave that was given.

use super::kind::Kind;
use super::sql::{self, Held};
use crate::base::{By, T};
use crate::orders::Order;
use crate::people::Deed;
use crate::web::error::Way;
use crate::web::{Error, Result, Tell};
use sqlx::PgConnection;
use std::sync::Arc;
use uuid::Uuid;

/// One line with one way on.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Of the banner: empty, info, warn, bad.
    pub tone: &'static str,
    pub line: String,
    pub verb: &'static str,
    pub href: String,
}

/// Where this gate is asked for.
pub(super) fn address(order: &Order, kind: Kind, thing: &str) -> String {
    format!(
        "{}/exceptions/new/{}/{}",
        order.url(),
        kind.path(),
        thing.replace('/', ".")
    )
}

/// For a gate that is shut. Nothing for who neither may ask nor is asked.
pub async fn beside(
    db: &mut PgConnection,
    t: T,
    by: &By,
    orders: &[Order],
    (kind, id, thing): (Kind, Uuid, &str),
) -> Result<Option<Beside>> {
    let Some(first) = orders.first() else {
        return Ok(None);
    };
    let moves = orders.iter().all(|order| order.condition.moves());
    let asks = moves && first.may(by, Deed::AskDecision);
    let held = sql::held(db, kind, id).await?;
    let new = address(first, kind, thing);
    let Some(held) = held else {
        let own = first.may(by, kind.deed());
        return Ok((asks && !own).then(|| Beside {
            tone: "",
            line: t.exceptions_line_shut().to_owned(),
            verb: t.exceptions_ask(),
            href: new,
        }));
    };
    if !asks && !first.may(by, kind.deed()) {
        return Ok(None);
    }
    let uses = moves && orders.iter().all(|order| order.may(by, kind.plain()));
    let read = format!("{}/exceptions/{}", first.url(), held.id);
    Ok(Some(line(t, &held, (asks, uses), (new, read))))
}

fn line(t: T, held: &Held, (asks, uses): (bool, bool), (new, read): (String, String)) -> Beside {
    let look = t.exceptions_look();
    if !held.holds && !held.is_returned() {
        return Beside {
            tone: "warn",
            line: t.exceptions_line_fell().to_owned(),
            verb: if asks { t.exceptions_ask_again() } else { look },
            href: if asks { new } else { read },
        };
    }
    if held.is_open() {
        return Beside {
            tone: "info",
            line: t.exceptions_line_open(held.requested(t), &held.asked_words),
            verb: look,
            href: read,
        };
    }
    if held.is_granted() {
        return Beside {
            tone: "info",
            line: granted(t, held),
            verb: if uses { t.exceptions_use() } else { look },
            href: if uses { held.act_url.clone() } else { read },
        };
    }
    Beside {
        tone: "warn",
        line: t.exceptions_line_returned(held.decided(t), &held.words),
        verb: if asks { t.exceptions_ask_again() } else { look },
        href: if asks { new } else { read },
    }
}

fn granted(t: T, held: &Held) -> String {
    if held.words.is_empty() {
        t.exceptions_line_granted(held.decided(t))
    } else {
        t.exceptions_line_granted_words(held.decided(t), &held.words)
    }
}

/// A refusal that says where its exception is asked for.
#[derive(Debug)]
struct Askable {
    why: Arc<dyn Tell>,
    href: String,
}

impl Tell for Askable {
    fn tell(&self, t: T) -> String {
        self.why.tell(t)
    }

    fn way(&self) -> Option<Way> {
        Some((self.href.clone(), T::exceptions_ask))
    }
}

/// The same refusal with the way to ask, for who may ask.
pub fn askable(error: Error, by: &By, order: &Order, (kind, thing): (Kind, &str)) -> Error {
    match error {
        Error::Refused(why) if order.may(by, Deed::AskDecision) => {
            Error::Refused(Arc::new(Askable {
                why,
                href: address(order, kind, thing),
            }))
        }
        other => other,
    }
}
