//! Tasks by hand 手工待办: what no rule of the trade asks for, written by a colleague for herself or for another.
//!
//! Read `record.rs` first: who may what. `act.rs` holds the task and its order, `giving.rs`, `changing.rs`, `ending.rs` and
//! `handing_on.rs` are the acts; home and the order file show the open ones, `list.rs` those that ended.

mod act;
pub(super) mod changing;
pub(super) mod ending;
mod form;
pub(super) mod giving;
pub(super) mod handing_on;
mod list;
pub(super) mod record;
pub(super) mod sql;

use crate::web::{Door, Routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/tasks", Door::Staff, list::show)
        .get("/tasks/new", Door::Staff, giving::blank)
        .post("/tasks", Door::Staff, giving::create)
        .get("/tasks/{id}", Door::Staff, changing::show)
        .post("/tasks/{id}", Door::Staff, changing::save)
        .post("/tasks/{id}/done", Door::Staff, ending::done)
        .post("/tasks/{id}/reopening", Door::Staff, ending::reopen)
        .post("/tasks/{id}/removal", Door::Staff, ending::take_away)
        .post("/tasks/{id}/owner", Door::Staff, handing_on::create)
}
