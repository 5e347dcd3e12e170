//! Orders 订单: the file, its lines, the act, the nine steps and what stands open. The key ring of the house.
//!
//! Read `lifecycle.rs` first (what moves the line), then `blockers.rs` (what holds a step), `act.rs` (how anything is
//! changed) and `open_items.rs` (whose move it is). The desks above write their own documents; what the order must know
//! of them it reads as `Facts` by one query.

mod act;
pub mod amending;
mod blockers;
pub mod cancelling;
mod closing;
mod condition;
mod desks;
pub mod facts;
mod files;
mod head;
mod head_sql;
mod header;
pub mod headline;
mod import_page;
mod intake_sql;
mod item_kind;
mod items_sql;
mod joint;
mod keepers;
mod keepers_sql;
pub mod kinship;
mod latches_sql;
pub mod lifecycle;
pub mod lines;
pub mod open_items;
mod opening;
mod opening_form;
mod opening_sheet;
mod opening_sql;
mod order;
pub mod owing;
mod pasted;
pub mod picking;
mod portion;
mod reassignment;
mod remarks;
pub mod search;
pub mod settling;
pub mod sheet;
mod sheet_import;
mod sheet_words;
mod skipping;
mod sql;
pub mod take_over;
pub mod terms;
mod verify;

pub use act::{NotMoving, OrderAct, begin, begin_beside, begin_house};
pub use closing::{close, comes_late, recorded};
pub use condition::{Move, dropped, reopen_within};
pub use desks::production::{CompleteSet, complete_set};
pub use facts::Facts;
pub use files::{Opened, asks, keep_file};
pub use head::{Head, StepCell};
pub use items_sql::items;
pub use joint::{JointAct, begin_house_shared, begin_joint, begin_shared};
pub use keepers::{Unfit, reassign};

pub use lifecycle::{Condition, Step};
pub use opening::{Opening, open};
pub use order::{Order, TradeTerms, find};
pub use remarks::{Remark, remarks, write_remark};
pub use skipping::skip;
pub use verify::differences as verify;

use crate::web::{Door, Routes};

pub fn routes() -> Routes {
    Routes::new()
        .get("/orders/new", Door::Staff, opening_form::blank)
        .post("/orders", Door::Staff, opening_form::create)
        .upload("/orders/intake", Door::Staff, sheet_import::receive)
        .get("/orders/intake/{id}", Door::Staff, sheet_import::show)
        .post("/orders/intake/{id}", Door::Staff, sheet_import::answer)
        .get("/orders/{number}/edit", Door::Staff, header::edit)
        .post("/orders/{number}", Door::Staff, header::save)
        .get(
            "/orders/{number}/reassignment",
            Door::Staff,
            reassignment::ask,
        )
        .post(
            "/orders/{number}/reassignment",
            Door::Staff,
            reassignment::save,
        )
        .get("/orders/{number}/skipping", Door::Staff, skipping::ask)
        .post("/orders/{number}/skipping", Door::Staff, skipping::create)
        .get("/orders/{number}/hold", Door::Staff, condition::ask_hold)
        .post("/orders/{number}/hold", Door::Staff, condition::hold)
        .post(
            "/orders/{number}/resumption",
            Door::Staff,
            condition::resume,
        )
        .get("/orders/{number}/drop", Door::Staff, condition::ask_drop)
        .get(
            "/orders/{number}/reopening",
            Door::Staff,
            condition::ask_reopen,
        )
        .post("/orders/{number}/reopening", Door::Staff, condition::reopen)
        .get("/orders/{number}/closing", Door::Staff, closing::ask)
        .post("/orders/{number}/closing", Door::Staff, closing::create)
        .post("/orders/{number}/remarks", Door::Staff, remarks::create)
        .and(portion::routes())
}
