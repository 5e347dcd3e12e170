//! Approvals 审批: who must say yes to what. Asks, answers and levels, the same for every desk.
//!
//! An approval belongs to the content that was shown: the decision carries its hash, and a yes to another content is
//! refused and writes nothing. Nobody approves what they requested, edited or are the operator of, deputy or not.
//! Where nobody eligible exists the submission is refused, naming the administrator.

mod answer;
mod ask;
mod cards_sql;
mod colleague;
pub mod exception;
mod inbox;
mod sql;

pub use answer::{Decision, Outcome, Verdict, answer, answer_form};
pub use ask::{Content, Refusal, ask, fall, hand_on, remind, set_aside, withdraw};
pub use sql::{History, Open, history, open_for};

use crate::base::Role;
use crate::web::{Door, Routes};

pub fn routes() -> Routes {
    Routes::new()
        .get("/approvals", Door::Only(&Role::TRADES), inbox::list)
        .get("/approvals/next", Door::Only(&Role::TRADES), inbox::next)
        .get("/approvals/{id}", Door::Staff, inbox::show)
        .post("/approvals/{id}/reminder", Door::Staff, inbox::remind)
        .and(colleague::routes())
}
