//! Passing 转手: what an event keeps beside its sentence, so that what was handed on, or put off, can be found as it was.

use crate::base::{PersonId, TaskId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who sells an order and who operates it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hands {
    pub salesperson: PersonId,
    pub operator: PersonId,
}

/// From which hands an order went to which: it can be taken back while it is still in the latter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    pub order: String,
    pub from: Hands,
    pub to: Hands,
}

/// From whom a task went, and as which version it arrived: it can be taken back while nobody has touched it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskPassed {
    pub task: TaskId,
    pub from: PersonId,
    pub version: i32,
}

/// Which row it was: kept for whoever has to rebuild it, never told, because who reads the stream need not know its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeRow {
    /// The order of an open item, or a task by hand.
    pub thing: Uuid,
    pub kind: String,
    pub subject: String,
}
