//! Told 已传达的工厂: to which factories the result of an issue was conveyed, and what each of them has said to it.

use super::thing::Issue;
use crate::base::{T, tongues};
use crate::orders::Order;
use crate::relay::{self, Addressee, Relay};
use crate::web::Result;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// One factory, or the side as a whole where none is named.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub to: Addressee,
    /// In both languages; empty where none is named.
    pub name: String,
    /// All its lines are acknowledged: by whom, by which channel, when.
    pub said: Option<Said>,
}

#[derive(Clone, Debug)]
pub(super) struct Said {
    pub who: String,
    pub channel: String,
    pub at: DateTime<Utc>,
}

impl Told {
    fn of(held: &Relay, to: Addressee) -> Self {
        let open = held
            .receipts_of(to)
            .any(|receipt| receipt.acknowledged_at.is_none());
        let last = held
            .receipts_of(to)
            .max_by_key(|receipt| receipt.acknowledged_at)
            .filter(|_| !open);
        Self {
            name: held.name_of(to),
            said: last.and_then(|receipt| {
                receipt.acknowledged_at.map(|at| Said {
                    who: receipt.acknowledged_by.clone(),
                    channel: receipt.acknowledged_channel.clone(),
                    at,
                })
            }),
            to,
        }
    }

    pub(super) fn label(&self, t: T) -> &str {
        match tongues::own(t, &self.name) {
            "" => self.to.side.label(t),
            name => name,
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.said.is_none()
    }
}

/// Nobody before it is conveyed, or where what was conveyed is withdrawn: then one answer is all there is.
pub(super) async fn told(db: &mut PgConnection, order: &Order, issue: &Issue) -> Result<Vec<Told>> {
    let Some(relay) = issue.conveyance else {
        return Ok(Vec::new());
    };
    let all = relay::sql::list_for(db, order.id()).await?;
    let held = all
        .into_iter()
        .find(|held| held.id == relay && held.withdrawn_at.is_none());
    Ok(held.map_or_else(Vec::new, |held| {
        let to = held.addressees().into_iter();
        to.map(|to| Told::of(&held, to)).collect()
    }))
}

/// Whose answer is recorded: the one that is named, or the only one there is. `None` where it has to be said which.
pub(super) fn whose(told: &[Told], named: Option<Addressee>) -> Option<Addressee> {
    let open: Vec<Addressee> = told
        .iter()
        .filter(|one| one.is_open())
        .map(|one| one.to)
        .collect();
    match (told, open.as_slice(), named) {
        // Line by line in the ledger all have acknowledged it; now the issue goes on.
        (_, [], _) => Some(crate::base::Party::Factory.into()),
        ([_], [only], None) => Some(*only),
        (_, open, Some(named)) if open.contains(&named) => Some(named),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{FactoryId, Party};
    use uuid::Uuid;

    fn told(id: u128, answered: bool) -> Told {
        Told {
            to: FactoryId(Uuid::from_u128(id)).into(),
            name: String::new(),
            said: answered.then(|| Said {
                who: "何厂长".into(),
                channel: "wechat".into(),
                at: DateTime::UNIX_EPOCH,
            }),
        }
    }

    #[test]
    fn of_several_factories_it_is_said_whose_answer_it_is_and_none_answers_twice() {
        let of = |id: u128| Addressee::from(FactoryId(Uuid::from_u128(id)));
        let one = [told(1, false)];
        assert_eq!(whose(&one, None), Some(of(1)));
        let two = [told(1, true), told(2, false)];
        assert_eq!(whose(&two, None), None);
        assert_eq!(whose(&two, Some(of(1))), None);
        assert_eq!(whose(&two, Some(of(2))), Some(of(2)));
        assert_eq!(whose(&[told(1, true)], None), Some(Party::Factory.into()));
        assert_eq!(whose(&[], None), Some(Party::Factory.into()));
    }
}
