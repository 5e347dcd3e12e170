//! Later 稍后: rows of home put off until a moment, and acts on several rows at once.
//!
//! Read `until.rs` first: which moments, and what stands against one. A row is held by its name (`row.rs`) and by what it
//! says: one that says something else is another row and stands in its group again.

mod batch;
mod putting_off;
pub(super) mod row;
mod sql;
mod taking_back;
mod until;

pub(super) use putting_off::address;

use crate::web::{Door, Routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/home/rows/{row}/snooze", Door::Staff, putting_off::ask)
        .post("/home/rows/{row}/snooze", Door::Staff, putting_off::create)
        .post(
            "/home/rows/{row}/return",
            Door::Staff,
            putting_off::bring_back,
        )
        .post("/home/snooze", Door::Staff, batch::snooze)
        .post("/home/snooze/{act}/return", Door::Staff, putting_off::undo)
        .post("/home/acts/{act}/return", Door::Staff, taking_back::create)
        .post("/home/done", Door::Staff, batch::done)
        .post("/home/reassignment", Door::Staff, batch::reassign)
}
