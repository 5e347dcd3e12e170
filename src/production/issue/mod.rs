//! Issue 生产异常: something went wrong at the factory (or, as a claim 索赔, after the goods sailed), the two streams of
//! what was said about it, and between them what was agreed.
//!
//! Read `stage.rs` first, then `acts.rs`. A stream never mixes with the other: a message crosses only by a relay.

pub mod acts;
mod list;
mod list_sql;
mod questions;
mod report;
mod show;
pub mod sql;
pub mod stage;
mod steps;
pub mod thing;
mod thread;
mod thread_sql;
mod told;

pub use sql::Reported;
pub use stage::{Move, Stage};
pub use thing::{Agreed, Bearer, Issue, Kind, Severity};

use crate::base::Role;
use crate::web::{Door, Routes};

/// Who finds the list of issues of all orders in the rail.
const LIST: Door = Door::Only(&[Role::Salesperson, Role::OrderOperator, Role::Manager]);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/issues", LIST, list::all)
        .get("/issues.xlsx", LIST, list::workbook)
        .get("/orders/{number}/issues", Door::Staff, show::list)
        .upload("/orders/{number}/issues", Door::Staff, report::create)
        .get("/orders/{number}/issues/new", Door::Staff, report::ask)
        .get("/orders/{number}/issues/{issue}", Door::Staff, show::one)
        .and(steps_of_one())
}

#[expect(clippy::too_many_lines, reason = "one line an address")]
fn steps_of_one() -> Routes {
    Routes::new()
        .post(
            "/orders/{number}/issues/{issue}/sales",
            Door::Staff,
            steps::hand_to_sales,
        )
        .get(
            "/orders/{number}/issues/{issue}/question",
            Door::Staff,
            steps::ask_question,
        )
        .post(
            "/orders/{number}/issues/{issue}/question",
            Door::Staff,
            steps::question,
        )
        .get(
            "/orders/{number}/issues/{issue}/agreement",
            Door::Staff,
            steps::ask_agreement,
        )
        .upload(
            "/orders/{number}/issues/{issue}/agreement",
            Door::Staff,
            steps::agreement,
        )
        .get(
            "/orders/{number}/issues/{issue}/conveyance",
            Door::Staff,
            steps::ask_conveyance,
        )
        .post(
            "/orders/{number}/issues/{issue}/conveyance",
            Door::Staff,
            steps::conveyance,
        )
        .get(
            "/orders/{number}/issues/{issue}/acknowledgement",
            Door::Staff,
            steps::ask_acknowledgement,
        )
        .upload(
            "/orders/{number}/issues/{issue}/acknowledgement",
            Door::Staff,
            steps::acknowledgement,
        )
        .get(
            "/orders/{number}/issues/{issue}/resolution",
            Door::Staff,
            steps::ask_resolution,
        )
        .post(
            "/orders/{number}/issues/{issue}/resolution",
            Door::Staff,
            steps::resolution,
        )
        .post(
            "/orders/{number}/issues/{issue}/closing",
            Door::Staff,
            steps::close,
        )
        .get(
            "/orders/{number}/issues/{issue}/drop",
            Door::Staff,
            steps::ask_drop,
        )
        .post(
            "/orders/{number}/issues/{issue}/drop",
            Door::Staff,
            steps::drop_issue,
        )
        .upload(
            "/orders/{number}/issues/{issue}/messages",
            Door::Staff,
            thread::write,
        )
        .post(
            "/orders/{number}/issues/{issue}/messages/{message}/relay",
            Door::Staff,
            thread::put_across,
        )
}
