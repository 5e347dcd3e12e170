//! Act: one transaction in which one person does one thing. Dropped without `finish`, it never happened.

use super::{Event, sql};
use crate::base::{ActId, By, PersonId};
use crate::web::{Answer, App, Error, FormKey, Result};
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;

/// What an event belongs to: an order, a customer, a user. Each has its own chain.
pub trait Stream {
    /// `order:0190…`, `customer:0190…`
    fn stream(&self) -> String;
}

/// An open act. Whoever holds it may write; what is written stands when `finish` returns.
pub struct Act {
    tx: Transaction<'static, Postgres>,
    pub by: By,
    id: ActId,
    key: Option<FormKey>,
    on_behalf_of: Option<PersonId>,
}

/// An act's statements read by key, whatever the key: their plans are made once a connection and kept.
const BEGIN: &str = "begin; set local plan_cache_mode = force_generic_plan";

/// Opens an act without an order: a customer's address, a user, a rate. The form's key is claimed first; a repeated
/// form ends here with the first answer.
pub async fn begin(app: &App, by: By, key: &FormKey) -> Result<Act> {
    let person = by.person().ok_or(Error::SignIn)?;
    let mut tx = app.db.begin_with(BEGIN).await?;
    sql::claim(&mut tx, person, key, by.at).await?;
    Ok(Act {
        tx,
        id: ActId::fresh(by.at),
        by,
        key: Some(key.clone()),
        on_behalf_of: None,
    })
}

/// Opens an act of the house itself (jobs, lapses) or of a command at the terminal: there is no form.
pub async fn begin_house(app: &App, by: By) -> Result<Act> {
    let tx = app.db.begin_with(BEGIN).await?;
    Ok(Act {
        tx,
        id: ActId::fresh(by.at),
        by,
        key: None,
        on_behalf_of: None,
    })
}

/// One form, several acts: the id they share, the same however often the form is sent.
pub fn id_of_form(by: &By, key: &FormKey) -> ActId {
    let mut hash = Sha256::new();
    hash.update(by.person().map_or(Uuid::nil(), |person| person.0));
    hash.update(key.key);
    let hash: [u8; 32] = hash.finalize().into();
    let [high, low] = [hash.first_chunk::<8>(), hash.last_chunk::<8>()]
        .map(|half| half.copied().map_or(0, u64::from_be_bytes));
    ActId(Uuid::from_u64_pair(high, low))
}

/// Where a POST takes back what was done in an act, or in all acts of one form.
pub fn way_back(act: ActId) -> String {
    format!("/home/acts/{act}/return")
}

impl Act {
    /// From here on its events belong to the form as a whole: what the form did is found, and taken back, together.
    pub fn shares(&mut self, key: &FormKey) {
        self.id = id_of_form(&self.by, key);
    }

    pub fn tx(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    pub fn id(&self) -> ActId {
        self.id
    }

    /// From here on the events say that a deputy decided for this manager.
    pub fn stand_in_for(&mut self, manager: PersonId) {
        self.on_behalf_of = Some(manager);
    }

    pub fn on_behalf_of(&self) -> Option<PersonId> {
        self.on_behalf_of
    }

    /// Writes one event into the chain of what changed.
    pub async fn record(&mut self, of: &impl Stream, event: &Event) -> Result<()> {
        let by = (self.by.person(), self.on_behalf_of);
        sql::append(&mut self.tx, &of.stream(), self.by.at, self.id, by, event).await
    }

    /// Keeps the answer under the form's key and commits.
    pub async fn finish(mut self, answer: Answer) -> Result<Answer> {
        if let (Some(key), Some(person)) = (&self.key, self.by.person()) {
            sql::keep_answer(&mut self.tx, person, key, &answer.location).await?;
        }
        self.tx.commit().await?;
        Ok(answer)
    }
}
