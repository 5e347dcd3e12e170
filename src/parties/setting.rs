//! Setting 设置: one value of the company under a key, with its version and its chain of events. Which keys there are,
//! their types and defaults, the rule that reads them knows.

use super::sql;
use crate::history::event::Change;
use crate::history::{Act, Event};
use crate::people::{Deed, Relation, rights};
use crate::records::Thing;
use crate::web::Result;
use serde_json::Value;
use sqlx::PgConnection;

/// A stored value; none was saved yet where the version is nought.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    pub value: Option<Value>,
    pub version: i32,
}

pub fn thing(key: &str) -> Thing {
    Thing::new("setting", key)
}

pub async fn find(db: &mut PgConnection, key: &str) -> Result<Setting> {
    sql::setting(db, key).await
}

/// The act; false where somebody saved meanwhile.
pub async fn save(
    act: &mut Act,
    key: &str,
    rev: i32,
    value: &Value,
    changes: Vec<Change>,
) -> Result<bool> {
    rights::must(&act.by, Deed::ManageSettings, &Relation::none())?;
    if !sql::save_setting(act, key, rev, value).await? {
        return Ok(false);
    }
    if !changes.is_empty() {
        act.record(&thing(key), &Event::EntryChanged { changes })
            .await?;
    }
    Ok(true)
}
