//! Inspection 验货: planned with its lots and limits, recorded with what was found, judged.
//!
//! Read `stage.rs`, then `thing.rs`: each line is a lot of its own, and `aql` says how many are drawn and how many
//! defective ones are accepted. What sampling rejects passes by nobody's word; the manager may waive it.

pub mod acts;
mod planning;
pub(super) mod show;
mod sql;
pub mod stage;
mod steps;
pub mod thing;

pub use stage::{Move, Stage};
pub use thing::{InspectionReport, Kind, Plan, Record};

use crate::web::{Door, Routes};

#[expect(clippy::too_many_lines, reason = "one line an address")]
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/orders/{number}/inspections", Door::Staff, show::list)
        .post(
            "/orders/{number}/inspections",
            Door::Staff,
            planning::create,
        )
        .get(
            "/orders/{number}/inspections/new",
            Door::Staff,
            planning::ask,
        )
        .get(
            "/orders/{number}/inspections/{inspection}",
            Door::Staff,
            show::one,
        )
        .post(
            "/orders/{number}/inspections/{inspection}",
            Door::Staff,
            planning::save,
        )
        .get(
            "/orders/{number}/inspections/{inspection}/edit",
            Door::Staff,
            planning::edit,
        )
        .get(
            "/orders/{number}/inspections/{inspection}/record",
            Door::Staff,
            steps::ask_record,
        )
        .upload(
            "/orders/{number}/inspections/{inspection}/record",
            Door::Staff,
            steps::record,
        )
        .get(
            "/orders/{number}/inspections/{inspection}/verdict",
            Door::Staff,
            steps::ask_verdict,
        )
        .post(
            "/orders/{number}/inspections/{inspection}/verdict",
            Door::Staff,
            steps::verdict,
        )
        .get(
            "/orders/{number}/inspections/{inspection}/waiver",
            Door::Staff,
            steps::ask_waiver,
        )
        .post(
            "/orders/{number}/inspections/{inspection}/waiver",
            Door::Staff,
            steps::waiver,
        )
}
