//! Credits 信用证 (L/C): the bank's promise under which goods are made and shipped, and the documents that fetch the money.
//!
//! Read `stage.rs` first: the life of a credit. `terms.rs` holds the paper's own words, `comparison.rs` sets them beside
//! the order, `deadline.rs` and `tolerance.rs` are the rules of UCP 600 that have dates and figures. `presentation/` is
//! the set of documents for one shipment.
//!
//! A credit covers one or more orders; an act on it holds the order through which the reader knows it.

pub mod acts;
pub mod amendment;
mod calling_off;
pub mod comparison;
pub mod credit;
mod cuts;
pub mod deadline;
mod drawing_sql;
mod ending;
mod examination_sql;
mod examining;
mod expecting;
pub mod field;
pub mod finding;
mod held;
mod list;
pub mod presentation;
mod question;
mod receiving;
mod show;
mod sql;
pub mod stage;
pub mod stakes;
pub mod terms;
pub mod tolerance;
mod verify;

pub use calling_off::call_off;
pub use ending::expire;
pub use stage::{Move, Stage};
pub use verify::differences as verify;

use crate::base::Role;
use crate::web::{Door, Routes};

/// Salespeople work with a credit from the order's own page.
const DESK: Door = Door::Only(&[Role::OrderOperator, Role::Manager, Role::Finance]);

pub fn routes() -> Routes {
    Routes::new()
        .get("/credits", DESK, list::list)
        .get("/credits.xlsx", DESK, list::workbook::download)
        .get("/orders/{number}/credit", Door::Staff, show::of_order)
        .get("/orders/{number}/credit/new", Door::Staff, expecting::blank)
        .post("/orders/{number}/credit", Door::Staff, expecting::create)
        .get("/credits/{number}", Door::Staff, show::one)
        .get("/credits/{number}/receipt", Door::Staff, receiving::ask)
        .upload("/credits/{number}/receipt", Door::Staff, receiving::create)
        .get(
            "/credits/{number}/drawings",
            Door::Staff,
            ending::ask_drawing,
        )
        .post("/credits/{number}/drawings", Door::Staff, ending::draw)
        .get(
            "/credits/{number}/cancellation",
            Door::Staff,
            ending::ask_cancellation,
        )
        .post(
            "/credits/{number}/cancellation",
            Door::Staff,
            ending::cancel,
        )
        .and(examination())
        .and(amendment::routes())
        .and(presentation::routes())
        .never_kept()
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
fn examination() -> Routes {
    Routes::new()
        .post(
            "/credits/{number}/examination",
            Door::Staff,
            examining::create,
        )
        .get(
            "/credits/{number}/findings",
            Door::Staff,
            examining::ask_finding,
        )
        .post(
            "/credits/{number}/findings",
            Door::Staff,
            examining::create_finding,
        )
        .get(
            "/credits/{number}/findings/{sequence}/settlement",
            Door::Staff,
            examining::ask_settlement,
        )
        .post(
            "/credits/{number}/findings/{sequence}/settlement",
            Door::Staff,
            examining::settle,
        )
        .get(
            "/credits/{number}/findings/{sequence}/waiver",
            Door::Staff,
            examining::ask_waiver,
        )
        .post(
            "/credits/{number}/findings/{sequence}/waiver",
            Door::Staff,
            examining::waive,
        )
        .post(
            "/credits/{number}/workable",
            Door::Staff,
            examining::declare_workable,
        )
}
